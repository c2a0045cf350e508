"""Cells that a spreadsheet would execute, and the shape of the file."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.documents.csv import csv_bytes, csv_pieces, neutral_cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+86 10 1234",
        "-1+2",
        "@SUM(A1)",
        '=HYPERLINK("http://example.invalid","点我")',
        "＝1+1",
        "＋1",
        "－1+2",
        "＠SUM",
        "  =1+1",
        "\u3000=1+1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "\u202e=1",
        "\x00=1",
        "\t=1",
        "\tcmd",
        "\rcmd",
        "\ncmd",
        "\r\n=1",
        "-",
        "-abc",
        "--1",
        "-1-1",
        "-１２",
        "=",
        "\n",
    ],
)
def test_a_cell_that_a_spreadsheet_would_execute_begins_with_an_apostrophe(cell):
    assert neutral_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "-5",
        "-12.50",
        "-1,234.5",
        "-5%",
        "5",
        "关于=号的问题",
        "a=1",
        "（一）-2",
        "  ",
        "",
        "'=1",
        "一-二",
        "——",
    ],
)
def test_a_plain_text_or_number_stays_as_it_is(cell):
    assert neutral_cell(cell) == cell


def test_values_are_written_as_offices_read_them():
    cells = [None, True, False, 3, -3, Decimal("-80000.00"), date(2026, 3, 2)]
    assert [neutral_cell(cell) for cell in cells] == ["", "是", "否", "3", "-3", "-80000.00", "2026-03-02"]


def test_the_file_begins_with_a_byte_order_mark_and_every_row_ends_with_crlf():
    written = csv_bytes(["编号", "反馈问题"], [["1", "甲，乙\n丙"], ["2", '说"丁"']])
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows == [["编号", "反馈问题"], ["1", "甲，乙\n丙"], ["2", '说"丁"']]


def test_a_table_without_rows_keeps_its_heading():
    assert b"".join(csv_pieces(["编号"], [])) == "\ufeff编号\r\n".encode()


def test_a_lone_surrogate_does_not_stop_an_export():
    assert b"?" in csv_bytes(["\ud800"], [])


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_of_a_written_file_can_be_executed(cells):
    written = csv_bytes(["题"] * len(cells), [cells]).decode("utf-8-sig")
    for cell in list(csv.reader(io.StringIO(written, newline="")))[1]:
        shown = cell.lstrip()
        assert not shown.startswith(("=", "+", "@", "＝", "＋", "－", "＠"))
        assert not shown.startswith("-") or shown[1:2].isdigit()
