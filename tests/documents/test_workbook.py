"""Workbooks to be filled in: equal bytes, text that stays text, lists to choose from."""

from __future__ import annotations

import io
import zipfile

from python_calamine import CalamineWorkbook

from zhenggai.documents.workbook import Sheet, workbook_bytes

SHEETS = [
    Sheet("人员", ("姓名*", "用户名*"), (("张示例", "0012"), ("=1+1", ""))),
    Sheet("任职", ("角色*",), (), {0: ("经办人", "责任领导")}),
]


def test_equal_sheets_are_equal_bytes():
    assert workbook_bytes(SHEETS) == workbook_bytes(SHEETS)


def test_every_cell_is_read_back_as_the_text_it_was():
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(SHEETS)))
    assert book.sheet_names == ["人员", "任职"]
    rows = book.get_sheet_by_name("人员").to_python()
    assert rows == [["姓名*", "用户名*"], ["张示例", "0012"], ["=1+1", ""]]


def test_a_column_of_a_closed_list_offers_its_words():
    package = zipfile.ZipFile(io.BytesIO(workbook_bytes(SHEETS)))
    assert "经办人,责任领导" in package.read("xl/worksheets/sheet2.xml").decode()
    assert "dataValidation" not in package.read("xl/worksheets/sheet1.xml").decode()


def test_a_text_that_looks_like_mark_up_of_the_library_is_text():
    text = "<r><t>甲</t></is></r>"
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes([Sheet("表", ("名",), ((text,),))])))
    assert book.get_sheet_by_index(0).to_python() == [["名"], [text]]
