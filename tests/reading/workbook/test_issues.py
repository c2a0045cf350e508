"""Every problem in a workbook is named by sheet, cell, value, rule and repair; none is invented."""

from __future__ import annotations

import pytest

from reading.workbook.seeded import seeded
from reading.workbook.test_mapping import book, sheet
from zhenggai.reading.workbook import open_book, read_book
from zhenggai.reading.workbook.check_words import RULES
from zhenggai.reading.workbook.totals import stated_total

NAMES = [
    "序号", "问题", "问题金额", "整改金额", "措施", "责任领导", "责任单位", "整改类型", "发现时间",
    "开始时间", "完成时限", "完成日期", "整改情况", "整改状态", "是否销号", "销号时间",
]  # fmt: skip
PLACE = {
    "number": 0, "problem": 1, "amount": 2, "recovered": 3, "measures": 4, "leader": 5, "unit": 6,
    "nature": 7, "found": 8, "start": 9, "due": 10, "done": 11, "result": 12, "status": 13,
    "closed": 14, "closed_on": 15,
}  # fmt: skip
WHOLE = [
    "1", "学习制度落实不到位", "5万元", "0", "补学", "样甲", "办公室", "限期整改",
    "2031年1月10日",
    "2031年2月1日", "2031年9月30日", "", "正在补学", "正在整改", "否", "",
]  # fmt: skip
FINISHED = {"status": "整改完成", "closed": "是", "closed_on": "2031年6月30日"}


def row(number="1", **change):
    made = [number, f"第{number}项{WHOLE[1]}", *WHOLE[2:]]
    for name, value in change.items():
        made[PLACE[name]] = value
    return made


def found(*rows, merged=(), above=()):
    made = read_book(book(sheet([*above, NAMES, *rows], merged)))
    return [(one.code, one.address) for one in made.issues]


def test_twenty_seeded_errors_are_all_named_and_nothing_else():
    data, expected = seeded()

    read = read_book(open_book(data, name="台账.xlsx"))

    found = [(issue.code, issue.sheet, issue.address, issue.value) for issue in read.issues]
    assert found == expected
    assert len({code for code, *_ in found}) == 20
    for issue in read.issues:
        assert str(issue.rule).endswith(".")
        assert str(issue.repair).endswith(".")


def test_a_whole_row_has_nothing_wrong():
    assert found(row(), row("2", **FINISHED, done="2031年6月20日")) == []


@pytest.mark.parametrize(
    ("change", "issues"),
    [
        ({"due": "2031年9月1日至2031年6月30日"}, [("range_reversed", "K2")]),
        ({"due": "2031年6月1日至2031年9月30日"}, []),
        ({"due": "2031年13月1日至2031年6月30日"}, [("date_impossible", "K2")]),
        ({"due": "#N/A"}, [("formula_error", "K2")]),
        ({"status": "#N/A"}, [("formula_error", "N2")]),
        ({"amount": "#N/A"}, [("formula_error", "C2")]),
        ({"amount": "5\ufffd万元"}, [("amount_unreadable", "C2"), ("character_lost", "C2")]),
        ({"recovered": "6万元"}, [("recovered_over_amount", "D2")]),
        ({**FINISHED, "done": "2031年1月20日"}, [("done_before_start", "L2")]),
        ({**FINISHED, "start": "", "done": "2031年1月5日"}, [("done_before_start", "L2")]),
        ({**FINISHED, "done": "2031年7月20日"}, [("closed_before_done", "P2")]),
        ({**FINISHED, "start": "", "closed_on": "2031年1月5日"}, [("closed_before_done", "P2")]),
        ({"done": "2031年6月20日"}, [("done_on_contradicts_status", "L2")]),
        ({"status": "已整改销号"}, [("closed_contradicts_status", "O2")]),
        ({"status": "整改完成，未销号", "closed": "否"}, []),
        ({**FINISHED, "result": ""}, [("result_missing", "M2")]),
        ({"due": "", "nature": "长期坚持"}, []),
        ({"due": "", "status": "整改完成"}, []),
        ({"due": ""}, [("due_missing", "K2")]),
        ({"due": "", "closed": "是", "status": "", "closed_on": "2031年6月30日"}, []),
        ({"measures": "", "result": ""}, [("measures_missing", "E2")]),
        ({"measures": ""}, []),
        ({"closed": "已销号（2031年6月）", "status": "整改完成"}, [("closed_without_date", "P2")]),
        ({"closed": "2031年6月30日", "status": "整改完成"}, []),
        ({"closed": "正在整改"}, []),
        ({"closed_on": "未销号"}, []),
        ({"status": ""}, []),
    ],
)
def test_what_does_not_hold_of_one_finding_is_named(change, issues):
    assert found(row(**change)) == issues


def test_what_was_closed_after_the_ledger_was_filled_in_is_named():
    above = [["填报时间：2031年6月1日"]]

    assert found(row(**FINISHED), above=above) == [("closed_in_future", "P3")]
    assert found(row(**{**FINISHED, "closed_on": "2031年5月1日"}), above=above) == []


