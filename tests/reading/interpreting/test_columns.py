"""Columns by the names in the header, also unusual ones; a header is no form."""

from __future__ import annotations

import pytest

from zhenggai.reading import read
from zhenggai.reading.interpreting import people
from zhenggai.reading.interpreting.columns import header_of, is_header, like
from zhenggai.reading.interpreting.labels import Field

TITLE = "示例局审计整改台账\n"
HEAD = "序号\t审计发现问题\t问题金额\t整改措施\t整改完成情况\t整改责任单位及责任人\t整改期限\t未完成原因"
ROW = "1\t示例资金闲置\t12.5万元\t收回资金\t已收回10万元\t财务科 样甲\t2032年6月30日\t部分项目未结算"


@pytest.mark.parametrize("columns", [8, 7])
def test_a_header_with_one_row_below_it_is_a_table_and_no_form(columns):
    lines = ["\t".join(line.split("\t")[:columns]) for line in (HEAD, ROW)]
    reading = read(TITLE + "\n".join(lines))
    (found,) = reading.findings

    assert (found.number, found.title, found.problem) == ("1", "示例资金闲置", "问题金额：12.5万元")
    assert [item.text for item in found.measures] == ["收回资金"]
    assert [item.text for item in found.actions] == ["已收回10万元"]
    reason = "\n未完成原因：部分项目未结算" if columns == 8 else ""
    assert found.result == f"已收回10万元{reason}"
    assert (found.lead_unit, found.responsible_leader, found.due_text) == ("财务科", "样甲", "2032年6月30日")
    assert not reading.unread


def test_what_was_recovered_and_why_work_goes_on_stand_with_the_result():
    reading = read(
        f"{TITLE}存在问题\t涉及金额（万元）\t整改情况\t已收回金额（万元）\t逾期未完成的原因\n示例资金闲置\t12\t已核对\t8\t无账可查\n"
    )
    (found,) = reading.findings

    assert found.problem == "涉及金额（万元）：12"
    assert found.result == "已核对\n已收回金额（万元）：8\n逾期未完成的原因：无账可查"
    assert [item.text for item in found.actions] == ["已核对"]


def test_a_reason_after_its_label_is_no_action():
    reading = read(
        "示例局巡察整改情况报告\n一、存在问题\n1.示例管网破损。\n整改情况：正在采购。\n未完成原因：供货周期长。\n责任单位及责任人：工程科、样甲\n"
    )
    (found,) = reading.findings

    assert found.result == "正在采购。\n未完成原因：供货周期长。"
    assert [item.text for item in found.actions] == ["正在采购"]
    assert (found.lead_unit, found.responsible_leader) == ("工程科", "样甲")


def test_a_name_over_two_rows_keeps_both_and_a_merged_one_names_all_below_it():
    aligned = read(
        f"{TITLE}序号\t存在问题\t资金\t整改措施\n\t\t问题金额\t完成时限\n1\t示例资金闲置\t3万元\t收回资金\n"
    )
    assert aligned.findings[0].problem == "问题金额：3万元"
    short = read(f"{TITLE}序号\t存在问题\t落实\t备注\n问题金额\t责任人\n1\t示例资金闲置\t3万元\t样甲\t无\n")
    assert (short.findings[0].problem, short.findings[0].responsible_leader) == (
        "问题金额责任人：3万元",
        "样甲",
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("现场发现的隐患", Field.PROBLEM),
        ("要求完成的期限", Field.DUE),
        ("违规资金数", Field.AMOUNT),
        ("已追回资金", Field.RECOVERED),
        ("尚未整改到位的原因", Field.REASON),
        ("整改责任部门、责任人", Field.ANSWERABLE),
        ("责任人及所在部门", Field.ANSWERABLE),
        ("原因", None),
        ("甲", None),
        ("特别长的一个列名它不可能是列名", None),
    ],
)
def test_an_unusual_name_says_what_its_column_most_likely_holds(name, kind):
    assert like(name) is kind


def test_a_header_names_columns_side_by_side():
    assert is_header(HEAD.split("\t"))
    assert not is_header(["存在问题", "学习不深入", "责任人", "样甲"])
    assert not is_header(["存在问题", "学习不深入", "责任人", "", "完成时限", ""])
    assert not is_header(["责任人", "责任单位", "完成时限"])
    assert header_of(["序号", "问题", "问题", "序号", "措施"]) == [
        Field.NUMBER,
        Field.PROBLEM,
        Field.DETAIL,
        Field.COUNT,
        Field.MEASURES,
    ]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("财务科 样甲", [(Field.LEAD_UNIT, "财务科"), (Field.PERSON, "样甲")]),
        ("样甲、样乙（财务科）", [(Field.PERSON, "样甲、样乙"), (Field.LEAD_UNIT, "财务科")]),
        ("责任单位：财务科 责任人：样甲", [(Field.LEAD_UNIT, "财务科"), (Field.PERSON, "样甲")]),
        ("财务科、审计科/样甲", [(Field.LEAD_UNIT, "财务科、审计科"), (Field.PERSON, "样甲")]),
        ("财务科", [(Field.LEAD_UNIT, "财务科")]),
        ("样甲", [(Field.PERSON, "样甲")]),
        ("财务科 样甲 办公室 样乙", [(Field.LEAD_UNIT, "财务科 样甲 办公室 样乙")]),
        ("财务科 由主要负责人牵头", [(Field.LEAD_UNIT, "财务科 由主要负责人牵头")]),
    ],
)
def test_a_unit_and_a_person_in_one_value_are_told_apart_where_they_can_be(printed, told):
    found = people.answerable(printed, 0, len(printed))

    assert [(kind, printed[start:end]) for kind, start, end in found] == told


def test_a_row_with_a_number_is_no_header_whatever_its_words_are_like():
    assert header_of(["1", "作风问题突出", "制定整改措施", "整改完成情况良好"]) == []
    assert header_of(["编号", "作风问题突出", "制定整改措施", "整改完成情况良好"]) != []


NAMES = "序号\t存在问题\t整改措施\t责任部门\t整改时限\n"


def titles(body):
    made = read(f"云山县示例局巡察整改台账\n{body}")
    return [(one.number, one.title, [each.text for each in one.measures]) for one in made.findings]


def test_a_second_table_with_columns_of_its_own_loses_no_row_to_its_header():
    other = "编号\t问题描述\t完成时限\t责任单位\t整改措施\t整改情况\n"
    first = "1\t会议过多\t精简会议\t办公室\t2031年6月\n"
    body = f"{NAMES}{first}二、审计反馈\n{other}1\t车辆问题突出\t2031年8月\t甲科\t完善措施\t情况良好\n"
    assert titles(body) == [("1", "会议过多", ["精简会议"]), ("1", "车辆问题突出", ["完善措施"])]


def test_below_findings_a_row_of_words_like_names_is_a_finding_and_the_same_names_are_none():
    names = "现场发现的隐患\t拟采取的举措\t责任部门\n"
    rows = f"{names}车间有粉尘\t清扫\t甲科\n作风问题突出\t制定措施\t乙科\n{names}档案混乱\t归档\t乙科\n"
    assert [title for _number, title, _measures in titles(rows)] == ["车间有粉尘", "作风问题突出", "档案混乱"]
