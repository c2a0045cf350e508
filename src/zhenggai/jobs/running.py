"""Doing one job (执行任务): with a heart that beats beside it and an end that happens once."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import Error as DatabaseFault
from django.db import connections, transaction
from django_tasks import TaskContext

from zhenggai.jobs.backend import result_of
from zhenggai.jobs.declaring import task_named
from zhenggai.jobs.errors import LeaseLostError, TaskUnknownError
from zhenggai.jobs.services import (
    LEASE,
    job_beat,
    job_fail,
    job_finish,
    job_move,
    job_progress,
    job_step,
    worker_seen,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, timedelta

    from zhenggai.jobs.models import Job

_log: Final = logging.getLogger(__name__)
_BEATS_PER_LEASE: Final = 4
_PROGRESS_SECONDS: Final = 1.0


@dataclass
class Ending:
    """What a job hands back (结果): JSON."""

    result: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobContext(TaskContext):
    """What a task gets as ``context`` (任务上下文): its moment, progress, and the end that happens once."""

    job: Job
    clock: Callable[[], datetime]
    lease: timedelta = LEASE
    _told: dict[str, float] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """The moment, aware."""
        return self.clock()

    def progress(self, done: int, total: int) -> None:
        """Says how far it is (进度); written about once a second, so it may be called for every piece.

        Raises:
            LeaseLostError: when the job is no longer this worker's; the task should end there.
        """
        now = time.monotonic()
        if done < total and now - self._told.get("progress", 0.0) < _PROGRESS_SECONDS:
            return
        self._told["progress"] = now
        job_progress(self.job, done=done, total=total, at=self.clock(), lease=self.lease)

    def step(self, word: str) -> None:
        """Says what it comes to now (步骤), by a word of the task's own; progress is counted anew.

        Raises:
            LeaseLostError: when the job is no longer this worker's; the task should end there.
        """
        job_step(self.job, step=word, at=self.clock(), lease=self.lease)
        self._told.pop("progress", None)

    @contextmanager
    def once(self) -> Iterator[Ending]:
        """A transaction that ends the job (一次完成): what is written in it stands exactly once.

        It is the last thing a task does. If the worker dies before the commit, nothing of it stands and the
        job is tried again; once it stands, the job is done.

        Raises:
            LeaseLostError: when the job is no longer this worker's; nothing written in it stands.
        """
        ending = Ending()
        with transaction.atomic():
            # first of all, so that on PostgreSQL the row is held and the reaper passes it by
            job_beat(self.job, at=self.clock(), lease=self.lease)
            yield ending
            job_finish(self.job, result=ending.result, at=self.clock())
        self._told["ended"] = 1.0

    def move(self, queue: str) -> None:
        """Leaves the job to another queue (转入队列), in which it begins anew; the last thing a task does.

        Raises:
            LeaseLostError: when the job is no longer this worker's.
        """
        job_move(self.job, queue=queue, at=self.clock())
        self._told["ended"] = 1.0

    @property
    def has_ended(self) -> bool:
        """Whether `once` has committed, or another queue has it."""
        return "ended" in self._told


class Heart(threading.Thread):
    """Renews the lease while the job runs; after ``limit_seconds`` it stops, and calls ``on_limit``."""

    def __init__(
        self,
        job: Job,
        *,
        clock: Callable[[], datetime],
        lease: timedelta,
        limit_seconds: float,
        on_limit: Callable[[], None],
    ) -> None:
        super().__init__(name=f"heart of job {job.pk}", daemon=True)
        self._job, self._clock, self._lease = job, clock, lease
        self._until = time.monotonic() + limit_seconds
        self._on_limit = on_limit
        self._ended = threading.Event()

    def run(self) -> None:
        """Beat until stopped, lost or too late."""
        pause = self._lease.total_seconds() / _BEATS_PER_LEASE
        try:
            while not self._ended.wait(min(pause, max(self._until - time.monotonic(), 0.0))):
                if time.monotonic() >= self._until:
                    self._on_limit()
                    return
                try:
                    at = self._clock()
                    job_beat(self._job, at=at, lease=self._lease)
                    # a worker that is long at one job lives all the same
                    worker_seen(name=self._job.workers[-1], at=at)
                except DatabaseFault as fault:
                    # busy or away for a moment: the lease outlives several beats
                    _log.warning(
                        "The lease of job %s was not renewed (%s).", self._job.pk, type(fault).__name__
                    )
                    connections.close_all()
        except LeaseLostError:
            _log.warning("Job %s is no longer this worker's.", self._job.pk)
        finally:
            connections.close_all()

    def stop(self) -> None:
        """End it and wait."""
        self._ended.set()
        self.join()


def job_run(
    job: Job,
    *,
    clock: Callable[[], datetime],
    lease: timedelta = LEASE,
    on_limit: Callable[[], None] = lambda: None,
) -> bool:
    """Does a job this worker has taken (执行); whether it is done.

    ``on_limit`` is called from another thread when the task takes longer than it may.
    """
    try:
        task = task_named(job.task)
    except TaskUnknownError as fault:
        job_fail(job, fault=fault, most_attempts=1, at=clock())
        return False
    context = JobContext(task_result=result_of(job, task), job=job, clock=clock, lease=lease)
    heart = Heart(job, clock=clock, lease=lease, limit_seconds=task.limit_seconds, on_limit=on_limit)
    heart.start()
    args, kwargs = job.arguments["args"], job.arguments["kwargs"]
    try:
        result = task.call(*((context,) if task.takes_context else ()), *args, **kwargs)
        if not context.has_ended:
            job_finish(job, result=result, at=clock())
    except LeaseLostError:
        _log.warning("Job %s (%s) was taken over; its work is thrown away.", job.pk, job.task)
        return False
    except Exception as fault:
        if context.has_ended:
            raise
        state = job_fail(job, fault=fault, most_attempts=task.most_attempts, at=clock())
        # the place, not the words: an exception's words may hold personal data
        place = "".join(traceback.format_tb(fault.__traceback__))
        _log.error("Job %s (%s): %s; now %s.\n%s", job.pk, job.task, type(fault).__name__, state, place)
        return False
    finally:
        heart.stop()
    return True
