"""Tables without vertical rules (无框线表格): white lanes between their columns → the grid of a table."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.reading.pdf.cells import as_line, cells_of
from zhenggai.reading.pdf.grids import Grid
from zhenggai.reading.pdf.row_starts import least_step, starts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.cells import Cells, Line
    from zhenggai.reading.pdf.shapes import Glyph, Rule

_LANE: Final = 0.5
"""Line heights that a lane between columns must keep free."""
_LEAST: Final = 3
"""Lines and columns of a table."""
_FAR: Final = 3.4
"""Line heights over which a table does not go on."""
_MOST_LINES: Final = 400
_COLUMN: Final = 8
"""Characters of a line in the narrowest column of a newspaper."""
_CROSSING: Final = 2
"""Rows without columns that may stand together inside a table: a heading over some of its rows."""


_Lane = tuple[float, float]


def unruled(rows: Sequence[list[Glyph]], across: Sequence[Rule]) -> list[Grid]:
    """The tables among ``rows`` of glyphs whose columns are told by white lanes; ``across`` are rules.

    Lines count that follow each other and keep at least two lanes free; columns of a newspaper keep them,
    too, but are filled to their edges and begin no rows.
    """
    lines = [as_line(row) for row in rows]
    if len(lines) > _MOST_LINES:
        return []
    grids: list[Grid] = []
    at = 0
    while at < len(lines):
        found = _region(lines, at) if len(lines[at].atoms) >= _LEAST else None
        grid = (
            _grid(lines[at : found[0]], _all_lanes(lines[at : found[0]], found[1]), across) if found else None
        )
        if found and grid:
            grids.append(grid)
            at = found[0]
        else:
            at += 1
    return grids


def _region(lines: Sequence[Line], start: int) -> tuple[int, list[_Lane]] | None:
    """Where a table that begins at ``start`` ends, and its lanes."""
    first = lines[start]
    lanes = [(left.x1, right.x0) for left, right in pairwise(first.atoms)]
    end, crossing, kept = start + 1, 0, 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.y - lines[at - 1].y > _FAR * max(line.size, lines[at - 1].size):
            break
        narrowed = [lane for one in lanes if (lane := _narrowed(one, line))]
        is_whole = len(narrowed) == len(lanes)
        may_lose = len(line.atoms) > 1 and kept < 2 and len(narrowed) >= _LEAST - 1
        if is_whole or may_lose:
            lanes, end, crossing, kept = narrowed, at + 1, 0, kept + 1
            continue
        crossing += 1
        if len(line.atoms) > 1 or crossing > _CROSSING:
            break
    return (end, lanes) if kept >= _LEAST and len(lanes) >= _LEAST - 1 else None


def _all_lanes(lines: Sequence[Line], lanes: Sequence[_Lane]) -> list[_Lane]:
    """Every lane that the lines leave free which keep ``lanes`` free: the first line may have few cells."""
    atoms = [
        atom for line in lines if all(_narrowed(lane, line) == lane for lane in lanes) for atom in line.atoms
    ]
    size = lines[0].size
    found: list[_Lane] = []
    reach = float("inf")
    for atom in sorted(atoms):
        if atom.x0 - reach >= _LANE * size:
            found.append((reach, atom.x0))
        reach = atom.x1 if reach == float("inf") else max(reach, atom.x1)
    return found


def _narrowed(lane: _Lane, line: Line) -> _Lane | None:
    """What of a lane a line leaves free."""
    low, high = lane
    for atom in line.atoms:
        if atom.x1 <= low or atom.x0 >= high:
            continue
        before, behind = (low, atom.x0), (atom.x1, high)
        low, high = max(before, behind, key=lambda one: one[1] - one[0])
    return (low, high) if high - low >= _LANE * line.size else None


def _grid(lines: Sequence[Line], lanes: Sequence[_Lane], across: Sequence[Rule]) -> Grid | None:
    xs = [
        min(line.left for line in lines) - 1,
        *((low + high) / 2 for low, high in lanes),
        max(line.right for line in lines) + 1,
    ]
    cells = [cells_of(line, xs) for line in lines]
    atoms = [atom for line in lines for atom in line.atoms]
    doubled = len(atoms) - sum(bool(cell) for row in cells if row is not None for cell in row)
    unclear = sum(atom.is_tight for atom in atoms) + doubled
    if (
        unclear * 7 > len(atoms)
        or _is_newspaper(lines, xs, cells)
        or least_step(lines, cells) < 0.9 * lines[0].size
    ):
        return None
    starts = starts_of(lines, xs, cells, across)
    if len(starts) < 2:
        return None
    ys = [lines[0].y - lines[0].size * 1.2]
    ys += [(lines[at - 1].y + lines[at].y) / 2 - 0.32 * lines[at].size for at in starts[1:]]
    ys.append(lines[-1].y + 0.5 * lines[-1].size)
    owner = {(row, column): (row, column) for row in range(len(starts)) for column in range(len(xs) - 1)}
    for row, (top, bottom) in enumerate(pairwise([*starts, len(lines)])):
        if any(cells[at] is None for at in range(top, bottom)):
            # a heading over the columns is one cell
            owner.update({(row, column): (row, 0) for column in range(len(xs) - 1)})
    return Grid(tuple(xs), tuple(ys), owner)


def _is_newspaper(lines: Sequence[Line], xs: Sequence[float], cells: Sequence[Cells | None]) -> bool:
    """Whether the columns are running text: nearly every line of each is there and filled."""
    whole = [row for row in cells if row is not None]
    atoms = [
        (atom, max(other.x1 for other in column if other))
        for column in zip(*whole, strict=True)
        for atom in column
        if atom
    ]
    if min(right - left for left, right in pairwise(xs)) < _COLUMN * lines[0].size:
        return False
    full = sum(right - atom.x1 < 1.5 * lines[0].size for atom, right in atoms)
    return len(atoms) * 10 >= len(lines) * (len(xs) - 1) * 8 and full * 10 >= len(atoms) * 7
