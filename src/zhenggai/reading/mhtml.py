"""A page saved with everything it shows in one file (网页归档 MHTML), and a page sent as a letter."""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.reading import encodings, html
from zhenggai.reading import patterns as re
from zhenggai.reading.html_survey import LEAST_PROSE
from zhenggai.reading.page_errors import (
    ArchiveDamagedError,
    ArchiveTooDeepError,
    FramedPageError,
    ScriptedPageError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PARTS: Final = 5000
MAX_DEPTH: Final = 6
_MOST_HEADER_BYTES: Final = 1 << 16
_MOST_FRAMES_READ: Final = 40

_HEADER_END: Final = re.compile(rb"\r?\n[ \t]*\r?\n")
_FOLD: Final = re.compile(r"\r?\n[ \t]+")
_PARAMETER: Final = re.compile(r';\s*([\w*-]{1,30})\s*=\s*(?:"([^"]*)"|([^\s;"]+))')
_ENCODED_WORD: Final = re.compile(r"=\?([\w-]{1,30})\?([bBqQ])\?([^?\s]*)\?=(?:\s+(?==\?))?")
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]+")
_HAN: Final = re.compile("[㐀-鿿]")
_PAGES: Final = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of an archive: its headers by lower-case name, and its bytes still as they were sent."""

    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """Its media type; what does not say is a text."""
        return self.headers.get("content-type", "text/plain").partition(";")[0].strip().lower()

    def parameter(self, name: str) -> str:
        """A parameter of its media type; empty where it has none."""
        for key, quoted, plain in _PARAMETER.findall(self.headers.get("content-type", "")):
            if key.lower() == name:
                return str(quoted or plain)
        return ""

    def content(self) -> bytes:
        """Its bytes as they were before they were sent."""
        coding = self.headers.get("content-transfer-encoding", "").strip().lower()
        if coding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if coding == "base64":
            digits = _NOT_BASE64.sub(b"", self.body)
            return binascii.a2b_base64(digits[: len(digits) - (len(digits) % 4 == 1)] + b"==")
        return self.body

    def names(self) -> set[str]:
        """What a frame calls it."""
        location = self.headers.get("content-location", "").strip()
        identifier = self.headers.get("content-id", "").strip(" <>")
        return {name for name in (location, identifier and f"cid:{identifier}") if name}


@dataclass(frozen=True, slots=True)
class Archived:
    """The page that holds the text of an archive, and the bytes it was decoded from."""

    page: html.Page
    source: encodings.DecodedBytes


def is_archive(data: bytes) -> bool:
    """Whether a file that begins like a header is a web archive or a letter."""
    headers = _headers(data)[0]
    return "mime-version" in headers and "content-type" in headers


def read_archive(data: bytes, name: str) -> Archived:
    """The main text of a web archive: of its page, or of the page that it shows in a frame.

    :raises ArchiveDamagedError: no page and no text in it.
    :raises ArchiveTooDeepError: more than ``MAX_PARTS`` parts, or more than ``MAX_DEPTH`` deep.
    :raises FramedPageError: the pages that its page shows in frames were not saved with it.
    """
    headers, body = _headers(data)
    top = _Part(headers, body)
    parts = list(_leaves(top, name))
    pages = [part for part in parts if part.kind in _PAGES]
    start = top.parameter("start").strip("<>")
    root = next((part for part in pages if start and part.names() & {f"cid:{start}"}), None)
    root = root or next(iter(pages or [part for part in parts if part.kind == "text/plain"]), None)
    if root is None:
        raise ArchiveDamagedError(name=name)
    found = _with_frames(root, pages, name)
    for key, header in (("page_title", "subject"), ("address", "snapshot-content-location")):
        if value := _spoken(headers.get(header, "")).strip():
            found.page.metadata.setdefault(key, value)
    return found


def archived_pages(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Every page of a web archive as it was saved: what frames call it, and its markup.

    :raises ArchiveTooDeepError: more parts, or deeper, than a web archive has.
    """
    headers, body = _headers(data)
    for part in _leaves(_Part(headers, body), name):
        if part.kind not in _PAGES:
            continue
        content = part.content()
        declared = encodings.canonical(part.parameter("charset")) or encodings.declared_in(content)
        source = encodings.detect(content, declared=declared)
        if source is not None:
            yield part.headers.get("content-location", "").strip(), source.text


