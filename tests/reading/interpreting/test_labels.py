"""Field labels and the columns of ledgers."""

from __future__ import annotations

import pytest

from zhenggai.reading.interpreting.labels import Field, LabelIndex, column, labels_of, numbered_labels
from zhenggai.reading.outline_lines import Paragraph


def fields(text: str, *alone: str) -> list[str]:
    lines = [Paragraph(text.index(word), text.index(word) + len(word)) for word in alone]
    return [label.field.value for label in labels_of(text, lines)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("整改情况：已整改。", ["result"]),
        ("【整改措施】学习", ["measures"]),
        ("已学习。责任单位：办公室；完成时限：立行立改", ["lead_unit", "due"]),
        ("责任领导:张示例 配合单位:团委", ["leader", "supporting"]),
        ("（责任科室：办公室）", ["lead_unit"]),
        ("2.整改成效：好", ["result"]),
        ("（3）责任人：李示例", ["person"]),
        ("整改情况（截至六月）：好", ["result"]),
        ("学校整改情况：好", []),
        ("一、整改情况：\n（一）甲", []),
        ("一、整改情况：", []),
        ("一、整改目标：达标", ["goal"]),
        ("时间：上午", []),
        # made of the parts of known ones
        ("阶段性整改成效：好", ["result"]),
        ("整改措施及推进情况：好", ["result"]),
        ("下阶段整改举措：学习", ["measures"]),
        ("整改完成程度：全部", ["status"]),
        ("验收结论：合格", ["status"]),
        ("完成整改期限：六月", ["due"]),
        ("牵头院领导：张示例", ["leader"]),
        ("整改落实责任人：张示例", ["person"]),
        ("主责院系：文学院", ["lead_unit"]),
        ("协办学院：文学院", ["supporting"]),
        ("工作情况：好", []),
        ("主要做法：学习", []),
        ("该校阶段性整改成效：好", []),
    ],
)
def test_a_label_stands_at_a_border_and_before_a_colon(text, found):
    assert fields(text) == found


def test_a_label_alone_fills_its_line():
    assert fields("问题\n整改情况\n好", "整改情况") == ["result"]


def test_a_number_before_a_label_makes_it_a_part_of_one_finding():
    text = "1.存在问题：甲\n2.整改情况：乙\n1.反馈问题：丙\n整改情况：丁\n2.反馈问题：戊\n问题一：己"
    labels = labels_of(text, [])

    assert numbered_labels(text, labels) == {text.index("1.存在"), text.index("2.整改")}


def test_labels_are_found_by_place():
    index = LabelIndex("问题：甲\n整改情况：乙")

    assert [label.word for label in index.within(0, 3)] == ["问题"]
    assert [label.word for label in index.within(4, 20)] == ["整改情况"]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("包抓领导", Field.LEADER),
        ("责任 股室", Field.LEAD_UNIT),
        ("计划完成时间", Field.DUE),
        ("问题表现", Field.DETAIL),
        ("整改进展（必填）", Field.RESULT),
        ("整改进度", Field.STATUS),
        ("天气", None),
    ],
)
def test_the_columns_of_a_ledger_have_synonyms(name, field):
    assert column(name) == field


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("责任单位　：办公室", "责任单位"),
        ("整改情况（截至六月） ：已完成", "整改情况"),
        ("具体整改情况：已完成", "具体整改情况"),
        ("（必填）：甲", None),
        (")：甲", None),
        ("：甲", None),
    ],
)
def test_the_longest_name_before_a_colon_counts_and_may_have_a_remark(text, word):
    assert [label.word for label in labels_of(text, [])] == ([] if word is None else [word])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "责任领导：张示例责任单位：药政股配合单位：财务股完成时限：2031年5月20日",
            ["leader", "lead_unit", "supporting", "due"],
        ),
        ("责任人：张示例整改情况：已整改", ["person", "result"]),
        ("责任单位：各成员任务：学习", ["lead_unit"]),
        ("责任单位：办公室。学校整改情况：好", ["lead_unit"]),
        ("整改情况：张示例责任单位：好", ["result"]),
        (f"责任单位：{'办' * 41}整改情况：好", ["lead_unit"]),
    ],
)
def test_a_known_label_inside_a_value_begins_a_new_one(text, found):
    assert fields(text) == found
