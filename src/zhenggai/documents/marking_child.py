"""The process that marks cells in a copy of a workbook (隔离进程): openpyxl meets a stranger's file here.

``python -m zhenggai.documents.marking_child MEMORY`` reads from standard input a line with the length of a
request, the request as JSON, and the bytes of the workbook; it answers with the bytes of the marked one.
"""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from zhenggai.documents.marking import (
    COMMENTS_MOST,
    ERROR_COLOUR,
    LISTING_WIDTHS,
    QUESTION_COLOUR,
    Listing,
    Mark,
    NamesTaken,
    comment_of,
    first_cell,
    listing_height,
    listing_rows,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook


def marked(data: bytes, marks: Sequence[Mark], listing: Listing) -> bytes:
    """The workbook with cells coloured and commented, and a sheet that lists all marks; no macro is kept."""
    book = load_workbook(io.BytesIO(data), keep_vba=False, rich_text=True)
    cells: dict[tuple[str, int, int], list[Mark]] = {}
    for mark in marks:
        place = first_cell(mark.address)
        if place is not None and mark.sheet in book.sheetnames:
            cells.setdefault((mark.sheet, *place), []).append(mark)
    fills = {
        False: PatternFill("solid", fgColor=ERROR_COLOUR),
        True: PatternFill("solid", fgColor=QUESTION_COLOUR),
    }
    for count, ((sheet, row, column), of_cell) in enumerate(cells.items()):
        page = book[sheet]
        if not hasattr(page, "cell"):
            continue
        cell = page.cell(row + 1, column + 1)
        cell.fill = fills[all(mark.is_question for mark in of_cell)]
        if count < COMMENTS_MOST and not isinstance(cell, MergedCell):
            _comment(cell, comment_of(of_cell), listing.name)
    _list(book, marks, listing)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _comment(cell: Any, text: str, author: str) -> None:
    """What is said of a cell, below what somebody had said before."""
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    said = Comment(written(before + text), author)
    said.width, said.height = 320, 120
    cell.comment = said


def _list(book: Workbook, marks: Sequence[Mark], listing: Listing) -> None:
    page = book.create_sheet(NamesTaken(book.sheetnames).take(listing.name))
    wrap = Alignment(wrap_text=True, vertical="top")
    for place, line in enumerate(listing_rows(marks, listing), start=1):
        for column, text in enumerate(line, start=1):
            cell = page.cell(place, column)
            # text, whatever it begins with
            cell.value = written(text)
            cell.data_type = "s"
            cell.alignment = wrap
            if place == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E8EEF7")
        page.row_dimensions[place].height = listing_height(line)
        if 1 < place <= COMMENTS_MOST and line[1]:
            name = line[0].replace("'", "''")
            first = line[1].partition(":")[0]
            page.cell(place, 2).hyperlink = Hyperlink(ref=f"B{place}", location=f"'{name}'!{first}")
    for letter, width in zip("ABCDEFG", LISTING_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0


def main() -> None:  # pragma: no cover - runs in a process that is not measured
    """Answer the one request on standard input."""
    _limit(int(sys.argv[1]))
    size = int(sys.stdin.buffer.readline())
    request = json.loads(sys.stdin.buffer.read(size))
    listing = Listing(request["listing"]["name"], tuple(request["listing"]["heading"]))
    marks = [Mark(**mark) for mark in request["marks"]]
    sys.stdout.buffer.write(marked(sys.stdin.buffer.read(), marks, listing))


def _limit(memory_bytes: int) -> None:  # pragma: no cover - as above
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


if __name__ == "__main__":  # pragma: no cover - runs in a process that is not measured
    main()
