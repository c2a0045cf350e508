"""The database as a backend of the ``django-tasks`` API (任务后端)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import TaskError
from django_tasks.exceptions import TaskResultDoesNotExist

from zhenggai.jobs.declaring import JobTask, task_named
from zhenggai.jobs.models import Job
from zhenggai.jobs.services import job_enqueue
from zhenggai.jobs.states import JobState

if TYPE_CHECKING:
    from django_tasks.base import Task

_STATUS: Final = {
    JobState.READY: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.FAILED: TaskResultStatus.FAILED,
}


class DatabaseBackend(BaseTaskBackend):
    """Jobs as rows (任务表), made in the caller's transaction.

    ``task.enqueue(…)`` reads the clock here, because the API hands none over; services call `job_enqueue`
    with their own moment.
    """

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Make a job of the call."""
        self.validate_task(task)
        assert isinstance(task, JobTask)  # noqa: S101 - `task_class` makes no other
        job = job_enqueue(task, at=timezone.now(), run_after=task.run_after, args=args, kwargs=kwargs)
        return result_of(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The job of this id as the API's value.

        Raises:
            TaskResultDoesNotExist: when there is none.
        """
        job = Job.objects.filter(pk=result_id).first() if result_id.isdecimal() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, task_named(job.task))


def result_of(job: Job, task: JobTask[Any, Any]) -> TaskResult[Any]:
    """A job as the API shows it."""
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=str(job.pk),
        status=_STATUS[JobState(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.arguments["args"],
        kwargs=job.arguments["kwargs"],
        backend=task.backend,
        errors=[TaskError(exception_class_path=job.fault_code, traceback="")] if job.fault_code else [],
        worker_ids=list(job.workers),
    )
    # as every backend of the API sets it: the value is frozen
    object.__setattr__(result, "_return_value", job.result)
    return result
