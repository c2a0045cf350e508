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
    from zhenggai.reading.restoring.signs import Signs

WHY: Final = msg("A reading that the mirror put after a character.")
WHY_CUT: Final = msg("A reading that the mirror put after a character, cut off with the text.")

_BRACKET: Final = rf"[(（] ?([{SYLLABLE}]{{1,12}}[0-5]?) ?[)）]"
ANNOTATED: Final = re.compile(rf"([{HAN}]){_BRACKET}")
_CUT: Final = re.compile(rf"([{HAN}])([(（] ?[{SYLLABLE}]{{1,7}}[0-5]? ?)(?=[.…\s]*\Z)")
_GLOSS_WORDS: Final = re.compile(
    "[讀读念]作|[讀读]音|拼音|注音|音同|[聲声][調调]|[韻韵]母|[聲声]母|又音|[異异][讀读]|多音字"
)
_OFFICIAL: Final = re.compile("整改|巡察|巡视|通报|党组|党委|审计|督察|隐患|责任单位")
_LATIN_START: Final = re.compile(f"[{HAN}][(（] ?[{SYLLABLE}]")
_CACHE_MOST: Final = 200_000


@dataclass(frozen=True, slots=True)
class Hits:
    """The brackets of a page that spell a reading: how many, how many inside running words, how many different."""

    count: int
    inside: int
    different: int
    quoted: int


def survey(text: str) -> Hits:
    """Count over the page (or the sample of a long one)."""
    sample = sampled(text)
    count = inside = quoted = 0
    seen: set[str] = set()
    before = re.compile(f"[{HAN})）]")
    after = re.compile(f"[{HAN}(（]")
    for hit in ANNOTATED.finditer(sample):
        if not spells(hit.group(1), hit.group(2)):
            continue
        count += 1
        seen.add(hit.group(1))
        left, right = sample[hit.start() - 1 : hit.start()], sample[hit.end() : hit.end() + 1]
        if before.match(left) and after.match(right):
            inside += 1
        if left in "「『“‘\"'" and left:
            quoted += 1
    return Hits(count, inside, len(seen), quoted)


def is_noise(text: str, signs: Signs, *, mirror: bool) -> bool:
    """Decide for the whole page whether its readings were injected.

    ``mirror``: other signs (damaged bytes, a mirror's furniture, its script) were found already.
    """
    hits = survey(text)
    if hits.count < 2 or hits.count * 100 > 45 * signs.han or signs.is_japanese:
        return False
    words = len(_GLOSS_WORDS.findall(sampled(text)))
    if mirror or (signs.is_mirror_script and signs.is_traditional):
        return words * 4 < hits.count
    if words * 3 >= hits.count or hits.quoted * 4 > hits.count or hits.inside * 5 < hits.count * 2:
        return False
    if signs.is_traditional:
        return hits.count >= 4 and hits.count * 100 >= signs.han and (signs.genuine < 3 or hits.count >= 12)
    official = len(_OFFICIAL.findall(sampled(text)))
    return hits.count >= 12 and official >= 3 and hits.count * 100 >= signs.han


def strip(text: str) -> tuple[str, list[Change]]:
    """Remove every bracket that spells one of the readings of the character before it."""
    changes: list[Change] = []
    verdicts: dict[str, bool] = {}

    def drop(hit: re.Match[str]) -> str:
        whole = hit.group()
        is_reading = verdicts.get(whole)
        if is_reading is None:
            is_reading = spells(hit.group(1), hit.group(2))
            if len(verdicts) < _CACHE_MOST:
                verdicts[whole] = is_reading
        if not is_reading:
            return whole
        start = hit.start() + 1
        changes.append(Change(start, hit.end(), "", EditKind.READING, WHY))
        return whole[0]

    stripped = ANNOTATED.sub(drop, text)
    cut = _CUT.search(stripped, max(0, len(stripped) - 40))
    if cut and begins(cut.group(1), cut.group(2).strip("(（ 12345")):
        shift = len(text) - len(stripped)
        at = cut.start(2)
        changes.append(Change(at + shift, cut.end(2) + shift, "", EditKind.READING, WHY_CUT))
        stripped = stripped[:at] + stripped[cut.end(2) :]
    return stripped, changes
