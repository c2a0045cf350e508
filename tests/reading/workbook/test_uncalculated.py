"""Formulas without values, as programs save them that never calculate, are named and never invented."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from reading.workbook.bookmaking import Page, ods, xlsx, zipped
from zhenggai.reading.workbook import child, marks, open_book, read_book
from zhenggai.reading.workbook.uncalculated import EACH_MOST, Formula

NAMES = ["序号", "问题", "整改措施", "责任单位", "整改时限"]


def with_cells(cells: dict[str, str], *rows: list[str | int | float | None]) -> bytes:
    """A workbook whose cells of these addresses hold the markup given."""
    made = io.BytesIO()
    page = Page("台账", [list(row) for row in rows])
    with zipfile.ZipFile(io.BytesIO(xlsx(page))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode()
            for where, markup in cells.items() if name.endswith("sheet1.xml") else ():
                start = data.index(f'<c r="{where}"')
                end = data.index("</c>", start) + 4
                data = data[:start] + markup + data[end:]
            target.writestr(name, data)
    return made.getvalue()


def told(data: bytes) -> list[tuple[str, str, str]]:
    read = read_book(open_book(data, name="台账.xlsx"))
    return [(one.code, one.address, one.value) for one in read.issues if one.code != "number_gap"]


def heads(data: bytes) -> list[list[Formula]]:
    """What the child says of the formulas of each sheet."""
    return [line["uncalculated"] for line in child.lines(data) if "sheet" in line]


ROW = ["台账更新不及时", "补记台账", "档案室", "2031年6月底前"]


@pytest.mark.parametrize(
    ("markup", "formula"),
    [
        ('<c r="A3"><f>A2+1</f><v></v></c>', "=A2+1"),
        ('<c r="A3"><f>A2+1</f><v/></c>', "=A2+1"),
        ('<c r="A3"><f>A2+1</f></c>', "=A2+1"),
        ('<c r="A3" t="n"><f>IF(A2&lt;9,A2+1)</f><v /></c>', "=IF(A2<9,A2+1)"),
        ('<c r="A3" s="0"><f t="shared" si="0"/><v></v></c>', "="),
    ],
)
def test_a_formula_without_its_value_is_named_with_its_cell_and_how_to_repair_it(markup, formula):
    data = with_cells({"A3": markup}, NAMES, [1, *ROW], [2, f"又{ROW[0]}", *ROW[1:]])

    read = read_book(open_book(data, name="台账.xlsx"))

    (issue,) = (one for one in read.issues if one.code == "formula_uncalculated")
    assert (issue.sheet, issue.address, issue.value) == ("台账", "A3", formula)
    assert str(issue.rule).endswith("cells here that have none: 1. They were read as empty.")
    assert str(issue.repair).startswith("Open the file in Excel or WPS once, save it")
    assert [finding.number for finding in read.reading.findings] == ["1", None]


@pytest.mark.parametrize(
    "markup",
    [
        '<c r="A3" t="str"><f>IF(A2=1,"",2)</f><v></v></c>',
        '<c r="A3"><f>A2+1</f><v>2</v></c>',
        '<c r="A3" t="e"><f>A2+1</f><v>#REF!</v></c>',
        "<c><f>A2+1</f><v></v></c>",
        '<c r="A3"/><c r="F3"><v></v></c>',
    ],
)
def test_a_formula_with_a_value_or_with_no_text_for_a_value_is_as_it_should_be(markup):
    data = with_cells({"A3": markup}, NAMES, [1, *ROW], [2, f"又{ROW[0]}", *ROW[1:]])

    assert heads(data) == [[]]
    assert "formula_uncalculated" not in [code for code, *_ in told(data)]


def test_a_column_of_many_formulas_is_named_once_with_their_count():
    count = EACH_MOST + 1
    rows = [[number, f"第{number}项{ROW[0]}", *ROW[1:]] for number in range(1, count + 1)]
    cells = {f"A{row}": f'<c r="A{row}"><f>A{row - 1}+1</f><v/></c>' for row in range(2, count + 2)}

    assert heads(with_cells(cells, NAMES, *rows)) == [[Formula(1, 0, count, count, "=A1+1")]]
    assert told(with_cells(cells, NAMES, *rows)) == [("formula_uncalculated", "A2:A22", "=A1+1")]
    del cells["A2"]
    assert [where for _, where, _ in told(with_cells(cells, NAMES, *rows))] == [
        f"A{row}" for row in range(3, count + 2)
    ]


def test_formulas_are_counted_once_where_the_pieces_of_a_sheet_overlap(monkeypatch):
    monkeypatch.setattr(
        marks,
        "large",
        lambda chunks: (whole[at : at + 40] for whole in chunks for at in range(0, len(whole), 40)),
    )
    cells = {f"A{row}": f'<c r="A{row}"><f>A{row - 1}+1</f><v/></c>' for row in (2, 3)}
    data = with_cells(cells, NAMES, [1, *ROW], [2, *ROW])

    assert heads(data) == [[Formula(1, 0, 1, 1, "=A1+1"), Formula(2, 0, 2, 1, "=A2+1")]]


def test_a_workbook_of_nothing_but_such_formulas_says_why_no_ledger_was_found():
    cells = {f"{column}1": f'<c r="{column}1"><f>甲!{column}1</f><v/></c>' for column in "AB"}

    assert told(with_cells(cells, [*NAMES[:2], "某年"], [1])) == [
        ("no_ledger", "", ""),
        ("formula_uncalculated", "A1", "=甲!A1"),
        ("formula_uncalculated", "B1", "=甲!B1"),
    ]


def test_a_formula_without_its_value_is_known_of_open_documents_too():
    data = ods(Page("台账", [["序号", 1, None]]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    formula = b'<table:table-cell table:formula="of:=[.B1]+1"/>'
    parts["content.xml"] = parts["content.xml"].replace(b"<table:table-cell/>", formula)

    assert heads(zipped(parts)) == [[Formula(0, 2, 0, 1, "=[.B1]+1")]]
    (sheet,) = open_book(zipped(parts), name="x.ods").sheets

    assert sheet.uncalculated == (Formula(0, 2, 0, 1, "=[.B1]+1"),)


@pytest.mark.parametrize("filled", [" ", "<c><f>", '<c r="A1"', "<f>", "<c><f></f>", "<c><f>" + "A" * 9_000])
def test_markup_that_never_ends_is_looked_at_in_linear_time(filled):
    began = time.process_time()
    whole = (b'<c r="A1"><f>1</f>' + filled.encode() * (1_000_000 // len(filled)))[:1_000_000]

    assert list(marks._FORMULA.finditer(whole)) == []
    assert time.process_time() - began < 2
