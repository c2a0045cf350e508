"""Files that are only named .xls or .xlsx (pages, XML Spreadsheet 2003, texts) are read for what they are."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from reading.workbook.bookmaking import Page, ods, xlsx
from zhenggai.reading import may_be_workbook, read
from zhenggai.reading.errors import (
    EmptySourceError,
    PicturesOnlyError,
    UndecodableSourceError,
    WorkbookDamagedError,
)
from zhenggai.reading.workbook import (
    child,
    is_workbook,
    marks,
    open_book,
    opening,
    page_tables,
    read_book,
    sniffing,
    xml_2003,
)
from zhenggai.reading.workbook.sniffing import FileKind, kind_of

NAMES = ["序号", "反馈问题", "整改措施", "责任领导", "责任单位", "完成时限", "整改状态"]
FIRST = ["001", "学习制度落实不够到位", "完善学习制度", "样甲", "示例办公室", "2031年6月30日", "已完成"]
SECOND = ["002", "公务接待手续不全", "修订接待办法", "样乙", "示例财务科", "2031年7月底前", "正在整改"]


def row(cells, tag="td"):
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


TABLE = f"<table border=1>{row(NAMES, 'th')}{row(FIRST)}{row(SECOND)}</table>"
HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gb2312>'
    "<title>导出</title><style>td {color: red}</style></head><body>"
)


def table(markup):
    (made,) = page_tables.tables_of(markup.encode())
    return made


def titles(data, name):
    return [(one.number, one.title) for one in read(data, name=name).findings]


READ = [("001", FIRST[1]), ("002", SECOND[1])]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ((HEAD + TABLE).encode("gb18030"), "台账.xls"),
        ((HEAD + TABLE).encode("gb18030"), "台账.htm"),
        (TABLE.encode(), "台账.xls"),
        (TABLE.encode("utf-16"), "台账.xls"),
        (("<html><body>" + TABLE).encode(), "台账.et"),
        ("\r\n".join(",".join(one) for one in (NAMES, FIRST, SECOND)).encode("gb18030"), "台账.xlsx"),
        ("\r\n".join("\t".join(one) for one in (NAMES, FIRST, SECOND)).encode("utf-16"), "台账.xls"),
    ],
)  # fmt: skip
def test_a_ledger_is_read_whatever_the_file_is_that_is_named_like_a_workbook(data, name):
    assert may_be_workbook(data, name)
    assert is_workbook(data, name)
    reading = read(data, name=name)
    assert [(one.number, one.title) for one in reading.findings] == READ
    assert reading.findings[1].due_on.isoformat() == "2031-07-31"
    assert reading.places[0].row == 1


def test_a_page_without_signs_of_excel_and_what_is_no_table_stay_what_they_are():
    assert kind_of(TABLE.encode(), "通报.html") is None
    assert kind_of(b"<html><p>x", "x.xls") is None
    assert kind_of("这是一段文字，不是表格。\n另一段，也不是。".encode(), "x.xls") is None
    assert kind_of(b"%PDF-1.7 obj a,b\nc,d", "x.xls") is None
    assert kind_of(b"\x89PNG\r\n\x1a\n,", "x.xlsx") is None
    assert kind_of(bytes(range(128, 256)) * 40, "x.xls") is None
    assert kind_of(bytes(range(128, 256)) * 40 + b"<table>", "x.xls") is None
    assert kind_of(b"a,b", "x.csv") is FileKind.DELIMITED
    assert not may_be_workbook(b"text", "x.txt")


def test_cells_of_a_page_stand_where_a_browser_shows_them():
    made = table(
        "<p>云山县示例局整改台账</p><p> </p><table><caption>台账</caption>"
        "<thead><tr><th colspan=2>序 号</th><th rowspan='3'>问题<br>（原文）</th></tr></thead>"
        "<tr style='display: none'><td>1</td><td>&nbsp;甲 &amp; 乙 </td></tr>"
        "<tr><td rowspan=2>2<td><div>一</div><div>二</div></tr>"
        "<tr><td><table><tr><td>内<td>层</tr></table></td><td></td><td>末</td></tr>"
        "</table><span></span><script>var x = '<td>no</td>';</script><select><option>全部</select>"
        "注：完<!-- <td> -->"
    )

    assert made.rows == {
        0: ["云山县示例局整改台账"],
        1: ["台账"],
        2: ["序 号", "", "问题\n（原文）"],
        3: ["1", "甲 & 乙"],
        4: ["2", "一\n二"],
        5: ["", "内 层", "", "末"],
        6: ["注：完"],
    }
    assert made.merged == [[2, 0, 2, 1], [2, 2, 4, 2], [4, 0, 5, 0]]
    assert made.hidden_rows == [3]
    assert made.name == "Sheet1"


def test_broken_pages_give_what_they_show():
    assert table("<td>a<td>b").rows == {0: ["a", "b"]}
    assert table("<table><tr><td>a</table></table><script>x").rows == {0: ["a"]}
    assert table("<tr><td colspan=16384>a<td>b<tr><td>c").rows == {0: ["a"], 1: ["c"]}
    assert table("<tr><td rowspan=2>a</table><tr><td>b").rows == {0: ["a"], 1: ["b"]}
    assert table("<title>x</title></p><li>一<li>二<tr><td colspan=0>a</tr></p>").rows == {
        0: ["一"], 1: ["二"], 2: ["a"],
    }  # fmt: skip


def test_more_rows_than_a_sheet_has_are_no_rows(monkeypatch):
    monkeypatch.setattr(page_tables, "ROWS_MOST", 1)

    assert table("<tr><td>a<tr><td>b</table>c").rows == {0: ["a"]}


def test_a_page_that_no_encoding_gives_text_of_says_so():
    data = b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>" + bytes(range(128, 256)) * 40

    assert list(child.lines(data)) == [{"refused": "undecodable"}]
    assert isinstance(opening._refusal({"refused": "undecodable"}, "x.xls"), UndecodableSourceError)


ARCHIVE = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"

--b
Content-Location: file:///C:/x/台账.htm
Content-Type: text/html; charset="utf-8"

<html xmlns:x="urn:schemas-microsoft-com:office:excel"><x:ExcelWorksheet><x:Name>问题清单</x:Name>
<x:WorksheetSource HRef="台账.files/sheet001.htm"/></x:ExcelWorksheet>
<x:ExcelWorksheet><x:Name>说明</x:Name><x:WorksheetSource HRef="台账.files/sheet002.htm"/></x:ExcelWorksheet>
</html>
--b
Content-Location: file:///C:/x/台账.files/sheet001.htm
Content-Type: text/html; charset="utf-8"

%s
--b
Content-Location: file:///C:/x/台账.files/sheet002.htm
Content-Type: text/html; charset="utf-8"

<table><tr><td>如何填写</td></tr></table>
--b
Content-Type: text/css

td {}
--b
Content-Type: text/html

\xff\xff
--b--
"""


