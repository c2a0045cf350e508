"""What a workbook's markup says beside its values: hidden rows, how cells are shown, merged cells (.ods)."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.reading import patterns as re
from zhenggai.reading.docx import markup
from zhenggai.reading.docx.names import local_of
from zhenggai.reading.docx.package import MEBIBYTE, Package
from zhenggai.reading.errors import EncryptedSourceError
from zhenggai.reading.workbook.grid import place_of
from zhenggai.reading.workbook.number_formats import NumberFormat, number_format
from zhenggai.reading.workbook.uncalculated import Uncalculated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MOST_SHEET_BYTES: Final = 768 * MEBIBYTE
"""What one sheet may unpack to: 100,000 rows of 18 columns are about 100 MiB."""
_ZIP: Final = b"PK"
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\bhidden=\"(?:1|true)\"[^<>]*>")
_ROW_NUMBER: Final = re.compile(rb"\br=\"(\d{1,7})\"")
_ERROR: Final = re.compile(
    rb"<(?:\w+:)?c\b(?=[^<>]*?\bt=\"e\")[^<>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^<>]*>"
    rb"(?:(?!</?(?:\w+:)?c\b).){0,9000}?<(?:\w+:)?v>([^<]{1,40})<",
    re.DOTALL,
)
_STYLED: Final = (
    rb"<(?:\w+:)?c\b(?=[^<>]*?\bs=\"(%s)\")(?![^<>]*?\bt=\"(?!n\"))[^<>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^<>]*>"
    rb"(?:<(?:\w+:)?f\b[^<>]*>[^<]{0,9000}</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)?<(?:\w+:)?v>([^<]{1,40})<"
)
_FORMULA: Final = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*+)><(?:\w+:)?f\b[^<>]*+>(?:([^<]{0,9000}+)</(?:\w+:)?f>)?"
    rb"\s*+(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?+\s*+</(?:\w+:)?c>"
)
_CELL_PLACE: Final = re.compile(rb"\br=\"([A-Z]{1,3}\d{1,7})\"")
_CELL_TYPE: Final = re.compile(rb"\bt=\"([^n\"]|\w{2,12})\"")
_STYLES_MOST: Final = 64_000
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b[^<>]*?\bhidden=\"(?:1|true)\"[^<>]*>")
_BOUND: Final = re.compile(rb"\b(min|max)=\"(\d{1,5})\"")
_COLUMNS_MOST: Final = 1_000
_OVERLAP: Final = 10_000
_1904: Final = re.compile(rb"<(?:\w+:)?workbookPr\b[^<>]*?\bdate1904=\"(?:1|true)\"")
_NUMBERS: Final = frozenset({"float", "percentage"})
_FIGURES: Final = re.compile(r"([^\d.,¥￥$]{0,8})(\d+(?:\.\d+)?)([^\d.,¥￥$]{0,8})")
_HIDDEN_ODS: Final = frozenset({"collapse", "filter"})
_ROWS_MOST: Final = 1_048_576


class RefusedError(Exception):
    """The package is not opened: ``why`` is ``encrypted``, ``damaged`` or ``too_large``."""

    def __init__(self, why: str, part: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.part = part


@dataclass(slots=True)
class SheetMarks:
    """What the markup of one sheet says; places count from 0.

    ``shown``: what cells show in place of their values, as errors of formulas and numbers in a format do.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[list[int]] = field(default_factory=list)
    uncalculated: Uncalculated = field(default_factory=Uncalculated)


@dataclass(slots=True)
class BookMarks:
    """What the markup of a workbook says, sheets by name."""

    since_1904: bool = False
    sheets: dict[str, SheetMarks] = field(default_factory=dict)


def marks_of(data: bytes) -> BookMarks:
    """The marks of a package (.xlsx, .xlsm, .ods); none for old workbooks, whose markup is not looked at.

    :raises RefusedError: a password, a damaged part, or more than a workbook unpacks to.
    """
    if not data.startswith(_ZIP):
        return BookMarks()
    with refusals():
        package = Package(data, name="", most_read_bytes=2 * MOST_SHEET_BYTES)
        if "content.xml" in package and "xl/workbook.xml" not in package:
            return _of_ods(package)
        return _of_xlsx(package)


@contextmanager
def refusals() -> Iterator[None]:
    """Why a package is not opened, in the words of a child."""
    try:
        yield
    except EncryptedSourceError:
        raise RefusedError("encrypted") from None
    except InvalidError as refusal:
        why = "too_large" if "limit" in refusal.message.values else "damaged"
        raise RefusedError(why, str(refusal.message.values.get("part", ""))) from None


def _of_xlsx(package: Package) -> BookMarks:
    marks = BookMarks()
    main = _main(package)
    marks.since_1904 = _1904.search(package.read(main)) is not None
    formats = _formats(package, next(iter(package.related(main, "styles")), ""))
    for name, part in sheet_parts(package).items():
        marks.sheets[name] = _sheet(package, part, formats)
    return marks


def _main(package: Package) -> str:
    return next(iter(package.related("", "officeDocument")), "xl/workbook.xml")


def sheet_parts(package: Package) -> dict[str, str]:
    """The parts of the sheets by their names, in the order of the workbook."""
    main = _main(package)
    data = package.read(main)
    if not data.startswith((b"<", b"\xef\xbb\xbf<")):
        return {}
    parts = {link.key: link.target for link in package.relationships(main)}
    found: dict[str, str] = {}
    for element in markup.parse(data, name="", part=main).iter("{*}sheet"):
        key = next((value for name, value in element.attrib.items() if str(name).endswith("}id")), "")
        if str(key) in parts:
            found[element.get("name", "")] = parts[str(key)]
    return found


