"""What the wording of a heading gives away."""

from __future__ import annotations

import pytest

from zhenggai.domain.reading import SectionRole
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.roles import role_of


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("关于“学习不深入”问题的整改情况。", "学习不深入"),
        ("针对“学习不深入”问题", "学习不深入"),
        ("“学习不深入”的问题整改情况", "学习不深入"),
        ("关于学习不深入的问题", "学习不深入"),
        ("学习不深入问题整改情况", "学习不深入"),
        ("关于“党建”方面", "党建"),
        ("关于“《办法》执行不严”问题", "《办法》执行不严"),
        ("对学生的思想教育重视不够", "对学生的思想教育重视不够"),
        ("存在大校额问题", "存在大校额问题"),
        ("关于“甲”问题的整改", "关于“甲”问题的整改"),
    ],
)
def test_the_words_round_a_problem_are_taken_off(printed, title):
    assert wording.unwrap(printed).title == title


def test_a_theme_keeps_its_words_and_a_problem_above_findings_loses_them():
    assert wording.named("关于“学习不深入”问题的整改") == "学习不深入"
    assert wording.named("在“党的建设”方面") == "在“党的建设”方面"


@pytest.mark.parametrize(
    "title",
    [
        "学习不够深入",
        "制度缺失",
        "公办园占比低",
        "与群众期盼有差距",
        "重建轻管",
        "存在安全隐患",
        "解决群众诉求不及时",
        "落实制度不严格",
        "作风不严不实",
        "不系统、不深入",
        "服务意识淡薄",
        "能力有待提升",
        "以会议落实会议",
        "坐收坐支",
        "无计划列支",
        "清退违规补贴不及时",
    ],
)
def test_a_problem_is_known_by_its_words(title):
    assert wording.is_problem(title)


@pytest.mark.parametrize(
    "title",
    [
        "加强理论学习",
        "坚定不移推进整改",
        "着力解决群众反映的问题",
        "持续推进不断完善",
        "及时传达学习",
        "补齐短板",
        "清退违规资金3.2万元",
        "主动认领问题",
        "不得不严",
    ],
)
def test_a_deed_is_no_problem(title):
    assert not wording.is_problem(title)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("整改工作开展情况", SectionRole.ORGANISATION),
        ("党组履行巡察整改主体责任情况", SectionRole.ORGANISATION),
        ("整改工作具体落实情况", SectionRole.FINDINGS),
        ("反馈问题整改落实情况", SectionRole.FINDINGS),
        ("发现的主要问题", SectionRole.FINDINGS),
        ("需长期坚持的整改事项", SectionRole.LONG_TERM),
        ("问题线索办理情况", SectionRole.LEADS),
        ("下一步工作打算", SectionRole.NEXT_STEPS),
        ("后续整改安排", SectionRole.NEXT_STEPS),
        ("今后打算", SectionRole.NEXT_STEPS),
        ("联系方式", SectionRole.CONTACT),
        ("附件", SectionRole.ATTACHMENT),
        ("加强党的建设", SectionRole.OTHER),
        ("尚未完成整改的问题及后续安排", SectionRole.LONG_TERM),
        ("重点任务", SectionRole.FINDINGS),
    ],
)
def test_the_role_of_a_section_is_in_its_heading(title, role):
    assert role_of(title) is role


def test_a_heading_that_names_no_finding_is_generic():
    assert wording.is_generic("巡察反馈问题整改落实情况")
    assert not wording.is_generic("学习教育问题整改情况")


def test_a_heading_may_state_a_status_for_all_under_it():
    assert wording.stated_for_all("已完成整改的问题（9项）") == ("已完成整改", None)
    assert wording.stated_for_all("立行立改问题（已整改到位）") == ("已整改到位", "立行立改")
    assert wording.stated_for_all("反馈的问题") is None
    assert wording.stated_for_all("下一步打算") is None


def test_an_organisation_may_be_all_that_a_heading_says():
    assert wording.unit_of("云山县示例局党组整改情况") == "云山县示例局党组"
    assert wording.unit_of("学习不深入") is None


def test_a_bracket_that_ends_a_heading_is_apart():
    assert wording.bracket("学习不深入（已完成）。") == ("学习不深入", "已完成")
    assert wording.bracket("学习不深入") is None


def test_a_sentence_may_name_the_problem_and_go_on():
    text = "针对学习不深入问题，开展研讨。"
    found = wording.run_on(text, 0, len(text))

    assert found is not None
    assert found["bare"] == "学习不深入"
    assert wording.run_on("开展研讨。", 0, 5) is None


def test_an_act_before_a_colon_is_judged_without_its_explanation():
    assert wording.first_clause("制定计划：解决学习不及时问题") == "制定计划"
    assert wording.first_clause("学习不深入：未制定计划") == "学习不深入：未制定计划"


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("组织开展学习流于形式", True),
        ("坚决防止学习流于形式", False),
        ("组织开展学习", False),
    ],
)
def test_a_deed_that_ends_in_a_fault_names_a_problem(title, problem):
    assert wording.is_problem(title) is problem


def test_what_the_inspection_said_is_taken_off_a_quoted_problem():
    assert wording.unwrap("反馈的“招生宣传不实”问题").title == "招生宣传不实"
    assert wording.unwrap("““三务”公开质量不高”问题").title == "“三务”公开质量不高"


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("围绕党建方面，反馈问题2个，已整改2个", "已整改"),
        ("反馈问题12个，完成整改12个", "完成整改"),
        ("反馈问题2个，已整改1个", None),
        ("反馈问题1个，已整改12个", None),
    ],
)
def test_a_heading_counts_all_its_problems_done_only_where_they_are_as_many(title, status):
    assert wording.counted_done(title) == status