def test_a_web_archive_of_excel_has_a_sheet_for_each_of_its_pages():
    data = (ARCHIVE % TABLE).encode()

    book = open_book(data, name="台账.xls")

    assert is_workbook(data, "台账.mht")
    assert [sheet.name for sheet in book.sheets] == ["问题清单", "说明"]
    assert titles(data, "台账.xls") == READ
    letter = b"MIME-Version: 1.0\nContent-Type: text/plain\n\nurn:schemas-microsoft-com:office:excel\n"
    with pytest.raises(EmptySourceError):
        open_book(letter, name="x.xls")
    assert kind_of(b"Subject: x\n\n<table>", "x.xls") is None


def test_an_archive_without_end_is_refused():
    data = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n<x:ExcelWorkbook>"
    data += b"\n--b\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=b\n" * 20

    assert list(child.lines(data + b"\n--b\n\n" * 6000))[-1] == {"refused": "damaged"}


SPREADSHEET = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<Styles><Style ss:ID="z"><NumberFormat ss:Format="000"/></Style><Style ss:ID="n"><NumberFormat/></Style>'
    "</Styles>%s</Workbook>"
)


def cell(text, kind="String", **more):
    said = " ".join(f'ss:{name}="{value}"' for name, value in more.items())
    return f'<Cell {said}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_a_workbook_of_one_file_of_markup_is_read_by_its_cells():
    third = [
        cell("1", "Number", StyleID="z", MergeDown=1),
        cell(FIRST[1]),
        "<Cell><Comment><Data>注</Data></Comment></Cell>",
        cell("样甲", Index=4),
        cell("示例办公室"),
        cell("2031-06-30T00:00:00.000", "DateTime"),
        cell("已完成"),
    ]
    fifth = [
        cell("2", "Number", StyleID="n"),
        cell("1", "Boolean"),
        cell("2031-06-30T08:30:00.000", "DateTime"),
        cell("x", "Number", StyleID="z"),
        cell("甲<B>乙</B>"),
    ]
    rows = [
        f"<Row>{cell('云山县示例局整改台账', MergeAcross=6)}</Row>",
        f"<Row>{''.join(map(cell, NAMES))}</Row>",
        f'<Row ss:Index="4" ss:Span="1">{"".join(third)}</Row>',
        f'<Row ss:Hidden="1">{"".join(fifth)}</Row>',
        f'<Row/><Row ss:Index="2000000">{cell("x")}</Row>',
    ]
    data = SPREADSHEET % (
        '<Worksheet ss:Name="台账"><Table><Column ss:Hidden="1"/>'
        '<Column ss:Index="4" ss:Span="1" ss:Hidden="1"/>'
        f"<Column/>{''.join(rows)}</Table></Worksheet>"
        '<Worksheet ss:Name="旧"><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>'
        "</Worksheet>"
    )

    book = open_book(data.encode(), name="台账.xls")

    first, second = book.sheets
    assert [line["rows"] for line in child.lines(data.encode()) if "rows" in line] == [list(first.rows)]
    assert (first.name, first.is_hidden, second.name, second.is_hidden) == ("台账", False, "旧", True)
    assert list(first.numbers) == [0, 1, 3, 5]
    assert list(first.rows)[2] == ["001", FIRST[1], "", "样甲", "示例办公室", "2031-06-30", "已完成"]
    assert list(first.rows)[3] == ["2", "TRUE", "2031-06-30 08:30:00", "x", "甲乙"]
    assert first.merged == ((0, 0, 0, 6), (3, 0, 4, 0))
    assert (first.hidden_rows, first.hidden_columns) == ({5}, {0, 3, 4})
    assert titles(data.encode(), "台账.xml")[0] == READ[0]


