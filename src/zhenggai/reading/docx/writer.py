"""The text of a Word document while it is put together (拼接正文): a line a paragraph or row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.spans import Place, Span
from zhenggai.reading import patterns as re
from zhenggai.reading.docx.grid import flat
from zhenggai.reading.docx.story import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.docx.grid import Cell, Grid

_TABS: Final = re.compile(r"(?<![ \u3000])[ \u3000]*+\t[\t \u3000]*+")
_EDGE: Final = " \t\r\n\xa0\u3000\u200b\ufeff"
_HEADER_CELL: Final = 12
_FEW: Final = 2
_TITLE: Final = 60


class _Piece(NamedTuple):
    """A stretch of one line and its place; ``column`` is null outside tables."""

    start: int
    end: int
    page: Page
    paragraph: int | None
    table: int | None
    row: int | None
    column: int | None


def _is_section(cell: Cell) -> bool:
    """Whether a cell merged over a whole row is a short title of the rows below."""
    return cell.span > _FEW and 0 < len(flat(cell.blocks)) <= _TITLE


@dataclass(slots=True)
class Writer:
    """Lines with their places; paragraphs and tables are counted over the whole document."""

    lines: list[str] = field(default_factory=list)
    pieces: list[tuple[_Piece, ...]] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    _tabbed: set[int] = field(default_factory=set)

    def paragraph(self, text: str, page: Page) -> None:
        """Write a paragraph outside tables; an empty one counts and leaves no line."""
        self.paragraphs += 1
        self.beside(text, page)

    def beside(self, text: str, page: Page) -> None:
        """Write what belongs to the paragraph before: a text box, a note."""
        self._line(text, page, self.paragraphs or None, None, None, None)

    def table(self, grid: Grid) -> None:
        """Write a table: a row a line with tabs between the cells, or the cells' paragraphs of a layout."""
        self.tables += 1
        number = self.tables
        begun = False
        for row, cells in enumerate(grid.rows, 1):
            if not grid.is_layout and (len(cells) > 1 or (begun and _is_section(cells[0]))):
                begun = self._row(cells, number, row) > _FEW or begun
            else:
                self._apart(cells, number, row)

    def _apart(self, cells: Sequence[Cell], table: int, row: int) -> None:
        column = 1
        for cell in cells:
            for block in cell.blocks:
                if isinstance(block, str):
                    self._line(block, cell.page, None, table, row, column)
                else:
                    self.table(block)
            column += cell.span

    def _row(self, cells: Sequence[Cell], table: int, row: int) -> int:
        """Write one row; gives how many of its cells have words."""
        texts: list[str] = []
        pieces: list[_Piece] = []
        place = 0
        for cell in cells:
            text = flat(cell.blocks)
            if text:
                pieces.append(_Piece(place, place + len(text), cell.page, None, table, row, len(texts) + 1))
            texts.append(text)
            texts.extend([""] * (cell.span - 1))
            place += len(text) + cell.span
        if pieces:
            # a title of the rows below, merged over the table, keeps its empty columns: so it stays a row
            end = None if len(cells) == 1 else pieces[-1].end
            self.lines.append("\t".join(texts)[:end])
            self.pieces.append(tuple(pieces))
        return len(pieces)

    def _line(
        self,
        text: str,
        page: Page,
        paragraph: int | None,
        table: int | None,
        row: int | None,
        column: int | None,
    ) -> None:
        text = "\n".join(line.rstrip(_EDGE) for line in text.split("\n")).strip("\n")
        if not text.strip(_EDGE):
            return
        if "\t" in text:
            self._tabbed.add(len(self.lines))
        self.lines.append(text)
        self.pieces.append((_Piece(0, len(text), page, paragraph, table, row, column),))

    def withdraw(self, title: re.Pattern[str]) -> None:
        """Take the last line back where it is the title of what is left out (目录)."""
        if self.lines and title.fullmatch(self.lines[-1].strip()):
            del self.lines[-1], self.pieces[-1]
            self._tabbed.discard(len(self.lines))

    def finish(self, last: Page) -> tuple[str, tuple[Place, ...]]:
        """The whole text and the places of its stretches, in order; ``last`` is the page it all ends on."""
        self._settle_tabs()
        rendered, written = last
        places: list[Place] = []
        at = 0
        for text, line in zip(self.lines, self.pieces, strict=True):
            for piece in line:
                page = piece.page.rendered if rendered else piece.page.written
                places.append(
                    Place(
                        Span(at + piece.start, at + min(piece.end, len(text))),
                        page + 1 if rendered or written else None,
                        piece.paragraph,
                        piece.table,
                        piece.row,
                        piece.column,
                    )
                )
            at += len(text) + 1
        return "\n".join(self.lines), tuple(places)

    def _settle_tabs(self) -> None:
        """Tabs of paragraphs are blanks, unless lines one after another line up as a table does."""
        waiting = sorted(self._tabbed)
        while waiting:
            run = [waiting.pop(0)]
            inner = self.lines[run[0]].strip(_EDGE).count("\t")
            while waiting and waiting[0] == run[-1] + 1 and self._count(waiting[0]) == inner:
                run.append(waiting.pop(0))
            header = self.lines[run[0]].strip(_EDGE).split("\t")
            aligned = (
                len(run) > 1
                and inner > 1
                and all(0 < len(cell.strip()) <= _HEADER_CELL and "：" not in cell for cell in header)
            )
            for place in run:
                text = self.lines[place]
                self.lines[place] = text.strip(_EDGE) if aligned else _TABS.sub(" ", text).lstrip(" ")

    def _count(self, line: int) -> int:
        return self.lines[line].strip(_EDGE).count("\t")
