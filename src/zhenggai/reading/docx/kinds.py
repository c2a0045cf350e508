"""What a ZIP or OLE file is (识别容器): by what it holds, never by its name."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.docx.package import Package
from zhenggai.reading.errors import (
    ArchiveError,
    EncryptedSourceError,
    IncompleteSourceError,
    OfdError,
    OldOfficeError,
    OldWordError,
    OldWorkbookError,
    OpenDocumentError,
    PresentationError,
    WorkbookError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN: Final = b"application/vnd.oasis.opendocument"
_MAIN: Final = "word/document.xml"
_MAIN_LIKE: Final = re.compile(r"(?:word/)?document\d*\.xml")
_OLE_STREAMS: Final = (
    ("encryptedpackage", EncryptedSourceError),
    ("worddocument", OldWordError),
    ("workbook", OldWorkbookError),
    ("book", OldWorkbookError),
    ("powerpoint document", PresentationError),
)
_MOST_SECTORS: Final = 4096
_ENTRY_BYTES: Final = 128
_NONE: Final = 0xFFFFFFFF


def main_part(package: Package) -> str:
    """The part that holds a Word document's text, by the package's relationships, else by its usual name.

    :raises IncompleteSourceError: a Word document whose main part is missing.
    :raises WorkbookError, PresentationError, OpenDocumentError, OfdError, ArchiveError: another thing.
    """
    name = package.name
    mimetype = package.read("mimetype") if "mimetype" in package else b""
    if mimetype.startswith(_OPEN):
        is_sheet = mimetype.startswith(_OPEN + b".spreadsheet")
        raise (WorkbookError if is_sheet else OpenDocumentError)(name=name)
    if "OFD.xml" in package:
        raise OfdError(name=name)
    named = [link.target for link in package.relationships() if link.kind == "officeDocument"]
    for target in named:
        folder = target.lower().partition("/")[0]
        if folder == "xl":
            raise WorkbookError(name=name)
        if folder == "ppt":
            raise PresentationError(name=name)
        if target in package:
            return target
    if _MAIN in package:
        return _MAIN
    if package.below("xl/"):
        raise WorkbookError(name=name)
    if package.below("ppt/"):
        raise PresentationError(name=name)
    alike = [part for part in package.below("") if _MAIN_LIKE.fullmatch(part)]
    if alike:
        return alike[0]
    if named or package.below("word/"):
        raise IncompleteSourceError(name=name)
    raise ArchiveError(name=name, entries=len(package))


def ole_refusal(data: bytes, *, name: str) -> Exception:
    """Why an OLE file is not read: an old document, an old workbook, or a document behind a password."""
    streams = set(ole_streams(data))
    for stream, refusal in _OLE_STREAMS:
        if stream in streams:
            return refusal(name=name)
    return OldOfficeError(name=name)


def ole_streams(data: bytes) -> Iterator[str]:
    """Names of what lies directly in an OLE file, in lower case; what is embedded deeper does not count.

    Source: [MS-CFB] 2.6, with every chain bounded.
    """
    directory = _directory(data)
    entries = [directory[place : place + _ENTRY_BYTES] for place in range(0, len(directory), _ENTRY_BYTES)]
    if not entries or len(entries[0]) < _ENTRY_BYTES:
        return
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    seen: set[int] = set()
    while waiting:
        place = waiting.pop()
        if place in seen or place >= len(entries) or len(entries[place]) < _ENTRY_BYTES:
            continue
        seen.add(place)
        entry = entries[place]
        length = min(struct.unpack_from("<H", entry, 64)[0], 64)
        yield entry[:length].decode("utf-16-le", "replace").rstrip("\0").lower()
        waiting.extend(struct.unpack_from("<II", entry, 68))


def _directory(data: bytes) -> bytes:
    """The sectors of the directory, one after another."""
    if len(data) < 512:
        return b""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in {9, 12}:
        return b""
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    table: list[int] = []
    for number in struct.unpack_from("<109I", data, 76):
        if number != _NONE and len(table) < _MOST_SECTORS * 1024:
            whole = sector(number)
            table.extend(struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4]))
    pieces: list[bytes] = []
    place = struct.unpack_from("<I", data, 48)[0]
    while len(pieces) < _MOST_SECTORS:
        piece = sector(place)
        if not piece:
            break
        pieces.append(piece)
        if place >= len(table):
            break
        place = table[place]
    return b"".join(pieces)
