"""A workbook as sheets of cells (电子表格): what stands where, merged cells, hidden rows and columns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.workbook.uncalculated import Formula

CELL_MOST: Final = 32_767
"""Characters that a cell of Excel holds; what was longer was cut off there."""
ERRORS: Final = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!"}
)
"""What a formula that fails shows (公式错误值)."""


class Merged(NamedTuple):
    """One merged range (合并单元格): first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet (工作表): its rows with anything in them, cells as text without the empty ones at the end.

    ``numbers`` are the rows' places, counted from 0. Days stand as ``2024-06-30``, whole numbers without a
    point. ``merged`` are the ranges of merged cells, of which only the first cell is shown. ``uncalculated``
    are formulas without values, whose cells are empty. ``far_count`` cells stand so far from the others that
    they are not among the rows; the first of them are ``far``: (address, text).
    """

    name: str
    numbers: Sequence[int]
    rows: Sequence[Sequence[str]]
    merged: tuple[Merged, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    uncalculated: tuple[Formula, ...] = ()
    far_count: int = 0
    far: tuple[tuple[str, str], ...] = ()

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, by its place in the sheet; empty where nothing does."""
        place = bisect_left(self.numbers, row)
        if place == len(self.numbers) or self.numbers[place] != row:
            return ""
        cells = self.rows[place]
        return cells[column] if column < len(cells) else ""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook (工作簿).

    ``is_delimited``: a text file of one sheet (.csv). ``since_1904``: its days count from 1904, as on old
    Macintosh. ``encoding`` is that of a text file, null for any other.
    """

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    is_delimited: bool = False
    since_1904: bool = False
    encoding: str | None = None


def column_letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B … Z, AA (列标)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell, its row and column counted from 0: B3 (单元格地址)."""
    return f"{column_letters(column)}{row + 1}"


def place_of(printed: str) -> tuple[int, int]:
    """Row and column of an address (B3 → 2, 1)."""
    column = row = 0
    for letter in printed:
        if letter.isdigit():
            row = row * 10 + int(letter)
        elif letter != "$":
            column = column * 26 + ord(letter.upper()) - 64
    return row - 1, column - 1
