"""Making jobs and moving them on (任务登记与流转): every move is a compare-and-set on the lease's token."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from zhenggai.accounts.selectors import organisation_root_id
from zhenggai.domain.errors import InvalidError, NotFoundError, NotPermittedError, ZhenggaiError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, Facts, judge
from zhenggai.jobs.declaring import task_named
from zhenggai.jobs.errors import JobNotFailedError, JobSupersededError, LeaseLostError, TaskUnknownError
from zhenggai.jobs.models import Job, Schedule, Worker
from zhenggai.jobs.states import JOB_STATE_LABELS, UNFINISHED, JobState
from zhenggai.proofs.chain import moment_text
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.jobs.declaring import JobTask

LEASE: Final = timedelta(seconds=60)
MOST_LOSSES: Final = 20
"""Workers that may die with one job before it is held to be what kills them."""
_STEP: Final = 4
"""Characters of the path of a root organisation."""
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(hours=1)
_WORKER_FORGOTTEN: Final = timedelta(days=1)
_DECIDED: Final = (InvalidError, NotFoundError, NotPermittedError)
"""Refusals that a second try would meet again."""

WORKER_LOST: Final = msg(
    "The workers that took this job ended without a word %(losses)s times, so it is not tried again. Look at "
    "the worker's log, then start it again."
)
FAULT: Final = msg(
    "The task stopped with a fault of the software (%(kind)s); the worker's log has the place."
)


def job_enqueue(
    task: JobTask[Any, Any],
    *,
    at: datetime,
    key: str = "",
    run_after: datetime | None = None,
    args: Sequence[Any] = (),
    kwargs: Mapping[str, Any] | None = None,
) -> Job:
    """Makes a job (登记任务), inside the caller's transaction: it exists when, and only when, that commits.

    With a ``key`` the unfinished job of the same task and key is returned instead of a second one.
    """
    fields = {
        "arguments": {"args": list(args), "kwargs": dict(kwargs or {})},
        "queue": task.queue_name,
        "priority": task.priority,
        "state": JobState.READY,
        "enqueued_at": at,
        "run_after": run_after or at,
    }
    if not key:
        return Job.objects.create(task=task.module_path, **fields)
    while True:
        standing = Job.objects.filter(task=task.module_path, key=key, state__in=UNFINISHED).first()
        if standing is not None:
            return standing
        try:
            with transaction.atomic():
                return Job.objects.create(task=task.module_path, key=key, **fields)
        except IntegrityError:
            # somebody else was first; unless theirs is over already, the next look finds it
            continue


def job_withdraw(task: JobTask[Any, Any], *, key: str) -> bool:
    """Takes a job back that no worker has begun (撤回任务); whether there was one."""
    return bool(Job.objects.filter(task=task.module_path, key=key, state=JobState.READY).delete()[0])


@transaction.atomic
def job_take(*, worker: str, queue: str, at: datetime, lease: timedelta = LEASE) -> Job | None:
    """The next job, now this worker's until ``at`` + ``lease`` (领取任务), or None.

    Highest priority first, then the one that waits longest. Workers never wait for each other here.
    """
    waiting = Job.objects.filter(state=JobState.READY, queue=queue, run_after__lte=at)
    skip = connection.features.has_select_for_update_skip_locked
    job = (
        waiting.select_for_update(skip_locked=skip).order_by(F("priority").desc(), "run_after", "id").first()
    )
    if job is None:
        return None
    job.state, job.token = JobState.RUNNING, secrets.token_hex(16)
    job.lease_until, job.started_at = at + lease, job.started_at or at
    job.workers = [*job.workers, worker]
    # how far another worker was with it is of no use to this one
    job.step, job.done, job.total = "", None, None
    job.save(
        update_fields=["state", "token", "lease_until", "started_at", "workers", "step", "done", "total"]
    )
    return job


def job_beat(job: Job, *, at: datetime, lease: timedelta = LEASE) -> None:
    """Keeps the job for this worker a while longer (续期).

    Raises:
        LeaseLostError: when it is no longer this worker's.
    """
    if not _held(job).update(lease_until=at + lease):
        raise LeaseLostError


def job_progress(job: Job, *, done: int, total: int, at: datetime, lease: timedelta = LEASE) -> None:
    """Notes ``done`` of ``total`` pieces (进度) and keeps the job a while longer.

    Raises:
        LeaseLostError: when it is no longer this worker's.
    """
    if not _held(job).update(done=min(done, total), total=total, lease_until=at + lease):
        raise LeaseLostError


def job_step(job: Job, *, step: str, at: datetime, lease: timedelta = LEASE) -> None:
    """Notes what the task comes to now (步骤), with no progress in it yet, and keeps the job a while longer.

    Raises:
        LeaseLostError: when it is no longer this worker's.
    """
    if not _held(job).update(step=step, done=None, total=None, lease_until=at + lease):
        raise LeaseLostError


def job_finish(job: Job, *, result: Any, at: datetime) -> None:
    """Ends a job as done (完成); inside a transaction, whatever else that holds stands or falls with it.

    Raises:
        LeaseLostError: when it is no longer this worker's.
    """
    moved = _held(job).update(
        state=JobState.DONE,
        token="",
        lease_until=None,
        finished_at=at,
        result=result,
        fault_code="",
        fault_template="",
        fault_values={},
        done=F("total"),
    )
    if not moved:
        raise LeaseLostError


def job_move(job: Job, *, queue: str, at: datetime) -> None:
    """Puts a job back into another queue (转入队列), to be begun anew by whoever takes it there.

    Raises:
        LeaseLostError: when it is no longer this worker's.
    """
    moved = _held(job).update(
        state=JobState.READY,
        queue=queue,
        token="",
        lease_until=None,
        run_after=at,
        step="",
        done=None,
        total=None,
    )
    if not moved:
        raise LeaseLostError


def job_fail(job: Job, *, fault: Exception, most_attempts: int, at: datetime) -> JobState | None:
    """Ends an attempt with a fault (失败): tried again later and later, or given up; None if it was lost.

    A refusal that would be the same again (invalid, not found, not permitted) is given up at once. The waits
    are 30 s, 2 min, 8 min … at most an hour. Of an unexpected exception only its kind is kept, never its
    words: they may hold personal data.
    """
    attempts = job.attempts + 1
    is_over = attempts >= most_attempts or isinstance(fault, (*_DECIDED, TaskUnknownError))
    code, message = _told(fault)
    fields: dict[str, Any] = {
        "token": "",
        "lease_until": None,
        "attempts": attempts,
        "fault_code": code,
        "fault_template": message.template,
        "fault_values": {name: str(value) for name, value in message.values.items()},
    }
    if is_over:
        fields |= {"state": JobState.FAILED, "finished_at": at}
    else:
        wait = min(_FIRST_WAIT * 4 ** (attempts - 1), _LONGEST_WAIT)
        fields |= {"state": JobState.READY, "run_after": at + wait}
    if not _held(job).update(**fields):
        return None
    return JobState(fields.get("state", JobState.READY))


@transaction.atomic
def jobs_reap(*, at: datetime) -> int:
    """Takes jobs back from workers that are no longer heard of (回收); how many.

    A job that ended the lives of 20 workers is given up.
    """
    skip = connection.features.has_select_for_update_skip_locked
    lost = list(
        Job.objects.select_for_update(skip_locked=skip)
        .filter(state=JobState.RUNNING, lease_until__lt=at)
        .order_by("pk")[:500]
    )
    for job in lost:
        job.losses += 1
        job.token, job.lease_until = "", None
        if job.losses >= MOST_LOSSES:
            job.state, job.finished_at = JobState.FAILED, at
            job.fault_code, job.fault_template = "worker_lost", WORKER_LOST
            job.fault_values = {"losses": str(job.losses)}
        else:
            job.state, job.run_after = JobState.READY, at
        job.save()
    return len(lost)


def worker_seen(*, name: str, at: datetime) -> None:
    """Notes that a worker lives (心跳); those not heard of for a day are forgotten."""
    if not Worker.objects.filter(name=name).update(seen_at=at):
        Worker.objects.create(name=name, started_at=at, seen_at=at)
        Worker.objects.filter(seen_at__lt=at - _WORKER_FORGOTTEN).delete()


def worker_gone(*, name: str) -> None:
    """Forgets a worker that ended in order (退出)."""
    Worker.objects.filter(name=name).delete()


@transaction.atomic
def schedule_run(*, task: JobTask[Any, Any], slot: datetime, at: datetime) -> Job | None:
    """Makes the job of a recurring task for its latest slot, once for all workers (定时).

    None if it was made already. Slots missed while nothing ran are caught up by this one job.
    """
    name = task.module_path
    row, is_new = Schedule.objects.get_or_create(name=name, defaults={"last_slot": slot})
    if not is_new and not Schedule.objects.filter(pk=row.pk, last_slot__lt=slot).update(last_slot=slot):
        return None
    return job_enqueue(task, at=at, key=name)


@transaction.atomic
def job_restart(*, job_id: int, actor: Actor, at: datetime) -> Job:
    """Lets a job that was given up be tried again from the beginning (重新执行).

    Raises:
        NotPermittedError: when the actor administers nothing.
        NotFoundError: when there is no such job.
        JobNotFailedError: when it is not given up.
        JobSupersededError: when the same work waits or runs already.
    """
    root_path = jobs_judged(actor)
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFoundError(msg("There is no such job; it may have been cleared away."))
    if job.state != JobState.FAILED:
        raise JobNotFailedError(state=Message(JOB_STATE_LABELS[JobState(job.state)]))
    # a task that is gone cannot be started again
    task_named(job.task)
    if job.key:
        other = Job.objects.filter(task=job.task, key=job.key, state__in=UNFINISHED).first()
        if other is not None:
            raise JobSupersededError(job=other.pk)
    job.state, job.run_after, job.finished_at = JobState.READY, at, None
    job.attempts = job.losses = 0
    job.save(update_fields=["state", "run_after", "finished_at", "attempts", "losses"])
    record(
        chain=ChainKey.organisation(organisation_root_id(root_path)),
        name="jobs.job.restarted",
        actor=actor,
        at=at,
        subject=("job", job.pk),
        values={"task": job.task, "enqueued_at": moment_text(job.enqueued_at)},
    )
    return job


def jobs_root_path(actor: Actor) -> str | None:
    """The root organisation that the actor administers whole, by its path; None where there is none."""
    roots = sorted({grant.path[:_STEP] for grant in actor.grants})
    return next(
        (path for path in roots if judge(actor, Action.JOBS_MANAGE, Facts(subject_path=path)).allowed), None
    )


def jobs_judged(actor: Actor) -> str:
    """Sees that the actor administers a whole root organisation; its path.

    Raises:
        NotPermittedError: with the reason.
    """
    path = jobs_root_path(actor)
    if path is None:
        refused = judge(actor, Action.JOBS_MANAGE, Facts()).reason or Message(msg("This is not yours to do."))
        raise NotPermittedError(refused.template, **refused.values)
    return path


def jobs_prune(*, done_before: datetime, failed_before: datetime) -> int:
    """Clears finished jobs away (清理); how many."""
    done, _ = Job.objects.filter(state=JobState.DONE, finished_at__lt=done_before).delete()
    failed, _ = Job.objects.filter(state=JobState.FAILED, finished_at__lt=failed_before).delete()
    return done + failed


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)


def _told(fault: Exception) -> tuple[str, Message]:
    if isinstance(fault, ZhenggaiError):
        return fault.code, fault.message
    return "fault", Message(FAULT, {"kind": type(fault).__name__})
