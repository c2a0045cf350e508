"""The workbook with its cells marked (标注副本): made at once or by a job; the original stays as it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import translation

from zhenggai.documents.marking import Listing, Mark, Values, marked_copy, marked_values
from zhenggai.domain.messages import msg
from zhenggai.files import selectors as files
from zhenggai.files.services import blob_store
from zhenggai.intake.access import intake_locked
from zhenggai.intake.book_errors import NotAWorkbookError
from zhenggai.intake.book_selectors import book_of, grid_load, grid_windows, issue_words, issues_of, marked_of
from zhenggai.intake.models import Intake, IntakeBook
from zhenggai.jobs.declaring import job_task
from zhenggai.jobs.services import job_enqueue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.jobs.running import JobContext

AT_ONCE_CELLS: Final = 40_000
AT_ONCE_MARKS: Final = 4_000
COPIED_CELLS: Final = 400_000
"""Places of cells of a workbook that is copied with its formats; of a larger one the values are written."""
_PACKED: Final = b"PK"
_COPIED: Final = (".xlsx", ".xlsm")
_LIST: Final = msg("Problems of cells")
_HEADING: Final = (
    msg("Sheet"),
    msg("Cell"),
    msg("What stands there"),
    msg("Kind"),
    msg("Rule"),
    msg("Repair"),
    msg("Code"),
)
_KINDS: Final = {True: msg("question"), False: msg("error")}


@job_task(label=msg("Mark the cells of a workbook"), limit_seconds=1800)
def book_mark_later(context: JobContext, intake_id: int, language: str) -> str:
    """Makes the marked copy of a workbook in a language; the hash of its blob, empty where there is none."""
    intake = Intake.objects.get(pk=intake_id)
    book = book_of(intake)
    if book is None:
        return ""
    context.step("mark")
    sha256 = _made(intake, book, language, context.at)
    with context.once() as ending:
        _keep(intake, sha256, language)
        ending.result = sha256
    return sha256


def book_mark(*, actor: Actor, at: datetime, intake_id: int, language: str) -> bool:
    """Has a copy of a workbook made in which the cells that break a rule are marked (标注校验问题).

    The upload stays as it is. A large one is made by a job. Gives whether it is there now.

    :raises IntakeNotFoundError: when it is not this actor's.
    :raises NotAWorkbookError: when the document is none.
    """
    with transaction.atomic():
        intake = intake_locked(actor, at, intake_id)
        book = book_of(intake)
        if book is None:
            raise NotAWorkbookError(name=intake.name)
        if marked_of(intake, book, language):
            return True
        if book.cells > AT_ONCE_CELLS or book.errors + book.questions > AT_ONCE_MARKS:
            job_enqueue(book_mark_later, at=at, key=f"{intake.pk}/{language}", args=[intake.pk, language])
            return False
    sha256 = _made(intake, book, language, at)
    with transaction.atomic():
        _keep(intake, sha256, language)
    return True


def _keep(intake: Intake, sha256: str, language: str) -> None:
    book = IntakeBook.objects.select_for_update(no_key=True).get(intake=intake)
    # it is told of which reading it is; one made anew meanwhile is marked when somebody asks again
    book.marked = {**book.marked, language: {"sha256": sha256, "of": intake.reading_sha256}}
    book.save(update_fields=["marked"])


def _made(intake: Intake, book: IntakeBook, language: str, at: datetime) -> str:
    with translation.override(language):
        listing = Listing(translation.gettext(_LIST), tuple(translation.gettext(word) for word in _HEADING))
        marks = list(_marks(intake))
    data = None
    if intake.name.lower().endswith(_COPIED) and book.cells <= COPIED_CELLS:
        original = files.blob_read(intake.sha256)
        data = marked_copy(original, marks, listing) if original.startswith(_PACKED) else None
    if data is None:
        data = marked_values(_values(book), marks, listing)
    return blob_store(data, at=at, max_bytes=sys.maxsize).sha256


def _marks(intake: Intake) -> Iterator[Mark]:
    for row in issues_of(intake).iterator(chunk_size=2_000):
        rule, repair = issue_words(row)
        yield Mark(
            sheet=row.sheet_name,
            address=row.address,
            value=row.value,
            kind=translation.gettext(_KINDS[row.is_question]),
            rule=rule.render(translation.gettext),
            repair=repair.render(translation.gettext),
            code=row.code,
            is_question=row.is_question,
        )


def _values(book: IntakeBook) -> list[Values]:
    return [Values(one["name"], _rows(book, number)) for number, one in enumerate(book.sheets)]


def _rows(book: IntakeBook, sheet: int) -> Iterator[tuple[int, Sequence[str]]]:
    for window in grid_windows(book).filter(sheet=sheet):
        for row in grid_load(book, window).rows:
            yield row.number, row.cells
