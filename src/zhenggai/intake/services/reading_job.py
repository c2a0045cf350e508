"""Reading a large document in the background (后台识别): the end of its job and the draft stand together."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import Error as DatabaseFault
from django.utils import timezone

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.messages import Message, msg
from zhenggai.intake.models import Intake
from zhenggai.intake.services.reading import (
    TakesLongError,
    Unreadable,
    document_read,
    document_settle,
    fault_of,
)
from zhenggai.intake.states import IntakeState
from zhenggai.intake.telling import reading_tell
from zhenggai.jobs.declaring import job_task
from zhenggai.jobs.services import job_enqueue, job_withdraw
from zhenggai.jobs.states import SLOW

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.intake.services.reading import Made
    from zhenggai.jobs.running import JobContext

_ATTEMPTS_MOST: Final = 3
_NO_DATABASE: Final = msg(
    "“%(name)s” was read %(count)s times, and each time the database took nothing of it; the document is "
    "kept. Have it read again once the database answers, or hand in the text of the notice by pasting it."
)
LOSSES_MOST: Final = 5
"""Workers that may end with one document before it is held to be what ends them."""
# the reader itself gives a scan of many pages six hours, and everything else minutes
_LIMIT_SECONDS: Final = 7 * 3600
_log: Final = logging.getLogger(__name__)
AT_ONCE_MOST: Final = timedelta(minutes=10)
"""What is read before a page is over by then, or its server was ended meanwhile."""


@job_task(
    label=msg("Read a document that was handed in"),
    most_attempts=_ATTEMPTS_MOST,
    limit_seconds=_LIMIT_SECONDS,
    # somebody waits for it before a page
    priority=10,
)
def document_read_later(context: JobContext, intake_id: int, by_id: int) -> str:
    """Reads a kept document and makes its draft, or says why there is none; the state it comes to.

    ``by_id`` is the person who handed it in or had it read again; that was permitted then, so that a post
    that ends meanwhile leaves no document unread. Pages that are pictures are left to the slow queue. Where
    it was read or set aside meanwhile, nothing is done. Where the database fails the last attempt as well,
    the document says so, and whoever waits for it is told.
    """
    kept = Intake.objects.get(pk=intake_id)
    if kept.state != IntakeState.RECEIVED:
        return str(kept.state)
    try:
        return _settled(context, kept, _made(context, kept), by_id)
    except TakesLongError:
        context.move(SLOW)
        return str(kept.state)
    except DatabaseFault:
        if context.job.attempts + 1 < _ATTEMPTS_MOST:
            raise
        _log.exception("The database took nothing of document %s.", intake_id)
        why = Message(_NO_DATABASE, {"name": kept.name, "count": _ATTEMPTS_MOST})
        return _settled(context, kept, Unreadable("intake.database", why), by_id)


def _settled(context: JobContext, kept: Intake, made: Made | Unreadable, by_id: int) -> str:
    """Writes what came of it, together with the end of the job; the state the document comes to."""
    with context.once() as ending:
        at = context.at
        rows = Intake.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
        intake = rows.get(pk=kept.pk)
        if intake.state == IntakeState.RECEIVED:
            by = accounts.actor_of(accounts.person_get(by_id), timezone.localdate(at))
            document_settle(intake, made, actor=by, at=at)
            reading_tell(intake, by_id=by_id, at=at)
        ending.result = intake.state
    return str(intake.state)


def _made(context: JobContext, kept: Intake) -> Made | Unreadable:
    if context.job.losses >= LOSSES_MOST:
        return fault_of(kept)
    context.step("open")

    def on_step(step: str) -> None:
        if step == "recognise" and context.job.queue != SLOW:
            raise TakesLongError
        context.step(step)

    return document_read(
        kept, at=context.at, on_page=context.progress, on_row=context.progress, on_step=on_step
    )


def reading_order(intake: Intake, *, by_id: int, at: datetime, run_after: datetime | None = None) -> None:
    """Has a document read in the background (登记识别), inside the caller's transaction; once at a time."""
    job_enqueue(document_read_later, at=at, key=str(intake.pk), run_after=run_after, args=[intake.pk, by_id])


def reading_withdraw(intake: Intake) -> None:
    """Takes the order back (撤回识别) of what was read meanwhile; one that a worker has begun goes on."""
    job_withdraw(document_read_later, key=str(intake.pk))
