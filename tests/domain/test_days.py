"""Days that can be meant at all."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.days import DayImpossibleError, day_checked, is_day_possible


@pytest.mark.parametrize(
    ("day", "possible"),
    [
        (date.min, False),
        (date(1989, 12, 31), False),
        (date(1990, 1, 1), True),
        (date(2024, 2, 29), True),
        (date(2099, 12, 31), True),
        (date(2100, 1, 1), False),
        (date.max, False),
    ],
)
def test_a_day_lies_within_a_working_life(day, possible):
    assert is_day_possible(day) is possible


def test_a_day_that_can_be_meant_is_given_back_and_none_stays_none():
    assert day_checked(date(2026, 3, 2), "Due") == date(2026, 3, 2)
    assert day_checked(None, "Due") is None


def test_a_day_that_nobody_means_is_refused_with_field_and_bounds():
    with pytest.raises(DayImpossibleError) as refusal:
        day_checked(date(1, 1, 1), "Due")
    assert str(refusal.value) == (
        "The date 0001-01-01 in “Due” lies outside 1990-01-01 to 2099-12-31. "
        "Look at the year and give the date again; nothing was changed."
    )
