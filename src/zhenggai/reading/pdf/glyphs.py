"""Characters of a page with their places (字符位置), taken from PDFium in few calls per character."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from zhenggai.reading.pdf.ems import in_ems
from zhenggai.reading.pdf.shapes import Glyph

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_GLYPHS: Final = 200_000
"""A page with more characters is no page of a document."""
UNMAPPED: Final = "\ufffd"
_FARTHEST: Final = 1e6
_QUARTER: Final = math.pi / 2
_SLANT: Final = 0.14
"""Radians from a right angle (about 8 degrees) from which a character stands across the page."""
_BLANKS: Final = frozenset("\t\xa0\u2002\u2003\u2009\u200a\u202f\u205f")
_NOTHING: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff")

Mapping = "Callable[[float, float], tuple[float, float]]"


class TooManyGlyphsError(Exception):
    """A page has more characters than any page of a document."""


@dataclass(slots=True)
class Glyphs:
    """The characters of a page: upright ones, lines that stand sideways, lines across the page."""

    turn: int
    upright: list[Glyph] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    across: list[str] = field(default_factory=list)
    unmapped: int = 0
    outside: int = 0


def mapping(
    box: tuple[float, float, float, float], turn: int
) -> Callable[[float, float], tuple[float, float]]:
    """From user space (y upwards) to the page as it is read after ``turn`` quarter turns clockwise."""
    left, bottom, right, top = box
    if turn == 0:
        return lambda x, y: (x - left, top - y)
    if turn == 1:
        return lambda x, y: (y - bottom, x - left)
    if turn == 2:
        return lambda x, y: (right - x, y - bottom)
    return lambda x, y: (top - y, right - x)


def glyphs_of(text_page: Any, box: tuple[float, float, float, float]) -> Glyphs:
    """Every character inside ``box`` (the visible part of the page in user space), in the file's order.

    PDFium's own spaces and line ends are left out. The direction in which most characters stand is upright.

    :raises TooManyGlyphsError: more than ``MAX_GLYPHS`` characters.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count > MAX_GLYPHS:
        raise TooManyGlyphsError
    quarters, raw, unmapped, outside = _raw(text_page, max(count, 0), box)
    turn = (4 - quarters.most_common(1)[0][0]) % 4 if quarters else 0
    found = Glyphs(turn, unmapped=unmapped, outside=outside)
    place = mapping(box, turn)
    here = (4 - turn) % 4
    last: tuple[int, float, float, float] | None = None
    origins: list[float] = []
    nominal: list[float] = []
    for quarter, char, x, y, left, bottom, right, top, size, named in raw:
        if quarter == here:
            ax, ay = place(left, bottom)
            bx, by = place(right, top)
            x0, x1 = (ax, bx) if ax <= bx else (bx, ax)
            height = abs(by - ay) or size
            origin, baseline = place(x, y)
            found.upright.append(Glyph(x0, x1, baseline, height, char))
            origins.append(origin)
            nominal.append(named)
            last = None
            continue
        lines = found.across if quarter < 0 else found.aside
        step = math.hypot(x - last[1], y - last[2]) if last and last[0] == quarter else math.inf
        if lines and last and step <= 2.5 * max(last[3], size):
            lines[-1] += char
        else:
            lines.append(char)
        last = (quarter, x, y, size)
    found.upright = in_ems(found.upright, origins, nominal)
    return found


_Raw = tuple[int, str, float, float, float, float, float, float, float, float]


def _raw(
    text_page: Any, count: int, box: tuple[float, float, float, float]
) -> tuple[Counter[int], list[_Raw], int, int]:
    rect = pdfium.FS_RECTF()
    at_x, at_y = ctypes.c_double(), ctypes.c_double()
    to_rect, to_x, to_y = ctypes.byref(rect), ctypes.byref(at_x), ctypes.byref(at_y)
    unicode_of, is_generated = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated
    angle_of, origin_of = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_GetCharOrigin
    box_of, is_unmapped = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_HasUnicodeMapError
    size_of = pdfium.FPDFText_GetFontSize
    quarters: Counter[int] = Counter()
    raw: list[_Raw] = []
    unmapped = outside = high = 0
    for index in range(count):
        code = unicode_of(text_page, index)
        if is_generated(text_page, index) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
        char, known = _char(code)
        if not (char and box_of(text_page, index, to_rect) and origin_of(text_page, index, to_x, to_y)):
            continue
        x, y = at_x.value, at_y.value
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if not (
            abs(x) < _FARTHEST and abs(y) < _FARTHEST and abs(right - left) + abs(top - bottom) < _FARTHEST
        ):
            outside += 1
            continue
        if not (box[0] <= (left + right) / 2 <= box[2] and box[1] <= (bottom + top) / 2 <= box[3]):
            outside += not char.isspace()
            continue
        if is_unmapped(text_page, index) == 1 or not known:
            unmapped += 1
            char = char if known and 0xE000 <= code < 0xF900 else UNMAPPED
        quarter = _quarter(angle_of(text_page, index))
        if quarter >= 0 and char != " ":
            quarters[quarter] += 1
        size = min(abs(right - left), abs(top - bottom)) or abs(top - bottom) or abs(right - left)
        raw.append((quarter, char, x, y, left, bottom, right, top, size, size_of(text_page, index)))
    return quarters, raw, unmapped, outside


def _char(code: int) -> tuple[str, bool]:
    """The character of a code, empty where it prints nothing; and whether the file names a character."""
    if code == 2:
        # PDFium writes a hyphen at a line's end like this
        return "-", True
    if (0 < code < 0x20 and code != 9) or 0x7F <= code < 0xA0 or code == 0xAD:
        return "", True
    if code in {0, 0xFFFD} or code > 0x10FFFF:
        return UNMAPPED, False
    char = chr(code)
    if char in _BLANKS:
        return " ", True
    return ("" if char in _NOTHING else char), True


def _quarter(angle: float) -> int:
    """Quarter turns clockwise, 0 to 3; -1 for a character that stands across."""
    turns = angle / _QUARTER
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) * _QUARTER <= _SLANT else -1
