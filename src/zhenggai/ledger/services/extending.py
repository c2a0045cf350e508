"""Moving a deadline: ask for it, approve, send back, withdraw (延期、申请长期整改)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.closing import RequestState, decision_reason
from zhenggai.domain.days import day_checked
from zhenggai.domain.deadlines import is_asked_in_time
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.extending import DeadlineKind, check_due_later, check_due_to_come, check_recheck_ahead
from zhenggai.domain.ladder import next_step
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action, acted_for
from zhenggai.ledger.deadlines import deadline_request_open, extension_ladder_for
from zhenggai.ledger.facts import facts_for
from zhenggai.ledger.models import DeadlineRequest, DeadlineSignature
from zhenggai.ledger.services.standing import begin, cleaned, text_optional, text_required

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def extension_request(
    *, actor: Actor, at: datetime, finding_id: int, version: int, new_due: date, reason: str
) -> Finding:
    """Asks for a later due date (申请延期); the one in force stands until all steps have approved.

    A request after the due day is taken, is marked late, and erases no overdue day. Measures that have days
    of their own keep them: those are moved by an amendment of the plan.

    :raises DueNotLaterError: when the new day is not later than the one in force and today.
    :raises DayImpossibleError: when nobody can have meant the new day.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    :raises NoDeadlineError: and the other refusals of `check_deadline`.
    """
    change = begin(
        actor=actor, at=at, action=Action.EXTENSION_REQUEST, finding_id=finding_id, version=version
    )
    on, due = timezone.localdate(at), _due(change.finding)
    check_due_later(day_checked(new_due, msg("New due date")), due, on)
    request = _ask(change, DeadlineKind.EXTENSION, due, reason, new_due=new_due)
    kept = [
        each.due.isoformat()
        for each in change.finding.measures.all()
        if each.due is not None and each.done_at is None and each.dropped_at is None
    ]
    change.say(
        LedgerEvent.EXTENSION_REQUESTED,
        new_due=new_due.isoformat(),
        **_asked(request),
        **({"measure_dues": kept} if kept else {}),
    )
    return change.finish()


@transaction.atomic
def long_term_request(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    stage_goal: str,
    recheck_on: date,
    reason: str,
) -> Finding:
    """Asks that a finding become long-term (申请长期整改), with the goal of its first stage and its re-check.

    :raises RecheckPastError: when the first re-check is not to come.
    :raises MissingTextError: when no goal is named.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    :raises NoDeadlineError: and the other refusals of `check_deadline`.
    """
    change = begin(
        actor=actor, at=at, action=Action.LONG_TERM_REQUEST, finding_id=finding_id, version=version
    )
    goal = text_required(stage_goal, msg("Goal of the first stage"))
    check_recheck_ahead(day_checked(recheck_on, msg("First re-check")), timezone.localdate(at))
    request = _ask(
        change, DeadlineKind.LONG_TERM, _due(change.finding), reason, stage_goal=goal, recheck_on=recheck_on
    )
    change.say(
        LedgerEvent.LONG_TERM_REQUESTED,
        stage_goal=goal,
        recheck_on=recheck_on.isoformat(),
        **_asked(request),
    )
    return change.finish()


@transaction.atomic
def deadline_sign(*, actor: Actor, at: datetime, finding_id: int, version: int, note: str = "") -> Finding:
    """Signs the next step of a request about the deadline (审批期限申请); the last signature grants it.

    Granted, an extension sets the due date, and long-term work takes its place; the first due date is kept.

    :raises NoDeadlineRequestError: when none waits.
    :raises DueNotLaterError: when the day asked for is past meanwhile.
    :raises DeadlinePlanWaitsError: while the plan with the finding waits for approval.
    """
    change = begin(actor=actor, at=at, action=Action.DEADLINE_SIGN, finding_id=finding_id, version=version)
    request = _waiting(change.finding)
    if request.new_due is not None:
        check_due_to_come(request.new_due, timezone.localdate(at))
    ladder = extension_ladder_for(change.finding.inspection)
    signed = [each.step for each in request.signatures.all()]
    step = next_step(ladder, signed)
    if step is None:
        raise AssertionError(f"request {request.pk} waits with every step signed")
    facts = facts_for(change.finding, Action.DEADLINE_SIGN)
    signature = DeadlineSignature(
        request=request,
        step=step.name,
        by_id=actor.person_id,
        at=at,
        note=text_optional(note, msg("Note")),
        acting_for_id=next(iter(acted_for(change.actor, Action.DEADLINE_SIGN, facts)), None),
    )
    cleaned(signature)
    signature.save()
    change.say(
        LedgerEvent.DEADLINE_SIGNED,
        deadline_request_id=request.pk,
        deadline_kind=request.kind,
        step=step.name,
        note=signature.note,
        acting_for_id=signature.acting_for_id,
    )
    if next_step(ladder, [*signed, step.name]) is None:
        _grant(change, request)
    return change.finish()


@transaction.atomic
def deadline_send_back(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """Sends a request about the deadline back with its reason (退回期限申请); the due date stays.

    :raises NoDeadlineRequestError: when none waits.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    return _refuse(actor, at, Action.DEADLINE_SEND_BACK, finding_id, version, reason)