def _headers(data: bytes) -> tuple[dict[str, str], bytes]:
    begin = len(data) - len(data.lstrip(b"\xef\xbb\xbf\r\n"))
    end = _HEADER_END.search(data, begin, begin + _MOST_HEADER_BYTES)
    head = data[begin : end.start() if end else begin + _MOST_HEADER_BYTES].decode("utf-8", "replace")
    headers: dict[str, str] = {}
    for line in _FOLD.sub(" ", head).splitlines():
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers, data[end.end() :] if end else b""


def _leaves(top: _Part, name: str) -> Iterator[_Part]:
    """The parts that hold something, in order; never by recursion, for a hostile file nests without end."""
    waiting = [(top, 0)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > MAX_PARTS or depth > MAX_DEPTH:
            raise ArchiveTooDeepError(name=name, max_parts=MAX_PARTS, max_depth=MAX_DEPTH)
        if part.kind.startswith("multipart/"):
            inner = _split(part.body, part.parameter("boundary"))
        elif part.kind == "message/rfc822":
            inner = [part.content()]
        else:
            yield part
            continue
        waiting += [(_Part(*_headers(piece)), depth + 1) for piece in reversed(inner)]


def _split(body: bytes, boundary: str) -> list[bytes]:
    if not boundary:
        return []
    border = re.compile(
        rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("utf-8")) + rb"(--)?[ \t]*(?=\r?\n|\Z)"
    )
    pieces: list[bytes] = []
    begin: int | None = None
    for found in border.finditer(body):
        if begin is not None:
            pieces.append(body[begin : found.start()])
        begin = found.end()
        if found.group(1) or len(pieces) > MAX_PARTS:
            return pieces
    if begin is not None:
        # An archive that was cut off while it was saved still holds its last part.
        pieces.append(body[begin:])
    return pieces


def _with_frames(root: _Part, pages: list[_Part], name: str) -> Archived:
    """The page of ``root``, or where it has hardly any text the fullest of those that its frames show."""
    by_name = {called: part for part in pages for called in part.names()}
    best: Archived | None = None
    refusal: FramedPageError | ScriptedPageError | None = None
    waiting, known = [root], {id(root)}
    while waiting and len(known) <= _MOST_FRAMES_READ:
        part = waiting.pop(0)
        frames: tuple[str, ...] = ()
        try:
            found = _read_part(part, name)
            frames = found.page.frames
            if best is None or _prose(found) > _prose(best):
                best = found
            if part is root and _prose(found) >= LEAST_PROSE:
                break
        except FramedPageError as framed:
            frames, refusal = framed.message.values["addresses"], framed
        except ScriptedPageError as scripted:
            refusal = refusal or scripted
        for address in frames:
            framed_part = by_name.get(address) or _by_ending(by_name, address)
            if framed_part is not None and id(framed_part) not in known:
                known.add(id(framed_part))
                waiting.append(framed_part)
    if best is None:
        raise refusal or ArchiveDamagedError(name=name)
    return best


def _by_ending(by_name: dict[str, _Part], address: str) -> _Part | None:
    """A part that a frame calls by the end of its address only (main.htm)."""
    ending = address.lstrip("./")
    if not ending or ":" in address:
        return None
    return next((part for called, part in by_name.items() if called.endswith(f"/{ending}")), None)


def _read_part(part: _Part, name: str) -> Archived:
    content = part.content()
    declared = encodings.canonical(part.parameter("charset")) or encodings.declared_in(content)
    source = encodings.detect(content, declared=declared)
    if source is None:
        raise ArchiveDamagedError(name=name)
    page = html.read_page(source.text, name) if part.kind in _PAGES else html.Page(source.text, {})
    return Archived(page, source)


def _prose(found: Archived) -> int:
    return len(_HAN.findall(found.page.text))


def _spoken(header: str) -> str:
    """A header whose words beyond ASCII are written as =?utf-8?B?…?=."""
    return _ENCODED_WORD.sub(_word, header)


def _word(word: re.Match[str]) -> str:
    raw = word[3].encode("ascii", "ignore")
    letter = word[2].lower()
    coded = _Part(
        {"content-transfer-encoding": "base64" if letter == "b" else "quoted-printable"}, raw
    ).content()
    coded = coded.replace(b"_", b" ") if letter == "q" else coded
    return coded.decode(encodings.canonical(word[1]) or "utf-8", "replace")
