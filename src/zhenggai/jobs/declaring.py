"""Declaring a task (任务声明): a function that a worker calls, with what the pages say of it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from django_tasks import default_task_backend
from django_tasks.base import Task

from zhenggai.jobs.errors import TaskUnknownError

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.jobs.running import JobContext

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task[P, T]):
    """A task of the ``django-tasks`` API, with what this backend and the pages need (任务).

    ``label`` is the msgid the pages show. It is tried ``most_attempts`` times, each for at most
    ``limit_seconds`` seconds; then its worker gives itself up, so that a hanging one blocks nobody for good.
    """

    label: str = ""
    most_attempts: int = 5
    limit_seconds: int = 3600


def job_task(
    *, label: str, most_attempts: int = 5, limit_seconds: int = 3600, priority: int = 0
) -> Callable[[Callable[Concatenate[JobContext, P], T]], JobTask[P, T]]:
    """Makes a function whose first argument is ``context`` a task (声明任务); see `JobTask` for the rest."""

    def made(function: Callable[Concatenate[JobContext, P], T]) -> JobTask[P, T]:
        return JobTask(
            func=function,  # type: ignore[arg-type] # the API's own decorator drops the context likewise
            takes_context=True,
            priority=priority,
            label=label,
            most_attempts=most_attempts,
            limit_seconds=limit_seconds,
        )

    return made


def task_named(name: str) -> JobTask[Any, Any]:
    """The task of a dotted name.

    Raises:
        TaskUnknownError: when this version has none of this name.
    """
    module, _, function = name.rpartition(".")
    # nothing else is imported, whatever stands in the row
    if module.partition(".")[0] in default_task_backend.options["packages"]:
        try:
            found = getattr(import_module(module), function, None)
        except ModuleNotFoundError:
            found = None
        if isinstance(found, JobTask):
            return found
    raise TaskUnknownError(task=name)
