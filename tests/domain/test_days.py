"""Days that can be meant at all."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.days import DayImpossibleError, day_checked, day_read, is_day_possible


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


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-01",
        " 2026/3/1 ",
        "2026.3.1",
        "20260301",
        "2026年3月1日",
        "2026 年 03 月 01 日",
        "2026年3月1号",
        "２０２６－０３－０１",
        "２０２６年３月１日",
        "２０２６／３／１",
        "2026。3。1",
        "2026—03—01",
    ],
)
def test_a_day_is_read_as_people_type_it(typed):
    assert day_read(typed) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "typed",
    ["", "昨天", "26-03-01", "2026-03", "2026年3月", "2026-02-30", "2026-03/01", "2026年3月1日前", "2026301"],
)
def test_what_is_no_one_day_is_none(typed):
    assert day_read(typed) is None
