"""From the bytes of a spreadsheet to tables of plain text (读取电子表格): .xlsx, .xls and .csv."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import Message, msg
from zhenggai.reading.errors import EmptySourceError, WorkbookTooCostlyError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.reading.workbook.grid import Sheet

BYTES_MOST: Final = 5 * 1024 * 1024
# what a workbook may hold when it is unpacked
UNPACKED_MOST: Final = 100 * 1024 * 1024
ROWS_MOST: Final = 5_000
COLUMNS_MOST: Final = 100
_TOO_MANY: Final = msg("a sheet has more than 5,000 rows or 100 columns")
_SNIFFED: Final = 4_000
_MOMENT: Final = re.compile(r"(?<=\d{4}-\d\d-\d\d)[ T]\d\d:\d\d:\d\d(?:\.\d+)?\Z")
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


class TableUnreadableError(InvalidError):
    """The file is no spreadsheet that can be read."""

    code = "table_unreadable"
    template = msg(
        "“%(name)s” cannot be read as a spreadsheet: %(why)s. Save it as .xlsx, or as .csv in UTF-8 or "
        "GB18030, and choose it again."
    )


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or the one table of a .csv file, as rows of text from cell A1 on."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def tables_read(content: bytes, name: str) -> list[Table]:
    """Every visible sheet with anything in it (工作表); a .csv file is one table under the file's name.

    :raises TableUnreadableError: when it is no spreadsheet, is too large, or its characters are unknown.
    """
    if len(content) > BYTES_MOST:
        raise TableUnreadableError(name=name, why=Message(msg("it is larger than 5 MiB")))
    tables = _workbook(content, name) if content.startswith((_ZIP, _OLE)) else [_csv(content, name)]
    found = [table for table in tables if any(any(row) for row in table.rows)]
    if not found:
        raise TableUnreadableError(name=name, why=Message(msg("nothing stands in it")))
    return found


def _workbook(content: bytes, name: str) -> list[Table]:
    from zhenggai.reading.workbook import open_book  # noqa: PLC0415  # its patterns are read only where needed

    try:
        if content.startswith(_ZIP):
            _unpacked_checked(content, name)
        # a workbook of a kilobyte can ask for half a terabyte: it is opened in a process of its own
        book = open_book(content, name=name, max_cells=ROWS_MOST * COLUMNS_MOST)
    except EmptySourceError:
        return []
    except WorkbookTooCostlyError:
        raise TableUnreadableError(name=name, why=Message(_TOO_MANY)) from None
    except TableUnreadableError:
        raise
    except (InvalidError, zipfile.BadZipFile):
        raise TableUnreadableError(name=name, why=Message(msg("it is damaged or something else"))) from None
    return [_sheet(each, name) for each in book.sheets if not each.is_hidden]


def _unpacked_checked(content: bytes, name: str) -> None:
    """Refuses a small file that would unpack into a very large one."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > UNPACKED_MOST:
            raise TableUnreadableError(name=name, why=Message(msg("it unpacks to more than 100 MiB")))


def _sheet(sheet: Sheet, name: str) -> Table:
    if sheet.far_count:
        # what stands so far away was left out when the workbook was opened
        raise TableUnreadableError(name=name, why=Message(_TOO_MANY))
    height = sheet.numbers[-1] + 1 if sheet.numbers else 0
    _size_checked(height, max(map(len, sheet.rows), default=0), name)
    known = dict(zip(sheet.numbers, sheet.rows, strict=True))
    return Table(sheet.name, _stripped(known.get(number, ()) for number in range(height)))


def _csv(content: bytes, name: str) -> Table:
    text = _decoded(content, name)
    delimiter = max(",;\t", key=text[:_SNIFFED].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise TableUnreadableError(name=name, why=Message(msg("it is damaged or something else"))) from None
    _size_checked(len(rows), max((len(row) for row in rows), default=0), name)
    return Table(name, _stripped(rows))


def _decoded(content: bytes, name: str) -> str:
    if b"\x00" in content:
        raise TableUnreadableError(name=name, why=Message(msg("it is damaged or something else")))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableUnreadableError(name=name, why=Message(msg("its characters are neither UTF-8 nor GB18030")))


def _size_checked(height: int, width: int, name: str) -> None:
    if height > ROWS_MOST or width > COLUMNS_MOST:
        raise TableUnreadableError(name=name, why=Message(_TOO_MANY))


def _stripped(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_text(cell) for cell in row) for row in rows)


def _text(cell: str) -> str:
    """A cell without blanks around it; of a moment only its day counts: no post begins by the hour."""
    return _MOMENT.sub("", cell.strip().removeprefix("'"))
