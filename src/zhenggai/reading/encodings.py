"""Which encoding (字符编码) a file is written in, decided by what it says, not by what it claims."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE_BYTES: Final = 1 << 16
"""How much of a file is looked at to compare encodings."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_ALIASES: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "utf8": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
}
_KNOWN: Final = frozenset({"utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"})
_CANDIDATES: Final = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_KEEP: Final = "zhenggai.keep"
_LEAST_SHARE: Final = 0.4
"""Random bytes read as GB18030 show about a fifth of common characters, Chinese prose nine tenths."""
_HAN: Final = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_LETTERS: Final = re.compile(r"[^\x00-\x7f　-〿＀-￯‐-⁯\udc00-\udcff]")
_KEPT: Final = re.compile(r"[\udc00-\udcff]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that no character stands for: ``[start, end)`` in code points of the text, and the bytes."""

    start: int
    end: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class DecodedBytes:
    """A decoded file: text, encoding, the bytes of its mark (BOM), and the bytes without a character."""

    text: str
    encoding: str
    bom: bytes
    kept: tuple[Kept, ...]

    def to_bytes(self) -> bytes:
        """The file's bytes again, exactly."""
        pieces = [self.bom]
        at = 0
        for kept in self.kept:
            pieces += (self.text[at : kept.start].encode(self.encoding), kept.raw)
            at = kept.end
        pieces.append(self.text[at:].encode(self.encoding))
        return b"".join(pieces)


def canonical(label: str) -> str | None:
    """The encoding meant by a declared charset (gb2312 and gbk mean gb18030); None where it is not ours."""
    name = label.strip().strip("\"'").lower().replace("_", "-")
    name = _ALIASES.get(name, name)
    return name if name in _KNOWN else None


def detect(data: bytes, *, declared: str | None = None) -> DecodedBytes | None:
    """Decode ``data``: BOM, else strict UTF-8, else the encoding that shows most common characters.

    ``declared`` (a charset from a page's head) only decides between equals. None where none gives text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode(data[len(bom) :], encoding, bom)
    try:
        return DecodedBytes(data.decode("utf-8"), "utf-8", b"", ())
    except UnicodeDecodeError:
        pass
    best = max(_CANDIDATES, key=lambda encoding: (_share(data, encoding), encoding == declared))
    return _decode(data, best, b"") if _share(data, best) >= _LEAST_SHARE else None


def _share(data: bytes, encoding: str) -> float:
    """Share of common characters among the letters beyond ASCII; bytes without a character count against."""
    text = data[: SAMPLE_BYTES - 1 if len(data) >= SAMPLE_BYTES else None].decode(encoding, _KEEP)
    bad = sum(len(run) for run in _KEPT.findall(text))
    letters = _LETTERS.findall(text)
    common = common_characters()
    good = sum(letter in common for letter in letters)
    if encoding == "utf-8":
        # A sequence that is valid UTF-8 by chance is rare enough to speak for itself, whatever the character.
        good = len(letters)
    return good / (len(letters) + 2 * bad) if letters else 0.0


def _decode(data: bytes, encoding: str, bom: bytes) -> DecodedBytes:
    raw = data.decode(encoding, _KEEP)
    decoded = _with_replacements(raw, encoding, bom)
    if encoding not in {"utf-8", "utf-16-le", "utf-16-be"} and decoded.to_bytes() != bom + data:
        # Some byte pairs share one character: those are kept as bytes beside the character.
        return _by_character(data, encoding, bom)
    return decoded


def _with_replacements(raw: str, encoding: str, bom: bytes) -> DecodedBytes:
    pieces: list[str] = []
    kept: list[Kept] = []
    at = length = 0
    for run in _KEPT.finditer(raw):
        pieces += (raw[at : run.start()], "\ufffd")
        length += run.start() - at + 1
        kept.append(Kept(length - 1, length, bytes(ord(char) - 0xDC00 for char in run.group())))
        at = run.end()
    pieces.append(raw[at:])
    return DecodedBytes("".join(pieces), encoding, bom, tuple(kept))


def _by_character(data: bytes, encoding: str, bom: bytes) -> DecodedBytes:
    text: list[str] = []
    kept: list[Kept] = []
    length = 0
    # No trail byte of these encodings is a line feed, so most lines can be taken whole.
    for line in data.splitlines(keepends=True):
        whole = line.decode(encoding, _KEEP)
        if not _KEPT.search(whole) and whole.encode(encoding) == line:
            text.append(whole)
            length += len(whole)
            continue
        for chars, raw in _characters(line, encoding):
            shown = _KEPT.sub("\ufffd", chars)
            if shown != chars or chars.encode(encoding) != raw:
                kept.append(Kept(length, length + len(shown), raw))
            text.append(shown)
            length += len(shown)
    return DecodedBytes("".join(text), encoding, bom, tuple(kept))


def _characters(line: bytes, encoding: str) -> Iterator[tuple[str, bytes]]:
    decoder = codecs.getincrementaldecoder(encoding)(_KEEP)
    begin = 0
    for end in range(1, len(line) + 1):
        chars = decoder.decode(line[end - 1 : end], final=end == len(line))
        if chars:
            # What cannot begin a character is told only with the byte behind it, which is one of its own.
            kept = _KEPT.match(chars)
            if kept and kept.end() < len(chars):
                yield kept.group(), line[begin : begin + kept.end()]
                begin += kept.end()
                chars = chars[kept.end() :]
            yield chars, line[begin:end]
            begin = end


@cache
def common_characters() -> frozenset[str]:
    """The common Han characters (常用字) of both scripts: GB 2312 level 1 and their forms in Big5."""
    simplified = {
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) <= (0xD7, 0xF9)
    }
    from opencc import OpenCC  # noqa: PLC0415  # its dictionaries are read only where they are needed

    big5 = [
        char
        for row in range(0xA4, 0xC7)
        for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        if _HAN.match(char := bytes((row, cell)).decode("big5", "replace"))
    ]
    plain = OpenCC("t2s").convert("\n".join(big5)).split("\n")
    return frozenset(simplified).union(
        traditional for traditional, char in zip(big5, plain, strict=True) if char in simplified
    )


def _keep(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  # registered for decoding only
    raw = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in raw), error.end


codecs.register_error(_KEEP, _keep)
