"""The first step of reading: bytes → text (解码), with every byte accounted for."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from zhenggai.domain.messages import Message, msg
from zhenggai.domain.spans import Edit, EditKind, Place, Span
from zhenggai.reading import encodings, saved_twice
from zhenggai.reading import patterns as re
from zhenggai.reading.errors import (
    BinarySourceError,
    EmptySourceError,
    OldWordError,
    SourceTooLargeError,
    UndecodableSourceError,
    WordXmlError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhenggai.reading.html import Page

Step = Literal["recognise", "restore", "interpret"]
"""What reading comes to after it has opened the file (识别步骤): pictures of pages, cleaning, structure."""
DEFAULT_MAX_BYTES: Final = 64 * 1024 * 1024
WHY_BYTES: Final = msg("These bytes stand for no character of the encoding.")

_MAGIC: Final = (
    (b"{\\rtf", msg("a rich text (RTF) document")),
    (b"\x89PNG\r\n\x1a\n", msg("a PNG image")),
    (b"\xff\xd8\xff", msg("a JPEG image")),
    (b"GIF8", msg("a GIF image")),
    (b"II*\x00", msg("a TIFF image")),
    (b"MM\x00*", msg("a TIFF image")),
    (b"RIFF", msg("an image, sound or film")),
    (b"7z\xbc\xaf\x27\x1c", msg("a 7z archive")),
    (b"Rar!\x1a\x07", msg("a RAR archive")),
    (b"\x1f\x8b", msg("a gzip archive")),
    (b"SQLite format 3\x00", msg("an SQLite database")),
    (b"\x7fELF", msg("a program")),
    (b"MZ\x90\x00", msg("a program")),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", _OLE)
"""How ZIP and OLE files begin: Word documents, and much that is none."""
_WORD_XML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*>\s*(?:<\?mso-application\b[^>]*>\s*)?"
    rb"<(?:w:wordDocument|pkg:package)\b"
)
_PDF: Final = re.compile(rb"(?:\A|[\r\n])%PDF-")
"""Readers of PDF look for its mark in the first kilobyte: some programs write lines before it."""
_SOMETHING_ELSE: Final = msg("something other than text")
_HTML_HEAD: Final = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--(?:(?!-->).){0,2000}+-->\s*+)*+<(?:!doctype\s+html|html|head)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG: Final = re.compile(
    r"<(?:body|div|table|td|p|span|a|meta|script|br)\b[^<>]{0,2000}>", re.IGNORECASE
)
_TAGS_LEAST: Final = 20
_PAIRED: Final = re.compile(
    r"<(/?)(?:body|div|table|tbody|tr|td|p|span|a|ul|li|section)\b[^<>]{0,2000}(?<!/)>", re.IGNORECASE
)
_LINE_LEAST: Final = 8
_OUTSIDE: Final = 4
"""One of so many lines outside of all tags, from which the others only leaked."""
_MIME: Final = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*+[A-Za-z][A-Za-z-]{1,60}:[^\n]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as text (解码后的原文): for a text file the file itself, else the main text of the document.

    Lines end in a line feed, however the file ends them; ``to_bytes`` gives those of the file.

    ``format`` is ``text``, ``html``, ``docx`` or ``pdf``. ``places``, sorted and without overlap, leads from
    the text back to page, paragraph or cell of a format that has them. ``byte_edits`` point at the places of
    bytes without a character (their hex digits end ``why``), at what is embedded and was not read, and say
    how else the text came out of the file.
    ``metadata`` is what a page or file says of itself outside its main text: hints. ``layout_edits`` are the
    changes that the layout of the file asks for (furniture of its pages, characters named by another code,
    flags), sorted and without overlap. ``picture_pages`` were not read, ``recognised_pages`` were read by
    OCR.
    """

    text: str
    name: str
    sha256: str
    format: str
    encoding: str | None
    byte_edits: tuple[Edit, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    places: tuple[Place, ...] = ()
    layout_edits: tuple[Edit, ...] = ()
    picture_pages: tuple[int, ...] = ()
    recognised_pages: tuple[int, ...] = ()
    source: encodings.DecodedBytes | None = field(default=None, repr=False)

    @property
    def bom(self) -> bytes:
        """The byte order mark that opened the file; empty where there was none."""
        return self.source.bom if self.source else b""

    def to_bytes(self) -> bytes | None:
        """The bytes of a text file again, exactly; None for HTML, whose text is an extract."""
        return self.source.to_bytes() if self.source else None


def decode(
    data: bytes,
    *,
    name: str,
    max_bytes: int = DEFAULT_MAX_BYTES,
    max_pages: int | None = None,
    on_page: Callable[[int, int], None] | None = None,
    on_step: Callable[[Step], None] | None = None,
) -> Decoded:
    """Turn the bytes of a text file, a page, a web archive, a Word document or a PDF into text (解码).

    :raises SourceTooLargeError: more than ``max_bytes`` bytes.
    :raises EmptySourceError: nothing but white space.
    :raises BinarySourceError: workbook, image, archive …; what exactly, its class or sentence says.
    :raises InvalidError: a Word document that is damaged, encrypted or hostile (``docx.document``), a
        PDF that cannot be read (``pdf.decode_pdf``).
    :raises UndecodableSourceError: no encoding gives text.
    :raises InvalidError: a page or web archive that is damaged or hostile (``html.read_page``, ``mhtml``).
    """
    if len(data) > max_bytes:
        raise SourceTooLargeError(name=name, size_bytes=len(data), max_bytes=max_bytes)
    laid_out = _decode_laid_out(data, name=name, max_pages=max_pages, on_page=on_page, on_step=on_step)
    if laid_out is not None:
        return laid_out
    for magic, looks_like in _MAGIC:
        if data.startswith(magic):
            raise BinarySourceError(name=name, looks_like=Message(looks_like))
    if not data.strip():
        raise EmptySourceError(name=name)
    if _MIME.match(data) and (archive := _archive(data, name=name)) is not None:
        return archive
    source = _detected(data, name=name)
    if _is_html(data, source.text, name):
        return _decode_html(source, name=name, sha256=hashlib.sha256(data).hexdigest())
    if not source.text.strip():
        raise EmptySourceError(name=name)
    return Decoded(
        text=_line_feeds(source.text),
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="text",
        encoding=source.encoding,
        byte_edits=_byte_edits(source),
        source=source,
    )


def _detected(data: bytes, *, name: str) -> encodings.DecodedBytes:
    source = encodings.detect(data, declared=encodings.declared_in(data))
    if source is None:
        if _is_binary(data):
            raise BinarySourceError(name=name, looks_like=Message(_SOMETHING_ELSE))
        raise UndecodableSourceError(name=name)
    if len(_CONTROL.findall(source.text, 0, 1 << 16)) * 20 > min(len(source.text), 1 << 16):
        raise BinarySourceError(name=name, looks_like=Message(_SOMETHING_ELSE))
    return source


def from_text(text: str, *, name: str) -> Decoded:
    """A pasted text as a document; half of a surrogate pair, which no file can hold, becomes U+FFFD.

    :raises EmptySourceError: nothing but white space.
    """
    whole = re.sub("[\ud800-\udfff]", "\ufffd", text)
    if not whole.strip():
        raise EmptySourceError(name=name)
    source = encodings.DecodedBytes(whole, "utf-8", b"", ())
    digest = hashlib.sha256(source.to_bytes()).hexdigest()
    return Decoded(_line_feeds(whole), name, digest, "text", None, source=source)


def _line_feeds(text: str) -> str:
    """The text with a line feed at every end of line, as every step after this one knows them (换行统一)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def byte_edit(text: str, start: int, end: int, hex_digits: str) -> Edit:
    """The edit that keeps bytes without a character: it changes nothing, its reason ends in their hex."""
    shown = text[start:end]
    return Edit(EditKind.BYTES, Span(start, end), shown, shown, f"{WHY_BYTES} {hex_digits}".rstrip())


def _byte_edits(source: encodings.DecodedBytes) -> tuple[Edit, ...]:
    """Bytes without a character, and lines that had been saved in a wrong encoding."""
    text = source.text
    edits = [byte_edit(text, kept.start, kept.end, kept.raw.hex(" ")) for kept in source.kept]
    edits += [_remark(text, stretch.start, saved_twice.WHY_PUT_RIGHT) for stretch in source.twice]
    edits += [_remark(text, at, saved_twice.WHY_LOST) for at in saved_twice.lost_lines(text, source.twice)]
    if "\r\n" in text:
        dropped = [found.start() for found in re.finditer("\r\n", text)]
        edits = [
            replace(edit, span=Span(*(at - bisect_left(dropped, at) for at in edit.span))) for edit in edits
        ]
    return tuple(sorted(edits, key=lambda edit: edit.span))


def _remark(text: str, at: int, why: str) -> Edit:
    return Edit(EditKind.BYTES, Span(at, at + 1), text[at], text[at], why)


def _is_binary(data: bytes) -> bool:
    sample = data[: 1 << 16]
    return len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample)) * 50 > len(sample)


def _decode_laid_out(
    data: bytes,
    *,
    name: str,
    max_pages: int | None,
    on_page: Callable[[int, int], None] | None,
    on_step: Callable[[Step], None] | None,
) -> Decoded | None:
    """A document of a format with a layout of its own; None for text and HTML."""
    if data.startswith(_OFFICE):
        return _decode_docx(data, name=name)
    if _WORD_XML.match(data, 0, 4096):
        raise WordXmlError(name=name)
    if _is_pdf(data):
        return _decode_pdf(data, name=name, max_pages=max_pages, on_page=on_page, on_step=on_step)
    return None


def is_page(data: bytes, text: str, name: str) -> bool:
    """Whether a text is a page of the web (是否为网页)."""
    return _is_html(data, text, name)


def is_archive(data: bytes) -> bool:
    """Whether a file is a page saved with what it shows (是否为网页归档)."""
    if not _MIME.match(data):
        return False
    from zhenggai.reading import mhtml  # noqa: PLC0415  # as in `_archive`

    return mhtml.is_archive(data)


def is_text(data: bytes) -> bool:
    """Whether a file is neither of a format with a layout nor anything that is no text (是否为纯文本)."""
    known = data.startswith((*_OFFICE, *(magic for magic, _ in _MAGIC)))
    return not (known or _WORD_XML.match(data, 0, 4096) or _is_pdf(data) or _MIME.match(data)) and (
        data.startswith((b"\xff\xfe", b"\xfe\xff")) or not _is_binary(data)
    )


def _is_pdf(data: bytes) -> bool:
    return _PDF.search(data, 0, 1024) is not None and (data.startswith(b"%PDF-") or b" obj" in data)


def _decode_pdf(
    data: bytes,
    *,
    name: str,
    max_pages: int | None,
    on_page: Callable[[int, int], None] | None,
    on_step: Callable[[Step], None] | None,
) -> Decoded:
    from zhenggai.reading.pdf import decode_pdf  # noqa: PLC0415  # loaded only for a PDF

    digest = hashlib.sha256(data).hexdigest()
    return decode_pdf(data, name=name, sha256=digest, max_pages=max_pages, on_page=on_page, on_step=on_step)


def _is_html(data: bytes, text: str, name: str) -> bool:
    if _HTML_HEAD.match(data[:4096].lstrip(b"\xef\xbb\xbf")) or _HTML_HEAD.match(text[:4096].encode()):
        return True
    tags = len(_HTML_TAG.findall(text, 0, 1 << 16))
    named = name.lower().endswith((".html", ".htm", ".shtml", ".xhtml"))
    return tags >= 1 if named else tags >= _TAGS_LEAST and not _has_leaked(text[: 1 << 16])


def _has_leaked(text: str) -> bool:
    """Whether the tags only leaked into a text: many of its lines stand outside of all of them."""
    depth = lines = outside = 0
    for line in text.split("\n"):
        tags = _PAIRED.findall(line)
        if len(line) >= _LINE_LEAST and not line.isascii():
            lines += 1
            outside += not depth and "<" not in line
        depth = max(0, depth + sum(-1 if closing else 1 for closing in tags))
    return outside * _OUTSIDE >= lines


def _decode_docx(data: bytes, *, name: str) -> Decoded:
    from zhenggai.reading.docx import document  # noqa: PLC0415  # the XML parser is only for Word documents

    word = document.read_document(_as_docx(data, name) if data.startswith(_OLE) else data, name=name)
    return Decoded(
        word.text,
        name,
        hashlib.sha256(data).hexdigest(),
        "docx",
        None,
        word.flags,
        MappingProxyType(word.metadata),
        word.places,
    )


def _as_docx(data: bytes, name: str) -> bytes:
    """A document of old Word or WPS Writer as LibreOffice converts it; any other OLE file as it is.

    :raises OldWordError: LibreOffice is not installed, or cannot convert it.
    """
    from zhenggai.reading import converting  # noqa: PLC0415  # seldom needed
    from zhenggai.reading.docx import kinds  # noqa: PLC0415  # as above

    if not isinstance(kinds.ole_refusal(data, name=name), OldWordError):
        return data
    made = converting.converted(data)
    if made is None:
        raise OldWordError(*([OldWordError.unconverted] if converting.program() else []), name=name)
    return made


def _archive(data: bytes, *, name: str) -> Decoded | None:
    from zhenggai.reading import mhtml  # noqa: PLC0415  # the HTML parser is loaded only for pages

    if not mhtml.is_archive(data):
        return None
    found = mhtml.read_archive(data, name)
    return _of_page(found.page, found.source, name=name, sha256=hashlib.sha256(data).hexdigest())


def _decode_html(source: encodings.DecodedBytes, *, name: str, sha256: str) -> Decoded:
    from zhenggai.reading import html  # noqa: PLC0415  # the HTML parser is loaded only for HTML

    return _of_page(html.read_page(source.text, name), source, name=name, sha256=sha256)


def _of_page(page: Page, source: encodings.DecodedBytes, *, name: str, sha256: str) -> Decoded:
    text = page.text
    if not text.strip():
        raise EmptySourceError(name=name)
    places = [found.start() for found in re.finditer("\ufffd", text)] if source.kept else []
    if len(places) == len(source.kept):
        digits = [kept.raw.hex(" ") for kept in source.kept]
    else:
        digits = [""] * len(places)
    edits = {at: byte_edit(text, at, at + 1, raw) for at, raw in zip(places, digits, strict=True)}
    whys = (*page.remarks, saved_twice.WHY_PUT_RIGHT) if source.twice else page.remarks
    free = (at for at in range(len(text)) if at not in edits)
    remarks = {at: _remark(text, at, why) for why, at in zip(whys, free, strict=False)}
    edits = dict(sorted({**edits, **remarks}.items()))
    metadata = MappingProxyType(page.metadata)
    return Decoded(text, name, sha256, "html", source.encoding, tuple(edits.values()), metadata)
