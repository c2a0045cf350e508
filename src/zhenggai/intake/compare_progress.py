"""Whether a draft is being compared or taken in by a job (后台比对进度)."""

from __future__ import annotations

from typing import Final

from zhenggai.jobs.selectors import job_unfinished

_JOBS: Final = "zhenggai.intake.services.comparing_job"
TASKS: Final = {"compare": f"{_JOBS}.draft_compare_later", "take": f"{_JOBS}.draft_take_later"}
"""The tasks by their dotted names: jobs are found by them, and the tasks themselves live above."""


def compare_key(intake_id: int, person_id: int) -> str:
    """By which the jobs of one person for one draft are found."""
    return f"{intake_id}/{person_id}"


def compare_progress(intake_id: int, person_id: int) -> str | None:
    """What a job is doing or about to do with a person's comparison: ``compare`` or ``take``; two queries."""
    key = compare_key(intake_id, person_id)
    return next((step for step, task in TASKS.items() if job_unfinished(task, key) is not None), None)
