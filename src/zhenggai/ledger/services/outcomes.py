"""Recording what came of the work in numbers (登记成效), and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.closing import decision_reason
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OutcomeKind, outcome_number
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.models import Evidence, Outcome
from zhenggai.ledger.services.standing import begin, cleaned, piece

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding


@transaction.atomic
def outcome_record(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    kind: OutcomeKind,
    quantity: Decimal,
    evidence_id: int,
    happened_on: date,
) -> Finding:
    """Records an outcome with the evidence that proves it (登记成效); ``quantity`` is yuan for money.

    :raises OutcomeNumberError: when the number or amount cannot be.
    :raises StandsOtherwiseError: when the evidence was withdrawn.
    :raises InvalidFieldError: when the day is still to come.
    :raises DayImpossibleError: when nobody can have meant that day.
    """
    change = begin(actor=actor, at=at, action=Action.OUTCOME_RECORD, finding_id=finding_id, version=version)
    finding = change.finding
    evidence: Evidence = piece(finding, "evidence", evidence_id)
    if evidence.withdrawn_at is not None:
        raise StandsOtherwiseError(
            msg("“%(title)s” was withdrawn and proves nothing any more. Name evidence that stands."),
            title=evidence.title,
        )
    day_checked(happened_on, msg("Day of the outcome"))
    if happened_on > timezone.localdate(at):
        raise InvalidFieldError(
            msg(
                "The day of the outcome, %(on)s, is still to come. Give the day of the fact; nothing was "
                "changed."
            ),
            on=happened_on.isoformat(),
        )
    row = Outcome(
        finding=finding,
        round=finding.round,
        kind=OutcomeKind(kind).value,
        quantity=outcome_number(OutcomeKind(kind), quantity),
        evidence=evidence,
        happened_on=happened_on,
        by_id=actor.person_id,
        at=at,
    )
    cleaned(row)
    row.save()
    change.say(
        LedgerEvent.OUTCOME_RECORDED,
        outcome_id=row.pk,
        round=row.round,
        outcome=row.kind,
        quantity=str(row.quantity),
        evidence_id=evidence.pk,
        title=evidence.title,
        happened_on=happened_on.isoformat(),
    )
    return change.finish()


@transaction.atomic
def outcome_withdraw(
    *, actor: Actor, at: datetime, finding_id: int, version: int, outcome_id: int, reason: str
) -> Finding:
    """Withdraws an outcome with its reason (撤回成效); it stays to be seen, and is not counted any more.

    :raises StandsOtherwiseError: when it is withdrawn already.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.OUTCOME_WITHDRAW, finding_id=finding_id, version=version)
    row: Outcome = piece(change.finding, "outcomes", outcome_id)
    if row.withdrawn_at is not None:
        raise StandsOtherwiseError(msg("This outcome is withdrawn already; nothing was changed."))
    row.withdrawn_at = at
    row.withdrawn_by_id = actor.person_id
    row.withdrawn_reason = decision_reason(reason)
    cleaned(row)
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    change.say(
        LedgerEvent.OUTCOME_WITHDRAWN, outcome_id=row.pk, outcome=row.kind, reason=row.withdrawn_reason
    )
    return change.finish()
