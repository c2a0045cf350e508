"""Working days (工作日) by the official calendar with its days off and make-up days (调休)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
MOST_DAYS: Final = 3660
"""Terms are counted up to ten years; a longer one is a typing error."""


class CalendarFileError(InvalidError):
    """A line of a calendar file that says no day."""

    code = "calendar_file"
    template: ClassVar[str] = msg(
        "Line %(line)s of the calendar file reads “%(text)s”, which is neither a day off (2026-10-01 off) "
        "nor a make-up day (2026-10-10 work) nor a remark (#…), or names a day a second time; correct the "
        "line and load the file again."
    )


class TermTooLongError(InvalidError):
    """A term of more days than anybody means."""

    code = "term_too_long"
    template: ClassVar[str] = msg(
        "A term of %(days)s days is longer than the %(most)s days that a deadline may count; give the date "
        "itself."
    )


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The official calendar (法定节假日及调休安排), handed in as a value.

    ``days_off`` are the public holidays with the days moved to them, ``make_up_days`` the weekend days that
    are worked for them. A year of which it holds no day is not announced yet: there, Monday to Friday count.
    """

    days_off: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    years: frozenset[int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        years = frozenset(day.year for day in self.days_off | self.make_up_days)
        object.__setattr__(self, "years", years)

    def is_announced(self, on: date) -> bool:
        """Whether the official arrangement of that year is known (当年安排是否已公布)."""
        return on.year in self.years

    def is_working_day(self, on: date) -> bool:
        """Whether people work on that day (是否工作日)."""
        if on in self.make_up_days:
            return True
        return on.weekday() < _SATURDAY and on not in self.days_off

    def after(self, on: date, working_days: int) -> date:
        """The day that is ``working_days`` working days after ``on`` (N 个工作日内); day 0 does not count.

        0 gives ``on`` itself. Source: DOMAIN §7.

        :raises TermTooLongError: more than `MOST_DAYS` days.
        """
        _check_term(working_days)
        day, left = on, working_days
        while left:
            day += _DAY
            left -= self.is_working_day(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days there are after ``start`` up to and with ``end``; 0 where that is earlier."""
        return sum(
            self.is_working_day(start + _DAY * count) for count in range(1, max(0, (end - start).days) + 1)
        )

    def or_next(self, on: date) -> date:
        """``on`` itself where it is a working day, else the next one (顺延至下一工作日)."""
        return on if self.is_working_day(on) else self.after(on, 1)

    def with_days(self, other: WorkingCalendar) -> WorkingCalendar:
        """This calendar with the years of ``other`` in place of its own (年度安排更新)."""
        return WorkingCalendar(
            frozenset(day for day in self.days_off if day.year not in other.years) | other.days_off,
            frozenset(day for day in self.make_up_days if day.year not in other.years) | other.make_up_days,
        )


WEEKDAYS_ONLY: Final = WorkingCalendar()
"""Monday to Friday, for when no calendar is at hand."""


def calendar_from(text: str) -> WorkingCalendar:
    """A calendar file: one day a line, ``2026-10-01 off`` or ``2026-10-10 work``; ``#`` opens a remark.

    :raises CalendarFileError: a line that says no day.
    """
    off: set[date] = set()
    work: set[date] = set()
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        words = raw.partition("#")[0].split()
        if not words:
            continue
        days = {"off": off, "work": work}.get(words[-1].lower())
        day = _iso(words[0])
        if days is None or day is None or len(words) != 2 or day in off | work:
            raise CalendarFileError(line=number, text=raw.strip()[:60])
        days.add(day)
    return WorkingCalendar(frozenset(off), frozenset(work))


def add_months(on: date, months: int) -> date:
    """``months`` months after ``on`` (N 个月内); a day the month has not becomes its last (31 January + 1).

    Source: DOMAIN §7, month arithmetic clamps.

    :raises TermTooLongError: more than ten years.
    """
    if not 0 <= months <= MOST_DAYS // 30:
        raise TermTooLongError(days=months * 30, most=MOST_DAYS)
    return months_after(on, months)


def months_after(on: date, months: int) -> date:
    """As `add_months`, of however many months, for what recurs (每 N 个月)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def add_days(on: date, days: int) -> date:
    """``days`` calendar days after ``on`` (N 日内); day 0 does not count.

    :raises TermTooLongError: more than `MOST_DAYS` days.
    """
    _check_term(days)
    return on + _DAY * days


def month_end(year: int, month: int) -> date:
    """The last calendar day of a month (底前)."""
    return date(year, month, monthrange(year, month)[1])


def _check_term(days: int) -> None:
    if not 0 <= days <= MOST_DAYS:
        raise TermTooLongError(days=days, most=MOST_DAYS)


def _iso(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
