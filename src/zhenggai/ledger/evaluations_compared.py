"""Comparing evaluations with the trail (评估与留痕核对). Part of `zhenggai.ledger.comparing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import Message, msg
from zhenggai.ledger.differing import Difference, DifferenceCode
from zhenggai.ledger.models import Evaluation
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_named

if TYPE_CHECKING:
    from collections.abc import Iterator

_GONE: Final = msg("Inspection %(inspection)s: evaluation %(number)s was made and is gone from the ledger.")
_UNRECORDED: Final = msg(
    "Inspection %(inspection)s: evaluation %(number)s stands in the ledger, and no entry of the trail "
    "records it."
)
_CHANGED: Final = msg(
    "Inspection %(inspection)s: evaluation %(number)s stands otherwise in the ledger than in the trail "
    "(%(field)s)."
)


def evaluation_differences(inspection_id: int) -> Iterator[Difference]:
    """Every difference between the evaluations of an inspection and what the trail tells of them."""
    events = events_named(ChainKey.inspection(inspection_id), LedgerEvent.INSPECTION_EVALUATED)
    told = {view.subject_id: view for view in event_views(events)}
    rows = {row.pk: row for row in Evaluation.objects.filter(inspection_id=inspection_id)}
    for pk, view in told.items():
        if pk not in rows:
            values = {"inspection": inspection_id, "number": view.values.get("number", "")}
            yield Difference(DifferenceCode.ROW_GONE, Message(_GONE, values))
    for pk, row in rows.items():
        values = {"inspection": inspection_id, "number": row.number}
        if pk not in told:
            yield Difference(DifferenceCode.ROW_UNRECORDED, Message(_UNRECORDED, values))
            continue
        said = {**told[pk].values, "by_id": told[pk].actor_id}
        for name, value in _said_of(row).items():
            if name in said and said[name] != value:
                shown = {**values, "field": name}
                yield Difference(DifferenceCode.ROW_CHANGED, Message(_CHANGED, shown))


def _said_of(row: Evaluation) -> dict[str, Any]:
    return {
        "number": row.number,
        "grade": row.grade,
        "evaluated_on": row.evaluated_on.isoformat(),
        "reason": row.ground,
        "figures": row.figures,
        "supersedes_id": row.supersedes_id,
        "by_id": row.by_id,
    }
