"""Ledgers kept as workbooks (台账电子表格): cells → header → mapping → findings, and what is wrong.

Three values in a row: `open_book` gives the cells, `guess_mapping` what sheets and columns hold, which a
person may change, `read_book` the reading.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
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

_WHERE: Final = {
    "Mapping": "mapping",
    "SheetKind": "mapping",
    "WorkbookReading": "reading",
    "book_lines": "opening",
    "guess_mapping": "mapping",
    "is_workbook": "opening",
    "open_book": "opening",
    "read_book": "reading",
}


def __getattr__(name: str) -> Any:
    """Loads what is asked for: the process that opens a workbook begins each time, and needs none of it."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