def test_a_day_of_closing_beside_an_open_status_contradicts_it():
    one = sheet([["序号", "问题", "状态", "销号时间"], ["1", "甲不规范", "正在整改", "2031年6月30日"]])
    two = sheet([["序号", "问题", "状态", "销号时间"], ["1", "甲不规范", "已整改销号", ""]])

    assert [(issue.code, issue.address) for issue in read_book(book(one)).issues] == [
        ("status_contradicts_closed", "D2")
    ]
    assert [(issue.code, issue.address) for issue in read_book(book(two)).issues] == [
        ("closed_without_date", "D2")
    ]


def test_unit_and_person_in_one_column_are_missing_there():
    one = sheet([["序号", "问题", "责任单位及责任人"], ["1", "甲不规范", ""], ["2", "乙不规范", "甲科 样甲"]])

    assert [(issue.code, issue.address) for issue in read_book(book(one)).issues] == [("unit_missing", "C2")]


def test_prose_in_a_column_of_statuses_is_no_list_of_unknown_words():
    prose = "该单位已经组织召开专题会议研究部署并逐项明确了责任人和完成的时间节点"
    one = sheet([["序号", "问题", "整改进度"], ["1", "甲不规范", prose], ["2", "乙不规范", prose]])

    assert read_book(book(one)).issues == ()


def test_natures_of_another_kind_are_not_asked_about():
    one = sheet([["序号", "问题", "整改类型"], ["1", "甲不规范", "A类"], ["2", "乙不规范", "B类"]])
    two = sheet([["序号", "问题", "问题性质"], ["1", "甲不规范", "一般"], ["2", "乙不规范", "立行立改"]])

    assert read_book(book(one)).issues == read_book(book(two)).issues == ()


def test_numbers_that_are_used_twice_or_left_out_are_named():
    assert found(*(row(str(number)) for number in (1, 2, 3, 4, 5, 6, 7, 9))) == [("number_gap", "A9")]
    rows = [row(str(number)) for number in (1, 2, 3, 4, 5)]
    rows[3][0], rows[3][1] = "3", "另一项制度执行不到位"
    assert found(*rows) == [("duplicate_number", "A5")]
    rows[3][0], rows[3][1] = "4", ""
    assert found(*rows) == [("missing_problem", "B5")]
    assert found(*(row(str(number)) for number in (1, 5, 12, 20))) == []
    assert found(row("YS-1"), row("YS-9")) == []


def test_a_row_without_a_problem_may_have_a_number_of_letters():
    assert found(row(), row("YS-2", problem=""), row("2")) == [("missing_problem", "B3")]


def test_what_a_merged_cell_lends_is_blamed_on_no_row():
    second = row("2", start="2031年12月1日", due="")

    assert found(row(), second, merged=[(1, 10, 2, 10)]) == []


def test_numbers_may_begin_anew_under_every_theme():
    one = sheet(
        [
            ["序号", "问题", "措施"],
            ["一、党建方面"],
            ["1", "甲不规范", "改"],
            ["二、财务方面"],
            ["1", "乙不规范", "改"],
        ]
    )

    assert read_book(book(one)).issues == ()


def test_the_same_problem_twice_is_asked_about():
    second = row("2")
    second[1] = row()[1]

    assert found(row(), second) == [("duplicate_problem", "B3")]


def test_merged_cells_that_hide_or_span_what_is_said_of_each_are_named():
    rows = [row(), row("2"), row("3")]
    rows[1][13] = ""
    rows[2][6] = "督查室"

    assert found(*rows, merged=[(1, 13, 2, 13), (2, 6, 3, 6), (0, 0, 0, 1), (9, 0, 10, 0)]) == [
        ("merged_over_findings", "N2:N3"),
        ("merged_hides", "G4"),
    ]


def test_a_column_with_values_and_no_name_is_asked_about_once():
    assert found([*row(), "", "x"], [*row("2"), "", "y"]) == [("column_without_name", "R2")]


def test_totals_that_do_not_agree_are_asked_about():
    assert found(row(), row("2"), ["合计", "3项"]) == [("total_differs", "B4")]
    assert found(row(), ["小计", "1项"], row("2"), ["小计", "1项"], ["合计", "共2个问题"], ["合计", ""]) == []
    assert stated_total(["总计", "", "15 项"]) == (2, 15)
    assert stated_total(["总计", "万元"]) is None


def test_a_workbook_without_a_ledger_says_what_is_missing():
    issues = read_book(book(sheet([["姓名", "电话"], ["样甲", "1"]]))).issues

    assert [(one.code, one.sheet, one.address) for one in issues] == [("no_ledger", "台账", "")]


def test_an_issue_is_plain_values_in_any_language():
    issue = read_book(book(sheet([NAMES, row(unit="")]))).issues[0]

    assert issue.to_dict(lambda words: f"<{words}>") == {
        "code": "unit_missing",
        "sheet": "台账",
        "cell": "G2",
        "value": "",
        "rule": "<Every finding has a responsible unit; here none is named.>",
        "repair": "<Write the unit that answers for it.>",
        "question": False,
    }


def test_every_rule_is_a_whole_sentence_with_a_repair():
    for rule in RULES.values():
        assert rule.rule.endswith(".")
        assert rule.repair.endswith(".")
