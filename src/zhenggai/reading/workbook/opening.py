"""From the bytes of a file to a workbook (打开工作簿): .xlsx, .xlsm, .xls, .et, .ods, .csv, pages."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import threading
import time
from array import array
from contextlib import closing, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.reading import encodings
from zhenggai.reading import patterns as re
from zhenggai.reading.alone import environment
from zhenggai.reading.docx import kinds
from zhenggai.reading.docx.package import MEBIBYTE, Package
from zhenggai.reading.errors import (
    DamagedSourceError,
    EmptySourceError,
    EncryptedSourceError,
    PicturesOnlyError,
    SourceTooLargeError,
    UndecodableSourceError,
    UnpacksTooLargeError,
    WorkbookDamagedError,
    WorkbookTooCostlyError,
)
from zhenggai.reading.workbook.collector import without_collector
from zhenggai.reading.workbook.grid import Book, Merged, Sheet
from zhenggai.reading.workbook.marks import MOST_SHEET_BYTES
from zhenggai.reading.workbook.own_books import continued
from zhenggai.reading.workbook.sniffing import SIGNS, FileKind, kind_of
from zhenggai.reading.workbook.transport import unpacked
from zhenggai.reading.workbook.uncalculated import formulas_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

MEMORY_BYTES: Final = 2 * 1024**3
SECONDS: Final = 600.0
"""Longest time that one workbook may take to open."""
CELLS_MOST: Final = 20_000_000
"""Places of cells that are kept of one workbook: a ledger of 100,000 rows has two million."""
_PACKED: Final = (b"PK", kinds.OLE)
_SNIFFED: Final = 64 * 1024
_QUOTED: Final = re.compile(r'"[^"]*+"')
_CELL_BYTES: Final = 8 * MEBIBYTE
_LINE_END: Final = re.compile(r"[\r\n]+")


def is_workbook(data: bytes, name: str) -> bool:
    """Whether these bytes are a workbook, or text that its name calls a table (是否为电子表格)."""
    return kind_of(data, name) is not None


def open_book(data: bytes, *, name: str, max_bytes: int | None = None, max_cells: int = CELLS_MOST) -> Book:
    """Open a workbook (打开工作簿): the values of its cells as they stand; no formula or macro is run.

    Native code opens a stranger's file in a process of its own, with bounds on memory and time.

    :raises SourceTooLargeError: more than ``max_bytes`` bytes.
    :raises EncryptedSourceError: a password.
    :raises WorkbookDamagedError, DamagedSourceError: it cannot be opened.
    :raises UnpacksTooLargeError, WorkbookTooCostlyError: a hostile file, or one that is far too large: of a
        packed one more than ``max_cells`` places, the empty ones before a filled one among them.
    :raises EmptySourceError: no cell holds anything.
    :raises PicturesOnlyError: nor do they, but there are pictures.
    :raises UndecodableSourceError: a text file that no encoding gives text of.
    """
    if max_bytes is not None and len(data) > max_bytes:
        raise SourceTooLargeError(name=name, size_bytes=len(data), max_bytes=max_bytes)
    is_text = kind_of(data, name) in {FileKind.DELIMITED, None} and not data.startswith(_PACKED)
    with without_collector():
        book = _delimited(data, name) if is_text else _from_child(data, name, max_cells)
    if not any(sheet.rows for sheet in book.sheets):
        raise (PicturesOnlyError if _has_drawings(data) else EmptySourceError)(name=name)
    return book


def _has_drawings(data: bytes) -> bool:
    """Whether a workbook has pictures or drawings beside its empty cells."""
    try:
        package = Package(data, name="") if data.startswith(b"PK") else None
    except InvalidError:  # pragma: no cover - what is no package was refused before
        return False
    return package is not None and bool(package.below("xl/media/") or package.below("xl/drawings/"))


def book_lines(data: bytes, *, name: str, seconds: float) -> Generator[str, None, None]:
    """The rows of a packed workbook as lines (逐行文本): each sheet by name, then its cells parted by blanks.

    They come while the workbook is opened, so whoever has read enough closes the generator and waits no more.

    :raises EncryptedSourceError, WorkbookDamagedError, DamagedSourceError: as `open_book`.
    :raises UnpacksTooLargeError, WorkbookTooCostlyError: likewise, after so many ``seconds`` at the latest.
    """
    ended = False
    with closing(_answers(data, seconds)) as lines:
        for line in lines:
            if "refused" in line:
                raise _refusal(line, name)
            if "sheet" in line:
                yield line["sheet"]
            for cells in line.get("rows", ()):
                yield " ".join(cell for cell in cells if cell)
            ended = ended or "end" in line
    if not ended:
        raise WorkbookTooCostlyError(name=name)


def _from_child(data: bytes, name: str, max_cells: int) -> Book:
    sheets: list[Sheet] = []
    since_1904 = ended = False
    head: dict[str, Any] | None = None
    numbers, rows = array("l"), list[list[str]]()
    for line in _answers(data, SECONDS):
        if "refused" in line:
            raise _refusal(line, name)
        if "rows" in line:
            max_cells -= sum(map(len, line["rows"]))
            if max_cells < 0:
                raise WorkbookTooCostlyError(name=name)
            numbers.extend(line["numbers"])
            rows.extend(line["rows"])
            continue
        if head is not None:
            sheets.append(_sheet(head, numbers, rows))
            numbers, rows = array("l"), []
        since_1904 = line.get("since_1904", since_1904)
        head = line if "sheet" in line else None
        ended = ended or "end" in line
    if not ended:
        raise WorkbookTooCostlyError(name=name)
    return Book(name, hashlib.sha256(data).hexdigest(), continued(sheets), since_1904=since_1904)


def _sheet(head: dict[str, Any], numbers: array[int], rows: list[list[str]]) -> Sheet:
    return Sheet(
        head["sheet"],
        numbers,
        rows,
        tuple(Merged(*one) for one in head["merged"]),
        frozenset(head["hidden_rows"]),
        frozenset(head["hidden_columns"]),
        head["hidden"],
        formulas_of(head.get("uncalculated", ())),
        *_far(*head.get("far", (0, ()))),
    )


def _far(count: int, cells: Sequence[Sequence[str]]) -> tuple[int, tuple[tuple[str, str], ...]]:
    return count, tuple((where, text) for where, text in cells)


def _refusal(line: dict[str, Any], name: str) -> InvalidError:
    if line["refused"] == "encrypted":
        return EncryptedSourceError(name=name)
    if line["refused"] == "too_large":
        return UnpacksTooLargeError(name=name, part=line["part"], limit=MOST_SHEET_BYTES // MEBIBYTE)
    if line["refused"] == "undecodable":
        return UndecodableSourceError(name=name)
    if line.get("part", "ZIP") not in {"", "ZIP"}:
        return DamagedSourceError(name=name, part=line["part"])
    return WorkbookDamagedError(name=name)


def _answers(data: bytes, seconds: float) -> Generator[dict[str, Any], None, None]:
    """The lines of the child; they end without ``end`` where it was stopped or broke.

    Where it broke another one goes on, which leaves out the cells that stand far from all others.
    """
    began = time.monotonic()
    seen = sheets = 0
    with closing(_of_child(data, seconds)) as lines:
        for line in lines:
            yield line
            seen += 1
            sheets += "sheet" in line
            if "end" in line or "refused" in line:
                return
    if data.startswith(_PACKED[0]):
        with closing(_of_child(data, seconds - (time.monotonic() - began), str(sheets))) as lines:
            yield from islice(lines, seen, None)


def _of_child(data: bytes, seconds: float, *how: str) -> Generator[dict[str, Any], None, None]:
    command = [sys.executable, "-P", "-m", "zhenggai.reading.workbook.child"]
    process = subprocess.Popen(  # noqa: S603 - this very package, no word of a user among the arguments
        [*command, str(MEMORY_BYTES), str(len(data)), *how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None  # noqa: S101 - both are pipes
    assert stdout is not None  # noqa: S101 - as above
    watch = threading.Timer(seconds, process.kill)
    watch.daemon = True
    watch.start()
    try:
        # of a process that ended at once there is no answer
        with suppress(OSError):
            stdin.write(data)
        with suppress(OSError):
            stdin.close()
        yield from answers(stdout)
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        stdout.close()


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The lines of an answer as values, as far as they are whole."""
    same: dict[str, str] = {}
    for line in lines:
        if not line.endswith(b"\n"):
            return
        yield unpacked(line, same.setdefault)


