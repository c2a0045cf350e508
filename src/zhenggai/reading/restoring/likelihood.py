"""How likely a character is where bytes were lost, alone and beside another (字符可能性)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.letters import common_characters
from zhenggai.reading.restoring import vocabulary
from zhenggai.reading.restoring.gbk_bytes import vanishing
from zhenggai.reading.restoring.readings import HAN, SYLLABLE
from zhenggai.reading.restoring.script import in_big5, simplify
from zhenggai.reading.restoring.signs import sampled

if TYPE_CHECKING:
    from zhenggai.reading.restoring.signs import Signs

STOPS: Final = frozenset("。，、；：？！")
NUMERALS: Final = "一二三四五六七八九十"
NUMBERED: Final = f"{NUMERALS}）"
ODD: Final = re.compile("[ㄅ-ㄩ─-╿①-⒵Ⅰ-ⅻΑ-ωА-яぁ-ヶ㈠-㈩ǎǐǒǔǘǚǜ]")
"""Letters that notices do not have and that bytes out of step often print."""
_MARKS: Final = "。，、（）“”《》：；？！…—〔〕‘’　【】％·"
_NEVER_FIRST: Final = STOPS.union("）”》’】〕…")
"""Marks that no line and no paragraph begins with."""
_OPENERS: Final = frozenset({"", "\n", "　", "。"})
_SHARED: Final = (
    "后于干里云范征采余只系面制准并布志台复表出丑斗谷几借卷克困了累秋松向咨着冲周占万与折致胡须沈"
)
_IS_HAN: Final = re.compile(f"[{HAN}]")
_READING: Final = re.compile(rf"[(（][{SYLLABLE}]{{1,7}}[)）]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character by its lead byte, and how unlikely it is."""

    lead: int
    char: str
    cost: float


@cache
def glyphs() -> dict[int, dict[int, Glyph]]:
    """By trail byte, then lead byte: every character likely enough to be put back."""
    found: dict[int, dict[int, Glyph]] = {}
    for char in sorted(common_characters().union(_MARKS)):
        lead, trail = char.encode("gbk")
        cost = 0.55 if _IS_HAN.match(char) else -0.3 if char == "。" else 0.1
        found.setdefault(trail, {})[lead] = Glyph(lead, char, cost)
    return found


@cache
def by_lead() -> dict[int, list[tuple[int, Glyph]]]:
    """By lead byte: every trail byte that makes a character of it."""
    found: dict[int, list[tuple[int, Glyph]]] = {}
    for trail, closing in glyphs().items():
        for lead, glyph in closing.items():
            found.setdefault(lead, []).append((trail, glyph))
    return found


@cache
def _simple() -> dict[str, str]:
    chars = "".join(glyph.char for closing in glyphs().values() for glyph in closing.values())
    return dict(zip(chars, simplify("\n".join(chars)).split("\n"), strict=True))


@cache
def vanishing_ways() -> dict[int, list[tuple[int, Glyph, bytes]]]:
    """By lead byte: the trail bytes that close a character and open a pair that prints nothing."""
    ways: dict[int, list[tuple[int, Glyph, bytes]]] = {}
    for lead, closings in by_lead().items():
        ways[lead] = [
            (trail, glyph, vanishing()[trail]) for trail, glyph in closings if vanishing().get(trail)
        ]
    return ways


@cache
def numbered_ways() -> list[tuple[int, int, Glyph, bytes]]:
    """The same for the numbers of headings and their bracket, with the lead byte before the trail byte."""
    return [
        (lead, trail, glyph, seconds)
        for lead, ways in vanishing_ways().items()
        for trail, glyph, seconds in ways
        if glyph.char in NUMBERED
    ]


class Neighbours:
    """What stands side by side on a page helps to choose between characters."""

    def __init__(self, text: str, signs: Signs) -> None:
        sample = _READING.sub("", sampled(text))
        self._is_traditional = signs.is_traditional
        self._letters = Counter(sample)
        self._pairs = frozenset(map("".join, pairwise(sample)))
        self._costs: dict[str, float] = {}

    def beside(self, last: str, char: str) -> float:
        """How much cheaper two characters are side by side, from the page and from the words of notices."""
        both = last + char
        known = self._costs.get(both)
        if known is None:
            known = self._costs[both] = self._beside_afresh(last, char)
        return known

    def knows(self, last: str, char: str) -> bool:
        """Whether two characters stand side by side elsewhere on the page or in a word of notices."""
        if last + char in self._pairs:
            return True
        simple = _simple()
        return simple.get(last, last) + simple.get(char, char) in vocabulary.pairs()

    def _beside_afresh(self, last: str, char: str) -> float:
        simple = _simple()
        cost = -0.9 if last + char in self._pairs else 0.0
        if simple.get(last, last) + simple.get(char, char) in vocabulary.pairs():
            cost -= 1.1
        cost -= min(self._letters[char], 6) * 0.05
        if simple.get(char, char) in vocabulary.letters():
            cost -= 0.3
        if last in STOPS and char in STOPS:
            cost += 3.0
        if char == "％":
            cost += 0.0 if last.isdigit() else 3.0
        elif char == "（" and last in _OPENERS:
            cost -= 0.8
        elif char in _NEVER_FIRST and last in {"　", "\n", ""}:
            cost += 3.0
        elif char == "　":
            cost += 0.0 if last in {"", "\n", "。", "　", "；", "：", ":", ";"} else 4.0
        elif (last in {"（", "("} and char in NUMERALS) or (last in NUMERALS and char == "）"):
            cost -= 0.8
        elif self._is_traditional and char in _untwinned():
            cost += 2.5
        return cost


@cache
def _untwinned() -> frozenset[str]:
    """Simplified letters that a page in Traditional letters does not have."""
    replaced = {simple for char, simple in _simple().items() if simple != char}
    return frozenset(char for char in replaced if not in_big5(char)) - frozenset(_SHARED)


def is_odd(char: str) -> bool:
    """Whether a letter is one that bytes out of step print rather than an author writes."""
    return bool(ODD.match(char)) or (bool(_IS_HAN.match(char)) and char not in common_characters())
