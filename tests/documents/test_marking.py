"""A marked workbook keeps what the original holds; cells are coloured, said what is wrong, and listed."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font

from zhenggai.documents.marking import (
    COMMENTS_MOST,
    ROWS_MOST,
    Listing,
    Mark,
    NamesTaken,
    Values,
    first_cell,
    listing_height,
    listing_rows,
    marked_copy,
    marked_values,
    written,
)
from zhenggai.documents.marking_child import marked

LISTING = Listing("校验问题", ("工作表", "单元格", "内容", "类别", "规则", "处理办法", "代码"))
FILLS = {"error": "00FFC7CE", "question": "00FFEB9C"}


def mark(address: str, *, sheet: str = "台账", value: str = "尽快", is_question: bool = False) -> Mark:
    kind = "待确认" if is_question else "错误"
    return Mark(sheet, address, value, kind, "期限要写明日期。", "写成2031年6月30日。", "date", is_question)


def original() -> bytes:
    book = Workbook()
    page = book.active
    page.title = "台账"
    page.append(["序号", "问题", "时限"])
    page.append([1, "示例问题", "尽快"])
    page["B2"].font = Font(bold=True)
    page["B2"].comment = Comment("原有批注", "样甲")
    page["D2"] = "=1+1"
    page.merge_cells("A3:B3")
    page.column_dimensions["B"].width = 44
    book.create_sheet("校验问题")
    book.create_chartsheet("图").add_chart(BarChart())
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


MARKS = [
    mark("C2"),
    mark("B2", is_question=True),
    mark("C2", is_question=True),
    mark("B3"),
    mark("E9", value="=cmd|' /C calc'!A0"),
    mark("", value=""),
    mark("A1", sheet="没有的表"),
    mark("A1", sheet="图"),
]


@pytest.fixture(scope="module")
def copy() -> bytes:
    data = marked_copy(original(), MARKS, LISTING)
    assert data is not None
    return data


def test_the_copy_keeps_formats_formulas_and_what_people_wrote(copy: bytes) -> None:
    page = load_workbook(io.BytesIO(copy))["台账"]
    assert page["B2"].font.bold
    assert page["D2"].value == "=1+1"
    assert page.column_dimensions["B"].width == 44
    assert [str(one) for one in page.merged_cells.ranges] == ["A3:B3"]
    assert page["B2"].comment.text.startswith("原有批注\n\n待确认：期限要写明日期。")


def test_cells_are_coloured_and_say_what_is_wrong(copy: bytes) -> None:
    page = load_workbook(io.BytesIO(copy))["台账"]
    assert page["B2"].fill.fgColor.rgb == FILLS["question"]
    # one error among questions is an error
    assert page["C2"].fill.fgColor.rgb == FILLS["error"]
    assert page["C2"].comment.text.count("期限要写明日期。") == 2
    assert page["E9"].fill.fgColor.rgb == FILLS["error"]
    assert page["A2"].fill.fgColor.rgb == "00000000"


def test_all_marks_are_listed_as_text_with_a_way_to_the_cell(copy: bytes) -> None:
    book = load_workbook(io.BytesIO(copy))
    assert book.sheetnames == ["台账", "校验问题", "图", "校验问题 (2)"]
    page = book["校验问题 (2)"]
    assert [cell.value for cell in page[1]] == list(LISTING.heading)
    assert page.max_row == len(MARKS) + 1
    assert (page["C6"].value, page["C6"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert page["B2"].hyperlink.location == "'台账'!C2"


def test_equal_input_gives_equal_bytes_and_the_child_does_what_the_process_does(copy: bytes) -> None:
    assert marked_copy(original(), MARKS, LISTING) == copy
    here = load_workbook(io.BytesIO(marked(original(), MARKS, LISTING)))
    there = load_workbook(io.BytesIO(copy))
    for sheet in ("台账", "校验问题 (2)"):
        assert [[cell.value for cell in row] for row in here[sheet]] == [
            [cell.value for cell in row] for row in there[sheet]
        ]


def test_what_cannot_be_opened_has_no_copy() -> None:
    assert marked_copy(b"PK\x03\x04 cut off", MARKS, LISTING) is None


def test_values_are_written_with_their_marks_and_nothing_is_executed() -> None:
    rows = [(0, ["序号", "问题", "时限"]), (2, ["1", "=1+1", ""]), (5, ["2", "@SUM(A1)", "字" * 40_000])]
    marks = [mark("C3"), mark("B2", is_question=True), mark("B6"), mark("F9"), mark("A1:A3"), mark("")]
    data = marked_values([Values("台账", rows), Values("空", [])], marks, LISTING)
    assert data == marked_values([Values("台账", rows), Values("空", [])], marks, LISTING)
    book = load_workbook(io.BytesIO(data))
    page = book["台账"]
    assert (page["B3"].value, page["B3"].data_type) == ("=1+1", "s")
    assert len(page["C6"].value) == 32_767
    colours = {cell: page[cell].fill.fgColor.rgb[2:] for cell in ("C3", "B2", "B6", "F9", "A1")}
    assert colours == {"C3": "FFC7CE", "B2": "FFEB9C", "B6": "FFC7CE", "F9": "FFC7CE", "A1": "FFC7CE"}
    assert page["F9"].comment.text.startswith("错误：期限要写明日期。")
    assert book["校验问题"]["A2"].value == "台账"


def test_of_very_many_marks_all_are_coloured_and_listed_and_the_first_have_comments() -> None:
    many = [mark(f"A{row}") for row in range(1, COMMENTS_MOST + 3)]
    page = load_workbook(io.BytesIO(marked_values([Values("台账", [])], many, LISTING)))["台账"]
    assert page[f"A{COMMENTS_MOST}"].comment is not None
    assert page[f"A{COMMENTS_MOST + 1}"].comment is None
    assert page[f"A{COMMENTS_MOST + 2}"].fill.fgColor.rgb[2:] == "FFC7CE"
    listed = listing_rows((many[0] for _ in range(ROWS_MOST + 5)), LISTING)
    assert sum(1 for _ in listed) == ROWS_MOST


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    names = NamesTaken(["台账"])
    wanted = ["台账", "台账", "'a/b*c[d]:e?'", "", "长" * 40, "长" * 40, "History"]
    taken = [names.take(name) for name in wanted]
    assert taken == [
        "台账 (2)",
        "台账 (3)",
        "a／b＊c［d］：e？",
        "Sheet",
        "长" * 31,
        "长" * 27 + " (2)",
        "History (2)",
    ]


def test_places_texts_and_heights() -> None:
    assert [first_cell(address) for address in ("F12", "AA3:B6", "", "x")] == [(11, 5), (2, 26), None, None]
    assert written("a\x00b\ud800c\x0bd") == "abcd"
    assert listing_height(("", "", "", "", "", "", "")) == 15
    assert listing_height(("", "", "", "", "字" * 45, "", "")) == 45
    assert listing_height(("", "", "", "", "字" * 4_500, "", "")) == 180
