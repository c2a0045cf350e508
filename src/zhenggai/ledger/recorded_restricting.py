"""What the trail says of the list of a restricted finding (知悉范围的留痕). Part of `ledger.recorded`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.ledger.told import Facts, told_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.trail.selectors import EventView


def _restricted(facts: Facts, event: EventView) -> None:
    facts.put("finding", 0, restricted=told_of(event, "restriction"), restricted_by_id=event.actor_id)


def _unrestricted(facts: Facts, event: EventView) -> None:
    facts.put("finding", 0, restricted="", restricted_by_id=None)
    ids = event.values.get("reader_ids", ())
    if "reader_ids" in event.erased:
        facts.untold.add("reader")
    told = {"withdrawn_by_id": event.actor_id, "withdrawn_reason": told_of(event, "reason")}
    for id_ in ids:
        facts.put("reader", id_, **told)


def _reader_added(facts: Facts, event: EventView) -> None:
    told = {"granted_by_id": event.actor_id, "withdrawn_by_id": None, "withdrawn_reason": ""}
    facts.put("reader", told_of(event, "reader_id"), person_id=told_of(event, "person_id"), **told)


def _reader_withdrawn(facts: Facts, event: EventView) -> None:
    told = {"withdrawn_by_id": event.actor_id, "withdrawn_reason": told_of(event, "reason")}
    facts.put("reader", told_of(event, "reader_id"), **told)


RESTRICTING_TOLD: Final[dict[str, Callable[[Facts, EventView], None]]] = {
    LedgerEvent.FINDING_RESTRICTED: _restricted,
    LedgerEvent.FINDING_UNRESTRICTED: _unrestricted,
    LedgerEvent.READER_ADDED: _reader_added,
    LedgerEvent.READER_WITHDRAWN: _reader_withdrawn,
}
