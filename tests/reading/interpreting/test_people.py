"""Who answers and until when, printed as one value."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.reading import read

TOP = (
    "关于示例局党组巡察整改情况的通报\n现将整改情况通报如下。\n"
    "一、履职方面\n1.示例台账不完整\n整改情况：已补齐台账。\n"
)


def finding(fields: str):
    return read(TOP + fields + "\n").findings[0]


@pytest.mark.parametrize(
    ("printed", "leader", "due_text", "due_on"),
    [
        ("责任人：样甲，2031年9月底前完成", "样甲", "2031年9月底前完成", date(2031, 9, 30)),
        ("责任人：样甲，长期坚持。", "样甲", "长期坚持", None),
        ("责任人：样甲、样乙", "样甲、样乙", None, None),
        (
            "责任人：样甲，2031年9月底前完成\n整改时限：2031年10月",
            "样甲，2031年9月底前完成",
            "2031年10月",
            date(2031, 10, 31),
        ),
    ],
)
def test_a_deadline_behind_a_name_is_a_deadline(printed, leader, due_text, due_on):
    found = finding(printed)

    assert (found.responsible_leader, found.due_text, found.due_on) == (leader, due_text, due_on)


def test_each_measure_has_the_deadline_behind_its_leader():
    text = TOP.partition("1.")[0] + "（一）示例台账不完整\n整改措施：\n"
    items = (
        read(
            f"{text}1.补齐示例台账，责任人：样甲，2031年9月底前完成。\n2.每年核对台账不少于三次，责任人：样乙，长期坚持。\n"
        )
        .findings[0]
        .measures
    )

    assert [(item.leader, item.due_text, item.due_on) for item in items] == [
        ("样甲", "2031年9月底前完成", date(2031, 9, 30)),
        ("样乙", "长期坚持", None),
    ]


@pytest.mark.parametrize(
    ("printed", "unit", "supporting"),
    [
        ("责任单位：办公室（牵头）、财务科", "办公室", ("财务科",)),
        ("责任单位：办公室（牵头）、财务科（配合）、人事科（配合单位）", "办公室", ("财务科", "人事科")),
        ("责任单位：财务科（配合）、办公室（牵头）", "办公室", ("财务科",)),
        ("责任单位：办公室（牵头）", "办公室", ()),
        ("责任单位：办公室、财务科", "办公室、财务科", ()),
        (
            "责任单位：办公室（牵头），各乡（镇、街道）\n配合单位：人事科",
            "办公室",
            ("各乡（镇、街道）", "人事科"),
        ),
    ],
)
def test_the_unit_that_leads_stands_apart_from_those_that_support_it(printed, unit, supporting):
    found = finding(printed)

    assert (found.lead_unit, found.supporting_units) == (unit, supporting)


def test_a_responsible_unit_beside_one_that_leads_supports_it():
    found = finding("牵头单位：办公室\n责任单位：各股室、财务科\n整改时限：2031年9月")

    assert (found.lead_unit, found.supporting_units) == ("办公室", ("各股室", "财务科"))
    assert found.result == "已补齐台账。"


def test_so_it_is_in_a_ledger():
    head = "示例镇整改台账\n序号\t反馈问题\t整改措施\t牵头单位\t责任单位\n"
    (found,) = read(f"{head}1\t示例管网老化\t更换管网\t住建办\t各村\n").findings

    assert (found.lead_unit, found.supporting_units) == ("住建办", ("各村",))
