"""Deadlines (整改时限): whether and how long overdue, and the light; computed from dates, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
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
