"""Word documents opened by another program's reader: texts of their lines and cells."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def lines(data: bytes) -> list[str]:
    """The paragraphs outside tables."""
    return [each.text for each in opened(data).paragraphs]


def cells(table: Table) -> list[list[str]]:
    """Every cell as it stands in the file, merged ones empty."""
    return [
        ["\n".join(p.text for p in row_cell.paragraphs) for row_cell in _cells(row)] for row in table.rows
    ]


def _cells(row):
    from docx.table import _Cell  # noqa: PLC0415

    return [_Cell(each, row) for each in row._tr.tc_lst]


def every_cell(data: bytes) -> str:
    return "\n".join(text for table in opened(data).tables for row in cells(table) for text in row)


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of the package, each of them well-formed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = {name: package.read(name) for name in package.namelist()}
    for text in found.values():
        etree.fromstring(text)
    return found
