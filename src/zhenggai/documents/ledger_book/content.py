"""What a ledger workbook is made of (台账工作簿内容): plain values that the rooms above hand in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.documents.ledger import LedgerRow
    from zhenggai.domain.deadlines import Light
    from zhenggai.domain.profiles import Colour


class BookSheet(StrEnum):
    """One sheet of the workbook beside the ledger itself (附表)."""

    PROBLEMS = "problems"
    TASKS = "tasks"
    DUTIES = "duties"
    PROCESS = "process"
    RETURNS = "returns"
    FIGURES = "figures"
    GUIDE = "guide"


SHEET_NAMES: Final[dict[BookSheet, str]] = {
    BookSheet.PROBLEMS: "问题清单",
    BookSheet.TASKS: "任务清单",
    BookSheet.DUTIES: "责任清单",
    BookSheet.PROCESS: "过程记录",
    BookSheet.RETURNS: "退回记录",
    BookSheet.FIGURES: "统计",
    BookSheet.GUIDE: "填写说明",
}


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """One thing that happened to a finding (过程记录): who did what, and what was said of it."""

    at: datetime
    by: str
    what: str
    said: str


@dataclass(frozen=True, slots=True)
class BookRow:
    """One finding of the workbook; ``light`` is its deadline's on the day, None once it is closed."""

    row: LedgerRow
    light: Light | None
    process: tuple[ProcessRow, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with its word (统计项); ``note`` says what it is a share of, by which rule and rounding."""

    word: str
    number: object
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures that belong together, under their heading (统计表)."""

    heading: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class BookHead:
    """What stands above every sheet (表头说明).

    ``at``: as of when, in the office's time zone. ``total``: how many findings there are. ``narrowed`` and
    ``ordered`` say in words what the list is narrowed to and how it is ordered, empty where it is whole and
    as in the document. ``is_restricted``: whether it holds findings that only listed people see.
    """

    inspection_id: int
    title: str
    organisation: str
    inspector: str
    marking: str
    at: datetime
    total: int
    exported_by: str
    colours: tuple[tuple[Light, Colour], ...]
    narrowed: str = ""
    ordered: str = ""
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class BookChoice:
    """What a person wants in the file (导出选择): columns by name, in order, and sheets beside the ledger.

    ``is_merged``: themes and groups stand in cells merged down, for printing; else a cell a row, for sorting.
    """

    columns: tuple[str, ...]
    sheets: tuple[BookSheet, ...] = tuple(BookSheet)
    is_merged: bool = True
