"""Large workbooks are made by a job (后台导出): ordered, made, told, handed out for a while, cleared away."""

from __future__ import annotations

import os
import secrets
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.messages import Message, msg
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.sending import send_or_log
from zhenggai.inbox.services import News
from zhenggai.jobs.declaring import job_task
from zhenggai.jobs.selectors import job_unfinished
from zhenggai.jobs.services import job_enqueue
from zhenggai.jobs.states import JobState
from zhenggai.ledger.errors import ExportGoneError, ExportsWaitingError
from zhenggai.ledger.export_wishes import wish_of, wish_said
from zhenggai.ledger.exporting_book import ledger_book_write
from zhenggai.ledger.models import Finding, LedgerExport
from zhenggai.ledger.selectors import inspection_get
from zhenggai.ledger.sight import kept_from
from zhenggai.ledger.visibility import sees_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import BinaryIO

    from zhenggai.domain.actor import Actor
    from zhenggai.jobs.models import Job
    from zhenggai.jobs.running import JobContext
    from zhenggai.ledger.exporting_book import BookWish

WAITING_MOST: Final = 5
"""Workbooks that one person waits for at a time."""
_MAKES: Final = "zhenggai.ledger.export_jobs.ledger_book_make"
_READY: Final = msg("The workbook of “%(title)s” with %(total)s findings is ready until %(until)s.")
_FAILED: Final = msg("The workbook of “%(title)s” was not made: you no longer see this inspection.")


@transaction.atomic
def ledger_book_order(*, actor: Actor, at: datetime, wish: BookWish) -> LedgerExport:
    """Has a workbook made in the background (登记后台导出); one that waits for the same wish is returned.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    :raises ExportsWaitingError: when the actor waits for five others.
    """
    inspection = inspection_get(actor, wish.inspection_id)
    said = wish_said(wish)
    rows = LedgerExport.objects.filter(
        person_id=actor.person_id, made_at__isnull=True, failed_at__isnull=True
    )
    # what no job makes any more is waited for in vain
    waiting = [each for each in rows if export_job(each) is not None]
    same = (each for each in waiting if (each.inspection_id, each.wish) == (inspection.pk, said))
    if (standing := next(same, None)) is not None:
        return standing
    if len(waiting) >= WAITING_MOST:
        raise ExportsWaitingError(count=len(waiting))
    export = LedgerExport.objects.create(
        person_id=actor.person_id, inspection=inspection, wish=said, token=secrets.token_hex(16), asked_at=at
    )
    job_enqueue(ledger_book_make, at=at, key=str(export.pk), args=[export.pk])
    return export


@job_task(label=msg("Make a workbook of a ledger"), most_attempts=3, limit_seconds=2 * 3600, priority=5)
def ledger_book_make(context: JobContext, export_id: int) -> int:
    """Makes a workbook that was ordered, of what the person sees by then; how many findings it holds.

    Whoever ordered it is told. Where the person sees the inspection no more, nothing is made.
    """
    export = LedgerExport.objects.filter(pk=export_id, made_at__isnull=True, failed_at__isnull=True).first()
    if export is None:
        return 0
    at = context.at
    actor = accounts.actor_of(accounts.person_get(export.person_id), timezone.localdate(at))
    target = export_path(export)
    # another worker that holds the job to be its own writes a file of its own
    descriptor, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    partial_file = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            total = ledger_book_write(
                file,
                actor=actor,
                at=at,
                wish=wish_of(export.inspection_id, export.wish),
                on_row=context.progress,
            )
            file.flush()
            os.fsync(file.fileno())
            size = file.seek(0, os.SEEK_END)
        export.is_whole = sees_whole(actor, inspection_get(actor, export.inspection_id))
        partial_file.replace(target)
    except NotFoundError:
        _fail(context, export)
        return 0
    finally:
        partial_file.unlink(missing_ok=True)
    with context.once() as ending:
        made = context.at
        export.made_at, export.total, export.size_bytes = made, total, size
        export.expires_at = made + timedelta(hours=settings.ZHENGGAI_EXPORT_HOURS)
        export.save(update_fields=["made_at", "total", "size_bytes", "expires_at", "is_whole"])
        _tell(export, made)
        ending.result = total
    return total


def _fail(context: JobContext, export: LedgerExport) -> None:
    with context.once() as ending:
        export.failed_at = context.at
        export.save(update_fields=["failed_at"])
        _tell(export, context.at)
        ending.result = 0


def _tell(export: LedgerExport, at: datetime) -> None:
    news = partial(_news, export)
    transaction.on_commit(partial(send_or_log, news, at, TargetKind.EXPORT.value, export.pk))


