"""Open findings day by day, beside what was planned (销号进度曲线)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class OpenFrom:
    """Findings that were open from the end of ``since`` on, until before that of ``until`` (未销号区间)."""

    since: date
    until: date | None
    number: int = 1


@dataclass(frozen=True, slots=True)
class Registered:
    """Findings that were in the ledger from the end of ``on``, with the due day that holds (登记与时限)."""

    on: date
    due: date | None
    number: int = 1


@dataclass(frozen=True, slots=True)
class Level:
    """So many from the end of a day on, until the next level (台阶)."""

    on: date
    number: int


def open_levels(intervals: Iterable[OpenFrom], on: date) -> list[Level]:
    """How many were open at the end of each day on which that changed (实际未销号), up to a day."""
    changes: Counter[date] = Counter()
    for each in intervals:
        changes[each.since] += each.number
        if each.until is not None:
            changes[each.until] -= each.number
    return _levels({day: change for day, change in changes.items() if day <= on})


def planned_levels(registered: Iterable[Registered]) -> list[Level]:
    """How many would be open, each finished on its due day and not before it came in (计划未销号).

    Without a due day nothing is planned: such a finding stays. The line goes on to the last due day.
    """
    changes: Counter[date] = Counter()
    for each in registered:
        changes[each.on] += each.number
        if each.due is not None:
            changes[max(each.on, each.due)] -= each.number
    return _levels(changes)


def level_on(levels: Sequence[Level], on: date) -> int:
    """How many there are at the end of a day; 0 before the first level."""
    return next((each.number for each in reversed(levels) if each.on <= on), 0)


def days_sampled(first: date, last: date, most: int) -> list[date]:
    """Days from the first to the last, as far apart as they have to be, with both ends (取点)."""
    days = (last - first).days
    step = max(1, -(-days // (most - 1)))
    return [*(first + timedelta(days=each) for each in range(0, days, step)), last]


def _levels(changes: Mapping[date, int]) -> list[Level]:
    levels, number = [], 0
    for day in sorted(changes):
        if changes[day]:
            number += changes[day]
            levels.append(Level(day, number))
    return levels
