"""What notices are about, as far as their reader sees it today (消息所指)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.ledger.deadlines import DEADLINES_LISTED
from zhenggai.ledger.models import Finding, Inspection, Plan
from zhenggai.ledger.visibility import findings_shown, inspections_seen, sees_whole

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhenggai.domain.actor import Actor


def findings_named(actor: Actor, ids: Collection[int]) -> dict[int, Finding]:
    """Those of the findings that the actor sees, with all that a row shows; no query without ids."""
    if not ids:
        return {}
    # the ids are those of one page of notices; what is seen is said by the join
    rows = Finding.objects.filter(findings_shown(actor), pk__in=ids)
    return {
        each.pk: each
        for each in rows.select_related("inspection__profile_version").prefetch_related(*DEADLINES_LISTED)
    }


def plans_named(actor: Actor, ids: Collection[int]) -> dict[int, Plan]:
    """Those of the plans whose inspection the actor sees whole; one query, none without ids."""
    if not ids:
        return {}
    rows = Plan.objects.filter(pk__in=ids)
    seen = rows.select_related("inspection__subject", "inspection__inspector_organisation")
    return {each.pk: each for each in seen if sees_whole(actor, each.inspection)}


def inspections_named(actor: Actor, ids: Collection[int]) -> dict[int, Inspection]:
    """Those of the inspections that the actor sees, with what was inspected; no query without ids."""
    if not ids:
        return {}
    rows = Inspection.objects.filter(inspections_seen(actor), pk__in=ids)
    return {each.pk: each for each in rows.select_related("subject")}
