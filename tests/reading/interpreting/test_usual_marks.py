"""Rings that are bullets, and dots that are full stops."""

from __future__ import annotations

import pytest

from zhenggai.reading import read
from zhenggai.reading.interpreting.usual_marks import with_usual_marks

TITLE = "云山县示例村党支部关于巡察整改情况的公示\n一、整改情况\n"


def test_rings_begin_lines_and_names_keep_theirs():
    reading = read(
        f"{TITLE}○公开不及时。设置公开栏2处，处理责任人张○○。已完成整改。\n"
        "　○ 合同不规范。重新签订合同8份。正在整改。\n"
    )

    assert [(one.title, one.stated_progress) for one in reading.findings] == [
        ("公开不及时", "done"),
        ("合同不规范", "in_progress"),
    ]
    assert reading.findings[0].actions[0].text == "设置公开栏2处，处理责任人张○○"
    assert "●" not in reading.text


@pytest.mark.parametrize(
    "text",
    ["没有圆圈。", "○只有一行以此开头。\n张○○。", "○○村的第一行不是。\n○○村的第二行也不是。", "○短。\n○短。"],
)
def test_a_ring_alone_or_in_a_name_is_no_bullet(text):
    assert with_usual_marks(text) is None


def test_dots_end_sentences_where_a_document_has_no_other_full_stop():
    reading = read(
        "示例局关于巡察整改情况的公示\n一.整改情况\n1.决策不坚决.开展督查6次,整改已完成.\n2.学习不系统.学习2.5天,正在整改.\n"
    )

    assert [(one.number, one.title, one.stated_progress) for one in reading.findings] == [
        ("一/1", "决策不坚决", "done"),
        ("一/2", "学习不系统", "in_progress"),
    ]
    assert reading.findings[1].result == "学习2.5天"
    assert reading.text.count("。") == 0


def test_dots_among_full_stops_stay_dots():
    assert with_usual_marks("甲.乙.丙.丁。戊。") is None
    assert with_usual_marks("甲.乙.丙。") is None
