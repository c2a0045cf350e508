"""Cells that stand far from a table (远离表格的单元格): one of them makes a sheet larger than any memory.

The library that opens workbooks keeps a place for every cell between the first and the last. Only where a
workbook could not be opened so is it written anew without them, and each is named.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from html import unescape
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.docx import markup
from zhenggai.reading.docx.package import MEBIBYTE, Package
from zhenggai.reading.workbook import marks
from zhenggai.reading.workbook.grid import place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PLACES_MOST: Final = 20_000_000
"""Places between the first and the last cell of a sheet from which on what stands far is left out."""
NAMED_MOST: Final = 20
_ROWS_APART: Final = 5_000
_COLUMNS_APART: Final = 100
_TAG: Final = re.compile(rb"<(?:\w+:)?c\b([^<>]*+)>|</(?:\w+:)?c>")
_PLACE: Final = re.compile(rb"\br=\"([A-Z]{1,3}\d{1,7})\"")
_SHARED: Final = re.compile(rb"\bt=\"s\"")
_VALUE: Final = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^<>]*+>([^<]*+)<")
_STRINGS: Final = "xl/sharedStrings.xml"
_COPIED: Final = (".xml", ".rels")
_CELL_MOST: Final = 64 * MEBIBYTE


@dataclass(slots=True)
class FarCells:
    """What was left out of one sheet: the first cells with what they hold, and how many there are."""

    count: int = 0
    cells: list[list[str]] = field(default_factory=list)
    shared: dict[int, list[int]] = field(default_factory=dict)

    def add(self, where: str, markup_of_cell: bytes, attributes: bytes) -> None:
        """One more; a text that is kept elsewhere is looked up later."""
        self.count += 1
        if self.count > NAMED_MOST:
            return
        value = _VALUE.search(markup_of_cell)
        text = unescape(value[1].decode("utf-8", "replace")) if value else ""
        if _SHARED.search(attributes) and text.isdecimal() and len(text) < 9:
            self.shared.setdefault(int(text), []).append(len(self.cells))
            text = ""
        self.cells.append([where, text])


def without_far_cells(data: bytes, *, after: int) -> tuple[bytes, dict[str, FarCells]] | None:
    """The workbook without the cells that stand far from the others, and what they are, sheets by name.

    The first sheets, so many as ``after`` says, stay as they are. Null where no sheet has such cells.

    :raises RefusedError: what `marks.marks_of` refuses.
    """
    with marks.refusals():
        package = Package(data, name="", most_read_bytes=4 * marks.MOST_SHEET_BYTES)
        parts = dict(list(marks.sheet_parts(package).items())[after:])
        ends = {part.lower(): end for part in parts.values() if (end := _end_of(package, part)) is not None}
        if not ends:
            return None
        made = io.BytesIO()
        far = {part: FarCells() for part in ends}
        with (
            zipfile.ZipFile(io.BytesIO(data)) as source,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
        ):
            for name in source.namelist():
                if not name.lower().endswith(_COPIED):
                    continue
                part = name.replace("\\", "/").lstrip("/").lower()
                chunks = package.chunks(name, most_bytes=marks.MOST_SHEET_BYTES)
                with target.open(name, "w", force_zip64=True) as file:
                    file.writelines(_near(chunks, ends[part], far[part]) if part in ends else chunks)
        _look_up(package, far)
    return made.getvalue(), {name: far[part.lower()] for name, part in parts.items() if part.lower() in far}


def _end_of(package: Package, part: str) -> tuple[int, int] | None:
    """The last row and column of what stands together, where the whole sheet has far too many places."""
    rows: set[int] = set()
    columns: set[int] = set()
    for _window, cells in _windows(package.chunks(part, most_bytes=marks.MOST_SHEET_BYTES)):
        for where, _attributes, _start, _end in cells:
            row, column = place_of(where)
            rows.add(row)
            columns.add(column)
    if not rows or (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) <= PLACES_MOST:
        return None
    end = _last(rows, _ROWS_APART), _last(columns, _COLUMNS_APART)
    return end if end != (max(rows), max(columns)) else None


def _last(used: Collection[int], apart: int) -> int:
    """The last one before there is nothing for a long stretch."""
    ordered = sorted(used)
    return next((one for one, after in pairwise(ordered) if after - one > apart), ordered[-1])


def _near(chunks: Iterator[bytes], end: tuple[int, int], far: FarCells) -> Iterator[bytes]:
    """The markup of a sheet without the cells behind ``end``."""
    for window, cells in _windows(chunks):
        at = 0
        for where, attributes, start, stop in cells:
            row, column = place_of(where)
            if row > end[0] or column > end[1]:
                far.add(where, window[start:stop], attributes)
                yield window[at:start]
                at = stop
        yield window[at:]


def _windows(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, list[tuple[str, bytes, int, int]]]]:
    """The markup piece by piece, with the cells that hold anything: (address, attributes, start, end)."""
    rest = b""
    for chunk in marks.large(chunks):
        window = rest + chunk
        cells: list[tuple[str, bytes, int, int]] = []
        opened: re.Match[bytes] | None = None
        closed = 0
        for tag in _TAG.finditer(window):
            attributes = tag[1]
            if attributes is not None:
                opened = None if attributes.endswith(b"/") else tag
            elif opened is not None:
                closed = tag.end()
                place = _PLACE.search(opened[1])
                if place is not None:
                    cells.append((place[1].decode(), opened[1], opened.start(), closed))
                opened = None
        cut = opened.start() if opened is not None else max(window.rfind(b"<"), closed)
        rest = window[cut:]
        if len(rest) > _CELL_MOST:
            raise marks.RefusedError("too_large")
        yield window[:cut], cells
    yield rest, []


def _look_up(package: Package, far: dict[str, FarCells]) -> None:
    """Give the cells that were left out their texts, which are kept apart from the sheets."""
    wanted = max((number for one in far.values() for number in one.shared), default=-1)
    if wanted < 0:
        return
    chunks = package.chunks(_STRINGS, most_bytes=marks.MOST_SHEET_BYTES)
    texts = islice(markup.each(chunks, ["si"], name="", part=_STRINGS), wanted + 1)
    for number, element in enumerate(texts):
        for one in far.values():
            for place in one.shared.get(number, ()):
                one.cells[place][1] = "".join(map(str, element.itertext()))
