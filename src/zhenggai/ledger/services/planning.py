"""The plan of an inspection: submit, approve step by step, send back, withdraw (整改方案报批)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.ladder import next_step
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import PLAN_STATE_LABELS, NothingToPlanError, PlanIncompleteError, PlanState
from zhenggai.domain.policy import Action, acted_for
from zhenggai.ledger.errors import InspectionNotFoundError, PlanNotFoundError, StandsOtherwiseError
from zhenggai.ledger.facts import inspection_facts, plan_ladder_for
from zhenggai.ledger.models import Finding, Inspection, Plan, PlanItem, PlanSignature
from zhenggai.ledger.plan_content import plan_content, plan_digest
from zhenggai.ledger.plans import (
    CONTENT,
    WAITS_ALREADY,
    findings_to_plan,
    items_kept_from,
    plan_facts,
    uncovered,
)
from zhenggai.ledger.services.standing import cleaned, text_optional
from zhenggai.ledger.telling import plan_tell
from zhenggai.ledger.visibility import permit, sees_whole
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import Entry, record, record_all

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor

_BATCH: Final = 500
_NAMED: Final = 3


@transaction.atomic
def plan_submit(*, actor: Actor, at: datetime, inspection_id: int, statement: str = "") -> Plan:
    """Submits the plan of every finding the actor sees that stands in none yet (报批整改方案).

    One waits at a time. From now on its measures and criteria are not changed by hand, until it is sent
    back or withdrawn.

    :raises InspectionNotFoundError: when there is none or the actor does not see the whole of it.
    :raises ActionDeniedError: when the actor is not of the office.
    :raises StandsOtherwiseError: when a plan of this inspection waits already.
    :raises NothingToPlanError: when no finding is left to plan.
    :raises PlanIncompleteError: when a finding lacks nature, leader, unit, due, measure or criterion.
    """
    actor, inspection = _locked(actor, at, inspection_id)
    permit(actor, Action.PLAN_SUBMIT, inspection_facts(inspection))
    plans = list(Plan.objects.filter(inspection=inspection))
    if any(each.state == PlanState.SUBMITTED for each in plans):
        raise StandsOtherwiseError(WAITS_ALREADY)
    wanted = findings_to_plan(actor, inspection)
    # the rows are locked, so that nothing is changed by hand between the check and the submission
    ids = list(wanted.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    if not ids:
        raise NothingToPlanError
    gaps = uncovered(wanted)
    if count := gaps.count():
        raise PlanIncompleteError(count, len(ids), [str(each)[:60] for each in gaps[:_NAMED]])
    contents = [plan_content(each) for each in wanted.prefetch_related(*CONTENT).iterator(_BATCH)]
    plan = Plan(
        inspection=inspection,
        number=1 + max((each.number for each in plans), default=0),
        statement=text_optional(statement, msg("Statement")),
        digest=plan_digest(contents),
        by_id=actor.person_id,
        at=at,
    )
    cleaned(plan)
    plan.save()
    items = (PlanItem(plan=plan, finding_id=each["finding"], content=each) for each in contents)
    PlanItem.objects.bulk_create(items, batch_size=_BATCH)
    for start in range(0, len(ids), _BATCH):
        Finding.objects.filter(pk__in=ids[start : start + _BATCH]).update(plan=plan)
    _tell(
        plan,
        LedgerEvent.PLAN_SUBMITTED,
        actor,
        at,
        number=plan.number,
        digest=plan.digest,
        statement=plan.statement,
        findings=len(contents),
        measures=sum(len(each["measures"]) for each in contents),
        criteria=sum(len(each["criteria"]) for each in contents),
    )
    return plan


@transaction.atomic
def plan_sign(*, actor: Actor, at: datetime, plan_id: int, note: str = "") -> Plan:
    """Signs the next step of a plan's approval (审批方案); the last signature approves it.

    It stands for all of the plan; that restricted findings were kept from the signer is recorded with it.

    :raises PlanNotFoundError: when there is none or the actor does not see it.
    :raises ActionDeniedError: when the step is another's, or the actor submitted or signed it.
    :raises StandsOtherwiseError: when it is decided already.
    """
    actor, plan = _plan_locked(actor, at, plan_id)
    facts = plan_facts(plan)
    permit(actor, Action.PLAN_SIGN, facts)
    represented = acted_for(actor, Action.PLAN_SIGN, facts)
    _waiting(plan)
    step = facts.next_step
    if step is None:
        raise AssertionError(f"plan {plan.pk} waits with every step signed")
    signature = PlanSignature(
        plan=plan,
        step=step.name,
        by_id=actor.person_id,
        acting_for_id=next(iter(represented), None),
        at=at,
        note=text_optional(note, msg("Note")),
    )
    cleaned(signature)
    signature.save()
    kept = items_kept_from(actor, plan)
    told = {**_for(represented), **({"not_shown": kept} if kept else {})}
    _tell(plan, LedgerEvent.PLAN_SIGNED, actor, at, step=step.name, note=signature.note, **told)
    signed = [*(each.step for each in plan.signatures.all()), step.name]
    if next_step(plan_ladder_for(plan.inspection), signed) is None:
        _approve(plan, actor, at)
    return plan


@transaction.atomic
def plan_send_back(*, actor: Actor, at: datetime, plan_id: int, reason: str) -> Plan:
    """Sends a plan back with its reason (退回方案); its findings are free to be changed again.

    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    actor, plan = _plan_locked(actor, at, plan_id)
    permit(actor, Action.PLAN_SEND_BACK, plan_facts(plan))
    return _refuse(plan, actor, at, PlanState.SENT_BACK, reason)


