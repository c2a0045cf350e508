"""Changing what an approved plan says of a finding: propose, approve, send back, withdraw (方案调整)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.closing import decision_reason
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.ladder import next_step
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import AmendmentEmptyError, PlanState
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import StandsOtherwiseError
from zhenggai.ledger.facts import (
    amendment_open,
    criteria_standing,
    measures_standing,
    pieces_of_inspectors,
    plan_ladder_for,
)
from zhenggai.ledger.models import AmendmentSignature, PlanAmendment
from zhenggai.ledger.services.judging import criterion_put, criterion_standing
from zhenggai.ledger.services.measuring import measure_open, measure_put, piece_drop
from zhenggai.ledger.services.standing import begin, cleaned, text_optional, text_required

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Criterion, Finding
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def plan_amend(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    reason: str,
    measures: Sequence[str] = (),
    due: date | None = None,
    drop_measure_ids: Sequence[int] = (),
    criteria: Sequence[str] = (),
    drop_criterion_ids: Sequence[int] = (),
) -> Finding:
    """Proposes an amendment of the approved plan (申请方案调整); it holds nothing until it is approved.

    ``measures`` are added with ``due`` (without one that of the finding holds), ``criteria`` as sentences.

    :raises AmendmentEmptyError: when it changes nothing, or leaves no measure or no criterion.
    :raises StandsOtherwiseError: when what it would drop is done or dropped already.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.PLAN_AMEND, finding_id=finding_id, version=version)
    finding = change.finding
    drop_measures = list(dict.fromkeys(drop_measure_ids))
    drop_criteria = list(dict.fromkeys(drop_criterion_ids))
    for measure_id in drop_measures:
        measure_open(finding, measure_id)
    _not_the_inspectors(finding, [criterion_standing(finding, each) for each in drop_criteria])
    new_measures = [text_required(text, msg("Measure")) for text in measures]
    new_criteria = [text_required(text, msg("Acceptance criterion")) for text in criteria]
    if not (drop_measures or drop_criteria or new_measures or new_criteria):
        raise AmendmentEmptyError
    if not new_measures and len(measures_standing(finding)) <= len(drop_measures):
        raise AmendmentEmptyError(AmendmentEmptyError.empties_template, what=Message(msg("measure")))
    if not new_criteria and len(criteria_standing(finding)) <= len(drop_criteria):
        raise AmendmentEmptyError(
            AmendmentEmptyError.empties_template, what=Message(msg("acceptance criterion"))
        )
    day = day_checked(due, msg("Due")) if new_measures else None
    amendment = PlanAmendment(
        finding=finding,
        content={
            "measures": new_measures,
            "due": day.isoformat() if day else None,
            "drop_measures": drop_measures,
            "criteria": new_criteria,
            "drop_criteria": drop_criteria,
        },
        reason=decision_reason(reason),
        by_id=actor.person_id,
        at=at,
    )
    cleaned(amendment)
    amendment.save()
    change.say(
        LedgerEvent.AMENDMENT_PROPOSED,
        amendment_id=amendment.pk,
        reason=amendment.reason,
        content=amendment.content,
    )
    return change.finish()


@transaction.atomic
def amendment_sign(*, actor: Actor, at: datetime, finding_id: int, version: int, note: str = "") -> Finding:
    """Signs the next step of an amendment's approval (审批方案调整); the last signature puts it into force.

    :raises StandsOtherwiseError: when none waits, or what it drops was done meanwhile.
    """
    change = begin(actor=actor, at=at, action=Action.AMENDMENT_SIGN, finding_id=finding_id, version=version)
    amendment = _waiting(change.finding)
    ladder = plan_ladder_for(change.finding.inspection)
    signed = [each.step for each in amendment.signatures.all()]
    step = next_step(ladder, signed)
    if step is None:
        raise AssertionError(f"amendment {amendment.pk} waits with every step signed")
    signature = AmendmentSignature(
        amendment=amendment,
        step=step.name,
        by_id=actor.person_id,
        at=at,
        note=text_optional(note, msg("Note")),
    )
    cleaned(signature)
    signature.save()
    change.say(LedgerEvent.AMENDMENT_SIGNED, amendment_id=amendment.pk, step=step.name, note=signature.note)
    if next_step(ladder, [*signed, step.name]) is None:
        _decide(change, amendment, PlanState.APPROVED)
        change.say(LedgerEvent.AMENDMENT_APPROVED, amendment_id=amendment.pk)
        _put_into_force(change, amendment)
    return change.finish()


@transaction.atomic
def amendment_send_back(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """Sends an amendment back with its reason (退回方案调整); the plan stands as it was approved.

    :raises StandsOtherwiseError: when none waits.
    """
    change = begin(
        actor=actor, at=at, action=Action.AMENDMENT_SEND_BACK, finding_id=finding_id, version=version
    )
    amendment = _waiting(change.finding)
    _decide(change, amendment, PlanState.SENT_BACK, decision_reason(reason))
    change.say(LedgerEvent.AMENDMENT_SENT_BACK, amendment_id=amendment.pk, reason=amendment.decided_reason)
    return change.finish()


@transaction.atomic
def amendment_withdraw(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """Withdraws an amendment before it is decided (撤回方案调整), with its reason.

    :raises StandsOtherwiseError: when none waits.
    """
    change = begin(
        actor=actor, at=at, action=Action.AMENDMENT_WITHDRAW, finding_id=finding_id, version=version
    )
    amendment = _waiting(change.finding)
    _decide(change, amendment, PlanState.WITHDRAWN, decision_reason(reason))
    change.say(LedgerEvent.AMENDMENT_WITHDRAWN, amendment_id=amendment.pk, reason=amendment.decided_reason)
    return change.finish()


def _not_the_inspectors(finding: Finding, criteria: Sequence[Criterion]) -> None:
    """Refuses to set aside what the inspecting body judged in this round."""
    for criterion in pieces_of_inspectors(finding, criteria):
        raise StandsOtherwiseError(
            msg(
                "The inspecting body has judged “%(text)s” in the current round, so no amendment sets it "
                "aside; nothing was changed."
            ),
            text=criterion.text,
        )


def _waiting(finding: Finding) -> PlanAmendment:
    amendment = amendment_open(finding)
    if amendment is None:
        raise AssertionError(f"finding {finding.pk} has no amendment that waits")
    return amendment


def _decide(change: Change, amendment: PlanAmendment, state: PlanState, reason: str = "") -> None:
    amendment.state = state.value
    amendment.decided_at = change.at
    amendment.decided_by_id = change.actor.person_id
    amendment.decided_reason = reason
    cleaned(amendment)
    amendment.save(update_fields=["state", "decided_at", "decided_by", "decided_reason"])


def _put_into_force(change: Change, amendment: PlanAmendment) -> None:
    finding, content = change.finding, amendment.content
    for measure_id in content["drop_measures"]:
        piece_drop(change, measure_open(finding, measure_id), amendment.reason, amendment)
    criteria = [criterion_standing(finding, each) for each in content["drop_criteria"]]
    _not_the_inspectors(finding, criteria)
    for criterion in criteria:
        piece_drop(change, criterion, amendment.reason, amendment)
    due = date.fromisoformat(content["due"]) if content["due"] else None
    for text in content["measures"]:
        measure_put(change, text, due, amendment=amendment)
    for text in content["criteria"]:
        criterion_put(change, text, amendment=amendment)
