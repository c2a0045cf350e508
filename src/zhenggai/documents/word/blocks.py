"""What a Word document is made of (文档内容): lines and tables, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from zhenggai.documents.word.looks import Look

if TYPE_CHECKING:
    from zhenggai.documents.word.looks import Page


class Merge(Enum):
    """How a cell is merged down (纵向合并): not, beginning here, or going on from above."""

    NONE = ""
    BEGINS = "restart"
    GOES_ON = "continue"


@dataclass(frozen=True, slots=True)
class Line:
    """A text outside tables (段落); each of its lines is a paragraph. ``new_page`` begins one."""

    text: str
    look: Look
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell (单元格) over ``span`` columns; each line of its text is a paragraph."""

    text: str = ""
    look: Look = Look.CELL
    span: int = 1
    merge: Merge = Merge.NONE
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row (表行), at least ``height`` twips high.

    ``repeats``: printed again on every page (重复标题行); ``whole``: never broken over two pages.
    ``keeps_next``: on one page with the row below it.
    """

    cells: tuple[Cell, ...]
    height: int = 0
    repeats: bool = False
    whole: bool = False
    keeps_next: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table (表格) with the widths of its columns in twips; rows that repeat come first."""

    widths: tuple[int, ...]
    rows: tuple[Row, ...]


Block: TypeAlias = Line | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document (文档): its title among the file's properties, its page, and what stands on it."""

    title: str
    page: Page
    table_size: int
    blocks: tuple[Block, ...]


def widths_by(weights: tuple[int, ...], whole: int) -> tuple[int, ...]:
    """Columns as wide as their weights say (列宽), in twips; together exactly ``whole``."""
    total, edge, before = sum(weights), 0, 0
    widths = []
    for weight in weights:
        edge += weight
        after = whole * edge // total
        widths.append(after - before)
        before = after
    return tuple(widths)
