"""Closure notices by items (对第3、5项予以销号): numbers of items, in headings, in a list, with quotes."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

TITLE = "云山县关于督察整改任务销号的公示\n"
LEAD = "经核查，拟对整改任务第3、5项予以销号，现公示如下。\n"
END = "云山县示例办公室\n2032年3月1日\n"
BODIES = (
    "问题描述：示例河道水质不达标。\n整改情况：已提标改造。\n责任单位：示例住建局\n督导单位：市示例局\n",
    "问题描述：样板堆场未覆盖。\n整改情况：已覆盖。\n责任单位：示例工信局\n督导单位：市示例局\n",
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("第3项\n", "第5项\n"),
        ("整改任务第3项\n", "整改任务第5项\n"),
        ("（第3项）", "（第5项）"),
        ("第3项整改任务\n", "第5项整改任务\n"),
        ("反馈问题第3项：\n", "反馈问题第5项：\n"),
    ],
)
def test_a_heading_that_is_a_number_of_an_item_opens_its_finding(first, second):
    reading = read(f"{TITLE}{LEAD}{first}{BODIES[0]}{second}{BODIES[1]}{END}")

    assert [(one.number, one.title, one.lead_unit) for one in reading.findings] == [
        ("第3项", "示例河道水质不达标", "示例住建局"),
        ("第5项", "样板堆场未覆盖", "示例工信局"),
    ]
    assert [one.text for one in reading.unread] == ["督导单位：市示例局"] * 2


def test_a_number_of_the_list_opens_a_finding_too():
    reading = read(f"{TITLE}{LEAD}序号3\n{BODIES[0]}编号：5\n{BODIES[1]}{END}")

    assert [one.number for one in reading.findings] == ["序号3", "编号:5"]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("对整改任务第3、5项予以销号", ["第3项", "第5项"]),
        ("对第三、第五项问题予以销号", ["第三项", "第五项"]),
        ("对整改任务第3至4项予以销号", ["第3项", "第4项"]),
        ("对整改任务第3至5项予以销号", [None, None]),
        ("对整改任务予以销号", [None, None]),
    ],
)
def test_numbers_in_one_breath_are_shared_out_where_there_are_as_many_findings(printed, numbers):
    reading = read(f"{TITLE}经核查，拟{printed}，现公示如下。\n{BODIES[0]}{BODIES[1]}{END}")

    assert [one.number for one in reading.findings] == numbers
    assert reading.statistics == ()


def test_quoted_items_of_the_lead_are_findings_with_what_it_says_of_each():
    reading = read(
        f"{TITLE}经核查，第3项“示例河道水质不达标”问题，已提标改造；第5项“样板堆场未覆盖”问题，拟予以销号，现公示如下。\n{END}"
    )
    assert [(one.number, one.title, one.result) for one in reading.findings] == [
        ("第3项", "示例河道水质不达标", "已提标改造"),
        ("第5项", "样板堆场未覆盖", "拟予以销号，现公示如下"),
    ]
    bare = read(f"{TITLE}现公示第3项“示例河道水质不达标”问题和第5项“样板堆场未覆盖”问题。\n{END}")
    assert [(one.number, one.result) for one in bare.findings] == [("第3项", None), ("第5项", None)]
    twice = read(f"{TITLE}第3项“示例河道水质不达标”问题，第3项“样板堆场未覆盖”问题，现公示如下。\n{END}")
    assert twice.findings == ()


def test_one_number_in_the_lead_belongs_to_the_one_finding():
    reading = read(f"{TITLE}现对整改任务清单第3项予以销号公示。\n{BODIES[0]}{END}")

    assert [one.number for one in reading.findings] == ["第3项"]
