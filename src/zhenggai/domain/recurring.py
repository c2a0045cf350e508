"""Times that come again (定时): which slot of a recurring task is the latest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time, tzinfo


def daily_slot(at: datetime, *, due: time, zone: tzinfo) -> datetime:
    """The latest moment, not after ``at``, at which it was ``due`` o'clock in the zone (最近的应执行时刻).

    ``at`` is aware. Where the clock is put forward over ``due``, the slot is the moment that would have been.
    """
    local = at.astimezone(zone)
    slot = datetime.combine(local.date(), due, tzinfo=zone)
    return slot if slot <= at else datetime.combine(local.date() - timedelta(days=1), due, tzinfo=zone)
