"""Changing what an approved plan says of a finding: propose, approve, send back, withdraw (方案调整)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.amending import (
    Amended,
    Arrangement,
    NewCriterion,
    NewMeasure,
    Rearranged,
    amended_content,
    amended_from,
)
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.ladder import next_step
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import AmendmentEmptyError, PlanState
from zhenggai.domain.policy import Action, acted_for
from zhenggai.ledger.errors import InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.facts import (
    amendment_open,
    criteria_standing,
    facts_for,
    measures_standing,
    pieces_of_inspectors,
    plan_ladder_for,
)
from zhenggai.ledger.models import AmendmentSignature, PlanAmendment
from zhenggai.ledger.services.arranging import (
    arrangement_checked,
    arrangement_of,
    arrangement_put,
    parts_free,
)
from zhenggai.ledger.services.judging import criterion_put, criterion_standing, indicator_checked
from zhenggai.ledger.services.measuring import measure_open, measure_put, piece_drop
from zhenggai.ledger.services.standing import begin, cleaned, text_optional, text_required

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
    measures: Sequence[NewMeasure] = (),
    arrange: Mapping[int, Arrangement] | None = None,
    drop_measure_ids: Sequence[int] = (),
    criteria: Sequence[NewCriterion] = (),
    drop_criterion_ids: Sequence[int] = (),
) -> Finding:
    """Proposes an amendment of the approved plan (申请方案调整); it holds nothing until it is approved.

    ``arrange`` says by measure how it is to be arranged; what stands so already is left out. A criterion is
    exchanged by dropping it and adding another.

    :raises AmendmentEmptyError: when it changes nothing, or leaves no measure or no criterion.
    :raises StandsOtherwiseError: when what it would drop or arrange is done or dropped already.
    :raises InvalidFieldError: when a leader leads nothing here, a unit does not work on the finding, or a
        measure would be dropped and arranged at once.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.PLAN_AMEND, finding_id=finding_id, version=version)
    finding = change.finding
    drop_measures = tuple(dict.fromkeys(drop_measure_ids))
    drop_criteria = tuple(dict.fromkeys(drop_criterion_ids))
    for measure_id in drop_measures:
        measure_open(finding, measure_id)
    _not_the_inspectors(finding, [criterion_standing(finding, each) for each in drop_criteria])
    amended = Amended(
        measures=tuple(_measure_checked(change, each) for each in measures),
        rearranged=_rearranged(change, arrange or {}, drop_measures),
        drop_measures=drop_measures,
        criteria=tuple(_criterion_checked(each) for each in criteria),
        drop_criteria=drop_criteria,
    )
    if amended.is_empty:
        raise AmendmentEmptyError
    if not amended.measures and len(measures_standing(finding)) <= len(drop_measures):
        raise AmendmentEmptyError(AmendmentEmptyError.empties_template, what=Message(msg("measure")))
    if not amended.criteria and len(criteria_standing(finding)) <= len(drop_criteria):
        raise AmendmentEmptyError(
            AmendmentEmptyError.empties_template, what=Message(msg("acceptance criterion"))
        )
    amendment = PlanAmendment(
        finding=finding,
        content=amended_content(amended),
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

    :raises StandsOtherwiseError: when what it drops or arranges was done meanwhile.
    :raises NoAmendmentError: when none waits.
    :raises InvalidFieldError: when a leader left, or a unit does not work on the finding any more.
    """
    change = begin(actor=actor, at=at, action=Action.AMENDMENT_SIGN, finding_id=finding_id, version=version)
    amendment = _waiting(change.finding)
    facts = facts_for(change.finding, Action.AMENDMENT_SIGN)
    represented = next(iter(acted_for(change.actor, Action.AMENDMENT_SIGN, facts)), None)
    ladder = plan_ladder_for(change.finding.inspection)
    signed = [each.step for each in amendment.signatures.all()]
    step = next_step(ladder, signed)
    if step is None:
        raise AssertionError(f"amendment {amendment.pk} waits with every step signed")
    signature = AmendmentSignature(
        amendment=amendment,
        step=step.name,
        by_id=actor.person_id,
        acting_for_id=represented,
        at=at,
        note=text_optional(note, msg("Note")),
    )
    cleaned(signature)
    signature.save()
    change.say(
        LedgerEvent.AMENDMENT_SIGNED,
        amendment_id=amendment.pk,
        step=step.name,
        note=signature.note,
        acting_for_id=represented,
    )
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


def _measure_checked(change: Change, measure: NewMeasure) -> NewMeasure:
    text = text_required(measure.text, msg("Measure"))
    return NewMeasure(text, arrangement_checked(change, measure.arrangement))


def _criterion_checked(criterion: NewCriterion) -> NewCriterion:
    text = text_required(criterion.text, msg("Acceptance criterion"))
    return replace(criterion, text=text, indicator=indicator_checked(criterion.indicator))


def _rearranged(
    change: Change, arrange: Mapping[int, Arrangement], drops: Sequence[int]
) -> tuple[Rearranged, ...]:
    """What is to be arranged anew, with how it stands; nothing of what stands so already."""
    found = []
    for measure_id, wanted in arrange.items():
        measure = measure_open(change.finding, measure_id)
        before = arrangement_of(measure)
        asked = text_optional(wanted.requirement, msg("What is asked of the work"))
        if not before.differs(replace(wanted, requirement=asked)):
            continue
        if measure_id in drops:
            raise InvalidFieldError(
                msg(
                    "The measure “%(text)s” would be dropped and arranged anew at once. Do one of the two; "
                    "nothing was changed."
                ),
                text=measure.text,
            )
        after = arrangement_checked(change, wanted, measure)
        parts_free(measure, after)
        found.append(Rearranged(measure_id, before, after))
    return tuple(found)


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
    finding, amended = change.finding, amended_from(amendment.content)
    for measure_id in amended.drop_measures:
        piece_drop(change, measure_open(finding, measure_id), amendment.reason, amendment)
    for each in amended.rearranged:
        measure = measure_open(finding, each.measure_id)
        arrangement_put(change, measure, arrangement_checked(change, each.after, measure), amendment)
    criteria = [criterion_standing(finding, each) for each in amended.drop_criteria]
    _not_the_inspectors(finding, criteria)
    for criterion in criteria:
        piece_drop(change, criterion, amendment.reason, amendment)
    for new in amended.measures:
        asked = arrangement_checked(change, new.arrangement)
        measure = measure_put(change, new.text, asked.due, requirement=asked.requirement, amendment=amendment)
        if asked.leader_id is not None or asked.unit_ids:
            arrangement_put(change, measure, asked, amendment)
    for added in amended.criteria:
        criterion_put(change, added.text, added.indicator, amendment=amendment)
