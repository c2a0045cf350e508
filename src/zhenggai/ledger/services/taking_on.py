"""What a unit answers to an assignment (受领、退回、转办): accept, decline, ask for a transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.accounts.selectors import organisations_below
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InvalidFieldError
from zhenggai.ledger.models import Refusal
from zhenggai.ledger.services.standing import begin, cleaned

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.accounts.models import Organisation
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def finding_accept(*, actor: Actor, at: datetime, finding_id: int, version: int) -> Finding:
    """The lead unit takes the finding on (受领)."""
    change = begin(actor=actor, at=at, action=Action.FINDING_ACCEPT, finding_id=finding_id, version=version)
    change.say(LedgerEvent.FINDING_ACCEPTED)
    return change.finish()


@transaction.atomic
def finding_decline(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """The lead unit does not take the finding on (退回交办), with its reason; the office assigns it anew.

    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.FINDING_DECLINE, finding_id=finding_id, version=version)
    row = _refused(change, reason, None)
    change.say(LedgerEvent.FINDING_DECLINED, refusal_id=row.pk, unit_id=row.unit_id, reason=row.reason)
    return change.finish()


@transaction.atomic
def finding_transfer(
    *, actor: Actor, at: datetime, finding_id: int, version: int, to_unit_id: int, reason: str
) -> Finding:
    """The lead unit asks that another unit leads (申请转办), with its reason; the office assigns it anew.

    What was done under the finding stays, and who did it: a transfer makes nobody a stranger to the work.

    :raises InvalidFieldError: when the other unit is none of the inspected organisation, or the same.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.FINDING_TRANSFER, finding_id=finding_id, version=version)
    finding = change.finding
    units = organisations_below(finding.inspection.subject.path)
    unit = units.filter(pk=to_unit_id).exclude(pk=finding.lead_unit_id).first()
    if unit is None:
        raise InvalidFieldError(
            msg(
                "The unit to transfer to is not another open organisation at or below the inspected one. "
                "Choose one of those; nothing was changed."
            )
        )
    row = _refused(change, reason, unit)
    change.say(
        LedgerEvent.FINDING_TRANSFERRED,
        refusal_id=row.pk,
        unit_id=row.unit_id,
        to_unit_id=unit.pk,
        to_unit=unit.name,
        reason=row.reason,
    )
    return change.finish()


def _refused(change: Change, reason: str, to_unit: Organisation | None) -> Refusal:
    row = Refusal(
        finding=change.finding,
        unit=change.finding.lead_unit,
        to_unit=to_unit,
        reason=decision_reason(reason),
        by_id=change.actor.person_id,
        at=change.at,
    )
    cleaned(row)
    row.save()
    return row
