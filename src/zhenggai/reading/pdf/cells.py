"""Rows of glyphs as cells (行与单元格): stretches parted by gaps, and what of them stands in each column."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.shapes import Glyph

_GAP: Final = 0.55
"""Line heights between two stretches of a row that may stand in two columns."""
_TIGHT: Final = 0.2


class Atom(NamedTuple):
    """A stretch of a row without a gap as wide as between columns."""

    x0: float
    x1: float
    text: str
    is_tight: bool = False
    """Whether a gap too small for a border of columns stands inside it."""


class Line(NamedTuple):
    """A row of glyphs: its baseline, the height of its letters, and its stretches."""

    y: float
    size: float
    atoms: list[Atom]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.atoms[0].x0

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(atom.x1 for atom in self.atoms)


Cells = list[Atom | None]
"""What stands in each column of a line."""


def as_line(row: Sequence[Glyph]) -> Line:
    """A row of glyphs as stretches without a gap as wide as between columns."""
    printed = sorted((glyph for glyph in row if not glyph.char.isspace()), key=lambda glyph: glyph.x0)
    size = sorted(glyph.size for glyph in printed)[len(printed) // 2]
    atoms: list[Atom] = []
    for glyph in printed:
        if atoms and glyph.x0 - atoms[-1].x1 <= _GAP * size:
            last = atoms[-1]
            is_tight = last.is_tight or (
                glyph.x0 - last.x1 > _TIGHT * size and min(glyph.char, last.text[-1]) > "\u3400"
            )
            atoms[-1] = Atom(last.x0, max(last.x1, glyph.x1), last.text + glyph.char, is_tight)
        else:
            atoms.append(Atom(glyph.x0, glyph.x1, glyph.char))
    return Line(printed[0].y, size, atoms)


def cells_of(line: Line, xs: Sequence[float]) -> Cells | None:
    """What stands in each column of a line; None for a line across the columns."""
    cells: Cells = []
    for left, right in pairwise(xs):
        inside = [atom for atom in line.atoms if atom.x0 < right and atom.x1 > left]
        if any(atom.x0 < left - 1 or atom.x1 > right + 1 for atom in inside):
            return None
        cells.append(
            Atom(inside[0].x0, inside[-1].x1, "".join(atom.text for atom in inside)) if inside else None
        )
    return cells
