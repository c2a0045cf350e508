"""Texts longer than a cell holds (超长文本): the rest stands on a sheet of its own, found by a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.documents.ledger_book.cells import TEXT_MOST, is_executed, pieces_of
from zhenggai.documents.ledger_book.columns import Kind
from zhenggai.documents.workbook import cell_write
from zhenggai.domain.ledger_keys import LONG_HEADING, LONG_SHEET, continued_mark

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from zhenggai.documents.ledger_book.styles import Styles


class LongTexts:
    """The sheet of what is longer; there is none while nothing is."""

    def __init__(self, book: Workbook, styles: Styles) -> None:
        self._book = book
        self._styles = styles
        self._page: Worksheet | None = None
        self._count = self._row = 0

    def first(self, text: str) -> str:
        """What the cell itself says: the text, or its beginning and where the rest stands."""
        pieces = pieces_of(text)
        if len(pieces) == 1:
            return text
        self._count += 1
        for place, piece in enumerate(pieces[1:], 1):
            self._add(place, piece)
        return pieces[0] + continued_mark(self._count)

    def _add(self, place: int, piece: str) -> None:
        page = self._page
        if page is None:
            page = self._page = self._book.add_worksheet(LONG_SHEET)
            page.set_column(2, 2, 120)
            for column, word in enumerate(LONG_HEADING):
                page.write_string(0, column, word, self._styles.head(is_read=False))
        self._row += 1
        style = self._styles.cell(Kind.TEXT, is_quoted=is_executed(piece))
        page.write_number(self._row, 0, self._count, self._styles.cell(Kind.COUNT))
        page.write_number(self._row, 1, place, self._styles.cell(Kind.COUNT))
        cell_write(page, self._row, 2, piece, style)


# the mark fits behind a piece of the largest size
assert TEXT_MOST + len(continued_mark(10**9)) < 32_767  # noqa: S101
