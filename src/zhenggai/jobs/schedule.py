"""What recurs (定时任务): each task with the time of day at which it is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhenggai.domain.recurring import daily_slot
from zhenggai.jobs.declaring import task_named
from zhenggai.jobs.services import schedule_run

if TYPE_CHECKING:
    from datetime import datetime, time

    from zhenggai.jobs.declaring import JobTask
    from zhenggai.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Daily:
    """A task due every day at a time of day in the system's time zone (每日)."""

    task: JobTask[Any, Any]
    due: time


def dailies() -> tuple[Daily, ...]:
    """Everything that recurs, in rooms above as well, at the times the settings say."""
    from django.conf import settings  # noqa: PLC0415 - settings may be set up after this module

    return tuple(Daily(task_named(name), due) for name, due in settings.RECURRING)


def schedules_run(*, at: datetime) -> list[Job]:
    """Makes a job of every recurring task whose slot has come and was not made yet (到点登记)."""
    zone = timezone.get_default_timezone()
    made = (
        schedule_run(task=daily.task, slot=daily_slot(at, due=daily.due, zone=zone), at=at)
        for daily in dailies()
    )
    return [job for job in made if job is not None]
