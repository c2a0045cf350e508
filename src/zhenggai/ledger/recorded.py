"""What the trail says of findings (留痕所载): events told over again into plain facts, to be compared."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.planning import PlanState
from zhenggai.domain.situations import Level
from zhenggai.ledger.evidence_links import links_as_told
from zhenggai.ledger.recorded_afterwards import TELLERS_AFTERWARDS
from zhenggai.ledger.recorded_closing import CLOSING_TELLERS
from zhenggai.ledger.recorded_comments import COMMENTS_TOLD
from zhenggai.ledger.recorded_deadlines import DEADLINES_TOLD
from zhenggai.ledger.recorded_restating import RESTATING_TOLD
from zhenggai.ledger.recorded_restricting import RESTRICTING_TOLD
from zhenggai.ledger.told import UNTOLD, Facts, told_maybe, told_of, told_reason, told_some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhenggai.trail.selectors import EventView

# how a finding stands before anybody decides on it
_UNSET: Final[dict[str, Any]] = {
    "nature": "",
    "money_required": None,
    "people_required": None,
    "cause_required": None,
    "responsible_leader_id": None,
    "lead_unit_id": None,
    "due": None,
    "emphasis": False,
    "key_area": "",
    "systemic_cause": "",
    "money_to_recover": None,
    "people_to_deal_with": None,
    "restricted": "",
    "restricted_by_id": None,
    "progress": "",
    "supporting_ids": [],
}
_NOT_DROPPED: Final[dict[str, Any]] = {"dropped_by_id": None, "dropped_reason": ""}
_UNMEASURED: Final[dict[str, Any]] = {"indicator_unit": "", "target": None, "baseline": None, "direction": ""}
_DECISIONS: Final = {
    LedgerEvent.AMENDMENT_APPROVED: PlanState.APPROVED,
    LedgerEvent.AMENDMENT_SENT_BACK: PlanState.SENT_BACK,
    LedgerEvent.AMENDMENT_WITHDRAWN: PlanState.WITHDRAWN,
}


def facts_recorded(events: Iterable[EventView]) -> dict[int, Facts]:
    """By finding, what the events of its chain say of it, one after the other."""
    facts: dict[int, Facts] = defaultdict(Facts)
    for event in sorted(events, key=lambda each: each.seq):
        told = facts[event.subject_id]
        teller = _TELLERS.get(event.name)
        if teller is not None:
            known = set(told.found)
            teller(told, event)
            told.seqs.update((key, event.seq) for key in told.found if key not in known)
        told.put("finding", 0, stage=told_of(event, "stage"), version=told_of(event, "version"))
        told.seqs["finding", 0] = event.seq
    return facts


def _registered(facts: Facts, event: EventView) -> None:
    names = ("number", "title", "status_text", "stated_progress", "stated_nature", "stated_closed")
    told = told_some(event, *names, "document_id", "stated_measures")
    # where no day was stated none is told, and before that was told at all there is nothing to compare
    dues = UNTOLD if told["stated_measures"] is UNTOLD else told_maybe(event, "stated_dues", [])
    start = {"round": 1, "first_due": None, "requirements_set_by": None, "stated_dues": dues}
    told |= {name: told_maybe(event, name) for name in ("origin_id", "rebound")}
    facts.put("finding", 0, **start, **_UNSET, **told)


def _classified(facts: Facts, event: EventView) -> None:
    names = ("nature", "money_required", "people_required", "cause_required", "requirements_set_by")
    facts.put("finding", 0, **told_some(event, *names))
    # told where it was named here; else it stays as it stood
    if "money_to_recover" in event.erased or "money_to_recover" in event.values:
        facts.put("finding", 0, money_to_recover=told_of(event, "money_to_recover"))


def _assigned(facts: Facts, event: EventView) -> None:
    facts.put(
        "finding",
        0,
        responsible_leader_id=told_of(event, "leader_id"),
        lead_unit_id=told_of(event, "unit_id"),
        due=told_of(event, "due"),
    )
    first = facts.found["finding", 0].get("first_due")
    facts.put("finding", 0, first_due=first or told_of(event, "due"))
    unit_ids = told_of(event, "unit_ids")
    if unit_ids is UNTOLD:
        facts.untold.add("fixing_unit")
    else:
        for unit_id in unit_ids:
            facts.put("fixing_unit", unit_id)
    supporting = UNTOLD if unit_ids is UNTOLD else sorted(unit_ids[1:])
    facts.put("finding", 0, supporting_ids=supporting)


def _units_followed(facts: Facts, event: EventView) -> None:
    unit_ids = told_of(event, "unit_ids")
    for unit_id in () if unit_ids is UNTOLD else unit_ids:
        facts.put("fixing_unit", unit_id)
    if unit_ids is UNTOLD:
        facts.untold.add("fixing_unit")


def _handed_over(facts: Facts, event: EventView) -> None:
    facts.put("finding", 0, responsible_leader_id=told_of(event, "leader_id"))


def _progress(facts: Facts, event: EventView) -> None:
    told = told_some(event, "progress", "narrative")
    # before reports could say it, none did
    told |= {"percent": told_maybe(event, "percent")}
    told |= {name: told_maybe(event, name, []) for name in ("actions", "action_measures", "evidence_ids")}
    facts.put("finding", 0, progress=told_of(event, "progress"))
    facts.put(
        "progress_report",
        facts.next("progress_report"),
        unit_ids=told_maybe(event, "unit_ids", []),
        by_id=event.actor_id,
        **told,
    )


def _progress_judged(facts: Facts, event: EventView) -> None:
    told = told_some(event, "progress", "reason")
    facts.put("progress_view", facts.next("progress_view"), by_id=event.actor_id, **told)


def _measure_added(facts: Facts, event: EventView) -> None:
    told = {"text": told_of(event, "text"), "result": "", "done_by_id": None, "arranged_amendment_id": None}
    told |= {"requirement": told_of(event, "asked"), **told_some(event, "due", "amendment_id")}
    facts.put("measure", told_of(event, "measure_id"), **_NOT_DROPPED, **told)


def _measure_arranged(facts: Facts, event: EventView) -> None:
    told = {"requirement": told_of(event, "asked"), **told_some(event, "leader_id", "due")}
    by_id = told_maybe(event, "amendment_id")
    facts.put("measure", told_of(event, "measure_id"), arranged_amendment_id=by_id, **told)
    unit_ids = told_of(event, "unit_ids")
    if unit_ids is UNTOLD:
        facts.untold.add("arrangement")
    else:
        facts.put("arrangement", told_of(event, "measure_id"), units=sorted(unit_ids))


def _dropped(facts: Facts, event: EventView) -> None:
    kind = "measure" if event.name == LedgerEvent.MEASURE_DROPPED else "criterion"
    told = {"dropped_by_id": event.actor_id, "dropped_reason": told_of(event, "reason")}
    facts.put(kind, told_of(event, f"{kind}_id"), text=told_of(event, "text"), **told)


def _task_reported(facts: Facts, event: EventView) -> None:
    facts.put(
        "task",
        told_of(event, "task_id"),
        done_by_id=event.actor_id,
        **told_some(event, "measure_id", "report"),
    )


def _weighed(facts: Facts, event: EventView) -> None:
    names = ("emphasis", "key_area", "money_to_recover", "people_to_deal_with", "systemic_cause")
    facts.put(
        "finding", 0, **told_some(event, *names, "money_required", "people_required", "requirements_set_by")
    )


def _planned(facts: Facts, event: EventView) -> None:
    facts.put("finding", 0, plan_id=told_of(event, "plan_id"))


def _refused(facts: Facts, event: EventView) -> None:
    told = {"to_unit_id": told_maybe(event, "to_unit_id"), **told_some(event, "unit_id", "reason")}
    facts.put("refusal", told_of(event, "refusal_id"), by_id=event.actor_id, **told)


def _amendment_proposed(facts: Facts, event: EventView) -> None:
    facts.put(
        "amendment",
        told_of(event, "amendment_id"),
        by_id=event.actor_id,
        state=PlanState.SUBMITTED.value,
        decided_reason="",
        **told_some(event, "reason", "content"),
    )


def _amendment_signed(facts: Facts, event: EventView) -> None:
    amendment_id = told_of(event, "amendment_id")
    key = (amendment_id, facts.next("amendment_signature", amendment_id))
    told = {"acting_for_id": told_maybe(event, "acting_for_id"), **told_some(event, "step", "note")}
    facts.put("amendment_signature", key, by_id=event.actor_id, **told)


def _amendment_decided(facts: Facts, event: EventView) -> None:
    state = _DECISIONS[LedgerEvent(event.name)].value
    told = {"state": state, "decided_by_id": event.actor_id, "decided_reason": told_reason(event)}
    facts.put("amendment", told_of(event, "amendment_id"), **told)


def _measure_done(facts: Facts, event: EventView) -> None:
    told = told_some(event, "text", "result")
    facts.put("measure", told_of(event, "measure_id"), done_by_id=event.actor_id, **told)


def _criterion_added(facts: Facts, event: EventView) -> None:
    told = {"text": told_of(event, "text"), "added_by_id": event.actor_id, **_UNMEASURED}
    told |= {name: told_maybe(event, name, unset) for name, unset in _UNMEASURED.items()}
    facts.put("criterion", told_of(event, "criterion_id"), **_NOT_DROPPED, **told)


def _criterion_judged(facts: Facts, event: EventView) -> None:
    id_ = told_of(event, "criterion_id")
    named = told_of(event, "evidence")
    facts.put(
        "criterion_judgement",
        (id_, facts.next("criterion", id_)),
        by_id=event.actor_id,
        evidence=named if named is UNTOLD else sorted(each["id"] for each in named),
        **told_some(event, "met", "note", "round"),
    )


def _evidence(facts: Facts, event: EventView) -> None:
    names = ("title", "file_name", "sha256", "kind", "proves", "proves_on", "amount", "round")
    facts.put(
        "evidence",
        told_of(event, "evidence_id"),
        uploaded_by_id=event.actor_id,
        carried_from_id=told_maybe(event, "carried_from"),
        withdrawn_by_id=None,
        withdrawn_reason="",
        **links_as_told(event),
        **told_some(event, *names),
    )


def _evidence_withdrawn(facts: Facts, event: EventView) -> None:
    reason = told_of(event, "reason")
    facts.put(
        "evidence", told_of(event, "evidence_id"), withdrawn_by_id=event.actor_id, withdrawn_reason=reason
    )


def _evidence_judged(facts: Facts, event: EventView) -> None:
    id_ = told_of(event, "evidence_id")
    facts.put(
        "evidence_judgement",
        (id_, facts.next("evidence", id_)),
        by_id=event.actor_id,
        **told_some(event, "effect", "note"),
    )


def _answered(facts: Facts, event: EventView) -> None:
    is_waived = event.name == LedgerEvent.REQUIREMENT_WAIVED
    facts.put(
        "requirement_answer",
        facts.next("requirement_answer"),
        by_id=event.actor_id,
        evidence_id=None if is_waived else told_of(event, "evidence_id"),
        reason=told_of(event, "reason") if is_waived else "",
        **told_some(event, "requirement", "round"),
    )


def _situation_raised(facts: Facts, event: EventView) -> None:
    facts.put(
        "situation",
        told_of(event, "situation_id"),
        text=told_of(event, "text"),
        raised_by_id=event.actor_id,
        level=told_maybe(event, "level", Level.OFFICE.value),
        due_on=told_maybe(event, "due"),
        follows_id=told_maybe(event, "follows_id"),
        answer="",
        answered_by_id=None,
    )
    _situation_step(facts, event)


def _situation_step(facts: Facts, event: EventView) -> None:
    id_, level = told_of(event, "situation_id"), told_of(event, "level")
    if event.name == LedgerEvent.SITUATION_PASSED_UP:
        facts.put("situation", id_, level=level)
    elif "level" not in event.values and "level" not in event.erased:
        # raised before there were levels
        return
    facts.put(
        "situation_step",
        (id_, level),
        by_id=event.actor_id,
        from_level=told_maybe(event, "from_level", ""),
        analysis=told_maybe(event, "analysis", ""),
        passed_over=told_of(event, "passed_over"),
    )


def _situation_answered(facts: Facts, event: EventView) -> None:
    answer = told_of(event, "answer")
    facts.put("situation", told_of(event, "situation_id"), answer=answer, answered_by_id=event.actor_id)


def _hold_opened(facts: Facts, event: EventView) -> None:
    facts.put(
        "hold",
        told_of(event, "hold_id"),
        opened_by_id=event.actor_id,
        cleared_by_id=None,
        cleared_reason="",
        **told_some(event, "kind", "reference"),
    )


def _hold_cleared(facts: Facts, event: EventView) -> None:
    reason = told_of(event, "reason")
    facts.put("hold", told_of(event, "hold_id"), cleared_by_id=event.actor_id, cleared_reason=reason)


_TELLERS: Final[dict[str, Callable[[Facts, EventView], None]]] = {
    LedgerEvent.FINDING_REGISTERED: _registered,
    LedgerEvent.FINDING_CLASSIFIED: _classified,
    LedgerEvent.FINDING_ASSIGNED: _assigned,
    LedgerEvent.FINDING_HANDED_OVER: _handed_over,
    LedgerEvent.UNITS_FOLLOWED: _units_followed,
    LedgerEvent.PROGRESS_REPORTED: _progress,
    LedgerEvent.PROGRESS_JUDGED: _progress_judged,
    LedgerEvent.MEASURE_ADDED: _measure_added,
    LedgerEvent.MEASURE_COMPLETED: _measure_done,
    LedgerEvent.MEASURE_ARRANGED: _measure_arranged,
    LedgerEvent.MEASURE_DROPPED: _dropped,
    LedgerEvent.TASK_REPORTED: _task_reported,
    LedgerEvent.FINDING_WEIGHED: _weighed,
    LedgerEvent.FINDING_PLANNED: _planned,
    LedgerEvent.FINDING_DECLINED: _refused,
    LedgerEvent.FINDING_TRANSFERRED: _refused,
    LedgerEvent.AMENDMENT_PROPOSED: _amendment_proposed,
    LedgerEvent.AMENDMENT_SIGNED: _amendment_signed,
    LedgerEvent.AMENDMENT_APPROVED: _amendment_decided,
    LedgerEvent.AMENDMENT_SENT_BACK: _amendment_decided,
    LedgerEvent.AMENDMENT_WITHDRAWN: _amendment_decided,
    LedgerEvent.CRITERION_DROPPED: _dropped,
    LedgerEvent.CRITERION_ADDED: _criterion_added,
    LedgerEvent.CRITERION_JUDGED: _criterion_judged,
    LedgerEvent.EVIDENCE_ADDED: _evidence,
    LedgerEvent.EVIDENCE_CARRIED_OVER: _evidence,
    LedgerEvent.EVIDENCE_WITHDRAWN: _evidence_withdrawn,
    LedgerEvent.EVIDENCE_JUDGED: _evidence_judged,
    LedgerEvent.REQUIREMENT_ANSWERED: _answered,
    LedgerEvent.REQUIREMENT_WAIVED: _answered,
    LedgerEvent.SITUATION_RAISED: _situation_raised,
    LedgerEvent.SITUATION_PASSED_UP: _situation_step,
    LedgerEvent.SITUATION_ANSWERED: _situation_answered,
    LedgerEvent.HOLD_OPENED: _hold_opened,
    LedgerEvent.HOLD_CLEARED: _hold_cleared,
    **CLOSING_TELLERS,
    **RESTATING_TOLD,
    **RESTRICTING_TOLD,
    **DEADLINES_TOLD,
    **TELLERS_AFTERWARDS,
    **COMMENTS_TOLD,
}
