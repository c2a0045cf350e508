"""The geometry of the lines of open findings: within the frame, level by level, words apart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zhenggai.domain.burning import OpenFrom, Registered, open_levels, planned_levels
from zhenggai.ledger.burning import Burning
from zhenggai.web.burning_chart import ROWS_MOST, chart_of

FIRST = date(2026, 3, 1)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))


def burning(registered: list[Registered], closed: list[date], on: date) -> Burning:
    came = [each for each in registered if each.on <= on]
    intervals = [OpenFrom(each.on, None, each.number) for each in came]
    intervals += [OpenFrom(each, None, -1) for each in closed[: len(came)] if each >= on]
    first = min((each.on for each in came), default=None)
    return Burning(on, first, open_levels(intervals, on), planned_levels(came))


def points(line: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in (each.split(",") for each in line.split())]


@given(
    st.lists(st.builds(Registered, DAYS, st.none() | DAYS, st.integers(1, 700)), max_size=6),
    st.lists(DAYS, max_size=6),
    DAYS,
)
def test_everything_lies_within_the_frame(registered: list[Registered], closed: list[date], on: date) -> None:
    lines = burning(registered, closed, on)
    chart = chart_of(lines)
    if not any(each.on <= on for each in registered):
        assert chart is None
        return
    assert chart is not None
    for x, y in (*points(chart.open), *points(chart.planned)):
        assert chart.left <= x <= chart.right
        assert chart.top <= y <= chart.bottom
    assert points(chart.open)[-1] == (chart.today, chart.end_y)
    # steps: one of both stays from point to point
    for line in (points(chart.open), points(chart.planned)):
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line))
    assert 2 <= len(chart.ticks) <= 7
    assert chart.ticks[0].number == 0
    assert chart.ticks[0].y == chart.bottom
    assert chart.ticks[-1].y == chart.top
    places = [each.x for each in chart.days]
    assert places == sorted(places)
    assert on in {each.on for each in chart.days}
    assert len(chart.samples) <= ROWS_MOST
    assert chart.samples[-1].open == lines.open_now
    assert chart.samples[-1].planned == lines.planned_now


def test_a_plan_that_goes_on_for_years_leaves_room_for_the_past() -> None:
    lines = burning([Registered(FIRST, FIRST + timedelta(days=4000), 9)], [], FIRST + timedelta(days=100))
    chart = chart_of(lines)
    assert chart is not None
    assert chart.days[-1].on == FIRST + timedelta(days=283)
    assert [each.number for each in chart.ticks] == [0, 2, 4, 6, 8, 10]


def test_one_finding_on_its_first_day_is_drawn() -> None:
    chart = chart_of(burning([Registered(FIRST, None)], [], FIRST))
    assert chart is not None
    assert [each.on for each in chart.days] == [FIRST]
    assert (len(chart.samples), chart.samples[0].open) == (1, 1)
