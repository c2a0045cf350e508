"""Numbered lists below a label that fills its line."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

LEAD = (
    "中共云山县示例局党组关于巡察整改情况的通报\n县委第二巡察组对示例局开展了巡察。现将整改情况通报如下：\n"
)
LIST = "整改措施：\n1.更换过期灭火器。\n整改情况：\n1.已更换过期灭火器12具。\n"


def told(text):
    return [
        (
            finding.title,
            [item.text for item in finding.measures],
            [item.text for item in finding.actions],
            finding.stated_progress and finding.stated_progress.value,
        )
        for finding in read(LEAD + text).findings
    ]


@pytest.mark.parametrize(
    "heading",
    ["1.消防管理不到位", "一、关于消防管理不到位的问题", "一、整改落实情况\n（一）消防管理不到位"],
)
@pytest.mark.parametrize("state", ["整改状态：已完成", "完成情况：已完成", "该问题已完成整改。"])
def test_an_item_below_a_label_belongs_to_it_whatever_words_it_contains(heading, state):
    assert told(f"{heading}\n{LIST}{state}\n") == [
        ("消防管理不到位", ["更换过期灭火器"], ["已更换过期灭火器12具"], "done")
    ]


def test_a_label_above_findings_with_labels_of_their_own_is_none_of_an_item():
    listed = "1.学习不深入\n整改措施：制定计划。\n2.记录不全\n整改措施：补齐记录。\n"

    assert [title for title, *_ in told(f"一、班子建设不到位\n整改情况：\n{listed}")] == [
        "学习不深入",
        "记录不全",
    ]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("一、党的建设方面", "1.学习不深入。整改措施：制定计划。"),
        ("一、问题整改情况", "1.学习不深入。整改措施：制定计划。"),
        ("一、班子建设不到位", "1.关于学习不深入的问题。整改措施：制定计划。"),
        ("一、班子建设不到位", "1.反馈问题：学习不深入。整改措施：制定计划。"),
    ],
)
def test_a_label_above_what_names_a_problem_leads_to_findings(heading, item):
    assert [title for title, *_ in told(f"{heading}\n整改情况：\n{item}\n2.记录不全。整改措施：补齐。\n")]


@pytest.mark.parametrize("last", ["二是对超期未检的3台设备停用送检", "二是梳理存在的问题并逐项整改"])
@pytest.mark.parametrize(
    "heading", ["一、特种设备管理不规范问题的整改情况", "一、特种设备管理不规范\n整改情况："]
)
@pytest.mark.parametrize("after", ["", "整改成效：良好。\n", "整改状态：已完成\n"])
def test_a_second_item_on_a_line_of_its_own_is_no_heading(heading, last, after):
    [(title, measures, actions, _)] = told(f"{heading}\n一是建立台账。\n{last}。\n{after}")

    assert (title, measures, actions[:2]) == ("特种设备管理不规范", [], ["建立台账", last[2:]])


@pytest.mark.parametrize("heading", ["一、特种设备整改情况", "一、特种设备管理方面整改情况"])
def test_a_second_item_below_a_heading_without_a_problem_is_no_finding_of_its_own(heading):
    items = "一是建立台账。\n二是对超期未检的3台设备停用送检。\n"

    assert "二是" not in "".join(title for title, *_ in told(f"{heading}\n{items}整改状态：已完成\n"))
    assert not any(title.startswith("对超期") for title, *_ in told(f"{heading}\n{items}整改状态：已完成\n"))
