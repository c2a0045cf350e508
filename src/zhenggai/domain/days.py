"""Days that can be meant at all (合理日期): a year typed wrong (0001, 9999) is refused, not kept for good."""

from __future__ import annotations

import re
import unicodedata
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


_WRITTEN: Final = re.compile(
    r"(?P<y>\d{4})\s*(?:(?P<sep>[-/.])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<d>\d{1,2})"
    r"|年\s*(?P<hm>\d{1,2})\s*月\s*(?P<hd>\d{1,2})\s*[日号]?|(?P<cm>\d{2})(?P<cd>\d{2}))"
)
_STROKES: Final = str.maketrans("‐‑‒–—−。〇", "------.0")


def day_read(text: str) -> date | None:
    """The day that a person typed (手写日期), None where the text is no one day of the calendar.

    Taken are 2026-03-01, 2026/3/1, 2026.3.1, 20260301 and 2026年3月1日, with full-width digits and marks as
    input methods give them; two digits for a year, or a month without a day, are no day.
    """
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).translate(_STROKES).strip())
    if found is None:
        return None
    month, day = found["m"] or found["hm"] or found["cm"], found["d"] or found["hd"] or found["cd"]
    try:
        return date(int(found["y"]), int(month), int(day))
    except ValueError:
        return None
