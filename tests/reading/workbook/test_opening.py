"""A file is opened in a process of its own, whatever it holds, and says in a sentence why it is not read."""

from __future__ import annotations

import io
import json
import random
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from reading.docx.test_kinds import ole
from reading.workbook.bookmaking import Page, csv, far_apart, ods, scattered, xls, xlsx, zipped
from zhenggai.domain.errors import InvalidError
from zhenggai.reading import read
from zhenggai.reading.errors import (
    DamagedSourceError,
    EmptySourceError,
    EncryptedSourceError,
    SourceTooLargeError,
    UndecodableSourceError,
    UnpacksTooLargeError,
    WorkbookDamagedError,
    WorkbookTooCostlyError,
)
from zhenggai.reading.workbook import book_lines, child, is_workbook, marks, open_book, opening
from zhenggai.reading.workbook.grid import Sheet, address, column_letters, place_of

ROWS = [["序号", "问题", "责任单位"], [1, "台账更新不及时", "档案室"]]


def test_cells_stand_as_they_would_be_read_aloud():
    cells = ["文", 12, 1.5, 0.0, 45473]
    page = Page("甲", [cells], dated={(0, 3): "hh:mm", (0, 4): "yyyy-mm-dd"})

    sheet = open_book(xlsx(page), name="x.xlsx").sheets[0]

    assert list(sheet.rows) == [["文", "12", "1.5", "00:00:00", "2024-06-30"]]
    assert [
        child.shown_as(value)
        for value in (
            True,
            False,
            2e20,
            3.0,
            datetime(2031, 6, 30, 8, 5),  # noqa: DTZ001 - cells know no zone
            datetime(2031, 6, 30),  # noqa: DTZ001 - as above
            date(2031, 6, 30),
            time(8, 5),
            timedelta(hours=30),
            7,
        )
    ] == [
        "TRUE",
        "FALSE",
        "2e+20",
        "3",
        "2031-06-30 08:05:00",
        "2031-06-30",
        "2031-06-30",
        "08:05:00",
        "1 day, 6:00:00",
        "7",
    ]


def test_merged_hidden_and_failed_cells_of_excel_are_known():
    page = Page(
        "甲",
        [["一", "二"], ["三"], [], ["四"]],
        [(0, 0, 1, 0)],
        hidden_rows=[3],
        hidden_columns=[1, 2],
        formulas={(1, 2): ("=1/0", "#DIV/0!")},
    )
    page.rows[1] = ["三", None, "x"]
    page.formulas[5, 1] = ("=Sheet9!A1", "#REF!")
    page.rows += [[], [None, "y"]]

    sheet = open_book(xlsx(page), name="x.xlsx").sheets[0]

    assert sheet.merged == ((0, 0, 1, 0),)
    assert sheet.hidden_rows == {3}
    assert sheet.hidden_columns == {1, 2}
    assert sheet.text(1, 2) == "#DIV/0!"
    assert sheet.text(5, 1) == "#REF!"
    assert sheet.text(2, 0) == sheet.text(0, 9) == sheet.text(99, 0) == ""
    assert list(sheet.numbers) == [0, 1, 3, 5]


def test_merged_and_hidden_cells_of_open_document_are_known():
    page = Page("甲", [["一", "二"], [None, "三"], ["四", None]], [(0, 0, 1, 0)], hidden_rows=[2])

    sheet = open_book(ods(page), name="x.ods").sheets[0]

    assert sheet.merged == ((0, 0, 1, 0),)
    assert sheet.hidden_rows == {2}
    assert marks.marks_of(ods(page)).sheets["甲"] == marks.SheetMarks([2], merged=[[0, 0, 1, 0]])


def test_a_sheet_that_is_formatted_or_stray_far_down_stays_small():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("甲")
        form = book.add_format({"bold": True})
        sheet.write_row(1, 1, ["序号", "问题"])
        for row in range(3, 20_000):
            sheet.write_blank(row, 3, None, form)
        sheet.write_string(1_048_575, 3, "·")

    made = open_book(stream.getvalue(), name="x.xlsx").sheets[0]

    assert list(made.numbers) == [1, 1_048_575]
    assert list(made.rows) == [["", "序号", "问题"], ["", "", "", "·"]]


