"""Where a job stands (任务状态)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class JobState(StrEnum):
    """Where a job stands (任务状态); ``DONE`` and ``FAILED`` are final until a person asks for it again."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


JOB_STATE_LABELS: Final[dict[JobState, str]] = {
    JobState.READY: msg("waiting"),
    JobState.RUNNING: msg("running"),
    JobState.DONE: msg("finished"),
    JobState.FAILED: msg("given up"),
}

QUICK: Final = "default"
SLOW: Final = "slow"
"""The queue of what takes hours: its jobs leave one of the workers free, where there are several."""

UNFINISHED: Final = (JobState.READY, JobState.RUNNING)
