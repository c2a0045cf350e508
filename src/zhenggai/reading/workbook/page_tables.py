"""Tables of a page that is kept as a workbook (网页表格): what Excel and systems on the web save as .xls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

from zhenggai.reading import encodings, mhtml
from zhenggai.reading import patterns as re
from zhenggai.reading.decode import is_archive
from zhenggai.reading.html_tags import TAG

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS_MOST: Final = 16_384
ROWS_MOST: Final = 1_048_576
SHEETS_MOST: Final = 400
_CELLS: Final = frozenset({"td", "th"})
_ROWS: Final = frozenset({"tr", "thead", "tbody", "tfoot", "table"})
_LINES: Final = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center", "caption"})
_LEFT_OUT: Final = {
    name: re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE)
    for name in ("script", "style", "title", "xml", "template", "noscript", "select", "textarea")
}
_SPAN: Final = {
    name: re.compile(rf"\b{name}\s*=\s*[\"']?\s*(\d{{1,7}})", re.IGNORECASE)
    for name in ("rowspan", "colspan")
}
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NAME: Final = re.compile(r"<x:Name>([^<]{1,200})</x:Name>", re.IGNORECASE)
_HREF: Final = re.compile(r"<x:WorksheetSource\b[^<>]{0,40}\bHRef=[\"']([^\"'<>]{1,300})[\"']", re.IGNORECASE)
_TABLE: Final = re.compile(r"<(?:table|t[rdh])\b", re.IGNORECASE)
_BLANK: Final = re.compile(r"[ \t\r\n\f\u00a0]+")
_NAMED_PLAINLY: Final = "Sheet"


class UndecodableError(Exception):
    """The characters of the page cannot be recognised."""


@dataclass(slots=True)
class Table:
    """One sheet: its rows by number, merged ranges, what is hidden; places count from 0."""

    name: str
    rows: dict[int, list[str]] = field(default_factory=dict)
    merged: list[list[int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    is_hidden: bool = False


def tables_of(data: bytes) -> Iterator[Table]:
    """The sheets of a page or of a web archive, tables of one page below one another.

    :raises UndecodableError: no encoding gives text.
    :raises zhenggai.domain.errors.InvalidError: a hostile archive.
    """
    if is_archive(data):
        pages = list(mhtml.archived_pages(data, ""))
    else:
        source = encodings.detect(data, declared=encodings.declared_in(data))
        if source is None:
            raise UndecodableError
        pages = [("", source.text)]
    frame = next((text for _, text in pages if _HREF.search(text)), pages[0][1] if pages else "")
    names = [unescape(name).strip() for name in _NAME.findall(frame)]
    called = dict(zip((href.rpartition("/")[2] for href in _HREF.findall(frame)), names, strict=False))
    shown = [(place, text) for place, text in pages if _TABLE.search(text)][:SHEETS_MOST]
    for number, (place, text) in enumerate(shown):
        plain = names[number] if number < len(names) else f"{_NAMED_PLAINLY}{number + 1}"
        yield _Page(text).table(called.get(place.rpartition("/")[2]) or plain)


class _Page:
    """One walk over the tags of a page; tables inside of cells are text of the cell."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.row = -1
        self.column = 0
        self.depth = 0
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.beside: list[str] = []
        self.below: dict[int, int] = {}
        """Columns that a cell above reaches down into, with how many rows of it are left."""

    def table(self, name: str) -> Table:
        """Everything that the page shows, as one sheet."""
        self.made = Table(name)
        at = 0
        while (found := TAG.search(self.markup, at)) is not None:
            self._text(self.markup[at : found.start()])
            at = found.end()
            tag = (found["name"] or "").lower()
            if not tag:
                continue
            if not found["end"] and tag in _LEFT_OUT:
                end = _LEFT_OUT[tag].search(self.markup, at)
                at = end.end() if end else len(self.markup)
            elif found["end"]:
                self._closed(tag)
            else:
                self._opened(tag, found["rest"])
        self._text(self.markup[at:])
        self._leave_cell()
        self._leave_line()
        return self.made

    def _text(self, text: str) -> None:
        if text and self.cell is not None:
            self.cell.append(text)
        elif text.strip() and self.row < ROWS_MOST:
            self.beside.append(text)

    def _opened(self, tag: str, rest: str) -> None:
        if tag == "table":
            self.depth += 1
        if self.depth > 1 and self.cell is not None:
            # a table inside of a cell: what stands in it is its text
            self._break(tag if tag not in _ROWS else "br")
        elif tag == "tr":
            self._next_row()
            if _HIDDEN.search(rest):
                self.made.hidden_rows.append(self.row)
        elif tag in _CELLS:
            self._leave_cell()
            self._leave_line()
            if self.row < 0:
                self._next_row()
            self.cell = []
            self.span = (_spanned("rowspan", rest), _spanned("colspan", rest))
        else:
            self._break(tag)

    def _closed(self, tag: str) -> None:
        inner = self.depth > 1 and self.cell is not None
        if tag == "table":
            self.depth = max(0, self.depth - 1)
        if inner:
            self._break("br" if tag in _ROWS else tag)
        elif tag in _CELLS or tag in _ROWS:
            self._leave_cell()
            if tag == "table":
                self.below.clear()
        elif tag in _LINES and tag != "br":
            self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in _CELLS:
            self._text(" ")
        elif tag in _LINES and self.cell is not None:
            self.cell.append("\0")
        elif tag in _LINES:
            self._leave_line()

    def _next_row(self) -> None:
        self._leave_cell()
        self._leave_line()
        self.row += 1
        self.column = 0
        self.below = {column: left - 1 for column, left in self.below.items() if left > 1}

    def _leave_line(self) -> None:
        """What stands beside all tables is a row of one cell: a title above, a note below."""
        words = _shown("".join(self.beside))
        self.beside = []
        if words and self.cell is None:
            self.row += 1
            self.made.rows[self.row] = [words]
            self.column = 0
            self.below.clear()

    def _leave_cell(self) -> None:
        if self.cell is None:
            return
        words, self.cell = _shown("".join(self.cell)), None
        while self.column in self.below:
            self.column += 1
        down, across = self.span
        last = min(self.column + across, COLUMNS_MOST) - 1
        if self.row >= ROWS_MOST or last < self.column:
            return
        if words:
            cells = self.made.rows.setdefault(self.row, [])
            cells.extend([""] * (self.column - len(cells)))
            cells.append(words)
        if down > 1 or last > self.column:
            self.made.merged.append([self.row, self.column, self.row + down - 1, last])
        if down > 1:
            self.below.update(dict.fromkeys(range(self.column, last + 1), down))
        self.column = last + 1


def _spanned(name: str, rest: str) -> int:
    found = _SPAN[name].search(rest)
    return min(max(int(found[1]), 1), ROWS_MOST if name == "rowspan" else COLUMNS_MOST) if found else 1


def _shown(text: str) -> str:
    """The text of a cell as a browser shows it: blanks once, lines where the page breaks them."""
    lines: Sequence[str] = [_BLANK.sub(" ", unescape(line)).strip() for line in text.split("\0")]
    return "\n".join(line for line in lines if line)
