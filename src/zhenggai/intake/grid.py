"""The sheets of a workbook in stretches of bounded size (表格分段): rows with their places in the text."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.spans import Span
from zhenggai.reading.workbook.grid import Merged, address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.reading.workbook.grid import Sheet
    from zhenggai.reading.workbook.layout import Layout

ROWS_MOST: Final = 60
CELLS_MOST: Final = 1_500
CHARACTERS_MOST: Final = 16_000


class Cell(NamedTuple):
    """One cell by its place (单元格): sheet from 0, row and column from 0."""

    sheet: int
    row: int
    column: int

    @property
    def address(self) -> str:
        """As a spreadsheet names it: F12."""
        return address(self.row, self.column)


class GridRow(NamedTuple):
    """One row with anything in it: its place from 0, where its text begins, its cells."""

    number: int
    start: int
    cells: tuple[str, ...]

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.start + sum(map(len, self.cells)) + max(0, len(self.cells) - 1)

    def spans(self) -> Iterator[Span]:
        """The place of every cell in the text, from the left."""
        at = self.start
        for text in self.cells:
            yield Span(at, at + len(text))
            at += len(text) + 1


class Reach(NamedTuple):
    """A merged range that reaches into a stretch; ``text`` is what it shows, where it begins further up."""

    merged: Merged
    text: str


@dataclass(frozen=True, slots=True)
class GridWindow:
    """Some rows of one sheet (表格片段); ``sheet`` is its place in the workbook.

    ``hidden_rows`` are those of its rows that the workbook hides.
    """

    sheet: int
    rows: tuple[GridRow, ...]
    merged: tuple[Reach, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def span(self) -> Span:
        """From where its first row begins to where its last one ends, in the text."""
        return Span(self.rows[0].start, self.rows[-1].end)

    def cell_at(self, place: int) -> Cell | None:
        """The cell that holds a place of the text; nothing outside of these rows."""
        index = bisect_right(self.rows, place, key=lambda row: row.start) - 1
        if index < 0 or place > self.rows[index].end:
            return None
        row = self.rows[index]
        for column, span in enumerate(row.spans()):
            if place <= span.end:
                return Cell(self.sheet, row.number, column)
        return None

    def to_json(self) -> bytes:
        """The stretch as UTF-8 JSON."""
        plain = {
            "sheet": self.sheet,
            "rows": [[row.number, row.start, row.cells] for row in self.rows],
            "merged": [[*one.merged, one.text] for one in self.merged],
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @classmethod
    def from_json(cls, data: bytes) -> GridWindow:
        """The stretch that `to_json` wrote."""
        plain = json.loads(data.decode("utf-8", "surrogatepass"))
        return cls(
            plain["sheet"],
            tuple(GridRow(number, start, tuple(cells)) for number, start, cells in plain["rows"]),
            tuple(Reach(Merged(*one[:4]), one[4]) for one in plain["merged"]),
            frozenset(plain["hidden_rows"]),
            frozenset(plain["hidden_columns"]),
        )


def grid_cut(layout: Layout) -> Iterator[GridWindow]:
    """Every sheet of a workbook in stretches, in order; sheets without anything in them give none."""
    for number, sheet in enumerate(layout.book.sheets):
        ranges = sorted(sheet.merged)
        reaching: list[Merged] = []
        following = 0
        for first, last in _borders(sheet.rows):
            low, high = sheet.numbers[first], sheet.numbers[last - 1]
            while following < len(ranges) and ranges[following].top <= high:
                reaching.append(ranges[following])
                following += 1
            reaching = [one for one in reaching if one.bottom >= low]
            starts = layout.starts[number]
            rows = tuple(
                GridRow(sheet.numbers[at], starts[at], tuple(sheet.rows[at])) for at in range(first, last)
            )
            yield GridWindow(
                number,
                rows,
                tuple(Reach(one, _shown(sheet, one, low)) for one in reaching),
                frozenset(row.number for row in rows if row.number in sheet.hidden_rows),
                sheet.hidden_columns,
            )


def _borders(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    first = cells = characters = 0
    for at, row in enumerate(rows):
        size = sum(map(len, row))
        if at > first and (
            at - first >= ROWS_MOST or cells + len(row) > CELLS_MOST or characters + size > CHARACTERS_MOST
        ):
            yield first, at
            first, cells, characters = at, 0, 0
        cells += len(row)
        characters += size
    if first < len(rows):
        yield first, len(rows)


def _shown(sheet: Sheet, one: Merged, low: int) -> str:
    """What a merged range shows, where it begins above these rows."""
    return sheet.text(one.top, one.left)[:200] if one.top < low else ""
