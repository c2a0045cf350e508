"""What the ledger keeps when organisations are moved or merged (单位调整后的整改单位).

The body that confirms is not the unit that fixed: an organisation that leaves a unit which was given the work
stays one that fixed, and one that takes another in is one from then on. Source: DOMAIN §5 rule 1, ADR 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.ledger.models import FixingUnit

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.accounts.moves import Move


def fixing_units_follow(move: Move) -> None:
    """Adds whoever left, or took in, a unit that fixes to the units that fixed, of every open finding."""
    closed = sorted(stage.value for stage in FINAL_STAGES)
    rows = FixingUnit.objects.filter(unit_id__in=sorted(move.left_ids)).exclude(finding__stage__in=closed)
    since: dict[int, datetime] = {}
    for finding_id, begun in rows.order_by("since").values_list("finding_id", "since"):
        since.setdefault(finding_id, move.at if move.is_merged else begun)
    known = set(
        FixingUnit.objects.filter(unit_id=move.heir_id, finding_id__in=sorted(since)).values_list(
            "finding_id", flat=True
        )
    )
    FixingUnit.objects.bulk_create(
        FixingUnit(finding_id=finding_id, unit_id=move.heir_id, since=begun)
        for finding_id, begun in since.items()
        if finding_id not in known
    )
