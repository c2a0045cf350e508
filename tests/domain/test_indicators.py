"""How far a reading is from its target: exact, rounded down, and said only where there is a way to go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhenggai.domain.days import DayImpossibleError
from zhenggai.domain.indicators import (
    READING_DIGITS,
    READING_PLACES,
    Distance,
    MeasuredDayError,
    check_measured_on,
    target_distance,
)
from zhenggai.domain.planning import Direction

UP, DOWN = Direction.AT_LEAST, Direction.AT_MOST


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "value", "said"),
    [
        (UP, "60", "90", "60", (False, "30", "0.0")),
        (UP, "60", "90", "75", (False, "15", "50.0")),
        (UP, "60", "90", "80", (False, "10", "66.6")),
        (UP, "60", "90", "90", (True, "0", "100.0")),
        (UP, "60", "90", "99", (True, "0", "130.0")),
        (UP, "60", "90", "50", (False, "40", "-33.4")),
        # a hair short is never rounded to the whole way
        (UP, "0", "90000000000", "89999999999.9999", (False, "0.0001", "99.9")),
        (DOWN, "12", "2", "12", (False, "10", "0.0")),
        (DOWN, "12", "2", "5", (False, "3", "70.0")),
        (DOWN, "12", "2", "2", (True, "0", "100.0")),
        (DOWN, "12", "2", "0", (True, "0", "120.0")),
        (DOWN, "12", "2", "13", (False, "11", "-10.0")),
        (DOWN, "0.3", "0.1", "0.2", (False, "0.1", "50.0")),
        # nowhere to go from
        (UP, None, "90", "75", (False, "15", None)),
        (UP, None, "90", "90.0001", (True, "0", None)),
        (UP, "90", "90", "90", (True, "0", None)),
        (UP, "90", "90", "80", (False, "10", None)),
        (UP, "95", "90", "80", (False, "10", None)),
        (DOWN, "1", "2", "3", (False, "1", None)),
    ],
)
def test_the_distance_is_exact_and_rounded_down(direction, baseline, target, value, said):
    reached, left, percent = said
    found = target_distance(
        Decimal(value),
        target=Decimal(target),
        direction=direction,
        baseline=None if baseline is None else Decimal(baseline),
    )
    assert found == Distance(reached, Decimal(left), None if percent is None else Decimal(percent))
    assert percent is None or str(found.percent) == percent


def test_nothing_is_measured_on_a_day_to_come_or_on_one_that_nobody_meant():
    today = date(2026, 1, 5)
    check_measured_on(today, today)
    with pytest.raises(MeasuredDayError, match="2026-01-06, is still to come; today is 2026-01-05"):
        check_measured_on(date(2026, 1, 6), today)
    with pytest.raises(DayImpossibleError, match="Measured on"):
        check_measured_on(date(1026, 1, 5), today)


def test_a_reading_has_as_many_digits_as_every_database_keeps():
    most = Decimal("9" * READING_DIGITS)
    assert Decimal(repr(float(most))) == most
    assert Decimal(repr(float(most * 10 + 9))) != most * 10 + 9
    # per mille of a per cent, as the columns of the database have it
    assert READING_PLACES == 4
