"""Days as an iCalendar file that calendar programs take."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from zhenggai.documents.calendar_file import DayEntry, calendar_file

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ENTRIES = [
    DayEntry(
        "due-7-2026-06-30@example",
        date(2026, 6, 30),
        "整改到期：二/(一)/1 “账实不符”；逗号,分号;",
        "项目\n第二行",
        "https://x.example/7/",
    ),
    DayEntry("recheck-8@example", date(2026, 12, 31), "长" * 200, "", "https://x.example/8/"),
]


def test_what_is_written_is_read_back_as_whole_days() -> None:
    body = calendar_file("整改台账", ENTRIES, at=AT, product="-//示例//ZH")
    calendar = Calendar.from_ical(body)
    assert (str(calendar["X-WR-CALNAME"]), str(calendar["METHOD"])) == ("整改台账", "PUBLISH")
    events = list(calendar.walk("VEVENT"))
    assert [str(event["SUMMARY"]) for event in events] == [entry.title for entry in ENTRIES]
    assert [event.decoded("DTSTART") for event in events] == [entry.on for entry in ENTRIES]
    assert [event.decoded("DTEND") for event in events] == [date(2026, 7, 1), date(2027, 1, 1)]
    assert [str(event["UID"]) for event in events] == [entry.uid for entry in ENTRIES]
    assert len(list(calendar.walk("VALARM"))) == 2


def test_lines_are_as_short_as_the_format_asks_and_equal_input_gives_equal_bytes() -> None:
    body = calendar_file("整改台账", ENTRIES, at=AT, product="-//示例//ZH")
    assert body == calendar_file("整改台账", ENTRIES, at=AT, product="-//示例//ZH")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert list(Calendar.from_ical(calendar_file("空", [], at=AT, product="x")).walk("VEVENT")) == []
