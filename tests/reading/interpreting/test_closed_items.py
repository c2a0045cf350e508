"""What documents say of closing: days, words, items counted together, plans at the end, kinds."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

TITLE = "云山县关于省生态环境保护督察反馈问题整改销号的公示\n"
NOTICE = (
    "中共云山县示例局党组关于巡察整改情况的通报\n县委第二巡察组对示例局开展了巡察。现将整改情况通报如下：\n"
)


def findings(text):
    return read(text).findings


@pytest.mark.parametrize(
    ("lines", "closed", "status"),
    [
        ("整改情况：补齐。\n销号时间：2036年3月1日", True, "销号时间：2036年3月1日"),
        ("整改情况：补齐。\n整改状态：正在整改\n销号时间：2036年3月1日", None, "正在整改"),
        ("整改情况：补齐。\n销号情况：未销号", False, "未销号"),
        ("整改情况：补齐。\n是否销号：否", False, None),
        ("整改情况：补齐。\n是否销号：是", True, None),
        ("整改情况：补齐。\n销号情况：已提交材料", None, "销号情况：已提交材料"),
        ("整改情况：补齐。\n销号情况：", None, None),
    ],
)
def test_what_a_label_on_closing_says_is_stated_and_kept(lines, closed, status):
    (finding,) = findings(f"{NOTICE}1.关于记录不全的问题\n{lines}\n")

    assert (finding.stated_closed, finding.status_text) == (closed, status)


@pytest.mark.parametrize(
    "lines",
    ["整改情况：补齐。\n销号时间：2036年12月底前", "整改措施：补齐。\n销号时间：2036年12月31日"],
)
def test_a_day_by_which_a_finding_is_to_be_closed_is_its_deadline(lines):
    (finding,) = findings(f"{NOTICE}1.关于记录不全的问题\n{lines}\n")

    assert (finding.stated_closed, str(finding.due_on)) == (None, "2036-12-31")


def test_a_ledger_says_in_its_column_which_findings_are_not_closed():
    found = findings(
        "示例局整改台账\n序号\t问题\t整改情况\t是否销号\t销号时间\n1\t学习不深入\t学习12次\t是\t2036年3月1日\n"
        "2\t记录不全\t补齐\t未销号\t/\n3\t走访少\t走访\t\t2036.4.2\n"
    )

    assert [(finding.stated_closed, finding.status_text) for finding in found] == [
        (True, None),
        (False, "未销号"),
        (True, None),
    ]


@pytest.mark.parametrize(
    ("lead", "numbers", "status"),
    [
        ("反馈意见第7、12项整改任务已完成整改，现予以公示。", ["第7项", "第12项"], "已完成整改"),
        ("第3项、第5项反馈问题目前已整改到位，拟予销号。", ["第3项", "第5项"], "已整改到位"),
        ("我县已完成第七、第十二项整改任务，现予以公示。", ["第七项", "第十二项"], "已完成"),
        ("第7项“渗滤液收集不到位”、第12项“保洁不及时”问题，已完成整改。", ["第7项", "第12项"], "已完成整改"),
        ("第8项“渗滤液收集不到位”问题，目前已完成整改销号。公示期5个工作日。", ["第8项"], "已完成整改销号"),
        ("第7、12项整改任务由住建局负责。现将情况公示。", [], None),
        ("第8项“渗滤液收集不到位”问题由住建局负责，现将情况公示如下：", ["第8项"], None),
    ],
)
def test_items_that_a_closure_notice_counts_are_findings(lead, numbers, status):
    found = findings(f"{TITLE}根据要求，{lead}")

    assert [finding.number for finding in found] == numbers
    assert {finding.status_text for finding in found} <= {status}


def test_a_part_on_what_is_not_rectified_says_so_of_its_findings_and_may_be_one():
    first, second, third = findings(
        f"{NOTICE}一、整改不到位的问题\n1.学习不深入。\n整改情况：学习12次。\n2.记录不全。\n整改情况：补齐。\n"
        "二、关于上轮巡察整改不到位的问题\n整改情况：补齐资料12份。\n"
    )

    assert first.stated_progress == second.stated_progress == "in_progress"
    assert (third.title, third.status_text) == ("上轮巡察整改不到位", None)
    (alone,) = findings(f"{NOTICE}一、整改不到位的问题\n整改情况：补齐资料12份。\n二、下一步打算\n坚持。\n")
    assert (alone.title, alone.result) == ("整改不到位的问题", "补齐资料12份。")


def test_a_status_in_brackets_makes_a_problem_no_part():
    (finding,) = findings(f"{NOTICE}一、关于公车管理乱的问题（基本完成，长期坚持）\n安装定位。\n")

    assert (finding.title, finding.stated_nature) == ("公车管理乱", "long_term")


@pytest.mark.parametrize(
    "plans",
    [
        "下一步工作安排：坚持学习。一是健全制度。\n",
        "【下一步工作安排】\n坚持学习。\n",
        "下一步工作安排：\n（一）坚持学习。\n（二）健全制度。\n",
    ],
)
def test_plans_at_the_end_are_a_part_of_their_own(plans):
    reading = read(
        f"{NOTICE}一、关于学习不深入的问题\n整改情况：学习12次。\n二、关于记录不全的问题\n整改情况：补齐。\n{plans}"
    )

    assert [item.text for item in reading.findings[1].actions] == ["补齐"]
    assert reading.findings[1].measures == ()
    assert (reading.sections[0].title, reading.sections[0].role.value) == ("下一步工作安排", "next_steps")


@pytest.mark.parametrize(
    "body",
    [
        "1.关于学习不深入的问题\n整改情况：学习12次。\n下一步工作安排：坚持学习。\n2.关于记录不全的问题\n整改情况：补齐。\n",
        "1.关于学习不深入的问题\n整改情况：学习12次。下一步工作安排：坚持学习。\n",
        "1.关于学习不深入的问题\n整改情况：学习12次。\n下一步工作安排：坚持学习。\n",
        "1.关于学习不深入的问题\n（1）整改情况：学习12次。\n（2）下一步工作安排：坚持学习。\n",
    ],
)
def test_what_comes_next_for_one_finding_stays_with_it(body):
    assert [item.text for item in findings(NOTICE + body)[0].measures] == ["坚持学习"]


def test_a_published_plan_with_results_is_a_notice_and_one_without_is_a_plan():
    title = "示例局关于巡察反馈意见整改方案的公示\n"
    body = "一、关于学习不深入的问题\n整改措施：制定计划。\n"

    assert read(f"{title}{body}整改结果：学习12次。\n").kind.value == "notice"
    assert read(title + body).kind.value == "plan"


def test_a_complaint_that_was_passed_on_has_its_number_before_or_after_its_heading():
    (first, second) = findings(
        "云山县生态环境保护督察交办信访件办理情况公示\n受理编号：X1。反映情况：异味扰民。调查核实情况：属实。处理情况：已整改。\n"
        "受理编号：X2\n反映情况：油烟扰民。\n处理情况：无。\n是否办结：未办结\n"
    )

    assert [(one.number, one.title) for one in (first, second)] == [("X1", "异味扰民"), ("X2", "油烟扰民")]
    assert (first.problem, second.stated_progress) == ("异味扰民。\n属实。", "in_progress")
