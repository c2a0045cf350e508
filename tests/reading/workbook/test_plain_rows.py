"""A row that is told by what equal cells above it said is the very finding that it would be cell by cell."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reading.workbook import samples
from reading.workbook.bookmaking import Page, xlsx
from zhenggai.reading.workbook import guess_mapping, open_book, plain_rows, read_book
from zhenggai.reading.workbook.grid import Book, Merged, Sheet
from zhenggai.reading.workbook.plain_rows import PlainRows
from zhenggai.reading.workbook.transport import CELL_END, packed, unpacked

NAMES = [
    "序号", "问题类别", "反馈问题", "具体表现", "整改措施", "责任领导", "责任单位", "配合单位", "整改类型",
    "完成时限", "整改进展", "整改状态", "是否销号", "销号时间", "涉及金额（元）", "备注",
]  # fmt: skip
COLUMNS = [
    ["1", "2", "3", "", "3-1", "2031-01-02"],
    ["党的建设方面", "", "同上"],
    ["台账登记不完整的问题", "采购手续不全的问题", "同上", "", "一、从严治党方面"],
    ["抽查5份凭证缺少附件", "", "同上"],
    ["1.清查凭证；2.修订办法。", "修订办法", "", "同上", "/"],
    ["样甲", "样乙、样丙", "", "同上"],
    ["示例局", "办公室（牵头）、财务科", ""],
    ["示例科、财务科", ""],
    ["限期整改", "立行立改", ""],
    ["2031年6月底前", "2031-06-30", "6月底", "1.2031年6月底前；2.2031年9月底前", "13月", "", "同上"],
    ["一是已清查；二是修订办法1项。", "3.5", "", "已完成", "同上"],
    ["整改完成", "正在整改", "完成", "", "再议"],
    ["是", "否", "", "再议"],
    ["2031年6月20日", ""],
    ["3200", "", "若干"],
    ["", "注"],
]
ROW = st.tuples(*(st.sampled_from(values) for values in COLUMNS)).map(list)


def both(book):
    """What is read of a workbook, and what would be if every row were told cell by cell."""
    mapping = guess_mapping(book)
    made = read_book(book, mapping)

    class ByCell(PlainRows):
        def __init__(self, *values):
            super().__init__(*values)
            self.is_on = False

    reading = plain_rows.PlainRows
    try:
        read_book.__globals__["PlainRows"] = ByCell
        plain = read_book(book, mapping)
    finally:
        read_book.__globals__["PlainRows"] = reading
    return made, plain


def is_same(book):
    made, plain = both(book)
    assert made.reading.findings == plain.reading.findings
    assert made.issues == plain.issues
    assert made.sources == plain.sources
    return made


@given(st.lists(ROW, min_size=1, max_size=8), st.integers(0, 3))
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_rows_out_of_few_words_are_read_the_same(rows, merged):
    rows = [NAMES, *rows, *rows, *rows]
    ranges = [Merged(2 + at, 9, 3 + at, 9) for at in range(merged)]
    sheet = Sheet("台账", range(len(rows)), rows, tuple(ranges))

    is_same(Book("台账.xlsx", "0", (sheet,)))


BASE = [
    "1", "党的建设方面", "台账登记不完整的问题", "抽查5份凭证缺少附件", "1.清查凭证；2.修订办法。", "样甲",
    "示例局", "示例科", "限期整改", "2031年6月底前", "一是已清查；二是修订办法1项。", "整改完成", "是",
    "2031年6月20日", "3200", "",
]  # fmt: skip
OPEN = [*BASE[:11], "正在整改", "否", "", "3200", ""]


def test_a_row_that_differs_in_one_or_two_cells_from_a_clean_one_is_read_the_same():
    rows = [NAMES, BASE, OPEN]
    for column, values in enumerate(COLUMNS):
        for value in values:
            for base in (BASE, OPEN):
                for at, other in ((9, "1.2031年6月底前；2.2031年9月底前"), (10, ""), (15, "")):
                    row = [*base]
                    row[at], row[column] = other, value
                    rows += [[str(len(rows)), *row[1:]] if column else row, base]

    is_same(Book("台账.xlsx", "0", (Sheet("台账", range(len(rows)), rows),)))


def test_every_sample_is_read_the_same():
    for make in samples.CLEAN:
        sample = make()
        is_same(open_book(sample.data, name=sample.name))


def test_with_more_combinations_than_are_kept_the_memory_begins_anew(monkeypatch):
    monkeypatch.setattr(plain_rows, "KEPT_MOST", 2)
    rows = [
        [
            "1",
            "",
            "台账登记不完整的问题",
            "",
            "清查凭证",
            f"样{name}",
            "示例局",
            "",
            "",
            f"2031年{month}月底前",
            "已清查",
            "正在整改",
        ]
        for month, name in enumerate("甲乙丙丁甲乙丙丁", start=1)
    ]  # fmt: skip

    is_same(Book("台账.xlsx", "0", (Sheet("台账", range(9), [NAMES, *rows]),)))


def test_a_ledger_without_columns_of_status_and_days_is_read_the_same():
    names = ["序号", "反馈问题", "整改措施", "整改情况"]
    rows = [names, *([str(number), "台账登记不完整", "清查凭证", "已清查"] for number in range(1, 5))]

    made = is_same(open_book(xlsx(Page("台账", rows)), name="台账.xlsx"))

    assert [one.number for one in made.reading.findings] == ["1", "2", "3", "4"]


def test_measures_in_two_columns_are_read_the_same():
    names = ["序号", "反馈问题", "整改措施1", "整改措施2", "责任人"]
    rows = [names, *([str(number), "台账登记不完整", "清查凭证", "补登", "样甲"] for number in range(1, 5))]

    made = is_same(open_book(xlsx(Page("台账", rows)), name="台账.xlsx"))

    assert [len(one.measures) for one in made.reading.findings] == [2] * 4


def test_results_that_are_ticked_are_read_the_same():
    names = ["序号", "反馈问题", "整改措施", "整改情况", ""]
    below = ["", "", "", "已整改", "未整改"]
    rows = [names, below, *([str(number), "台账登记不完整", "清查凭证", "√"] for number in range(1, 4))]

    is_same(open_book(xlsx(Page("台账", rows, merged=[(0, 3, 0, 4)])), name="台账.xlsx"))


def test_cells_that_hold_what_parts_them_arrive_whole():
    for rows in ([["a", "b"], ["c"]], [[f"a{CELL_END}"], ["b", ""]], [["a\ufdd1b"]], [["甲\udcff"]]):
        line = unpacked(packed({"numbers": [1, 2], "rows": rows}), {}.setdefault)
        assert line == {
            "numbers": [1, 2],
            "rows": [[cell.replace("\udcff", "?") for cell in row] for row in rows],
        }
    assert unpacked(packed({"end": True}), {}.setdefault) == {"end": True}
