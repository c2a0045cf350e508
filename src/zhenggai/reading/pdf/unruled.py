"""Tables without vertical rules (无框线表格): white lanes between their columns → the grid of a table."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.pdf.grids import Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.shapes import Glyph, Rule

_GAP: Final = 0.55
"""Line heights between two stretches of a row that may stand in two columns."""
_TIGHT: Final = 0.2
_LANE: Final = 0.5
"""Line heights that a lane between columns must keep free."""
_LEAST: Final = 3
"""Lines and columns of a table."""
_FAR: Final = 3.4
"""Line heights over which a table does not go on."""
_WIDER: Final = 1.13
"""Times the distance of lines in a cell from which a row of the table ends."""
_MOST_LINES: Final = 400
_SHORT: Final = 4.5
"""Line heights up to which a cell is too short to have been wrapped."""
_NUMBER: Final = re.compile(r"[（(]?\d{1,4}[)）.、]?")
_COLUMN: Final = 8
"""Characters of a line in the narrowest column of a newspaper."""
_CROSSING: Final = 2
"""Rows without columns that may stand together inside a table: a heading over some of its rows."""


class _Atom(NamedTuple):
    """A stretch of a row without a gap as wide as between columns."""

    x0: float
    x1: float
    text: str
    is_tight: bool = False
    """Whether a gap too small for a border of columns stands inside it."""


class _Line(NamedTuple):
    y: float
    size: float
    atoms: list[_Atom]

    @property
    def left(self) -> float:
        return self.atoms[0].x0

    @property
    def right(self) -> float:
        return max(atom.x1 for atom in self.atoms)


_Lane = tuple[float, float]
_Cells = list[_Atom | None]


def unruled(rows: Sequence[list[Glyph]], across: Sequence[Rule]) -> list[Grid]:
    """The tables among ``rows`` of glyphs whose columns are told by white lanes; ``across`` are rules.

    Lines count that follow each other and keep at least two lanes free; columns of a newspaper keep them,
    too, but are filled to their edges and begin no rows.
    """
    lines = [_line(row) for row in rows]
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


def _line(row: list[Glyph]) -> _Line:
    printed = sorted((glyph for glyph in row if not glyph.char.isspace()), key=lambda glyph: glyph.x0)
    size = sorted(glyph.size for glyph in printed)[len(printed) // 2]
    atoms: list[_Atom] = []
    for glyph in printed:
        if atoms and glyph.x0 - atoms[-1].x1 <= _GAP * size:
            last = atoms[-1]
            is_tight = last.is_tight or (
                glyph.x0 - last.x1 > _TIGHT * size and min(glyph.char, last.text[-1]) > "\u3400"
            )
            atoms[-1] = _Atom(last.x0, max(last.x1, glyph.x1), last.text + glyph.char, is_tight)
        else:
            atoms.append(_Atom(glyph.x0, glyph.x1, glyph.char))
    return _Line(printed[0].y, size, atoms)


def _region(lines: Sequence[_Line], start: int) -> tuple[int, list[_Lane]] | None:
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


def _all_lanes(lines: Sequence[_Line], lanes: Sequence[_Lane]) -> list[_Lane]:
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


def _narrowed(lane: _Lane, line: _Line) -> _Lane | None:
    """What of a lane a line leaves free."""
    low, high = lane
    for atom in line.atoms:
        if atom.x1 <= low or atom.x0 >= high:
            continue
        before, behind = (low, atom.x0), (atom.x1, high)
        low, high = max(before, behind, key=lambda one: one[1] - one[0])
    return (low, high) if high - low >= _LANE * line.size else None


def _grid(lines: Sequence[_Line], lanes: Sequence[_Lane], across: Sequence[Rule]) -> Grid | None:
    xs = [
        min(line.left for line in lines) - 1,
        *((low + high) / 2 for low, high in lanes),
        max(line.right for line in lines) + 1,
    ]
    cells = [_cells(line, xs) for line in lines]
    atoms = [atom for line in lines for atom in line.atoms]
    doubled = len(atoms) - sum(bool(cell) for row in cells if row is not None for cell in row)
    unclear = sum(atom.is_tight for atom in atoms) + doubled
    if (
        unclear * 7 > len(atoms)
        or _is_newspaper(lines, xs, cells)
        or _least(lines, cells) < 0.9 * lines[0].size
    ):
        return None
    starts = _starts(lines, xs, cells, across)
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


def _cells(line: _Line, xs: Sequence[float]) -> _Cells | None:
    """What stands in each column of a line; None for a line across the columns."""
    cells: _Cells = []
    for left, right in pairwise(xs):
        inside = [atom for atom in line.atoms if atom.x0 < right and atom.x1 > left]
        if any(atom.x0 < left - 1 or atom.x1 > right + 1 for atom in inside):
            return None
        cells.append(
            _Atom(inside[0].x0, inside[-1].x1, "".join(atom.text for atom in inside)) if inside else None
        )
    return cells


def _is_newspaper(lines: Sequence[_Line], xs: Sequence[float], cells: Sequence[_Cells | None]) -> bool:
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


def _starts(
    lines: Sequence[_Line],
    xs: Sequence[float],
    cells: Sequence[_Cells | None],
    across: Sequence[Rule],
) -> list[int]:
    """The lines at which a row of the table begins."""
    width = xs[-1] - xs[0]
    starts = {0}
    for at in range(1, len(lines)):
        high, low = lines[at - 1].y, lines[at].y
        drawn = sum(
            min(rule.end, xs[-1]) - max(rule.start, xs[0])
            for rule in across
            if high - 0.1 * lines[at].size < rule.at < low - 0.4 * lines[at].size
        )
        if drawn > 0.6 * width:
            starts.add(at)
    ruled = len(starts)
    if ruled > _LEAST:
        return sorted(starts)
    wide = _wide_steps(lines, cells)
    if wide:
        return _with_numbers(sorted(starts | wide), cells)
    starts |= {at for at in range(1, len(lines)) if _begins(lines[at], cells[at - 1], cells[at], xs)}
    top = sorted(starts)
    centred = _centred(lines, cells)
    return centred if centred and _cuts(centred, lines, cells) < _cuts(top, lines, cells) else top


def _cuts(starts: Sequence[int], lines: Sequence[_Line], cells: Sequence[_Cells | None]) -> int:
    """How many cells would end with a line that fills its column, though the column goes on below."""
    cuts = 0
    for column in range(max(len(row) for row in cells if row is not None)):
        held = [(at, row[column]) for at, row in enumerate(cells) if row and row[column]]
        edge = max((atom.x1 for _, atom in held if atom), default=0.0)
        for (_, above), (below, _) in pairwise(held):
            begun = next((at for at in starts if at == below), None)
            cuts += begun is not None and above is not None and _is_full(above, edge, lines[below].size)
    return cuts


def _is_full(atom: _Atom, edge: float, size: float) -> bool:
    """Whether a line that is not short ends where its column does."""
    return edge - atom.x1 < 1.2 * size and atom.x1 - atom.x0 >= _SHORT * size


def _with_numbers(starts: Sequence[int], cells: Sequence[_Cells | None]) -> list[int]:
    """The starts, and each number below something else in the first column: it begins a row of its own."""
    found: list[int] = []
    for top, bottom in pairwise([*starts, len(cells)]):
        found.append(top)
        named = [at for at in range(top, bottom) if (row := cells[at]) and row[0]]
        found += [at for at in named[1:] if (row := cells[at]) and row[0] and _NUMBER.fullmatch(row[0].text)]
    return found


def _wide_steps(lines: Sequence[_Line], cells: Sequence[_Cells | None]) -> set[int]:
    """Lines farther from those above them in every column than the lines of a cell are."""
    columns = max(len(row) for row in cells if row is not None)
    steps: dict[int, float] = {}
    for column in range(columns):
        held = [at for at, row in enumerate(cells) if row is None or row[column]]
        for above, below in pairwise(held):
            step = lines[below].y - lines[above].y
            for at in range(above + 1, below + 1):
                steps[at] = min(steps.get(at, step), step)
    least = _least(lines, cells)
    wide = {at for at, step in steps.items() if step > _WIDER * least}
    # each row of the table has lines at the least distance, or there is no telling
    return wide if len(wide) + 1 < len(lines) else set()


def _least(lines: Sequence[_Line], cells: Sequence[_Cells | None]) -> float:
    """The distance of lines in one cell: the least in any column."""
    columns = max(len(row) for row in cells if row is not None)
    return min(
        (
            lines[below].y - lines[above].y
            for column in range(columns)
            for above, below in pairwise([at for at, row in enumerate(cells) if row is None or row[column]])
        ),
        default=0.0,
    )


def _centred(lines: Sequence[_Line], cells: Sequence[_Cells | None]) -> list[int]:
    """The lines at which rows begin whose cells are centred about their number; empty where they are not."""
    least = _least(lines, cells)
    starts: list[int] = []
    border, at, is_above = lines[0].y - least / 2, 0, False
    middles = [place for place, row in enumerate(cells) if row is None or row[0]]
    for middle in middles[:-1]:
        border = 2 * lines[middle].y - border
        end = next((place for place in range(at, len(lines)) if lines[place].y > border), len(lines))
        if end <= middle or any(abs(line.y - border) < 0.3 * least for line in lines[at:]):
            return []
        is_above = is_above or middle > at
        if not _are_about(lines, cells[at:end], at, lines[middle].y, least):
            return []
        starts.append(at)
        at = end
    # the page may cut the last row
    return [*starts, at] if is_above and at <= middles[-1] else []


def _are_about(
    lines: Sequence[_Line], cells: Sequence[_Cells | None], at: int, middle: float, least: float
) -> bool:
    """Whether the lines of every column follow each other, as many above ``middle`` as below."""
    if any(row is None for row in cells):
        return False
    for column in zip(*(row for row in cells if row is not None), strict=True):
        held = [lines[at + place].y for place, atom in enumerate(column) if atom]
        if held and (
            abs((held[0] + held[-1]) / 2 - middle) > 0.3 * least
            or any(below - above > 1.3 * least for above, below in pairwise(held))
        ):
            return False
    return True


def _begins(
    line: _Line,
    above: _Cells | None,
    cells: _Cells | None,
    xs: Sequence[float],
) -> bool:
    """Whether a row begins at a line: a number, a column that was empty, or nothing above had to go on."""
    if cells is None or above is None:
        return True
    if cells[0] and _NUMBER.fullmatch(cells[0].text):
        return True
    if any(cell and not before for cell, before in zip(cells, above, strict=True)):
        return True
    return not any(
        cell
        and before
        and right - before.x1 < 2.5 * line.size
        and before.x1 - before.x0 >= _SHORT * line.size
        for cell, before, right in zip(cells, above, xs[1:], strict=True)
    )
