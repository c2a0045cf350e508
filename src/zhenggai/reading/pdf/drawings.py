"""Straight lines and pictures of a page (线条与图片), from PDFium's page objects."""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from zhenggai.reading.pdf.shapes import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_OBJECTS: Final = 30_000
"""Objects of one page that are looked at: tables of documents have far fewer lines."""
_MAX_SEGMENTS: Final = 60_000
_DEPTH: Final = 6
_THIN: Final = 3.0
"""Points up to which a filled rectangle is a line."""
_SHORTEST: Final = 3.0
_FLAT: Final = 0.8
_Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[_Matrix] = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Drawings:
    """Lines along the axes, the share of the page that pictures cover, and how many paths were drawn."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    covered: float = 0.0
    paths: int = 0


def drawings_of(
    page: Any, box: tuple[float, float, float, float], place: Callable[[float, float], tuple[float, float]]
) -> Drawings:
    """The lines of a page in the coordinates of ``place``; ``box`` is the visible part in user space."""
    found = Drawings()
    area = max((box[2] - box[0]) * (box[3] - box[1]), 1.0)
    segments = 0
    for thing, matrix in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.covered += _area(thing, matrix, box) / area
        else:
            found.paths += 1
            count = pdfium.FPDFPath_CountSegments(thing)
            segments += max(count, 0)
            if count >= 2 and segments <= _MAX_SEGMENTS:
                _lines(thing, count, _times(_matrix(thing), matrix), place, found)
    return found


def _objects(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    """Paths and images of the page, those inside forms too, with the matrix of the forms around them."""
    wanted = {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}
    left = MAX_OBJECTS
    stack: list[tuple[Any, _Matrix, int]] = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page), left)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind in wanted:
            yield thing, _SAME
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            stack.append((thing, _matrix(thing), 1))
    while stack:
        form, matrix, depth = stack.pop()
        for index in range(min(pdfium.FPDFFormObj_CountObjects(form), left)):
            left -= 1
            thing = pdfium.FPDFFormObj_GetObject(form, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind in wanted:
                yield thing, matrix
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                stack.append((thing, _times(_matrix(thing), matrix), depth + 1))


def _matrix(thing: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
        return _SAME
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    if then == _SAME:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _area(thing: Any, matrix: _Matrix, box: tuple[float, float, float, float]) -> float:
    """How much of ``box`` a picture covers; its own place is the unit square under its matrix."""
    a, b, c, d, e, f = _times(_matrix(thing), matrix)
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    wide = min(max(xs), box[2]) - max(min(xs), box[0])
    high = min(max(ys), box[3]) - max(min(ys), box[1])
    return max(wide, 0.0) * max(high, 0.0)


def _lines(
    path: Any,
    count: int,
    matrix: _Matrix,
    place: Callable[[float, float], tuple[float, float]],
    found: Drawings,
) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    for points in _outlines(path, count, matrix, place):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if right - left <= _THIN < bottom - top:
            found.down.append(Rule((left + right) / 2, top, bottom))
        elif bottom - top <= _THIN < right - left:
            found.across.append(Rule((top + bottom) / 2, left, right))
        elif stroke.value:
            for (ax, ay), (bx, by) in itertools.pairwise(points):
                if abs(ax - bx) <= _FLAT and abs(ay - by) >= _SHORTEST:
                    found.down.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))
                elif abs(ay - by) <= _FLAT and abs(ax - bx) >= _SHORTEST:
                    found.across.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))


def _outlines(
    path: Any, count: int, matrix: _Matrix, place: Callable[[float, float], tuple[float, float]]
) -> Iterator[list[tuple[float, float]]]:
    """The straight parts of a path as lists of points."""
    a, b, c, d, e, f = matrix
    at_x, at_y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(at_x), ctypes.byref(at_y)
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, to_x, to_y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        x, y = at_x.value, at_y.value
        point = place(a * x + c * y + e, b * x + d * y + f)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = [point]
        else:
            points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield [*points, points[0]]
            points = [points[0]]
    if len(points) > 1:
        yield points
