"""Ledger workbooks for the tests: visibly made up, and how they are opened again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from documents.test_ledger import EVIDENCE, FULL
from zhenggai.documents.ledger import (
    AfterwardsRow,
    ClosureRow,
    CriterionRow,
    DeadlineRow,
    MeasureRow,
    OutcomeRow,
    RequestRow,
)
from zhenggai.documents.ledger_book import ledger_book
from zhenggai.documents.ledger_book.columns import FULL_COLUMNS
from zhenggai.documents.ledger_book.content import BookChoice, BookHead, BookRow, BookSheet, ProcessRow
from zhenggai.domain.deadlines import Light
from zhenggai.domain.lifecycle import Progress, Stage
from zhenggai.domain.profiles import Colour
from zhenggai.reading.workbook import open_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenggai.documents.ledger_book.content import FigureTable
    from zhenggai.reading.workbook.grid import Book, Sheet

AT = datetime(2026, 3, 2, 4, 5, tzinfo=UTC)
COLOURS = (
    (Light.NONE, Colour.GREY),
    (Light.FAR, Colour.GREEN),
    (Light.NEAR, Colour.YELLOW),
    (Light.VERY_NEAR, Colour.ORANGE),
    (Light.OVERDUE, Colour.RED),
)
HEAD = BookHead(
    inspection_id=3,
    title="云山县示例局巡察",
    organisation="云山县示例局",
    inspector="县委示例巡察组",
    marking="内部",
    at=AT,
    total=2,
    exported_by="徐示例",
    colours=COLOURS,
)
ROW = replace(
    FULL,
    number="一/(一)/1",
    theme="党的领导方面",
    group="学习不深入",
    title="专项资金拨付不及时",
    problem="有 8.64 万元未拨付。",
    stage=Stage.RECTIFYING,
    progress=Progress.IN_PROGRESS,
    stated_closed=None,
    stated_unit="计划股",
    stated_actions=("召开会议一次", "核对三年账目"),
    restricted="",
    span=None,
    measures=(
        MeasureRow("建立资金台账", "plan", date(2026, 5, 1), AT, "经示例", "已建账"),
        MeasureRow("逐笔清理拨付", "plan", None, None, None, ""),
    ),
    criteria=(CriterionRow("账实一致", True, "核示例", AT, 1, "看了"),),
    evidence=(replace(EVIDENCE, uploaded_by="经"),),
    requests=(
        RequestRow(
            1,
            "经示例",
            AT,
            "sent_back",
            "已完成",
            (),
            "审示例",
            "材料不能证明到账。",
            date(2026, 4, 1),
            AT,
            ("账实一致",),
        ),
        RequestRow(2, "经示例", AT, "open", "已完成", (), None, ""),
    ),
    closures=(),
    deadline_requests=(
        DeadlineRow(
            "extension",
            date(2026, 3, 1),
            date(2026, 6, 30),
            date(2026, 9, 30),
            "",
            None,
            "流标",
            "经示例",
            "sent_back",
            (),
            "办示例",
            "理由不充分。",
        ),
        DeadlineRow(
            "long_term",
            date(2026, 3, 2),
            date(2026, 6, 30),
            None,
            "常态",
            date(2027, 3, 1),
            "长期",
            "经示例",
            "open",
            (),
            None,
            "",
        ),
    ),
    outcomes=(
        OutcomeRow("money", "1234.50", date(2026, 3, 1), "凭证", is_counted=True),
        OutcomeRow("criticism", "2", date(2026, 3, 1), "凭证", is_counted=True),
        OutcomeRow("money", "9.00", date(2026, 3, 1), "凭证", is_counted=False),
    ),
    afterwards=AfterwardsRow(recheck_on=date(2026, 9, 1)),
    percent=60,
    progress_verified=Progress.NOT_STARTED,
    narrative="已建账。",
    emphasis=True,
    key_area="工程建设",
    money_to_recover=Decimal("86400.50"),
    people_to_deal_with=2,
)
BARE = replace(
    ROW,
    id=8,
    number="一/(一)/2",
    title="会议记录不规范",
    nature=None,
    stage=Stage.CLOSED,
    progress=None,
    responsible_leader="",
    lead_unit="",
    supporting_units=(),
    due=None,
    first_due=None,
    measures=(),
    criteria=(),
    evidence=(),
    requests=(),
    deadline_requests=(),
    outcomes=(),
    closures=(ClosureRow("closed", 1, AT, "", None),),
    percent=None,
    progress_verified=None,
    narrative="",
    emphasis=False,
    money_to_recover=None,
    people_to_deal_with=None,
    stated_nature=None,
    stated_progress=None,
    stated_closed=False,
    stated_actions=(),
)
PROCESS = (ProcessRow(AT, "徐示例", "交办", "责任单位：示例股"),)
ROWS = (BookRow(ROW, Light.NEAR, PROCESS), BookRow(BARE, None))


def book_of(
    rows: Iterable[BookRow] = ROWS,
    columns: Sequence[str] = FULL_COLUMNS,
    sheets: Sequence[BookSheet] = (),
    *,
    head: BookHead = HEAD,
    is_merged: bool = True,
    figures: Sequence[FigureTable] = (),
    **more: Any,
) -> bytes:
    """The workbook of the rows."""
    stream = io.BytesIO()
    ledger_book(stream, head, rows, BookChoice(tuple(columns), tuple(sheets), is_merged), figures, **more)
    return stream.getvalue()


def opened(data: bytes) -> Book:
    """The workbook as the reader opens it."""
    return open_book(data, name="台账.xlsx")


def sheet_of(data: bytes, name: str = "台账") -> Sheet:
    """One sheet of the workbook."""
    return next(sheet for sheet in opened(data).sheets if sheet.name == name)


def cells_of(data: bytes, name: str = "台账") -> list[dict[str, str]]:
    """The rows of a sheet by the names of its columns, from the fourth row on."""
    heading, *rows = sheet_of(data, name).rows[2:]
    return [dict(zip(heading, [*row, *[""] * (len(heading) - len(row))], strict=True)) for row in rows]


def part_of(data: bytes, name: str) -> str:
    """One part of the file as it is written."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(f"xl/{name}").decode("utf-8")
