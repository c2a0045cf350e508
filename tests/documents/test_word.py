"""Word documents: equal bytes, the layout of official documents, and any text at all."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.opened import cells, lines, opened, parts
from zhenggai.documents.word.blocks import Cell, Document, Line, Merge, Row, Table, widths_by
from zhenggai.documents.word.letters import day_words, lines_of, moment_words, xml_text
from zhenggai.documents.word.looks import UPRIGHT, WIDE, Look
from zhenggai.documents.word.package import word_bytes


def document(*blocks, page=UPRIGHT):
    return Document("示例", page, 21, blocks)


def one_cell(text):
    return document(Table((1000,), (Row((Cell(text),)),)))


def test_equal_documents_are_equal_bytes_and_no_part_says_when_it_was_made():
    made = document(Line("标题", Look.TITLE), Table((500, 500), (Row((Cell("甲"), Cell("乙"))),)))
    assert word_bytes(made) == word_bytes(made)
    with zipfile.ZipFile(BytesIO(word_bytes(made))) as package:
        assert {each.date_time for each in package.infolist()} == {(2026, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("page", "width", "height"), [(UPRIGHT, 156, 225), (WIDE, 225, 156)])
def test_the_page_is_a4_with_the_text_of_official_documents(page, width, height):
    section = opened(word_bytes(document(Line("示例", Look.INFO), page=page))).sections[0]
    assert round(section.page_width.mm), round(section.page_height.mm) == (page.width, page.height)
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == width
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == height
    assert (section.orientation == 1) is (page is WIDE)


def test_upright_the_margins_are_those_of_the_standard():
    section = opened(word_bytes(document(Line("示例", Look.INFO)))).sections[0]
    assert [round(each.mm) for each in (section.top_margin, section.left_margin)] == [37, 28]


def test_the_page_number_stands_between_lines_on_the_outer_side():
    found = parts(word_bytes(document(Line("示例", Look.INFO))))
    odd, even = found["word/footer1.xml"].decode(), found["word/footer2.xml"].decode()
    assert 'w:jc w:val="right"' in odd
    assert 'w:jc w:val="left"' in even
    assert all("— " in each and "PAGE" in each for each in (odd, even))
    assert b"evenAndOddHeaders" in found["word/settings.xml"]


def test_title_and_text_are_in_the_fonts_of_the_standard_each_with_others_to_fall_back_on():
    found = opened(word_bytes(document(Line("示例", Look.TITLE))))
    style = found.styles["公文标题"]
    assert style.font.size.pt == 22
    assert 'w:eastAsia="方正小标宋简体"' in style.element.xml
    assert style.font.name == "Times New Roman"
    fonts = parts(word_bytes(document(Line("示例", Look.TITLE))))["word/fontTable.xml"].decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in fonts


def test_a_heading_row_repeats_and_a_merged_cell_goes_on_empty():
    rows = (
        Row((Cell("方面", Look.HEAD, shaded=True), Cell("问题", Look.HEAD)), 400, repeats=True, whole=True),
        Row((Cell("党建", merge=Merge.BEGINS), Cell("甲"))),
        Row((Cell("不印", merge=Merge.GOES_ON), Cell("乙"))),
        Row((Cell("横跨", span=2),), keeps_next=True),
    )
    data = word_bytes(document(Table((400, 600), rows)))
    (table,) = opened(data).tables
    assert cells(table) == [["方面", "问题"], ["党建", "甲"], ["", "乙"], ["横跨"]]
    assert table.cell(1, 0).text == table.cell(2, 0).text == "党建"
    assert parts(data)["word/document.xml"].count(b"<w:tblHeader/>") == 1


def test_a_line_can_begin_a_page_and_has_a_paragraph_for_each_of_its_lines():
    data = word_bytes(
        document(Line("甲\n\n 乙 ", Look.NOTE), Line("", Look.GAP), Line("丙", Look.NOTE, new_page=True))
    )
    assert lines(data) == ["甲", "乙", "", "丙"]
    assert [each.paragraph_format.page_break_before for each in opened(data).paragraphs][-1]


@given(st.text())
def test_any_text_can_stand_in_a_cell(text):
    data = word_bytes(one_cell(text))
    parts(data)
    (table,) = opened(data).tables
    assert cells(table) == [["\n".join(lines_of(xml_free(text)))]]


def xml_free(text):
    """What is left of a text on paper, told by another way than the program's."""
    bad = set(range(9)) | set(range(14, 32)) | set(range(0x7F, 0xA0)) - {0x85}
    bad |= set(range(0xD800, 0xE000)) | set(range(0xFDD0, 0xFDF0)) | {0xFFFE, 0xFFFF, 0x1FFFE, 0x1FFFF}
    bad |= set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A)) | {0x200E, 0x200F, 0x61C}
    return "".join("\ufffd" if ord(each) in bad else each for each in text)


def test_what_would_turn_a_line_or_break_the_file_shows_as_a_sign():
    assert xml_text('甲\x00\u202e乙<&">') == "甲\ufffd\ufffd乙&lt;&amp;&quot;&gt;"
    assert lines_of("甲\r\n乙\x0b丙\u2028丁\t\n　") == ["甲", "乙", "丙", "丁"]
    (table,) = opened(word_bytes(one_cell("甲\t乙"))).tables
    assert cells(table) == [["甲\t乙"]]


def test_days_and_moments_are_printed_without_leading_zeros():
    assert day_words(date(2026, 3, 8)) == "2026年3月8日"
    assert day_words(None) == ""
    assert moment_words(datetime(2026, 3, 8, 9, 5, tzinfo=UTC)) == "2026年3月8日 09:05"


def test_columns_are_as_wide_as_they_weigh_and_fill_the_page_to_the_twip():
    widths = widths_by((1, 1, 1), 100)
    assert (sum(widths), widths) == (100, (33, 33, 34))
