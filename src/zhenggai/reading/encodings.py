"""Which encoding (字符编码) a file is written in, decided by what it says, not by what it claims."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading import saved_twice
from zhenggai.reading.letters import KEPT, MARKS, common_characters, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.reading.saved_twice import Twice

SAMPLE_BYTES: Final = 1 << 16
"""How much of a file is looked at to compare encodings, from its first byte beyond ASCII on."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose little-endian mark begins the same way.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_ALIASES: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb-2312-80": "gb18030",
    "x-gbk": "gb18030",
    "utf8": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "hz-gb-2312": "hz",
    "utf-16": "utf-16-le",
    "unicode": "utf-16-le",
}
_CANDIDATES: Final = ("utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_WIDE: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_KNOWN: Final = frozenset({*_CANDIDATES, *_WIDE, "hz"})
_UNICODE: Final = frozenset({"utf-8", *_WIDE})
_KEEP: Final = "zhenggai.keep"
_LEAST_SHARE: Final = 0.4
"""Random bytes read as GB18030 show about a fifth of common characters, Chinese prose nine tenths."""
_NO_PROSE, _PROSE = 0.05, 0.2
"""Share of frequent characters below which Chinese is not what bytes say, and above which it certainly is."""
_DECLARED_BONUS: Final = 0.1
_LEAST_PLAIN: Final = 0.85
_CHARSET: Final = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE
)
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
_HZ: Final = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){2,}+~\}")
_PLAIN: Final = re.compile(r"[\t\r\n -~]")


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that no character stands for: ``[start, end)`` in code points of the text, and the bytes."""

    start: int
    end: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class DecodedBytes:
    """A decoded file: text, encoding, the bytes of its mark (BOM), and the bytes without a character.

    ``twice`` are stretches that had been read in a wrong encoding and saved again, put right here.
    """

    text: str
    encoding: str
    bom: bytes
    kept: tuple[Kept, ...]
    twice: tuple[Twice, ...] = ()

    def to_bytes(self) -> bytes:
        """The file's bytes again, exactly."""
        pieces = [self.bom]
        at = 0
        for kept in self.kept:
            pieces += (self.text[at : kept.start].encode(self.encoding), kept.raw)
            at = kept.end
        for twice in self.twice:
            printed = twice.printed(self.text[twice.start : twice.end])
            pieces += (self.text[at : twice.start].encode(self.encoding), printed.encode(self.encoding))
            at = twice.end
        pieces.append(self.text[at:].encode(self.encoding))
        return b"".join(pieces)


def canonical(label: str) -> str | None:
    """The encoding meant by a declared charset (gb2312 and gbk mean gb18030); None where it is not ours."""
    name = label.strip().strip("\"'").lower().replace("_", "-")
    name = _ALIASES.get(name, name)
    return name if name in _KNOWN else None


def declared_in(data: bytes) -> str | None:
    """The encoding that the head of a page or of an XML file declares; None where there is none of ours."""
    charset = _CHARSET.search(data, 0, 8192)
    return canonical(charset.group(1).decode("ascii", "replace")) if charset else None


def detect(data: bytes, *, declared: str | None = None) -> DecodedBytes | None:
    """Decode ``data``: BOM, else strict UTF-8, else the encoding that shows most common characters.

    ``declared`` (a charset from a page's head) only decides between near equals. None where none gives text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            rest = data[len(bom) :]
            # Some programs put the mark before whatever the file holds.
            return _decode(rest, _behind_mark(rest, encoding, declared), bom)
    if b"\0" in data[:SAMPLE_BYTES] and (wide := _wide(data)) is not None:
        return _decode(data, wide, b"")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        best = _best(data, declared)
        return _decode(data, best, b"") if best else None
    if _HZ.search(data) and (hz := _hz(data)) is not None:
        return hz
    right, twice = saved_twice.put_right(text)
    return DecodedBytes(right, "utf-8", b"", (), twice)


def _behind_mark(data: bytes, encoding: str, declared: str | None) -> str:
    """The encoding of ``data`` that stands behind the mark of ``encoding``, which may be wrong."""
    if encoding == "utf-8":
        return encoding if _is_utf8(data) else _best(data, declared) or encoding
    sample = data[: SAMPLE_BYTES & ~3]
    if judge(sample.decode(encoding, _KEEP), encoding).frequent >= _NO_PROSE:
        return encoding
    best = _best(data, declared) or encoding
    return best if judge(sample.decode(best, _KEEP), best).frequent >= _PROSE else encoding


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _hz(data: bytes) -> DecodedBytes | None:
    """HZ, which writes GB 2312 in ASCII between ~{ and ~}; only where it comes back exactly."""
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return None
    return DecodedBytes(text, "hz", b"", ()) if text.encode("hz") == data else None


def _wide(data: bytes) -> str | None:
    """The encoding of two or four bytes a character that makes plain text of bytes full of zeros."""
    sample = data[:SAMPLE_BYTES]
    for encoding in _WIDE:
        text = sample.decode(encoding, _KEEP)
        common = common_characters()
        plain = len(_PLAIN.findall(text)) + sum(char in common for char in text) + len(MARKS.findall(text))
        if plain >= _LEAST_PLAIN * len(text):
            return encoding
    return None


def _best(data: bytes, declared: str | None) -> str | None:
    begin = _BEYOND_ASCII.search(data)
    # Four bytes are a whole number of characters in every encoding of fixed width.
    first = begin.start() if begin else 0
    sample = data[first : first + SAMPLE_BYTES]
    aligned = data[first & ~3 : (first & ~3) + SAMPLE_BYTES]
    best, most = None, 0.0
    for encoding in _CANDIDATES:
        verdict = judge((aligned if encoding in _WIDE else sample).decode(encoding, _KEEP), encoding)
        score = verdict.share + verdict.frequent + (_DECLARED_BONUS if encoding == declared else 0)
        if verdict.share >= _LEAST_SHARE and score > most:
            best, most = encoding, score
    return best


def _decode(data: bytes, encoding: str, bom: bytes) -> DecodedBytes:
    raw = data.decode(encoding, _KEEP)
    decoded = _with_replacements(raw, encoding, bom)
    if encoding not in _UNICODE and decoded.to_bytes() != bom + data:
        # Some byte pairs share one character: those are kept as bytes beside the character.
        return _by_character(data, encoding, bom)
    return decoded


def _with_replacements(raw: str, encoding: str, bom: bytes) -> DecodedBytes:
    pieces: list[str] = []
    kept: list[Kept] = []
    at = length = 0
    for run in KEPT.finditer(raw):
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
        if not KEPT.search(whole) and whole.encode(encoding) == line:
            text.append(whole)
            length += len(whole)
            continue
        for chars, raw in _characters(line, encoding):
            shown = KEPT.sub("\ufffd", chars)
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
            kept = KEPT.match(chars)
            if kept and kept.end() < len(chars):
                yield kept.group(), line[begin : begin + kept.end()]
                begin += kept.end()
                chars = chars[kept.end() :]
            yield chars, line[begin:end]
            begin = end


def _keep(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  # registered for decoding only
    raw = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in raw), error.end


codecs.register_error(_KEEP, _keep)
