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
        promise=told_maybe(event, "promise", ""),
        **told_some(event, "round", "statement", "stage_goal", "recheck_on"),
    )
    steps = event.values.get("steps", UNTOLD)
    if steps is UNTOLD:
        # erased, or made before the steps were told
        facts.untold |= {"request_step", "called_signer"}
        return
    request_id = told_of(event, "request_id")
    for position, each in enumerate(steps):
        told = {"kind": each["kind"], "needed": each["needed"], "position": position}
        facts.put("request_step", (request_id, each["step"]), **told)
        for person_id in each["called"]:
            facts.put("called_signer", (request_id, each["step"], person_id))


def _signed(facts: Facts, event: EventView) -> None:
    request_id = told_of(event, "request_id")
    key = (request_id, facts.next("signature", request_id))
    told = {name: told_maybe(event, name) for name in ("body_id", "acting_for_id")}
    told["record_id"] = told_maybe(event, "record_id")
    by_id = told_maybe(event, "signer_id", event.actor_id)
    facts.put("signature", key, by_id=by_id, **told, **told_some(event, "step", "note"))


def _recorded(facts: Facts, event: EventView) -> None:
    names = ("request_id", "step", "signer_id", "number", "held_on", "note", "file_name", "sha256")
    told = {"kind": told_of(event, "record_kind"), "confirmed_by_id": None, "refused_by_id": None}
    told |= {"recorded_by_id": event.actor_id, "refused_reason": "", **told_some(event, *names)}
    # records of before there were codes told of none
    told["form_code"] = told_maybe(event, "form_code", "")
    facts.put("signature_record", told_of(event, "record_id"), **told)


def _confirmed(facts: Facts, event: EventView) -> None:
    facts.put("signature_record", told_of(event, "record_id"), confirmed_by_id=event.actor_id)


def _refused(facts: Facts, event: EventView) -> None:
    told = {"refused_by_id": event.actor_id, "refused_reason": told_of(event, "reason")}
    facts.put("signature_record", told_of(event, "record_id"), **told)


def _sent_back(facts: Facts, event: EventView) -> None:
    request_id = told_of(event, "request_id")
    facts.put("closure_request", request_id, state=RequestState.SENT_BACK.value)
    told = {
        "reason": told_of(event, "reason"),
        "ground": told_maybe(event, "return_ground", ReturnGround.OTHER.value),
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
    if not is_whole:
        facts.put("recheck_day", 0, on=told_of(event, "recheck_on"))


CLOSING_TELLERS: Final[dict[str, Callable[[Facts, EventView], None]]] = {
    LedgerEvent.CLOSURE_REQUESTED: _requested,
    LedgerEvent.CLOSURE_SIGNED: _signed,
    LedgerEvent.SIGNATURE_RECORDED: _recorded,
    LedgerEvent.SIGNATURE_CONFIRMED: _confirmed,
    LedgerEvent.SIGNATURE_REFUSED: _refused,
    LedgerEvent.CLOSURE_SENT_BACK: _sent_back,
    LedgerEvent.CLOSURE_WITHDRAWN: _withdrawn,
    LedgerEvent.FINDING_CLOSED: _closed,
    LedgerEvent.FINDING_STAGE_CLOSED: _closed,
}
