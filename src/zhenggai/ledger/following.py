"""What the ledger keeps when organisations are moved or merged (单位调整后的整改单位).

The body that confirms is not the unit that fixed: an organisation that leaves a unit which was given the work
stays one that fixed, one that takes another in is one from then on, and whoever could do the work from above
stays one who could. Source: DOMAIN §5 rule 1, ADR 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.fixing import Reach, reach_of
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.ledger.models import Finding, FixingUnit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import Entry, chains_lock, record_all

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.accounts.moves import Move
    from zhenggai.proofs.chain import Json

_CLOSED = sorted(stage.value for stage in FINAL_STAGES)


def fixing_units_follow(move: Move) -> None:
    """Adds whoever left, took in, or stood above, a unit that fixes to the units of every open finding."""
    rows = _heir(move)
    if move.former_id is not None:
        rows += _former(move, move.former_id)
    FixingUnit.objects.bulk_create(rows)
    _tell(move, rows)


def _heir(move: Move) -> list[FixingUnit]:
    rows = FixingUnit.objects.filter(unit_id__in=sorted(move.left_ids)).exclude(finding__stage__in=_CLOSED)
    since: dict[int, datetime] = {}
    subjects: dict[int, str] = {}
    told = rows.exclude(reach=Reach.WORKING.value).order_by("since")
    for finding_id, begun, subject_path in told.values_list(
        "finding_id", "since", "finding__inspection__subject__path"
    ):
        since.setdefault(finding_id, move.at if move.is_merged else begun)
        subjects[finding_id] = subject_path
    known = set(
        FixingUnit.objects.filter(unit_id=move.heir_id, finding_id__in=sorted(since))
        .exclude(reach=Reach.WORKING.value)
        .values_list("finding_id", flat=True)
    )
    return [
        FixingUnit(
            finding_id=finding_id,
            unit_id=move.heir_id,
            since=begun,
            reach=reach_of(move.heir_path, subjects[finding_id]).value,
        )
        for finding_id, begun in since.items()
        if finding_id not in known
    ]


def _former(move: Move, former_id: int) -> list[FixingUnit]:
    """Those above the unit until now, who could do its work by a post as handler or head."""
    rows = FixingUnit.objects.filter(unit__path__startswith=move.moved_path).exclude(
        finding__stage__in=_CLOSED
    )
    since: dict[int, datetime] = {}
    for finding_id, begun in rows.order_by("since").values_list("finding_id", "since"):
        since.setdefault(finding_id, begun)
    known = set(
        FixingUnit.objects.filter(unit_id=former_id, finding_id__in=sorted(since)).values_list(
            "finding_id", flat=True
        )
    )
    return [
        FixingUnit(finding_id=finding_id, unit_id=former_id, since=begun, reach=Reach.WORKING.value)
        for finding_id, begun in since.items()
        if finding_id not in known
    ]


def _tell(move: Move, rows: list[FixingUnit]) -> None:
    """Records of every finding which units it keeps, in the chain of its inspection."""
    units: dict[int, list[int]] = {}
    for row in rows:
        units.setdefault(row.finding_id, []).append(row.unit_id)
    found = Finding.objects.filter(pk__in=sorted(units)).order_by("pk")
    entries: dict[ChainKey, list[Entry]] = {}
    for pk, inspection_id, stage, version in found.values_list("pk", "inspection_id", "stage", "version"):
        values: dict[str, Json] = {"unit_ids": units[pk], "stage": stage, "version": version}
        chain = entries.setdefault(ChainKey.inspection(inspection_id), [])
        chain.append(Entry(LedgerEvent.UNITS_FOLLOWED, ("finding", pk), values))
    chains_lock(*entries)
    for key, each in entries.items():
        record_all(chain=key, entries=each, actor=move.actor, at=move.at)
