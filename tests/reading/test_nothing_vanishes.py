"""What counts as read stands in the reading: every word of a document lies in a value or is left unread."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from reading.test_cover import mutilated, read_or_reject
from reading.whole_text import vanished
from zhenggai.domain.reading import PartKind, Reading
from zhenggai.reading import read

SAMPLES = Path(__file__).parent / "samples"
NOTICES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html"})
LEDGER = "示例局巡察整改台账\n"


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.name)
def test_every_word_of_a_notice_is_a_value_or_unread(notice):
    assert vanished(read(notice)) == []


@settings(max_examples=250, deadline=None)
@given(mutilated())
def test_every_word_of_a_mutilated_document_is_a_value_or_unread(text):
    assert vanished(read_or_reject(text)) == []


def unread_of(reading: Reading) -> list[str]:
    return [one.text for one in reading.unread]


@pytest.mark.parametrize(
    ("header", "cells", "left"),
    [
        ("整改目标\t责任人", "制度健全\t样甲", ["制度健全"]),
        ("督导单位\t责任人", "县示例办\t样甲", ["县示例办"]),
        ("备注\t责任人", "附件3份\t样甲", ["附件3份"]),
        ("备注\t责任人", "无\t样甲", []),
        ("责任领导\t责任人", "样乙\t样甲", ["样甲"]),
        ("是否销号\t责任人", "待验收\t样甲", []),
        ("整改状态\t是否销号", "正在整改\t待验收", ["待验收"]),
        ("整改状态\t销号时间", "正在整改\t2032年3月1日", ["2032年3月1日"]),
        ("完成时限\t销号时间", "2032年2月底前\t2032年3月底前", ["2032年3月底前"]),
        ("整改类型\t责任人", "甲类\t样甲", ["甲类"]),
    ],
)
def test_what_has_no_field_stays_unread(header, cells, left):
    reading = read(f"{LEDGER}序号\t存在问题\t整改情况\t{header}\n1\t学习不深入\t已学习\t{cells}\n")

    assert unread_of(reading) == left
    assert vanished(reading) == []
    kinds = {part.rule for part in reading.parts if part.kind is PartKind.UNREAD}
    assert kinds == ({"no_field"} if left else set())


def test_words_between_counted_measures_are_left_or_lead_to_them():
    text = (
        "示例局巡察整改方案\n一、存在问题及整改措施\n1.学习不深入。\n整改措施：{lead}一是制定计划。\n另有说明一段。\n"
        "二是开展测试。\n责任人：样甲\n"
    )

    told = read(text.format(lead="采取以下措施："))
    assert [item.text for item in told.findings[0].measures] == ["制定计划", "开展测试"]
    assert unread_of(told) == ["另有说明一段"]
    left = read(text.format(lead="由分管领导每月调度一次，办公室定期汇总进展情况并报告，"))
    assert unread_of(left) == ["由分管领导每月调度一次，办公室定期汇总进展情况并报告", "另有说明一段"]
    assert vanished(told) == vanished(left) == []


def test_a_second_person_of_one_measure_and_one_who_supports_it_stay_unread():
    text = (
        "示例局巡察整改方案\n1.学习不深入。\n整改措施：\n（1）制定计划。（责任人：样甲；责任人：样乙；配合单位：工会）\n"
        "（2）开展测试。（责任人：样丙；配合单位：团委）\n"
    )
    reading = read(text)

    assert [item.leader for item in reading.findings[0].measures] == ["样甲", "样丙"]
    assert "样乙" in "".join(unread_of(reading))
    assert vanished(reading) == []


def test_a_label_in_the_first_paragraph_that_no_finding_has_stays_unread():
    reading = read(
        "示例局巡察整改情况报告\n现将整改情况报告如下。\n责任单位：办公室\n一、组织领导\n成立领导小组。\n"
    )

    assert reading.findings == ()
    assert unread_of(reading) == ["责任单位：办公室"]
    assert vanished(reading) == []


def test_a_second_theme_of_one_finding_stays_unread():
    reading = read(
        "示例局巡察整改情况报告\n现将整改情况报告如下。\n问题：学习不深入。\n问题类别：党建方面\n问题类别：作风方面\n整改情况：已学习。\n"
    )

    assert [one.theme for one in reading.findings] == ["作风方面"]
    assert unread_of(reading) == ["问题类别：党建方面"]
    assert vanished(reading) == []


def test_the_check_itself_finds_what_vanished():
    reading = read("示例局巡察整改方案\n1.学习不深入。\n整改措施：制定计划。\n整改情况：已学习。\n")
    finding = reading.findings[0]
    object.__setattr__(finding, "result", None)
    object.__setattr__(finding, "actions", ())

    assert [words for _, words in vanished(reading)] == ["已学习"]
