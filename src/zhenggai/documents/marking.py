"""A workbook with the cells marked that break a rule (标注工作簿): a copy of the original, or of its values.

The copy keeps formats, formulas, widths and validations; macros, pictures and charts are left out. A
stranger's file is opened in a process of its own, with bounds on memory and time.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import xlsxwriter

from zhenggai.documents.workbook import cell_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MEMORY_BYTES: Final = 2 * 1024**3
SECONDS: Final = 300.0
COMMENTS_MOST: Final = 2_000
"""Cells with a comment: Excel gets slow with more. Every marked cell is coloured and listed."""
CELL_MOST: Final = 32_767
SHEET_NAME_MOST: Final = 31
ROWS_MOST: Final = 1_048_000
_MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
_STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES: Final = str.maketrans(dict(zip("[]:*?/\\", "［］：＊？／＼", strict=True)))
ERROR_COLOUR: Final = "FFC7CE"
QUESTION_COLOUR: Final = "FFEB9C"
LISTING_WIDTHS: Final = (14, 10, 30, 10, 46, 46, 26)
"""Widths of the columns of the sheet that lists all marks, in characters."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell or range of a sheet and what is said of it (标注); ``kind`` and sentences are to be shown."""

    sheet: str
    address: str
    value: str
    kind: str
    rule: str
    repair: str
    code: str
    is_question: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The sheet that lists all marks: its name and headings, in the order of sheet, cell, value … code."""

    name: str
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """One sheet of values: its rows by number from 0, to be written in their order."""

    name: str
    rows: Iterable[tuple[int, Sequence[str]]]


def marked_copy(data: bytes, marks: Sequence[Mark], listing: Listing) -> bytes | None:
    """A copy of an .xlsx or .xlsm with its cells marked (标注副本); nothing where it cannot be opened."""
    request = json.dumps({"marks": [asdict(mark) for mark in marks], "listing": asdict(listing)}).encode()
    head = f"{len(request)}\n".encode()
    try:
        answer = subprocess.run(  # noqa: S603 - this very package, no word of a user among the arguments
            [sys.executable, "-P", "-m", "zhenggai.documents.marking_child", str(MEMORY_BYTES)],
            input=head + request + data,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        ).stdout
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return _settled(answer)


def marked_values(sheets: Sequence[Values], marks: Sequence[Mark], listing: Listing) -> bytes:
    """A new .xlsx of values with the cells marked: every cell is text, so nothing is executed."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _MADE.replace(tzinfo=None)})
        shapes = {"num_format": "@", "valign": "top"}
        plain = book.add_format(shapes)
        fills = {
            False: book.add_format({**shapes, "bg_color": f"#{ERROR_COLOUR}"}),
            True: book.add_format({**shapes, "bg_color": f"#{QUESTION_COLOUR}"}),
        }
        names = NamesTaken()
        by_sheet = _by_sheet(marks)
        shown: dict[str, str] = {}
        left = COMMENTS_MOST
        for sheet in sheets:
            shown[sheet.name] = name = names.take(sheet.name)
            page = book.add_worksheet(name)
            page.set_column(0, 50, 18)
            marked = by_sheet.get(sheet.name, {})
            for number, cells in _rows(sheet.rows, marked):
                width = max([len(cells), *(column + 1 for column in marked.get(number, ()))])
                for column in range(width):
                    text = cells[column] if column < len(cells) else ""
                    mark = marked.get(number, {}).get(column)
                    form = plain if mark is None else fills[all(one.is_question for one in mark)]
                    if text:
                        cell_write(page, number, column, written(text), form)
                    elif mark is not None:
                        page.write_blank(number, column, None, form)
                    if mark is not None and left:
                        left -= 1
                        page.write_comment(number, column, comment_of(mark), {"author": listing.name})
        page = book.add_worksheet(names.take(listing.name))
        for column, width in enumerate(LISTING_WIDTHS):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        wrapped = book.add_format({**shapes, "text_wrap": True})
        bold = book.add_format({**shapes, "bold": True, "bg_color": "#E8EEF7"})
        for place, line in enumerate(listing_rows(marks, listing, shown)):
            page.set_row(place, listing_height(line))
            for column, text in enumerate(line):
                cell_write(page, place, column, written(text), wrapped if place else bold)
    return _settled(stream.getvalue())


def _rows(
    rows: Iterable[tuple[int, Sequence[str]]], marked: dict[int, dict[int, list[Mark]]]
) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows, and between them those that hold nothing but marks, in their order."""
    waiting = sorted(marked)
    at = 0
    for number, cells in rows:
        while at < len(waiting) and waiting[at] < number:
            yield waiting[at], ()
            at += 1
        at += at < len(waiting) and waiting[at] == number
        yield number, cells
    for number in waiting[at:]:
        yield number, ()


def _by_sheet(marks: Iterable[Mark]) -> dict[str, dict[int, dict[int, list[Mark]]]]:
    found: dict[str, dict[int, dict[int, list[Mark]]]] = {}
    for mark in marks:
        place = first_cell(mark.address)
        if place is not None:
            row, column = place
            found.setdefault(mark.sheet, {}).setdefault(row, {}).setdefault(column, []).append(mark)
    return found


_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def first_cell(address: str) -> tuple[int, int] | None:
    """Row and column, from 0, of the first cell of an address; nothing for a whole sheet."""
    found = _CELL.match(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def comment_of(marks: Iterable[Mark]) -> str:
    """What a comment says of a cell."""
    return written("\n".join(f"{mark.kind}：{mark.rule} {mark.repair}" for mark in marks))


def listing_rows(
    marks: Iterable[Mark], listing: Listing, shown: dict[str, str] | None = None
) -> Iterator[tuple[str, ...]]:
    """The rows of the sheet that lists all marks, headings first; ``shown`` is how the copy names a sheet."""
    yield listing.heading
    names = shown or {}
    for number, mark in enumerate(marks, start=1):
        if number == ROWS_MOST:
            return
        sheet = names.get(mark.sheet, mark.sheet)
        yield sheet, mark.address, mark.value, mark.kind, mark.rule, mark.repair, mark.code


def listing_height(line: Sequence[str]) -> float:
    """The height of a row of the listing, in points: not every program fits it to what is wrapped."""
    lines = (
        -(-sum(2 if letter > "\u2e7f" else 1 for letter in text) // (width - 2))
        for text, width in zip(line, LISTING_WIDTHS, strict=True)
    )
    return 15.0 * max(1, min(max(lines), 12))


def written(text: str) -> str:
    """As a cell can hold it: without what XML forbids, and no longer than a cell is."""
    return _FORBIDDEN.sub("", text)[:CELL_MOST]


class NamesTaken:
    """The names of sheets of one workbook: at most 31 characters, each once, without what Excel forbids."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = {name.casefold() for name in taken}

    def take(self, name: str) -> str:
        """A name like this one that is free; it is taken then."""
        plain = _FORBIDDEN.sub("", name).translate(_NOT_IN_NAMES).strip("'")[:SHEET_NAME_MOST].strip("'")
        plain = plain or "Sheet"
        free, number = plain, 2
        while free.casefold() in self.taken or free.casefold() == "history":
            ending = f" ({number})"
            free, number = plain[: SHEET_NAME_MOST - len(ending)] + ending, number + 1
        self.taken.add(free.casefold())
        return free


def _settled(data: bytes) -> bytes:
    """The same package whenever it is made: no moment of its making stands in it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>2026-01-01T00:00:00Z", part)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, part)
    return stream.getvalue()
