"""The calendar, its subscription, and the schedule of a ledger."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from web.world import PASSWORD
from zhenggai.domain.working_days import WEEKDAYS_ONLY, WorkingCalendar, month_end
from zhenggai.ledger.occasions import Occasion, OccasionKind
from zhenggai.ledger.schedule import Spell
from zhenggai.web.calendar_page import month_of, span_of, weeks
from zhenggai.web.schedule_page import WIDTH, schedule_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from web.world import World

TODAY = date(2026, 11, 28)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@given(DAYS, DAYS)
def test_a_month_is_whole_weeks_that_hold_each_of_its_days_once(day: date, today: date) -> None:
    month = month_of(day.isoformat()[:7], today)
    assert month == day.replace(day=1)
    first, last = span_of(month)
    assert (first.weekday(), last.weekday()) == (0, 6)
    cells = [cell for week in weeks(month, [], WEEKDAYS_ONLY, today, None) for cell in week]
    assert [cell.on for cell in cells] == [first + timedelta(days=count) for count in range(len(cells))]
    assert sum(not cell.is_other for cell in cells) == month_end(day.year, day.month).day
    assert day in {cell.on for cell in cells if not cell.is_other}


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "0001-01", "9999-12", "2026-1-1", "x-y", "2026-00"])
def test_an_address_that_names_no_month_is_this_month(text: str) -> None:
    assert month_of(text, TODAY) == date(2026, 11, 1)


def test_days_off_and_worked_against_the_habit_are_named() -> None:
    calendar = WorkingCalendar(frozenset({date(2026, 10, 1)}), frozenset({date(2026, 10, 10)}))
    falling = [
        Occasion(date(2026, 10, 1), OccasionKind.DUE, "一", 1, 1, "项目"),
        Occasion(date(2026, 10, 1), OccasionKind.DUE, "二", 2, 1, "项目"),
        Occasion(date(2026, 10, 1), OccasionKind.RECHECK, "二", 2, 1, "项目"),
    ]
    shown = weeks(date(2026, 10, 1), falling, calendar, TODAY, date(2026, 10, 1))
    cells = {cell.on: cell for week in shown for cell in week}
    holiday, saturday, monday = (cells[date(2026, 10, day)] for day in (1, 10, 5))
    assert (holiday.is_off, bool(holiday.note), holiday.is_chosen, holiday.number) == (True, True, True, 3)
    assert [(chip.kind, chip.number) for chip in holiday.chips] == [("due", 2), ("recheck", 1)]
    assert (saturday.is_off, bool(saturday.note)) == (False, True)
    assert (monday.is_off, monday.note) == (False, "")


def spell(begun: date, first_due: date | None, due: date | None, done: date | None) -> Spell:
    return Spell(SimpleNamespace(pk=1), begun, first_due, due, done)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("times", "kinds"),
    [
        ((0, 20, 20, None), ["open"]),
        ((0, 5, 5, None), ["open", "late"]),
        ((0, 5, 20, None), ["open", "extended"]),
        ((0, 3, 5, None), ["open", "extended", "late"]),
        ((0, 20, 20, 9), ["done"]),
        ((0, 5, 5, 9), ["done", "late"]),
        ((0, None, None, None), ["rest"]),
        ((0, None, None, 9), ["done"]),
        ((8, 5, 5, None), ["open", "late"]),
    ],
)
def test_a_bar_says_what_was_in_time_granted_and_late(
    times: tuple[int, int | None, int | None, int | None], kinds: list[str]
) -> None:
    start = TODAY - timedelta(days=10)
    days: list[Any] = [None if each is None else start + timedelta(days=each) for each in times]
    drawn = schedule_of([spell(*days)], [None], TODAY)
    assert [part.kind for part in drawn.bars[0].parts] == kinds
    assert (drawn.bars[0].due_x is None) == (times[2] is None)


@given(st.lists(st.tuples(DAYS, st.none() | DAYS, st.none() | DAYS), max_size=6), DAYS)
def test_nothing_is_drawn_outside_the_picture(
    rows: list[tuple[date, date | None, date | None]], today: date
) -> None:
    times = [spell(begun, due, due, done) for begun, due, done in rows]
    drawn = schedule_of(times, [None] * len(times), today)
    places = [drawn.today_x, *(tick.x for tick in drawn.ticks)]
    for bar in drawn.bars:
        places += [part.x for part in bar.parts]
        assert all(part.width > 0 for part in bar.parts)
    assert all(0 <= place <= WIDTH for place in places)
    assert len(drawn.ticks) <= 8


@pytest.fixture
def look(browser: Callable[[str], Client]) -> Callable[..., str]:
    def looked(address: str, username: str = "clerk", status: int = 200) -> str:
        response = browser(username).get(address)
        assert response.status_code == status
        return response.content.decode()

    return looked


def test_a_month_a_day_and_an_inspection(world: World, look: Callable[..., str]) -> None:
    due = next(row.due for row in map(world.finding, range(6)) if row.due and row.stage != "closed")
    page = look(f"/calendar/?month={due:%Y-%m}")
    assert f"?day={due.isoformat()}" in page
    assert "finding due" in page
    page = look(f"/calendar/?day={due.isoformat()}")
    assert "On this day" in page
    assert re.search(r'href="/findings/\d+/"', page)
    assert look(f"/calendar/?day={due.isoformat()}&inspection={world.inspection_id}")
    assert look("/calendar/?inspection=999999", status=404)
    assert "Nothing falls in this month" in look("/calendar/?month=1995-05")
    for odd in ("day=0001-01-01", "day=9999-12-31", "month=xx", "inspection=x", "day=2026-02-31"):
        assert look(f"/calendar/?{odd}")


def test_an_outsider_sees_an_empty_calendar(world: World, look: Callable[..., str]) -> None:
    due = next(row.due for row in map(world.finding, range(6)) if row.due and row.stage != "closed")
    assert "Nothing falls on this day" in look(f"/calendar/?day={due.isoformat()}", "outsider")


def subscribed(client: Client, reach: str) -> str:
    made = client.post(
        "/tokens/", {"label": "手机日历", "reach": reach, "days": "90", "password": PASSWORD}
    ).content.decode()
    found = re.search(r'<code class="secret">([^<]+)</code>', made)
    assert found is not None
    return found[1]


def test_a_calendar_is_subscribed_to_by_its_address_alone(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    address = subscribed(client, "calendar")
    assert address.startswith("http://testserver/calendar/feed/zg_")
    assert address.endswith(".ics")
    stranger = Client()
    path = address.removeprefix("http://testserver")
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer.headers["Content-Disposition"]
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert events
    assert {str(event["URL"]).split("/")[2] for event in events} == {"testserver"}
    # the same token opens nothing else
    secret = path.split("/")[-1].removesuffix(".ics")
    call = stranger.get("/api/1/inspections", headers={"Authorization": f"Bearer {secret}"})
    assert call.status_code == 403
    # ended, the address is none
    token = re.search(r'action="(/tokens/\d+/end/)"', client.get("/tokens/").content.decode())
    assert token is not None
    client.post(token[1])
    assert stranger.get(path).status_code == 404


def test_a_token_for_calls_is_no_address_of_a_calendar(
    browser: Callable[[str], Client], world: World
) -> None:
    secret = subscribed(browser("clerk"), "read")
    assert secret.startswith("zg_")
    assert Client().get(f"/calendar/feed/{secret}.ics").status_code == 404
    assert Client().get("/calendar/feed/zg_no.ics").status_code == 404


def test_the_schedule_draws_the_list_as_it_is_narrowed(world: World, look: Callable[..., str]) -> None:
    address = f"/inspections/{world.inspection_id}/schedule/"
    page = look(address)
    assert page.count('class="schedule-row"') == 6
    assert page.count('role="img"') == 6
    page = look(f"{address}?stage=registered")
    assert page.count('class="schedule-row"') == 2
    assert "Back to the list" in page
    assert "Nothing to draw" in look(f"{address}?text=没有这话")
    assert look(f"{address}?page=x")
    assert look(address, "outsider", status=404)


def test_more_rows_ask_no_more_queries(world: World, browser: Callable[[str], Client]) -> None:
    client = browser("clerk")
    address = f"/inspections/{world.inspection_id}/schedule/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(f"{address}?text=排队")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few) + 2
    with CaptureQueriesContext(connection) as month:
        client.get("/calendar/")
    assert len(month) <= 16
