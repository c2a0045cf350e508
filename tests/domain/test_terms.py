"""Dates that follow from a feedback, and what an extension does to overdue days."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.terms import (
    CENTRAL_TIME_RULES,
    Milestone,
    MilestoneKind,
    TimeRules,
    concentrated_until,
    evaluation_due,
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
