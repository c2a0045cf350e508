"""Many findings gone through at once, or by a job (批量办理任务), with how far it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.batches import AT_ONCE_MOST, BatchState, ManyAction, RowState
from zhenggai.domain.messages import msg
from zhenggai.jobs.declaring import job_task
from zhenggai.jobs.selectors import job_unfinished
from zhenggai.jobs.services import job_enqueue
from zhenggai.ledger.models import Batch, BatchRow, Inspection
from zhenggai.ledger.services.batching import (
    BatchNotFoundError,
    batch_confirm,
    batch_end,
    batch_run,
    batch_wish,
)
from zhenggai.ledger.visibility import inspections_seen

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.jobs.running import JobContext
    from zhenggai.ledger.batch_wishes import BatchWish

_GOES: Final = "zhenggai.ledger.batch_jobs.batch_go"
_RUNNING: Final = (BatchState.TRYING.value, BatchState.DOING.value)


def batch_try(*, actor: Actor, at: datetime, batch_id: int, action: ManyAction, wish: BatchWish) -> Batch:
    """Looks at what an action would do to each finding chosen (试办); many are looked at by a job.

    :raises BatchNotFoundError: and the other refusals of `batch_wish`.
    """
    with transaction.atomic():
        batch = batch_wish(actor=actor, batch_id=batch_id, action=action, wish=wish)
        is_long = batch.total > AT_ONCE_MOST
        if is_long:
            _enqueue(batch, at)
    if not is_long:
        _at_once(actor, at, batch)
    return batch


def batch_do(*, actor: Actor, at: datetime, batch_id: int, run: int) -> Batch:
    """Does it to those that can (办理); many by a job. Sent twice, each finding is changed once.

    :raises BatchNotFoundError: and the other refusals of `batch_confirm`.
    """
    with transaction.atomic():
        was = Batch.objects.filter(pk=batch_id).values_list("state", flat=True).first()
        batch = batch_confirm(actor=actor, batch_id=batch_id, run=run)
        ready = batch.rows.filter(state=RowState.READY.value).count()
        begins = was == BatchState.TRIED and batch.state == BatchState.DOING
        if begins and ready > AT_ONCE_MOST:
            _enqueue(batch, at)
    if begins and ready <= AT_ONCE_MOST:
        _at_once(actor, at, batch)
    return batch


@transaction.atomic
def batch_go_on(*, actor: Actor, at: datetime, batch_id: int) -> Batch:
    """Has a batch gone on with whose run came to an end midway (继续办理); by a job, behind what was done.

    :raises BatchNotFoundError: when there is none, it is another's, or the actor sees its inspection no more.
    """
    batch = batch_get(actor, batch_id)
    if batch.state in _RUNNING:
        _enqueue(batch, at)
    return batch


def _at_once(actor: Actor, at: datetime, batch: Batch) -> None:
    batch_run(actor=actor, clock=lambda: at, batch=batch, on_row=_untold)
    batch_end(batch=batch, at=at)


def _untold(_done: int, _total: int) -> None:
    """Nobody watches."""


def _enqueue(batch: Batch, at: datetime) -> None:
    job_enqueue(batch_go, at=at, key=str(batch.pk), args=[batch.pk])


@job_task(label=msg("Go through many findings"), most_attempts=3, limit_seconds=4 * 3600, priority=5)
def batch_go(context: JobContext, batch_id: int) -> int:
    """Tries or does what is left of a batch, with the posts its person holds by then; how many findings."""
    batch = Batch.objects.filter(pk=batch_id, state__in=_RUNNING).first()
    if batch is None:
        return 0
    person = accounts.person_get(batch.person_id)
    actor = accounts.actor_of(person, timezone.localdate(context.at))
    batch_run(actor=actor, clock=lambda: context.at, batch=batch, on_row=context.progress)
    with context.once() as ending:
        batch_end(batch=batch, at=context.at)
        ending.result = batch.total
    return batch.total


def batch_get(actor: Actor, batch_id: int) -> Batch:
    """A batch of the actor's own, with its inspection (我的批量).

    :raises BatchNotFoundError: when there is none, or it is another's.
    """
    rows = Batch.objects.select_related("inspection__subject", "inspection__inspector_organisation")
    seen = Inspection.objects.filter(inspections_seen(actor))
    batch = rows.filter(pk=batch_id, person_id=actor.person_id, inspection__in=seen).first()
    if batch is None:
        raise BatchNotFoundError
    return batch


def batches_of(actor: Actor, inspection: Inspection) -> list[Batch]:
    """What the actor chose in an inspection (我的批量), the newest first."""
    return list(Batch.objects.filter(person_id=actor.person_id, inspection=inspection))


def batch_rows(batch: Batch, state: RowState | None = None) -> QuerySet[BatchRow]:
    """The rows of a batch in the order of the list, of one state or all."""
    rows = batch.rows.order_by("position")
    return rows.filter(state=state.value) if state else rows


@dataclass(frozen=True, slots=True)
class BatchStanding:
    """How far a batch is: rows by state; of one that runs how many are gone through, or that it stopped."""

    counts: Counter[RowState]
    done: int = 0
    total: int = 0
    is_running: bool = False
    is_stopped: bool = False


def batch_standing(batch: Batch) -> BatchStanding:
    """How far a batch is (批量进度); two queries."""
    grouped = batch.rows.order_by().values_list("state").annotate(count=Count("pk"))
    counts = Counter({RowState(state): count for state, count in grouped})
    if batch.state not in _RUNNING:
        return BatchStanding(counts)
    is_trial = batch.state == BatchState.TRYING
    left = counts[RowState.WAITING if is_trial else RowState.READY]
    total = batch.total if is_trial else batch.total - counts[RowState.BARRED]
    has_job = job_unfinished(_GOES, str(batch.pk)) is not None
    return BatchStanding(counts, total - left, total, is_running=has_job, is_stopped=not has_job)
