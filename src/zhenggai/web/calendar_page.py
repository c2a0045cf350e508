"""A month on a page (月历): which days are worked, what falls on each, and all of it as a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.days import day_read, is_day_possible
from zhenggai.domain.working_days import month_end
from zhenggai.ledger.occasions import OCCASION_LABELS, OccasionKind, by_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhenggai.domain.working_days import WorkingCalendar
    from zhenggai.ledger.occasions import Occasion

LISTED_MOST: Final = 200
_WEEK: Final = 7
ICONS: Final[Mapping[OccasionKind, str]] = {
    OccasionKind.DUE: "calendar-due",
    OccasionKind.REPORT: "clipboard-list",
    OccasionKind.SITUATION: "alert-circle",
    OccasionKind.RECHECK: "eye",
    OccasionKind.PLAN: "checklist",
    OccasionKind.CONCENTRATED: "target",
    OccasionKind.PROGRESS: "send",
    OccasionKind.EVALUATION: "rubber-stamp",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """How many things of a kind fall on a day."""

    kind: str
    word: str
    icon: str
    number: int


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the month's page; ``note`` says that it is off, or worked, against the week's habit."""

    on: date
    is_other: bool
    is_today: bool
    is_chosen: bool
    is_off: bool
    note: str
    chips: Sequence[Chip]
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One occasion as it is listed."""

    occasion: Occasion
    word: str
    icon: str
    address: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class DayList:
    """A day with what falls on it."""

    on: date
    lines: Sequence[Line]


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address names as ``2026-11``; this month for anything else."""
    year, dash, month = text.partition("-")
    named = day_read(f"{year}-{month}-01") if dash else None
    return named if named is not None and is_day_possible(named) else today.replace(day=1)


def span_of(month: date) -> tuple[date, date]:
    """The first and last day of a month's page: whole weeks from Monday on."""
    last = month_end(month.year, month.month)
    return month - timedelta(days=month.weekday()), last + timedelta(days=_WEEK - 1 - last.weekday())


def weeks(
    month: date, found: Sequence[Occasion], calendar: WorkingCalendar, today: date, chosen: date | None
) -> list[list[DayCell]]:
    """The weeks of a month, Monday first."""
    first, last = span_of(month)
    falling = by_day(found)
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    cells = [_cell(day, month, falling.get(day, ()), calendar, today, chosen) for day in days]
    return [cells[start : start + _WEEK] for start in range(0, len(cells), _WEEK)]


def _cell(
    day: date,
    month: date,
    falling: Sequence[Occasion],
    calendar: WorkingCalendar,
    today: date,
    chosen: date | None,
) -> DayCell:
    counted = Counter(each.kind for each in falling)
    note = ""
    if day in calendar.days_off:
        note = _("off")
    elif day in calendar.make_up_days:
        note = _("worked")
    return DayCell(
        day,
        day.month != month.month,
        day == today,
        day == chosen,
        not calendar.is_working_day(day),
        note,
        [
            Chip(kind.value, _(OCCASION_LABELS[kind]), ICONS[kind], counted[kind])
            for kind in OccasionKind
            if kind in counted
        ],
        len(falling),
    )


def lists(found: Sequence[Occasion], today: date) -> list[DayList]:
    """Day by day what falls on it, 200 things at most."""
    return [
        DayList(day, [_line(each, today) for each in falling])
        for day, falling in by_day(found[:LISTED_MOST]).items()
    ]


def _line(occasion: Occasion, today: date) -> Line:
    return Line(
        occasion,
        _(OCCASION_LABELS[occasion.kind]),
        ICONS[occasion.kind],
        address_of(occasion),
        occasion.on < today,
    )


def address_of(occasion: Occasion) -> str:
    """Where an occasion opens."""
    if occasion.kind is OccasionKind.REPORT:
        return reverse("report-request", args=[occasion.row_id])
    if occasion.kind in {OccasionKind.DUE, OccasionKind.SITUATION, OccasionKind.RECHECK}:
        return reverse("finding", args=[occasion.row_id])
    if occasion.kind is OccasionKind.EVALUATION:
        return reverse("inspection-evaluate", args=[occasion.row_id])
    return reverse("inspection", args=[occasion.row_id])
