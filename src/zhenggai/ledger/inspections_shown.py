"""The inspections that a person sees, with what is counted of each (检查项目清单)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.ledger.models import Finding, Inspection
from zhenggai.ledger.narrowing import overdue_on
from zhenggai.ledger.rebounds import came_back
from zhenggai.ledger.visibility import findings_shown, inspections_seen

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor


def inspections_visible(actor: Actor, on: date | None = None) -> QuerySet[Inspection]:
    """The inspections the actor sees, newest first, with how many findings each has and how many are closed.

    ``findings_count`` and ``closed_count`` count what the actor sees of it: no number tells of the rest. With
    a day, ``overdue_count`` and ``requested_count`` (closures that wait for signatures) come along.
    """
    # a fault that came back is one finding still, and not closed while its successor is open
    seen = Finding.objects.filter(findings_shown(actor), inspection=OuterRef("pk"), origin__isnull=True)
    closed = seen.filter(~Q(came_back()), stage__in=[stage.value for stage in FINAL_STAGES])
    counted = {"findings_count": _count(seen), "closed_count": _count(closed)}
    if on is not None:
        shown = Finding.objects.filter(findings_shown(actor), inspection=OuterRef("pk"))
        counted["overdue_count"] = _count(shown.filter(overdue_on(on)))
        counted["requested_count"] = _count(shown.filter(stage=Stage.CLOSURE_REQUESTED.value))
    return (
        Inspection.objects.filter(inspections_seen(actor))
        .select_related("subject", "inspector_organisation")
        .annotate(**counted)
        .order_by("-created_at", "-id")
    )


def _count(rows: QuerySet[Finding]) -> Coalesce:
    each = rows.order_by().values("inspection_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(each), 0, output_field=IntegerField())