def _news(export: LedgerExport) -> Iterator[News]:
    title = export.inspection.title
    message = Message(_FAILED, {"title": title})
    if export.expires_at is not None:
        until = f"{timezone.localtime(export.expires_at):%Y-%m-%d %H:%M}"
        message = Message(_READY, {"title": title, "total": export.total, "until": until})
    yield News(
        person_id=export.person_id,
        kind=NoticeKind.EXPORT,
        message=message,
        key=f"export:{export.pk}",
        target=(TargetKind.EXPORT, export.pk),
    )


def exports_of(actor: Actor) -> list[LedgerExport]:
    """The workbooks made for the actor (我的导出), the newest first."""
    rows = LedgerExport.objects.filter(person_id=actor.person_id)
    return list(rows.select_related("inspection"))


def exports_named(actor: Actor, ids: set[int]) -> dict[int, LedgerExport]:
    """Those of the exports that are the actor's own; no query without ids."""
    rows = LedgerExport.objects.filter(person_id=actor.person_id, pk__in=ids).select_related("inspection")
    return {each.pk: each for each in rows} if ids else {}


def export_job(export: LedgerExport) -> Job | None:
    """The job that makes the workbook, while it waits or runs."""
    return job_unfinished(_MAKES, str(export.pk))


@dataclass(frozen=True, slots=True)
class ExportStanding:
    """How far a workbook is (导出进度): ``waiting``, ``running``, ``ready``, ``over`` or ``failed``."""

    state: str
    done: int | None = None
    total: int | None = None


def export_standing(export: LedgerExport, at: datetime) -> ExportStanding:
    """How far a workbook is that was ordered, or whether it can still be downloaded."""
    if export.expires_at is not None:
        return ExportStanding("ready" if export.expires_at > at else "over", export.total, export.total)
    job = export_job(export) if export.failed_at is None else None
    if job is None:
        return ExportStanding("failed")
    if job.state == JobState.READY:
        return ExportStanding("waiting")
    return ExportStanding("running", job.done, job.total)


def export_get(actor: Actor, export_id: int) -> LedgerExport:
    """A workbook that was ordered by the actor (我的导出).

    :raises ExportGoneError: when there is none, or it is another's.
    """
    export = exports_named(actor, {export_id}).get(export_id)
    if export is None:
        raise ExportGoneError
    return export


def export_open(actor: Actor, export_id: int, at: datetime) -> tuple[LedgerExport, BinaryIO]:
    """A workbook made for the actor, open to be read (下载导出文件).

    :raises ExportGoneError: when there is none, it is another's, its time is over, or it holds what the actor
        no longer sees: it is to be made anew.
    """
    rows = LedgerExport.objects.select_related("inspection")
    export = rows.filter(pk=export_id, person_id=actor.person_id, expires_at__gt=at).first()
    if export is None or not _still_seen(actor, export):
        raise ExportGoneError
    try:
        return export, export_path(export).open("rb")
    except FileNotFoundError:
        raise ExportGoneError from None


def _still_seen(actor: Actor, export: LedgerExport) -> bool:
    """Whether nothing of what the workbook holds was taken from the actor's sight since it was made."""
    try:
        inspection = inspection_get(actor, export.inspection_id)
    except NotFoundError:
        return False
    if export.is_whole and not sees_whole(actor, inspection):
        return False
    restricted = Finding.objects.filter(inspection=inspection, restricted_at__gte=export.made_at)
    return not kept_from(actor, restricted).exists()


@job_task(label=msg("Clear away workbooks whose time is over"))
def exports_clear(context: JobContext) -> int:
    """Deletes workbooks past their time, and orders as old that came to nothing (清理导出文件); how many."""
    at = context.at
    before = at - timedelta(hours=settings.ZHENGGAI_EXPORT_HOURS)
    over = LedgerExport.objects.filter(expires_at__lte=at) | LedgerExport.objects.filter(
        made_at__isnull=True, asked_at__lte=before
    )
    count = over.delete()[0]
    known = {f"{token}.xlsx" for token in LedgerExport.objects.values_list("token", flat=True)}
    for file in exports_folder().iterdir():
        # one that is being written now is younger
        if file.name not in known and file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)
    return count


def exports_folder() -> Path:
    """The folder of workbooks made for people, with access for its owner only; never served."""
    folder = Path(settings.ZHENGGAI_DATA_DIR) / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def export_path(export: LedgerExport) -> Path:
    """Where the workbook lies."""
    return exports_folder() / f"{export.token}.xlsx"
