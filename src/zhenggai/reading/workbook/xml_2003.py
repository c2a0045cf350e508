"""XML Spreadsheet 2003 (XML 表格): a workbook as one file of markup, mostly under the name .xls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.reading.docx import markup
from zhenggai.reading.docx.names import local_of
from zhenggai.reading.workbook.number_formats import NumberFormat, number_format
from zhenggai.reading.workbook.page_tables import COLUMNS_MOST, ROWS_MOST, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_TAGS: Final = ("Workbook", "Style", "Column", "Row", "Worksheet")
_PIECE: Final = 1 << 20
_MIDNIGHT: Final = "T00:00:00"
_TRUTHS: Final = {"1": "TRUE", "0": "FALSE"}


def tables_of(data: bytes) -> Iterator[Table]:
    """The sheets of a workbook, in order.

    :raises zhenggai.domain.errors.InvalidError: damaged or hostile markup.
    """
    pieces = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
    formats: dict[str, NumberFormat] = {}
    made, row, column = Table(""), 0, 0
    for event, element in markup.stream(pieces, [f"{{*}}{tag}" for tag in _TAGS], name="", part="XML"):
        if event == "start":
            continue
        local = local_of(element)
        if local == "Style":
            for one in _named(element, "NumberFormat"):
                if (known := number_format(_said(one, "Format"))) is not None:
                    formats[_said(element, "ID")] = known
        elif local == "Column":
            column = _count(element, "Index", column + 1)
            last = column + _count(element, "Span", 0)
            if _said(element, "Hidden") == "1":
                made.hidden_columns.extend(range(column - 1, min(last, COLUMNS_MOST)))
            column = last
        elif local == "Row":
            row = _count(element, "Index", row + 1)
            if row <= ROWS_MOST:
                _cells(element, row - 1, made, formats)
                if _said(element, "Hidden") == "1":
                    made.hidden_rows.append(row - 1)
            row += _count(element, "Span", 0)
        elif local == "Worksheet":
            made.name = _said(element, "Name")
            made.is_hidden = any(one.text != "SheetVisible" for one in element.iter("{*}Visible"))
            yield made
            made, row, column = Table(""), 0, 0
        _drop(element)


def _cells(element: _Element, row: int, made: Table, formats: dict[str, NumberFormat]) -> None:
    cells: list[str] = []
    column = 0
    for cell in _named(element, "Cell"):
        column = min(_count(cell, "Index", column + 1), COLUMNS_MOST)
        across, down = _count(cell, "MergeAcross", 0), _count(cell, "MergeDown", 0)
        text = next((_shown(data, formats.get(_said(cell, "StyleID"))) for data in _named(cell, "Data")), "")
        if text:
            cells.extend([""] * (column - 1 - len(cells)))
            cells[column - 1 :] = [text]
        if across or down:
            last = min(column + across, COLUMNS_MOST) - 1
            made.merged.append([row, column - 1, row + down, last])
        column += across
    if cells:
        made.rows[row] = cells


def _shown(data: _Element, form: NumberFormat | None) -> str:
    text = "".join(map(str, data.itertext()))
    kind = _said(data, "Type")
    if kind == "DateTime":
        day, _, clock = text.partition("T")
        return day if text.startswith(day + _MIDNIGHT) else f"{day} {clock.partition('.')[0]}".strip()
    if kind == "Boolean":
        return _TRUTHS.get(text, text)
    if kind == "Number" and form is not None:
        return form.shown(text) or text
    return text.replace("\r\n", "\n")


def _named(element: _Element, local: str) -> Iterator[_Element]:
    return (one for one in element if isinstance(one.tag, str) and local_of(one) == local)


def _said(element: _Element, name: str) -> str:
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), ""
    )


def _count(element: _Element, name: str, otherwise: int) -> int:
    said = _said(element, name)
    return min(int(said), ROWS_MOST + 1) if said.isdecimal() and len(said) < 9 else otherwise


def _drop(element: _Element) -> None:
    """What was read is not kept, nor what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        parent.remove(parent[0])
