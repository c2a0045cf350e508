"""Where the points and lines of a picture of readings lie (指标读数图): whole numbers, no style."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

WIDTH: Final = 320
HEIGHT: Final = 132
_LEFT: Final = 12
_RIGHT: Final = WIDTH - 12
_TOP: Final = 20
_BOTTOM: Final = HEIGHT - 34
# how far a word stands from its line
_ABOVE: Final = -4
_BELOW: Final = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading to be drawn."""

    on: date
    value: Decimal
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One reading as it is drawn."""

    x: int
    y: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Line:
    """Target or baseline: its height, and that of its word."""

    y: int
    word_y: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: the points by their days, from left to right; ``path`` joins them."""

    points: tuple[Point, ...]
    target: Line
    baseline: Line | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    # the words of the lines begin beside the first point, which may lie on its line
    words: int = _LEFT + 20

    @property
    def path(self) -> str:
        """The points as the line through them has them."""
        return " ".join(f"{each.x},{each.y}" for each in self.points)

    @property
    def foot(self) -> int:
        """The height of the words below."""
        return self.height - 6


def chart_of(marks: Sequence[Mark], target: Decimal, baseline: Decimal | None) -> Chart:
    """The picture of at least one reading; ``marks`` by their days.

    Days lie as far apart as they are; of one day alone the point stands in the middle.
    """
    values = [*(each.value for each in marks), target, *([] if baseline is None else [baseline])]
    low, high = min(values), max(values)
    first, last = marks[0].on, marks[-1].on

    def across(on: date) -> int:
        days = (last - first).days
        share = Fraction((on - first).days, days) if days else Fraction(1, 2)
        return round(_LEFT + 8 + share * (_RIGHT - _LEFT - 16))

    def up(value: Decimal) -> int:
        share = (Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low)) if high > low else 0
        return round(_BOTTOM - share * (_BOTTOM - _TOP))

    is_above = baseline is None or target >= baseline
    return Chart(
        tuple(Point(across(each.on), up(each.value), each) for each in marks),
        _line(up(target), is_above=is_above),
        None if baseline is None else _line(up(baseline), is_above=not is_above),
    )


def _line(height: int, *, is_above: bool) -> Line:
    return Line(height, height + (_ABOVE if is_above else _BELOW))
