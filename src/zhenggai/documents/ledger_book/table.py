"""One sheet of a ledger workbook (工作表): what stands above, then row after row to the disk."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from zhenggai.documents.ledger_book.cells import cell_text, is_executed, is_plain
from zhenggai.documents.ledger_book.columns import Kind
from zhenggai.documents.plain import plain_text
from zhenggai.documents.workbook import cell_write
from zhenggai.domain.ledger_keys import KEY_HEADING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from zhenggai.documents.ledger_book.longer import LongTexts
    from zhenggai.documents.ledger_book.styles import Styles

HEAD_ROW: Final = 2
_A3: Final = 8
_TITLE_HEIGHT, _HEAD_HEIGHT, _LINE_HEIGHT = 30, 30, 14
_SCREEN_WIDTH: Final = 170
# characters across a page of A3 that can still be read
_PAGE_WIDTH: Final = 290
_HEIGHT_MOST: Final = 409
_HEADER_MOST: Final = 80
# rows that somebody may write below the last one
_ROWS_ADDED: Final = 200
_WARNED: Final = {
    "error_type": "warning",
    "error_title": "不在所列选项之内",
    "error_message": "请尽量从下拉列表中选择；仍要保留的，请选“是”。",
}


class Table:
    """A sheet that is written from the top to the bottom; nothing of it is kept in memory but its merges."""

    def __init__(
        self, book: Workbook, styles: Styles, name: str, longer: LongTexts, *, with_key: bool = True
    ) -> None:
        self.page: Worksheet = book.add_worksheet(name)
        self._styles = styles
        self._longer = longer
        self._with_key = with_key
        self._row = HEAD_ROW
        self._width = 0
        self._widths: tuple[int, ...] = ()
        self._runs: dict[int, tuple[int, tuple[str, ...]]] = {}

    def begin(
        self,
        title: str,
        statement: str,
        columns: Sequence[tuple[str, int, bool]],
        *,
        frozen: int = 0,
        marking: str = "",
    ) -> None:
        """Write what stands above; ``columns``: name, width, whether what is changed there comes back."""
        page, styles, width = self.page, self._styles, len(columns)
        self._width = width
        self._widths = tuple(each for _, each, _ in columns)
        total = sum(self._widths)
        for place, (_, each, _) in enumerate(columns):
            page.set_column(place, place, each)
        self._over(0, title, styles.title, _TITLE_HEIGHT)
        lines = -(-len(statement) * 2 // max(20, min(total, _SCREEN_WIDTH)))
        self._over(1, statement, styles.statement, max(2, lines) * _LINE_HEIGHT)
        page.set_row(HEAD_ROW, _HEAD_HEIGHT)
        for place, (heading, _, is_read) in enumerate(columns):
            page.write_string(HEAD_ROW, place, heading, styles.head(is_read=is_read))
        if self._with_key:
            page.write_string(HEAD_ROW, width, KEY_HEADING, styles.head(is_read=False))
            page.set_column(width, width, 14, None, {"hidden": True})
        page.freeze_panes(HEAD_ROW + 1, frozen)
        self._print_as(title, marking, across=max(1, -(-total // _PAGE_WIDTH)), frozen=frozen)

    def _over(self, row: int, text: str, style: Format, height: float) -> None:
        self.page.set_row(row, height)
        cell_write(self.page, row, 0, cell_text(text), style)
        self.merge(row, 0, row, self._title_last())

    def _title_last(self) -> int:
        """The last column that stands on the first page: what is above the table is read there."""
        width = 0
        for place, each in enumerate(self._widths):
            width += each
            if width > _PAGE_WIDTH * 3 // 4:
                return max(0, place - 1)
        return self._width - 1

    def _print_as(self, title: str, marking: str, *, across: int, frozen: int) -> None:
        page = self.page
        page.set_landscape()
        page.set_paper(_A3)
        page.fit_to_pages(across, 0)
        page.repeat_rows(HEAD_ROW)
        if across > 1 and frozen:
            page.repeat_columns(0, frozen - 1)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        page.center_horizontally()
        above = cell_text(title).replace("\n", " ")[:_HEADER_MOST].replace("&", "&&")
        page.set_header(f"&L&9{above}&R&9密级：{marking}")
        page.set_footer("&C&9第 &P 页，共 &N 页")

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge cells that are written each by itself; a program shows only the first."""
        if (top, left) != (bottom, right):
            # the library's own call would write the cells again, and keep each of them in memory
            self.page.merge.append([top, left, bottom, right])

    def run(self, place: int, value: tuple[str, ...]) -> None:
        """Say that the cell about to be written stands for ``value``; equal ones below are merged with it."""
        row = self._row + 1
        first, before = self._runs.get(place, (row, value))
        if before != value:
            self._end_run(place)
            first = row
        self._runs[place] = (first, value)

    def _end_run(self, place: int) -> None:
        first, value = self._runs[place]
        if value[-1]:
            self.merge(first, place, self._row, place)

    def add(self, cells: Sequence[tuple[Any, Kind, bool]], key: str = "") -> None:
        """Write the next row; each cell is a value, its kind, and whether only a document says it."""
        self._row += 1
        lines = 1
        for place, (value, kind, is_stated) in enumerate(cells):
            self._write(place, value, kind, is_stated=is_stated)
            width = self._widths[place]
            if value.__class__ is str and (len(value) * 2 > width or "\n" in value):
                lines = max(lines, _lines(value, width))
        if self._with_key:
            self.page.write_string(self._row, self._width, key, self._styles.key)
        self._high(lines)

    def _high(self, lines: int) -> None:
        """Make the row as high as its longest cell; the library forgets it once the row is on the disk."""
        page = self.page
        page.set_row(self._row, min(_HEIGHT_MOST, lines * _LINE_HEIGHT + 4))
        page.row_info.pop(self._row - 1, None)
        page.row_sizes.pop(self._row - 1, None)

    def _write(self, place: int, value: Any, kind: Kind, *, is_stated: bool) -> None:
        page, row = self.page, self._row
        if isinstance(value, str):
            self._write_text(place, value, kind, is_stated=is_stated)
        elif value is None:
            page.write_blank(row, place, None, self._styles.cell(kind))
        elif isinstance(value, datetime):
            page.write_datetime(row, place, value.replace(tzinfo=None), self._styles.cell(kind))
        elif isinstance(value, date) and value.year >= _YEAR_FIRST:
            page.write_datetime(row, place, value, self._styles.cell(kind))
        elif isinstance(value, date):
            self._write_text(place, plain_text(value), Kind.SHORT, is_stated=is_stated)
        else:
            page.write_number(row, place, value, self._styles.cell(kind))

    def _write_text(self, place: int, value: str, kind: Kind, *, is_stated: bool) -> None:
        held = kind if kind in _TEXTS else Kind.SHORT
        if is_plain(value):
            style = self._styles.cell(held, is_stated=is_stated)
            if value:
                self.page.write_string(self._row, place, value, style)
            else:
                self.page.write_blank(self._row, place, None, style)
            return
        text = self._longer.first(cell_text(value))
        style = self._styles.cell(held, is_stated=is_stated, is_quoted=is_executed(text))
        cell_write(self.page, self._row, place, text, style)

    def part(self, heading: str, style: Format) -> None:
        """Write a line that begins a part of the table."""
        self._row += 1
        self.page.write_string(self._row, 0, heading, style)

    def choose(self, place: int, words: Sequence[str]) -> None:
        """Offer words to whoever edits a column; others are allowed after a question."""
        allowed = {"validate": "list", "source": list(words), **_WARNED}
        self.page.data_validation(HEAD_ROW + 1, place, self._last + _ROWS_ADDED, place, allowed)

    def light(self, place: int, words: Sequence[tuple[str, Format]]) -> None:
        """Give cells of a column that say one of these words its format."""
        for word, style in words:
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
            self.page.conditional_format(HEAD_ROW + 1, place, self._last, place, rule)

    def end(self, *, is_filtered: bool = True) -> None:
        """Merge what runs to the end, and set the filter over all of it."""
        for place in self._runs:
            self._end_run(place)
        if is_filtered:
            self.page.autofilter(HEAD_ROW, 0, self._last, self._width - 1)
        self.page.ignore_errors({"number_stored_as_text": f"A1:XFD{self._last + 1}"})

    @property
    def count(self) -> int:
        """How many rows stand below the names."""
        return self._row - HEAD_ROW

    @property
    def _last(self) -> int:
        return max(self._row, HEAD_ROW + 1)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is as wide as two figures."""
    if "\n" not in text:
        return -(-len(text.encode("gbk", "replace")) // width)
    return sum(max(1, -(-len(line.encode("gbk", "replace")) // width)) for line in text.split("\n"))


_TEXTS: Final = frozenset({Kind.TEXT, Kind.SHORT})
# days before it Excel counts otherwise than the calendar
_YEAR_FIRST: Final = 1901