def _formats(package: Package, part: str) -> dict[bytes, NumberFormat]:
    """The formats that show more than the number, by the style of a cell."""
    if part not in package:
        return {}
    root = markup.parse(package.read(part), name="", part=part)
    codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
    styles = next(root.iter("{*}cellXfs"), None)
    found: dict[bytes, NumberFormat] = {}
    for place, style in enumerate(styles if styles is not None else ()):
        said = style.get("numFmtId", "")
        number = int(said) if said.isdecimal() and len(said) < 9 else -1
        form = number_format(codes.get(said, ""), number)
        if form is not None and place < _STYLES_MOST:
            found[str(place).encode()] = form
    return found


def _sheet(package: Package, part: str, formats: dict[bytes, NumberFormat]) -> SheetMarks:
    found = SheetMarks()
    styled = re.compile(_STYLED % b"|".join(formats)) if formats else None
    tail = b""
    rows: set[int] = set()
    above_rows = True
    for chunk in large(package.chunks(part, most_bytes=MOST_SHEET_BYTES)):
        window = tail + chunk
        for row in _ROW.finditer(window) if b"hidden=" in window else ():
            number = _ROW_NUMBER.search(row[0])
            rows.update([int(number[1]) - 1] if number else ())
        for column in _COLUMN.finditer(window) if above_rows else ():
            bounds = {name: int(value) for name, value in _BOUND.findall(column[0])}
            first, last = bounds.get(b"min", 1), bounds.get(b"max", 0)
            found.hidden_columns.extend(range(first - 1, min(last, _COLUMNS_MOST)))
        above_rows = above_rows and b"sheetData" not in window
        for error in _ERROR.finditer(window) if b't="e"' in window else ():
            found.shown[place_of(error[1].decode())] = error[2].decode("ascii", "replace")
        for cell in styled.finditer(window) if styled is not None else ():
            shown = formats[cell[1]].shown(cell[3].decode("ascii", "replace"))
            if shown is not None:
                found.shown[place_of(cell[2].decode())] = shown
        for formula in _FORMULA.finditer(window) if b"<f" in window or b":f" in window else ():
            # what ends in the overlap was found before
            if formula.end() > len(tail):
                _uncalculated(formula[1], formula[2] or b"", found)
        tail = window[-_OVERLAP:]
    found.hidden_rows = sorted(rows)
    found.hidden_columns = sorted(set(found.hidden_columns))
    return found


def _uncalculated(attributes: bytes, formula: bytes, found: SheetMarks) -> None:
    """Take a formula without a value; one of text may well come to no text."""
    place = _CELL_PLACE.search(attributes)
    if place is not None and _CELL_TYPE.search(attributes) is None:
        found.uncalculated.add(*place_of(place[1].decode()), unescape(formula.decode("utf-8", "replace")))


def large(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Chunks of a mebibyte, so that what overlaps is little of the whole."""
    kept: list[bytes] = []
    size = 0
    for chunk in chunks:
        kept.append(chunk)
        size += len(chunk)
        if size >= MEBIBYTE:
            yield b"".join(kept)
            kept, size = [], 0
    yield b"".join(kept)


def _of_ods(package: Package) -> BookMarks:
    marks = BookMarks()
    chunks = package.chunks("content.xml", most_bytes=MOST_SHEET_BYTES)
    sheet, row = SheetMarks(), 0
    tags = ["{*}document-content", "{*}table-row", "{*}table"]
    for event, element in markup.stream(chunks, tags, name="", part="content.xml"):
        if event == "start":
            continue
        if local_of(element) == "table":
            marks.sheets[_attribute(element, "name")] = sheet
            sheet, row = SheetMarks(), 0
        else:
            again = _count(element, "number-rows-repeated")
            if _attribute(element, "visibility") in _HIDDEN_ODS and row + again < _ROWS_MOST:
                sheet.hidden_rows.extend(range(row, row + again))
            _cells_ods(element, row, sheet)
            row += again
        element.clear()
    return marks


def _cells_ods(element: _Element, row: int, sheet: SheetMarks) -> None:
    column = 0
    for cell in element:
        down = _count(cell, "number-rows-spanned")
        across = _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merged.append([row, column, row + down - 1, column + across - 1])
        if (
            (formula := _attribute(cell, "formula"))
            and not _attribute(cell, "value-type")
            and not _text(cell)
        ):
            sheet.uncalculated.add(row, column, formula.removeprefix("of:="))
        if _attribute(cell, "value-type") in _NUMBERS and (shown := _text(cell)):
            _shown_ods(shown, _attribute(cell, "value"), (row, column), sheet)
        column += _count(cell, "number-columns-repeated")


def _shown_ods(shown: str, value: str, place: tuple[int, int], sheet: SheetMarks) -> None:
    """Take how a number is shown where that is its zeros, a part of a hundred, or words around it."""
    plain = shown.removesuffix("%") if shown.endswith("%") else shown
    is_rate = plain is not shown
    figures = _FIGURES.fullmatch(plain)
    if figures is None or shown == value:
        return
    if is_rate or (plain.startswith("0") and plain.isdecimal()) or figures[1] or figures[3]:
        sheet.shown[place] = shown


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _attribute(element: _Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}" + name)), "")


def _count(element: _Element, name: str) -> int:
    said = _attribute(element, name)
    return min(int(said), _ROWS_MOST) if said.isdecimal() and len(said) < 9 else 1
