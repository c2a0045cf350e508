"""Working days by the official calendar, with its days off and make-up days."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.working_days import (
    MOST_DAYS,
    WEEKDAYS_ONLY,
    CalendarFileError,
    TermTooLongError,
    WorkingCalendar,
    add_days,
    add_months,
    calendar_from,
    month_end,
)

# The autumn of 2024: 1 to 7 October off, 29 September and 12 October worked for them.
AUTUMN = calendar_from(
    "# 2024\n"
    + "\n".join(f"2024-10-0{day} off" for day in range(1, 8))
    + "\n2024-09-29 work\n\n2024-10-12 work  # a Saturday\n"
)


@pytest.mark.parametrize(
    ("on", "working"),
    [
        (date(2024, 9, 28), False),  # a Saturday
        (date(2024, 9, 29), True),  # a Sunday that is worked
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
        (date(2024, 10, 7), False),  # a Monday that is off
        (date(2024, 10, 8), True),
        (date(2024, 10, 12), True),
        (date(2024, 10, 13), False),
    ],
)
def test_a_day_off_and_a_make_up_day_change_places(on, working):
    assert AUTUMN.is_working_day(on) is working


@pytest.mark.parametrize(
    ("on", "count", "day"),
    [
        (date(2024, 9, 30), 0, date(2024, 9, 30)),
        (date(2024, 9, 30), 1, date(2024, 10, 8)),
        (date(2024, 9, 27), 1, date(2024, 9, 29)),
        (date(2024, 9, 27), 3, date(2024, 10, 8)),
        (date(2024, 10, 1), 5, date(2024, 10, 12)),
        (date(2024, 10, 1), 6, date(2024, 10, 14)),
    ],
)
def test_working_days_do_not_count_day_zero(on, count, day):
    assert AUTUMN.after(on, count) == day
    assert AUTUMN.between(on, day) == count


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert AUTUMN.between(date(2024, 10, 8), date(2024, 9, 30)) == 0


def test_a_day_off_moves_to_the_next_working_day():
    assert AUTUMN.or_next(date(2024, 10, 3)) == date(2024, 10, 8)
    assert AUTUMN.or_next(date(2024, 10, 8)) == date(2024, 10, 8)


def test_without_a_calendar_monday_to_friday_count():
    assert WEEKDAYS_ONLY.after(date(2024, 9, 30), 5) == date(2024, 10, 7)
    assert not WEEKDAYS_ONLY.is_announced(date(2024, 9, 30))
    assert AUTUMN.is_announced(date(2024, 1, 1))
    assert not AUTUMN.is_announced(date(2025, 1, 1))


def test_an_update_replaces_whole_years():
    update = WorkingCalendar(frozenset({date(2024, 5, 1), date(2025, 1, 1)}))

    merged = AUTUMN.with_days(update)

    assert merged.is_working_day(date(2024, 10, 1))
    assert not merged.is_working_day(date(2024, 5, 1))
    assert not merged.is_working_day(date(2025, 1, 1))
    assert merged.years == frozenset({2024, 2025})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2024-10-01", 1),
        ("2024-10-01 off\n2024-13-01 off", 2),
        ("2024-10-01 holiday", 1),
        ("2024-10-01 off\n2024-10-01 work", 2),
        ("2024-10-01 off extra", 1),
        ("off", 1),
    ],
)
def test_a_line_of_the_file_that_says_no_day_is_named(text, line):
    with pytest.raises(CalendarFileError, match=rf"Line {line} of the calendar file"):
        calendar_from(text)


def test_a_byte_order_mark_and_remarks_are_no_days():
    assert calendar_from("\ufeff# remark only\n\n").years == frozenset()


@pytest.mark.parametrize(
    ("on", "months", "day"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 10, 31), 4, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 3, 8), 0, date(2024, 3, 8)),
        (date(2024, 3, 8), 12, date(2025, 3, 8)),
    ],
)
def test_month_arithmetic_clamps(on, months, day):
    assert add_months(on, months) == day


def test_days_and_the_end_of_a_month():
    assert add_days(date(2024, 2, 28), 2) == date(2024, 3, 1)
    assert month_end(2024, 2) == date(2024, 2, 29)


@pytest.mark.parametrize("count", [-1, MOST_DAYS + 1])
def test_a_term_that_nobody_means_is_refused(count):
    for term in (AUTUMN.after, add_days, add_months):
        with pytest.raises(TermTooLongError, match="give the date itself"):
            term(date(2024, 1, 1), count)


def test_ten_years_are_a_term_and_a_day_or_a_month_more_is_none():
    start = date(2026, 1, 1)
    assert add_days(start, 3660) == date(2036, 1, 9)
    with pytest.raises(TermTooLongError, match="3661"):
        add_days(start, 3661)
    assert add_months(start, 122) == date(2036, 3, 1)
    with pytest.raises(TermTooLongError, match="3690"):
        add_months(start, 123)


def test_an_update_keeps_the_make_up_days_of_other_years():
    held = WorkingCalendar(make_up_days=frozenset({date(2025, 9, 28), date(2026, 2, 14)}))
    new = WorkingCalendar(days_off=frozenset({date(2026, 10, 1)}))
    assert held.with_days(new).make_up_days == {date(2025, 9, 28)}


def test_a_long_line_is_told_by_its_beginning():
    with pytest.raises(CalendarFileError) as refused:
        calendar_from("x" * 61)
    assert f"“{'x' * 60}”" in str(refused.value)
