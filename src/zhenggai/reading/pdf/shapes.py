"""Plain values that the steps of reading a PDF hand on: glyphs, rules, pieces of lines, pages.

Coordinates are points (1/72 inch) from the top left corner of the page as it is read, y growing downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

HAN: Final = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters and their radicals, as the inside of a character class."""


class Glyph(NamedTuple):
    """One printed character: from ``x0`` to ``x1`` on the baseline ``y``; ``size`` is its line height."""

    x0: float
    x1: float
    y: float
    size: float
    char: str


class Rule(NamedTuple):
    """One straight line along an axis: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float


class Piece(NamedTuple):
    """A stretch of one line without a wide gap (行段)."""

    x0: float
    x1: float
    y: float
    size: float
    text: str

    @property
    def top(self) -> float:
        """About where its characters begin."""
        return self.y - self.size * 0.82

    @property
    def bottom(self) -> float:
        """About where its characters end."""
        return self.y + self.size * 0.18


@dataclass(slots=True)
class Table:
    """A table of one page (表格): ``rows`` of ``columns`` cells, a merged cell at its first place.

    Where its words hold for the rows below, too, those show the sign of ``ditto``.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    columns: list[float]
    rows: list[list[str]]
    empty: dict[tuple[int, int], int] = field(default_factory=dict)
    """Empty cells merged down (row, column), and over how many rows: one may go on from the page before."""
    is_loose: bool = False
    """Whether no rules part its columns, so that their borders are known no better than the text tells."""


@dataclass(slots=True)
class Page:
    """What one page shows (一页): pieces of lines, tables, and words that stand across or aside."""

    number: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    across: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    is_picture: bool = False
    is_recognised: bool = False
    short_rules: list[float] = field(default_factory=list)
    """Where short rules stand under which its notes may begin."""
    notes: list[str] = field(default_factory=list)
    unmapped: int = 0
    outside: int = 0
