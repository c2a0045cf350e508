"""The type size of characters (字号), seen on the Han characters of a page: they are as wide as their em."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from zhenggai.reading.pdf.shapes import Glyph

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAME: Final = 0.03
"""Part of an em within which two widths are one."""
_SHIFT: Final = 0.3
"""Part of an em by which the ink of a character may stand behind its origin."""


def in_ems(glyphs: Sequence[Glyph], origins: Sequence[float], nominal: Sequence[float]) -> list[Glyph]:
    """The glyphs with the type size for a size; a font's height is not its em, others take the page's ratio.

    ``origins`` are where the characters are set, ``nominal`` the sizes their fonts are named with. Where most
    Han characters of a nominal size are equally wide, one whose box holds its ink alone takes up as much.
    """
    widths: dict[int, list[float]] = defaultdict(list)
    ratios: list[float] = []
    for glyph, size in zip(glyphs, nominal, strict=True):
        if "\u3400" <= glyph.char <= "\u9fff" and glyph.size:
            widths[round(size * 16)].append(glyph.x1 - glyph.x0)
            ratios.append((glyph.x1 - glyph.x0) / glyph.size)
    ratios.sort()
    ratio = min(max(ratios[len(ratios) // 2], 0.5), 1.05) if ratios else 1.0
    ems = {size: _common(alike) for size, alike in widths.items()}
    measured: list[Glyph] = []
    for glyph, origin, size in zip(glyphs, origins, nominal, strict=True):
        x0, x1, y, height, char = glyph
        em = ratio * height
        if char >= "\u2e80":
            common = ems.get(round(size * 16), 0.0)
            if (
                (char < "\u2fe0" or "\u3400" <= char <= "\u9fff")
                and x1 - x0 < (1 - _SAME) * common
                and abs(x0 - origin) < _SHIFT * common
            ):
                x0, x1, em = origin, origin + common, common
            elif char >= "\u3400" and 0.5 * height < x1 - x0 < 1.1 * height:
                em = x1 - x0
        measured.append(Glyph(x0, x1, y, em, char))
    return measured


def _common(widths: list[float]) -> float:
    """The width that most of ``widths`` share, else 0."""
    widths.sort()
    wide = widths[len(widths) * 3 // 4]
    alike = sum(abs(width - wide) <= _SAME * wide for width in widths)
    return wide if alike * 10 >= len(widths) * 6 else 0.0
