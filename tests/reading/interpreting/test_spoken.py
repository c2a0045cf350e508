"""Problems that a paragraph counts or lists, and where they are only pointed at."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

FEEDBACK = "中共云山县委第一巡察组关于巡察示例局党组的反馈意见\n"
NOTICE = (
    "中共云山县示例局党组关于巡察整改情况的通报\n县委第二巡察组对示例局开展了巡察。现将整改情况通报如下：\n"
)


def titles(text):
    return [finding.title for finding in read(text).findings]


@pytest.mark.parametrize(
    "listing",
    [
        "巡察发现的主要问题是：学习不深入；决策不规范；审核不严。要求示例局认真整改。",
        "存在的问题有：学习不深入。决策不规范。审核不严。巡察组要求认真整改。",
        "主要问题：学习不深入；决策不规范；审核不严。",
        "主要问题是：学习不深入。决策不规范。审核不严。",
        "巡察也发现了一些问题，主要是：\n学习不深入。\n \n决策不规范。\n审核不严。\n巡察组要求认真整改。",
        "一、巡察发现的主要问题\n学习不深入；决策不规范；审核不严。\n二、意见建议\n加强学习。",
    ],
)
def test_problems_may_be_listed_without_a_count(listing):
    assert titles(f"{FEEDBACK}{listing}\n") == ["学习不深入", "决策不规范", "审核不严"]


def test_one_problem_after_the_words_is_no_list_and_is_pointed_at():
    reading = read(f"{FEEDBACK}主要问题是：学习不深入、决策不规范。要求整改。\n主要问题是：加强学习。\n")

    assert reading.findings == ()
    assert [unread.text for unread in reading.unread] == [
        "主要问题是：学习不深入、决策不规范。",
        "主要问题是：加强学习。",
    ]


def test_blanks_between_listed_problems_are_none_of_them():
    assert titles(f"{FEEDBACK}主要问题是：学习不深入；\u3000；决策不规范；审核不严。\n") == [
        "学习不深入",
        "决策不规范",
        "审核不严",
    ]


def test_problems_in_news_are_pointed_at():
    reading = read(
        "云山县委第二巡察组反馈示例镇党委巡察情况\n本报讯 近日，县委第二巡察组向示例镇党委反馈巡察情况。"
        "会议由镇长主持。巡察组指出了四个方面的问题：一是学习不深入。二是责任不落实。会后，镇党委召开了会议。\n"
    )

    assert (reading.kind.value, reading.findings) == ("news", ())
    assert [unread.text for unread in reading.unread] == [
        "巡察组指出了四个方面的问题：一是学习不深入。二是责任不落实。"
    ]


def test_problems_that_follow_no_form_are_pointed_at_once():
    reading = read(f"{NOTICE}一是学习不深入，开展学习12次。二是记录不全，补齐12份。\n")

    assert reading.findings == ()
    assert [unread.text for unread in reading.unread] == [
        "一是学习不深入，开展学习12次。二是记录不全，补齐12份。"
    ]


def test_problems_under_a_heading_without_findings_are_pointed_at_beside_those_that_were_read():
    reading = read(
        f"{NOTICE}一、问题整改情况\n（一）党的建设方面\n1.学习不深入。学习12次。\n"
        "（二）作风建设方面\n巡察发现的主要问题是：走访少、会议多。经整改均有好转。\n"
    )

    assert [finding.title for finding in reading.findings] == ["学习不深入"]
    assert [unread.text for unread in reading.unread] == ["巡察发现的主要问题是：走访少、会议多。"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "一是学习不深入，已学习12次。二是记录不全，正在补齐。",
        "第一，针对学习不深入的问题，学习12次，已整改到位。第二，针对记录不全问题，补齐12份。",
        "关于学习不深入的问题，学习12次，整改完成；关于记录不全的问题，补齐12份。",
        "1.关于学习不深入的问题，学习12次。2.关于记录不全的问题，补齐12份。3.其他工作，见附件。",
        "一、关于学习不深入的问题，学习12次。二、关于记录不全的问题，补齐12份。",
        "（1）学习不深入的问题，已学习12次；（2）记录不全的问题，已补齐12份。",
        "一、问题整改情况。学习不深入的问题，学习12次；补课3人；记录不全的问题，补齐12份。\n二、下一步打算。继续抓好。",
    ],
)
def test_a_paragraph_may_hold_all_findings(paragraph):
    found = [title.removesuffix("的问题") for title in titles(f"{NOTICE}{paragraph}\n")]

    assert found == ["学习不深入", "记录不全"]


def test_problems_of_a_part_are_none_where_its_first_sentence_names_none():
    assert (
        titles(
            f"{NOTICE}一、整改情况\n局党组召开会议。学习不深入的问题，学习12次。\n二、下一步打算\n坚持。\n"
        )
        == []
    )


def test_problems_of_a_part_have_the_status_that_its_heading_states():
    reading = read(f"{NOTICE}一、已完成整改的问题\n学习不深入的问题，学习12次。\n二、下一步打算\n坚持。\n")

    assert [finding.status_text for finding in reading.findings] == ["已完成整改"]


def test_what_one_paragraph_says_of_one_finding_is_not_lent_to_the_next():
    reading = read(
        "中共云山县示例局党组关于巡察反馈意见的整改方案\n一、整改任务\n一是针对学习不深入的问题，制定计划，"
        "责任单位：办公室。二是针对记录不全的问题，补记。\n二、工作要求\n提高认识。\n"
    )

    assert [finding.lead_unit for finding in reading.findings] == ["办公室", None]


@pytest.mark.parametrize("blanks", ["", "\u3000\u3000"])
def test_lines_that_count_problems_below_the_lead_are_findings_with_their_status(blanks):
    reading = read(
        f"{NOTICE}{blanks}一是政治学习不深入。制定学习计划，开展学习12次。已整改到位。\n"
        f"{blanks}二是会议记录不规范。正在整改。\n下一步将继续努力。\n"
    )

    assert [
        (
            finding.number,
            finding.title,
            finding.result,
            finding.status_text,
            finding.stated_progress and finding.stated_progress.value,
        )
        for finding in reading.findings
    ] == [
        ("一", "政治学习不深入", "制定学习计划，开展学习12次。", "已整改到位", "done"),
        ("二", "会议记录不规范", None, "正在整改", "in_progress"),
    ]


def test_what_goes_on_below_a_counted_line_is_of_its_problem():
    text = "一是学习不深入。开展学习12次。\n更新教材3册。\n二是记录不全。补齐12份。\n已完成整改。\n"

    assert [(finding.title, finding.status_text) for finding in read(NOTICE + text).findings] == [
        ("学习不深入", None),
        ("记录不全", "已完成整改"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "一是学习不深入。已整改到位。\n",
        "一是学习不深入。已整改到位。\n三是记录不全。正在整改。\n",
        "一是建立台账制度。已整改到位。\n二是记录不全。正在整改。\n",
        "一是学习不深入。开展学习12次。\n二是记录不全。补齐12份。\n",
    ],
)
def test_lines_that_count_no_problems_or_state_nothing_are_no_findings(lines):
    assert read(NOTICE + lines).findings == ()


@pytest.mark.parametrize(
    "below",
    [
        "学习不深入。全年仅学习4次。\n审核不严。",
        "学习不深入。审核不严。",
        "一是学习不深入。全年仅学习4次。二是审核不严。",
        "一是学习不深入；\n二是审核不严。",
        # a count whose problems are not all known by their words
        "一是学习不深入。二是审核不严。三是窗口冷淡对人。四是群众意见大。",
    ],
)
def test_under_a_theme_of_feedback_each_line_or_count_is_a_problem(below):
    text = f"{FEEDBACK}一、党的建设方面\n{below}\n二、意见建议\n（一）加强学习。\n"

    assert titles(text)[:2] == ["学习不深入", "审核不严"]


@pytest.mark.parametrize(
    "below",
    [
        "学习不深入。\n巡察组要求认真整改。",
        "学习不深入。\n加强学习。",
        "一是加强学习。二是改进审核不严。三是健全机制。",
    ],
)
def test_lines_under_a_theme_of_feedback_that_go_on_telling_are_no_problems(below):
    assert len(titles(f"{FEEDBACK}一、党的建设方面\n{below}\n")) < 2


@pytest.mark.parametrize("below", ["一是学习不深入；二是审核不严。", "一是学习不深入。\n二是审核不严。"])
def test_what_is_counted_on_the_lines_below_the_words_is_a_problem_each(below):
    assert titles(f"{FEEDBACK}巡察发现的主要问题是：\n{below}") == ["学习不深入", "审核不严"]
