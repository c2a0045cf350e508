"""Where the lines of open findings lie (销号进度图): whole numbers, no style."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from zhenggai.domain.burning import days_sampled, level_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zhenggai.domain.burning import Level
    from zhenggai.ledger.burning import Burning

WIDTH: Final = 480
HEIGHT: Final = 230
_LEFT: Final = 44
_RIGHT: Final = WIDTH - 14
_TOP: Final = 14
_BOTTOM: Final = HEIGHT - 26
# a plan that goes on for years would press the past into a corner
_AHEAD: Final = timedelta(days=183)
_STEPS: Final = (1, 2, 5)
_LINES_MOST: Final = 5
ROWS_MOST: Final = 13
# half a day's word
_WORD: Final = 40


@dataclass(frozen=True, slots=True)
class Tick:
    """One line across, with its number; ``y`` of the line, ``word_y`` of the number."""

    number: int
    y: int
    word_y: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day below the picture; ``place`` says from which side its word begins."""

    on: date
    x: int
    place: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Both numbers at the end of a day, for the table."""

    on: date
    open: int
    planned: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture: both lines as points, the lines across, the days below, the day that is asked about."""

    open: str
    planned: str
    ticks: tuple[Tick, ...]
    days: tuple[Day, ...]
    today: int
    end_y: int
    samples: tuple[Sample, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    top: int = _TOP
    bottom: int = _BOTTOM
    foot: int = HEIGHT - 8


def chart_of(burning: Burning) -> Chart | None:
    """The picture of an inspection's lines; none where nothing was ever registered."""
    first = burning.first
    if first is None:
        return None
    planned_to = burning.planned[-1].on if burning.planned else burning.on
    last = max(burning.on, min(planned_to, burning.on + _AHEAD))
    step, most = _scale(max((each.number for each in (*burning.open, *burning.planned)), default=1))
    days = max(1, (last - first).days)

    def across(on: date) -> int:
        return _LEFT + round(Fraction((on - first).days, days) * (_RIGHT - _LEFT))

    def up(number: int) -> int:
        return _BOTTOM - round(Fraction(number, most) * (_BOTTOM - _TOP))

    def steps(levels: Sequence[Level], until: date) -> str:
        """The line: level until the day on which it changes, and then straight to the next level."""
        points, before = [], 0
        for each in levels:
            if each.on > until:
                break
            x = across(each.on)
            points += [(x, up(before)), (x, up(each.number))]
            before = each.number
        points.append((across(until), up(before)))
        return " ".join(f"{x},{y}" for x, y in points)

    return Chart(
        open=steps(burning.open, burning.on),
        planned=steps(burning.planned, last),
        ticks=tuple(Tick(number, up(number), up(number) + 4) for number in range(0, most + 1, step)),
        days=_days(first, burning.on, last, across),
        today=across(burning.on),
        end_y=up(burning.open_now),
        samples=tuple(
            Sample(day, level_on(burning.open, day), level_on(burning.planned, day))
            for day in days_sampled(first, burning.on, ROWS_MOST)
        ),
    )


def _scale(most: int) -> tuple[int, int]:
    """How far the lines across stand apart, and the highest of them: at most as many as can be read."""
    power = 1
    while True:
        for each in _STEPS:
            lines = -(-most // (each * power))
            if lines <= _LINES_MOST:
                return each * power, each * power * max(1, lines)
        power *= 10


def _days(first: date, on: date, last: date, across: Callable[[date], int]) -> tuple[Day, ...]:
    """The day that is asked about, and the first and the last where their words have room beside it."""
    here = across(on)
    shown = []
    if here - _LEFT >= 2 * _WORD:
        shown.append(Day(first, _LEFT, "start"))
    if here + _WORD > _RIGHT:
        shown.append(Day(on, _RIGHT, "end"))
    else:
        shown.append(Day(on, max(here, _LEFT + _WORD), "middle"))
        if last > on and _RIGHT - here >= 2 * _WORD:
            shown.append(Day(last, _RIGHT, "end"))
    return tuple(shown)
