"""A ledger of 100,000 rows read and checked, against a bare python-calamine read of the same file and run.

The ratio is the figure: rows a second depend on the machine. Peak memory is of this process and its child.
Two ledgers: one in which units, people and results repeat as they do in an office, one of which hardly any
cell says what another one says. Every round reads both ways, so that what else the machine does meets both.
"""

from __future__ import annotations

import io
import resource
import statistics
import sys
import time

import xlsxwriter
from python_calamine import CalamineWorkbook

from zhenggai.reading.workbook import open_book, read_book

ROWS = 100_000
NAMES = [
    "序号", "问题类别", "反馈问题", "具体表现", "整改目标", "整改措施", "牵头领导", "牵头单位", "配合单位",
    "责任人", "整改类型", "完成时限", "整改进展", "整改状态", "佐证材料", "是否销号", "销号时间", "备注",
]  # fmt: skip
AIM = 4.0
ROUNDS = 3


def ledger(rows: int, *, varied: bool = False) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["云山县示例局整改台账"])
        sheet.write_row(1, 0, NAMES)
        for number in range(rows):
            sheet.write_row(number + 2, 0, _varied(number, rows) if varied else _row(number, rows))
    return stream.getvalue()


def _row(number: int, rows: int) -> list[str | int]:
    unit = f"示例{number % 40}局"
    return [
        number + 1,
        ("党的领导方面", "党的建设方面", "从严治党方面")[number * 3 // rows],
        f"第{number + 1}项：示例学校采购台账登记不完整",
        f"抽查{number % 30}份凭证缺少附件",
        "做到账实相符",
        f"1.清查{number % 100}份凭证；2.修订采购办法。",
        "样甲、样乙",
        unit,
        f"示例{number % 7}科、财务科",
        "样丙",
        "限期整改",
        "2031年6月底前",
        f"一是已清查{number % 100}份；二是修订办法1项。",
        "整改完成",
        "凭证.pdf",
        "是",
        "2031年6月20日",
        "",
    ]


def _seconds() -> float:
    """Time of the processor, the child's too: on a shared machine the clock on the wall tells little."""
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def _varied(number: int, rows: int) -> list[str | int]:
    """A row whose people, measures, results and days are hardly those of any other."""
    row = _row(number, rows)
    day = f"2031年{number % 12 + 1}月{number % 28 + 1}日"
    row[5] = f"1.清查第{number}号凭证；2.修订第{number}号采购办法。"
    row[6] = f"样{_letter(number)}{_letter(number // 97)}、样乙"
    row[7] = f"示例{number % 997}局"
    row[8] = f"示例{number % 1009}科、财务科"
    row[9] = f"样{_letter(number // 7)}{_letter(number)}"
    row[11], row[16] = f"{day}前", day
    row[12] = f"一是已清查第{number}号凭证；二是修订办法1项。"
    return row


def _letter(number: int) -> str:
    return chr(0x4E00 + number % 2_000)


def _round(data: bytes) -> tuple[float, float, float]:
    """Seconds of a bare read, of opening, and of opening, reading and checking."""
    began = _seconds()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    bare = _seconds() - began
    assert len(rows) == ROWS + 2
    del rows
    began = _seconds()
    book = open_book(data, name="台账.xlsx")
    opened = _seconds() - began
    read = read_book(book)
    whole = _seconds() - began
    assert len(read.reading.findings) == ROWS
    assert not read.issues
    return bare, opened, whole


def main() -> None:
    for name, varied in (("as offices repeat themselves", False), ("hardly a cell twice", True)):
        data = ledger(ROWS, varied=varied)
        rounds = [_round(data) for _ in range(ROUNDS)]
        bare, opened, whole = (statistics.median(times) for times in zip(*rounds, strict=True))
        each = " ".join(f"{whole / bare:.2f}" for bare, _, whole in rounds)
        print(f"{name}: bare calamine {bare:.1f} s · opened {opened:.1f} s · read and checked {whole:.1f} s")
        print(f"  {ROWS / whole:,.0f} rows/s · ratio {whole / bare:.2f} (aim {AIM:.0f}; rounds {each})")
    mib = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / mib
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / mib
    print(f"peak memory {peak:.0f} MiB here, {child:.0f} MiB in the child")


if __name__ == "__main__":
    main()
