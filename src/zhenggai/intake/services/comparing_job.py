"""Comparing and taking in large drafts in the background (后台比对与入账); small ones while the person waits.

Each is one transaction that ends its job: it happened once, or nothing of it did. What is refused meanwhile
stands on the comparison, and its page says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actions import Action
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.messages import msg
from zhenggai.intake.access import draft_locked
from zhenggai.intake.compare_errors import ComparisonBusyError
from zhenggai.intake.compare_progress import compare_key, compare_progress
from zhenggai.intake.errors import DraftChangedError
from zhenggai.intake.models import Comparison, DraftFinding, Intake
from zhenggai.intake.services.comparing import comparison_make
from zhenggai.intake.services.reading import plain_values
from zhenggai.intake.services.taking import Taken, comparison_checked, comparison_confirm
from zhenggai.intake.telling import compared_tell
from zhenggai.jobs.declaring import job_task
from zhenggai.jobs.services import job_enqueue
from zhenggai.ledger.compared_findings import has_findings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.jobs.running import JobContext

_LIMIT_SECONDS: Final = 3 * 3600


def comparison_order(
    *, actor: Actor, at: datetime, intake_id: int, version: int, inspection_id: int
) -> Comparison | None:
    """Compares a draft, or has a large one compared (比对或后台比对); nothing where a job does it.

    :raises ComparisonBusyError: when a job compares it or takes it in already.
    :raises DraftChangedError: and the like of `comparison_make`.
    """
    with transaction.atomic():
        intake = draft_locked(actor, at, intake_id, action=Action.INTAKE_CONFIRM)
        _idle(intake, actor)
        if intake.version != version:
            raise DraftChangedError(name=intake.name)
        if _is_large(intake):
            # whether it is the actor's to see at all
            has_findings(actor, inspection_id)
            _waiting(intake, actor, at, inspection_id)
            args = [intake.pk, actor.person_id, version, inspection_id]
            job_enqueue(draft_compare_later, at=at, key=compare_key(intake.pk, actor.person_id), args=args)
            return None
    given = {"intake_id": intake_id, "version": version, "inspection_id": inspection_id}
    return comparison_make(actor=actor, at=at, **given)


def comparison_take(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    version: int,
    left_out: int = 0,
    dismiss_rest: bool = False,
) -> Taken | None:
    """Takes a compared draft into the ledger, or has a large one taken in (入账或后台入账).

    Nothing is given back where a job does it; what can be refused at once is.

    :raises ComparisonBusyError: when a job compares it or takes it in already.
    :raises AlreadyConfirmedError: and the like of `comparison_confirm`.
    """
    given: dict[str, Any] = {"version": version, "left_out": left_out, "dismiss_rest": dismiss_rest}
    with transaction.atomic():
        comparison, _figures = comparison_checked(actor, at, intake_id, version=version, left_out=left_out)
        _idle(comparison.intake, actor)
        if _is_large(comparison.intake):
            Comparison.objects.filter(pk=comparison.pk).update(refusal=None)
            job_enqueue(
                draft_take_later,
                at=at,
                key=compare_key(intake_id, actor.person_id),
                args=[intake_id, actor.person_id],
                kwargs=given,
            )
            return None
    return comparison_confirm(actor=actor, at=at, intake_id=intake_id, **given)


@job_task(label=msg("Compare a draft with a ledger"), limit_seconds=_LIMIT_SECONDS, priority=10)
def draft_compare_later(
    context: JobContext, intake_id: int, by_id: int, version: int, inspection_id: int
) -> str:
    """Compares a large draft for the person who asked; what it was refused for, or how many rows it has."""

    def act(actor: Actor) -> str:
        given = {"intake_id": intake_id, "version": version, "inspection_id": inspection_id}
        made = comparison_make(actor=actor, at=context.at, **given)
        return str(made.rows.count())

    return _done(context, intake_id, by_id, "compare", act)


@job_task(label=msg("Take a compared draft into a ledger"), limit_seconds=_LIMIT_SECONDS, priority=10)
def draft_take_later(
    context: JobContext, intake_id: int, by_id: int, *, version: int, left_out: int, dismiss_rest: bool
) -> str:
    """Takes a large draft in for the person who asked, by the posts of now; what came of it."""

    def act(actor: Actor) -> str:
        given: dict[str, Any] = {"version": version, "left_out": left_out, "dismiss_rest": dismiss_rest}
        taken = comparison_confirm(actor=actor, at=context.at, intake_id=intake_id, **given)
        return f"{taken.added}+{taken.changed}"

    return _done(context, intake_id, by_id, "take", act)


def _done(context: JobContext, intake_id: int, by_id: int, step: str, act: Callable[[Actor], str]) -> str:
    context.step(step)
    with context.once() as ending:
        actor = accounts.actor_of(accounts.person_get(by_id), timezone.localdate(context.at))
        try:
            with transaction.atomic():
                ending.result = act(actor)
        except ZhenggaiError as error:
            ending.result = error.code
            kept = {"template": error.message.template, "values": plain_values(error.message)}
            Comparison.objects.filter(intake_id=intake_id, by_id=by_id).update(refusal=kept)
        compared_tell(Intake.objects.get(pk=intake_id), step, by_id=by_id, at=context.at)
    return str(ending.result)


def _idle(intake: Intake, actor: Actor) -> None:
    if compare_progress(intake.pk, actor.person_id) is not None:
        raise ComparisonBusyError(name=intake.name)


def _is_large(intake: Intake) -> bool:
    rows = DraftFinding.objects.filter(intake=intake, dropped_at__isnull=True)
    return rows.count() > settings.ZHENGGAI_TAKE_AT_ONCE_FINDINGS


def _waiting(intake: Intake, actor: Actor, at: datetime, inspection_id: int) -> None:
    """The row of a comparison that a job will make; what was chosen before stays until then."""
    mine = Comparison.objects.filter(intake=intake, by_id=actor.person_id)
    mine.exclude(inspection_id=inspection_id).delete()
    if not mine.update(refusal=None):
        # of no version of the draft: it can be looked at, and not confirmed
        Comparison.objects.create(
            intake=intake, inspection_id=inspection_id, by_id=actor.person_id, draft_version=0, made_at=at
        )
