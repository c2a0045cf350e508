"""Deadlines (整改时限): whether and how long overdue, and the light; computed from dates, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


class Light(StrEnum):
    """How near a deadline is (预警灯). Which colour that means is the place's choice, made in its profile."""

    NONE = "none"
    FAR = "far"
    NEAR = "near"
    VERY_NEAR = "very_near"
    OVERDUE = "overdue"


LIGHT_LABELS: Final[dict[Light, str]] = {
    Light.NONE: msg("no deadline"),
    Light.FAR: msg("in time"),
    Light.NEAR: msg("due soon"),
    Light.VERY_NEAR: msg("due very soon"),
    Light.OVERDUE: msg("overdue"),
}


@dataclass(frozen=True, slots=True)
class WarningDays:
    """How many days before the deadline a light changes (提前预警天数)."""

    near_days: int = 20
    very_near_days: int = 10


# Source: DOMAIN §7 (default)
DEFAULT_WARNING_DAYS: Final = WarningDays()


@dataclass(frozen=True, slots=True)
class GrantedExtension:
    """A request about the deadline that was granted (已批准的延期、长期整改): when asked, and the new day.

    ``new_due`` is None where the finding became long-term: from then on there is no due day.
    """

    asked_on: date
    new_due: date | None


def is_asked_in_time(asked_on: date, due: date) -> bool:
    """Whether an extension was asked for in time (是否按时申请): on the due day at the latest."""
    return asked_on <= due


def due_in_force(first_due: date | None, granted: Sequence[GrantedExtension]) -> date | None:
    """The due day after everything granted (现行时限); the first one is kept beside it."""
    return granted[-1].new_due if granted else first_due


def overdue(due: date | None, on: date, finished_on: date | None = None) -> bool:
    """Whether the deadline has passed (是否逾期). The due day itself is in time, to its end in Asia/Shanghai.

    ``finished_on`` is the day of the closure request that was granted: later days are not overdue.
    """
    return days_overdue(due, on, finished_on) > 0


def days_overdue(due: date | None, on: date, finished_on: date | None = None) -> int:
    """How many days over the deadline (逾期天数), 0 when in time; known for ever, also after closing."""
    if due is None:
        return 0
    end = on if finished_on is None else min(on, finished_on)
    return max(0, (end - due).days)


def days_overdue_in_all(
    first_due: date | None, granted: Sequence[GrantedExtension], on: date, finished_on: date | None = None
) -> int:
    """Days overdue over all due days there ever were (累计逾期天数); known for ever.

    ``granted`` in the order asked. Each counts from the day after it was asked for, so the days between
    request and grant are not overdue; a late request erases none of the days before it, its own included.
    ``finished_on`` is the day of the closure request that was granted. Source: DOMAIN §7.
    """
    if first_due is None:
        return 0
    end = on if finished_on is None else min(on, finished_on)
    dues = (first_due, *(extension.new_due for extension in granted))
    borders = (*(extension.asked_on for extension in granted), end)
    total = max(0, (min(borders[0], end) - first_due).days)
    for due, (after, last) in zip(dues[1:], pairwise(borders), strict=True):
        if due is not None:
            total += max(0, (min(last, end) - max(due, after)).days)
    return total


@dataclass(frozen=True, slots=True)
class StageTime:
    """The time of one stage of the work (一个阶段的时限): only long-term work has more than one.

    ``finished_on`` is the day of the closure request granted in it, ``granted`` what was granted of all that
    was asked for in it.
    """

    due: date | None
    finished_on: date | None = None
    granted: tuple[GrantedExtension, ...] = ()


def days_overdue_of_stages(stages: Iterable[StageTime], on: date) -> int:
    """Days overdue over all stages (各阶段累计逾期天数): a stage that was closed adds none after that."""
    return sum(days_overdue_in_all(each.due, each.granted, on, each.finished_on) for each in stages)


def light(
    due: date | None,
    on: date,
    finished_on: date | None = None,
    warning: WarningDays = DEFAULT_WARNING_DAYS,
) -> Light:
    """The light of a finding (预警灯) on a day; what was finished in time shows none of the warnings."""
    if due is None:
        return Light.NONE
    if overdue(due, on, finished_on):
        return Light.OVERDUE
    if finished_on is not None and finished_on <= on:
        return Light.FAR
    days_left = (due - on).days
    if days_left <= warning.very_near_days:
        return Light.VERY_NEAR
    return Light.NEAR if days_left <= warning.near_days else Light.FAR
