"""Tables without vertical rules (无框线表格), where every row shows the same columns; else they stay text."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from zhenggai.reading.pdf.shapes import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.shapes import Page, Piece

_LEAST_ROWS: Final = 3
_LEAST_COLUMNS: Final = 3


def tables_in(page: Page) -> tuple[list[Piece], list[Table]]:
    """The pieces of a page outside of tables, and its tables, ruled or clear without rules.

    Clear are three or more rows one after another with as many pieces each, at least three, whose columns
    do not overlap; a table with cells of several lines is not and stays text.
    """
    tables = list(page.tables)
    rest: list[Piece] = []
    run: list[list[Piece]] = []

    def close() -> None:
        table = _table(run)
        if table is None:
            rest.extend(piece for row in run for piece in row)
        else:
            tables.append(table)
        run.clear()

    for row in _rows(page.pieces):
        if run and (len(row) != len(run[0]) or not _fits(run, row)):
            close()
        if len(row) >= _LEAST_COLUMNS:
            run.append(row)
        else:
            rest.extend(row)
    close()
    return rest, tables


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=attrgetter("y")):
        if rows and piece.y - rows[-1][0].y <= 0.5 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=attrgetter("x0")) for row in rows]


def _fits(run: Sequence[Sequence[Piece]], row: Sequence[Piece]) -> bool:
    """Whether every piece stands in its own column of the rows so far, and the row is not far below."""
    last = run[-1]
    if row[0].y - last[0].y > 4 * max(row[0].size, last[0].size):
        return False
    for column in range(len(row) - 1):
        ends = max(*(one[column].x1 for one in run), row[column].x1)
        begins = min(*(one[column + 1].x0 for one in run), row[column + 1].x0)
        if begins - ends < 0.5 * row[column].size:
            return False
    return True


def _table(run: Sequence[Sequence[Piece]]) -> Table | None:
    if len(run) < _LEAST_ROWS:
        return None
    pieces = [piece for row in run for piece in row]
    lefts = [min(row[column].x0 for row in run) for column in range(len(run[0]))]
    right = max(piece.x1 for piece in pieces)
    top, bottom = min(piece.top for piece in pieces), max(piece.bottom for piece in pieces)
    return Table(
        lefts[0], top, right, bottom, [*lefts, right], [[piece.text for piece in row] for row in run]
    )
