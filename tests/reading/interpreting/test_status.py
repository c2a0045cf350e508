"""Printed statuses and what they state, by the table of the domain."""

from __future__ import annotations

import pytest

from zhenggai.reading import read
from zhenggai.reading.interpreting.status import Stated, falls_short, is_status, stated, without_subject


@pytest.mark.parametrize(
    ("words", "progress"),
    [
        ("进行中", "in_progress"),
        ("逾期未完成", "in_progress"),
        ("部分落实", "in_progress"),
        ("未达序时进度", "in_progress"),
        ("提前完成", "done"),
        ("已落实", "done"),
        ("基本落实", "substantially_done"),
        ("未开始", "not_started"),
        ("待整改", "not_started"),
        ("待验收", None),
    ],
)
def test_words_that_ledgers_offer_to_choose_from_are_statuses(words, progress):
    assert is_status(words)
    assert stated(words).progress == progress


@pytest.mark.parametrize(
    ("printed", "progress", "nature", "closed"),
    [
        ("整改完成", "done", None, None),
        ("已完成整改", "done", None, None),
        ("完成整改", "done", None, None),
        ("已整改", "done", None, None),
        ("已办结。", "done", None, None),
        ("已完成", "done", None, None),
        ("均已整改到位", "done", None, None),
        ("整改完成，长期坚持", "done", "long_term", None),
        ("已完成整改并长期坚持", "done", "long_term", None),
        ("已整改销号", "done", None, True),
        ("已销号", "done", None, True),
        ("同意销号", "done", None, True),
        ("已整改完成，准予验收销号", "done", None, True),
        ("基本完成", "substantially_done", None, None),
        ("已基本完成整改", "substantially_done", None, None),
        ("阶段性完成并长期坚持", "substantially_done", "long_term", None),
        ("取得阶段性成效并持续推进", "in_progress", "long_term", None),
        ("正在整改", "in_progress", None, None),
        ("该问题正在持续整改中", "in_progress", None, None),
        ("该整改任务已完成，并长期坚持", "done", "long_term", None),
        ("问题已全部整改到位，将长期坚持", "done", "long_term", None),
        ("整改完成（长期坚持）", "done", "long_term", None),
        ("已立行立改到位", "done", "immediate", None),
        ("已得到有效整改", "done", None, None),
        ("已整改完成，已申请销号", "done", None, None),
        ("已完成整改，并坚持长期整改", "done", "long_term", None),
        ("已阶段性整改", "substantially_done", None, None),
        ("阶段性整改到位", "substantially_done", None, None),
        ("按计划推进", "in_progress", None, None),
        ("未完成，按期推进", "in_progress", None, None),
        ("正在整改，序时推进", "in_progress", None, None),
        ("取得阶段性成效，仍需长期坚持", "in_progress", "long_term", None),
        ("100%，已完成，并长期坚持", "done", "long_term", None),
        ("80%，持续整改中", "in_progress", None, None),
        ("正在整改中", "in_progress", None, None),
        ("持续整改", "in_progress", None, None),
        ("部分整改", "in_progress", None, None),
        ("未完成", "in_progress", None, None),
        ("未启动", "not_started", None, None),
        ("未整改", "not_started", None, None),
        ("申请延期", None, None, None),
        ("未到整改时限", None, None, None),
        ("长期坚持", None, "long_term", None),
        ("立行立改", None, "immediate", None),
        ("限期整改", None, "time_bound", None),
        ("立行立改，已完成", "done", "immediate", None),
        ("该问题已完成整改。", "done", None, None),
        ("（已完成）", "done", None, None),
        ("已完成，持续坚持", "done", "long_term", None),
        ("已完成并持续坚持", "done", "long_term", None),
        ("完成整改并长期坚持", "done", "long_term", None),
        ("整改完成，持续推进", "done", "long_term", None),
        ("已整改到位，转入常态化推进", "done", "long_term", None),
        ("基本完成，持续推进", "substantially_done", "long_term", None),
        ("阶段性完成，持续推进", "substantially_done", "long_term", None),
        ("已取得阶段性成效，持续整改", "in_progress", "long_term", None),
        ("取得阶段性成效", "in_progress", None, None),
        ("正在推进", "in_progress", None, None),
        ("正在有序推进", "in_progress", None, None),
        ("该问题持续推进中", "in_progress", None, None),
        ("正在整改，持续推进", "in_progress", None, None),
        ("大部分已完成", "in_progress", None, None),
        ("未办结", "in_progress", None, None),
        ("阶段性办结", "substantially_done", None, None),
        ("已完成整改并销号", "done", None, True),
        ("已于2036年3月1日销号", "done", None, True),
        ("未销号", None, None, False),
        ("尚未验收销号", None, None, False),
        ("已整改完成，未销号", "done", None, False),
    ],
)
def test_a_word_of_the_table_states_what_the_table_says(printed, progress, nature, closed):
    assert is_status(printed)
    assert stated(printed) == Stated(progress, nature, closed)


