from __future__ import annotations

import time

import pytest

from zhenggai.ops import terminal
from zhenggai.ops.terminal import Column, columns_of, pairs, table, wrap

LONG = "“三重一大”事项决策程序不规范，2023年有3项支出未经集体研究（合计12.5万元）。"


def test_a_chinese_character_takes_two_columns() -> None:
    assert columns_of("整改a") == 5


@pytest.mark.parametrize("width", [8, 11, 20, 33])
def test_no_line_is_wider_than_asked_for_and_no_mark_stands_at_a_wrong_end(width: int) -> None:
    lines = wrap(LONG, width)
    assert "".join(lines).replace(" ", "") == LONG
    assert all(columns_of(line) <= width for line in lines)
    assert not any(line[0] in "，。、；）”" or line[-1] in "“（" for line in lines)


def test_a_latin_word_and_a_number_stay_whole() -> None:
    assert wrap("编号 ABC-2023 的文件", 8)[1] == "ABC-2023"
    assert "2023" in " ".join(wrap("截至2023年", 6))


def test_a_word_longer_than_the_line_is_cut() -> None:
    lines = wrap("x" * 50, 20)
    assert "".join(lines) == "x" * 50
    assert all(len(line) <= 20 for line in lines)


def test_control_characters_of_a_document_never_reach_the_terminal() -> None:
    assert wrap("正文\x1b[31m红\x9b31m", 40) == ["正文 [31m红 31m"]


def test_columns_of_a_table_stand_below_each_other() -> None:
    columns = (Column("编号"), Column("问题", weight=1), Column("措施", right=True))
    lines = table(columns, [("一/1", LONG, "3"), ("一/2", "短", "12")], width=80)
    assert all(columns_of(line) <= 80 for line in lines)
    assert lines[0].index("问题") > 0
    first = next(line for line in lines if line.startswith("一/1"))
    second = next(line for line in lines if line.startswith("一/2"))
    assert columns_of(first) == columns_of(second)


def test_a_narrow_terminal_gets_a_block_for_each_row() -> None:
    columns = (Column("编号"), Column("问题", weight=1), Column("措施", right=True))
    lines = table(columns, [("一/1", LONG, "3")], width=40)
    assert lines[0] == "一/1"
    assert any(line.startswith("  措施: 3") for line in lines)
    assert all(columns_of(line) <= 40 for line in lines)


def test_labels_stand_in_a_column_of_their_own() -> None:
    lines = pairs([("标题", "通报"), ("被巡察单位", LONG)], width=40)
    assert lines[0].startswith("标题        ")
    assert lines[1].startswith("被巡察单位  ")
    assert lines[2].startswith(" " * 12)


def test_no_colour_where_the_output_is_no_terminal() -> None:
    assert terminal.strong("粗", "red") == "粗"
    assert terminal.faint("淡") == "淡"


def test_the_quick_widths_are_those_of_the_table():
    letters = [*map(chr, range(0xC0, 0x250)), *map(chr, range(0x4E00, 0xA000)), *terminal._NARROW]
    letters += [*map(chr, range(0x3000, 0x302A)), *map(chr, range(0xFF01, 0xFF5F))]

    assert [one for one in letters if terminal.columns_of(one) != terminal._columns_by_table(one)] == []
    assert terminal.columns_of("e\u0301整") == 3


def test_a_cell_that_holds_a_book_is_wrapped_in_a_moment_letter_by_letter_as_a_short_one() -> None:
    sentence = "精简会议，严格审批è（2031年6月底前）。"
    book = sentence * 20_000
    begun = time.process_time()
    lines = wrap(book, 50)
    # what asked for the columns of every line anew took some thirty seconds
    assert time.process_time() - begun < 15
    assert "".join(lines) == book
    assert max(map(columns_of, lines)) <= 50
    assert lines[:3] == wrap(sentence * 6, 50)[:3]


def test_of_marks_that_combine_the_whole_line_is_measured() -> None:
    lines = wrap("e\u0301" * 30 + "整改", 10)
    assert all(columns_of(line) <= 10 for line in lines)
    assert "".join(lines) == "e\u0301" * 30 + "整改"
