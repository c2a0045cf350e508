"""Suspending the work on a finding and resuming it (暂停、恢复): recorded, while the clock runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.policy import Action
from zhenggai.ledger.deadlines import suspension_open
from zhenggai.ledger.models import Suspension
from zhenggai.ledger.services.standing import begin, cleaned

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding


@transaction.atomic
def suspension_begin(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """Suspends the work on a finding (暂停整改): neither work nor closing until it is resumed.

    The deadline runs on; more time is asked for as ever.

    :raises SuspendedError: when it is suspended already.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.SUSPENSION_BEGIN, finding_id=finding_id, version=version)
    suspension = Suspension(
        finding=change.finding, reason=decision_reason(reason), begun_by_id=actor.person_id, begun_at=at
    )
    cleaned(suspension)
    suspension.save()
    change.say(LedgerEvent.SUSPENSION_BEGUN, suspension_id=suspension.pk, reason=suspension.reason)
    return change.finish()


@transaction.atomic
def suspension_end(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """Resumes the work on a finding (恢复整改), with the reason.

    :raises NotSuspendedError: when it is not suspended.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.SUSPENSION_END, finding_id=finding_id, version=version)
    suspension = suspension_open(change.finding)
    if suspension is None:
        raise AssertionError(f"finding {finding_id} is resumed without a suspension")
    suspension.ended_at = at
    suspension.ended_by_id = actor.person_id
    suspension.ended_reason = decision_reason(reason)
    cleaned(suspension)
    suspension.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    change.say(LedgerEvent.SUSPENSION_ENDED, suspension_id=suspension.pk, reason=suspension.ended_reason)
    return change.finish()
