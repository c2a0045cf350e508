"""What the trail says of closing (销号留痕): requests, signatures, returns and closings told over again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.closing import ClosureKind, RequestState
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.returning import ReturnGround
from zhenggai.ledger.told import UNTOLD, Facts, told_maybe, told_of, told_some

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.trail.selectors import EventView


def _requested(facts: Facts, event: EventView) -> None:
    facts.put(
        "closure_request",
        told_of(event, "request_id"),
        by_id=event.actor_id,
        state=RequestState.OPEN.value,
        withdrawn_reason="",
        **told_some(event, "round", "statement", "stage_goal", "recheck_on"),
    )


def _signed(facts: Facts, event: EventView) -> None:
    request_id = told_of(event, "request_id")
    key = (request_id, facts.next("signature", request_id))
    facts.put("signature", key, by_id=event.actor_id, **told_some(event, "step", "note"))


def _sent_back(facts: Facts, event: EventView) -> None:
    request_id = told_of(event, "request_id")
    facts.put("closure_request", request_id, state=RequestState.SENT_BACK.value)
    told = {
        "reason": told_of(event, "reason"),
        "ground": told_maybe(event, "ground", ReturnGround.OTHER.value),
    }
    told |= {"criteria": told_maybe(event, "criteria", []), "redo_by": told_maybe(event, "redo_by")}
    facts.put("return", request_id, by_id=event.actor_id, **told)
    facts.put("finding", 0, round=told_of(event, "round"))
    carried = told_maybe(event, "carried", [])
    if carried is UNTOLD:
        facts.untold.add("carried_judgement")
        return
    for id_ in carried:
        facts.put("carried_judgement", (told_of(event, "round"), id_))


def _withdrawn(facts: Facts, event: EventView) -> None:
    facts.put(
        "closure_request",
        told_of(event, "request_id"),
        state=RequestState.WITHDRAWN.value,
        withdrawn_reason=told_of(event, "reason"),
    )


def _closed(facts: Facts, event: EventView) -> None:
    request_id = told_of(event, "request_id")
    is_whole = event.name == LedgerEvent.FINDING_CLOSED
    facts.put("closure_request", request_id, state=RequestState.GRANTED.value)
    facts.put(
        "closure",
        told_of(event, "closure_id"),
        request_id=request_id,
        kind=(ClosureKind.CLOSED if is_whole else ClosureKind.STAGE_CLOSED).value,
        **told_some(event, "round", "stage_goal", "recheck_on"),
    )


CLOSING_TELLERS: Final[dict[str, Callable[[Facts, EventView], None]]] = {
    LedgerEvent.CLOSURE_REQUESTED: _requested,
    LedgerEvent.CLOSURE_SIGNED: _signed,
    LedgerEvent.CLOSURE_SENT_BACK: _sent_back,
    LedgerEvent.CLOSURE_WITHDRAWN: _withdrawn,
    LedgerEvent.FINDING_CLOSED: _closed,
    LedgerEvent.FINDING_STAGE_CLOSED: _closed,
}
