"""Texts as cells of a workbook hold them (单元格文本): nothing is executed, nothing is lost."""

from __future__ import annotations

import re
from typing import Final

from zhenggai.documents.csv import begins_formula

TEXT_MOST: Final = 32_000
"""UTF-16 units of a text that one cell holds here; Excel's own bound is 32,767."""

# Excel holds neither; the sign that shows it stands in its place, a line break is one character
_PICTURED: Final = {code: 0x2400 + code for code in range(32) if code not in {9, 10, 13}}
_SHOWN: Final = {**_PICTURED, 0x7F: 0x2421, 0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_SHORT: Final = 8_000
_UNHELD: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LONE: Final = re.compile(r"[\ud800-\udfff]")
# the first character behind which anything needs a second look: a formula, a blank before one, a tag
_CARE: Final = re.compile(r"[\s=+\-@＝＋－＠<\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def cell_text(text: str) -> str:
    """``text`` with what a cell cannot hold made visible: control characters as ␀, ␛ and so on.

    Line breaks of any kind become one line feed; half of a surrogate pair becomes �.
    """
    if _UNHELD.search(text) is None:
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)
    return _LONE.sub("\ufffd", plain)


def is_plain(text: str) -> bool:
    """Whether a text is short and of letters alone, so that a cell takes it as it is; most are."""
    return len(text) < _SHORT and text.isprintable() and _CARE.match(text) is None


def is_executed(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula once somebody edits the cell (公式注入)."""
    return _CARE.match(text) is not None and begins_formula(text)


def pieces_of(text: str, most: int = TEXT_MOST) -> list[str]:
    """A text in pieces of at most ``most`` UTF-16 units each (长文分段); together they are the text."""
    if len(text) * 2 <= most or _units(text) <= most:
        return [text]
    pieces, start, length = [], 0, 0
    for place, letter in enumerate(text):
        units = 2 if letter > "\uffff" else 1
        if length + units > most:
            pieces.append(text[start:place])
            start, length = place, 0
        length += units
    return [*pieces, text[start:]]


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)
