"""What one reading of a workbook leaves beside its draft (表格入库): grid, mapping, problems of cells."""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhenggai.files.services import blob_store
from zhenggai.intake.book_view import sheets_shown
from zhenggai.intake.grid import grid_cut
from zhenggai.intake.models import CellIssue, HeaderMapping, IntakeBook, SheetWindow
from zhenggai.intake.services.shelving import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from zhenggai.intake.models import Intake
    from zhenggai.reading.workbook import Mapping as BookMapping
    from zhenggai.reading.workbook import WorkbookReading

_MEMORY_BYTES: Final = 8 * 1024 * 1024
_ROW: Final = re.compile(r"[A-Z]{1,3}(\d{1,7})")


@dataclass(frozen=True, slots=True)
class BookMade:
    """The reading of a workbook and the blob of its grid, no row written yet."""

    read: WorkbookReading
    grid_sha256: str
    windows: Shelf
    issues: Shelf
    shown: list[dict[str, Any]]
    kept: list[dict[str, Any]]


def book_shelve(
    read: WorkbookReading,
    guessed: BookMapping,
    remembered: Mapping[str, Mapping[str, str]],
    at: datetime,
    on_row: Callable[[int, int], None],
) -> BookMade:
    """Makes ready what pages show of a workbook (备好表格), outside any transaction.

    ``on_row`` is told how many rows of all stand in the grid.
    """
    sha256, windows = _grid_store(read, at, on_row)
    issues = Shelf(CellIssue)
    for issue, index in _issues(read):
        issues.add(issue, finding_id=index)
    shown = sheets_shown(read.layout.book, guessed, read.mapping, remembered)
    kept = [
        {"sheet": one.sheet, "sheet_name": one.sheet_name, "name": one.name[:200], "cells": one.cells}
        for one in read.cover.kept_columns()
    ]
    return BookMade(read, sha256, windows, issues, shown, kept)


def _grid_store(read: WorkbookReading, at: datetime, on_row: Callable[[int, int], None]) -> tuple[str, Shelf]:
    """Keeps the sheets in stretches as one blob; its hash, and where each stretch stands."""
    windows = Shelf(SheetWindow)
    done, total = 0, sum(len(sheet.rows) for sheet in read.layout.book.sheets)
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as grid:
        for position, window in enumerate(grid_cut(read.layout)):
            data = window.to_json()
            done += len(window.rows)
            on_row(done, total)
            windows.add(
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
    return blob.sha256, windows


def book_fill(intake: Intake, made: BookMade, finding_ids: Sequence[int]) -> None:
    """Writes what pages show of the workbook; what a person chose for it is remembered now (记住映射)."""
    read = made.read
    book = IntakeBook.objects.filter(intake=intake).first() or IntakeBook(intake=intake)
    book.sheets = made.shown
    book.kept = made.kept
    book.grid_sha256 = made.grid_sha256
    book.cells = sum(len(cells) for sheet in read.layout.book.sheets for cells in sheet.rows)
    book.questions = sum(issue.is_question for issue in read.issues)
    book.errors = len(read.issues) - book.questions
    book.marked = {}
    made.windows.write(intake_id=lambda _nothing: intake.pk)
    made.issues.write(
        intake_id=lambda _nothing: intake.pk,
        finding_id=lambda index: None if index is None else finding_ids[index],
    )
    if book.remembers:
        _remember(intake, book, read.mapping)
        book.remembers = False
    book.save()


def _issues(read: WorkbookReading) -> Iterator[tuple[CellIssue, int | None]]:
    """The problems as rows, each with the finding in whose rows it lies, by its place in the reading."""
    sheets = {sheet.name: number for number, sheet in enumerate(read.layout.book.sheets)}
    for position, issue in enumerate(read.issues):
        sheet = sheets[issue.sheet]
        found = _ROW.match(issue.address)
        row = int(found[1]) - 1 if found else None
        index = read.cover.finding_at(sheet, row) if row is not None else None
        made = CellIssue(
            position=position,
            code=issue.code,
            sheet=sheet,
            sheet_name=issue.sheet.replace("\x00", ""),
            row=row,
            address=issue.address,
            value=issue.value.replace("\x00", ""),
            words={name: _plain(value) for name, value in issue.rule.values.items()},
            is_question=issue.is_question,
        )
        yield made, index


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