@pytest.mark.parametrize(
    "printed",
    ["有序推进", "整改完成，有序推进", "未开始整", "按计划实施", "见附件", "未", "整改", "完成率100%"],
)
def test_an_unknown_word_states_nothing(printed):
    assert not is_status(printed)
    assert stated(printed) == Stated()


@pytest.mark.parametrize(
    "printed", ["已完成，正在推进", "已完成，持续整改", "基本完成；正在整改", "已销号，未销号"]
)
def test_what_is_done_and_is_not_states_nothing(printed):
    assert is_status(printed)
    assert stated(printed) == Stated()


def test_a_part_that_falls_short_is_open_and_a_sentence_that_says_so_is_no_status():
    assert falls_short("整改不到位")
    assert stated("整改不到位").progress == "in_progress"
    assert not is_status("整改不到位")


def test_a_long_sentence_is_no_status():
    assert not is_status("已完成" * 20)
    assert not is_status("改")


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("该问题已完成整改", "已完成整改"),
        ("目前，该问题整改状态：已完成", "已完成"),
        ("截至2031年6月底，此项任务已办结", "已办结"),
    ],
)
def test_the_subject_before_a_status_is_left_out(sentence, rest):
    assert without_subject(sentence) == rest


def findings(text):
    lead = (
        "中共云山县示例局党组关于巡察整改情况的通报\n县委巡察组对示例局开展了巡察。现将整改情况通报如下：\n"
    )
    return [
        (
            finding.title,
            finding.status_text,
            finding.stated_progress and finding.stated_progress.value,
            finding.stated_nature and finding.stated_nature.value,
            finding.stated_closed,
        )
        for finding in read(lead + text).findings
    ]


