"""A table that goes on over pages (跨页表格): its repeated header once, a row cut by the page whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.reading.ditto import DITTO
from zhenggai.reading.pdf.flow import glue
from zhenggai.reading.pdf.furniture import Struck

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.reading.pdf.shapes import Table

WHY_TABLE_HEADER: Final = msg("The header of a table, repeated on the next page.")
_NEAR: Final = 4.0
_HEADER_ROWS: Final = 3
_Row = list[tuple[str, int]]


class LongTable:
    """Rows of one table from page to page; each cell is its text and the page it begins on."""

    def __init__(self, table: Table, page: int) -> None:
        self.columns = table.columns
        self.first = [list(row) for row in table.rows[:_HEADER_ROWS]]
        self.page = page
        self.rows: list[_Row | Struck] = [[(text, page) for text in row] for row in table.rows]

    def goes_on(self, table: Table, page: int) -> bool:
        """Whether ``table``, the first thing on the next page, has the same columns."""
        if page == self.page or len(table.columns) != len(self.columns):
            return False
        if table.is_loose and _without(table.rows[0], self.first[0]) is not None:
            return True
        shift = table.columns[0] - self.columns[0]
        return all(
            abs(new - old - shift) <= _NEAR for new, old in zip(table.columns, self.columns, strict=True)
        )

    def strike(self, lines: Sequence[Struck]) -> None:
        """Furniture between two pages of the table."""
        self.rows += lines

    def extend(self, table: Table, page: int) -> None:
        """The rows of the next page; ``goes_on`` must hold."""
        self.page = page
        rows = [list(row) for row in table.rows]
        for header in self.first:
            if len(rows) < 2 or rows[0] != header or not any(header):
                break
            self.rows.append(Struck("\t".join(rows.pop(0)).rstrip(), WHY_TABLE_HEADER, page))
        rest = _without(rows[0], self.first[0]) if table.is_loose and len(rows) == len(table.rows) else None
        if rest is not None:
            # no rule parts the header from the rest of a row below it
            self.rows.append(Struck("\t".join(self.first[0]).rstrip(), WHY_TABLE_HEADER, page))
            rows[0] = rest
        begun = len(table.rows) - len(rows)
        last = next(row for row in reversed(self.rows) if not isinstance(row, Struck))
        if self._is_rest(last, rows[0]):
            for column, text in enumerate(rows.pop(0)):
                if text:
                    head, between = glue(last[column][0], text)
                    last[column] = (f"{head}{between}{text}", last[column][1] if head else page)
        self._carry_on(last, table, begun, rows)
        self.rows += [[(text, page) for text in row] for row in rows]

    def _carry_on(self, last: _Row, table: Table, begun: int, rows: Sequence[list[str]]) -> None:
        """A cell merged down over the page's end holds on the next page, too."""
        gone = len(table.rows) - len(rows)
        for (top, column), count in table.empty.items():
            if top == begun and last[column][0]:
                for row in rows[: count - (gone - begun)]:
                    row[column] = DITTO if any(row[:column]) else ""

    def _is_rest(self, last: _Row, row: Sequence[str]) -> bool:
        """Whether a page's first row is the rest of the row above: the number stands only over the first."""
        counted = [rest[0][0] for rest in self.rows if not isinstance(rest, Struck) and rest[0][0]]
        number = last[0][0].strip("()（）.、")
        if row[0] or not number.isdecimal() or not any(row):
            return False
        return sum(one.strip("()（）.、").isdecimal() for one in counted) * 2 >= len(counted)

    def lines(self) -> Iterator[_Row | Struck]:
        """The rows that hold something, without the empty cells at their ends."""
        for row in self.rows:
            if isinstance(row, Struck):
                yield row
                continue
            filled = [at for at, (text, _) in enumerate(row) if text]
            if filled:
                yield row[: filled[-1] + 1]


def _without(row: Sequence[str], header: Sequence[str]) -> list[str] | None:
    """What of ``row`` stands below the header in each cell, None where it does not begin with it."""
    if not all(head and cell.startswith(head) for cell, head in zip(row, header, strict=True)):
        return None
    return [cell[len(head) :].strip() for cell, head in zip(row, header, strict=True)]
