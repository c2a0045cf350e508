"""A table of a Word document (表格) while it is read: rows of cells, merged cells, tables inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from zhenggai.reading import patterns as re
from zhenggai.reading.ditto import DITTO
from zhenggai.reading.docx.story import Page, span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from zhenggai.reading.docx.story import Story

MOST_COLUMNS: Final = 63
"""Word has no table with more columns."""
_BLANKS: Final = re.compile(r"[\t\r\n]+")
_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", None})


Block: TypeAlias = "str | Grid"
"""What a cell holds: a paragraph or a table."""


class Cell(NamedTuple):
    """One cell: what it holds, how many columns it takes, and the page its text begins on."""

    blocks: list[Block]
    span: int
    page: Page


@dataclass(slots=True)
class Grid:
    """A table under way. Empty cells keep the columns in place; below a merged one stands a sign."""

    rows: list[list[Cell]] = field(default_factory=list)
    widest: int = 0
    letters: int = 0
    nested: int = 0
    """Letters of the table's own paragraphs, and those that stand in tables inside it."""
    open_merges: set[int] = field(default_factory=set)
    worded: set[int] = field(default_factory=set)
    """Columns whose merged cell has words."""

    @property
    def is_layout(self) -> bool:
        """Whether the table only arranges the page: one column, or most of its text in tables inside it."""
        return self.widest < 2 or self.nested > self.letters

    def add_row(self, element: _Element, story: Story, fill: Callable[[_Element, list[Block]], Page]) -> None:
        """Read one row, not a deleted or hidden one. ``fill`` reads a cell and says where it begins."""
        names = story.names
        properties = names.find(element, "trPr")
        if names.find(properties, "del") is not None or names.is_on(names.find(properties, "hidden")):
            return
        before = names.find(properties, "gridBefore")
        row: list[Cell] = []
        column = 0
        origin = base = furthest = story.page
        if before is not None:
            column = span_of(before, names, MOST_COLUMNS)
            row.append(Cell([], column, base))
        merges: set[int] = set()
        cells = 0
        for cell in _cells(element, story):
            said = names.children(names.find(cell, "tcPr"))
            if names.tag("cellDel") in said:
                continue
            span = span_of(said.get(names.tag("gridSpan")), names, MOST_COLUMNS)
            merged = _merge(said.get(names.tag("vMerge")), story)
            aside = _merge(said.get(names.tag("hMerge")), story) == "continue"
            blocks: list[Block] = []
            # each cell begins where the row does; its first cell says for all whether that is a new page
            story.page = origin
            page = max(fill(cell, blocks), base)
            base = base if cells else page
            furthest = max(furthest, story.page)
            goes_on = merged == "continue" and column in self.open_merges
            if aside or goes_on:
                below = not aside and column in self.worded and any(earlier.blocks for earlier in row)
                blocks = [DITTO] if below else []
            elif merged:
                (self.worded.add if any(blocks) else self.worded.discard)(column)
            if merged and not aside:
                merges.add(column)
            if cells < MOST_COLUMNS:
                row.append(Cell(blocks, span, page))
                self._count(blocks)
            column += span
            cells += 1
        story.page = furthest
        self.open_merges = merges
        self.widest = max(self.widest, len(row))
        self.rows.append(row)

    def _count(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, str):
                self.letters += len(block)
            else:
                self.nested += block.letters + block.nested


def _merge(element: _Element | None, story: Story) -> str:
    if element is None:
        return ""
    return "restart" if story.names.get(element) == "restart" else "continue"


def _cells(element: _Element, story: Story) -> Iterator[_Element]:
    """The cells of a row, also those in content controls."""
    kinds = story.names.kinds
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        kind = kinds.get(child.tag)
        if kind == "tc":
            yield child
        elif kind in _WRAPPERS:
            waiting.extend(reversed(child))


def flat(blocks: list[Block]) -> str:
    """What a cell holds on one line: paragraphs, and the cells of tables inside it, with blanks between."""
    pieces: list[str] = []
    waiting: list[Block] = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if isinstance(block, str):
            pieces.append(block)
        else:
            cells = (cell for row in reversed(block.rows) for cell in reversed(row))
            waiting.extend(inner for cell in cells for inner in reversed(cell.blocks))
    return " ".join(piece for piece in (_BLANKS.sub(" ", one).strip() for one in pieces) if piece)
