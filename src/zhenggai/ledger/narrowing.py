"""Which findings a list shows, and in which order (筛选与排序)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from zhenggai.accounts.selectors import organisation_path
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.ledger.evidence_text import evidence_matching
from zhenggai.ledger.figure_conditions import is_lit
from zhenggai.ledger.figures import counted_by
from zhenggai.ledger.listing import FindingFilters, is_keyed, keys_of, order_by
from zhenggai.ledger.models import BatchRow, Finding, Inspection, SupportingUnit
from zhenggai.ledger.progress_gaps import gap_is, last_view
from zhenggai.ledger.search_text import KIND
from zhenggai.ledger.visibility import findings_seen
from zhenggai.search.selectors import matching_ids

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.listing import Order

_OPEN_STAGES = tuple(stage.value for stage in Stage if stage not in FINAL_STAGES)


def findings_listed(
    actor: Actor, inspection: Inspection, filters: FindingFilters | None, order: Order
) -> QuerySet[Finding]:
    """The findings of an inspection that the actor sees, narrowed and ordered."""
    # said of the key where the order is one, so that no database begins with the findings and sorts them
    whose = "order_key__inspection_id" if is_keyed(keys_of(order)[0]) else "inspection_id"
    rows = Finding.objects.filter(findings_seen(actor, inspection), **{whose: inspection.pk})
    filters = filters or FindingFilters()
    if filters.selection_id is not None:
        # another person's choice is none
        mine = BatchRow.objects.filter(
            finding=OuterRef("pk"), batch_id=filters.selection_id, batch__person_id=actor.person_id
        )
        rows = rows.filter(Exists(mine))
    return _narrowed(rows, inspection, filters).order_by(*order_by(order))


def _narrowed(rows: QuerySet[Finding], inspection: Inspection, filters: FindingFilters) -> QuerySet[Finding]:
    wanted: dict[str, Any] = {
        "stage": filters.stage.value if filters.stage else None,
        "stated_progress": filters.stated_progress.value if filters.stated_progress else None,
        "stated_nature": filters.stated_nature.value if filters.stated_nature else None,
        "stated_closed": filters.stated_closed,
        "theme_id": filters.theme_id,
        "responsible_leader_id": filters.leader_id,
        "lead_unit_id": filters.lead_id,
        "lead_unit__isnull": filters.lead_unset or None,
        "due__gte": filters.due_from,
        "due__lte": filters.due_to,
        "nature": filters.nature.value if filters.nature else None,
        "document_id": filters.document_id,
    }
    rows = rows.filter(**{name: said for name, said in wanted.items() if said is not None})
    if filters.unstated:
        rows = rows.filter(stated_progress="")
    if filters.gap is not None:
        rows = rows.annotate(now_viewed=last_view()).filter(
            gap_is(filters.gap, claimed="progress", viewed="now_viewed")
        )
    if filters.unit_id is not None:
        supporting = SupportingUnit.objects.filter(finding=OuterRef("pk"), unit_id=filters.unit_id)
        rows = rows.filter(Q(lead_unit_id=filters.unit_id) | Exists(supporting))
    if filters.under_id is not None:
        path = organisation_path(filters.under_id)
        rows = rows.filter(lead_unit__path__startswith=path) if path else rows.none()
    if filters.overdue_on is not None:
        rows = rows.filter(overdue_on(filters.overdue_on))
    if filters.light is not None and filters.light_on is not None:
        lit = is_lit(filters.light, filters.light_on, inspection.rules.warning, "due")
        rows = rows.filter(lit, stage__in=_OPEN_STAGES)
    if filters.counted is not None and filters.counted_on is not None:
        rows = counted_by(rows, filters.counted, filters.counted_on, inspection)
    if filters.text.strip():
        proved = evidence_matching(inspection.pk, filters.text).values("finding_id")
        rows = rows.filter(Q(pk__in=matching_ids(KIND, inspection.pk, filters.text)) | Q(pk__in=proved))
    return rows


def overdue_on(on: date) -> Q:
    """Open findings whose due date has passed on the day."""
    return Q(due__lt=on, stage__in=_OPEN_STAGES)
