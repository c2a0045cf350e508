"""Names of units on lines of their own: whose findings follow, and lines that only look like such a name."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

HEAD = "关于云山县委第四轮巡察整改情况的通报\n现将整改情况通报如下：\n"
FIRST, SECOND = "县示例统计局党组", "县示例供销社党组"


def units(text):
    return [(finding.organisation, finding.title) for finding in read(HEAD + text).findings]


@pytest.mark.parametrize(
    "dress",
    [
        "{}",
        "{}：",
        "【{}】",
        "[{}]：",
        "◆{}",
        "**{}**",
        "（{}）",
        "{}整改情况",
        "{}（2个问题）",
        "被巡察单位：{}",
    ],
)
def test_a_units_name_on_a_line_is_that_of_the_findings_below_it(dress):
    text = (
        f"{dress.format(FIRST)}\n1.数据不实。\n整改情况：核查3次。已完成整改。\n2.学习不深入。\n整改情况：学习4次。正在整改。\n"
        f"{dress.format(SECOND)}\n1.账目混乱。\n整改情况：清查账目。已完成整改。"
    )

    assert units(text) == [(FIRST, "数据不实"), (FIRST, "学习不深入"), (SECOND, "账目混乱")]
    states = [finding.status_text for finding in read(HEAD + text).findings]
    assert states == ["已完成整改", "正在整改", "已完成整改"]


@pytest.mark.parametrize(
    "opening", ["问题：{}。", "{}", "关于{}的问题", "针对“{}”问题", "（一）{}。", "整改任务：{}。"]
)
def test_findings_without_number_may_follow_the_units_name(opening):
    text = (
        f"{FIRST}\n{opening.format('数据质量不高')}\n整改情况：核查3次。\n"
        f"{SECOND}\n{opening.format('账目混乱')}\n整改情况：清查账目。"
    )

    assert units(text) == [(FIRST, "数据质量不高"), (SECOND, "账目混乱")]


def test_a_label_may_fill_the_line_between_a_unit_and_its_numbered_findings():
    label = "整改完成情况："
    text = f"{FIRST}\n{label}\n1.数据不实。已完成整改。\n{SECOND}\n{label}\n1.账目混乱。已完成整改。"

    assert units(text) == [(FIRST, "数据不实"), (SECOND, "账目混乱")]


@pytest.mark.parametrize("number", ["{}", "（一）{}"])
def test_a_table_below_a_unit_is_the_units(number):
    header = "序号|问题|整改情况"
    second = number.replace("一", "二").format(SECOND)
    text = f"{number.format(FIRST)}\n{header}\n1|数据不实|核查3次\n{second}\n{header}\n1|账目混乱|清查账目"

    assert units(text) == [(FIRST, "数据不实"), (SECOND, "账目混乱")]


def test_a_theme_above_the_units_is_that_of_their_findings():
    text = (
        f"一、党的建设方面\n{FIRST}\n1.数据不实。已完成整改。\n{SECOND}\n2.账目混乱。已完成整改。\n"
        f"二、作风建设方面\n{FIRST}\n3.学习不深入。已完成整改。\n{SECOND}\n4.制度不全。已完成整改。"
    )

    found = [(finding.number, finding.theme, finding.organisation) for finding in read(HEAD + text).findings]
    assert found == [
        ("一/1", "党的建设方面", FIRST), ("一/2", "党的建设方面", SECOND),
        ("二/3", "作风建设方面", FIRST), ("二/4", "作风建设方面", SECOND),
    ]  # fmt: skip


def test_units_under_a_heading_end_with_it():
    text = (
        f"一、具体整改情况\n{FIRST}\n问题：数据不实。\n整改情况：核查3次。\n"
        f"{SECOND}\n问题：账目混乱。\n整改情况：清查账目。\n二、下一步打算\n持续整改。"
    )

    assert units(text) == [(FIRST, "数据不实"), (SECOND, "账目混乱")]
    assert [(section.level, section.number) for section in read(HEAD + text).sections] == [
        (1, "一"), (2, None), (2, None), (1, "二"),
    ]  # fmt: skip


def test_a_unit_may_go_on_with_the_count_and_begin_with_a_sentence_about_itself():
    text = (
        f"{FIRST}\n1.数据不实。已完成整改。\n{SECOND}\n2.账目混乱。已完成整改。\n"
        "县示例司法局\n该局有股室12个。\n3.宣传不到位。已完成整改。"
    )

    assert units(text) == [(FIRST, "数据不实"), (SECOND, "账目混乱"), ("县示例司法局", "宣传不到位")]


def test_one_unit_alone_is_no_heading():
    text = f"{FIRST}：\n1.数据不实。已完成整改。\n2.学习不深入。已完成整改。"

    assert units(text) == [(None, "数据不实"), (None, "学习不深入")]


@pytest.mark.parametrize(
    "between",
    [
        "责任单位：\n{}",  # what a label asks for
        "核查涉及：\n{}\n县示例林业局\n县示例档案馆\n以上3家。",  # a list
        "组织召开统计工作会",  # a deed
        "责任单位：{}",
    ],
)
def test_a_line_between_findings_that_is_no_units_heading_stays_with_its_finding(between):
    text = "\n".join(
        f"{number}.{problem}。\n整改情况：核查3次。\n{between.format(unit)}"
        for number, problem, unit in (
            (1, "数据不实", FIRST),
            (2, "账目混乱", SECOND),
            (3, "学习不深入", FIRST),
        )
    )

    assert units(text) == [(None, "数据不实"), (None, "账目混乱"), (None, "学习不深入")]


@pytest.mark.parametrize("opening", ["{number}.{problem}。", "问题：{problem}。"])
def test_a_unit_below_its_finding_is_who_sets_it_right_and_not_whose_the_next_one_is(opening):
    text = "\n".join(
        f"{opening.format(number=number, problem=problem)}\n整改情况：核查3次。\n{unit}"
        for number, problem, unit in (
            (1, "数据不实", FIRST),
            (2, "账目混乱", SECOND),
            (3, "学习不深入", FIRST),
        )
    )

    assert units(text) == [(None, "数据不实"), (None, "账目混乱"), (None, "学习不深入")]


def test_a_labelled_unit_that_no_number_follows_is_that_of_its_own_finding():
    text = (
        f"1.数据不实。\n整改情况：核查3次。\n被巡察单位：{FIRST}\n县里重视。\n"
        f"2.账目混乱。\n整改情况：清查账目。\n被巡察单位：{SECOND}\n县里重视。"
    )

    assert units(text) == [(FIRST, "数据不实"), (SECOND, "账目混乱")]
