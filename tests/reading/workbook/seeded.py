"""A ledger with twenty errors, each of a kind of its own, and what is to be said of each, written by hand."""

from __future__ import annotations

from reading.workbook.bookmaking import Page, xlsx

NAMES = [
    "序号",
    "问题类别",
    "反馈问题",
    "问题金额（万元）",
    "整改措施",
    "责任领导",
    "责任单位",
    "整改类型",
    "发现时间",
    "开始时间",
    "完成时限",
    "整改情况",
    "整改状态",
    "是否销号",
    "销号时间",
]
_WHOLE = [
    "财务方面",
    "",
    5,
    "逐项清理",
    "样甲",
    "财务科",
    "限期整改",
    "2031年1月10日",
    "2031年2月1日",
    "2031年9月30日",
    "正在清理",
    "正在整改",
    "否",
    None,
]
COLUMN = {
    "number": 0, "theme": 1, "problem": 2, "amount": 3, "measures": 4, "leader": 5, "unit": 6, "nature": 7,
    "found": 8, "start": 9, "due": 10, "result": 11, "status": 12, "closed": 13, "closed_on": 14,
}  # fmt: skip
LONG = "长" * 32_767
SEEDS = [
    # (what is put in place of a right value, code, column named, value shown)
    ({"problem": None}, "missing_problem", "problem", ""),
    ({"status": "差不多了"}, "unknown_status", "status", "差不多了"),
    ({"due": "2031年2月30日"}, "date_impossible", "due", "2031年2月30日"),
    ({"due": "尽快"}, "date_unreadable", "due", "尽快"),
    ({"due": "2131年9月30日"}, "date_far", "due", "2131年9月30日"),
    ({"due": "9月底前"}, "date_without_year", "due", "9月底前"),
    ({"start": "2031年9月1日", "due": "2031年8月1日"}, "due_before_start", "due", "2031年8月1日"),
    (
        {"found": "2031年3月10日", "start": None, "due": "2031年3月1日"},
        "due_before_found",
        "due",
        "2031年3月1日",
    ),
    ({"closed": "是", "closed_on": "2031年6月30日"}, "status_contradicts_closed", "closed", "是"),
    ({"status": "整改完成", "closed": "是"}, "closed_without_date", "closed_on", ""),
    ({"closed_on": "2031年6月30日"}, "dated_not_closed", "closed_on", "2031年6月30日"),
    ({"unit": None}, "unit_missing", "unit", ""),
    ({"leader": None}, "leader_missing", "leader", ""),
    ({"amount": "十来万"}, "amount_unreadable", "amount", "十来万"),
    ({"measures": "#REF!"}, "formula_error", "measures", "#REF!"),
    ({"result": LONG}, "cell_truncated", "result", LONG[:59] + "…"),
    ({"closed": "大概"}, "unknown_closed", "closed", "大概"),
    ({"nature": "看情况"}, "unknown_nature", "nature", "看情况"),
    ({"number": 3}, "duplicate_number", "number", "3"),
    (
        {"status": "整改完成", "closed": "是", "closed_on": "2031年1月30日"},
        "closed_before_done",
        "closed_on",
        "2031年1月30日",
    ),
]


def seeded() -> tuple[bytes, list[tuple[str, str, str, str]]]:
    """The workbook, and (code, sheet, cell, value) of each of its errors in the order of the cells."""
    rows: list[list] = [["云山县示例局整改台账"], NAMES]
    expected = []
    formulas = {}
    for count, (change, code, column, shown) in enumerate(SEEDS, start=1):
        row = [count, *_WHOLE]
        row[2] = f"第{count}项示例问题的处理不到位"
        for name, value in change.items():
            row[COLUMN[name]] = value
        if code == "formula_error":
            formulas[len(rows), COLUMN[column]] = ("=Sheet9!A1", "#REF!")
        expected.append((code, "台账", f"{chr(65 + COLUMN[column])}{len(rows) + 1}", shown))
        rows.append(row)
    return xlsx(Page("台账", rows, [(0, 0, 0, 14)], formulas=formulas)), expected
