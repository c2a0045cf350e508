"""The tool that replaces bytes across characters (字节损坏): the forward model, byte by byte.

``bytes.replace`` of every letter by itself and its reading, without regard to where characters begin; a cut
at the byte pairs of ，；！？：。; each piece decoded alone: half a character prints ``?`` and swallows an
ASCII byte behind it, a pair without a character prints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.reading.restoring.gbk_bytes import CUT_BYTES, folded, is_trail, pair

if TYPE_CHECKING:
    from collections.abc import Mapping

_CUTS: Final = CUT_BYTES[:-1]


class Cut(NamedTuple):
    """A line as the tool prints it, and what was lost of it.

    ``swallowed``: its own ASCII letters behind half a character; ``vanished``: the pairs of bytes that
    printed nothing, in hex digits.
    """

    text: str
    swallowed: tuple[str, ...]
    vanished: tuple[str, ...]


class _Bytes(NamedTuple):
    """Bytes, and for each whether it is the line's own (1) or the tool's (0)."""

    raw: bytes
    own: bytes

    def piece(self, start: int, end: int) -> _Bytes:
        return _Bytes(self.raw[start:end], self.own[start:end])


def narrowed(text: str) -> str:
    """``text`` with its wide ASCII narrow, as the tool prints it."""
    return folded(text)


def cut(line: str, letters: Mapping[str, str]) -> Cut | None:
    """The line as it is printed; None where it has a character that GBK lacks: such lines are left whole."""
    try:
        raw = line.encode("gbk")
    except UnicodeEncodeError:
        return None
    line_bytes = _Bytes(raw, b"\1" * len(raw))
    for letter, reading in letters.items():
        line_bytes = _replaced(
            line_bytes, letter.encode("gbk", "replace"), f"({reading})".encode("gbk", "replace")
        )
    pieces = [line_bytes]
    for mark in _CUTS:
        pieces = [part for piece in pieces for part in _split(piece, mark)]
    printed: list[str] = []
    swallowed: list[str] = []
    vanished: list[str] = []
    for piece in pieces:
        _print(piece, printed, swallowed, vanished)
    return Cut(folded("".join(printed)), tuple(swallowed), tuple(vanished))


def _replaced(line: _Bytes, key: bytes, insert: bytes) -> _Bytes:
    raw, own = bytearray(), bytearray()
    at = 0
    while (found := line.raw.find(key, at)) >= 0:
        end = found + len(key)
        raw += line.raw[at:end] + insert
        own += line.own[at:end] + b"\0" * len(insert)
        at = end
    return _Bytes(bytes(raw + line.raw[at:]), bytes(own + line.own[at:]))


def _split(piece: _Bytes, mark: bytes) -> list[_Bytes]:
    parts: list[_Bytes] = []
    at = 0
    while (found := piece.raw.find(mark, at)) >= 0:
        end = found + len(mark)
        parts += (piece.piece(at, found), piece.piece(found, end))
        at = end
    return [*parts, piece.piece(at, len(piece.raw))]


def _print(piece: _Bytes, printed: list[str], swallowed: list[str], vanished: list[str]) -> None:
    at = 0
    raw = piece.raw
    while at < len(raw):
        if raw[at] < 0x80:
            printed.append(chr(raw[at]))
            at += 1
            continue
        if at + 1 < len(raw) and is_trail(raw[at + 1]):
            printed.append(pair(raw[at], raw[at + 1]))
            if not printed[-1]:
                vanished.append(raw[at : at + 2].hex(" "))
        else:
            printed.append("?")
            if at + 1 < len(raw) and piece.own[at + 1]:
                swallowed.append(chr(raw[at + 1]))
        at += 2