def test_a_status_in_brackets_may_stand_before_the_title():
    assert findings(
        "1.（已完成）关于机关纪律松弛的问题。开展检查12次。\n"
        "2.【已销号】关于往来账款未清理的问题。清理账款3笔。\n"
        "3.【作风】关于学习不深入的问题。学习2次。\n"
    ) == [
        ("机关纪律松弛", "已完成", "done", None, None),
        ("往来账款未清理", "已销号", "done", None, True),
        ("【作风】关于学习不深入的问题", None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("boxes", "progress"),
    [
        ("☑已完成 □未完成", "done"),
        ("□已完成 ☑未完成", "in_progress"),
        ("√已完成 ☐未完成", "done"),
        ("■已完成 □未完成", "done"),
        ("🗹已完成 □未完成", "done"),
        ("已完成☑ 未完成□", "done"),
        ("已完成□ 未完成☑", "in_progress"),
        ("□已完成 □未完成", None),
        ("☑已完成 ☑未完成", None),
        ("已完成（√） 未完成（ ）", "done"),
        ("已完成（ ）未完成（ √ ）", "in_progress"),
        ("已完成（ ）未完成（ ）", None),
    ],
)
def test_of_options_with_boxes_the_ticked_one_is_the_status(boxes, progress):
    assert stated(boxes).progress == progress


def test_ticked_options_end_a_finding_and_cut_nothing_off():
    text = "1.关于机关纪律松弛的问题\n整改情况：检查12次。\n完成情况：☑已完成 □未完成\n是否销号：□是 ☑否\n"

    assert findings(text) == [("机关纪律松弛", "☑已完成 □未完成", "done", None, False)]
    assert not read(text).truncated
    assert not read(text.replace("是否销号：□是 ☑否\n", "")).truncated


@pytest.mark.parametrize(
    ("sentence", "printed", "progress", "nature"),
    [
        ("整改正在进行。", "整改正在进行", "in_progress", None),
        (
            "该问题整改基本完成，计划12月底前全部完成。",
            "整改基本完成，计划12月底前全部完成",
            "substantially_done",
            None,
        ),
        (
            "整改取得阶段性成效，将持续推进。",
            "整改取得阶段性成效，将持续推进",
            "in_progress",
            "long_term",
        ),
        ("已申请延期整改。", "已申请延期整改", None, None),
        ("未到整改时限。", "未到整改时限", None, None),
    ],
)
def test_a_sentence_at_the_end_of_what_was_done_is_the_status(sentence, printed, progress, nature):
    assert findings(f"1.关于机关纪律松弛的问题。开展检查12次。{sentence}\n") == [
        ("机关纪律松弛", printed, progress, nature, None)
    ]


@pytest.mark.parametrize("header", ["完成情况", "整改状态"])
@pytest.mark.parametrize(
    ("states", "printed", "progress"),
    [
        (("已完成", "持续推进"), "已完成；持续推进", None),
        (("已完成", "已完成"), "已完成", "done"),
        (("已完成", "未完成"), "已完成；未完成", None),
    ],
)
def test_rows_of_one_finding_that_differ_are_not_done_together(header, states, printed, progress):
    rows = f"1\t学习不深入\t制定计划\t立行立改\t{states[0]}\n\t\t组织学习\t立行立改\t{states[1]}\n"

    assert findings(f"序号\t反馈问题\t整改措施\t整改时限\t{header}\n{rows}") == [
        ("学习不深入", printed, progress, "immediate", None)
    ]


@pytest.mark.parametrize(
    ("declared", "printed", "closed"),
    [
        ("以下2项整改任务已完成整改并予以销号", "已完成整改并予以销号", True),
        ("下列反馈问题均已整改完成", "均已整改完成", None),
        ("以下2项整改任务已完成整改，拟申请销号", "已完成整改，拟申请销号", None),
        ("以下2项整改任务已报县委审定", None, None),
    ],
)
@pytest.mark.parametrize("title", ["云山县示例局整改任务销号公示", "云山县示例局巡察整改情况的通报"])
def test_a_lead_that_declares_all_below_it_done_is_their_status(title, declared, printed, closed):
    text = (
        f"{title}\n{declared}，现公示如下：\n"
        "1.关于机关纪律松弛的问题\n开展检查12次。\n2.关于往来账款未清理的问题\n清理账款3笔。\n"
    )

    assert [
        (
            finding.status_text,
            finding.stated_progress and finding.stated_progress.value,
            finding.stated_closed,
        )
        for finding in read(text).findings
    ] == [(printed, printed and "done", closed)] * 2


@pytest.mark.parametrize(
    ("printed", "progress"),
    [
        ("已完成，取得明显成效", "done"),
        ("已完成，群众反映良好", "done"),
        ("整改完成，并建立长效机制", "done"),
        ("已完成整改，经复查合格", "done"),
        ("已整改到位，无反弹", "done"),
        ("已完成整改，取得阶段性成效", "done"),
        ("基本完成，剩余12卷正在整理", "substantially_done"),
        ("正在整改，预计2031年底前完成", "in_progress"),
        ("整改完成率100%，已完成", "done"),
        ("整改率66.7%", "in_progress"),
        ("已完成改善", "done"),
        ("改善中", "in_progress"),
    ],
)
def test_what_a_status_is_followed_by_may_be_a_remark_on_it(printed, progress):
    assert stated(printed).progress == progress


@pytest.mark.parametrize(
    "printed",
    [
        "已完成，剩余2户未签约",
        "已完成，成效不明显",
        "已完成，仍有反弹",
        "取得明显成效，已上报",
        "已完成，见附件",
    ],
)
def test_what_takes_a_status_back_or_says_something_else_is_no_remark(printed):
    assert stated(printed) == Stated()


@pytest.mark.parametrize(
    ("printed", "progress"),
    [("已解决", "done"), ("该问题已全部解决", "done"), ("基本解决", "substantially_done"), ("解决", None)],
)
def test_a_problem_that_is_solved_is_done(printed, progress):
    assert stated(printed).progress == progress


def test_that_a_problem_is_solved_may_close_the_sentence_of_what_was_done():
    finding = read(
        "示例厂关于巡察整改情况的通报\n1.责任书未签。\n整改情况：签订责任书142份，问题已解决。\n2.账目不清。\n整改情况：解决困难12件。\n"
    ).findings

    assert [(one.status_text, one.stated_progress) for one in finding] == [("已解决", "done"), (None, None)]
    assert finding[0].result == "签订责任书142份"
