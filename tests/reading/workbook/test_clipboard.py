"""Cells as spreadsheets put them on the clipboard, and the table that is kept of them."""

from __future__ import annotations

import pytest

from zhenggai.reading.workbook import open_book
from zhenggai.reading.workbook.clipboard import (
    NAMES,
    clipboard_file,
    clipboard_rows,
    columns_guessed,
    named_rows,
)
from zhenggai.reading.workbook.roles import Role, guess


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("\n \t\n", []),
        ("一\t二\r\n三\t\r\n", [["一", "二"], ["三", ""]]),
        ("一\r二", [["一"], ["二"]]),
        ('1\t"两行\n之一"\t末', [["1", "两行\n之一", "末"]]),
        ('"他说""是"""', [['他说"是"']]),
        ('"关于"某"问题\t末\n二', [['"关于"某"问题', "末"], ["二"]]),
        ('"没有完的\t二', [['"没有完的', "二"]]),
        ('"完了"\n"也完了"', [["完了"], ["也完了"]]),
        ('关于"某"问题\t末', [['关于"某"问题', "末"]]),
        ("空\0字", [["空字"]]),
    ],
)
def test_cells_are_read_as_they_were_copied(text, rows):
    assert clipboard_rows(text) == rows


def test_no_more_is_read_than_asked_for():
    assert clipboard_rows("甲\n\n乙\n丙\n", 2) == [["甲"], ["乙"]]


def test_what_is_kept_is_a_table_of_the_same_cells():
    rows = [
        ["序号", "问题，一、二", "状态"],
        ["1", '多，逗，号，"引"\n两行', "在办，在办，在办"],
        ["2", "另，一"],
    ]
    data = clipboard_file(rows)
    (sheet,) = open_book(data, name="粘贴.tsv").sheets
    assert [list(row) for row in sheet.rows] == rows
    assert clipboard_rows(data.decode()) == [rows[0], rows[1], [*rows[2], ""]]
    assert clipboard_file([]) == b""


def test_every_name_that_is_offered_is_known_for_what_it_is():
    assert {role: (guess(name).role, guess(name).confidence) for role, name in NAMES.items()} == {
        role: (role, 1.0) for role in NAMES
    }


def test_a_head_is_told_from_a_row():
    known = [["编号", "问题", "环节"], ["1", "示例", "在办", "多"]]
    assert columns_guessed(known) == (True, [Role.NUMBER, Role.PROBLEM, None, None])
    assert columns_guessed([["1", "示例问题一件"]]) == (False, [None, None])
    assert columns_guessed([]) == (False, [])


def test_columns_are_named_by_what_somebody_says_they_hold():
    rows = [["编号", "问题", "期限", ""], ["1", "甲", "乙", "丙"]]
    roles = [Role.NUMBER, Role.DETAIL, None, Role.STATUS]
    assert named_rows(rows, roles, has_head=True) == [["编号", "具体表现", "第3列", "整改状态"], rows[1]]
    assert named_rows(rows[1:], [Role.NUMBER, Role.PROBLEM], has_head=False) == [
        ["序号", "反馈问题", "备注"],
        rows[1],
    ]
    assert named_rows([["无名列"], ["1"]], [None], has_head=True)[0] == ["无名列", "备注", "备注"]
