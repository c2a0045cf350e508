"""Which report answers which request, who is reminded when, and days that cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zhenggai.domain.days import DayImpossibleError
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.reporting import (
    Asked,
    ReminderStep,
    ReportDaysError,
    check_report_days,
    is_report_owed,
    reminder_step,
    reported_days_late,
    reports_counted,
)

FIRST, LAST, DUE = date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 5)
ONE = Asked(DUE, LAST, FIRST, 1)
TWO = Asked(date(2026, 7, 5), date(2026, 6, 30), date(2026, 4, 1), 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (FIRST - DAY, False),
        (FIRST, True),
        (LAST, True),
        (LAST + DAY, True),
        (DUE, True),
        (DUE + DAY, True),
    ],
)
def test_a_report_counts_from_the_first_day_of_its_period_on(day, counts):
    assert reports_counted([ONE], [day]) == ({1: day} if counts else {})


def test_the_first_report_that_counts_says_when_it_was_made():
    assert reports_counted([ONE], [DUE, FIRST, LAST]) == {1: FIRST}


def test_what_is_owed_for_a_period_that_ended_comes_first_and_counts_for_nothing_else():
    day = date(2026, 4, 3)
    assert reports_counted([TWO, ONE], [day]) == {1: day}
    assert reports_counted([TWO, ONE], [day, day]) == {1: day, 2: day}


def test_who_owes_nothing_reports_on_the_period_in_which_it_reports():
    assert reports_counted([ONE, TWO], [LAST, date(2026, 4, 3)]) == {1: LAST, 2: date(2026, 4, 3)}


def test_one_report_answers_every_request_whose_period_it_is_made_in():
    month = Asked(date(2026, 3, 25), LAST, date(2026, 3, 1), 3)
    assert reports_counted([ONE, month], [date(2026, 3, 20)]) == {1: date(2026, 3, 20), 3: date(2026, 3, 20)}


def test_one_report_catches_up_all_that_is_owed():
    late = date(2026, 8, 1)
    assert reports_counted([ONE, TWO], [late]) == {1: late, 2: late}


def test_nothing_reported_answers_nothing():
    assert reports_counted([ONE], []) == {}
    assert reports_counted([], [FIRST]) == {}


def test_a_report_on_the_due_day_is_in_time_and_each_day_after_it_counts():
    assert [reported_days_late(DUE, DUE + n * DAY) for n in (-1, 0, 1, 30)] == [0, 0, 1, 30]


def test_a_reminder_comes_with_the_due_day_and_another_once_it_is_over():
    assert reminder_step(DUE, DUE - DAY) is None
    assert reminder_step(DUE, DUE) is ReminderStep.DUE
    assert reminder_step(DUE, DUE + DAY) is ReminderStep.OVERDUE
    assert reminder_step(DUE, DUE + 40 * DAY) is ReminderStep.OVERDUE


@pytest.mark.parametrize("stage", list(Stage))
def test_a_report_is_owed_while_the_work_is_with_the_unit(stage):
    assert is_report_owed(stage, is_theirs=True) is (stage in {"assigned", "accepted", "rectifying"})
    assert not is_report_owed(stage, is_theirs=False)
    assert not is_report_owed(stage, is_theirs=True, rests=True)


def test_days_that_can_be_are_taken():
    check_report_days(FIRST, LAST, DUE, DUE)
    check_report_days(FIRST, FIRST, FIRST, FIRST)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((LAST, FIRST, DUE, FIRST), "The period would end on 2026-01-01, before it begins on 2026-03-31."),
        (
            (LAST, LAST, FIRST, FIRST),
            "Reports would be due on 2026-01-01, before the period begins on 2026-03-31.",
        ),
        ((FIRST, LAST, DUE, DUE + DAY), "The day by which to report, 2026-04-05, is past already"),
    ],
)
def test_days_by_which_nobody_could_report_are_refused(days, sentence):
    with pytest.raises(ReportDaysError) as refused:
        check_report_days(*days)
    assert str(refused.value).startswith(sentence)


def test_a_day_that_nobody_can_have_meant_is_refused():
    with pytest.raises(DayImpossibleError):
        check_report_days(FIRST, LAST, date(9999, 1, 1), DUE)


def test_on_the_last_day_of_a_period_nothing_is_owed_from_it_yet():
    month = Asked(DUE, date(2026, 1, 31), FIRST, 3)
    assert reports_counted([ONE, month], [month.last]) == {1: month.last, 3: month.last}


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        (date(202, 1, 1), LAST, DUE),
        (FIRST, date(9202, 3, 31), DUE),
        (FIRST, LAST, date(9202, 4, 5)),
    ],
)
def test_days_that_nobody_can_have_meant_are_told_as_such(first, last, due):
    with pytest.raises(DayImpossibleError):
        check_report_days(first, last, due, FIRST)
