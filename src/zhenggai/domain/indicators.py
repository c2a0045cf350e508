"""Readings of indicators (指标读数): how far a figure has come from its baseline to its target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg
from zhenggai.domain.planning import Direction

if TYPE_CHECKING:
    from datetime import date

# Fifteen digits are what both databases keep without loss.
READING_DIGITS: Final = 15
READING_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class Distance:
    """How a reading stands towards the target (距目标).

    ``left``: how much is missing, in the indicator's unit, exact; 0 once the target is reached.
    ``percent``: of the way from baseline to target, with one place, rounded down, so that 100 is never
    said too early; below 0 behind the baseline, above 100 past the target. None where there is no way to
    measure: no baseline, or a baseline that was at the target or past it.
    """

    is_reached: bool
    left: Decimal
    percent: Decimal | None


class MeasuredDayError(InvalidError):
    """A reading of a day that is still to come (测量日期未到)."""

    code = "measured_day"
    template: ClassVar[str] = msg(
        "The day of the reading, %(on)s, is still to come; today is %(today)s. Give the day on which it was "
        "measured; nothing was changed."
    )


def target_distance(
    value: Decimal, *, target: Decimal, direction: Direction, baseline: Decimal | None = None
) -> Distance:
    """How far the value is from the target (距目标测算); exact, in fractions, never in floating point.

    ``at_least`` is reached at the target or above, ``at_most`` at the target or below.
    """
    sign = 1 if direction is Direction.AT_LEAST else -1
    missing = sign * (Fraction(target) - Fraction(value))
    left = Decimal(0) if missing <= 0 else abs(target - value)
    percent = None
    if baseline is not None:
        way = sign * (Fraction(target) - Fraction(baseline))
        if way > 0:
            percent = Decimal(floor((way - missing) / way * 1000)).scaleb(-1)
    return Distance(missing <= 0, left, percent)


def check_measured_on(on: date, today: date) -> None:
    """Refuses a day on which nothing can have been measured (测量日期检查); both are days of Asia/Shanghai.

    :raises MeasuredDayError: when it is still to come.
    :raises DayImpossibleError: when nobody can have meant it.
    """
    day_checked(on, msg("Measured on"))
    if on > today:
        raise MeasuredDayError(on=on.isoformat(), today=today.isoformat())
