"""Which documents an actor may work on, and the lock every change of a draft begins with (权限与锁)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.actions import Action
from zhenggai.domain.errors import NotPermittedError
from zhenggai.domain.policy import Facts, judge
from zhenggai.intake.errors import (
    AlreadyConfirmedError,
    BeingReadError,
    IntakeNotFoundError,
    IntakeRestrictedError,
    NotReadError,
    SetAsideError,
)
from zhenggai.intake.models import DraftFinding, Intake
from zhenggai.intake.progress import progress_of
from zhenggai.intake.states import IntakeState
from zhenggai.ledger.compared_findings import keys_kept_from

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.errors import ZhenggaiError


def intake_locked(
    actor: Actor, at: datetime, intake_id: int, *, action: Action = Action.INTAKE_UPLOAD
) -> Intake:
    """The document's row, locked to the end of the transaction (锁定).

    The actor is judged by the posts that hold at this moment, whatever held when the page was asked for.

    :raises IntakeNotFoundError: when there is none, or it is not this actor's to see.
    :raises NotPermittedError: when it is, and the posts do not allow the action.
    :raises IntakeRestrictedError: when it tells of restricted findings kept from the actor.
    """
    rows = Intake.objects.select_for_update(of=("self",), no_key=True).select_related(
        "organisation", "uploader"
    )
    intake = rows.filter(pk=intake_id).first()
    actor = actor_standing(actor, timezone.localdate(at))
    if intake is None or not judge(actor, Action.INTAKE_UPLOAD, facts_of(intake)).allowed:
        raise IntakeNotFoundError
    permit(actor, action, facts_of(intake))
    open_to(actor, intake)
    return intake


def open_to(actor: Actor, intake: Intake) -> None:
    """Refuses a document that tells by its keys of restricted findings kept from the actor (受限文件).

    Not to whoever handed it in, who has it.

    :raises IntakeRestrictedError: with its name.
    """
    if intake.uploader_id == actor.person_id:
        return
    kept = keys_kept_from(actor, intake.organisation.path)
    if kept and DraftFinding.objects.filter(intake=intake, key__in=kept).exists():
        raise IntakeRestrictedError(name=intake.name)


def draft_locked(
    actor: Actor, at: datetime, intake_id: int, *, action: Action = Action.INTAKE_UPLOAD
) -> Intake:
    """The document's row, locked, where its draft can be changed.

    :raises IntakeNotFoundError: when it is not this actor's.
    :raises NotPermittedError: when it is, and the posts do not allow the action.
    :raises NotAllowedNowError: when it is confirmed, set aside, being read or not read.
    """
    intake = intake_locked(actor, at, intake_id, action=action)
    refusal = draft_refusal(intake)
    if refusal is not None:
        raise refusal
    return intake


def facts_of(intake: Intake) -> Facts:
    """What `judge` needs to know of a document."""
    return Facts(subject_path=intake.organisation.path)


def permit(actor: Actor, action: Action, facts: Facts) -> None:
    """Refuses what the actor's posts do not allow, with the reason.

    :raises NotPermittedError: with the reason of the verdict.
    """
    verdict = judge(actor, action, facts)
    if not verdict.allowed:
        reason = verdict.reason
        raise NotPermittedError(reason.template, **reason.values) if reason else NotPermittedError("")


def draft_refusal(intake: Intake) -> ZhenggaiError | None:
    """Why the draft cannot be changed as things stand, or nothing."""
    state = IntakeState(intake.state)
    if state is IntakeState.CONFIRMED:
        return confirmed_refusal(intake)
    if state is IntakeState.ABANDONED:
        return SetAsideError(name=intake.name, by=intake.settled_by)
    if progress_of(intake) is not None:
        return BeingReadError(name=intake.name)
    if state is not IntakeState.DRAFT:
        return NotReadError(name=intake.name)
    return None


def confirmed_refusal(intake: Intake) -> AlreadyConfirmedError:
    """The sentence for a draft that is a ledger already."""
    inspection = intake.inspection
    if inspection is None:
        raise AssertionError("a confirmed intake has an inspection")
    return AlreadyConfirmedError(
        inspection_id=inspection.pk, name=intake.name, by=intake.settled_by, inspection=inspection.title
    )
