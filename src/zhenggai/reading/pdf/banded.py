"""Rows without rules inside a ruled table (隔行底纹), where every other row has its columns drawn."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.reading.pdf.cells import as_line, cells_of
from zhenggai.reading.pdf.grids import Grid
from zhenggai.reading.pdf.lines import rows_of
from zhenggai.reading.pdf.row_starts import starts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.shapes import Glyph, Rule

_LEAST: Final = 3
"""Columns that such a row must fill: fewer are words of one merged cell that stand apart."""
_Field = tuple[int, int]


def with_columns(grid: Grid, glyphs: Sequence[Glyph], across: Sequence[Rule]) -> Grid:
    """``grid`` with the rows parted whose words keep to columns that only other rows draw."""
    bands = _bands(grid)
    if not bands:
        return grid
    inside: dict[_Field, list[Glyph]] = {band: [] for band in bands}
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.32 * glyph.size
        if grid.holds(x, y) and (band := grid.owner[grid.field_at(x, y)]) in inside:
            inside[band].append(glyph)
    cuts = {
        band: borders
        for band, printed in inside.items()
        if (borders := _borders(grid, band, bands[band], printed, across)) is not None
    }
    return _parted(grid, cuts) if cuts else grid


def _bands(grid: Grid) -> dict[_Field, int]:
    """The cells of one row that run over three columns or more, each with the column they end before."""
    ends: dict[_Field, int] = {}
    tall: set[_Field] = set()
    for (row, column), owner in grid.owner.items():
        ends[owner] = max(ends.get(owner, 0), column + 1)
        if row != owner[0]:
            tall.add(owner)
    return {owner: end for owner, end in ends.items() if end - owner[1] >= _LEAST and owner not in tall}


def _borders(
    grid: Grid, band: _Field, end: int, glyphs: Sequence[Glyph], across: Sequence[Rule]
) -> list[float] | None:
    """Where the rows inside a band begin below its first; null where its words do not keep to the columns."""
    printed = [row for row in rows_of(glyphs) if any(not glyph.char.isspace() for glyph in row)]
    if not printed:
        return None
    lines = [as_line(row) for row in printed]
    xs = grid.xs[band[1] : end + 1]
    cells = [cells_of(line, xs) for line in lines]
    whole = [row for row in cells if row is not None]
    if len(whole) < len(cells) or max(sum(cell is not None for cell in row) for row in whole) < _LEAST:
        return None
    if any(
        len(line.atoms) > sum(cell is not None for cell in row)
        for line, row in zip(lines, whole, strict=True)
    ):
        return None
    return [
        (lines[at - 1].y + lines[at].y) / 2 - 0.32 * lines[at].size
        for at in starts_of(lines, xs, cells, across)
        if at
    ]


def _parted(grid: Grid, cuts: dict[_Field, list[float]]) -> Grid:
    """``grid`` with more rows: every field of a band is a cell; others run over the rows that were added."""
    ys: list[float] = []
    rows: list[int] = []
    for row, (top, _) in enumerate(pairwise(grid.ys)):
        inner = sorted({at for band, borders in cuts.items() if band[0] == row for at in borders})
        ys += [top, *inner]
        rows += [row] * (1 + len(inner))
    ys.append(grid.ys[-1])
    first = {row: rows.index(row) for row in rows}
    owner: dict[_Field, _Field] = {}
    for at, row in enumerate(rows):
        for column in range(len(grid.xs) - 1):
            above = grid.owner[row, column]
            owner[at, column] = (at, column) if above in cuts else (first[above[0]], above[1])
    return Grid(grid.xs, tuple(ys), owner)
