"""The worker's loop (执行进程): look, take, do; live through a database that is away for a while."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from django.db import Error as DatabaseFault
from django.db import connections

from zhenggai.jobs.models import Job, Worker
from zhenggai.jobs.running import job_run
from zhenggai.jobs.schedule import schedules_run
from zhenggai.jobs.selectors import ALIVE
from zhenggai.jobs.services import LEASE, job_take, jobs_reap, worker_gone, worker_seen
from zhenggai.jobs.states import QUICK, SLOW, JobState

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from datetime import datetime, timedelta

_log: Final = logging.getLogger(__name__)
_LONGEST_PAUSE: Final = 30.0


def work(
    *,
    name: str,
    clock: Callable[[], datetime],
    stop: threading.Event,
    until_idle: bool = False,
    pause_seconds: float = 1.0,
    lease: timedelta = LEASE,
    on_limit: Callable[[], None] = lambda: None,
) -> int:
    """Does jobs until ``stop`` is set, or with ``until_idle`` until none is ready (执行); how many it tried.

    The job under way when ``stop`` is set is finished first. A database that does not answer is asked again
    after a while, at most every 30 s.
    """
    count, pause = 0, pause_seconds
    kept: datetime | None = None
    while not stop.is_set():
        try:
            at = clock()
            if kept is None or at < kept or at - kept >= lease / 4:
                _keep_house(name, at)
                kept = at
            job = _next(name, at, lease)
            pause = pause_seconds
            if job is not None:
                count += 1
                job_run(job, clock=clock, lease=lease, on_limit=on_limit)
                continue
        except DatabaseFault as fault:
            _log.warning(
                "The database does not answer (%s); asked again in %s s.", type(fault).__name__, pause
            )
            connections.close_all()
            stop.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
            continue
        if until_idle:
            break
        stop.wait(pause)
    try:
        worker_gone(name=name)
    except DatabaseFault:
        _log.warning("Worker %s could not take its name off the list.", name)
    return count


def _keep_house(name: str, at: datetime) -> None:
    worker_seen(name=name, at=at)
    jobs_reap(at=at)
    schedules_run(at=at)


def _next(name: str, at: datetime, lease: timedelta) -> Job | None:
    # looked at first without a lock: on SQLite taking begins with the one write lock there is
    for queue in (QUICK, SLOW):
        waiting = Job.objects.filter(state=JobState.READY, queue=queue, run_after__lte=at)
        if waiting.exists() and (queue == QUICK or _may_be_slow(at)):
            job = job_take(worker=name, queue=queue, at=at, lease=lease)
            if job is not None:
                return job
    return None


def _may_be_slow(at: datetime) -> bool:
    """Whether one of the living workers stays free when this one begins what takes hours; a lone one may."""
    alive = Worker.objects.filter(seen_at__gte=at - ALIVE).count()
    return Job.objects.filter(state=JobState.RUNNING, queue=SLOW).count() < max(1, alive - 1)
