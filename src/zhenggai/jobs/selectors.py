"""What the status page shows (任务状态查询)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Count

from zhenggai.jobs.declaring import task_named
from zhenggai.jobs.errors import TaskUnknownError
from zhenggai.jobs.models import Job, Schedule, Worker
from zhenggai.jobs.states import UNFINISHED, JobState

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

ALIVE: Final = timedelta(seconds=60)
"""A worker is taken to live this long after it was last heard of."""


@dataclass(frozen=True, slots=True)
class WorkerView:
    """A worker and whether it lives."""

    name: str
    started_at: datetime
    seen_at: datetime
    is_alive: bool


def job_unfinished(task: str, key: str) -> Job | None:
    """The job of a task, by its dotted name, and key that waits or runs; one query of an index."""
    return Job.objects.filter(task=task, key=key, state__in=UNFINISHED).first()


def jobs_counts() -> dict[JobState, int]:
    """How many jobs stand where; one query."""
    found = dict(Job.objects.values_list("state").annotate(count=Count("pk")).order_by())
    return {state: found.get(state.value, 0) for state in JobState}


def jobs_listed(state: JobState | None = None) -> QuerySet[Job]:
    """Jobs, the newest first, of one state or of all."""
    rows = Job.objects.order_by("-pk")
    return rows if state is None else rows.filter(state=state)


def job_label(job: Job) -> str:
    """The msgid of what a job does; its dotted name where this version does not know it."""
    try:
        return task_named(job.task).label or job.task
    except TaskUnknownError:
        return job.task


def workers_listed(at: datetime) -> list[WorkerView]:
    """The workers, the one heard of last first."""
    return [
        WorkerView(row.name, row.started_at, row.seen_at, row.seen_at >= at - ALIVE)
        for row in Worker.objects.order_by("-seen_at", "name")
    ]


def schedules_last() -> dict[str, datetime]:
    """Up to which moment each recurring task, by its dotted name, has been made into jobs."""
    return dict(Schedule.objects.values_list("name", "last_slot"))
