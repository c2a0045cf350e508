"""What a file is, told by its bytes and never by its name (文件类型识别)."""

from __future__ import annotations

import codecs
import os
import re
import zipfile
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

OCTETS: Final = "application/octet-stream"
TEXT: Final = "text/plain"
PDF: Final = "application/pdf"
HEAD_BYTES: Final = 8192
_OPENXML: Final = "application/vnd.openxmlformats-officedocument."
_MAGIC: Final = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_WEBP: Final = "image/webp"
HEIC: Final = "image/heic"
"""As phones take photographs (手机照片): kept, recognised, and drawn nowhere here (ADR 50)."""
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/tiff", _WEBP})
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ZIPPED: Final = "application/zip"
_TAIL_BYTES: Final = 66_000
_DIRECTORY_MOST_BYTES: Final = 1024 * 1024
_PARTS: Final = (
    ("word/document.xml", _OPENXML + "wordprocessingml.document"),
    ("xl/workbook.xml", _OPENXML + "spreadsheetml.sheet"),
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def media_type_of(head: bytes, whole: BinaryIO) -> str:
    """The media type of a file by its first 8,192 bytes, and of a ZIP by its list of parts.

    Known are PDF, PNG, JPEG, WebP, GIF, TIFF, HEIC, ZIP, Word and Excel (OpenXML) and plain text; the rest is
    bytes.
    """
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    if head.startswith(_ZIP):
        return _openxml(whole)
    return TEXT if is_text(head) else OCTETS


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file reads as text in UTF-8, UTF-16 with its mark, or GB18030."""
    if not head:
        return False
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return _reads(head, encoding)
    return any(_reads(head, encoding) for encoding in ("utf-8", "gb18030"))


def _reads(head: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        # the head may end inside a character, so it is not the decoder's last piece
        text = decoder.decode(head)
    except UnicodeDecodeError:
        return False
    return _NOT_TEXT.search(text) is None


def _openxml(whole: BinaryIO) -> str:
    if not _directory_is_small(whole):
        return _ZIPPED
    try:
        with zipfile.ZipFile(whole) as archive:
            return _by_parts(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return OCTETS


def _directory_is_small(whole: BinaryIO) -> bool:
    """Whether the list of parts is short enough to be read: a ZIP made to harm lists millions."""
    size_bytes = whole.seek(0, os.SEEK_END)
    whole.seek(max(0, size_bytes - _TAIL_BYTES))
    tail = whole.read()
    whole.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 16 or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        return at < 0
    return int.from_bytes(tail[at + 12 : at + 16], "little") <= _DIRECTORY_MOST_BYTES


def _by_parts(names: Iterable[str]) -> str:
    present = set(names)
    for part, media_type in _PARTS:
        if part in present and "[Content_Types].xml" in present:
            return media_type
    return _ZIPPED
