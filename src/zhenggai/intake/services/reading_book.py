"""Reading a workbook (识别电子表格): by the guess, by what is remembered of its headers, or as chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenggai.intake.models import HeaderMapping, IntakeBook
from zhenggai.intake.services.book_storing import BookMade, book_shelve
from zhenggai.reading.workbook import SheetKind, guess_mapping, open_book, read_book
from zhenggai.reading.workbook.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from zhenggai.intake.models import Intake
    from zhenggai.reading.workbook import Mapping as BookMapping
    from zhenggai.reading.workbook.grid import Book


def workbook_read(
    intake: Intake,
    data: bytes,
    *,
    at: datetime,
    on_step: Callable[[str], None],
    on_row: Callable[[int, int], None],
) -> BookMade:
    """Reads the bytes of a workbook and keeps its grid as a blob (识别台账); no row is changed.

    :raises InvalidError: when it cannot be opened, with the reason.
    """
    on_step("open")
    book = open_book(data, name=intake.name, max_bytes=max(len(data), 1))
    on_step("map")
    guessed = guess_mapping(book)
    mapping, remembered = _mapping(intake, book, guessed)
    read = read_book(book, mapping, on_step=on_step, on_row=on_row)
    on_step("store")
    return book_shelve(read, guessed, remembered, at, on_row)


def _mapping(
    intake: Intake, book: Book, guessed: BookMapping
) -> tuple[BookMapping, dict[str, dict[str, str]]]:
    """The mapping to read by, and by whom it was remembered, header by header."""
    chosen = IntakeBook.objects.filter(intake=intake).first()
    if chosen is not None and chosen.choices:
        return _chosen(book, guessed, chosen.choices), {}
    if chosen is not None and not chosen.uses_memory:
        return guessed, {}
    fingerprints = {one.fingerprint for one in guessed.sheets} - {""}
    known = {
        row.fingerprint: row
        for row in HeaderMapping.objects.filter(
            organisation_id=intake.organisation_id, fingerprint__in=fingerprints
        )
    }
    mapping = guessed.remembered({fingerprint: row.roles for fingerprint, row in known.items()})
    for one in guessed.sheets:
        kind = known[one.fingerprint].kind if one.fingerprint in known else ""
        if kind in set(SheetKind):
            mapping = mapping.with_kind(one.sheet, SheetKind(kind))
    said = {
        fingerprint: {"by": row.saved_by, "at": row.saved_at.isoformat()}
        for fingerprint, row in known.items()
    }
    return mapping, said


def _chosen(book: Book, guessed: BookMapping, choices: Sequence[Mapping[str, Any]]) -> BookMapping:
    """The guess with what a person chose, sheet by sheet in the order of the workbook."""
    mapping = guessed
    for sheet, one in zip(book.sheets, choices, strict=False):
        if one["kind"] in set(SheetKind):
            mapping = mapping.with_kind(sheet.name, SheetKind(one["kind"]))
        if one["header"]:
            mapping = mapping.with_header(sheet, *one["header"])
        header = mapping.of(sheet.name).header
        for column, role in zip(header.columns if header is not None else (), one["roles"], strict=False):
            # a guess that somebody saw and left is a choice as well
            if (one["looked"] or role != (column.guess.role or "")) and (not role or role in set(Role)):
                mapping = mapping.with_column(sheet.name, column.index, Role(role) if role else None)
    return mapping