@transaction.atomic
def deadline_withdraw(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """Whoever asked withdraws the request about the deadline (撤回期限申请), with the reason.

    :raises NoDeadlineRequestError: when none waits.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    return _refuse(actor, at, Action.DEADLINE_WITHDRAW, finding_id, version, reason)


def _ask(change: Change, kind: DeadlineKind, due: date, reason: str, **values: Any) -> DeadlineRequest:
    request = DeadlineRequest(
        finding=change.finding,
        kind=kind.value,
        asked_on=timezone.localdate(change.at),
        due_before=due,
        reason=decision_reason(reason),
        by_id=change.actor.person_id,
        at=change.at,
        **values,
    )
    cleaned(request)
    request.save()
    return request


def _asked(request: DeadlineRequest) -> dict[str, Any]:
    is_late = not is_asked_in_time(request.asked_on, request.due_before)
    return {
        "deadline_request_id": request.pk,
        "asked_on": request.asked_on.isoformat(),
        "due_before": request.due_before.isoformat(),
        "reason": request.reason,
        **({"asked_late": True} if is_late else {}),
    }


def _due(finding: Finding) -> date:
    if finding.due is None:
        raise AssertionError(f"finding {finding.pk} is worked on by a date and has none")
    return finding.due


def _waiting(finding: Finding) -> DeadlineRequest:
    request = deadline_request_open(finding)
    if request is None:
        raise AssertionError(f"finding {finding.pk} has no request about its deadline that waits")
    return request


def _grant(change: Change, request: DeadlineRequest) -> None:
    _decide(change, request, RequestState.GRANTED)
    finding = change.finding
    if request.kind == DeadlineKind.EXTENSION:
        finding.due = request.new_due
        change.say(
            LedgerEvent.EXTENSION_GRANTED,
            deadline_request_id=request.pk,
            due=request.new_due.isoformat() if request.new_due else None,
            due_before=request.due_before.isoformat(),
        )
        return
    finding.nature, finding.due = Nature.LONG_TERM.value, None
    change.say(
        LedgerEvent.LONG_TERM_GRANTED,
        deadline_request_id=request.pk,
        nature=finding.nature,
        due_before=request.due_before.isoformat(),
        stage_goal=request.stage_goal,
        recheck_on=request.recheck_on.isoformat() if request.recheck_on else None,
    )


def _refuse(
    actor: Actor, at: datetime, action: Action, finding_id: int, version: int, reason: str
) -> Finding:
    change = begin(actor=actor, at=at, action=action, finding_id=finding_id, version=version)
    request = _waiting(change.finding)
    is_sent_back = action is Action.DEADLINE_SEND_BACK
    state = RequestState.SENT_BACK if is_sent_back else RequestState.WITHDRAWN
    _decide(change, request, state, decision_reason(reason))
    change.say(
        LedgerEvent.DEADLINE_SENT_BACK if is_sent_back else LedgerEvent.DEADLINE_WITHDRAWN,
        deadline_request_id=request.pk,
        deadline_kind=request.kind,
        reason=request.decided_reason,
    )
    return change.finish()


def _decide(change: Change, request: DeadlineRequest, state: RequestState, reason: str = "") -> None:
    request.state = state.value
    request.decided_at = change.at
    request.decided_by_id = change.actor.person_id
    request.decided_reason = reason
    cleaned(request)
    request.save(update_fields=["state", "decided_at", "decided_by", "decided_reason"])
