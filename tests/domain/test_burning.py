"""Open findings day by day, and as planned: told over day by day they are the same."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhenggai.domain.burning import (
    Level,
    OpenFrom,
    Registered,
    days_sampled,
    level_on,
    open_levels,
    planned_levels,
)

FIRST = date(2026, 3, 1)
DAYS = st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days))
INTERVALS = st.lists(st.builds(OpenFrom, DAYS, st.none() | DAYS, st.integers(1, 4)), max_size=8)
REGISTERED = st.lists(st.builds(Registered, DAYS, st.none() | DAYS, st.integers(1, 4)), max_size=8)


@given(INTERVALS, DAYS)
def test_the_open_of_each_day_are_those_whose_interval_holds_it(intervals, until):
    intervals = [each for each in intervals if each.until is None or each.since <= each.until]
    levels = open_levels(intervals, until)
    for day in (FIRST + timedelta(days=each) for each in range(41)):
        end = min(day, until)
        expected = sum(
            each.number
            for each in intervals
            if each.since <= end and (each.until is None or end < each.until)
        )
        assert level_on(levels, day) == expected


@given(REGISTERED)
def test_the_planned_of_each_day_came_in_and_are_not_due_yet(registered):
    levels = planned_levels(registered)
    for day in (FIRST + timedelta(days=each) for each in range(41)):
        expected = sum(
            each.number for each in registered if each.on <= day and (each.due is None or day < each.due)
        )
        assert level_on(levels, day) == expected


def test_a_level_is_told_where_it_changes_alone():
    one = OpenFrom(FIRST, FIRST + timedelta(days=3), 2)
    assert open_levels([one], FIRST + timedelta(days=9)) == [
        Level(FIRST, 2),
        Level(FIRST + timedelta(days=3), 0),
    ]
    # what ends as another begins changes nothing
    assert open_levels([one, OpenFrom(FIRST + timedelta(days=3), None, 2)], date.max) == [Level(FIRST, 2)]
    assert level_on([], FIRST) == 0


@given(st.integers(0, 3000), st.integers(3, 20))
def test_samples_go_from_end_to_end_and_are_no_more_than_asked_for(days, most):
    last = FIRST + timedelta(days=days)
    found = days_sampled(FIRST, last, most)
    assert found[-1] == last
    assert found[0] == FIRST
    assert found == sorted(set(found))
    assert len(found) <= most


def test_an_interval_and_a_registration_are_of_one_finding_unless_they_say_of_how_many():
    assert open_levels([OpenFrom(FIRST, None)], date.max) == [Level(FIRST, 1)]
    assert planned_levels([Registered(FIRST, None)]) == [Level(FIRST, 1)]


def test_samples_are_as_close_as_they_may_be():
    each_day = [FIRST + timedelta(days=days) for days in range(20)]
    assert days_sampled(FIRST, each_day[-1], 20) == days_sampled(FIRST, each_day[-1], 21) == each_day
    assert days_sampled(FIRST, each_day[-1], 19) == [*each_day[::2], each_day[-1]]
