"""The blocks of a Word document (段落与表格) in their order, read while the part is being unpacked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.docx import markup
from zhenggai.reading.docx.grid import Grid, flat
from zhenggai.reading.docx.names import Names, local_of, namespace_of
from zhenggai.reading.docx.story import Page, Story, is_contents_control, is_placeholder, one_branch
from zhenggai.reading.docx.writer import Writer
from zhenggai.reading.embedded import OBJECT
from zhenggai.reading.errors import TooManyParagraphsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lxml.etree import _Element

    from zhenggai.reading.docx.grid import Block
    from zhenggai.reading.docx.numbering import Numbering
    from zhenggai.reading.docx.story import Paragraph
    from zhenggai.reading.docx.styles import Styles

MOST_BLOCKS: Final = 200_000
"""Paragraphs and table rows of one document, those in cells and text boxes too; some 4,000 pages."""
_CONTENTS_TITLE: Final = re.compile(r"目\s*[录錄次]")
_STREAMED_NAMES: Final = """
document body p tbl tr sdt customXml ins del moveFrom moveTo altChunk sectPr AlternateContent
workbook presentation
"""
_STREAMED: Final = tuple(f"{{*}}{name}" for name in _STREAMED_NAMES.split())
_SKIPPED_NAMES: Final = "del moveFrom sectPr sdtPr sdtEndPr customXmlPr tcPr tblPr tblGrid pPr rPr"
_SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())
_NOTES: Final = {"footnote": "注", "endnote": "尾注"}
_BLANKS: Final = re.compile(r"\s+")


@dataclass(slots=True)
class Body:
    """Reads blocks into a writer; ``notes`` gives the text of a foot- or endnote by kind and key."""

    styles: Styles
    numbering: Numbering
    notes: Callable[[str], Mapping[str, str]] = lambda _kind: {}
    writer: Writer = field(default_factory=Writer)
    story: Story = field(init=False)
    root: str = ""
    name: str = ""
    _blocks_read: int = 0
    _told: list[str] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _grid: Grid | None = None
    _done: _Element | None = None

    def __post_init__(self) -> None:
        self.use("")

    def use(self, namespace: str) -> None:
        """Begin a part whose elements are named in ``namespace``."""
        self.story = Story(Names(namespace), self.styles, self.numbering, self._note)

    def read(self, chunks: Iterable[bytes], *, name: str, part: str) -> None:
        """Read the main part, dropping paragraphs and rows as soon as they are written.

        Raises what ``markup.stream`` and the package raise.

        :raises TooManyParagraphsError: more paragraphs and rows than are read of one document.
        """
        self.name = name
        events = markup.stream(chunks, _STREAMED, name=name, part=part)
        first = next(events, None)
        if first is None:
            return
        root = first[1]
        self.root = local_of(root)
        self.use(namespace_of(root))
        body: _Element | None = None
        for _, element in events:
            if body is None:
                body = next((child for child in root if local_of(child) == "body"), None)
            parent = element.getparent()
            if body is None or parent is None:
                continue
            if parent is body:
                if self._grid is not None and self.story.names.kinds.get(element.tag) == "tbl":
                    self._drain(element, None, self._row)
                    self._end_table(self._grid)
                    element.clear()
                    self._done = element
                self._drain(body, element, self._block)
            elif parent.getparent() is body and self.story.names.kinds.get(element.tag) == "tr":
                if self._grid is None:
                    self._begin_table(body, parent)
                self._drain(parent, element, self._row)
        if body is not None:
            self._drain(body, None, self._block)
        self._rest(None)
        self._flush()

    def _drain(self, parent: _Element, last: _Element | None, handle: Callable[[_Element], None]) -> None:
        """Handle and drop what is complete below ``parent``, up to ``last``, which stays there empty."""
        while (child := next(iter(parent), None)) is not None:
            if child is not self._done:
                handle(child)
            if child is last:
                child.clear()
                self._done = child
                return
            parent.remove(child)

    def _begin_table(self, body: _Element, table: _Element) -> None:
        """Everything before a table is complete once its first row is."""
        before = table.getprevious()
        if before is not None:
            self._drain(body, before, self._block)
            body.remove(before)
        self._rest(None)
        self._grid = Grid()

    def _row(self, element: _Element) -> None:
        assert self._grid is not None  # noqa: S101  # rows are handed over only while a table is open
        self._rows([element], self._grid)

    def _end_table(self, grid: Grid) -> None:
        self._grid = None
        self.writer.table(grid)
        self._flush()

    def _block(self, element: _Element) -> None:
        self._blocks([element], None)
        self._flush()

    def blocks(self, parent: _Element, cell: list[Block] | None = None) -> Page:
        """Read everything below ``parent`` into the writer, or into ``cell``; gives the page it begins on."""
        page = self._blocks(parent, cell)
        self._rest(cell)
        return page

    def _blocks(self, elements: Iterable[_Element], cell: list[Block] | None) -> Page:
        starts: Page | None = None
        kinds = self.story.names.kinds
        for element in elements:
            kind = kinds.get(element.tag)
            if kind == "p":
                page = self._paragraph(element, cell)
                starts = page if starts is None else starts
            elif kind == "tbl":
                self._rest(cell)
                grid = Grid()
                self._rows(element, grid)
                if cell is None:
                    self.writer.table(grid)
                else:
                    cell.append(grid)
            elif kind == "altChunk":
                self._write(OBJECT, self.story.page, cell)
            elif kind == "mc":
                branch = one_branch(element, self.story.names)
                self._blocks([] if branch is None else branch, cell)
            elif kind == "sdt" and is_contents_control(element, self.story.names):
                self.writer.withdraw(_CONTENTS_TITLE)
            elif kind == "sdt" and is_placeholder(element, self.story.names):
                continue
            elif kind is None or kind not in _SKIPPED:
                page = self._blocks(element, cell)
                starts = page if starts is None else starts
        return self.story.page if starts is None else starts

    def _rows(self, elements: Iterable[_Element], grid: Grid) -> None:
        kinds = self.story.names.kinds
        for element in elements:
            kind = kinds.get(element.tag)
            if kind == "tr":
                self._one_more()
                grid.add_row(element, self.story, self.blocks)
            elif kind not in _SKIPPED:
                self._rows(element, grid)

    def _paragraph(self, element: _Element, cell: list[Block] | None) -> Page:
        self._one_more()
        read = self.story.paragraph(element)
        if read is None:
            return self.story.page
        self._tell(read, cell)
        return read.page

    def _one_more(self) -> None:
        """Count a paragraph or row: each costs time and memory, however short it is."""
        self._blocks_read += 1
        if self._blocks_read > MOST_BLOCKS:
            raise TooManyParagraphsError(name=self.name, limit=MOST_BLOCKS)

    def _rest(self, cell: list[Block] | None) -> None:
        """Write a paragraph whose deleted mark has nothing to run on into: a table or an end follows."""
        rest = self.story.rest()
        if rest is not None:
            self._tell(rest, cell)

    def _tell(self, read: Paragraph, cell: list[Block] | None) -> None:
        if read.is_contents:
            self.writer.withdraw(_CONTENTS_TITLE)
            self._write("", read.page, cell)
        else:
            self._write(read.text, read.page, cell)
        for box in read.boxes:
            inside: list[Block] = []
            self.blocks(box, inside)
            for block in inside:
                self._beside(block, read.page, cell)

    def _beside(self, block: Block, page: Page, cell: list[Block] | None) -> None:
        if cell is not None:
            cell.append(block)
        elif isinstance(block, str):
            self.writer.beside(block, page)
        else:
            self.writer.table(block)

    def _write(self, text: str, page: Page, cell: list[Block] | None) -> None:
        if cell is None:
            self.writer.paragraph(text, page)
        elif text:
            cell.append(text)

    def _note(self, kind: str, key: str) -> None:
        """Keep a note until its paragraph or table is written; it is counted whether it has words or not."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        text = self.notes(kind).get(key, "")
        if text:
            self._told.append(f"【{_NOTES[kind]}{self._counts[kind]}】{text}")

    def _flush(self) -> None:
        for text in self._told:
            self.writer.beside(text, self.story.page)
        self._told.clear()


def lines_of(root: _Element, styles: Styles, numbering: Numbering) -> list[str]:
    """The lines of a header, a footer or a note."""
    body = Body(styles, numbering)
    body.use(namespace_of(root))
    blocks: list[Block] = []
    body.blocks(root, blocks)
    lines = (_BLANKS.sub(" ", flat([block])).strip() for block in blocks)
    return [line for line in lines if line]
