"""How long open findings are open, and by how much they are or were late (问题时长分档)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping


class AgeClass(StrEnum):
    """A class of days (时长档)."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    LONGER = "longer"


class Days(NamedTuple):
    """The days of a class: from ``first`` to ``last``, both in it; ``last`` is None without an end."""

    first: int
    last: int | None


AGES: Final[Mapping[AgeClass, Days]] = {
    AgeClass.WEEK: Days(1, 7),
    AgeClass.MONTH: Days(8, 30),
    AgeClass.QUARTER: Days(31, 90),
    AgeClass.LONGER: Days(91, None),
}
AGE_LABELS: Final[dict[AgeClass, str]] = {
    AgeClass.WEEK: msg("up to 7 days"),
    AgeClass.MONTH: msg("8 to 30 days"),
    AgeClass.QUARTER: msg("31 to 90 days"),
    AgeClass.LONGER: msg("more than 90 days"),
}


def age_class(days: int) -> AgeClass:
    """The class of a number of days; the day on which something begins is its first."""
    return next(each for each, (_, last) in AGES.items() if last is None or days <= last)
