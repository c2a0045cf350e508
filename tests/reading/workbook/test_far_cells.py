"""A cell that stands far from the table is named; the table is read, whatever room lies between them."""

from __future__ import annotations

import io
import zipfile

import pytest

from reading.workbook.bookmaking import Page, far_apart, ods, scattered, with_cells, xls, xlsx, zipped
from zhenggai.reading.docx.package import Package
from zhenggai.reading.workbook import book_lines, child, far_cells, marks, open_book, read_book
from zhenggai.reading.workbook.far_cells import NAMED_MOST, without_far_cells

NAMES = ["序号", "问题", "整改措施", "责任单位", "整改时限"]
ROW = ["台账更新不及时", "补记台账", "档案室", "2031年6月底前"]
LEDGER = Page("台账", [NAMES, [1, *ROW]])


def near(data: bytes, after: int = 0) -> list[dict]:
    return list(child.lines(data, after))


def heads(data: bytes, after: int = 0) -> list[list]:
    return [line["far"] for line in near(data, after) if "sheet" in line]


def test_one_stray_cell_at_the_end_of_a_sheet_is_named_and_the_ledger_is_read():
    data = with_cells({"XFD1048576": "<v>7</v>"}, LEDGER)

    read = read_book(open_book(data, name="台账.xlsx"))

    assert [one.title for one in read.reading.findings] == [ROW[0]]
    (issue,) = read.issues
    assert (issue.code, issue.sheet, issue.address, issue.value) == ("cell_far", "台账", "XFD1048576", "7")
    assert str(issue.rule).endswith("was not read (such cells on the sheet: 1).")
    assert str(issue.repair).startswith("Delete it if it stands there by mistake")


def test_the_rows_before_a_stray_cell_come_as_lines_once():
    data = with_cells({"XFD1048576": "<v>7</v>"}, LEDGER)

    assert list(book_lines(data, name="x.xlsx", seconds=60)) == [
        "台账",
        " ".join(NAMES),
        " ".join(["1", *ROW]),
    ]


def test_a_sheet_of_nothing_but_stray_cells_besides_a_word_says_so_too():
    read = read_book(open_book(far_apart(), name="x.xlsx"))

    assert [(one.code, one.address) for one in read.issues] == [("no_ledger", ""), ("cell_far", "XFD1048576")]


@pytest.mark.parametrize(
    ("how", "markup", "text"),
    [
        ("", "<v>7</v>", "7"),
        (' t="s"', "<v>1</v>", "问题"),
        (' t="s"', "<v>99</v>", ""),
        (' t="s"', "<v>x</v>", "x"),
        (' t="inlineStr"', "<is><t>草&amp;稿</t></is>", "草&稿"),
        (' t="str"', "<f>A1</f><v>甲</v>", "甲"),
        ("", "<f>A1</f>", ""),
    ],
)
def test_a_cell_that_was_left_out_is_named_with_what_it_holds(how, markup, text):
    assert heads(with_cells({"XFD900000": markup}, LEDGER, how)) == [[1, [["XFD900000", text]]]]


def test_of_many_cells_far_away_the_first_are_named_with_the_count_of_all():
    places = [f"ZZ{row}" for row in range(900_001, 900_001 + NAMED_MOST + 5)]

    ((count, cells),) = heads(with_cells(dict.fromkeys(places, "<v>1</v>"), LEDGER))

    assert (count, [where for where, _ in cells]) == (NAMED_MOST + 5, places[:NAMED_MOST])


def test_what_stands_in_the_rows_of_the_table_is_left_out_by_its_column():
    page = Page("台账", [NAMES, *([number, *ROW] for number in range(1, 4))])
    data = with_cells({"A5": "<v>4</v>", "A4000": "<v>5</v>", "XFD4001": "<v>6</v>"}, page)

    lines = near(data)

    assert lines[1]["far"] == [1, [["XFD4001", "6"]]]
    assert lines[2]["numbers"] == [0, 1, 2, 3, 4, 3999]


def test_sheets_that_came_before_stay_whole_and_so_does_a_workbook_with_nothing_far():
    data = with_cells({"XFD1048576": "<v>7</v>"}, LEDGER)

    assert near(data, 1) == []
    assert near(xlsx(LEDGER)) == []
    assert near(scattered()) == []
    assert near(ods(LEDGER)) == []
    assert near(zipped({"xl/workbook.xml": b"not markup"})) == []
    assert near(zipped({"[Content_Types].xml": b"<x/>"})) == []
    assert near(xls(LEDGER)) == [{"refused": "damaged", "part": "ZIP"}]


def test_pictures_and_macros_are_not_copied_and_other_sheets_are_as_they_were():
    stray = with_cells({"XFD1048576": "<v>7</v>"}, LEDGER)
    with zipfile.ZipFile(io.BytesIO(stray)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    made = without_far_cells(zipped({**parts, "xl/media/image1.png": b"x"}), after=0)

    assert made is not None
    package = Package(made[0], name="")
    assert "xl/media/image1.png" not in package
    kept = package.read("xl/worksheets/sheet1.xml")
    assert kept == parts["xl/worksheets/sheet1.xml"].replace(b'<c r="XFD1048576"><v>7</v></c>', b"")


@pytest.mark.parametrize("size", [7, 40, 333])
def test_cells_are_found_wherever_the_pieces_of_a_sheet_end(monkeypatch, size):
    whole = (
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/><c><v>2</v></c></row>'
        b'<row r="9"/></c><x:row r="900000"><x:c r="ZZ900000"><x:v>3</x:v></x:c></x:row></sheetData>'
    )
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    monkeypatch.setattr(marks, "large", lambda chunks: iter(pieces))
    found = list(far_cells._windows(iter(())))

    assert b"".join(window for window, _ in found) == whole
    cells = [(where, window[start:end]) for window, some in found for where, _, start, end in some]
    assert cells == [("A1", b'<c r="A1"><v>1</v></c>'), ("ZZ900000", b'<x:c r="ZZ900000"><x:v>3</x:v></x:c>')]


def test_a_cell_without_an_end_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(far_cells, "_CELL_MOST", 1_000)
    page = Page("台账", [NAMES, ["甲" * 2_000]])
    data = with_cells({"XFD1048576": f"<v>{'7' * 2_000}"}, page)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.rindex(b"</c>")]

    assert near(zipped(parts)) == [{"refused": "too_large", "part": ""}]
