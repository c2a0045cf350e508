"""A ledger of 100,000 findings as a workbook, against a bare XlsxWriter write of the same cells.

Both in constant-memory mode, each in a process of its own, so that the peak memory is its own. Both write a
thousand findings over and over; the bare one has its cells made before and knows nothing of looks. The ratio
is the figure: rows a second depend on the machine.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

import xlsxwriter

from zhenggai.documents.ledger import CriterionRow, LedgerRow, MeasureRow
from zhenggai.documents.ledger_book import ledger_book
from zhenggai.documents.ledger_book.columns import FULL_COLUMNS, SHORT_COLUMNS
from zhenggai.documents.ledger_book.content import BookChoice, BookHead, BookRow, BookSheet
from zhenggai.documents.ledger_book.lists import SIDE_SHEETS, value_of
from zhenggai.documents.plain import plain_text
from zhenggai.domain.deadlines import Light
from zhenggai.domain.ledger_keys import ledger_key
from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.domain.profiles import Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROWS = 100_000
KINDS = 1_000
AIM = 2.0
AT = datetime(2031, 6, 20, 9, 0, tzinfo=UTC)
HEAD = BookHead(
    1, "云山县示例局巡察", "云山县示例局", "", "内部", AT, ROWS, "徐示例", ((Light.OVERDUE, Colour.RED),)
)
LISTS = (BookSheet.PROBLEMS, BookSheet.TASKS, BookSheet.DUTIES)


def findings() -> list[BookRow]:
    unsaid: dict[str, Any] = {
        **dict.fromkeys(("number", "theme", "title", "problem", "lead_unit", "organisation_label"), ""),
        **dict.fromkeys(("evidence", "requests", "closures"), ()),
        **dict.fromkeys(("stated_progress", "stated_nature", "stated_closed", "span"), None),
    }
    row = LedgerRow(
        **unsaid,
        id=1,
        position=1,
        group="示例管理不规范",
        nature=Nature.TIME_BOUND,
        stage=Stage.RECTIFYING,
        progress=Progress.IN_PROGRESS,
        responsible_leader="样甲",
        supporting_units=("示例一科", "财务科"),
        due=date(2031, 6, 30),
        first_due=date(2031, 3, 31),
        days_overdue=0,
        round=1,
        stated_status="正在整改",
        stated_leader="样丙",
        stated_unit="示例科",
        stated_due="",
        stated_actions=("已清查凭证三十份", "修订采购办法一项"),
        document="示例反馈意见",
        restricted="",
        measures=(
            MeasureRow("清查三年采购凭证，逐笔登记台账", "plan", None, None, None, ""),
            MeasureRow("修订采购办法并组织培训", "plan", date(2031, 5, 1), AT, "样丁", "已修订"),
        ),
        criteria=(CriterionRow("账实相符", None, None, None, None, ""),),
    )
    themes = ("党的领导方面", "党的建设方面", "从严治党方面")
    return [
        BookRow(
            replace(
                row,
                id=number,
                number=f"一/{number}",
                theme=themes[number * 3 // KINDS],
                title=f"第{number}项：示例学校采购台账登记不完整，部分物资未入库",
                lead_unit=f"示例{number % 40}局",
                problem="抽查三十份凭证，其中五份缺少附件。",
            ),
            tuple(Light)[number % 5],
        )
        for number in range(KINDS)
    ]


def ours(columns: Sequence[str], sheets: Sequence[BookSheet]) -> None:
    with tempfile.TemporaryFile() as file:
        rows = islice(cycle(findings()), ROWS)
        began = time.process_time()
        ledger_book(file, HEAD, rows, BookChoice(tuple(columns), tuple(sheets)))
        _tell(time.process_time() - began)


def bare(columns: Sequence[str], sheets: Sequence[BookSheet]) -> None:
    known = [_cells(each, columns, sheets) for each in findings()]
    with tempfile.TemporaryFile() as file:
        began = time.process_time()
        with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            pages = [book.add_worksheet() for _ in range(1 + len(sheets))]
            at = [0] * len(pages)
            for cells in islice(cycle(known), ROWS):
                for page, (sheet, rows) in zip(pages, enumerate(cells), strict=True):
                    for row in rows:
                        at[sheet] += 1
                        for place, value in enumerate(row):
                            if isinstance(value, str):
                                page.write_string(at[sheet], place, value)
                            else:
                                page.write_number(at[sheet], place, value)
        _tell(time.process_time() - began)


def _cells(each: BookRow, columns: Sequence[str], sheets: Sequence[BookSheet]) -> list[list[list[Any]]]:
    key = ledger_key(1, each.row.id)
    ledger = [[*(_plain(value_of(each, name)[0]) for name in columns), key]]
    beside = [
        [[*(_plain(value) for value, _, _ in row), key] for row in SIDE_SHEETS[sheet].rows(each)]
        for sheet in sheets
    ]
    return [ledger, *beside]


def _plain(value: object) -> str | float:
    """What is written of a value: days are numbers there, too."""
    if isinstance(value, date):
        return 47_999.0
    return plain_text(value) if value is None or isinstance(value, str) else float(str(value))


def _tell(seconds: float) -> None:
    mib = 1024 if sys.platform != "darwin" else 1024 * 1024
    _told.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / mib))


_told: Any = None


def _run(write: Callable[..., None], answers: Any, *arguments: Any) -> None:
    global _told  # noqa: PLW0603 - where the process that was begun for it puts its figures
    _told = answers
    write(*arguments)


def measured(write: Callable[..., None], *arguments: Any) -> tuple[float, float]:
    """Seconds of the processor and MiB at most, of a process that does nothing else."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_run, args=(write, answers, *arguments))
    process.start()
    figures: tuple[float, float] = answers.get()
    process.join()
    return figures


def cases() -> Iterator[tuple[str, Sequence[str], Sequence[BookSheet]]]:
    yield "short", SHORT_COLUMNS, ()
    yield "short with the three lists", SHORT_COLUMNS, LISTS
    yield "full", FULL_COLUMNS, ()


def main() -> None:
    for name, columns, sheets in cases():
        written, peak = measured(ours, columns, sheets)
        least, bare_peak = measured(bare, columns, sheets)
        print(
            f"{name}: {ROWS / written:,.0f} rows/s · ratio {written / least:.2f} (aim {AIM:.0f}) · "
            f"peak {peak:.0f} MiB, bare {bare_peak:.0f} MiB"
        )


if __name__ == "__main__":
    main()
