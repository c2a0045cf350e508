"""Pages → one text with places and edits (合成全文): paragraphs and tables go on over the pages' borders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading.pdf.flow import Line, continues, glue
from zhenggai.reading.pdf.furniture import Struck, strip
from zhenggai.reading.pdf.ledger_rows import LongTable
from zhenggai.reading.pdf.margins import INDENT, Margins, margins_of, usual
from zhenggai.reading.pdf.notes import take_notes
from zhenggai.reading.pdf.regions import Column, columns_of, lanes_of
from zhenggai.reading.pdf.shapes import Table
from zhenggai.reading.pdf.signs import changes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.furniture import Stripped
    from zhenggai.reading.pdf.shapes import Page

WHY_PICTURE: Final = msg("A page that is a picture stands here; it was not read. Look at it in the original.")
WHY_RECOGNISED: Final = msg(
    "This page is a picture whose characters were recognised (OCR). Compare it with the original."
)


@dataclass(slots=True)
class Composed:
    """The text of a document, its places and edits as plain values.

    ``places``: (start, end, page, paragraph, table, row, column); ``edits``: (kind, start, end, after, why).
    """

    text: str = ""
    places: list[tuple[int, int, int, int | None, int | None, int | None, int | None]] = field(
        default_factory=list
    )
    edits: list[tuple[str, int, int, str, str]] = field(default_factory=list)


def compose(pages: Sequence[Page]) -> Composed:
    """Put the pages together; their furniture stays in the text and is struck by an edit."""
    stripped = strip(pages)
    for page in pages:
        take_notes(page)
    writer = _Writer()
    lanes = sorted({round(lane) for page in pages for lane in lanes_of(page.pieces, page.tables)})
    laid = [columns_of(page.pieces, page.tables, lanes) for page in pages]
    margins = _margins(pages, laid)
    for page, edge, columns, kept in zip(pages, stripped, laid, margins, strict=True):
        writer.page(page, edge, columns, kept)
    return writer.finish()


def _margins(pages: Sequence[Page], laid: Sequence[Sequence[Column]]) -> list[list[Margins | None]]:
    """The margins of every column; those of most pages where a column has too few lines to tell."""
    known = usual(
        [
            (columns[0].lines, page.width)
            for page, columns in zip(pages, laid, strict=True)
            if len(columns) == 1
        ]
    )
    return [
        [
            margins_of(column.lines, page.width, known)
            if len(columns) == 1
            else margins_of(column.lines, 0.0, known)
            for column in columns
        ]
        for page, columns in zip(pages, laid, strict=True)
    ]


class _Writer:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.at = 0
        self.done = Composed()
        self.pending: list[Struck] = []
        self.notes: list[tuple[str, int]] = []
        self.last: Line | None = None
        self.upper: Margins | None = None
        self.begun = 0
        self.table: LongTable | None = None
        self.paragraphs = self.tables = 0
        self.noted = False
        self.number = 0

    def page(
        self, page: Page, edge: Stripped, columns: Sequence[Column], margins: Sequence[Margins | None]
    ) -> None:
        """One page after those before it."""
        if page.is_picture and not page.is_recognised:
            self._close()
            self.done.edits.append((EditKind.FLAG.value, self.at, self.at, "", WHY_PICTURE))
        self._turn_to(page.number)
        self._strike(edge.head)
        self.noted = page.is_recognised
        is_new = True
        for column, kept in zip(columns, margins, strict=True):
            for block in column.blocks:
                if isinstance(block, Table):
                    self._rows(block)
                else:
                    assert kept is not None  # noqa: S101 - a column with lines has margins
                    self._line(block, kept, apart=is_new)
                is_new = False
            is_new = True
        self.notes += [(text, page.number) for text in page.notes]
        for text in page.aside:
            self._close()
            self._begin(text)
            self._close()
        self._strike(edge.foot)

    def _turn_to(self, number: int) -> None:
        if self.last is not None and self.table is None:
            self._place()
        self.number = number

    def _strike(self, lines: Sequence[Struck]) -> None:
        here = [struck._replace(page=self.number) for struck in lines]
        if self.table is not None:
            self.table.strike(here)
        else:
            self.pending += here

    def _line(self, line: Line, margins: Margins, *, apart: bool) -> None:
        self._end_table()
        over = (self.upper or margins) if apart else None
        if self.last is not None and continues(self.last, line, margins, over):
            self._go_on(line.text)
        else:
            self._close()
            indented = INDENT * line.size <= line.x0 - margins.left
            self._begin(("\u3000\u3000" if indented else "") + line.text)
        self.last, self.upper = line, margins

    def _go_on(self, text: str) -> None:
        head, between = glue(self.out[-1], text)
        self.at -= len(self.out[-1]) - len(head)
        self.out[-1] = head
        if self.pending:
            self._place()
            for number, struck in enumerate(self.pending, start=1):
                is_last = number == len(self.pending)
                start = self.at
                self._write("\n")
                self._furniture(struck)
                self._write("\n" if is_last else "")
                self._edit(start, between if is_last else "", struck.why)
            self.pending = []
            self.begun = self.at
        else:
            self._write(between)
            if self.begun == self.at - len(between):
                self.begun = self.at
        self._note()
        self._write(text)

    def _note(self) -> None:
        """Point at the first character of a page that was recognised."""
        if self.noted:
            self.done.edits.append((EditKind.FLAG.value, self.at, self.at + 1, "", WHY_RECOGNISED))
            self.noted = False

    def _begin(self, text: str) -> None:
        """A new line of the text, after the furniture that waits."""
        self._lead_in()
        self.begun = self.at
        self.paragraphs += 1
        self._note()
        self._write(text)

    def _close(self) -> None:
        self._end_table()
        if self.begun < self.at:
            self._place()
        self.last = None
        self.begun = self.at

    def _place(self) -> None:
        if self.begun < self.at:
            self.done.places.append((self.begun, self.at, self.number, self.paragraphs, None, None, None))
        self.begun = self.at

    def _rows(self, table: Table) -> None:
        if self.table is None or not self.table.goes_on(table, self.number):
            self._close()
            self.table = LongTable(table, self.number)
        else:
            self.table.extend(table, self.number)

    def _end_table(self) -> None:
        table, self.table = self.table, None
        if table is None:
            return
        self.tables += 1
        for row, line in enumerate(table.lines()):
            if isinstance(line, Struck):
                self.pending.append(line)
                continue
            self._lead_in()
            for column, (text, page) in enumerate(line, start=1):
                self._write("\t" if column > 1 else "")
                start = self.at
                self._write(text)
                if text:
                    self.done.places.append((start, self.at, page, None, self.tables, row + 1, column))
        self.begun = self.at

    def _lead_in(self) -> None:
        """End the line before, then the furniture that waits."""
        if self.at:
            self._write("\n")
        for struck in self.pending:
            start = self.at
            self._furniture(struck)
            self._write("\n")
            self._edit(start, "", struck.why)
        self.pending = []
        for text, page in self.notes:
            self._note_of(text, page)
            self._write("\n")
        self.notes = []

    def _note_of(self, text: str, page: int) -> None:
        start = self.at
        self._write(text)
        self.paragraphs += 1
        self.done.places.append((start, self.at, page, self.paragraphs, None, None, None))

    def _furniture(self, struck: Struck) -> None:
        start = self.at
        self._write(struck.text)
        self.done.places.append((start, self.at, struck.page, None, None, None, None))

    def _edit(self, start: int, after: str, why: str) -> None:
        self.done.edits.append((EditKind.FURNITURE.value, start, self.at, after, why))

    def _write(self, text: str) -> None:
        if text:
            self.out.append(text)
            self.at += len(text)

    def finish(self) -> Composed:
        """The whole, with what waits at the end struck and the single signs looked at."""
        self._close()
        for struck in self.pending:
            start = self.at
            self._write("\n" if start else "")
            self._furniture(struck)
            self._edit(start, "", struck.why)
        for text, page in self.notes:
            self._write("\n" if self.at else "")
            self._note_of(text, page)
        self.done.text = "".join(self.out)
        self.done.edits.sort(key=_by_place)
        self.done.edits += changes_of(self.done.text, self.done.edits)
        self.done.edits.sort(key=_by_place)
        return self.done


def _by_place(edit: tuple[str, int, int, str, str]) -> tuple[int, int]:
    return edit[1], edit[2]
