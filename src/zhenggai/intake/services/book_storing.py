"""What one reading of a workbook leaves beside its draft (表格入库): grid, mapping, problems of cells."""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from zhenggai.files.services import blob_store
from zhenggai.intake.book_view import sheets_shown
from zhenggai.intake.grid import grid_cut
from zhenggai.intake.models import CellIssue, HeaderMapping, IntakeBook, SheetWindow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from zhenggai.intake.models import Intake
    from zhenggai.reading.workbook import Mapping as BookMapping
    from zhenggai.reading.workbook import WorkbookReading

_MEMORY_BYTES: Final = 8 * 1024 * 1024
_BATCH: Final = 500
_ROW: Final = re.compile(r"[A-Z]{1,3}(\d{1,7})")


@dataclass(frozen=True, slots=True)
class BookMade:
    """The reading of a workbook and the blob of its grid, no row written yet."""

    read: WorkbookReading
    guessed: BookMapping
    remembered: Mapping[str, Mapping[str, str]]
    grid_sha256: str
    windows: tuple[SheetWindow, ...]


def grid_store(read: WorkbookReading, at: datetime) -> tuple[str, tuple[SheetWindow, ...]]:
    """Keeps the sheets in stretches as one blob (保存表格); its hash, and where each stretch stands."""
    windows = []
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as grid:
        for position, window in enumerate(grid_cut(read.layout)):
            data = window.to_json()
            windows.append(
                SheetWindow(
                    position=position,
                    sheet=window.sheet,
                    first_row=window.rows[0].number + 1,
                    last_row=window.rows[-1].number + 1,
                    start=window.span.start,
                    end=window.span.end,
                    offset_bytes=grid.tell(),
                    length_bytes=len(data),
                )
            )
            grid.write(data)
        grid.seek(0)
        blob = blob_store(grid, at=at, max_bytes=sys.maxsize)
    return blob.sha256, tuple(windows)


def book_fill(intake: Intake, made: BookMade, finding_ids: Sequence[int]) -> None:
    """Writes what pages show of the workbook; what a person chose for it is remembered now (记住映射)."""
    read = made.read
    book = IntakeBook.objects.filter(intake=intake).first() or IntakeBook(intake=intake)
    book.sheets = sheets_shown(read.layout.book, made.guessed, read.mapping, made.remembered)
    book.kept = [
        {"sheet": one.sheet, "sheet_name": one.sheet_name, "name": one.name[:200], "cells": one.cells}
        for one in read.cover.kept_columns()
    ]
    book.grid_sha256 = made.grid_sha256
    book.cells = sum(len(cells) for sheet in read.layout.book.sheets for cells in sheet.rows)
    book.questions = sum(issue.is_question for issue in read.issues)
    book.errors = len(read.issues) - book.questions
    book.marked = {}
    for window in made.windows:
        window.intake = intake
    SheetWindow.objects.bulk_create(made.windows, batch_size=_BATCH)
    issues = _issues(intake, read, finding_ids)
    while batch := list(islice(issues, _BATCH)):
        CellIssue.objects.bulk_create(batch)
    if book.remembers:
        _remember(intake, book, read.mapping)
        book.remembers = False
    book.save()


def _issues(intake: Intake, read: WorkbookReading, finding_ids: Sequence[int]) -> Iterator[CellIssue]:
    sheets = {sheet.name: number for number, sheet in enumerate(read.layout.book.sheets)}
    for position, issue in enumerate(read.issues):
        sheet = sheets[issue.sheet]
        found = _ROW.match(issue.address)
        row = int(found[1]) - 1 if found else None
        index = read.cover.finding_at(sheet, row) if row is not None else None
        yield CellIssue(
            intake=intake,
            position=position,
            code=issue.code,
            sheet=sheet,
            sheet_name=issue.sheet.replace("\x00", ""),
            row=row,
            address=issue.address,
            value=issue.value.replace("\x00", ""),
            words={name: _plain(value) for name, value in issue.rule.values.items()},
            is_question=issue.is_question,
            finding_id=finding_ids[index] if index is not None else None,
        )


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float) else str(value).replace("\x00", "")


def _remember(intake: Intake, book: IntakeBook, mapping: BookMapping) -> None:
    """Keeps what every header was held to be; the kind only where sheets of the same header agree in it."""
    if book.chosen_at is None:
        return
    kinds: dict[str, set[str]] = {}
    for one in mapping.sheets:
        kinds.setdefault(one.fingerprint, set()).add(one.kind.value)
    for one in mapping.sheets:
        if one.header is None:
            continue
        agreed = kinds[one.fingerprint]
        HeaderMapping.objects.update_or_create(
            organisation_id=intake.organisation_id,
            fingerprint=one.fingerprint,
            defaults={
                "kind": one.kind.value if len(agreed) == 1 else "",
                "roles": [column.guess.role for column in one.header.columns],
                "names": [column.name[:200].replace("\x00", "") for column in one.header.columns],
                "saved_by": book.chosen_by,
                "saved_at": book.chosen_at,
            },
        )
