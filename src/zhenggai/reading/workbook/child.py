"""The process that opens workbooks (隔离进程): native code meets a stranger's file only here.

``python -m zhenggai.reading.workbook.child MEMORY SIZE`` reads the bytes of one file from standard input and
answers in lines of JSON: one for the workbook, then for every sheet one that begins it and some with rows.
With a third argument cells that stand far from the others are left out, but not of so many first sheets.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.reading.pdf.child import limit_memory
from zhenggai.reading.workbook import marks
from zhenggai.reading.workbook.far_cells import FarCells, without_far_cells
from zhenggai.reading.workbook.transport import packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet

ROWS_AT_ONCE: Final = 2_000
_PACKED: Final = (b"PK", b"\xd0\xcf\x11\xe0")


def lines(data: bytes, near_after: int | None = None) -> Iterator[dict[str, Any]]:
    """The answer to one file, line by line; ``refused`` says why there is none.

    ``near_after``: leave out cells that stand far from the others, but not of so many first sheets.
    """
    return _packed(data, near_after) if data.startswith(_PACKED) else _written(data)


def _written(data: bytes) -> Iterator[dict[str, Any]]:
    """The answer to markup: a workbook of one file, or tables of a page."""
    from zhenggai.reading.workbook import page_tables, xml_2003  # noqa: PLC0415 - seldom needed
    from zhenggai.reading.workbook.sniffing import is_xml_2003  # noqa: PLC0415 - as above

    tables: Iterator[page_tables.Table] = (
        xml_2003.tables_of(data) if is_xml_2003(data) else page_tables.tables_of(data)
    )
    try:
        for table in tables:
            yield {
                "sheet": table.name,
                "hidden": table.is_hidden,
                "merged": sorted(table.merged),
                "hidden_rows": table.hidden_rows,
                "hidden_columns": table.hidden_columns,
            }
            numbers = sorted(table.rows)
            for at in range(0, len(numbers), ROWS_AT_ONCE):
                some = numbers[at : at + ROWS_AT_ONCE]
                yield {"numbers": some, "rows": [table.rows[number] for number in some]}
        yield {"end": True}
    except page_tables.UndecodableError:
        yield {"refused": "undecodable"}
    except InvalidError:
        yield {"refused": "damaged"}


def _packed(data: bytes, near_after: int | None) -> Iterator[dict[str, Any]]:
    from python_calamine import (  # noqa: PLC0415 - loaded under the limits of this process
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    left_out: dict[str, FarCells] = {}
    try:
        if near_after is not None:
            near = without_far_cells(data, after=near_after)
            if near is None:
                return
            data, left_out = near
        known = marks.marks_of(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        yield {"since_1904": known.since_1904}
        for meta in book.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            of_sheet = known.sheets.get(meta.name, marks.SheetMarks())
            merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or ()]
            far = left_out.get(meta.name, FarCells())
            yield {
                "sheet": meta.name,
                "hidden": meta.visible is not SheetVisibleEnum.Visible,
                "merged": sorted(merged or of_sheet.merged),
                "hidden_rows": of_sheet.hidden_rows,
                "hidden_columns": of_sheet.hidden_columns,
                "uncalculated": list(of_sheet.uncalculated.told()),
                "far": [far.count, far.cells],
            }
            yield from _rows(sheet, of_sheet.shown)
        yield {"end": True}
    except PasswordError:
        yield {"refused": "encrypted"}
    except marks.RefusedError as refusal:
        yield {"refused": refusal.why, "part": refusal.part}
    except CalamineError:
        yield {"refused": "damaged"}


def _rows(sheet: CalamineSheet, marked: dict[tuple[int, int], str]) -> Iterator[dict[str, Any]]:
    """The rows with anything in them; a sheet that is formatted down to its end has few of them."""
    left = sheet.start[1] if sheet.start is not None else 0
    otherwise: dict[int, dict[int, str]] = {}
    for (row, column), shown in marked.items():
        otherwise.setdefault(row, {})[column] = shown
    numbers: list[int] = []
    rows: list[list[str]] = []
    for number, values in enumerate(sheet.iter_rows()):
        cells = [value if value.__class__ is str else shown_as(value) for value in values]
        if left:
            cells = [""] * left + cells
        for column, shown in otherwise.pop(number, {}).items():
            cells += [""] * (column + 1 - len(cells))
            cells[column] = shown
        while cells and not cells[-1]:
            del cells[-1]
        if cells:
            numbers.append(number)
            rows.append(cells)
        if len(rows) == ROWS_AT_ONCE:
            yield {"numbers": numbers, "rows": rows}
            numbers, rows = [], []
    for number in sorted(otherwise):
        numbers.append(number)
        columns = otherwise[number]
        rows.append([columns.get(column, "") for column in range(max(columns) + 1)])
    if rows:
        yield {"numbers": numbers, "rows": rows}


def shown_as(value: Any) -> str:
    """A value of a cell as it would be read aloud: whole numbers without a point, days as 2026-03-01."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def main(arguments: Sequence[str]) -> None:  # pragma: no cover - runs in a process that is not measured
    """Answer the one request on standard input; whatever a library prints goes to standard error."""
    limit_memory(int(arguments[0]))
    # nothing of an answer refers back to itself, and this process ends with it
    gc.disable()
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        near_after = int(arguments[2]) if arguments[2:] else None
        serve(sys.stdin.buffer.read(int(arguments[1])), answers, near_after)


def serve(data: bytes, answers: BinaryIO, near_after: int | None = None) -> None:
    """Write the answer to ``data``, see `lines`."""
    answers.writelines(map(packed, lines(data, near_after)))
    answers.flush()


if __name__ == "__main__":  # pragma: no cover - runs in a process that is not measured
    main(sys.argv[1:])
