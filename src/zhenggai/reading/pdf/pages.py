"""One page of a PDF → pieces of lines, tables, and what it is where it has no text (一页)."""

from __future__ import annotations

import ctypes
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from zhenggai.reading.pdf.banded import with_columns
from zhenggai.reading.pdf.drawings import drawings_of
from zhenggai.reading.pdf.forms import filled_in
from zhenggai.reading.pdf.glyphs import glyphs_of, mapping
from zhenggai.reading.pdf.grids import grids_of, tables_of
from zhenggai.reading.pdf.lines import pieces_in, pieces_of, rows_of
from zhenggai.reading.pdf.notes import rules_of, without_marks
from zhenggai.reading.pdf.shapes import Page
from zhenggai.reading.pdf.unruled import unruled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.shapes import Glyph

_COVERED: Final = 0.5
"""Share of a page that pictures cover from which a page without text is a scan."""
_FEW: Final = 40
"""Characters that a scanning program or a stamp adds to a picture of a page."""
_DRAWN: Final = 40
"""Paths from which a page without text is one whose characters were turned into drawings."""
_OVER: Final = 1.8
_MOST_OVER: Final = 400


def page_of(document: Any, index: int, form: Any = None) -> Page:
    """Read page ``index`` (from 0) of an open document; ``form`` is its form environment, if it has one.

    :raises TooManyGlyphsError: the page has more characters than any page of a document.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return Page(index + 1, 0.0, 0.0, is_picture=True)
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return Page(index + 1, 0.0, 0.0, is_picture=True)
        try:
            return _read(page, text_page, index + 1, form)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(page: Any, text_page: Any, number: int, form: Any) -> Page:
    box = _box(page)
    found = glyphs_of(text_page, box)
    place = mapping(box, found.turn)
    if form:
        found.upright += filled_in(page, form, place)
    wide, high = box[2] - box[0], box[3] - box[1]
    read = Page(number, *((high, wide) if found.turn % 2 else (wide, high)))
    drawn = drawings_of(page, box, place)
    printed = sum(not glyph.char.isspace() for glyph in found.upright)
    read.unmapped, read.outside = found.unmapped, found.outside
    read.is_picture = (
        (drawn.covered >= _COVERED and printed <= _FEW)
        or (printed == 0 and drawn.paths >= _DRAWN)
        or (found.unmapped > 8 and found.unmapped * 2 > printed)
    )
    if found.unmapped > 8 and found.unmapped * 2 > printed:
        return read
    across, upright = _laid_over(found.upright)
    grids = grids_of(drawn.across, drawn.down) if drawn.down and drawn.across else []
    grids = [with_columns(grid, upright, drawn.across) for grid in grids]
    read.tables, rest = tables_of(grids, upright) if grids else ([], upright)
    read.short_rules = rules_of(drawn.across, read)
    if read.short_rules:
        rest = without_marks(rest, read.short_rules[-1])
    rows = rows_of(rest)
    loose = unruled(rows, drawn.across)
    if loose:
        added, rest = tables_of(loose, rest)
        for table in added:
            table.is_loose = True
        read.tables += added
        rows = rows_of(rest)
    read.pieces = pieces_in(rows)
    read.across = [*_texts(found.across), *(piece.text for piece in pieces_of(across))]
    read.aside = _texts(found.aside)
    return read


def _box(page: Any) -> tuple[float, float, float, float]:
    """The visible part of a page in user space: its crop box inside its media box."""
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect)):
        return 0.0, 0.0, 612.0, 792.0
    return (
        min(rect.left, rect.right),
        min(rect.bottom, rect.top),
        max(rect.left, rect.right),
        max(rect.bottom, rect.top),
    )


def _laid_over(glyphs: list[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Large characters printed over the lines of a page (a watermark), and all others."""
    if not glyphs:
        return [], glyphs
    usual = median(glyph.size for glyph in glyphs)
    large = [glyph for glyph in glyphs if glyph.size >= _OVER * usual and not glyph.char.isspace()]
    if not 0 < len(large) <= min(_MOST_OVER, len(glyphs) // 3):
        return [], glyphs
    small = [
        ((glyph.x0 + glyph.x1) / 2, glyph.y - 0.3 * glyph.size)
        for glyph in glyphs
        if glyph.size < _OVER * usual and not glyph.char.isspace()
    ]
    covering = sum(
        any(
            glyph.x0 < x < glyph.x1 and glyph.y - 0.8 * glyph.size < y < glyph.y + 0.1 * glyph.size
            for x, y in small
        )
        for glyph in large
    )
    if covering * 10 < len(large) * 3:
        return [], glyphs
    return large, [glyph for glyph in glyphs if glyph.size < _OVER * usual]


def _texts(texts: Sequence[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts if text.strip()]
