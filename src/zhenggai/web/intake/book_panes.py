"""The left pane of a workbook's draft (表格窗格): one stretch of a sheet, and the names of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.domain.spans import Span
from zhenggai.intake import book_selectors as books
from zhenggai.intake.grid import Cell
from zhenggai.reading.workbook.grid import place_of
from zhenggai.web.intake.issues_page import issue_line
from zhenggai.web.intake.marks import Mark, spans_of
from zhenggai.web.intake.sheet import Shown, grid_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.utils.safestring import SafeString

    from zhenggai.intake.book_selectors import Asked
    from zhenggai.intake.grid import GridRow, GridWindow
    from zhenggai.intake.models import (
        DraftFinding,
        DraftUnread,
        Intake,
        IntakeBook,
        SheetWindow,
    )
    from zhenggai.web.requests import WebRequest

_SPAN = re.compile(r"(\d{1,12})-(\d{1,12})")


@dataclass(frozen=True, slots=True)
class SheetTab:
    """One sheet of the workbook, and the stretch with which it begins; 0 for one without anything in it."""

    name: str
    window: int
    is_here: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class SheetPane:
    """One stretch of a sheet, the way to the others, and the whole of the cell that was asked for."""

    markup: SafeString
    position: int
    count: int
    place: str
    is_sought: bool
    tabs: Sequence[SheetTab]
    cell: str
    words: str
    is_grid: bool = True


def sheet_pane(request: WebRequest, intake: Intake, book: IntakeBook) -> SheetPane | None:
    """The stretch of the workbook that the address asks for: by number, by a place of the text, by a cell."""
    found = _SPAN.fullmatch(request.GET.get("place", ""))
    chosen = Span(int(found[1]), int(found[2])) if found else None
    asked = books.Asked.of(request.GET.get("cell", ""))
    number = request.GET.get("window", "")
    row = _sought(book, number, chosen, asked)
    if row is None:
        return None
    window = books.grid_load(book, row)
    marks = books.grid_marks(intake, row)
    numbers = {f"finding-{finding.pk}": finding.position + 1 for finding in marks.findings}
    shown = Shown(
        marks=[
            Mark(span, name, span, kind, finding) for name, kind, finding, span in spans_of(intake, marks)
        ],
        chosen=chosen,
        asked=asked,
        numbers=numbers,
        header=header_rows(book, window),
        issues=_issues(book, window),
    )
    cell, words = told(book, window, chosen, asked)
    return SheetPane(
        markup=grid_markup(window, shown),
        position=row.position + 1,
        count=books.grid_windows(book).count(),
        place=f"{chosen.start}-{chosen.end}" if chosen else "",
        is_sought=bool(chosen or number or asked),
        tabs=sheet_tabs(book, row),
        cell=cell,
        words=words,
    )


def _issues(book: IntakeBook, window: GridWindow) -> dict[tuple[int, int], tuple[bool, str]]:
    """The cells of a stretch that break a rule, with what is wrong in words."""
    found: dict[tuple[int, int], tuple[bool, str]] = {}
    rows = books.issues_between(book, window.sheet, window.rows[0].number, window.rows[-1].number)
    for row in rows:
        line = issue_line(row)
        cell = place_of(row.address.partition(":")[0])
        question, words = found.get(cell, (True, ""))
        found[cell] = (question and line.is_question, f"{words} {line.rule} {line.repair}".strip())
    return found


def _sought(book: IntakeBook, number: str, chosen: Span | None, asked: Asked | None) -> SheetWindow | None:
    if number.isascii() and number.isdigit() and len(number) < 10:
        rows = books.grid_windows(book)
        return rows.filter(position__lte=max(int(number) - 1, 0)).last() or rows.first()
    found = books.grid_window_sought(book, place=chosen.start if chosen else None, asked=asked)
    return found or books.grid_window_sought(book)


def header_rows(book: IntakeBook, window: GridWindow) -> list[GridRow]:
    """The rows that name the columns of a stretch, wherever they stand."""
    rows = book.sheets[window.sheet]["header"] if window.sheet < len(book.sheets) else None
    if rows is None:
        return []
    return books.rows_between(book, window.sheet, *rows)


def told(
    book: IntakeBook,
    window: GridWindow,
    chosen: Span | None,
    asked: Asked | None,
    words: Callable[[Span, str], str] = lambda _span, text: text,
) -> tuple[str, str]:
    """The name of the cell that was asked for, or of the first and last of several, and what stands there."""
    if asked is not None and asked.sheet == window.sheet:
        top, left, bottom, right = asked.cells
        first, last = Cell(window.sheet, top, left), Cell(window.sheet, bottom, right)
    elif chosen is not None and (found := window.cell_at(chosen.start)) is not None:
        first, last = found, window.cell_at(max(chosen.start, chosen.end - 1)) or found
    else:
        return "", ""
    said = [
        words(span, row.cells[column])
        for row in window.rows
        if first.row <= row.number <= last.row
        for column, span in enumerate(row.spans())
        if row.cells[column] and _between(first, Cell(window.sheet, row.number, column), last)
    ]
    name = cell_name(book, first) + (f":{last.address}" if last != first else "")
    return name, " ｜ ".join(said)


def _between(first: Cell, cell: Cell, last: Cell) -> bool:
    """Whether a cell lies between two others: in their columns, or in a row between theirs."""
    return first.column <= cell.column <= last.column or first.row < cell.row < last.row


def cell_name(book: IntakeBook, cell: Cell) -> str:
    """A cell with its sheet: 台账!F12."""
    name = book.sheets[cell.sheet]["name"] if cell.sheet < len(book.sheets) else ""
    return f"{name}!{cell.address}"


def sheet_tabs(book: IntakeBook, here: SheetWindow) -> list[SheetTab]:
    """The sheets of the workbook, with the stretch that each begins with."""
    firsts: dict[int, int] = {}
    for sheet, position in books.grid_firsts(book):
        firsts[sheet] = position + 1
    return [
        SheetTab(one["name"], firsts.get(number, 0), number == here.sheet, one["hidden"])
        for number, one in enumerate(book.sheets)
    ]


def cells_of_page(
    book: IntakeBook, intake: Intake, findings: Iterable[DraftFinding], unread: Iterable[DraftUnread]
) -> dict[int, str]:
    """The names of the cells in which the fields of one page stand, by the place of their text."""
    places: set[int] = set()
    for spans in (intake.spans, *(finding.spans for finding in findings)):
        for span in spans.values():
            places.update(span[::2])
    for finding in findings:
        items = getattr(finding, "all_items", ())
        places.update(row.span_start for row in (finding, *items) if row.span_start is not None)
    places.update(row.span_start for row in unread)
    several = len({one["name"] for one in book.sheets if one["rows"]}) > 1
    return {
        place: cell_name(book, cell) if several else cell.address
        for place, cell in books.cells_named(book, places).items()
    }
