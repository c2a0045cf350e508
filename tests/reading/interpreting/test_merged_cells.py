"""Cells merged down: unit, leader and deadline hold for every row beside them, from HTML and from Word."""

from __future__ import annotations

from datetime import date

import pytest

from reading.word_files import p, tbl, tc, tr, word
from zhenggai.reading import read

TITLE = "示例局审计查出问题整改台账"
RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEAD = ("序号", "存在问题", "整改措施", "责任单位", "责任人", "完成时限")
MERGED = ("规划科", "样甲", "2032年7月")


def html() -> bytes:
    rows = (
        (
            "1",
            "示例预算不细化",
            "细化预算",
            "<td rowspan=2>规划科",
            "<td rowspan=2>样甲",
            "<td rowspan=2>2032年7月",
        ),
        ("2", "示例资金未上缴", "上缴资金"),
        ("3", "示例车辆超标准", "封存车辆", "", "样乙", ""),
    )
    table = "".join(
        "<tr>" + "".join(cell if cell.startswith("<") else f"<td>{cell}" for cell in row)
        for row in (HEAD, *rows)
    )
    return f"<meta charset=utf-8><h1>{TITLE}</h1><table>{table}</table>".encode()


def docx() -> bytes:
    first = [tc(words, properties=RESTART) for words in MERGED]
    below = [tc(properties=GOES_ON) for _ in first]
    return word(
        p(TITLE)
        + tbl(
            tr(*HEAD),
            tr("1", "示例预算不细化", "细化预算", *first),
            tr("2", "示例资金未上缴", "上缴资金", *below),
            tr("3", "示例车辆超标准", "封存车辆", tc(), "样乙", tc()),
        )
    )


@pytest.mark.parametrize(("source", "name"), [(html(), "a.html"), (docx(), "a.docx")])
def test_a_cell_merged_down_holds_for_the_rows_beside_it(source, name):
    reading = read(source, name=name, explain=True)
    told = [(one.number, one.lead_unit, one.responsible_leader, one.due_on) for one in reading.findings]

    assert told == [
        ("1", "规划科", "样甲", date(2032, 7, 31)),
        ("2", "规划科", "样甲", date(2032, 7, 31)),
        ("3", None, "样乙", None),
    ]
    assert "2\t示例资金未上缴\t上缴资金\t〃\t〃\t〃" in reading.text
    assert not reading.unread
    assert reading.text.count("规划科") == 1


def test_an_empty_merged_cell_and_a_sign_with_nothing_above_say_nothing():
    empty = html().replace("规划科".encode(), b"")
    found = read(empty, name="a.html")
    assert [one.lead_unit for one in found.findings] == [None, None, None]
    assert found.text.count("〃") == 2

    alone = read(
        f"{TITLE}\n序号\t存在问题\t责任单位\n1\t示例预算不细化\t〃\n2\t示例资金未上缴\t规划科", name="a.txt"
    )
    assert [one.lead_unit for one in alone.findings] == [None, "规划科"]


def test_a_further_measure_beside_a_merged_problem_stays_with_its_finding():
    rows = (
        "<tr><td rowspan=2>1<td rowspan=2>示例预算不细化<td>细化预算<td rowspan=2>规划科"
        "<tr><td>核对预算"
        "<tr><td>2<td>示例资金未上缴<td>上缴资金<td rowspan=2 colspan=2>财务科"
        "<tr><td>3<td>示例车辆超标准<td>封存车辆"
    )
    head = "<tr><td>序号<td>存在问题<td>整改措施<td>责任单位"
    found = read(f"<meta charset=utf-8><h1>{TITLE}</h1><table>{head}{rows}</table>".encode(), name="a.html")

    assert [(one.number, len(one.measures), one.lead_unit) for one in found.findings] == [
        ("1", 2, "规划科"),
        ("2", 1, "财务科"),
        ("3", 1, "财务科"),
    ]
    assert not found.unread


MEASURED = ("序号", "存在问题", "整改措施", "整改状态", "责任单位", "责任人", "完成时限")


def table(*rows: tuple[str, ...]) -> bytes:
    body = "".join(
        "<tr>" + "".join(cell if cell.startswith("<") else f"<td>{cell}" for cell in row) for row in rows
    )
    return f"<meta charset=utf-8><h1>{TITLE}</h1><table>{body}</table>".encode()


def numbered_rows() -> bytes:
    return table(
        MEASURED,
        ("1", "<td rowspan=2>示例资金管理不规范", "清理往来款", "已完成", "财务科", "样甲", "2032年6月"),
        ("2", "修订制度", "正在整改", "办公室", "样乙", "2032年7月"),
        ("3", "示例车辆超标准", "封存车辆", "已完成", "办公室", "样丙", "2032年8月"),
    )


def numbered_rows_in_word() -> bytes:
    return word(
        p(TITLE)
        + tbl(
            tr(*MEASURED),
            tr(
                "1",
                tc("示例资金管理不规范", properties=RESTART),
                "清理往来款",
                "已完成",
                "财务科",
                "样甲",
                "2032年6月",
            ),
            tr("2", tc(properties=GOES_ON), "修订制度", "正在整改", "办公室", "样乙", "2032年7月"),
            tr("3", "示例车辆超标准", "封存车辆", "已完成", "办公室", "样丙", "2032年8月"),
        )
    )


