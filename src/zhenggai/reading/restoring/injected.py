"""Readings that a mirror injected after characters: 統(tǒng)一 (注音)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.letters import common_characters
from zhenggai.reading.restoring.edits import Change
from zhenggai.reading.restoring.readings import HAN, SYLLABLE, begins, spells
from zhenggai.reading.restoring.signs import islands, sampled, without_quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.restoring.signs import Signs

WHY: Final = msg("A reading that the mirror put after a character.")
WHY_CUT: Final = msg("A reading that the mirror put after a character, cut off with the text.")

# Brackets are rarer than Han letters: beginning with one lets the search skip.
_BRACKET: Final = re.compile(rf"([(（] ?[{SYLLABLE}]{{1,12}}[0-5]? ?[)）])")
_CUT: Final = re.compile(rf"(?<=[{HAN}])[(（] ?[{SYLLABLE}]{{1,7}}[0-5]? ?(?=[.…\s]*\Z)")
_CUT_REACH: Final = 40
_GLOSS_WORDS: Final = re.compile(
    # One class of first letters, then what each wants: that lets the search skip.
    "[讀读念拼注音聲声韻韵又異异多生釋释](?:"
    "(?<=[讀读念])作|(?<=[讀读])[音如]|(?<=[拼注又])音|(?<=音)同|(?<=[聲声])[調调母]"
    "|(?<=[韻韵])母|(?<=[異异])[讀读]|(?<=多)音字|(?<=生)字|(?<=[釋释])[義义])"
)
_OFFICIAL: Final = re.compile(
    "整改|巡[察视視]|通[报報]|[党黨](?:委|[组組](?![织織]))|[审審][计計]|督察|[隐隱]患|[责責]任[单單]位"
)
_MAINLAND: Final = re.compile("整改|巡察")
"""What no page of Taiwan or Hong Kong speaks of."""
_HAN_LETTER: Final = re.compile(f"[{HAN}]")
_BEFORE: Final = re.compile(f"[{HAN})）]")
_AFTER: Final = re.compile(f"[{HAN}(（]")
_QUOTES: Final = frozenset("「『“‘\"'")
_RUN_LEAST: Final = 6
_OFFICIAL_LEAST: Final = 3
_FEW: Final = 3
_MANY: Final = 12
_LOOKED_AT: Final = 2000

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Hits:
    """Brackets that spell a reading: of those looked at, how many in words, quoted, behind easy letters."""

    looked_at: int
    inside: int
    quoted: int
    common: int

    @property
    def is_easy(self) -> bool:
        """Whether the letters they follow are such as no author gives the reading of."""
        return self.common * 10 >= self.looked_at * 9


@dataclass(frozen=True, slots=True)
class Found:
    """Every bracket of a text that spells one of the readings of the character before it, injected or not.

    ``bare`` is the text without them.
    """

    spans: Spans
    bare: str

    def within(self, start: int, end: int) -> int:
        """How many of them stand inside ``[start, end)`` of the text."""
        return bisect_left(self.spans, (end,)) - bisect_left(self.spans, (start,))

    def less(self, lines: Sequence[tuple[int, int]]) -> Found:
        """What is found where whole ``lines`` (sorted, apart from each other) were taken out of the text."""
        spans: Spans = []
        kept: list[str] = []
        taken = bare_taken = place = at = 0
        for start, end in lines:
            stop = bisect_left(self.spans, (start,), at)
            spans += [(begin - taken, close - taken) for begin, close in self.spans[at:stop]]
            bare_taken += sum(close - begin for begin, close in self.spans[at:stop])
            kept.append(self.bare[place : start - bare_taken])
            at = bisect_left(self.spans, (end,), stop)
            bare_taken += sum(close - begin for begin, close in self.spans[stop:at])
            place = end - bare_taken
            taken += end - start
        spans += [(begin - taken, close - taken) for begin, close in self.spans[at:]]
        kept.append(self.bare[place:])
        return Found(spans, "".join(kept))


@lru_cache(maxsize=20_000)
def _is_reading(printed: str) -> bool:
    """Whether ``printed`` is a character and, in brackets, one of its readings; pages repeat themselves."""
    return bool(_HAN_LETTER.match(printed)) and spells(printed[0], printed[2:-1])


def find(text: str) -> Found:
    """The brackets of ``text`` that spell readings."""
    pieces = _BRACKET.split(text)
    if len(pieces) == 1:
        return Found([], text)
    spans: Spans = []
    kept: list[str] = []
    at = 0
    before = pieces[0]
    # text, bracket, text, bracket …: cutting at once is twice as fast as going from hit to hit
    for bracket, after in zip(pieces[1::2], pieces[2::2], strict=True):
        at += len(before)
        end = at + len(bracket)
        if _is_reading(before[-1:] + bracket):
            spans.append((at, end))
            kept.append(before)
        else:
            kept += (before, bracket)
        at, before = end, after
    kept.append(before)
    return Found(spans, "".join(kept))


def is_noise(text: str, found: Found, signs: Signs, *, mirror: bool, certain: bool = False) -> bool:
    """Decide for the whole page whether its readings were injected.

    ``mirror``: other signs (damaged bytes, a mirror's own lines, its script) were found already; ``certain``:
    its script or its damage among them, then one reading is enough, as it is in a notice of the mainland in
    Traditional letters.
    """
    han = signs.han * max(1.0, len(text) / signs.looked_at)
    spans = found.spans
    count = len(spans)
    if count < 1 or count * 100 > 45 * han or signs.is_japanese or _is_reader(text, spans):
        return False
    bare = sampled(found.bare)
    is_notice = len(_OFFICIAL.findall(bare)) >= _OFFICIAL_LEAST
    from_mainland = signs.is_traditional and _is_converted(bare)
    converted = is_notice and from_mainland
    if count < 1 + (not (certain or converted)):
        return False
    words = len(_GLOSS_WORDS.findall(sampled(text)))
    hits = _hits(text, spans)
    if mirror or converted or signs.is_mirror_script or (from_mainland and hits.is_easy and count >= _FEW):
        return words * 4 < count
    if words * 3 >= count or hits.quoted * 4 > hits.looked_at or count * 100 < han:
        return False
    if is_notice and hits.is_easy and hits.inside * 5 >= hits.looked_at and count >= max(_FEW, han / 50):
        return True
    if hits.inside * 5 < hits.looked_at * 2:
        return False
    if not signs.is_traditional:
        return is_notice and count >= _MANY
    return is_notice or (count >= 4 and (signs.genuine == 0 or count >= _MANY))


def _is_converted(bare: str) -> bool:
    """Whether a page speaks, in Traditional sentences of its own, of what only the mainland has."""
    own = without_quotations(bare)
    return any(_MAINLAND.search(own, *island) for island in islands(own))


def _is_reader(text: str, spans: Spans) -> bool:
    """Whether readings follow one another letter by letter, as in a reader for children and in no mirror."""
    inside = run = 0
    for one, two in pairwise(spans):
        gap = text[one[1] : two[0] - 1]
        if not gap or (len(gap) == 1 and not _HAN_LETTER.match(gap)):
            run += 1
            # A run counts once it is long enough, then with all its letters.
            inside += _RUN_LEAST if run == _RUN_LEAST else run > _RUN_LEAST
        else:
            run = 0
    return inside * 4 > len(spans)


def _hits(text: str, spans: Spans) -> Hits:
    looked_at = spans if len(spans) <= _LOOKED_AT else spans[:: len(spans) // _LOOKED_AT]
    inside = quoted = common = 0
    for start, end in looked_at:
        left, right = text[max(0, start - 2) : start - 1], text[end : end + 1]
        inside += bool(_BEFORE.match(left) and _AFTER.match(right))
        quoted += left in _QUOTES
        common += text[start - 1] in common_characters()
    return Hits(len(looked_at), inside, quoted, common)


def strip(text: str, found: Found) -> tuple[str, Spans]:
    """The text without the readings found and without one that its end cut off, and all that was removed."""
    at = found.spans[-1][1] if found.spans else 0
    cut = _CUT.search(text, max(at, len(text) - _CUT_REACH))
    if cut is None or not begins(text[cut.start() - 1], cut.group().strip("(（ 012345")):
        return found.bare, found.spans
    removed = len(text) - cut.start()
    return found.bare[: len(found.bare) - removed] + text[cut.end() :], [*found.spans, cut.span()]


def as_changes(text: str, spans: Sequence[tuple[int, int]]) -> list[Change]:
    """The removed readings as changes."""
    return [
        Change(start, end, "", EditKind.READING, WHY if text[end - 1] in ")）" else WHY_CUT)
        for start, end in spans
    ]
