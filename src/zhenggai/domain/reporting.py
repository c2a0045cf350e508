"""Report requests (填报通知): which report answers which, in time or late, and who has not reported."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

# What a report is asked of: the work is with a unit. What is not accepted yet is asked of too, since not
# accepting is no way round reporting; what waits for signatures has said all in its request.
REPORTED_STAGES: Final = frozenset({Stage.ASSIGNED, Stage.ACCEPTED, Stage.RECTIFYING})


class ReminderStep(StrEnum):
    """When units that have not reported are reminded (催报): once each by itself, and by hand."""

    DUE = "due"
    OVERDUE = "overdue"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """One report request that stands (填报通知): its period, first and last day included, and its due day."""

    due: date
    last: date
    first: date
    id: int


class ReportDaysError(InvalidError):
    """Days of a report request that cannot be (填报日期无效)."""

    code = "report_days"
    template: ClassVar[str] = msg(
        "The period would end on %(last)s, before it begins on %(first)s. Correct one of the days; nothing "
        "was changed."
    )
    early_template: ClassVar[str] = msg(
        "Reports would be due on %(due)s, before the period begins on %(first)s. Name a later day; nothing "
        "was changed."
    )
    past_template: ClassVar[str] = msg(
        "The day by which to report, %(due)s, is past already, and nobody could report in time. Name today, "
        "%(today)s, or a later day; nothing was changed."
    )


def check_report_days(first: date, last: date, due: date, today: date) -> None:
    """Refuses days by which nobody could report (填报日期检查). A period that is over may be asked about.

    :raises ReportDaysError: when the period ends before it begins, or the due day lies before the period or
        today.
    :raises DayImpossibleError: when nobody can have meant one of the days.
    """
    for day, label in ((first, msg("First day")), (last, msg("Last day")), (due, msg("Report by"))):
        day_checked(day, label)
    values = {"first": first.isoformat(), "last": last.isoformat(), "due": due.isoformat()}
    if last < first:
        raise ReportDaysError(first=values["first"], last=values["last"])
    if due < first:
        raise ReportDaysError(ReportDaysError.early_template, due=values["due"], first=values["first"])
    if due < today:
        raise ReportDaysError(ReportDaysError.past_template, due=values["due"], today=today.isoformat())


def reports_counted(asked: Iterable[Asked], days: Iterable[date]) -> Mapping[int, date]:
    """On which day each request was answered (填报认定), by its id; who is not in it has not reported.

    ``asked``: the requests that stand for one finding and one unit; ``days``: on which that unit reported on
    it, as days of Asia/Shanghai, each from midnight to midnight.

    A report first answers what is owed from periods that have ended; where nothing is owed, it answers every
    request in whose period it was made. So what comes after the period answers it, until the due day in time
    and after it late, and what a unit owes for one period is never taken for its report on the next. A report
    made before the period began answers nothing of it.
    """
    open_ones = sorted(asked)
    answered: dict[int, date] = {}
    for day in sorted(days):
        waiting = [each for each in open_ones if each.id not in answered]
        owed = [each for each in waiting if each.last < day]
        for each in owed or [each for each in waiting if each.first <= day]:
            answered[each.id] = day
    return answered


def reported_days_late(due: date, on: date) -> int:
    """Whole days from the end of the due day to the day (迟报天数); 0 until the due day is over."""
    return max(0, (on - due).days)


def reminder_step(due: date, on: date) -> ReminderStep | None:
    """Which reminder has come on the day (催报档次): none before the due day, then the one of that day.

    A day on which nothing ran is caught up by the step that has come by then, and not by the one before.
    """
    if on < due:
        return None
    return ReminderStep.DUE if on == due else ReminderStep.OVERDUE


def is_report_owed(stage: Stage, *, is_theirs: bool, rests: bool = False) -> bool:
    """Whether a report is owed (应报): the work is with a unit, and the unit has a part in it still.

    ``rests``: the rules let nobody report, since the work is suspended or waits for the plan's approval.
    """
    return is_theirs and not rests and stage in REPORTED_STAGES
