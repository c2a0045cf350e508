"""Ruled tables (有框线的表格): lines → grid → merged cells → rows of cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from zhenggai.reading.ditto import DITTO
from zhenggai.reading.pdf.flow import cell_text
from zhenggai.reading.pdf.lines import pieces_of
from zhenggai.reading.pdf.shapes import Glyph, Rule, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NEAR: Final = 3.0
"""Points within which two lines are one, or meet."""
_OPEN: Final = 12.0
_MOST_LINES: Final = 600
_MOST_CELLS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Places of a table's borders, and for every field of the grid the cell it belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[tuple[int, int], tuple[int, int]]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def field_at(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the field at a point inside."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return row, column


def grids_of(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """The tables that horizontal and vertical lines draw; a frame round one text is none."""
    flat, upright = _joined(across), _joined(down)
    if len(flat) > _MOST_LINES or len(upright) > _MOST_LINES:
        return []
    grids = [grid for group in _groups(flat, upright) if (grid := _grid(*group)) is not None]
    # a table inside a cell of another one is text of that cell
    return [grid for grid in grids if not any(_inside(grid, other) for other in grids if other is not grid)]


def _inside(grid: Grid, other: Grid) -> bool:
    return other.holds(grid.xs[0], grid.ys[0]) and other.holds(grid.xs[-1], grid.ys[-1])


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines on one axis put together where they touch; there is at least one."""
    joined: list[Rule] = []
    lane: list[Rule] = []

    def close() -> None:
        at = sum(rule.at for rule in lane) / len(lane)
        lane.sort(key=attrgetter("start"))
        start, end = lane[0].start, lane[0].end
        for rule in lane[1:]:
            if rule.start <= end + _NEAR:
                end = max(end, rule.end)
            else:
                joined.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        joined.append(Rule(at, start, end))
        lane.clear()

    for rule in sorted(rules):
        if lane and rule.at - lane[0].at > _NEAR:
            close()
        lane.append(rule)
    close()
    return joined


def _groups(flat: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, table by table."""
    parent = list(range(len(flat) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for first, line in enumerate(flat):
        for second, post in enumerate(upright, start=len(flat)):
            if (
                line.start - _NEAR <= post.at <= line.end + _NEAR
                and post.start - _NEAR <= line.at <= post.end + _NEAR
            ):
                parent[root(first)] = root(second)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for at, rule in enumerate((*flat, *upright)):
        groups[root(at)][at >= len(flat)].append(rule)
    return list(groups.values())


def _grid(flat: list[Rule], upright: list[Rule]) -> Grid | None:
    if len(flat) < 2 or not upright:
        return None
    xs = _places([rule.at for rule in upright])
    ys = _places([rule.at for rule in flat])
    # a table may be open at its sides: its horizontal lines run past the outermost vertical ones
    left, right = min(rule.start for rule in flat), max(rule.end for rule in flat)
    xs = ([left] if left < xs[0] - _OPEN else []) + xs + ([right] if right > xs[-1] + _OPEN else [])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns * rows > _MOST_CELLS:
        return None
    parent = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(field: tuple[int, int]) -> tuple[int, int]:
        while parent[field] != field:
            field = parent[field]
        return field

    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (start, end) in enumerate(pairwise(xs)):
            here = (row, column)
            if column + 1 < columns and not _covers(upright, xs[column + 1], (top + bottom) / 2):
                parent[max(root(here), root((row, column + 1)))] = min(root(here), root((row, column + 1)))
            if row + 1 < rows and not _covers(flat, ys[row + 1], (start + end) / 2):
                parent[max(root(here), root((row + 1, column)))] = min(root(here), root((row + 1, column)))
    owner = {field: root(field) for field in parent}
    return Grid(tuple(xs), tuple(ys), owner) if len(set(owner.values())) >= 2 else None


def _covers(rules: Iterable[Rule], at: float, along: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.start - 1 <= along <= rule.end + 1 for rule in rules)


def _places(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def tables_of(grids: Sequence[Grid], glyphs: Sequence[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The tables with their text, and the glyphs outside of them."""
    inside: list[dict[tuple[int, int], list[Glyph]]] = [defaultdict(list) for _ in grids]
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.32 * glyph.size
        for grid, fields in zip(grids, inside, strict=True):
            if grid.holds(x, y):
                fields[grid.owner[grid.field_at(x, y)]].append(glyph)
                break
        else:
            outside.append(glyph)
    filled = [(grid, fields) for grid, fields in zip(grids, inside, strict=True) if fields]
    return [_table(grid, fields) for grid, fields in filled], outside


def _table(grid: Grid, fields: dict[tuple[int, int], list[Glyph]]) -> Table:
    right: dict[tuple[int, int], int] = {}
    for (_, column), owner in grid.owner.items():
        right[owner] = max(right.get(owner, 0), column)
    rows = [[""] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for (row, column), glyphs in fields.items():
        left, end = grid.xs[column], grid.xs[right[row, column] + 1]
        rows[row][column] = cell_text(pieces_of(glyphs), left, end)
    empty: dict[tuple[int, int], int] = defaultdict(lambda: 1)
    for (row, column), (top, start) in sorted(grid.owner.items()):
        if row == top or column != start:
            continue
        if rows[top][column] and any(rows[row][:column]):
            rows[row][column] = DITTO
        elif not rows[top][column]:
            empty[top, column] += 1
    return Table(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], list(grid.xs), rows, empty=dict(empty))