def _delimited(data: bytes, name: str) -> Book:
    if not data.strip():
        raise EmptySourceError(name=name)
    source = encodings.detect(data)
    if source is None:
        raise UndecodableSourceError(name=name)
    text = source.text
    numbers, rows = array("l"), list[list[str]]()
    try:
        for number, cells in enumerate(_split(text, _delimiter(text, name))):
            while cells and not cells[-1].strip():
                del cells[-1]
            if cells:
                numbers.append(number)
                rows.append(cells)
    except csv.Error:
        raise WorkbookDamagedError(name=name) from None
    sheet = Sheet(name, numbers, rows)
    digest = hashlib.sha256(data).hexdigest()
    return Book(name, digest, (sheet,), is_delimited=True, encoding=source.encoding)


def _delimiter(text: str, name: str) -> str:
    """The sign between the cells: the one that most lines hold, and each as often (分隔符)."""
    sample = _QUOTED.sub("", text[:_SNIFFED])
    lines = _LINE_END.split(sample)
    counts = {sign: (sum(sign in line for line in lines), sample.count(sign)) for sign in SIGNS}
    best = max(SIGNS, key=lambda sign: counts[sign])
    return best if counts[best][0] else "\t" if name.lower().endswith(".tsv") else ","


def _split(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a delimited text, line breaks inside quotation marks kept."""
    csv.field_size_limit(_CELL_BYTES)
    yield from csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