def charted():
    """A workbook of a sheet, an empty one and a chart."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("甲")
        sheet.write_row(0, 0, ["序号", "问题"])
        sheet.write_boolean(1, 1, True)
        book.add_worksheet("空")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=甲!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)
    return stream.getvalue()


CHARTED = charted()


def test_charts_are_no_sheets_and_empty_ones_have_no_rows():
    assert [(one.name, len(one.rows)) for one in open_book(CHARTED, name="x.xlsx").sheets] == [
        ("甲", 2),
        ("空", 0),
    ]


@pytest.mark.parametrize(
    ("data", "refusal", "words"),
    [
        (xlsx(Page("空", [])), EmptySourceError, "x.bin"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), WorkbookDamagedError, "cut off or damaged"),
        (xlsx(Page("甲", ROWS))[:-300], WorkbookDamagedError, "cut off or damaged"),
        (xls(Page("甲", ROWS))[:700], WorkbookDamagedError, "cut off or damaged"),
        (zipped({"xl/workbook.xml": b"<!DOCTYPE x><workbook/>"}), DamagedSourceError, "xl/workbook.xml"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a"}),
         DamagedSourceError, "content.xml"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_says_so_in_a_sentence(data, refusal, words):
    with pytest.raises(refusal) as said:
        open_book(data, name="x.bin")

    assert words in str(said.value)
    assert str(said.value).endswith(".")


def test_a_workbook_with_a_password_says_so():
    with pytest.raises(EncryptedSourceError):
        read(ole("EncryptionInfo", "EncryptedPackage"), name="台账.xlsx")
    data = bytearray(xlsx(Page("甲", ROWS)))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(EncryptedSourceError):
        open_book(bytes(data), name="x.xlsx")
    with pytest.raises(marks.RefusedError, match="encrypted"):
        marks.marks_of(bytes(data))


def test_a_bomb_is_refused_before_it_is_unpacked():
    stream = io.BytesIO(xlsx(Page("甲", ROWS)))
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"<sheetData>", b"<sheetData>" + b" " * (60 * 1024 * 1024))
            target.writestr(name, data)

    with pytest.raises(UnpacksTooLargeError, match=r"xl/worksheets/sheet1\.xml"):
        open_book(made.getvalue(), name="x.xlsx")


def test_a_file_that_is_larger_than_allowed_is_not_opened():
    with pytest.raises(SourceTooLargeError):
        open_book(xlsx(Page("甲", ROWS)), name="x.xlsx", max_bytes=100)


def test_a_workbook_cut_off_is_named_with_the_programs_that_repair_workbooks():
    cut = xlsx(Page("甲", ROWS))[:-300]

    assert is_workbook(cut, "台账.XLSX")
    assert not is_workbook(cut, "台账.docx")
    with pytest.raises(WorkbookDamagedError, match="Open it in Excel, WPS or LibreOffice"):
        read(cut, name="台账.xlsx")
    with pytest.raises(DamagedSourceError, match="Open it in Word or WPS"):
        read(cut, name="台账.docx")


def test_a_damaged_old_workbook_never_ends_the_reader():
    whole = xls(Page("甲", ROWS * 20))
    chance = random.Random(7)
    for _ in range(6):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(512, len(data))] = chance.randrange(256)
        with suppress(InvalidError):
            open_book(bytes(data), name="x.xls")


def test_what_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 0.01)

    for data in (xlsx(Page("甲", ROWS)), xls(Page("甲", ROWS))):
        with pytest.raises(WorkbookTooCostlyError):
            open_book(data, name="x.xlsx")


def test_what_takes_too_much_memory_is_stopped(monkeypatch):
    # less than Python takes to begin: the three megabytes of the file find no room
    monkeypatch.setattr(opening, "MEMORY_BYTES", 20 * 1024 * 1024)

    with pytest.raises(WorkbookTooCostlyError):
        open_book(xlsx(Page("甲", ROWS)) + b"\0" * 3_000_000, name="x.xlsx")


def test_cells_scattered_over_a_whole_sheet_end_the_child_and_not_the_reader():
    assert len(scattered()) < 20_000
    with pytest.raises(WorkbookTooCostlyError):
        open_book(scattered(), name="x.xlsx")
    with pytest.raises(WorkbookTooCostlyError):
        list(book_lines(scattered(), name="x.xlsx", seconds=30))


def test_more_cells_than_are_kept_are_refused_while_they_come():
    assert open_book(far_apart("J10"), name="x.xlsx", max_cells=11).sheets[0].numbers.tolist() == [0, 9]
    with pytest.raises(WorkbookTooCostlyError):
        open_book(far_apart("J10"), name="x.xlsx", max_cells=10)


def test_the_rows_of_a_workbook_come_as_lines_as_long_as_somebody_reads():
    data = xlsx(Page("甲", [["一", None, 2], [None]]), Page("乙", [["三"]]))
    assert list(book_lines(data, name="x.xlsx", seconds=30)) == ["甲", "一 2", "乙", "三"]
    lines = book_lines(data, name="x.xlsx", seconds=30)
    assert next(lines) == "甲"
    lines.close()
    with pytest.raises(InvalidError):
        list(book_lines(b"PK nothing", name="x.xlsx", seconds=30))


def test_an_answer_that_breaks_off_is_no_answer():
    assert list(opening.answers([b'{"since_1904": false}\n', b'{"sheet": "x'])) == [{"since_1904": False}]


def test_the_child_answers_in_lines_of_json():
    answers = io.BytesIO()

    child.serve(xlsx(Page("甲", ROWS)), answers)

    lines = list(opening.answers(answers.getvalue().splitlines(keepends=True)))
    assert len(list(child.lines(CHARTED))) == 5
    assert lines[0] == {"since_1904": False}
    assert lines[1]["sheet"] == "甲"
    assert lines[2] == {
        "numbers": [0, 1],
        "rows": [["序号", "问题", "责任单位"], ["1", "台账更新不及时", "档案室"]],
    }
    assert lines[-1] == {"end": True}
    for data, refused in ((b"PK\x03\x04", "damaged"), (b"\xd0\xcf\x11\xe0", "damaged")):
        answers = io.BytesIO()
        child.serve(data, answers)
        assert json.loads(answers.getvalue().splitlines()[-1])["refused"] == refused


def test_many_rows_come_in_several_lines(monkeypatch):
    monkeypatch.setattr(child, "ROWS_AT_ONCE", 2)
    page = Page("甲", [[None, "a", "x"], [None, "b"], [], [None, "c"]])

    lines = list(child.lines(xlsx(page)))

    assert [line["numbers"] for line in lines if "rows" in line] == [[0, 1], [3]]
    assert lines[2]["rows"] == [["", "a", "x"], ["", "b"]]


def test_rows_of_nothing_but_errors_are_rows(monkeypatch):
    found = marks.BookMarks(sheets={"甲": marks.SheetMarks(shown={(5, 1): "#REF!", (0, 4): "#N/A"})})
    monkeypatch.setattr(marks, "marks_of", lambda data: found)

    lines = list(child.lines(xlsx(Page("甲", [["a"]]))))

    assert [line["rows"] for line in lines if "rows" in line] == [[["a", "", "", "", "#N/A"], ["", "#REF!"]]]


def test_a_password_in_the_package_is_told(monkeypatch):
    from python_calamine import CalamineWorkbook, PasswordError  # noqa: PLC0415 - only here

    class Locked:
        @staticmethod
        def from_filelike(file):
            raise PasswordError

    assert CalamineWorkbook is not Locked
    monkeypatch.setattr("python_calamine.CalamineWorkbook", Locked)
    assert list(child.lines(b"\xd0\xcf\x11\xe0")) == [{"refused": "encrypted"}]


@pytest.mark.parametrize(
    ("text", "delimiter", "rows"),
    [
        ('a,b\r\n1,"x\n,y"\r\n', "csv", [["a", "b"], ["1", "x\n,y"]]),
        ("a;b\n1;2\n", "csv", [["a", "b"], ["1", "2"]]),
        ("a|b\n1|2\n", "csv", [["a", "b"], ["1", "2"]]),
        ("a，b\n1，2\n", "csv", [["a", "b"], ["1", "2"]]),
        ("a\tb,c\n1\t2\n", "csv", [["a", "b,c"], ["1", "2"]]),
        ("甲\n乙\n", "csv", [["甲"], ["乙"]]),
        ("甲\n\n乙,\n", "tsv", [["甲"], ["乙"]]),
        ("甲\n", "tsv", [["甲"]]),
    ],
)  # fmt: skip
def test_the_sign_between_cells_is_found(text, delimiter, rows):
    book = open_book(text.encode(), name=f"x.{delimiter}")

    assert [list(row) for row in book.sheets[0].rows] == rows
    assert (book.is_delimited, book.encoding) == (True, "utf-8")


def test_a_text_that_is_no_table_says_so():
    with pytest.raises(EmptySourceError):
        open_book(b" \n", name="x.csv")
    with pytest.raises(EmptySourceError):
        open_book(b",,\n", name="x.csv")
    with pytest.raises(UndecodableSourceError):
        open_book(bytes(range(128, 256)) * 40, name="x.csv")
    with pytest.raises(WorkbookDamagedError):
        open_book(b'a,"' + b"x" * (9 * 1024 * 1024), name="x.csv")


def test_what_is_a_workbook_is_told_by_what_it_holds():
    assert is_workbook(xlsx(Page("甲", ROWS)), "通报.docx")
    assert is_workbook(xls(Page("甲", ROWS)), "x")
    assert is_workbook(ods(Page("甲", ROWS)), "x")
    assert is_workbook(csv([["a"]]), "台账.CSV")
    assert not is_workbook(csv([["a"]]), "台账.txt")
    assert not is_workbook(b"PK\x03\x04", "x.zip")
    assert not is_workbook(ole("WordDocument"), "x.xls")
    assert not is_workbook(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "x.odt")
    assert not is_workbook(zipped({"word/document.xml": b"x", "xl/x": b"x"}), "x.docx")


def test_the_reader_takes_workbooks_like_any_document():
    steps = []

    reading = read(xlsx(Page("甲", ROWS)), name="台账.xlsx", on_step=steps.append)

    assert steps == ["interpret"]
    assert reading.source.format == "xlsx"
    assert [one.title for one in reading.findings] == ["台账更新不及时"]
    assert read(csv([["序号", "问题"], ["1", "甲不落实"]]), name="x.csv").source.format == "text"
    assert read(zipped({"a.txt": b"x"}) and b"1\t2\n", name="x.txt").findings == ()


def test_addresses_are_written_as_spreadsheets_write_them():
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert address(2, 27) == "AB3"
    assert place_of("$AB$3") == (2, 27)
    assert Sheet("x", [], []).text(0, 0) == ""


def test_hidden_rows_are_named_in_whichever_word():
    page = b'<worksheet><row hidden="1"/><c r="A1" t="e"><f>1</f></c></worksheet>'
    parts = {
        "xl/workbook.xml": b'\xef\xbb\xbf<workbook xmlns:r="y"><sheet name="a" r:id="r1"/></workbook>',
        "xl/_rels/workbook.xml.rels": b'<R xmlns="z"><Relationship Id="r1" Target="s.xml"/></R>',
        "xl/s.xml": page,
    }
    assert marks.marks_of(zipped(parts)).sheets["a"] == marks.SheetMarks()


def test_marks_of_markup_in_other_words():
    strange = (
        b'<x:worksheet xmlns:x="u"><x:cols><x:col min="2" max="3" hidden="true"/></x:cols><x:sheetData>'
        b'<x:row hidden="1"><x:c r="A1"/></x:row><x:row r="7" hidden="1"/>'
        b'<x:c r="B2" t="e"><x:f>1</x:f><x:v>#N/A</x:v></x:c></x:sheetData></x:worksheet>'
    )
    parts = {
        "xl/workbook.xml": b'<workbook xmlns:r="y"><workbookPr date1904="1"/><sheets>'
        b'<sheet name="a" r:id="rId1"/><sheet name="b"/><sheet name="c" r:id="rId9"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="z"><Relationship Id="rId1" Type="t/worksheet" '
        b'Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": strange,
    }

    found = marks.marks_of(zipped(parts))

    assert found.since_1904
    assert list(found.sheets) == ["a"]
    assert found.sheets["a"].hidden_rows == [6]
    assert found.sheets["a"].hidden_columns == [1, 2]
    assert found.sheets["a"].shown == {(1, 1): "#N/A"}
    assert marks.marks_of(b"\xd0\xcf\x11\xe0").sheets == {}
    assert marks.marks_of(zipped({"xl/workbook.bin": b"\x83"})).sheets == {}


def test_hostile_markup_is_looked_through_in_one_pass():
    for piece in (b'<c r="A1" t="e">', b"<row hidden=", b"<c t=", b'<c r="A1" t="e"><v'):
        parts = {
            "xl/workbook.xml": b'<workbook xmlns:r="y"><sheet name="a" r:id="r1"/></workbook>',
            "xl/_rels/workbook.xml.rels": b'<R xmlns="z"><Relationship Id="r1" Target="s.xml"/></R>',
            "xl/s.xml": piece * 60_000,
        }
        assert marks.marks_of(zipped(parts)).sheets["a"].shown == {}


def test_counts_of_open_document_are_bounded():
    content = (
        b'<o:document-content xmlns:o="o" xmlns:t="t"><t:table t:name="a">'
        b'<t:table-row t:visibility="collapse" t:number-rows-repeated="99999999"><t:table-cell/>'
        b"</t:table-row>"
        b'<t:table-row t:number-rows-repeated="999999999999"/></t:table></o:document-content>'
    )

    found = marks.marks_of(zipped({"content.xml": content}))

    assert found.sheets["a"].hidden_rows == []
