"""The sheet that a finding of the ledger came from (台账原表): the cell named, its rows shown as a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.spans import Span
from zhenggai.intake import book_selectors as books
from zhenggai.ledger.sight import BLACK
from zhenggai.web.intake.book_panes import SheetPane, header_rows, sheet_tabs, told
from zhenggai.web.intake.sheet import Shown, grid_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.intake.models import IntakeBook


def source_sheet(
    book: IntakeBook, chosen: Span | None, part: int | None, text: str, places: Sequence[tuple[int, int]]
) -> SheetPane | None:
    """The stretch of a workbook that holds a place of its text, or of a number; cells as ``text`` has them.

    ``text`` is what the reader may see of it, the same length as what was read; ``places`` is what is blacked
    out in it. Nothing where the workbook has no rows.
    """
    rows = books.grid_windows(book)
    row = (
        rows.filter(position__lte=max(part - 1, 0)).last()
        if part is not None
        else books.grid_window_sought(book, place=chosen.start if chosen else None)
    )
    if row is None:
        return None
    window = books.grid_load(book, row)
    words = _words(text, is_blacked=bool(places))
    shown = Shown(chosen=chosen, header=header_rows(book, window), words=words)
    cell, whole = told(book, window, chosen, None, words)
    return SheetPane(
        markup=grid_markup(window, shown),
        position=row.position + 1,
        count=rows.count(),
        place="",
        is_sought=chosen is not None,
        tabs=sheet_tabs(book, row),
        cell=cell,
        words=whole,
    )


def _words(text: str, *, is_blacked: bool) -> Callable[[Span, str], str]:
    def words(place: Span, cell: str) -> str:
        if place.end > place.start:
            return place.of(text)
        # what a merged cell further up shows has no place here
        return BLACK * len(cell) if is_blacked else cell

    return words
