"""Comparing report requests with the trail (填报通知核对)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import Message, msg
from zhenggai.ledger.differing import Difference, DifferenceCode
from zhenggai.ledger.models import ReportRequest
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GONE: Final = msg(
    "Inspection %(inspection)s: report request %(request)s was issued and is gone from the ledger."
)
_UNRECORDED: Final = msg(
    "Inspection %(inspection)s: report request %(request)s stands in the ledger, and no entry of the trail "
    "records it."
)
_CHANGED: Final = msg(
    "Inspection %(inspection)s: report request %(request)s stands otherwise in the ledger than in the trail "
    "(%(field)s)."
)


def items_digest(asked: Iterable[tuple[int, int]]) -> str:
    """SHA-256 of whom a request asks (填报范围摘要): finding and unit by their ids, in order."""
    return hashlib.sha256(json.dumps(sorted(asked), separators=(",", ":")).encode()).hexdigest()


def report_differences(inspection_id: int) -> Iterator[Difference]:
    """Every difference between the report requests of an inspection and what the trail tells of them."""
    chain = ChainKey.inspection(inspection_id)
    told: dict[int, dict[str, Any]] = {}
    for view in event_views(events_named(chain, LedgerEvent.REPORTS_REQUESTED)):
        names = ("title", "first_on", "last_on", "due_on", "digest")
        said = {name: view.values[name] for name in names if name in view.values}
        told[view.subject_id] = {
            "withdrawn_by_id": None,
            "withdrawn_reason": "",
            **said,
            "by_id": view.actor_id,
        }
    for view in event_views(events_named(chain, LedgerEvent.REPORTS_WITHDRAWN)):
        said = told.setdefault(view.subject_id, {})
        said["withdrawn_by_id"] = view.actor_id
        said.pop("withdrawn_reason", None)
        if "reason" in view.values:
            said["withdrawn_reason"] = view.values["reason"]
    rows = {row.pk: row for row in ReportRequest.objects.filter(inspection_id=inspection_id)}
    for pk in sorted(told.keys() | rows.keys()):
        yield from _request(inspection_id, pk, told.get(pk), rows.get(pk))


def _request(
    inspection_id: int, pk: int, told: dict[str, Any] | None, row: ReportRequest | None
) -> Iterator[Difference]:
    values = {"inspection": inspection_id, "request": pk}
    if row is None:
        yield Difference(DifferenceCode.ROW_GONE, Message(_GONE, values))
        return
    if told is None:
        yield Difference(DifferenceCode.ROW_UNRECORDED, Message(_UNRECORDED, values))
        return
    stands = {
        "title": row.title,
        "first_on": row.first_on.isoformat(),
        "last_on": row.last_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "digest": items_digest(row.items.values_list("finding_id", "unit_id")),
        "by_id": row.by_id,
        "withdrawn_by_id": row.withdrawn_by_id,
        "withdrawn_reason": row.withdrawn_reason,
    }
    wrong = [name for name, value in stands.items() if name in told and told[name] != value]
    if row.digest != stands["digest"]:
        wrong.append("items")
    if (row.withdrawn_at is None) != (row.withdrawn_by_id is None):
        wrong.append("withdrawn_at")
    for name in wrong:
        yield Difference(DifferenceCode.ROW_CHANGED, Message(_CHANGED, {**values, "field": name}))
