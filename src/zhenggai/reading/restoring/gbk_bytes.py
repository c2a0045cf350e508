"""How the mirroring tool printed bytes of GBK (字节损坏的成因): the model that damage is undone by.

The tool replaced characters by their bytes without regard to where characters begin, cut the bytes at the
pairs of a few marks, and decoded every piece alone: a byte without its partner printed ``?`` and took the
next ASCII byte with it; a pair without a character printed nothing, or a private-use character.
Source: twelve of thirteen damaged places of eight mirrored notices come out byte for byte.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from zhenggai.reading import patterns as re

CUTS: Final = ("，", "；", "！", "？", "：", "。")
"""The marks at whose bytes the tool cut, in its order."""
CUT_BYTES: Final = tuple(mark.encode("gbk") for mark in (*CUTS, "、"))
LEADS: Final = bytes(range(0x81, 0xFF))
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\x80-\x9f]")
_WIDE: Final = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def printed(raw: bytes) -> str:
    """What the tool printed for ``raw``, wide ASCII folded, pairs without a character left out."""
    pieces = [raw]
    for mark in CUT_BYTES[:-1]:
        pieces = [part for piece in pieces for part in _cut(piece, mark)]
    return folded("".join(_piece(piece) for piece in pieces))


def folded(text: str) -> str:
    """``text`` as two prints are compared: wide ASCII narrow, private-use characters left out."""
    return _PRIVATE.sub("", text).translate(_WIDE)


def _cut(piece: bytes, mark: bytes) -> list[bytes]:
    if piece in CUT_BYTES:
        return [piece]
    parts = piece.split(mark)
    return [part for split in parts for part in (split, mark)][:-1]


def _piece(piece: bytes) -> str:
    text: list[str] = []
    at = 0
    while at < len(piece):
        byte = piece[at]
        if byte < 0x80:
            text.append(chr(byte))
            at += 1
        elif at + 1 < len(piece) and is_trail(piece[at + 1]):
            text.append(pair(byte, piece[at + 1]))
            at += 2
        else:
            # Half a character swallows an ASCII byte behind it.
            text.append("?")
            at += 2
    return "".join(text)


def is_trail(byte: int) -> bool:
    """Whether a byte can close a pair."""
    return 0x40 <= byte <= 0xFE and byte != 0x7F


@cache
def pair(lead: int, trail: int) -> str:
    """The character of two bytes; empty where GBK has none."""
    try:
        char = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return "" if _PRIVATE.match(char) else char


@cache
def vanishing() -> dict[int, bytes]:
    """For every lead byte the trail bytes with which it prints nothing."""
    return {
        lead: bytes(trail for trail in LEADS if is_trail(trail) and not pair(lead, trail)) for lead in LEADS
    }
