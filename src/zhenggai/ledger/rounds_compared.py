"""Comparing rounds with the trail (轮次核对): what they say, and which inspections stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.accounts.selectors import organisation_root_id
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import Message, msg
from zhenggai.ledger.differing import Difference, DifferenceCode
from zhenggai.ledger.models import Inspection, Round
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_named, events_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNRECORDED: Final = msg("Round %(round)s stands in the ledger, and no entry of the trail records it.")
_CHANGED: Final = msg("Round %(round)s stands otherwise in the ledger than in the trail (%(field)s).")
_PLACED: Final = msg(
    "Inspection %(inspection)s: the round it stands in is another in the ledger than in the trail."
)


def round_differences() -> Iterator[Difference]:
    """Every difference between the rounds and what the trail of their body's region tells of them."""
    for row in Round.objects.select_related("body").order_by("pk").iterator():
        chain = ChainKey.organisation(organisation_root_id(row.body.path))
        told: dict[str, Any] | None = None
        for view in event_views(events_of(chain, ("round", row.pk))):
            told = {**(told or {}), **view.values}
            for name in view.erased:
                told.pop(name, None)
        if told is None:
            yield Difference(DifferenceCode.ROW_UNRECORDED, Message(_UNRECORDED, {"round": row.pk}))
            continue
        for name, value in _said_of(row).items():
            if name in told and told[name] != value:
                values = {"round": row.pk, "field": name}
                yield Difference(DifferenceCode.ROW_CHANGED, Message(_CHANGED, values))


def placing_differences(inspection_id: int) -> Iterator[Difference]:
    """Whether an inspection stands in the round that it was put in last."""
    row = Inspection.objects.filter(pk=inspection_id).first()
    if row is None:
        return
    told: int | None = None
    chain = ChainKey.inspection(inspection_id)
    for view in event_views(events_named(chain, LedgerEvent.INSPECTION_PUT_IN_ROUND)):
        told = view.values.get("round_id")
    if row.round_id != told:
        yield Difference(DifferenceCode.ROW_CHANGED, Message(_PLACED, {"inspection": inspection_id}))


def _said_of(row: Round) -> dict[str, Any]:
    return {
        "title": row.title,
        "kind": row.kind,
        "organisation_id": row.body_id,
        "started_on": row.begins_on.isoformat(),
        "ended_on": row.ends_on.isoformat() if row.ends_on else None,
    }
