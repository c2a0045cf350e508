"""What kind of workbook a file is (识别表格文件): by what it holds; names only tell where contents do not."""

from __future__ import annotations

from enum import Enum
from typing import Final

from zhenggai.domain.errors import InvalidError
from zhenggai.reading import decode, encodings
from zhenggai.reading import patterns as re
from zhenggai.reading.docx import kinds
from zhenggai.reading.docx.package import Package
from zhenggai.reading.errors import DamagedSourceError

DELIMITED: Final = (".csv", ".tsv")
NAMED: Final = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlt", ".ett", *DELIMITED)
"""How workbooks are named; many an export is a page or a text that is only called so."""
SIGNS: Final = ("\t", ",", ";", "|", "，")
_SURE_SIGNS: Final = SIGNS[:-1]
"""A comma of Chinese prose parts no cells in a file that only its name calls a table."""
_OLD: Final = frozenset({"workbook", "book"})
_OPEN_SHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_HEAD: Final = 1 << 16
_XML_2003: Final = re.compile(
    rb"<(?:\w+:)?Workbook\b[^>]*?[\"']urn:schemas-microsoft-com:office:spreadsheet[\"']"
)
_EXCEL: Final = re.compile(
    rb"urn:schemas-microsoft-com:office:excel|<x:ExcelWorkbook|content=[\"']?Excel\.Sheet", re.IGNORECASE
)
_TABLE: Final = re.compile(rb"<(?:table|tr)\b", re.IGNORECASE)
_TABLE_WORDS: Final = re.compile(r"<(?:table|tr)\b", re.IGNORECASE)
_LINES_LEAST: Final = 2


class FileKind(Enum):
    """How a workbook is written (表格文件种类)."""

    PACKED = "packed"
    """.xlsx, .xlsm, .xls, .et, .ods."""
    XML_2003 = "xml"
    """XML Spreadsheet 2003, one file of markup, mostly named .xls or .xml."""
    PAGE = "page"
    """Tables of a page (HTML), as Excel or a system on the web saves them under the name .xls."""
    DELIMITED = "delimited"
    """Lines of a text, cells parted by a sign."""


def kind_of(data: bytes, name: str) -> FileKind | None:
    """What kind of workbook these bytes are; none where they are something else."""
    if data.startswith((b"PK", kinds.OLE)):
        return FileKind.PACKED if _is_packed(data, name) else None
    head = data[:_HEAD]
    named = name.lower().endswith(NAMED)
    if is_xml_2003(data):
        return FileKind.XML_2003
    if (named or _EXCEL.search(head)) and _is_page(data, name):
        return FileKind.PAGE
    if name.lower().endswith(DELIMITED):
        return FileKind.DELIMITED
    return FileKind.DELIMITED if named and _is_delimited(data) else None


def is_xml_2003(data: bytes) -> bool:
    """Whether these bytes are a workbook of one file of markup (XML 表格)."""
    return _XML_2003.search(data[:_HEAD]) is not None


def _is_packed(data: bytes, name: str) -> bool:
    if data.startswith(kinds.OLE):
        return bool(_OLD & set(kinds.ole_streams(data)))
    try:
        package = Package(data, name=name)
        mimetype = package.read("mimetype") if "mimetype" in package else b""
    except DamagedSourceError:
        # nothing tells what it was but its name
        return name.lower().endswith(NAMED)
    except InvalidError:
        return False
    if mimetype:
        return mimetype.startswith(_OPEN_SHEET)
    return bool(package.below("xl/")) and not package.below("word/")


def _is_page(data: bytes, name: str) -> bool:
    """Whether a file holds tables of a page, at its beginning or in a web archive."""
    if decode.is_archive(data):
        return _EXCEL.search(data) is not None or _TABLE.search(data) is not None
    if _TABLE.search(data) is None and b"<\0t\0" not in data.lower():
        return False
    source = encodings.detect(data, declared=encodings.declared_in(data))
    return (
        source is not None
        and _TABLE_WORDS.search(source.text) is not None
        and (decode.is_page(data, source.text, name) or source.text.lstrip()[:6].lower() == "<table")
    )


def _is_delimited(data: bytes) -> bool:
    """Whether a file that is named like a workbook is text whose lines are parted by one sign."""
    if not decode.is_text(data):
        return False
    source = encodings.detect(data)
    if source is None:
        return False
    lines = [line for line in source.text[:_HEAD].splitlines() if line.strip()]
    most = max(sum(sign in line for line in lines) for sign in _SURE_SIGNS)
    return most >= _LINES_LEAST and most * 2 >= len(lines)