@pytest.mark.parametrize(
    ("source", "name"), [(numbered_rows(), "a.html"), (numbered_rows_in_word(), "a.docx")]
)
def test_a_row_with_its_own_number_beside_a_merged_problem_is_a_finding(source, name):
    reading = read(source, name=name)

    assert [
        (one.number, one.title, one.status_text, one.lead_unit, one.responsible_leader, one.due_on)
        for one in reading.findings
    ] == [
        ("1", "示例资金管理不规范", "已完成", "财务科", "样甲", date(2032, 6, 30)),
        ("2", "示例资金管理不规范", "正在整改", "办公室", "样乙", date(2032, 7, 31)),
        ("3", "示例车辆超标准", "已完成", "办公室", "样丙", date(2032, 8, 31)),
    ]
    assert [[item.text for item in one.measures] for one in reading.findings] == [
        ["清理往来款"],
        ["修订制度"],
        ["封存车辆"],
    ]
    assert not reading.unread


def test_a_row_without_a_number_beside_a_merged_problem_is_a_measure_with_its_people():
    reading = read(
        table(
            MEASURED,
            (
                "<td rowspan=3>1",
                "<td rowspan=3>示例资金管理不规范",
                "清理往来款",
                "已完成",
                "<td rowspan=2>财务科",
                "样甲",
                "2032年6月",
            ),
            ("修订制度", "正在整改", "样乙", "2032年7月"),
            ("开展培训", "已完成", "办公室", "样丙", "2032年8月"),
        ),
        name="a.html",
    )
    (finding,) = reading.findings

    assert [(item.text, item.unit, item.leader, item.due_text) for item in finding.measures] == [
        ("清理往来款", "财务科", "样甲", "2032年6月"),
        ("修订制度", "财务科", "样乙", "2032年7月"),
        ("开展培训", "办公室", "样丙", "2032年8月"),
    ]
    assert (finding.status_text, finding.stated_progress) == ("已完成；正在整改；已完成", None)
    assert not reading.unread


def test_rows_that_agree_on_a_status_state_it_once():
    reading = read(
        f"{TITLE}\n序号\t存在问题\t整改措施\t整改状态\n1\t示例预算不细化\t细化\t已完成\n\t\t核对\t已完成\n",
        name="a.txt",
    )

    assert [(one.status_text, len(one.measures)) for one in reading.findings] == [("已完成", 2)]


def test_a_row_without_measures_gives_its_people_to_the_finding_or_to_what_was_done():
    head = f"{TITLE}\n序号\t存在问题\t整改情况\t责任单位\t责任人\n1\t示例预算不细化\t已细化\t财务科\t样甲\n"

    (people_only,) = read(f"{head}\t\t\t办公室\t样乙\n", name="a.txt").findings
    assert (people_only.responsible_leader, people_only.lead_unit) == ("样甲；样乙", "财务科")
    assert people_only.supporting_units == ("办公室",)
    (done,) = read(f"{head}\t\t已核对\t办公室\t样乙\n", name="a.txt").findings
    assert [(item.text, item.leader) for item in done.actions] == [("已细化", "样甲"), ("已核对", "样乙")]
    assert (done.responsible_leader, done.lead_unit) == ("样甲", "财务科")


def test_a_numbered_row_that_names_no_problem_takes_the_one_above_and_an_empty_one_is_left():
    reading = read(
        f"{TITLE}\n序号\t存在问题\t整改措施\n1\t示例预算不细化\t细化\n2\t\t核对\n3\t\t\n", name="a.txt"
    )

    assert [(one.number, one.title) for one in reading.findings] == [
        ("1", "示例预算不细化"),
        ("2", "示例预算不细化"),
    ]
    assert [one.text for one in reading.unread] == ["3"]


def test_a_second_column_of_numbers_counts_measures():
    reading = read(
        table(
            ("序号", "存在问题", "序号", "整改措施"),
            ("<td rowspan=2>1", "<td rowspan=2>示例预算不细化", "1", "细化预算"),
            ("2", "核对预算"),
            ("2", "示例车辆超标准", "1", "封存车辆"),
        ),
        name="a.html",
    )

    assert [(one.number, [item.text for item in one.measures]) for one in reading.findings] == [
        ("1", ["细化预算", "核对预算"]),
        ("2", ["封存车辆"]),
    ]


def test_a_cell_that_says_as_above_holds_what_stands_above():
    rows = (
        "云山县示例局巡察整改台账\n序号\t存在问题\t整改措施\t责任领导\t责任部门\t整改时限\t涉及金额\n"
        "1\t会议过多\t精简会议\t样甲\t办公室\t2031年6月\t5万元\n2\t文件过长\t限字数\t同上\t〃\t同上。\t同上\n"
        '3\t车辆混乱\t登记\t"\t甲科\t同前\t\n'
    )
    _one, second, third = read(rows).findings
    assert (second.responsible_leader, second.lead_unit, str(second.due_on)) == (
        "样甲",
        "办公室",
        "2031-06-30",
    )
    assert (third.responsible_leader, third.lead_unit, str(third.due_on)) == ("样甲", "甲科", "2031-06-30")
    assert second.problem == "涉及金额：同上"


def test_as_above_under_nothing_stays_as_it_is_printed():
    names = "云山县示例局巡察整改台账\n序号\t存在问题\t责任领导\t责任部门\n"
    rows = f"{names}1\t会议过多\t同上\t\n2\t文件过长\t样乙\t同上\n"
    first, second = read(rows).findings
    assert (first.responsible_leader, second.lead_unit) == ("同上", "同上")
