"""When the work on findings began, is due and was done (整改进度安排), for a picture of a page of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Min
from django.utils import timezone

from zhenggai.ledger.deadlines import finished_on
from zhenggai.ledger.models import StateInterval

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.ledger.models import Finding


@dataclass(frozen=True, slots=True)
class Spell:
    """The time of one finding: registered on ``begun``, due first and now, closed on ``done`` if it is.

    ``done`` is the day of the closure request that was granted.
    """

    finding: Finding
    begun: date
    first_due: date | None
    due: date | None
    done: date | None


def spells(findings: Sequence[Finding]) -> list[Spell]:
    """The times of findings loaded for a list; one query."""
    rows: Any = StateInterval.objects.filter(finding__in=[row.pk for row in findings]).order_by()
    begun = dict(rows.values_list("finding_id").annotate(first=Min("since")))
    return [
        Spell(row, timezone.localdate(begun[row.pk]), row.first_due, row.due, finished_on(row))
        for row in findings
        if row.pk in begun
    ]
