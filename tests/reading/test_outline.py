"""Headings, their levels and where their titles end."""

from __future__ import annotations

import pytest

from zhenggai.reading.interpreting.labels import LabelIndex, below_labels
from zhenggai.reading.outline import Heading, Unnumbered, outline, title_end
from zhenggai.reading.outline_lines import paragraphs


def paths(text: str) -> list[str]:
    return [str(heading.path) for heading in outline(text).headings]


def lines(*numbers: str) -> str:
    return "\n".join(f"{number}标题甲。\n正文甲，正文乙。" for number in numbers)


def test_levels_follow_the_usual_order():
    assert paths(lines("一、", "（一）", "1.", "（1）", "①", "②", "（2）", "2.", "（二）", "二、")) == [
        "一", "一/(一)", "一/(一)/1", "一/(一)/1/(1)", "一/(一)/1/(1)/①", "一/(一)/1/(1)/②", "一/(一)/1/(2)",
        "一/(一)/2", "一/(二)", "二",
    ]  # fmt: skip


def test_each_part_may_leave_out_a_level_of_its_own():
    assert paths(lines("一、", "1.", "2.", "二、", "（一）", "1.", "（二）", "1.")) == [
        "一", "一/1", "一/2", "二", "二/(一)", "二/(一)/1", "二/(二)", "二/(二)/1",
    ]  # fmt: skip


def test_a_list_that_begins_in_the_unusual_order_is_inside_where_the_outer_count_goes_on():
    assert paths(lines("1.", "（一）", "（二）", "2.")) == ["1", "1/(一)", "1/(二)", "2"]


def test_a_list_of_a_higher_rank_is_outside_where_the_count_begins_again():
    assert paths(lines("1.", "2.", "（一）", "1.", "（二）", "1.")) == [
        "1",
        "2",
        "(一)",
        "(一)/1",
        "(二)",
        "(二)/1",
    ]


def test_a_count_that_restarts_inside_an_item_is_a_list_of_its_own():
    assert paths(lines("（一）", "1.", "2.", "1.", "2.", "3.", "3.")) == [
        "(一)", "(一)/1", "(一)/2", "(一)/2/1", "(一)/2/2", "(一)/2/3", "(一)/3",
    ]  # fmt: skip


def test_a_count_that_restarts_and_never_goes_back_begins_a_new_list():
    assert paths(lines("1.", "2.", "1.", "2.", "3.")) == ["1", "2", "1", "2", "3"]


def test_a_list_that_restarts_just_before_a_higher_heading_stays_at_its_level():
    assert paths(lines("（一）", "1.", "2.", "1.", "（二）", "1.")) == [
        "(一)",
        "(一)/1",
        "(一)/2",
        "(一)/1",
        "(二)",
        "(二)/1",
    ]


def test_a_missing_first_number_does_not_lose_the_level():
    assert paths(lines("一、", "1.", "（二）", "2.", "二、")) == ["一", "一/1", "一/(二)", "一/(二)/2", "二"]


def test_a_number_left_out_or_printed_twice_stays_in_its_list():
    assert paths(lines("1.", "2.", "2.", "4.")) == ["1", "2", "2", "4"]


def test_problems_counted_across_headings_keep_their_word():
    assert paths(lines("（一）", "问题1：", "问题2：", "（二）", "问题3：", "1.", "2.")) == [
        "(一)", "(一)/问题1", "(一)/问题2", "(二)", "(二)/问题3", "(二)/问题3/1", "(二)/问题3/2",
    ]  # fmt: skip


def test_a_dotted_number_is_its_own_path():
    assert paths(lines("1、", "1.1 ", "1.2 ", "2、")) == ["1", "1.1", "1.2", "2"]


def test_a_bare_line_about_the_next_steps_closes_what_stands_above_it():
    text = lines("一、", "1.") + "\n下一步工作打算\n1.继续努力。\n附件1：清单"
    headings = outline(text).headings

    assert [heading.level for heading in headings] == [1, 2, 1, 2, 1]
    assert headings[2].path is None
    assert headings[3].path == "1"


def test_headings_end_where_the_closing_lines_begin():
    text = "一、标题。\n正文。\n二、落款。"

    plan = outline(text, end=text.index("二"))

    assert [heading.path for heading in plan.headings] == ["一"]
    assert plan.headings[0].end == plan.end


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("学习不深入。整改情况一是学习", "学习不深入"),
        ("关于“学习不深入。研讨少”问题的整改。已整改", "关于“学习不深入。研讨少”问题的整改"),
        ("落实《规定（试行）。》不力。已整改", "落实《规定（试行）。》不力"),
        ("引号没有“收住。后面的话", "引号没有“收住"),
        ("引号没有“收住", "引号没有“收住"),
        ("政治建设方面：一是学习。二是研讨", "政治建设方面"),
        ("学习方面：已制定学习计划，开展了学习十二次", "学习方面"),
        ("学习不深入", "学习不深入"),
    ],
)
def test_a_title_ends_at_its_first_full_stop_outside_quotes(line, title):
    stop, body = title_end(line, 0, len(line))

    assert line[:stop] == title
    assert body >= stop


