"""The ledger as a workbook (台账工作簿): merged themes, lists beside it, and a key by which it comes back.

Row after row goes to the disk, so its size does not matter; equal input gives equal bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import xlsxwriter

from zhenggai.documents.ledger_book.around import figures_write, guide_write, statement_of, title_of
from zhenggai.documents.ledger_book.columns import COLUMNS, Kind
from zhenggai.documents.ledger_book.content import SHEET_NAMES, BookSheet
from zhenggai.documents.ledger_book.lists import SIDE_SHEETS, restricted_cell, value_of
from zhenggai.documents.ledger_book.longer import LongTexts
from zhenggai.documents.ledger_book.styles import Styles
from zhenggai.documents.ledger_book.table import Table
from zhenggai.documents.words import LIGHT_WORDS
from zhenggai.documents.workbook import MADE
from zhenggai.domain.ledger_keys import LEDGER_SHEET, ledger_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from xlsxwriter import Workbook

    from zhenggai.documents.ledger_book.content import BookChoice, BookHead, BookRow, FigureTable
    from zhenggai.documents.ledger_book.lists import Cell, SideSheet

_RESTRICTED: Final = ("知悉范围", 10)
# wider than this, the columns that stay on the screen would leave no room for the others
_FROZEN_WIDTH: Final = 90


def ledger_book(
    target: BinaryIO,
    head: BookHead,
    rows: Iterable[BookRow],
    choice: BookChoice,
    figures: Sequence[FigureTable] = (),
    *,
    folder: Path | None = None,
) -> None:
    """Write the workbook into ``target`` (生成台账工作簿); ``rows`` are asked for once, one by one.

    ``folder`` holds what is being written; the system's folder for passing files where none is given.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(folder) if folder else None,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title_of(head, LEDGER_SHEET), "created": MADE})
        _Writer(book, head, choice).write(rows, figures)


class _Writer:
    def __init__(self, book: Workbook, head: BookHead, choice: BookChoice) -> None:
        self._book = book
        self._head = head
        self._choice = choice
        self._styles = Styles(book)
        self._longer = LongTexts(book, self._styles)
        self._columns = [COLUMNS[name] for name in choice.columns]

    def write(self, rows: Iterable[BookRow], figures: Sequence[FigureTable]) -> None:
        ledger = self._ledger()
        wanted = [each for each in BookSheet if each in self._choice.sheets]
        sides = [SIDE_SHEETS[each] for each in wanted if each in SIDE_SHEETS]
        beside = [(sheet, self._beside(sheet)) for sheet in sides]
        others = [each for each in wanted if each not in SIDE_SHEETS]
        last = {each: self._table(SHEET_NAMES[each], with_key=False) for each in others}
        for each in rows:
            key = ledger_key(self._head.inspection_id, each.row.id)
            ledger.add(tuple(self._cells(ledger, each)), key)
            for sheet, table in beside:
                for cells in sheet.rows(each):
                    table.add((*cells, restricted_cell(each)) if self._head.is_restricted else cells, key)
        self._end(ledger)
        for sheet, table in beside:
            self._lit(table, [heading for heading, _ in sheet.columns])
            table.end()
        if BookSheet.FIGURES in last:
            figures_write(last[BookSheet.FIGURES], self._head, self._styles, figures)
        if BookSheet.GUIDE in last:
            guide_write(last[BookSheet.GUIDE], self._head, self._styles, self._choice.columns)

    def _table(self, name: str, *, with_key: bool = True) -> Table:
        return Table(self._book, self._styles, name, self._longer, with_key=with_key)

    def _ledger(self) -> Table:
        table = self._table(LEDGER_SHEET)
        headings = [(each.heading, each.width, each.is_read) for each in self._columns]
        frozen = width = 0
        for place, each in enumerate(self._columns):
            width += each.width
            if width <= _FROZEN_WIDTH and each.name in {"place", "number", "theme", "group", "title"}:
                frozen = place + 1
        table.begin(
            title_of(self._head, LEDGER_SHEET),
            statement_of(self._head),
            headings,
            frozen=frozen,
            marking=self._head.marking,
        )
        return table

    def _beside(self, sheet: SideSheet) -> Table:
        table = self._table(sheet.title)
        columns = [*sheet.columns, *([_RESTRICTED] if self._head.is_restricted else [])]
        table.begin(
            title_of(self._head, sheet.title),
            statement_of(self._head),
            [(heading, width, False) for heading, width in columns],
            frozen=2,
            marking=self._head.marking,
        )
        return table

    def _cells(self, table: Table, each: BookRow) -> Iterator[Cell]:
        row = each.row
        for place, column in enumerate(self._columns):
            if column.is_merged and self._choice.is_merged:
                table.run(place, (row.theme,) if column.name == "theme" else (row.theme, row.group))
            if column.name == "place":
                yield table.count + 1, Kind.COUNT, False
            else:
                yield value_of(each, column.name)

    def _end(self, table: Table) -> None:
        for place, column in enumerate(self._columns):
            if column.choices:
                table.choose(place, column.choices)
        self._lit(table, [each.heading for each in self._columns])
        table.end()

    def _lit(self, table: Table, headings: Sequence[str]) -> None:
        heading = COLUMNS["light"].heading
        if heading in headings:
            words = [(LIGHT_WORDS[light], self._styles.light(colour)) for light, colour in self._head.colours]
            table.light(headings.index(heading), words)
