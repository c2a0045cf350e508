"""Setting a document aside, and taking it up again (搁置与恢复)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.closing import visible_text
from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.messages import msg
from zhenggai.intake.access import confirmed_refusal, intake_locked
from zhenggai.intake.errors import BeingReadError
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.progress import progress_of
from zhenggai.intake.services.reading_job import reading_order
from zhenggai.intake.services.recording import intake_record
from zhenggai.intake.states import IntakeState

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.intake.models import Intake


class AbandonReasonError(InvalidError):
    """A document is set aside without saying why."""

    code = "intake.abandon_reason"
    template = msg("Say why “%(name)s” is set aside: the reason stays with it. Nothing was changed yet.")


class NotSetAsideError(NotAllowedNowError):
    """The document is not set aside, so it cannot be taken up again."""

    code = "intake.not_set_aside"
    template = msg(
        "“%(name)s” is not set aside, so there is nothing to take up again. It can be worked on as it is."
    )


def intake_abandon(*, actor: Actor, at: datetime, intake_id: int, reason: str) -> Intake:
    """Set a document aside (搁置): the upload, the draft and the reason stay.

    :raises NotAllowedNowError: when it is in the ledger already, or still being read.
    :raises AbandonReasonError: without a reason.
    """
    plain = visible_text(reason)
    with transaction.atomic():
        intake = intake_locked(actor, at, intake_id)
        if intake.state == IntakeState.CONFIRMED:
            raise confirmed_refusal(intake)
        if intake.state == IntakeState.ABANDONED:
            return intake
        if progress_of(intake) is not None:
            raise BeingReadError(name=intake.name)
        if not plain:
            raise AbandonReasonError(name=intake.name)
        intake.state = IntakeState.ABANDONED.value
        intake.settled_at = at
        intake.settled_by = actor.label
        intake.settled_reason = plain
        intake.version += 1
        intake.save()
        intake_record(intake, IntakeEvent.ABANDONED, actor, at, {"reason": plain})
    return intake


def intake_reopen(*, actor: Actor, at: datetime, intake_id: int) -> Intake:
    """Take up again what was set aside (恢复), as it stood then; what nobody had read yet is read now.

    :raises NotAllowedNowError: when it is not set aside.
    """
    with transaction.atomic():
        intake = intake_locked(actor, at, intake_id)
        if intake.state == IntakeState.CONFIRMED:
            raise confirmed_refusal(intake)
        if intake.state != IntakeState.ABANDONED:
            raise NotSetAsideError(name=intake.name)
        if intake.view_sha256:
            intake.state = IntakeState.DRAFT.value
        else:
            intake.state = (IntakeState.FAILED if intake.failure else IntakeState.RECEIVED).value
        intake.settled_at = None
        intake.settled_by = intake.settled_reason = ""
        intake.version += 1
        intake.save()
        intake_record(intake, IntakeEvent.REOPENED, actor, at)
        if intake.state == IntakeState.RECEIVED:
            reading_order(intake, by_id=actor.person_id, at=at)
    return intake