def test_a_title_never_runs_past_a_label():
    text = "1.学习不深入 整改情况：已整改。"
    headings = outline(text, [text.index("整改情况")]).headings

    assert text[headings[0].title_start : headings[0].title_end].strip() == "学习不深入"


def test_a_heading_without_children_owns_its_whole_section():
    heading = Heading(None, 0, 0, 1, 1, end=9)

    assert heading.own_end == 9
    assert heading.path is None
    assert heading.level == 1


def units(text: str) -> list[tuple[int, str]]:
    places = {
        start: Unnumbered(start, start + 3, names_unit=True)
        for start in range(len(text))
        if text.startswith(("甲局甲\n", "乙局乙\n"), start)
    }
    return [(heading.level, str(heading.path)) for heading in outline(text, unnumbered=places).headings]


def test_units_stand_beside_each_other_under_the_heading_whose_list_goes_on_after_them():
    parts = lines("一、", "二、"), lines("（一）", "（二）"), lines("（一）"), lines("三、")
    text = f"{parts[0]}\n甲局甲\n{parts[1]}\n乙局乙\n{parts[2]}\n{parts[3]}"

    assert units(text) == [
        (1, "一"), (1, "二"), (2, "None"), (3, "二/(一)"), (3, "二/(二)"),
        (2, "None"), (3, "二/(一)"), (1, "三"),
    ]  # fmt: skip


def test_units_without_numbers_below_them_stand_under_the_heading_that_the_next_number_follows():
    text = f"{lines('一、')}\n甲局甲\n正文。\n乙局乙\n正文。\n{lines('二、')}"

    assert units(text) == [(1, "一"), (2, "None"), (2, "None"), (1, "二")]


def test_units_before_and_after_all_numbers_stand_alone():
    assert units("甲局甲\n正文。\n乙局乙\n正文。") == [(1, "None"), (1, "None")]
    assert units(f"{lines('1.', '2.')}\n甲局甲\n正文。") == [(1, "1"), (1, "2"), (1, "None")]


def test_a_heading_ends_before_the_bullet_of_the_next():
    text = "1.标题甲。\n正文甲。\n◆ 2.标题乙。\n正文★\n3.标题丙。\n正文丙。"

    spans = [text[heading.start : heading.end] for heading in outline(text).headings]
    assert spans == ["1.标题甲。\n正文甲。\n", "2.标题乙。\n正文★\n", "3.标题丙。\n正文丙。"]


NESTED = "1. 学习不深入\n整改措施：\n1. 制定计划。\n2. 开展测试。\n{between}{following}"


@pytest.mark.parametrize(
    ("between", "following", "outer"),
    [
        ("", "2. 会议不规范\n整改措施：\n1. 补齐记录。\n", ["1", "2"]),
        ("责任人：样甲\n", "2. 会议不规范\n", ["1", "2"]),
        ("3. 每月检查。\n", "2. 会议不规范\n", ["1", "2"]),
    ],
)
def test_a_list_below_a_label_stands_inside_the_heading_above(between, following, outer):
    text = NESTED.format(between=between, following=following)
    prose = paragraphs(text)
    index = LabelIndex(text, prose)
    below = below_labels(text, index.labels, prose)

    plan = outline(text, index.starts, None, prose, below_labels=below)

    assert [heading.path for heading in plan.roots] == outer
    assert [child.path for child in plan.roots[0].children][:2] == ["1/1", "1/2"]


def test_a_list_that_is_further_in_ends_where_the_text_goes_further_out():
    text = (
        "1. 学习不深入\n  整改措施：\n  1. 制定计划。\n"
        "2. 会议不规范\n  整改措施：\n  1. 补齐记录。\n  2. 检查。\n3. 报销不规范\n"
    )
    prose = paragraphs(text)
    index = LabelIndex(text, prose)

    plan = outline(text, index.starts, None, prose, below_labels=below_labels(text, index.labels, prose))

    assert [heading.path for heading in plan.roots] == ["1", "2", "3"]


def test_a_title_may_hold_a_quotation_that_two_lines_share():
    text = "关于“培训把关不严。发现\n2处”的问题。开展培训。"

    assert title_end(text, 0, len(text)) == (text.index("。开展"), text.index("开展"))
