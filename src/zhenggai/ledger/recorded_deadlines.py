"""What the trail says of deadlines and suspensions (期限的留痕). Part of `zhenggai.ledger.recorded`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.closing import RequestState
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.extending import DeadlineKind
from zhenggai.ledger.told import Facts, told_maybe, told_of, told_reason, told_some

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.trail.selectors import EventView

_KINDS: Final[dict[str, DeadlineKind]] = {
    LedgerEvent.EXTENSION_REQUESTED: DeadlineKind.EXTENSION,
    LedgerEvent.LONG_TERM_REQUESTED: DeadlineKind.LONG_TERM,
}
_DECISIONS: Final[dict[str, RequestState]] = {
    LedgerEvent.EXTENSION_GRANTED: RequestState.GRANTED,
    LedgerEvent.LONG_TERM_GRANTED: RequestState.GRANTED,
    LedgerEvent.DEADLINE_SENT_BACK: RequestState.SENT_BACK,
    LedgerEvent.DEADLINE_WITHDRAWN: RequestState.WITHDRAWN,
}


def _requested(facts: Facts, event: EventView) -> None:
    told = {
        "kind": _KINDS[event.name].value,
        "new_due": told_maybe(event, "new_due"),
        "stage_goal": told_maybe(event, "stage_goal", ""),
        "recheck_on": told_maybe(event, "recheck_on"),
        "by_id": event.actor_id,
        "state": RequestState.OPEN.value,
        "decided_by_id": None,
        "decided_reason": "",
        **told_some(event, "asked_on", "due_before", "reason"),
    }
    facts.put("deadline_request", told_of(event, "deadline_request_id"), **told)


def _signed(facts: Facts, event: EventView) -> None:
    request_id = told_of(event, "deadline_request_id")
    key = (request_id, facts.next("deadline_signature", request_id))
    told = {"acting_for_id": told_maybe(event, "acting_for_id"), **told_some(event, "step", "note")}
    facts.put("deadline_signature", key, by_id=event.actor_id, **told)


def _decided(facts: Facts, event: EventView) -> None:
    told = {
        "state": _DECISIONS[event.name].value,
        "decided_by_id": event.actor_id,
        "decided_reason": told_reason(event),
    }
    facts.put("deadline_request", told_of(event, "deadline_request_id"), **told)


def _extended(facts: Facts, event: EventView) -> None:
    _decided(facts, event)
    facts.put("finding", 0, due=told_of(event, "due"))


def _made_long_term(facts: Facts, event: EventView) -> None:
    _decided(facts, event)
    facts.put("finding", 0, due=None, nature=told_of(event, "nature"))


def _suspended(facts: Facts, event: EventView) -> None:
    told = {"begun_by_id": event.actor_id, "ended_by_id": None, "ended_reason": ""}
    facts.put("suspension", told_of(event, "suspension_id"), reason=told_of(event, "reason"), **told)


def _resumed(facts: Facts, event: EventView) -> None:
    told = {"ended_by_id": event.actor_id, "ended_reason": told_of(event, "reason")}
    facts.put("suspension", told_of(event, "suspension_id"), **told)


DEADLINES_TOLD: Final[dict[str, Callable[[Facts, EventView], None]]] = {
    LedgerEvent.EXTENSION_REQUESTED: _requested,
    LedgerEvent.LONG_TERM_REQUESTED: _requested,
    LedgerEvent.DEADLINE_SIGNED: _signed,
    LedgerEvent.DEADLINE_SENT_BACK: _decided,
    LedgerEvent.DEADLINE_WITHDRAWN: _decided,
    LedgerEvent.EXTENSION_GRANTED: _extended,
    LedgerEvent.LONG_TERM_GRANTED: _made_long_term,
    LedgerEvent.SUSPENSION_BEGUN: _suspended,
    LedgerEvent.SUSPENSION_ENDED: _resumed,
}