@pytest.mark.parametrize("markup", ["<!DOCTYPE x><Workbook {}/>", "<Workbook {}><a>"])
def test_hostile_or_damaged_markup_says_so(markup):
    data = markup.format('xmlns="urn:schemas-microsoft-com:office:spreadsheet"').encode()

    assert sniffing.is_xml_2003(data)
    assert list(child.lines(data)) == [{"refused": "damaged"}]
    with pytest.raises(WorkbookDamagedError):
        open_book(data, name="x.xls")
    assert list(xml_2003.tables_of(b"")) == []


def test_a_workbook_of_pictures_says_that_it_holds_pictures():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("图").insert_textbox(0, 0, "看图")

    with pytest.raises(PicturesOnlyError):
        open_book(stream.getvalue(), name="x.xlsx")
    with pytest.raises(EmptySourceError):
        open_book(xlsx(Page("空", [])), name="x.xlsx")
    with pytest.raises(EmptySourceError):
        open_book(b"<table></table>", name="x.xls")


def test_numbers_stand_as_their_cells_show_them():
    forms = {
        (1, 0): "000",
        (2, 0): '"W"00',
        (1, 1): "0%",
        (2, 1): "0.0",
        (3, 0): "#,##0.00",
        (3, 1): "0.00E+00",
        (4, 0): "000",
    }
    page = Page("台账", [["序号", "比例"], [7, 0.85], [12, 3], [1234.5, 2], [1.5]], dated=forms)

    rows = [["序号", "比例"], ["007", "85%"], ["W12", "3.0"], ["1234.5", "2"], ["1.5"]]
    assert list(open_book(xlsx(page), name="x.xlsx").sheets[0].rows) == rows
    assert [line["rows"] for line in child.lines(xlsx(page)) if "rows" in line] == [rows]


def test_numbers_of_open_document_stand_as_they_are_shown():
    data = ods(Page("台账", [[1, 2, 3, 4]]))
    assert list(open_book(data, name="x.ods").sheets[0].rows) == [["1", "2", "3", "4"]]
    assert marks.marks_of(data).sheets["台账"].shown == {}

    sheet = marks.SheetMarks()
    for column, (shown, value) in enumerate(
        [
            ("001", "1"),
            ("85%", "0.85"),
            ("第3项", "3"),
            ("1,234.5", "1234.5"),
            ("1.50", "1.5"),
            ("4", "4"),
            ("3年", "3"),
        ]
    ):
        marks._shown_ods(shown, value, (0, column), sheet)
    assert sheet.shown == {(0, 0): "001", (0, 1): "85%", (0, 2): "第3项", (0, 6): "3年"}


def test_a_merged_problem_of_a_page_lends_itself_to_the_rows_below():
    markup = f"<table>{row(NAMES)}<tr><td rowspan=2>1</td><td rowspan=2>台账缺失</td><td>补建台账</td></tr>"
    markup += "<tr><td>定期核对</td></tr></table>"

    made = read_book(open_book(markup.encode(), name="x.xls")).reading

    assert [[item.text for item in one.measures] for one in made.findings] == [["补建台账", "定期核对"]]