@transaction.atomic
def plan_withdraw(*, actor: Actor, at: datetime, plan_id: int, reason: str) -> Plan:
    """The office withdraws a plan before its approval (撤回方案), with its reason.

    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    actor, plan = _plan_locked(actor, at, plan_id)
    permit(actor, Action.PLAN_WITHDRAW, plan_facts(plan))
    return _refuse(plan, actor, at, PlanState.WITHDRAWN, reason)


def _locked(actor: Actor, at: datetime, inspection_id: int) -> tuple[Actor, Inspection]:
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True)
    related = rows.select_related("subject", "inspector_organisation", "profile_version")
    inspection = related.filter(pk=inspection_id).first()
    actor = actor_standing(actor, timezone.localdate(at))
    if inspection is None or not sees_whole(actor, inspection):
        raise InspectionNotFoundError
    return actor, inspection


def _plan_locked(actor: Actor, at: datetime, plan_id: int) -> tuple[Actor, Plan]:
    inspection_id = Plan.objects.filter(pk=plan_id).values_list("inspection_id", flat=True).first()
    if inspection_id is None:
        raise PlanNotFoundError
    try:
        actor, inspection = _locked(actor, at, inspection_id)
    except InspectionNotFoundError:
        raise PlanNotFoundError from None
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan_id)
    plan.inspection = inspection
    return actor, plan


def _waiting(plan: Plan) -> None:
    if plan.state != PlanState.SUBMITTED:
        raise StandsOtherwiseError(
            msg("This plan is %(state)s already, and a decision on a plan is never changed."),
            state=Message(PLAN_STATE_LABELS[PlanState(plan.state)]),
        )


def _refuse(plan: Plan, actor: Actor, at: datetime, state: PlanState, reason: str) -> Plan:
    _waiting(plan)
    _decide(plan, actor, at, state, decision_reason(reason))
    event = LedgerEvent.PLAN_SENT_BACK if state is PlanState.SENT_BACK else LedgerEvent.PLAN_WITHDRAWN
    _tell(plan, event, actor, at, reason=plan.decided_reason)
    return plan


def _decide(plan: Plan, actor: Actor, at: datetime, state: PlanState, reason: str = "") -> None:
    plan.state = state.value
    plan.decided_at = at
    plan.decided_by_id = actor.person_id
    plan.decided_reason = reason
    cleaned(plan)
    plan.save(update_fields=["state", "decided_at", "decided_by", "decided_reason"])


def _approve(plan: Plan, actor: Actor, at: datetime) -> None:
    _decide(plan, actor, at, PlanState.APPROVED)
    _tell(plan, LedgerEvent.PLAN_APPROVED, actor, at, number=plan.number, digest=plan.digest)
    findings = Finding.objects.filter(plan=plan).order_by("pk")
    locked = list(findings.select_for_update(of=("self",), no_key=True).values_list("pk", "stage", "version"))
    findings.update(version=F("version") + 1, changed_at=at)
    entries = [
        Entry(
            LedgerEvent.FINDING_PLANNED,
            ("finding", pk),
            {"plan_id": plan.pk, "plan_number": plan.number, "stage": stage, "version": version + 1},
        )
        for pk, stage, version in locked
    ]
    record_all(chain=ChainKey.inspection(plan.inspection_id), entries=entries, actor=actor, at=at)


def _for(represented: dict[int, str]) -> dict[str, Any]:
    """For whom the signer acted, by name and id."""
    if not represented:
        return {}
    return {"acted_for": "、".join(represented.values()), "acting_for_id": next(iter(represented))}


def _tell(plan: Plan, event: LedgerEvent, actor: Actor, at: datetime, **values: Any) -> None:
    chain = ChainKey.inspection(plan.inspection_id)
    record(chain=chain, name=event, actor=actor, at=at, subject=("plan", plan.pk), values=values)
    plan_tell(plan, event, by_id=actor.person_id, at=at)
