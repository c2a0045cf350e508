"""Reading a kept document (识别): outside any transaction, for it can take long; then written in one."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import Error as DatabaseFault

from zhenggai import reading as reader
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.messages import Message, msg
from zhenggai.files import selectors as files
from zhenggai.intake.drafting import draft_of, draft_of_book
from zhenggai.intake.errors import TooLargeToReadError
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.services.book_storing import book_fill
from zhenggai.intake.services.reading_book import workbook_read
from zhenggai.intake.services.recording import intake_record
from zhenggai.intake.services.storing import draft_fill, draft_shelve, reading_store
from zhenggai.intake.states import IntakeState
from zhenggai.jobs.errors import LeaseLostError
from zhenggai.reading.workbook import is_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.reading import Reading
    from zhenggai.intake.models import Intake
    from zhenggai.intake.services.book_storing import BookMade
    from zhenggai.intake.services.storing import Shelved, Stored

log = logging.getLogger(__name__)

MEBIBYTE: Final = 1024 * 1024
FAULT: Final = msg(
    "The reader stopped at “%(name)s” because of a fault of its own; the document is kept. Have it read "
    "again after "
    "the next update, or hand in the text of the notice by pasting it."
)


class TakesLongError(Exception):
    """What is watched turns out to take longer than a person waits before a page; it is no refusal."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a document is not read: the code and the sentence."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class Made:
    """What reading made, its blobs kept, no row written yet."""

    reading: Reading
    stored: Stored
    shelved: Shelved
    book: BookMade | None = None


def document_read(
    intake: Intake,
    *,
    at: datetime,
    on_page: Callable[[int, int], None],
    on_row: Callable[[int, int], None],
    on_step: Callable[[str], None],
) -> Made | Unreadable:
    """Reads the bytes of a document and keeps what came of it as blobs (识别文件); no row is changed.

    ``on_page``, ``on_row`` (of a workbook) and ``on_step`` are told how far it is; each may end it with
    `TakesLongError` or `LeaseLostError`. A database that does not answer is no fault of the document: that is
    raised too.
    """
    refusal = too_large(intake)
    if refusal is not None:
        return refusal
    try:
        data = files.blob_read(intake.sha256)
        if reader.may_be_workbook(data, intake.name) and is_workbook(data, intake.name):
            book = workbook_read(intake, data, at=at, on_step=on_step, on_row=on_row)
            return _book_made(book, at, on_row)
        reading = reader.read(
            data,
            name=intake.name,
            max_bytes=max(len(data), 1),
            max_pages=settings.ZHENGGAI_MAX_PDF_PAGES,
            on_page=on_page,
            on_step=on_step,
            explain=True,
        )
        on_step("store")
        stored = reading_store(reading, at)
        return Made(reading, stored, draft_shelve(draft_of(reading, stored.flags), stored, _untold))
    except (DatabaseFault, LeaseLostError, TakesLongError):
        raise
    except ZhenggaiError as error:
        return Unreadable(error.code, error.message)
    except Exception:  # a fault of the reader must not lose the upload: it becomes the state of the document
        log.exception("The reader failed on document %s.", intake.pk)
        return fault_of(intake)


def _book_made(book: BookMade, at: datetime, on_row: Callable[[int, int], None]) -> Made:
    reading = book.read.reading
    stored = reading_store(reading, at, unread=book.read.cover.unread())
    count = len(reading.findings)
    shelved = draft_shelve(draft_of_book(book.read), stored, lambda done: on_row(done, count))
    return Made(reading, stored, shelved, book)


def _untold(_row: int) -> None:
    """A notice has too few findings for anybody to be told how far it is."""


def too_large(intake: Intake) -> Unreadable | None:
    """Why a document is too large to be read, or nothing."""
    if intake.size_bytes <= settings.ZHENGGAI_MAX_UPLOAD_BYTES:
        return None
    refusal = TooLargeToReadError(
        name=intake.name,
        size=-(-intake.size_bytes // MEBIBYTE),
        limit=settings.ZHENGGAI_MAX_UPLOAD_BYTES // MEBIBYTE,
    )
    return Unreadable(refusal.code, refusal.message)


def fault_of(intake: Intake) -> Unreadable:
    """The sentence for a document on which the reader itself fails."""
    return Unreadable("intake.fault", Message(FAULT, {"name": intake.name}))


def document_settle(intake: Intake, made: Made | Unreadable, *, actor: Actor, at: datetime) -> None:
    """Writes what came of a reading: the draft, or why there is none (识别入库).

    ``intake`` is the row, locked by the caller, whose transaction this belongs to, and without a draft.
    """
    intake.read_at = at
    intake.version += 1
    if isinstance(made, Unreadable):
        intake.state = IntakeState.FAILED.value
        intake.failure = {
            "code": made.code,
            "template": made.message.template,
            "values": plain_values(made.message),
        }
        intake.save()
        intake_record(intake, IntakeEvent.FAILED, actor, at, {"code": made.code})
        return
    ids = draft_fill(intake, made.reading, made.stored, made.shelved)
    if made.book is not None:
        book_fill(intake, made.book, ids)
    intake.state = IntakeState.DRAFT.value
    intake.failure = None
    intake.save()
    intake_record(
        intake,
        IntakeEvent.READ,
        actor,
        at,
        {
            "findings": len(made.reading.findings),
            "unread": made.shelved.unread.count if made.book else len(made.reading.unread),
            "reading_sha256": intake.reading_sha256,
            "text_sha256": intake.text_sha256,
        },
    )


def plain_values(message: Message) -> dict[str, Any]:
    """The values of a sentence as JSON; a sentence inside is kept as a template of its own."""
    return {
        name: {"template": value.template, "values": plain_values(value)}
        if isinstance(value, Message)
        else value
        if isinstance(value, int | float)
        else str(value)
        for name, value in message.values.items()
    }
