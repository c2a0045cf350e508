"""What was filled into the fields of a form (表单域), as characters at the field's place."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from zhenggai.reading.pdf.shapes import Glyph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_FIELDS: Final = 2_000
_LONGEST: Final = 40_000
_LARGEST: Final = 12.0
_CHECKED: Final = "☑"


def filled_in(page: Any, form: Any, place: Callable[[float, float], tuple[float, float]]) -> list[Glyph]:
    """The values of text fields, choices and ticked boxes of a page."""
    glyphs: list[Glyph] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET:
                glyphs += _characters(_value(form, note), _rect(note, place))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return glyphs


def _value(form: Any, note: Any) -> str:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if kind in {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}:
        return "" if _string(note, b"AS") in {"", "Off"} else _CHECKED
    if kind not in {
        pdfium.FPDF_FORMFIELD_TEXTFIELD,
        pdfium.FPDF_FORMFIELD_COMBOBOX,
        pdfium.FPDF_FORMFIELD_LISTBOX,
    }:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(form, note) & pdfium.FPDF_FORMFLAG_TEXT_PASSWORD:
        return ""
    size = pdfium.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
    if not 2 < size <= 2 * _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetFormFieldValue(form, note, buffer, size)
    return _text(bytes(buffer)[: size - 2])


def _string(note: Any, key: bytes) -> str:
    size = min(pdfium.FPDFAnnot_GetStringValue(note, key, None, 0), 2 * _LONGEST)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return _text(bytes(buffer)[: max(size - 2, 0)])


def _text(raw: bytes) -> str:
    return raw.decode("utf-16-le", "replace").replace("\x00", "")


def _rect(
    note: Any, place: Callable[[float, float], tuple[float, float]]
) -> tuple[float, float, float, float]:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, ctypes.byref(rect))
    (ax, ay), (bx, by) = place(rect.left, rect.bottom), place(rect.right, rect.top)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _characters(value: str, rect: tuple[float, float, float, float]) -> Iterator[Glyph]:
    """The characters of ``value`` spread over the field, line by line, as a viewer would show them."""
    lines = [line for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    left, top, right, bottom = rect
    if not lines or not right > left or not bottom > top:
        return
    step = (bottom - top) / len(lines)
    for number, line in enumerate(lines):
        size = min(step, _LARGEST, 2 * (right - left) / len(line))
        wide = [size if ord(char) > 0x2E7F else size / 2 for char in line]
        shrink = min(1.0, (right - left) / sum(wide))
        x, y = left, top + step * number + min(step, _LARGEST) * 0.9
        for char, width in zip(line, wide, strict=True):
            yield Glyph(x, x + width * shrink, y, size, char)
            x += width * shrink
