"""The parts of the dashboard as values (一张图的各部分): what its templates draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from zhenggai.domain.deadlines import Light
    from zhenggai.domain.figures import Figure
    from zhenggai.domain.profiles import Colour
    from zhenggai.web.figures_view import Shown
    from zhenggai.web.profile_view import Lit


@dataclass(frozen=True, slots=True)
class Head:
    """One column of the heat map: a light in the colour of its profile."""

    light: Light
    word: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the heat map; ``level`` from 0 to 4 says how much of the most it is."""

    shown: Shown
    head: Head
    level: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the heat map; ``under`` it, one can look where units below it lead findings."""

    name: str
    under: int | None
    cells: Sequence[Cell]
    total: Shown


@dataclass(frozen=True, slots=True)
class Bar:
    """One number with the length of its bar, in hundredths of the longest."""

    shown: Shown
    length: int


@dataclass(frozen=True, slots=True)
class AgeRow:
    """One class of days: how many are open for so long, overdue by so much, or were finished so late."""

    word: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Segment:
    """One state in the bar of all findings, from ``start`` for ``width``, in thousandths."""

    figure: Figure
    shown: Shown
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """One share of a unit with its place among the units; without a denominator there is neither."""

    part: Shown
    whole: Shown
    percent: Decimal | None
    place: int | None


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One unit of the ranking, by every criterion."""

    name: str
    shares: Sequence[Ranked]
    place: int | None


@dataclass(frozen=True, slots=True)
class Tile:
    """One number that stands large; ``tone`` where it is trouble and not nought."""

    word: str
    shown: Shown
    tone: str


@dataclass(frozen=True, slots=True)
class Coming:
    """One finding that is likely to be late, with its light by the due day of then."""

    finding: Any
    due: date
    lit: Lit


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many were open at the end of a day, with their list, and how many were planned to be."""

    on: date
    open: Shown
    planned: int
