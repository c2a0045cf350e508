"""When a task that comes again was due last: today's time once it is come, yesterday's until then."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhenggai.domain.recurring import daily_slot

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        ((2026, 3, 2, 8, 0, 0), (2026, 3, 2, 8, 0, 0)),
        ((2026, 3, 2, 7, 59, 59), (2026, 3, 1, 8, 0, 0)),
        ((2026, 3, 2, 23, 59, 59), (2026, 3, 2, 8, 0, 0)),
        ((2026, 3, 1, 0, 0, 0), (2026, 2, 28, 8, 0, 0)),
    ],
)
def test_the_slot_is_the_latest_that_is_not_to_come(at: tuple[int, ...], slot: tuple[int, ...]) -> None:
    moment = datetime(*at, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]
    found = daily_slot(moment.astimezone(UTC), due=time(8), zone=SHANGHAI)
    assert found == datetime(*slot, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]


def test_where_the_clock_is_put_forward_over_it_it_still_comes_once_a_day() -> None:
    start = datetime(2026, 3, 27, tzinfo=UTC)
    slots = {
        daily_slot(start + timedelta(minutes=10 * at), due=time(2, 30), zone=BERLIN) for at in range(6 * 144)
    }
    assert len({slot.date() for slot in slots}) == len(slots)
    assert all(slot <= start + timedelta(days=6) for slot in slots)
