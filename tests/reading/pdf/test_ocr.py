"""Scans: named where OCR is not installed, recognised where it is, and marked as recognised."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader

from reading.press import Press
from zhenggai.domain.spans import EditKind
from zhenggai.reading import read
from zhenggai.reading.errors import PdfPicturesError
from zhenggai.reading.pdf import compose, ocr, process

TITLE = "云山县示例局关于巡察整改情况的通报"
FINDING = "（一）示例问题整改情况"
NEEDED = pytest.mark.skipif(
    not ocr.is_installed(),
    reason="the extra ocr is not installed: .venv/bin/uv sync --frozen --inexact --extra ocr",
)


def printed() -> bytes:
    page = Press(counter="", size=18)
    page.title(TITLE)
    page.line(FINDING)
    return page.bytes()


def scanned(*, pages: int = 1, mixed: bool = False) -> bytes:
    """Pictures of a printed page; ``mixed`` puts a page of text before them."""
    out = pypdfium2.PdfDocument(printed())[0].render(scale=200 / 72, grayscale=True).to_pil()
    picture = io.BytesIO()
    out.save(picture, "PNG")
    page = Press(counter="")
    if mixed:
        page.paragraph("第一页有文字层。")
        page.turn()
    for number in range(pages):
        if number:
            page.turn()
        page.canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 0, 0, page.width, page.height)
    return page.bytes()


def test_a_scan_is_refused_with_its_pages_and_what_is_possible(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)

    with pytest.raises(PdfPicturesError) as refusal:
        read(scanned(pages=3), name="扫描.pdf")

    assert str(refusal.value) == (
        "“扫描.pdf” has no text to read: 3 pages are pictures, such as scans (pages 1-3). Hand in "
        "the document it was printed from, paste its text, or have the extra “ocr” installed, which "
        "reads pictures."
    )


def test_of_a_mixed_document_the_text_is_read_and_the_scans_are_named(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)

    reading = read(scanned(mixed=True, pages=2))

    assert reading.text == "第一页有文字层。"
    assert reading.source.picture_pages == (2, 3)
    assert [edit.why for edit in reading.edits] == [compose.WHY_PICTURE] * 2


def test_where_the_extra_is_installed_scans_are_handed_to_it(monkeypatch):
    asked = []
    real = process.ask

    def ask(data, *, max_pages, ocr, on_page):
        asked.append(ocr)
        answer = real(data, max_pages=max_pages, on_page=on_page)
        if ocr:
            answer |= {"text": "识别", "recognised": [1], "pictures": [], "edits": []}
        return answer

    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(process, "ask", ask)

    steps = []
    reading = read(scanned(), on_step=steps.append)
    assert asked == [False, True]
    assert steps == ["recognise", "restore", "interpret"]
    asked.clear()
    assert read(scanned()).text == reading.text
    assert asked == [False, True]
    assert reading.source.recognised_pages == (1,)


def test_whoever_is_told_of_pictures_can_end_the_reading_before_they_are_recognised(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: True)

    class EnoughError(Exception):
        pass

    def stop(step):
        raise EnoughError(step)

    with pytest.raises(EnoughError, match="recognise"):
        read(scanned(), on_step=stop)


def test_boxes_become_pieces_of_lines_of_one_height():
    def box(x, y, wide, high):
        return [[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]]

    pieces = ocr.pieces_of_boxes(
        [box(100, 100, 400, 40), box(100, 160, 400, 44), box(100, 300, 900, 90), box(0, 0, 9, 9)],
        ["第一行", "第二行", "标题", " "],
        2.0,
    )

    assert [piece.text for piece in pieces] == ["第一行", "第二行", "标题"]
    assert pieces[0].size == pieces[1].size < pieces[2].size
    assert (pieces[0].x0, pieces[0].x1) == (50, 250)
    assert ocr.pieces_of_boxes([], [], 1.0) == []


class _Found:
    def __init__(self, boxes, txts):
        self.boxes, self.txts = boxes, txts


class _Array(list):
    def tolist(self):
        return list(self)


@pytest.mark.parametrize(
    ("boxes", "texts"), [(None, None), (_Array([[[0, 0], [9, 0], [9, 9], [0, 9]]]), ("字",))]
)
def test_an_engine_is_given_the_picture_of_the_page(monkeypatch, boxes, texts):
    class Rendered:
        def to_numpy(self):
            return "picture"

    class Page:
        def get_size(self):
            return 595, 842

        def render(self, scale):
            assert scale == pytest.approx(200 / 72)
            return Rendered()

    recogniser = object.__new__(ocr.Recogniser)
    recogniser._engine = lambda picture: _Found(boxes, texts)

    assert [piece.text for piece in recogniser(Page())] == list(texts or ())


def test_the_engine_is_made_once_without_its_own_log(monkeypatch):
    made = []

    def made_with(params):
        made.append(params)

    monkeypatch.setitem(sys.modules, "rapidocr", SimpleNamespace(RapidOCR=made_with))

    ocr.Recogniser()

    assert made == [{"Global.log_level": "critical"}]


@NEEDED
def test_a_scan_is_recognised_and_says_so():
    reading = read(scanned(mixed=True))

    plain = reading.text.replace(" ", "")
    assert TITLE in plain
    assert FINDING in plain
    assert reading.source.recognised_pages == (2,)
    assert reading.source.picture_pages == ()
    assert [edit.why for edit in reading.edits if edit.kind is EditKind.FLAG] == [compose.WHY_RECOGNISED]
