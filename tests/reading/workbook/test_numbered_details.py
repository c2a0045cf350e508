"""Details with numbers that go on from one problem to the next are findings; the problem is their group."""

from __future__ import annotations

import pytest

from reading.workbook.test_mapping import book, sheet
from zhenggai.reading.workbook import guess_mapping, read_book
from zhenggai.reading.workbook.roles import Role

NAMES = ["序号", "主要问题", "序号", "具体问题", "整改措施", "责任领导", "责任部门", "整改期限"]
REST = ["补学", "样甲", "宣传科", "2031年6月底前"]
ROWS = [
    ["1", "学习贯彻不力", "1", "学习内容不全面", *REST],
    ["", "", "2", "学习方式单一", *REST],
    ["2", "担当作为不够", "3", "推诿扯皮", *REST],
]
MERGED = [(1, 0, 2, 0), (1, 1, 2, 1)]


def found(rows, merged=(), names=NAMES):
    read = read_book(book(sheet([names, *rows], merged)))
    return [(one.number, one.group, one.title) for one in read.reading.findings], read.issues


@pytest.mark.parametrize("merged", [MERGED, []])
def test_numbered_details_are_findings_and_the_problem_merged_over_them_is_their_group(merged):
    made, issues = found(ROWS, merged)

    assert made == [
        ("1", "学习贯彻不力", "学习内容不全面"),
        ("2", "学习贯彻不力", "学习方式单一"),
        ("3", "担当作为不够", "推诿扯皮"),
    ]
    assert issues == ()


def test_the_mapping_says_why_the_details_are_the_findings():
    mapping = guess_mapping(book(sheet([NAMES, *ROWS], MERGED)))

    columns = mapping.sheets[0].header.columns
    assert [column.guess.role for column in columns[:4]] == [
        Role.COUNT, Role.GROUP, Role.NUMBER, Role.PROBLEM,
    ]  # fmt: skip
    assert columns[3].guess.why.startswith("Every detail has a number that goes on")


@pytest.mark.parametrize(
    "rows",
    [
        # the numbers begin anew
        [ROWS[0], ROWS[1], ["2", "担当作为不够", "1", "推诿扯皮", *REST]],
        # a problem without details
        [*ROWS, ["3", "会风不实不严", "", "", *REST]],
        # one detail each
        [ROWS[0], ["2", "担当作为不够", "2", "推诿扯皮", *REST]],
        # no numbers that count
        [[*row[:2], "甲", *row[3:]] for row in ROWS],
        [[*row[:2], f"{row[2]}0000000", *row[3:]] for row in ROWS],
        [["1", "学习贯彻不力"], ["2"]],
    ],
)
def test_details_that_do_not_count_on_stay_details_of_their_problem(rows):
    made, _issues = found(rows)

    assert [group for _, group, _ in made] == [None] * len(made)
    assert made[0][2] == "学习贯彻不力"


@pytest.mark.parametrize(
    ("names", "row"),
    [
        # a task beside a problem is a measure
        (["序号", "主要问题", "序号", "整改任务", "责任领导"], ["1", "学习贯彻不力", "1", "补学", "样甲"]),
        (
            ["序号", "主要问题", "措施序号", "具体问题", "责任领导"],
            ["1", "学习贯彻不力", "1", "补学", "样甲"],
        ),
        (["主要问题", "序号", "具体问题", "责任领导"], ["学习贯彻不力", "1", "学习内容不全面", "样甲"]),
        (["序号", "主要问题", "具体问题", "责任领导"], ["1", "学习贯彻不力", "学习内容不全面", "样甲"]),
    ],
)
def test_other_columns_side_by_side_hold_what_they_held(names, row):
    number = max(index for index, name in enumerate(names) if "序号" in name)
    second = ["" if index < number else text for index, text in enumerate(row)]
    second[number] = "2"

    made, _issues = found([row, second], names=names)

    assert all(group is None for _, group, _ in made)
    assert made[0][2] == "学习贯彻不力"
