"""Days that can be meant at all (合理日期): a year typed wrong (0001, 9999) is refused, not kept for good."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, overload

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import Message, msg

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)


class DayImpossibleError(InvalidError):
    """A day that nobody can have meant (日期有误): outside `FIRST_DAY` to `LAST_DAY`."""

    code = "day_impossible"
    template: ClassVar[str] = msg(
        "The date %(day)s in “%(field)s” lies outside %(first)s to %(last)s. "
        "Look at the year and give the date again; nothing was changed."
    )

    def __init__(self, day: date, field: str) -> None:
        super().__init__(
            None,
            day=day.isoformat(),
            field=Message(field),
            first=FIRST_DAY.isoformat(),
            last=LAST_DAY.isoformat(),
        )


def is_day_possible(day: date) -> bool:
    """Whether a day can be meant at all (日期是否合理): `FIRST_DAY` to `LAST_DAY`, both included."""
    return FIRST_DAY <= day <= LAST_DAY


@overload
def day_checked(day: date, field: str) -> date: ...


@overload
def day_checked(day: date | None, field: str) -> date | None: ...


def day_checked(day: date | None, field: str) -> date | None:
    """The day, where it can be meant or none is given; ``field`` is the msgid of what it was given for.

    :raises DayImpossibleError: when it lies outside `FIRST_DAY` to `LAST_DAY`.
    """
    if day is not None and not is_day_possible(day):
        raise DayImpossibleError(day, field)
    return day
