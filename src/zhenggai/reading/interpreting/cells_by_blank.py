"""Ledgers whose cells only blanks part (空格分列): what a table leaves where its page is copied as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.columns import header_of
from zhenggai.reading.interpreting.labels import column
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_CELLS = (re.compile(r"\S+"), re.compile(r"[^\s]+(?:[ ][^\s]+)*+"))
"""What one blank ends, and what only two of them, or a wide one, do: a cell then holds single ones."""
_HEADER_MOST = 120
_FEWEST = 3
_COUNTED = re.compile(r"[(（]?\d{1,4}[)）]?[.．、]?[ \u3000]")


def apart(text: str, lines: list[Paragraph]) -> list[Paragraph]:
    """``lines`` with the cells of such tables as lines of their own; a table with a doubtful row stays."""
    result: list[Paragraph] = []
    place = 0
    while place < len(lines):
        cell, end = _table(text, lines, place)
        whole = end > place + 1 and not _goes_on(text, lines, end)
        for row in lines[place:end]:
            result.extend(_cells(text, row, cell) if whole else [row])
        place = end
    return result


def _table(text: str, lines: Sequence[Paragraph], place: int) -> tuple[re.Pattern[str], int]:
    """What a cell is where a table begins at ``place``, as more of its rows have it, and where it ends."""
    cell, end = _CELLS[0], place + 1
    width = _columns(text, lines[place])
    for tried in _CELLS if width else ():
        stop = _end(text, lines, place, width, tried)
        if stop > end:
            cell, end = tried, stop
    return cell, end


def _columns(text: str, line: Paragraph) -> int:
    """How many columns ``line`` names with nothing but blanks between, or 0 where it is no header."""
    if line.kind is not ParagraphKind.PROSE or line.end - line.start > _HEADER_MOST:
        return 0
    first = _CELLS[0].match(text, line.start, line.end)
    if first is None or first.end() == line.end or column(first[0]) is None:
        return 0
    names = text[line.start : line.end].split()
    named = sum(column(name) is not None for name in names)
    return len(names) if len(names) >= _FEWEST and named + 1 >= len(names) and header_of(names) else 0


def _end(text: str, lines: Sequence[Paragraph], place: int, width: int, cell: re.Pattern[str]) -> int:
    """The place behind the header at ``place`` and the rows below it that fit its columns."""
    end = place + (len(_cells(text, lines[place], cell)) == width)
    while place < end < len(lines) and len(_cells(text, lines[end], cell)) == width:
        end += 1
    return end


def _goes_on(text: str, lines: Sequence[Paragraph], end: int) -> bool:
    """Whether a further row, which does not fit, is counted at ``end``."""
    return end < len(lines) and _COUNTED.match(text, lines[end].start, lines[end].end) is not None


def _cells(text: str, line: Paragraph, cell: re.Pattern[str]) -> list[Paragraph]:
    if line.kind is not ParagraphKind.PROSE:
        return []
    return [Paragraph(*found.span()) for found in cell.finditer(text, line.start, line.end)]
