"""Tasks for the tests: what they did is a chain of the trail, so that every time counts."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from zhenggai.domain.actor import Actor
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg
from zhenggai.jobs.declaring import job_task
from zhenggai.jobs.states import SLOW
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from zhenggai.jobs.running import JobContext

CHAIN = ChainKey.inspection(77)
PERSONAL = "张三 13800000000"
ACTOR = Actor(3, "张示例")


def noted(context: JobContext, number: int) -> None:
    record(chain=CHAIN, name="example.job.done", actor=ACTOR, at=context.at, subject=("example", number))


@job_task(label="Write down once", most_attempts=3)
def written_once(context: JobContext, number: int, seconds: float = 0.0) -> None:
    for step in range(10):
        context.progress(step, 10)
        time.sleep(seconds / 10)
    with context.once() as ending:
        noted(context, number)
        ending.result = {"number": number}


@job_task(label="Write down and fail", most_attempts=3)
def written_then_failing(context: JobContext, number: int) -> None:
    with context.once():
        noted(context, number)
        raise OSError(PERSONAL)


@job_task(label="Fail", most_attempts=3)
def failing(context: JobContext) -> None:
    raise OSError(PERSONAL)


@job_task(label="Refuse", most_attempts=3)
def refusing(context: JobContext) -> None:
    raise InvalidError(msg("The name %(name)s is taken; choose another."), name="示例")


@job_task(label="Add up")
def adding(context: JobContext, first: int, second: int) -> int:
    return first + second


@job_task(label="Move")
def moving(context: JobContext) -> str:
    if context.job.queue != SLOW:
        context.move(SLOW)
        return "not yet"
    return "done there"


@job_task(label="Hang", limit_seconds=1)
def hanging(context: JobContext, seconds: float) -> None:
    time.sleep(seconds)


@job_task(label="Die")
def dying(context: JobContext) -> None:
    os._exit(9)
