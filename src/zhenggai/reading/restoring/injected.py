"""Readings that a mirror injected after characters: 統(tǒng)一 (注音)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading.restoring.edits import Change
from zhenggai.reading.restoring.readings import HAN, SYLLABLE, begins, spells
from zhenggai.reading.restoring.signs import sampled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.restoring.signs import Signs

WHY: Final = msg("A reading that the mirror put after a character.")
WHY_CUT: Final = msg("A reading that the mirror put after a character, cut off with the text.")

# Brackets are rarer than Han letters: beginning with one lets the search skip.
_BRACKET: Final = re.compile(rf"[(（] ?([{SYLLABLE}]{{1,12}}[0-5]?) ?[)）]")
_CUT: Final = re.compile(rf"(?<=[{HAN}])[(（] ?[{SYLLABLE}]{{1,7}}[0-5]? ?(?=[.…\s]*\Z)")
_CUT_REACH: Final = 40
_GLOSS_WORDS: Final = re.compile(
    # One class of first letters, then what each wants: that lets the search skip.
    "[讀读念拼注音聲声韻韵又異异多生釋释](?:"
    "(?<=[讀读念])作|(?<=[讀读])[音如]|(?<=[拼注又])音|(?<=音)同|(?<=[聲声])[調调母]"
    "|(?<=[韻韵])母|(?<=[異异])[讀读]|(?<=多)音字|(?<=生)字|(?<=[釋释])[義义])"
)
_OFFICIAL: Final = re.compile("整改|巡察|巡视|通报|党组|党委|审计|督察|隐患|责任单位")
_HAN_LETTER: Final = re.compile(f"[{HAN}]")
_BEFORE: Final = re.compile(f"[{HAN})）]")
_AFTER: Final = re.compile(f"[{HAN}(（]")
_QUOTES: Final = frozenset("「『“‘\"'")
_LOOKED_AT: Final = 2000
_CACHE_MOST: Final = 20_000

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Hits:
    """Brackets that spell a reading: of those looked at, how many inside words, how many quoted."""

    looked_at: int
    inside: int
    quoted: int


def find(text: str) -> Spans:
    """Every bracket that spells one of the readings of the character before it, injected or not."""
    spans: Spans = []
    verdicts: dict[str, bool] = {}
    for hit in _BRACKET.finditer(text):
        start, end = hit.span()
        key = text[start - 1 : end] if start else ""
        is_reading = verdicts.get(key)
        if is_reading is None:
            is_reading = bool(_HAN_LETTER.match(key)) and spells(key[0], hit.group(1))
            if len(verdicts) < _CACHE_MOST:
                verdicts[key] = is_reading
        if is_reading:
            spans.append((start, end))
    return spans


def is_noise(text: str, spans: Spans, signs: Signs, *, mirror: bool) -> bool:
    """Decide for the whole page whether its readings were injected.

    ``mirror``: other signs (damaged bytes, a mirror's own lines, its script) were found already.
    """
    han = signs.han * max(1.0, len(text) / signs.looked_at)
    count = len(spans)
    if count < 2 or count * 100 > 45 * han or signs.is_japanese:
        return False
    sample = sampled(text)
    words = len(_GLOSS_WORDS.findall(sample))
    if mirror or signs.is_mirror_script:
        return words * 4 < count
    hits = _hits(text, spans)
    if words * 3 >= count or hits.quoted * 4 > hits.looked_at or hits.inside * 5 < hits.looked_at * 2:
        return False
    if count * 100 < han:
        return False
    if signs.is_traditional:
        return count >= 4 and (signs.genuine < 3 or count >= 12)
    return count >= 12 and len(_OFFICIAL.findall(sample)) >= 3


def _hits(text: str, spans: Spans) -> Hits:
    looked_at = spans if len(spans) <= _LOOKED_AT else spans[:: len(spans) // _LOOKED_AT]
    inside = quoted = 0
    for start, end in looked_at:
        left, right = text[max(0, start - 2) : start - 1], text[end : end + 1]
        inside += bool(_BEFORE.match(left) and _AFTER.match(right))
        quoted += left in _QUOTES
    return Hits(len(looked_at), inside, quoted)


def strip(text: str, spans: Spans) -> tuple[str, Spans]:
    """Remove the readings, and one that the end of the text cut off: the text and all that was removed."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces.append(text[at:start])
        at = end
    cut = _CUT.search(text, max(at, len(text) - _CUT_REACH))
    if cut and begins(text[cut.start() - 1], cut.group().strip("(（ 012345")):
        pieces.append(text[at : cut.start()])
        at = cut.end()
        spans = [*spans, cut.span()]
    pieces.append(text[at:])
    return "".join(pieces), spans


def without(line: str) -> str:
    """A line without what spells readings, for comparison only."""
    if "(" not in line and "（" not in line:
        return line
    return strip(line, find(line))[0]


def as_changes(text: str, spans: Sequence[tuple[int, int]]) -> list[Change]:
    """The removed readings as changes."""
    return [
        Change(start, end, "", EditKind.READING, WHY if text[end - 1] in ")）" else WHY_CUT)
        for start, end in spans
    ]
