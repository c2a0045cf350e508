"""Encrypted, damaged, gigantic and endless PDFs: each its own error, bounded in time and memory."""

from __future__ import annotations

import io
import time
import zlib

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from reading.pdf.bare import objects, one_page, stream
from reading.press import Press
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.reading import read
from zhenggai.reading.errors import (
    EmptySourceError,
    EncryptedSourceError,
    PdfDamagedError,
    PdfNoPagesError,
    PdfPicturesError,
    PdfTooCostlyError,
    PdfTooManyPagesError,
    SourceTooLargeError,
)
from zhenggai.reading.pdf import drawings, extract, glyphs, ocr, process


@pytest.fixture(autouse=True, scope="module")
def without_ocr():
    """A page without text shall not start the engine, where it is installed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ocr, "is_installed", lambda: False)
        yield


def paper() -> Press:
    page = Press()
    page.title("云山县示例局关于整改情况的通报")
    page.table([["序号", "问题"], ["1", "示例问题"]], [50, 100])
    page.paragraph("一、示例问题")
    return page


GOOD = paper().bytes()


def test_a_pdf_with_an_owner_password_only_is_read():
    lock = StandardEncryption("", "owner", canPrint=0)
    page = Press(setup=lambda canvas: canvas.setEncrypt(lock))
    page.paragraph("一、示例问题")

    assert "示例问题" in read(page.bytes()).text


def test_a_pdf_with_a_password_is_refused():
    lock = StandardEncryption("secret", "owner")
    page = Press(setup=lambda canvas: canvas.setEncrypt(lock))
    page.paragraph("一、示例问题")

    with pytest.raises(EncryptedSourceError) as refusal:
        read(page.bytes(), name="加密.pdf")
    assert str(refusal.value).startswith("“加密.pdf” is protected by a password")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\nrest", GOOD[:200], b"%PDF-" + bytes(4000)])
def test_a_damaged_pdf_is_refused(data):
    with pytest.raises(PdfDamagedError) as refusal:
        read(data)
    assert refusal.value.code == "reading.pdf_damaged"


def test_a_pdf_without_its_table_of_objects_is_mended():
    assert "示例问题" in read(GOOD[: GOOD.rindex(b"xref")]).text


def test_lines_before_the_mark_are_no_hindrance():
    assert "示例问题" in read(b"HTTP/1.1 200 OK\r\nServer: example\r\n\r\n" + GOOD).text


def test_a_text_about_pdf_stays_a_text():
    assert read("文件头\n%PDF-1.7 是其标记。".encode()).source.format == "text"


def test_a_pdf_without_pages_is_refused():
    with pytest.raises(PdfNoPagesError):
        read(objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"))


def test_more_pages_than_allowed_are_refused_before_one_is_read():
    page = Press(counter="")
    for _ in range(4):
        page.turn()
    with pytest.raises(PdfTooManyPagesError) as refusal:
        read(page.bytes(), max_pages=4)
    assert refusal.value.message.values["pages"] == 5


def test_ten_thousand_pages_are_refused_at_once():
    kids = b"[" + b"3 0 R " * 10_000 + b"]"
    data = objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids%s/Count 10000>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    with pytest.raises(PdfTooManyPagesError):
        read(data)


@pytest.mark.parametrize(
    "box", [b"[0 0 1e30 1e30]", b"[-9999999 -9999999 9999999 9999999]", b"[0 0 0 0]", b"[a b]", b"[9 9]"]
)
def test_boxes_of_any_size_are_survived(box):
    try:
        reading = read(one_page(b"BT /F 12 Tf 20 20 Td (Example text) Tj ET", box))
    except EmptySourceError:
        return
    assert "Example" in reading.text or reading.text.strip()


def test_characters_far_out_are_left_out():
    content = b"BT /F 12 Tf 20 20 Td (Example) Tj ET BT /F 1e9 Tf 1e20 1e20 Td (Far) Tj ET"
    assert read(one_page(content)).text == "Example"


def test_deeply_nested_objects_do_not_break_the_reader():
    nested = b"[" * 50_000 + b"]" * 50_000
    with pytest.raises(ZhenggaiError):
        read(objects(b"<</Type/Catalog/Pages %s>>" % nested))


def test_pages_that_contain_themselves_end():
    with pytest.raises(ZhenggaiError):
        read(objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"))


def test_a_form_that_draws_itself_ends():
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>"
    )
    form = stream(
        b"/X Do 0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"
    )
    data = objects(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, form, stream(b"/X Do")
    )
    with pytest.raises(EmptySourceError):
        read(data)


def test_a_stream_that_unpacks_to_gigabytes_is_stopped_or_empty():
    packed = zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)
    started = time.monotonic()
    with pytest.raises((PdfTooCostlyError, EmptySourceError)):
        read(one_page(packed, extra=b"/Filter[/FlateDecode/FlateDecode]"))
    assert time.monotonic() - started < 120


def test_a_page_of_endless_characters_is_refused(monkeypatch):
    monkeypatch.setattr(glyphs, "MAX_GLYPHS", 10)
    assert extract.extract(GOOD, max_pages=9) == {"refused": extract.TOO_COSTLY, "pages": 0}


def test_a_document_of_endless_characters_is_refused(monkeypatch):
    monkeypatch.setattr(extract, "MAX_CHARACTERS", 10)
    assert extract.extract(GOOD, max_pages=9)["refused"] == extract.TOO_COSTLY


def test_drawings_without_end_are_looked_at_only_so_far(monkeypatch):
    monkeypatch.setattr(drawings, "_MAX_SEGMENTS", 3)
    assert "\t" not in extract.extract(GOOD, max_pages=9)["text"]


@pytest.mark.parametrize("limit", ["PAGE_SECONDS", "DOCUMENT_SECONDS"])
def test_a_reader_that_does_not_answer_in_time_is_stopped(monkeypatch, limit):
    process.stop_all()
    monkeypatch.setattr(process, limit, 0.0)

    with pytest.raises(PdfTooCostlyError) as refusal:
        read(GOOD, name="慢.pdf")
    assert refusal.value.code == "reading.pdf_too_costly"


def test_the_reader_works_again_after_it_was_stopped(monkeypatch):
    process.stop_all()
    with monkeypatch.context() as patched:
        patched.setattr(process, "PAGE_SECONDS", 0.0)
        with pytest.raises(PdfTooCostlyError):
            read(GOOD)

    assert "示例问题" in read(GOOD).text


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path):
    big = tmp_path / "big.pdf"
    with big.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(1_000_000_000)

    started = time.monotonic()
    with pytest.raises(SourceTooLargeError) as refusal:
        read(big)
    assert refusal.value.message.values["size_bytes"] == 1_000_000_000
    assert time.monotonic() - started < 1


def test_a_file_without_end_is_read_no_further_than_the_limit():
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert size == 1001
            return bytes(size)

    with pytest.raises(SourceTooLargeError):
        read(Endless(), max_bytes=1000)


def test_pages_without_text_but_with_drawn_characters_are_named():
    page = Press(counter="")
    for number in range(60):
        page.canvas.bezier(9, 9, 20, 20, 30, 20, 40 + number, 9)
    page.turn()
    page.canvas.rect(0, 0, 9, 9)

    with pytest.raises(PdfPicturesError) as refusal:
        read(page.bytes(), name="图.pdf")
    assert "1 pages are pictures, such as scans (pages 1)" in str(refusal.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_changed_in_a_pdf_only_our_errors_come_out(data):
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw) - 1))
        match data.draw(st.sampled_from(["byte", "cut", "copy", "number"])):
            case "byte":
                raw[at] = data.draw(st.integers(0, 255))
            case "cut":
                del raw[at : at + data.draw(st.integers(1, 400))]
            case "copy":
                raw[at:at] = raw[at : at + data.draw(st.integers(1, 400))]
            case _:
                raw[at:at] = str(data.draw(st.integers(-(2**40), 2**40))).encode()
        if len(raw) < 2:
            return
    raw[:5] = b"%PDF-"
    try:
        reading = read(bytes(raw))
    except ZhenggaiError:
        return
    assert "".join(part.span.of(reading.text) for part in reading.parts) == reading.text


def test_pypdfium2_names_its_errors_by_a_code():
    with pytest.raises(pypdfium2.PdfiumError) as refusal:
        pypdfium2.PdfDocument(b"%PDF-")
    assert refusal.value.err_code
