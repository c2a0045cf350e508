"""Workbooks to be filled in and read back (Excel 工作簿): equal input, equal bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# a workbook says when it was made; ours says the same every time
MADE: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ROWS_WITH_CHOICES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a line of headings, rows of text below, and for some columns a list to choose from."""

    name: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def cell_write(page: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text into a cell (写入文字) as it is: no formula, no link, no mark-up."""
    if text.startswith("<r>") and text.endswith("</r>"):
        # what begins and ends so XlsxWriter holds to be its own mark-up, and writes it as it is
        page.write_rich_string(row, column, text[:1], style, text[1:], style)
    else:
        page.write_string(row, column, text, style)


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one .xlsx file; every cell is text, so nothing is executed and no zero is lost."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": MADE})
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.heading) - 1, 22, text)
            for place, line in enumerate((sheet.heading, *sheet.rows)):
                for column, cell in enumerate(line):
                    cell_write(page, place, column, cell, bold if place == 0 else text)
            for column, words in sheet.choices.items():
                allowed = {"validate": "list", "source": list(words), "error_type": "warning"}
                page.data_validation(1, column, _ROWS_WITH_CHOICES, column, allowed)
    return stream.getvalue()
