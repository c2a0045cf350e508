"""Holding a finding open until a matter beside it is settled (未了事项)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.case import HoldKind
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.models import Hold
from zhenggai.ledger.services.standing import begin, cleaned, piece, text_required

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding


@transaction.atomic
def hold_open(
    *, actor: Actor, at: datetime, finding_id: int, version: int, kind: HoldKind, reference: str
) -> Finding:
    """Opens a hold (挂起未了事项): the finding cannot be closed until it is cleared.

    :raises InvalidFieldError: for an extension, which holds the finding by being asked for.
    """
    change = begin(actor=actor, at=at, action=Action.HOLD_OPEN, finding_id=finding_id, version=version)
    if HoldKind(kind) is HoldKind.EXTENSION:
        raise InvalidFieldError(
            msg(
                "An extension is asked for and decided on the page of the finding, and holds it open by "
                "itself until then. Choose another kind of hold; nothing was changed."
            )
        )
    hold = Hold(
        finding=change.finding,
        kind=HoldKind(kind).value,
        reference=text_required(reference, msg("Reference"), 200),
        opened_by_id=actor.person_id,
        opened_at=at,
    )
    cleaned(hold)
    hold.save()
    change.say(LedgerEvent.HOLD_OPENED, hold_id=hold.pk, kind=hold.kind, reference=hold.reference)
    return change.finish()


@transaction.atomic
def hold_clear(
    *, actor: Actor, at: datetime, finding_id: int, version: int, hold_id: int, reason: str
) -> Finding:
    """Clears a hold with its reason (了结未了事项); what the inspecting body opened, only that body clears.

    :raises StandsOtherwiseError: when it is cleared already.
    """
    change = begin(
        actor=actor,
        at=at,
        action=Action.HOLD_CLEAR,
        finding_id=finding_id,
        version=version,
        author_of=("holds", hold_id),
    )
    hold: Hold = piece(change.finding, "holds", hold_id)
    if hold.cleared_at is not None:
        raise StandsOtherwiseError(
            msg("The hold “%(reference)s” is cleared already."), reference=hold.reference
        )
    hold.cleared_at = at
    hold.cleared_by_id = actor.person_id
    hold.cleared_reason = text_required(reason, msg("Reason"))
    cleaned(hold)
    hold.save(update_fields=["cleared_at", "cleared_by", "cleared_reason"])
    change.say(LedgerEvent.HOLD_CLEARED, hold_id=hold.pk, reason=hold.cleared_reason)
    return change.finish()
