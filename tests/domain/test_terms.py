"""Dates that follow from a feedback, and what an extension does to overdue days."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.terms import (
    CENTRAL_TIME_RULES,
    GrantedExtension,
    concentrated_until,
    days_overdue_in_all,
    due_in_force,
    evaluation_due,
    is_asked_in_time,
    plan_due,
    report_days,
)

FEEDBACK = date(2023, 8, 31)


def test_the_plan_the_concentrated_work_and_the_evaluation_have_their_days():
    assert plan_due(FEEDBACK) == date(2023, 9, 30)
    assert concentrated_until(FEEDBACK) == date(2023, 11, 30)
    assert concentrated_until(FEEDBACK, CENTRAL_TIME_RULES) == date(2024, 2, 29)
    assert evaluation_due(date(2024, 1, 31)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("until", "days"),
    [
        (date(2023, 11, 29), ()),
        (date(2023, 11, 30), (date(2023, 11, 30),)),
        (
            date(2024, 8, 31),
            (date(2023, 11, 30), date(2024, 2, 29), date(2024, 5, 31), date(2024, 8, 31)),
        ),
    ],
)
def test_reports_are_counted_from_the_feedback_and_do_not_slide(until, days):
    assert report_days(FEEDBACK, until) == days


DUE = date(2024, 6, 30)


def test_a_request_on_the_due_day_is_in_time():
    assert is_asked_in_time(DUE, DUE)
    assert not is_asked_in_time(date(2024, 7, 1), DUE)


def test_the_last_extension_is_in_force():
    assert due_in_force(DUE, []) == DUE
    assert due_in_force(DUE, [GrantedExtension(DUE, date(2024, 9, 30))]) == date(2024, 9, 30)


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
        # asked about a day before the extension was asked for
        ([GrantedExtension(date(2024, 7, 10), date(2024, 9, 30))], date(2024, 7, 5), None, 5),
    ],
)
def test_an_extension_erases_no_overdue_day(granted, on, finished_on, days):
    assert days_overdue_in_all(DUE, granted, on, finished_on) == days
