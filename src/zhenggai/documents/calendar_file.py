"""Days as an iCalendar file (日历订阅), RFC 5545: whole days, each with an alarm the day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

REFRESH: Final = timedelta(hours=6)
_ALARM: Final = timedelta(hours=-15)  # nine in the morning of the day before


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One whole day of a calendar; ``uid`` stays the same from one file to the next."""

    uid: str
    on: date
    title: str
    text: str
    address: str


def calendar_file(title: str, entries: Iterable[DayEntry], *, at: datetime, product: str) -> bytes:
    """The calendar as it is subscribed to; equal input, equal bytes."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415  # only subscriptions need it

    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", at)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("summary", entry.title)
        event.add("description", entry.text)
        event.add("url", entry.address)
        # a deadline takes nobody's time
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", _ALARM)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
