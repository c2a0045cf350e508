"""Closing a finding: request, signatures, withdrawal. Only the last signature closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.password_standing import password_standing
from zhenggai.domain.closing import ClosureKind, NotPromisedError, RequestState
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.gates import ClosureRefusedError, check_gates, is_open
from zhenggai.domain.ladder import Given, is_signed
from zhenggai.domain.lifecycle import Nature, Stage, next_stage
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action, acted_for, body_signed_for
from zhenggai.ledger.cases import case_of, signatures_of
from zhenggai.ledger.errors import StandsOtherwiseError
from zhenggai.ledger.facts import facts_of, ladder_for, nature_of, request_open, step_next
from zhenggai.ledger.models import Closure, ClosureRequest, Signature
from zhenggai.ledger.services.calling import request_call
from zhenggai.ledger.services.recheck_days import recheck_begin
from zhenggai.ledger.services.standing import begin, cleaned, text_optional, text_required
from zhenggai.ledger.signing import called_to, given_of
from zhenggai.trail.anchoring import AnchorReason, anchor_on_commit
from zhenggai.trail.chains import ChainKey

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.case import ClosureCase
    from zhenggai.domain.gates import GateResult
    from zhenggai.ledger.models import Finding, SignatureRecord
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def closure_request(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    statement: str,
    stage_goal: str = "",
    recheck_on: date | None = None,
    promised: bool = False,
) -> Finding:
    """Requests the closing of a finding (申请销号); long-term work names stage goal and next re-check.

    ``promised``: whether the actor affirms the promise of truth that the rules ask for.

    :raises NotPromisedError: when they ask for one and it is not affirmed.
    :raises ClosureRefusedError: with every gate, when one is not met.
    """
    change = begin(actor=actor, at=at, action=Action.CLOSURE_REQUEST, finding_id=finding_id, version=version)
    finding = change.finding
    is_long_term = nature_of(finding) is Nature.LONG_TERM
    request = ClosureRequest(
        finding=finding,
        round=finding.round,
        by_id=actor.person_id,
        at=at,
        statement=text_required(statement, msg("What was achieved")),
        promise=_promise(finding, promised=promised),
        stage_goal=text_optional(stage_goal, msg("Goal of this stage")) if is_long_term else "",
        recheck_on=day_checked(recheck_on, msg("Next re-check")) if is_long_term else None,
    )
    gates = passed(
        case_of(
            finding,
            timezone.localdate(at),
            submitter_id=actor.person_id,
            stage_goal=request.stage_goal,
            recheck_on=request.recheck_on,
        )
    )
    cleaned(request)
    request.save()
    steps = request_call(change, request)
    change.say(
        LedgerEvent.CLOSURE_REQUESTED,
        request_id=request.pk,
        round=request.round,
        statement=request.statement,
        promise=request.promise,
        stage_goal=request.stage_goal,
        recheck_on=request.recheck_on.isoformat() if request.recheck_on else None,
        steps=steps,
        gates=_gates_said(gates),
    )
    return change.finish()


@transaction.atomic
def closure_sign(*, actor: Actor, at: datetime, finding_id: int, version: int, note: str = "") -> Finding:
    """Signs the next step of a closure request (签批); the last signature closes the finding (销号).

    Every gate is looked at again, so what came to light since the request stops it here.

    :raises ClosureRefusedError: with every gate, when one is not met any more.
    """
    change = begin(actor=actor, at=at, action=Action.CLOSURE_SIGN, finding_id=finding_id, version=version)
    signature_put(change, change.actor, note)
    return change.finish()


def signature_put(
    change: Change, signer: Actor, note: str, record: SignatureRecord | None = None
) -> Signature:
    """Writes the signature of somebody who may give it, at the step that comes next; the last one closes.

    ``record``: where it was given on paper or by a meeting, which somebody else has confirmed.

    :raises ClosureRefusedError: with every gate, when one is not met any more.
    """
    finding = change.finding
    request, step, facts = request_standing(finding), step_next(finding), facts_of(finding)
    if step is None:
        raise AssertionError(f"finding {finding.pk} is signed by all and not closed")
    gates = passed(
        case_of(
            finding,
            timezone.localdate(change.at),
            submitter_id=request.by_id,
            signed=(*signatures_of(request), (step.name, signer.person_id)),
            stage_goal=request.stage_goal,
            recheck_on=request.recheck_on,
        )
    )
    password = password_standing(signer.person_id)
    signature = Signature(
        request=request,
        step=step.name,
        by_id=signer.person_id,
        at=change.at,
        note=text_optional(note, msg("Note")),
        body_id=body_signed_for(signer, facts),
        acting_for_id=next(iter(acted_for(signer, Action.CLOSURE_SIGN, facts)), None),
        record=record,
        password_reset_at=None if record else password.reset_at,
        password_changed_at=None if record else password.changed_at,
    )
    cleaned(signature)
    signature.save()
    change.say(
        LedgerEvent.CLOSURE_SIGNED,
        request_id=request.pk,
        step=step.name,
        note=signature.note,
        body_id=signature.body_id,
        acting_for_id=signature.acting_for_id,
        password_reset_at=_moment_said(signature.password_reset_at),
        password_changed_at=_moment_said(signature.password_changed_at),
        gates=_gates_said(gates),
        **({"record_id": record.pk, "signer_id": signer.person_id, "signer": signer.label} if record else {}),
    )
    _close_if_signed(change, request, signature)
    return signature


@transaction.atomic
def closure_withdraw(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """Withdraws one's own closure request before its first signature (撤回申请).

    :raises StandsOtherwiseError: when somebody has signed already.
    """
    change = begin(actor=actor, at=at, action=Action.CLOSURE_WITHDRAW, finding_id=finding_id, version=version)
    request = request_standing(change.finding)
    if request.signatures.all():
        raise StandsOtherwiseError(
            msg(
                "This closure request is signed already, so it cannot be withdrawn; the next reviewer can "
                "send "
                "it back."
            )
        )
    request.withdrawn_reason = text_required(reason, msg("Reason"))
    request_decide(request, RequestState.WITHDRAWN, at)
    change.say(LedgerEvent.CLOSURE_WITHDRAWN, request_id=request.pk, reason=request.withdrawn_reason)
    return change.finish()


def passed(case: ClosureCase) -> tuple[GateResult, ...]:
    """Every gate's answer, when none stands in the way.

    :raises ClosureRefusedError: with every gate, when one is not met.
    """
    gates = check_gates(case)
    if not is_open(gates):
        raise ClosureRefusedError(gates)
    return gates


def _promise(finding: Finding, *, promised: bool) -> str:
    promise = finding.inspection.rules.promise
    if promise and not promised:
        raise NotPromisedError(promise=promise)
    return promise


def _close_if_signed(change: Change, request: ClosureRequest, signature: Signature) -> None:
    """Closes the finding where the signature was the last one that the ladder asks for."""
    finding = change.finding
    last = Given(signature.step, signature.by_id, signature.body_id, signature.acting_for_id)
    given = (*given_of(request), last)
    if all(is_signed(step, given, called_to(request, step) or ()) for step in ladder_for(finding.inspection)):
        _close(change, request)
        anchor_on_commit(
            ChainKey.inspection(finding.inspection_id), at=change.at, reason=AnchorReason.CLOSURE
        )


def _close(change: Change, request: ClosureRequest) -> None:
    finding = change.finding
    target = next_stage(change.stage, Action.CLOSURE_COMPLETE, nature_of(finding))
    closure = Closure(
        finding=finding,
        round=finding.round,
        request=request,
        kind=ClosureKind(target.value).value,
        at=change.at,
        stage_goal=request.stage_goal,
        recheck_on=request.recheck_on,
    )
    cleaned(closure)
    closure.save()
    if closure.recheck_on is not None:
        recheck_begin(change, closure.recheck_on)
    request_decide(request, RequestState.GRANTED, change.at)
    finding.stage = target.value
    change.say(
        LedgerEvent.FINDING_CLOSED if target is Stage.CLOSED else LedgerEvent.FINDING_STAGE_CLOSED,
        closure_id=closure.pk,
        request_id=request.pk,
        round=closure.round,
        stage_goal=closure.stage_goal,
        recheck_on=closure.recheck_on.isoformat() if closure.recheck_on else None,
    )


def request_decide(request: ClosureRequest, state: RequestState, at: datetime) -> None:
    """Writes what became of a request."""
    request.state = state.value
    request.decided_at = at
    cleaned(request)
    request.save(update_fields=["state", "decided_at", "withdrawn_reason"])


def request_standing(finding: Finding) -> ClosureRequest:
    """The request of a finding that waits for signatures."""
    request = request_open(finding)
    if request is None:
        raise AssertionError(f"finding {finding.pk} waits for signatures without a request")
    return request


def _moment_said(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _gates_said(gates: tuple[GateResult, ...]) -> list[dict[str, object]]:
    return [{"code": gate.code, "state": gate.state.value, "evidence": list(gate.evidence)} for gate in gates]
