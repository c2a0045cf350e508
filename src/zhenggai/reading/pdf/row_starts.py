"""Where the rows of a table without rules begin (行的起点): by rules, counts, steps, or what has to go on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.cells import Atom, Cells, Line
    from zhenggai.reading.pdf.shapes import Rule

_RULED: Final = 3
"""Rows that rules part, from which they part all of them."""
_WIDER: Final = 1.13
"""Times the distance of lines in a cell from which a row of the table ends."""
_SHORT: Final = 4.5
"""Line heights up to which a cell is too short to have been wrapped."""
_NUMBER: Final = re.compile(r"[（(]?\d{1,4}[)）.、]?")
_COUNTED: Final = re.compile(r"[（(]?(?P<n>\d{1,4})[)）.、]?")
_COUNTING: Final = 3
"""Rows that count on, from which their numbers tell where rows begin."""


def starts_of(
    lines: Sequence[Line],
    xs: Sequence[float],
    cells: Sequence[Cells | None],
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
    if ruled > _RULED:
        return sorted(starts)
    numbered = _numbered(cells)
    if numbered:
        above = {at for at in range(1, numbered[0]) if _begins(lines[at], cells[at - 1], cells[at], xs)}
        return sorted({*starts, *above, *numbered})
    wide = _wide_steps(lines, cells)
    if wide:
        return _with_numbers(sorted(starts | wide), cells)
    starts |= {at for at in range(1, len(lines)) if _begins(lines[at], cells[at - 1], cells[at], xs)}
    top = sorted(starts)
    centred = _centred(lines, cells)
    return centred if centred and _cuts(centred, lines, cells) < _cuts(top, lines, cells) else top


def _numbered(cells: Sequence[Cells | None]) -> list[int]:
    """The lines that count on in the first column, and the headings over the columns among them.

    Empty where there is no such count, or where a cell begins below the number of its row.
    """
    found: list[int] = []
    last: int | None = None
    for at, row in enumerate(cells):
        number = _COUNTED.fullmatch(row[0].text) if row and row[0] else None
        if number is not None and (last is None or int(number["n"]) == last + 1):
            found.append(at)
            last = int(number["n"])
    if len(found) < _COUNTING:
        return []
    across = [at for at in range(found[0], len(cells)) if cells[at] is None]
    starts = sorted({*found, *across})
    for top, bottom in pairwise([*starts, len(cells)]):
        first = cells[top]
        if first is not None and any(
            cell and not begun
            for row in cells[top:bottom]
            if row
            for cell, begun in zip(row, first, strict=True)
        ):
            return []
    return starts


def _cuts(starts: Sequence[int], lines: Sequence[Line], cells: Sequence[Cells | None]) -> int:
    """How many cells would end with a line that fills its column, though the column goes on below."""
    cuts = 0
    for column in range(max(len(row) for row in cells if row is not None)):
        held = [(at, row[column]) for at, row in enumerate(cells) if row and row[column]]
        edge = max((atom.x1 for _, atom in held if atom), default=0.0)
        for (_, above), (below, _) in pairwise(held):
            begun = next((at for at in starts if at == below), None)
            cuts += begun is not None and above is not None and _is_full(above, edge, lines[below].size)
    return cuts


def _is_full(atom: Atom, edge: float, size: float) -> bool:
    """Whether a line that is not short ends where its column does."""
    return edge - atom.x1 < 1.2 * size and atom.x1 - atom.x0 >= _SHORT * size


def _with_numbers(starts: Sequence[int], cells: Sequence[Cells | None]) -> list[int]:
    """The starts, and each number below something else in the first column: it begins a row of its own."""
    found: list[int] = []
    for top, bottom in pairwise([*starts, len(cells)]):
        found.append(top)
        named = [at for at in range(top, bottom) if (row := cells[at]) and row[0]]
        found += [at for at in named[1:] if (row := cells[at]) and row[0] and _NUMBER.fullmatch(row[0].text)]
    return found


def _wide_steps(lines: Sequence[Line], cells: Sequence[Cells | None]) -> set[int]:
    """Lines farther from those above them in every column than the lines of a cell are."""
    columns = max(len(row) for row in cells if row is not None)
    steps: dict[int, float] = {}
    for column in range(columns):
        held = [at for at, row in enumerate(cells) if row is None or row[column]]
        for above, below in pairwise(held):
            step = lines[below].y - lines[above].y
            for at in range(above + 1, below + 1):
                steps[at] = min(steps.get(at, step), step)
    least = least_step(lines, cells)
    wide = {at for at, step in steps.items() if step > _WIDER * least}
    whole = [row for row in cells if row is not None]
    edges = [max((atom.x1 for atom in column if atom), default=0.0) for column in zip(*whole, strict=True)]
    wide -= {at for at in wide if _only_goes_on(cells[at - 1], cells[at], edges, lines[at].size)}
    # each row of the table has lines at the least distance, or there is no telling
    return wide if len(wide) + 1 < len(lines) else set()


def _only_goes_on(above: Cells | None, cells: Cells | None, edges: Sequence[float], size: float) -> bool:
    """Whether every cell of a line goes on in one above that fills its column; the first holds nothing."""
    if cells is None or above is None or cells[0]:
        return False
    return all(
        before and edge - before.x1 < 1.2 * size
        for cell, before, edge in zip(cells, above, edges, strict=True)
        if cell
    )


def least_step(lines: Sequence[Line], cells: Sequence[Cells | None]) -> float:
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


def _centred(lines: Sequence[Line], cells: Sequence[Cells | None]) -> list[int]:
    """The lines at which rows begin whose cells are centred about their number; empty where they are not."""
    least = least_step(lines, cells)
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
    if not is_above and middles and middles[-1] > at:
        is_above = _are_about(lines, cells[at:], at, lines[middles[-1]].y, least)
    # the page may cut the last row
    return [*starts, at] if is_above and at <= middles[-1] else []


def _are_about(
    lines: Sequence[Line], cells: Sequence[Cells | None], at: int, middle: float, least: float
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
    line: Line,
    above: Cells | None,
    cells: Cells | None,
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
