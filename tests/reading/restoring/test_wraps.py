"""Line breaks that a fixed width put inside sentences, values and labels."""

from __future__ import annotations

import pytest

from zhenggai.reading import read, restore_text
from zhenggai.reading.restoring.wraps import WHY, breaks, goes_on_over_page

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


ONE_LINE = (
    "云山县示例局党组关于巡察整改情况的通报 根据县委统一部署，2033年3月3日至4月30日，县委第六巡察组"
    "对示例局党组进行了巡察，6月9日反馈了巡察意见。 "
    "一、具体问题整改情况 1.关于学习不深入的问题。开展学习11次。已完成整改。 "
    "2.关于数据审核把关不严的问题。纠正差错7处。正在整改。 示例局党组 2033年10月11日"
)


@pytest.mark.parametrize("width", [20, 28, 31, 40, 72])
def test_one_line_cut_blindly_at_a_width_is_one_line_again(width):
    cut_up = "\n".join(ONE_LINE[place : place + width] for place in range(0, len(ONE_LINE), width))

    assert restore_text(cut_up).text == ONE_LINE
    assert [finding.title for finding in read(cut_up).findings] == ["学习不深入", "数据审核把关不严"]


def test_one_line_cut_by_cells_is_one_line_again():
    words = "示例局组织学习并逐条对照检查"
    text = f"{words}12。{words}1{words}23{words}完毕。"
    rows, row = [], ""
    for char in text:
        if len((row + char).encode()) + len(row + char) > 80:
            rows.append(row)
            row = ""
        row += char
    assert len({len(one) for one in rows}) > 1

    assert len(breaks("\n".join([*rows, row]))) == len(rows)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["示例局组织学习并逐条对照检查"] * 3),
        "示例局组织学习并逐条对照检查。\n示例局组织学习并逐条对照检查。\n示例局组织学习并逐条对照检查。\n完",
        "示例|局组织学习。逐条对照检查\n示例|局组织学习。逐条对照检查\n示例|局组织学习。逐条对照检查\n完",
        "示例局。\n示例局。\n示例局。\n完",
    ],
)
def test_lines_that_are_alike_by_chance_stay(text):
    assert breaks(text) == []


def test_one_line_of_prose_that_alone_breaks_off_was_cut():
    text = "一、学习不深入\n整改措施及成效：开展学习九次，逐次登记，撰写体会并逐一交流。"
    text += "全部学习已完成整\n改，长期坚持。\n二、考勤不严\n整改。"

    assert restore_text(text).text.split("\n")[1].endswith("已完成整改，长期坚持。")


def test_a_label_cut_inside_is_whole_where_no_line_is_full():
    text = "学习走过场，记录不规范的问题较多\n整改情况：开展学习，补正记录。完\n成情况：已完成整改。"
    text += "\n另外还有说明的文字写在这一行之中。"

    assert "完成情况：已完成整改。" in restore_text(text).text


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        ("县委第二巡察组进行了巡察，该问题已完成", "整改。", True),
        ("一是开展学习（已", "完成整改）", True),
        ("开展学习，", "。完成", True),
        ("1.关于“培训把关不", "严，2033年发现2处”问题。", True),
        ("（2）针对培训重视不够的相关问题", "20处的问题。", True),
        ("（1）问题表现：中心组", "学习计划性不强，未按计划完成。", True),
        ("1.医疗设备闲置", "组织清查，调剂7台。", False),
        ("整改状态：已完成", "示例局党组", False),
        ("整改已经全部完成", "示例局党组，", False),
        ("开展了学习。", "整改完成。", False),
        ("开展学习，并", "二是整改。", False),
        ("开展|学习", "整改。", False),
        ("", "整改。", False),
    ],
)
def test_a_sentence_goes_on_over_a_page_counter_and_a_heading_does_not(before, after, goes_on):
    assert goes_on_over_page(before, after) is goes_on


@pytest.mark.parametrize(("shorter", "broken"), [("长期坚持。", 1), ("长期坚持，", 0)])
def test_one_long_line_shows_no_width_where_a_shorter_one_pauses_at_its_end_too(shorter, broken):
    long = "示例局组织学习。逐条对照检查，建立清单，明确分工，"
    text = f"示例局组织学习。逐条对照检查，{shorter}\n逐户建立台账。\n{long}\n压实责任。"

    assert len(breaks(text)) == broken


def test_a_bullet_begins_a_line_anew():
    answer = "整改结果：重新公开招租，年增租金六万元。（完成整改）"
    text = f"●主要问题：资产出租未公开招租。\n{answer}\n●主要问题：改制问题未处理。"

    assert breaks(text) == []
