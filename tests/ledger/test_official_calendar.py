"""The calendar that comes along, and an office's own file over it."""

from __future__ import annotations

import os
from datetime import date

import pytest

from zhenggai.ledger.errors import CalendarUnreadableError
from zhenggai.ledger.official_calendar import official_calendar


def test_the_shipped_calendar_knows_days_off_and_make_up_days():
    calendar = official_calendar()

    assert not calendar.is_working_day(date(2024, 10, 7))
    assert calendar.is_working_day(date(2024, 10, 12))
    assert all(calendar.is_announced(date(year, 1, 1)) for year in range(2012, 2027))


def test_make_up_days_fall_on_weekends_alone():
    calendar = official_calendar()

    assert {day for day in calendar.make_up_days if day.weekday() < 5} == set()
    assert calendar.days_off & calendar.make_up_days == frozenset()


def test_a_changed_file_is_read_again(tmp_path, settings):
    days = tmp_path / "days.txt"
    days.write_text("2031-01-01 off\n", encoding="utf-8")
    settings.ZHENGGAI_CALENDAR_FILE = str(days)
    first = official_calendar()

    days.write_text("2031-01-02 off\n2031-01-03 off\n", encoding="utf-8")
    os.utime(days, ns=(1, 1))

    assert not first.is_working_day(date(2031, 1, 1))
    assert official_calendar().is_working_day(date(2031, 1, 1))
    assert not official_calendar().is_working_day(date(2031, 1, 2))


def test_a_file_that_is_no_text_is_named(tmp_path, settings):
    days = tmp_path / "days.txt"
    days.write_bytes(b"\xff\xfe\x00\xd8")
    settings.ZHENGGAI_CALENDAR_FILE = str(days)

    with pytest.raises(CalendarUnreadableError, match=r"days\.txt"):
        official_calendar()
