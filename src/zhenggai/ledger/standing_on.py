"""How findings stood on a past day (某日状态): one join with the interval that held as that day ended."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils import timezone

from zhenggai.ledger.models.standing import KEPT

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhenggai.ledger.models import Finding


def day_end(on: date) -> datetime:
    """The first moment that the day has not (日终) in Asia/Shanghai: how things stand lies before it."""
    return datetime.combine(on + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())


def days_before(on: date, days: int) -> date:
    """So many days before a day; before the first day of all there is none."""
    return date.fromordinal(max(1, on.toordinal() - days))


def held(on: date, way: str = "") -> Q:
    """Intervals that held as the day ended, for a filter on `StateInterval` or on a way to it."""
    end = day_end(on)
    return Q(**{f"{way}since__lt": end}) & (
        Q(**{f"{way}until__isnull": True}) | Q(**{f"{way}until__gte": end})
    )


def as_stood(rows: QuerySet[Finding], on: date) -> QuerySet[Finding]:
    """Findings that were registered by the end of the day (时点台账), to be asked how each stood then.

    Conditions and groups name it as ``then_stage``, ``then_round``, ``then_nature``, ``then_progress`` and
    ``then_due``.
    """
    # joined by one filter and named once: a filter on the intervals themselves would join them anew
    return rows.filter(held(on, "intervals__")).alias(
        **{f"then_{name}": F(f"intervals__{name}") for name in KEPT}
    )
