"""Line breaks that a fixed width put inside sentences, values and labels."""

from __future__ import annotations

import pytest

from zhenggai.reading import read, restore_text
from zhenggai.reading.restoring.wraps import WHY, breaks

NOTICE = """中共云山县示例镇委员会关于巡察整改情况的通报
根据县委统一部署，县委第二巡察组对示例镇开展了巡察，并反馈了意见。现将整改情况通报如下：
一、学习贯彻不够深入的问题
整改情况：制定学习计划，组织专题学习四次，班子成员带头交流。责任领导：唐示例。牵头单位：自然资源所。完成时限：2024年10月15日。整改进度：整改完成。
二、耕地保护责任落实不到位的问题
整改情况：组织排查撂荒地，逐户建立台账，落实复耕面积。（牵头单位：自然资源所；整改时限：2025年9月30日）。已完成整改。
三、办公用房管理不规范的问题
整改情况：重新核定面积，腾退超标用房三间，修订管理制度。责任领导：李示例。牵头单位：党政办。完成时限：2024年12月31日。已完成整改。
"""
FEEDBACK = """中共云山县委第一巡察组关于巡察示例局党组的反馈意见
根据县委统一部署，县委第一巡察组对示例局党组开展了常规巡察，现将巡察情况反馈如下。
一、关于学习不够系统深入，运用党的创新理论指导实践不足的问题
主要问题：一是学习制度执行不严，学用结合不紧密；二是调查研究不深入，解决难题办法不多；三是法律援助案件质量把关不严。
"""
FULL = "示例局组织学习并逐条对照检查建立清单明确分工压"


def cut(text, width):
    """``text`` with its lines cut at ``width`` letters."""
    return "\n".join(
        line[place : place + width]
        for line in text.split("\n")
        for place in range(0, max(len(line), 1), width)
    )


def joined(text):
    return restore_text(text).text.split("\n")


@pytest.mark.parametrize("width", range(22, 49))
def test_values_and_labels_cut_at_any_width_are_read_as_if_they_were_whole(width):
    whole, lines = read(NOTICE), read(cut(NOTICE, width))

    told = [
        [
            (one.title, one.lead_unit, one.responsible_leader, one.due_text, one.due_on, one.status_text)
            for one in reading.findings
        ]
        for reading in (whole, lines)
    ]
    assert told[0] == told[1]
    assert [one.due_on.isoformat() for one in lines.findings] == ["2024-10-15", "2025-09-30", "2024-12-31"]


@pytest.mark.parametrize("width", range(20, 36))
def test_counted_problems_and_headings_cut_at_any_width_are_whole(width):
    whole, lines = read(FEEDBACK), read(cut(FEEDBACK, width))

    assert [one.title for one in lines.findings] == [one.title for one in whole.findings]
    assert [one.title for one in lines.sections] == [one.title for one in whole.sections]


def test_every_break_taken_out_is_an_edit_with_its_reason():
    text = cut(NOTICE, 30)
    restored = restore_text(text)

    assert {edit.why for edit in restored.edits} == {WHY}
    assert {(edit.before, edit.after) for edit in restored.edits} == {("\n", "")}
    assert restored.unapply() == text


def test_a_day_cut_inside_is_whole_wherever_it_stands():
    assert joined("示例局的整改时限要求是：2025年9月3\n0日前完成。") == [
        "示例局的整改时限要求是：2025年9月30日前完成。"
    ]
    assert joined("时限：9月3\n0日") == ["时限：9月3", "0日"]


@pytest.mark.parametrize(
    "after",
    [
        "1.建立制度，压实责任。",
        "一是建立制度。",
        "责任单位：办公室。",
        "　　示例局建立制度。",
        "甲\t乙",
        "",
        "建立制度",
    ],
)
def test_what_begins_anew_goes_on_with_nothing(after):
    text = f"{FULL}\n实责任。\n{FULL}\n实责任。\n{FULL}\n{after}\n完。"

    assert joined(text)[2:4] == [FULL, after] or after == "建立制度"
    assert joined(text)[0] == f"{FULL}实责任。"


def test_a_full_heading_does_not_run_on_with_what_was_done():
    heading = "一、示例局党组学习不够深入、责任落实不到位的问题"
    assert len(heading) == 24
    text = f"{FULL}实\n责任。\n{FULL}实\n责任。\n{heading}\n{{}}"

    assert joined(text.format("示例局建立制度。"))[2:] == [heading, "示例局建立制度。"]
    unfinished = heading.replace("的问题", "且松散")
    assert joined(text.replace(heading, unfinished).format("已完成整改"))[2:] == [unfinished, "已完成整改"]
    assert joined(text.replace(heading, unfinished).format("的问题。"))[2:] == [f"{unfinished}的问题。"]


def test_lines_of_one_length_that_never_end_are_a_list():
    text = "\n".join([FULL] * 5 + ["完"])
    short = "\n".join(["学习不深入"] * 6)

    assert breaks("\n".join([f"{FULL[:-1]}甲", "办公室", FULL, "财务科", f"{FULL[:-1]}乙", "人事科"])) == []
    assert breaks(short) == []
    assert breaks(text) == []


def test_a_count_inside_a_paragraph_goes_on_and_one_that_opens_lines_does_not():
    inside = f"{FULL}\n实，一是{FULL[:18]}；\n二是{FULL[:21]}\n责。"
    opening = (
        f"{FULL}\n问题如下。\n{FULL}\n实责任。\n一是学习制度执行不严，台账不全不实不准不细；\n二是审核不严。"
    )

    assert joined(inside) == [inside.replace("\n", "")]
    assert joined(opening)[-2:] == opening.split("\n")[-2:]


def test_a_label_of_one_letter_is_the_end_of_a_word():
    text = f"{FULL}\n实：\n{FULL}\n实责任。\n{FULL}\n实责任。"

    assert joined(text)[0] == f"{FULL}实："
