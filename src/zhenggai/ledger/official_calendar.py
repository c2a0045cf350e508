"""The official calendar that deadlines are counted by (法定节假日安排), with an office's own file."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from zhenggai.domain.working_days import WorkingCalendar, calendar_from
from zhenggai.ledger.errors import CalendarUnreadableError


def official_calendar() -> WorkingCalendar:
    """The shipped calendar, its years replaced by those of the file that ``ZHENGGAI_CALENDAR_FILE`` names.

    :raises zhenggai.domain.working_days.CalendarFileError: a line of that file says no day.
    :raises CalendarUnreadableError: that file cannot be read.
    """
    named = settings.ZHENGGAI_CALENDAR_FILE
    if not named:
        return _shipped()
    try:
        stamp = Path(named).stat()
        return _with_file(named, stamp.st_mtime_ns, stamp.st_size)
    except (OSError, UnicodeDecodeError) as fault:
        raise CalendarUnreadableError(path=named) from fault


@lru_cache(maxsize=1)
def _shipped() -> WorkingCalendar:
    return calendar_from(files(__package__).joinpath("official_days.txt").read_text("utf-8"))


@lru_cache(maxsize=1)
def _with_file(named: str, _changed_ns: int, _size_bytes: int) -> WorkingCalendar:
    return _shipped().with_days(calendar_from(Path(named).read_text("utf-8")))
