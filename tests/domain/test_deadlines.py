"""Deadlines: in time to the end of the day, overdue for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhenggai.domain.deadlines import (
    LIGHT_LABELS,
    GrantedExtension,
    Light,
    StageTime,
    WarningDays,
    days_overdue,
    days_overdue_in_all,
    days_overdue_of_stages,
    due_in_force,
    is_asked_in_time,
    light,
    overdue,
)

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("on", "finished_on", "days"),
    [
        (date(2026, 6, 29), None, 0),
        (DUE, None, 0),
        (date(2026, 7, 1), None, 1),
        (date(2026, 12, 31), None, 184),
        (date(2026, 12, 31), DUE, 0),
        (date(2026, 12, 31), date(2026, 7, 10), 10),
        (date(2027, 12, 31), date(2026, 7, 10), 10),
        (date(2026, 7, 5), date(2026, 7, 10), 5),
    ],
)
def test_days_overdue_count_from_the_day_after_and_stay_known(on, finished_on, days):
    assert days_overdue(DUE, on, finished_on) == days
    assert overdue(DUE, on, finished_on) is (days > 0)


def test_without_a_deadline_nothing_is_overdue():
    assert days_overdue(None, date(2030, 1, 1)) == 0
    assert light(None, date(2030, 1, 1)) is Light.NONE


@pytest.mark.parametrize(
    ("days_before", "shown"),
    [
        (21, Light.FAR),
        (20, Light.NEAR),
        (11, Light.NEAR),
        (10, Light.VERY_NEAR),
        (0, Light.VERY_NEAR),
        (-1, Light.OVERDUE),
    ],
)
def test_the_light_changes_twenty_and_ten_days_before(days_before, shown):
    assert light(DUE, DUE - timedelta(days=days_before)) is shown


def test_what_was_finished_in_time_shows_no_warning():
    assert light(DUE, DUE, finished_on=date(2026, 6, 1)) is Light.FAR
    assert light(DUE, date(2026, 6, 25), finished_on=date(2026, 6, 26)) is Light.VERY_NEAR
    assert light(DUE, date(2027, 1, 1), finished_on=date(2026, 7, 1)) is Light.OVERDUE


def test_what_is_finished_on_the_day_itself_shows_no_warning_any_more():
    assert light(DUE, DUE, finished_on=DUE) is Light.FAR
    assert light(DUE, DUE, finished_on=DUE + timedelta(days=1)) is Light.VERY_NEAR


def test_warning_days_are_the_places_own():
    assert light(DUE, date(2026, 5, 31), warning=WarningDays(near_days=30, very_near_days=3)) is Light.NEAR


def test_every_light_has_its_label():
    assert set(LIGHT_LABELS) == set(Light)


FIRST = date(2024, 6, 30)


def test_a_request_on_the_due_day_is_in_time():
    assert is_asked_in_time(FIRST, FIRST)
    assert not is_asked_in_time(date(2024, 7, 1), FIRST)


def test_the_last_extension_is_in_force():
    assert due_in_force(FIRST, []) == FIRST
    assert due_in_force(FIRST, [GrantedExtension(FIRST, date(2024, 9, 30))]) == date(2024, 9, 30)


@pytest.mark.parametrize(
    ("granted", "on", "finished_on", "days"),
    [
        ([], date(2024, 6, 30), None, 0),
        ([], date(2024, 7, 10), None, 10),
        ([], date(2024, 7, 10), date(2024, 7, 5), 5),
        # asked in time: no day until the new due day is overdue
        ([GrantedExtension(date(2024, 6, 20), date(2024, 9, 30))], date(2024, 9, 30), None, 0),
        ([GrantedExtension(date(2024, 6, 30), date(2024, 9, 30))], date(2024, 10, 3), None, 3),
        # asked ten days late: those ten stay, the rest does not count
        ([GrantedExtension(date(2024, 7, 10), date(2024, 9, 30))], date(2024, 9, 30), None, 10),
        ([GrantedExtension(date(2024, 7, 10), date(2024, 9, 30))], date(2024, 10, 2), None, 12),
        ([GrantedExtension(date(2024, 7, 10), date(2024, 9, 30))], date(2024, 10, 2), date(2024, 7, 4), 4),
        # the new day is earlier than the day it was asked for
        ([GrantedExtension(date(2024, 7, 10), date(2024, 7, 5))], date(2024, 7, 20), None, 20),
        # two extensions, the second late
        (
            [
                GrantedExtension(date(2024, 6, 20), date(2024, 7, 31)),
                GrantedExtension(date(2024, 8, 3), date(2024, 9, 30)),
            ],
            date(2024, 10, 1),
            None,
            4,
        ),
        # it became long-term, asked three days late: those three stay, and none comes to them
        ([GrantedExtension(date(2024, 7, 3), None)], date(2030, 1, 1), None, 3),
        (
            [
                GrantedExtension(date(2024, 6, 20), date(2024, 7, 31)),
                GrantedExtension(date(2024, 7, 31), None),
            ],
            date(2030, 1, 1),
            None,
            0,
        ),
        # asked about a day before the extension was asked for
        ([GrantedExtension(date(2024, 7, 10), date(2024, 9, 30))], date(2024, 7, 5), None, 5),
    ],
)
def test_an_extension_erases_no_overdue_day(granted, on, finished_on, days):
    assert days_overdue_in_all(FIRST, granted, on, finished_on) == days


def test_what_never_had_a_due_day_is_never_overdue():
    assert days_overdue_in_all(None, [], date(2030, 1, 1)) == 0
    assert due_in_force(None, []) is None
    assert due_in_force(FIRST, [GrantedExtension(FIRST, None)]) is None


def test_a_stage_that_was_closed_adds_no_day_after_that_and_the_next_counts_by_its_own_day():
    first = StageTime(date(2026, 6, 30), date(2026, 7, 10))
    second = StageTime(date(2027, 6, 30))
    longer = replace(second, granted=(GrantedExtension(date(2027, 6, 20), date(2027, 7, 31)),))
    assert days_overdue_of_stages([first], date(2027, 12, 31)) == 10
    assert days_overdue_of_stages([first, second], date(2027, 6, 30)) == 10
    assert days_overdue_of_stages([first, second], date(2027, 7, 5)) == 15
    assert days_overdue_of_stages([first, longer], date(2027, 7, 31)) == 10
    assert days_overdue_of_stages([first, longer], date(2027, 8, 3)) == 13
    # what was granted in the first stage says nothing of the second
    kept = replace(first, granted=(GrantedExtension(date(2026, 6, 20), date(2026, 7, 31)),))
    assert days_overdue_of_stages([kept, second], date(2027, 7, 5)) == 5
