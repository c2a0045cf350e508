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
