"""Ledgers kept as workbooks (台账电子表格): cells → header → mapping → findings, and what is wrong.

Three values in a row: `open_book` gives the cells, `guess_mapping` what sheets and columns hold, which a
person may change, `read_book` the reading.
"""

from __future__ import annotations

from zhenggai.reading.workbook.mapping import Mapping, SheetKind, guess_mapping
from zhenggai.reading.workbook.opening import book_lines, is_workbook, open_book
from zhenggai.reading.workbook.reading import WorkbookReading, read_book

__all__ = [
    "Mapping",
    "SheetKind",
    "WorkbookReading",
    "book_lines",
    "guess_mapping",
    "is_workbook",
    "open_book",
    "read_book",
]
