"""Habits of offices: 同上 below a problem, numbers that became days, ticks of fonts, tables on their side."""

from __future__ import annotations

import pytest

from reading.workbook.bookmaking import Page, xlsx
from zhenggai.reading.interpreting.closed_words import closed_of
from zhenggai.reading.workbook import open_book, read_book
from zhenggai.reading.workbook.cell_words import chosen_of
from zhenggai.reading.workbook.grid import Sheet
from zhenggai.reading.workbook.turned import turned_at

NAMES = ["序号", "反馈问题", "整改措施", "责任领导", "责任单位", "完成时限", "整改状态"]


def read(rows, **more):
    return read_book(open_book(xlsx(Page("台账", rows, **more)), name="台账.xlsx"))


def row(number, problem, measure="完善制度"):
    return [number, problem, measure, "样甲", "示例科", "2031年6月30日", "正在整改"]


def issues(made):
    return [(issue.code, issue.address) for issue in made.issues]


def test_a_problem_as_above_is_the_problem_above_and_is_asked_about_where_it_has_a_number():
    made = read(
        [NAMES, row(1, "学习制度落实不到位"), row(None, "同上", "组织学习"), row(2, "同上"), row(3, "〃")]
    )

    assert [(one.number, one.title) for one in made.reading.findings] == [
        ("1", "学习制度落实不到位"), ("2", "学习制度落实不到位"), ("3", "学习制度落实不到位"),
    ]  # fmt: skip
    assert [item.text for item in made.reading.findings[0].measures] == ["完善制度", "组织学习"]
    assert issues(made) == [("problem_as_above", "B4"), ("problem_as_above", "B5")]
    assert "B2" in str(made.issues[0].rule)


def test_a_problem_as_above_in_the_first_row_is_missing():
    made = read([NAMES, row(1, "同上"), row(2, "台账登记不完整")])

    assert [one.title for one in made.reading.findings] == ["台账登记不完整"]
    assert issues(made) == [("missing_problem", "B2")]


def test_a_number_that_became_a_day_is_read_as_it_was_typed_and_asked_about():
    made = read([NAMES, row(47849, "学习不够"), row(47850, "台账缺失")], dated={(1, 0): "m-d", (2, 0): "m-d"})

    assert [one.number for one in made.reading.findings] == ["1-1", "1-2"]
    assert issues(made) == [("number_is_day", "A2"), ("number_is_day", "A3")]


def test_rows_that_were_only_numbered_beforehand_are_left_out_at_once():
    made = read([NAMES, row(1, "学习不够"), *([[number] for number in range(2, 40)]), ["注：完"], [40]])

    assert len(made.reading.findings) == 1
    assert [one.why for one in made.reading.unread] == [
        "These rows hold a number and nothing else, so they are no findings."
    ] * 2
    assert made.reading.unread[0].text.splitlines()[-1] == "39"
    assert issues(made) == []


@pytest.mark.parametrize(("sign", "status"), [("R", "整改中"), ("ü", "整改中"), ("£", None)])
def test_ticks_of_fonts_choose_their_column(sign, status):
    names = ["序号", "存在问题", "整改措施", "已整改", "整改中", "未整改"]
    made = read([names, [1, "台账缺失", "补登", None, sign]])

    assert [one.status_text for one in made.reading.findings] == [status]


def test_boxes_of_fonts_are_boxes():
    assert chosen_of("R已完成 £基本完成 £未完成") == "已完成"
    assert chosen_of("£已完成 £未完成") == "£已完成 £未完成"
    assert closed_of("P") is True


def test_a_ledger_on_its_side_says_so():
    rows = [
        [name, *beside] for name, *beside in zip(NAMES, row(1, "学习不够"), row(2, "台账缺失"), strict=True)
    ]

    assert ("ledger_turned", "A2") in issues(read(rows))


@pytest.mark.parametrize(
    "rows",
    [
        [NAMES, [""], ["1", "学习不够", "学习"]],
        [["反馈问题", "学习不够"], ["整改措施", "学习"], ["责任单位", "示例科"], ["完成时限", "2031年"]],
        [
            ["反馈问题", "学习不够", "责任领导", "样甲"],
            ["整改措施", "a"],
            ["责任单位", "b"],
            ["完成时限", "c"],
        ],
        [["整改措施", "x", "y"], ["责任单位", "x", "y"], ["完成时限", "x", "y"], ["备注", "x", "y"]],
    ],
)
def test_a_table_or_form_does_not_lie_on_its_side(rows):
    assert turned_at(Sheet("甲", range(len(rows)), rows)) is None


def test_totals_above_the_names_are_no_title():
    made = read([["合计", None, "3个问题"], NAMES, row(1, "学习不够")])

    assert made.reading.title is None
