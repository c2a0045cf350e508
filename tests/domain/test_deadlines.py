"""Deadlines: in time to the end of the day, overdue for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zhenggai.domain.deadlines import (
    LIGHT_LABELS,
    Light,
    WarningDays,
    days_overdue,
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


def test_warning_days_are_the_places_own():
    assert light(DUE, date(2026, 5, 31), warning=WarningDays(near_days=30, very_near_days=3)) is Light.NEAR


def test_every_light_has_its_label():
    assert set(LIGHT_LABELS) == set(Light)
