"""How a format shows a number (数字格式): 1 as 001, 0.85 as 85%, 3 as 第3项; not money, not days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from zhenggai.reading import patterns as re

_SECTION_END: Final = re.compile(r'"[^"]*"|\\.|;')
_IN_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
_PIECE: Final = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|(?P<plain>.)', re.DOTALL)
_NUMBER: Final = re.compile(r"(?P<figures>#*0+)(?:\.(?P<decimals>0+))?(?P<rate>%?)")
_LITERAL: Final = re.compile(r"[\s()（）第号项条个件\-—－/]*")
_LARGEST: Final = 1e15
_NUMBERED_MOST: Final = 1000
_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_BUILT_IN: Final = {9: "0%", 10: "0.00%"}
"""Formats that have numbers and no words in a workbook, those that matter here."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format that shows more than the number: zeros before or behind it, words, parts of a hundred."""

    before: str
    figures: int
    decimals: int
    is_rate: bool
    behind: str

    def shown(self, value: str) -> str | None:
        """How a number is shown, given as it is written in markup; none where that would lose some of it."""
        if _PLAIN.fullmatch(value) is None or not abs(number := float(value)) < _LARGEST:
            return None
        if self.is_rate:
            return f"{self.before}{number * 100:.10g}%{self.behind}"
        if number < 0 or round(number, self.decimals) != number:
            return None
        if self.decimals and number >= _NUMBERED_MOST:
            return None
        whole, _, rest = f"{number:.{self.decimals}f}".partition(".")
        shown = whole.zfill(self.figures) + (f".{rest}" if rest else "")
        return f"{self.before}{shown}{self.behind}"


@lru_cache(maxsize=512)
def number_format(code: str, number: int = -1) -> NumberFormat | None:
    """What a format shows beside the number, by its code, or its number where it is built in; else none."""
    first = _first_section(_BUILT_IN.get(number, code))
    pieces: list[tuple[str, bool]] = []
    for piece in _PIECE.finditer(_IN_BRACKETS.sub("", first)):
        if (plain := piece["plain"]) is not None:
            pieces.append((plain, False))
        else:
            pieces.extend((letter, True) for letter in piece["quoted"] or piece["escaped"] or "")
    # what is quoted is no figure: its letters stand as blanks while figures are looked for
    found = _NUMBER.search("".join(" " if is_quoted else letter for letter, is_quoted in pieces))
    if found is None:
        return None
    outside = pieces[: found.start()] + pieces[found.end() :]
    if any(not is_quoted and _LITERAL.fullmatch(letter) is None for letter, is_quoted in outside):
        return None
    before = "".join(letter for letter, _ in pieces[: found.start()])
    behind = "".join(letter for letter, _ in pieces[found.end() :])
    figures, decimals = len(found["figures"].lstrip("#")), len(found["decimals"] or "")
    if figures < 2 and not decimals and not found["rate"] and not (before + behind).strip():
        return None
    return NumberFormat(before.lstrip(), figures, decimals, bool(found["rate"]), behind.rstrip())


def _first_section(code: str) -> str:
    """The part of a format that is meant for positive numbers."""
    end = next((found.start() for found in _SECTION_END.finditer(code) if found[0] == ";"), len(code))
    return code[:end]
