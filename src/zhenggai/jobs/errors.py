"""Refusals about background work."""

from __future__ import annotations

from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.messages import msg


class LeaseLostError(NotAllowedNowError):
    """The job was taken away from this worker, so what it did is thrown away."""

    code = "lease_lost"
    template = msg(
        "Another worker took this job over, because this one had not been heard of for too long; what this "
        "one did is thrown away."
    )


class TaskUnknownError(InvalidError):
    """A job names a task that this version does not have."""

    code = "task_unknown"
    template = msg(
        "This version of the software has no task %(task)s. Run the worker of the version that made the job, "
        "or leave the job as it is."
    )


class JobNotFailedError(NotAllowedNowError):
    """Only a job that was given up can be run again."""

    code = "job_not_failed"
    template = msg(
        "This job is not given up (it is %(state)s), so it cannot be started again; nothing was changed."
    )


class JobSupersededError(NotAllowedNowError):
    """The same work is waiting or running already."""

    code = "job_superseded"
    template = msg("The same work is waiting or running already as job %(job)s; this one stays as it is.")
