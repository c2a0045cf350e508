"""Tables whose cells stand one per line: read where it is certain, otherwise left whole."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

TITLE = "示例局巡察整改台账"
HEAD = ("序号", "反馈问题", "整改措施", "责任单位", "完成时限")
FLAT = (
    "The cells of a table stand here one per line, and which of them form a row cannot be told for certain."
)


def lines(*cells: str) -> str:
    return "\n".join((TITLE, *cells)) + "\n"


def told(text: str) -> list[tuple[str | None, str, str | None, str | None]]:
    return [(one.number, one.title, one.lead_unit, one.due_text) for one in read(text).findings]


FIRST = ("学习不深入", "制定计划", "办公室", "2032年6月底")
SECOND = ("台账不全", "补齐台账", "财务科", "2032年7月底")


def test_one_row_is_read_where_its_deadline_stands_in_its_column():
    expected = [("1", "学习不深入", "办公室", "2032年6月底")]

    assert told(lines(*HEAD, "1", *FIRST)) == expected
    assert told(lines(*HEAD, "1.", *FIRST, "附件：名单")) == expected
    assert told(lines(*HEAD[1:], *FIRST)) == [(None, *expected[0][1:])]
    assert told(lines(*HEAD, *FIRST)) == [(None, *expected[0][1:])]


def test_columns_of_other_names_stand_between_the_number_and_the_first_row():
    text = lines("序号", "反馈问题", "涉及地点", "整改措施", "整改责任单位及责任人", "完成时限")
    found = read(f"{text}1\n学习不深入\n一楼\n制定计划\n办公室 样甲\n2032年6月底\n")

    assert [(one.title, one.lead_unit, one.responsible_leader) for one in found.findings] == [
        ("学习不深入", "办公室", "样甲")
    ]
    assert [one.text for one in found.unread] == ["一楼"]


def test_counted_items_on_lines_of_their_own_are_one_cell():
    found = read(
        lines(*HEAD, "1", "学习不深入", "1.制定计划", "2.开展测试", *FIRST[2:], "2", *SECOND)
    ).findings

    assert [[item.text for item in one.measures] for one in found] == [["制定计划", "开展测试"], ["补齐台账"]]
    circled = read(lines(*HEAD, "1", "学习不深入", "①制定计划", "②开展测试", *FIRST[2:])).findings
    assert [item.text for item in circled[0].measures] == ["制定计划", "开展测试"]


@pytest.mark.parametrize(
    "cells",
    [
        (*HEAD, "1", "学习不深入", "制定计划", "办公室", "2", *SECOND),
        (*HEAD, "1", "学习不深入", "制定计划", "办公室"),
        (*HEAD, "1", "学习不深入", "不及时", "制定计划", "办公室", "2032年6月底"),
        (*HEAD, "1", "学习不深入", "制定计划", "办公室", "尽快"),
        (*HEAD, "1", "学习不深入", "制定计划", "1.办公室", "2032年6月底"),
        (*HEAD, "1", "学习不深入", "制定计划", "办公室", "另行通知后再研究确定" * 5),
        (*HEAD[1:], "学习不深入", "制定计划", "办公室"),
        (*HEAD[1:], *FIRST, "台账不全"),
        (*HEAD[1:4], "整改状态", "学习不深入", "制定计划", "办公室", "我办已经制定计划并印发各科室执行" * 3),
        ("序号", "反馈", "问题", "整改", "措施", "责任单位", "完成", "时限", "1", *FIRST),
    ],
)
def test_a_table_whose_rows_cannot_be_told_is_left_whole(cells):
    reading = read(lines(*cells))

    assert reading.findings == ()
    assert [one.text for one in reading.unread] == ["\n".join(cells)]
    assert {one.why for one in reading.unread} == {FLAT}


def test_rows_before_one_that_cannot_be_told_are_read():
    reading = read(lines(*HEAD, "1", *FIRST, "2", *SECOND[:3], "3", *FIRST))

    assert [one.number for one in reading.findings] == ["1"]
    assert [one.text for one in reading.unread] == ["\n".join(("2", *SECOND[:3], "3", *FIRST))]


def test_a_dash_or_nothing_is_a_cell_too():
    assert told(lines(*HEAD, "1", "学习不深入", "制定计划", "—", "2032年6月底")) == [
        ("1", "学习不深入", None, "2032年6月底")
    ]
    assert [one.number for one in read(lines(*HEAD, "1", *FIRST[:3], "/", "2", *SECOND)).findings] == [
        "1",
        "2",
    ]


def test_a_table_ends_where_the_text_goes_on():
    reading = read(
        lines(
            *HEAD[1:], *FIRST, *SECOND, "联系电话：0999-8120047", "一、其他事项", "示例局将继续做好有关工作。"
        )
    )

    assert [one.title for one in reading.findings] == ["学习不深入", "台账不全"]
    assert [section.title for section in reading.sections] == ["其他事项"]


def test_three_names_of_columns_with_nothing_below_them_are_no_table():
    assert read(lines("反馈问题", "整改措施", "责任单位", "另行公布")).findings == ()
    assert read(lines("反馈问题", "整改措施", "责任单位")).findings == ()
    whole = lines(
        "序号", "反馈问题", "整改措施", "学习不深入", "制定计划", "台账不全", "补齐台账", "以上为全部问题"
    )
    assert [one.title for one in read(whole).findings] == ["学习不深入", "台账不全"]
    odd = lines("序号", "反馈问题", "整改措施", "学习不深入", "制定计划", "台账不全")
    assert read(odd).findings == ()


def test_a_long_line_or_a_row_of_another_table_ends_what_may_be_cells():
    long = "示例局将继续做好有关工作，" * 60
    reading = read(lines(*HEAD, long, "1", *FIRST))
    assert reading.findings == ()
    reading = read(lines(*HEAD, "1", *FIRST, "甲\t乙\t丙"))
    assert [one.number for one in reading.findings] == ["1"]
    assert [one.text for one in reading.unread] == ["甲\t乙\t丙"]


def test_a_second_header_below_one_that_gave_nothing_is_read():
    reading = read(lines("反馈问题", "整改措施", "责任单位", "另行公布", *HEAD, "1", *FIRST))

    assert [one.number for one in reading.findings] == ["1"]
