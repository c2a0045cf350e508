"""How far the reading of a document is (识别进度), as the job that does it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.intake.states import IntakeState
from zhenggai.jobs.selectors import job_unfinished
from zhenggai.jobs.states import JobState

if TYPE_CHECKING:
    from zhenggai.intake.models import Intake

READS: Final = "zhenggai.intake.services.reading_job.document_read_later"
"""The task that reads, by its dotted name: jobs are found by it, and the task itself lives above."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is: ``done`` of ``total`` pages of its ``step``, null where nobody can tell.

    ``is_begun`` is false while no worker has taken it.
    """

    is_begun: bool
    step: str
    done: int | None
    total: int | None


def progress_of(intake: Intake) -> Progress | None:
    """How far the reading of a document is; nothing where none is ordered or under way. One query at most."""
    if intake.state != IntakeState.RECEIVED:
        return None
    job = job_unfinished(READS, str(intake.pk))
    if job is None:
        return None
    if job.state == JobState.READY:
        return Progress(is_begun=False, step="", done=None, total=None)
    return Progress(is_begun=True, step=job.step, done=job.done, total=job.total)
