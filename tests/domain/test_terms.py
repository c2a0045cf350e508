"""Dates that follow from a feedback, and what an extension does to overdue days."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.terms import (
    CENTRAL_TIME_RULES,
    GrantedExtension,
    Milestone,
    MilestoneKind,
    TimeRules,
    concentrated_until,
    days_overdue_in_all,
    due_in_force,
    evaluation_due,
    is_asked_in_time,
    milestones,
    plan_due,
    report_days,
    report_next,
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


@pytest.mark.parametrize(
    ("on", "rules", "day"),
    [
        (date(2023, 8, 31), TimeRules(), date(2023, 11, 30)),
        (date(2023, 11, 30), TimeRules(), date(2023, 11, 30)),
        (date(2023, 12, 1), TimeRules(), date(2024, 2, 29)),
        (date(2024, 2, 29), TimeRules(), date(2024, 2, 29)),
        (date(2024, 3, 1), TimeRules(), date(2024, 5, 31)),
        (date(2024, 8, 31), TimeRules(), date(2024, 8, 31)),
        (date(2024, 9, 1), TimeRules(), date(2024, 11, 30)),
        (date(2023, 9, 1), CENTRAL_TIME_RULES, date(2024, 2, 29)),
        (date(2024, 3, 1), CENTRAL_TIME_RULES, date(2024, 5, 31)),
        (date(2023, 10, 1), TimeRules(1, 1, 1, 1), date(2023, 10, 31)),
        # long after, where a term of so many months would be a typing error
        (date(2036, 6, 1), TimeRules(), date(2036, 8, 31)),
    ],
)
def test_the_next_report_is_the_first_one_not_past(on, rules, day):
    assert report_next(FEEDBACK, on, rules) == day


def test_before_all_is_done_plan_concentrated_work_and_the_next_report_count():
    found = milestones(FEEDBACK, date(2024, 1, 5), plan_on=date(2023, 9, 20))
    assert found == (
        Milestone(MilestoneKind.PLAN, date(2023, 9, 30), date(2023, 9, 20)),
        Milestone(MilestoneKind.CONCENTRATED, date(2023, 11, 30)),
        Milestone(MilestoneKind.REPORT, date(2024, 2, 29)),
    )


def test_once_all_is_done_the_evaluation_counts_and_no_report():
    done_on = date(2024, 1, 31)
    found = milestones(FEEDBACK, date(2024, 2, 5), CENTRAL_TIME_RULES, done_on=done_on)
    assert found == (
        Milestone(MilestoneKind.PLAN, date(2023, 9, 30)),
        Milestone(MilestoneKind.CONCENTRATED, date(2024, 2, 29), done_on),
        Milestone(MilestoneKind.EVALUATION, date(2024, 2, 29)),
    )


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
