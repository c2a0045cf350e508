"""Rows of a table in a text and their cells, with tabs or bars between (表格行)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.labels import column
from zhenggai.reading.outline_lines import BARS, Paragraph, ParagraphKind
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_TABS = re.compile(r"[^\t]*")
_BARS = re.compile(rf"[^{BARS}]*")
_RULE = re.compile(rf"[\s{BARS}:：+\-—=\u2500-\u257f]+")
_NAVIGATION = 16
_LINK = 10
_DIGIT = re.compile(r"\d")
_AROUND = ".、． \t\n\u3000"
_BRACKETS = "()（）"


class Cell(NamedTuple):
    """``[start, end)`` of one cell's wording without blanks."""

    start: int
    end: int


def without_navigation(text: str, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """``paragraphs`` with rows of links at the top of a page (首页 | 收藏) as lines, not as a table."""
    top: list[Paragraph] = []
    for row in paragraphs[:_NAVIGATION]:
        if mark_at(text, row.start, row.end) is not None:
            break
        if row.kind is ParagraphKind.ROW:
            names = [text[cell.start : cell.end] for cell in cells_of(text, row)]
            if text.find("\t", row.start, row.end) >= 0 or not all(map(_is_link, names)):
                break
        top.append(row._replace(kind=ParagraphKind.PROSE) if row.kind is ParagraphKind.ROW else row)
    return top + paragraphs[len(top) :]


def _is_link(name: str) -> bool:
    return len(name) <= _LINK and column(name) is None and _DIGIT.search(name) is None


def runs(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Neighbouring rows, table by table."""
    result: list[list[Paragraph]] = []
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.kind is ParagraphKind.ROW:
            if before is None or before.kind is not ParagraphKind.ROW:
                result.append([])
            result[-1].append(paragraph)
        if paragraph.kind is not ParagraphKind.PAGE:
            before = paragraph
    return result


def cells_of(text: str, row: Paragraph) -> list[Cell]:
    """The cells of a row, also empty ones; none where the row only draws a rule."""
    line = text[row.start : row.end]
    if _RULE.fullmatch(line) and "\t" not in line:
        return []
    barred = "\t" not in line
    pattern = _BARS if barred else _TABS
    cells: list[Cell] = []
    place = row.start
    while place <= row.end:
        found = pattern.match(text, place, row.end)
        stop = found.end() if found else row.end
        cells.append(_trim(text, place, stop))
        place = stop + 1
    if barred and line.lstrip().startswith(tuple(BARS)):
        cells = cells[1:]
    if barred and line.rstrip().endswith(tuple(BARS)):
        cells = cells[:-1]
    return cells


def number_printed(words: str) -> str:
    """The number that a cell prints, without its punctuation; brackets of a path (二/(一)/1/(1)) stay."""
    number = words.strip(_AROUND)
    bare = number.strip(_BRACKETS)
    # a bracket that the number itself opens or closes is part of it
    return number if any(bracket in bare for bracket in _BRACKETS) else bare.strip(_AROUND)


def _trim(text: str, start: int, end: int) -> Cell:
    while start < end and text[start] in " \u3000\n":
        start += 1
    while end > start and text[end - 1] in " \u3000\n":
        end -= 1
    return Cell(start, end)
