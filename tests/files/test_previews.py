"""Previews: drawn anew in a process of their own, bounded, kept; nothing of a file is executed."""

from __future__ import annotations

import io
import os
import struct
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from zhenggai.files import picturing, previews, storage
from zhenggai.files.errors import PreviewBusyError
from zhenggai.files.previews import Preview, PreviewKind, page_preview, pages_counted, picture_preview
from zhenggai.files.services import blob_store

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SCRIPT = b"<script>alert(1)</script>"


def picture(size=(40, 20), kind="JPEG", mode="RGB", **values):
    with io.BytesIO() as file:
        Image.new(mode, size, 200).save(file, kind, **values)
        return file.getvalue()


def document(pages=3, encrypt=None):
    with io.BytesIO() as file:
        drawn = canvas.Canvas(file, encrypt=encrypt)
        for number in range(pages):
            drawn.drawString(100, 700, f"page {number + 1}")
            drawn.showPage()
        drawn.save()
        return file.getvalue()


def png_of(across, down):
    """A PNG that claims to be so large, and holds next to nothing."""

    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(b"\0" * 1000))
        + part(b"IEND", b"")
    )


@pytest.fixture
def stored(db):
    return lambda data: blob_store(data, at=AT, max_bytes=10_000_000)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
        ("TIFF", "L"),
    ],
)
def test_pictures_are_drawn_anew_as_jpeg_and_made_smaller(stored, kind, mode):
    blob = stored(picture((800, 400), kind, mode))
    assert previews.preview_kind(blob) is PreviewKind.PICTURE
    small = picture_preview(blob, 240)
    assert small.media_type == "image/jpeg"
    with Image.open(io.BytesIO(small.picture)) as image:
        assert (image.format, image.size) == ("JPEG", (240, 120))


def test_nothing_that_hides_in_a_picture_goes_along_and_it_stands_as_it_was_taken(stored):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SCRIPT.decode(), 6
    preview = picture_preview(stored(picture(exif=exif, comment=SCRIPT) + SCRIPT), 1600)
    assert SCRIPT not in preview.picture
    assert b"Exif" not in preview.picture
    with Image.open(io.BytesIO(preview.picture)) as image:
        assert image.size == (20, 40)


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (png_of(20_000, 20_000), "too_large"),
        (png_of(2_000, 2_000), "damaged"),
        (b"\xff\xd8\xff" + b"x" * 50, "damaged"),
        (picture((400, 400))[:300], "damaged"),
        (b"\xff\xd8\xff" + SCRIPT, "damaged"),
    ],
)
def test_a_picture_that_is_none_or_unpacks_too_large_is_refused(stored, data, refused):
    assert picture_preview(stored(data), 240) == Preview(refused=refused)


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", SCRIPT, b"\0\1"]
)
def test_markup_is_text_and_never_drawn(stored, data):
    blob = stored(data)
    assert previews.preview_kind(blob) is PreviewKind.TEXT
    for preview in (picture_preview(blob, 240), page_preview(blob, 1), pages_counted(blob)):
        assert preview == Preview(refused="damaged")
    assert list(storage.previews_folder().glob(f"*/{blob.sha256}*")) == []


def test_pages_are_counted_and_drawn_one_by_one(stored):
    blob = stored(document())
    assert previews.preview_kind(blob) is PreviewKind.PAGES
    assert pages_counted(blob) == Preview(pages=3)
    page = page_preview(blob, 2)
    assert (page.media_type, page.pages) == ("image/png", 3)
    with Image.open(io.BytesIO(page.picture)) as image:
        assert image.width <= previews.PAGE
        assert image.width * image.height <= picturing.DRAWN_MOST
    assert [page_preview(blob, number).refused for number in (0, 4, 10**9)] == ["no_page"] * 3


def test_what_is_locked_or_no_document_is_refused(stored):
    assert pages_counted(stored(document(encrypt=StandardEncryption("secret")))) == Preview(
        refused="encrypted"
    )
    assert pages_counted(stored(b"%PDF-1.7\nnothing")) == Preview(refused="damaged")
    assert page_preview(stored(document()[:400]), 1).refused == "damaged"


def test_a_page_as_large_as_a_wall_is_drawn_small(stored):
    with io.BytesIO() as file:
        drawn = canvas.Canvas(file, pagesize=(14_000, 14_000))
        drawn.drawString(10, 10, "x")
        drawn.save()
        blob = stored(file.getvalue())
    with Image.open(io.BytesIO(page_preview(blob, 1).picture)) as image:
        assert image.width * image.height <= picturing.DRAWN_MOST


def test_a_preview_is_drawn_once_and_a_refusal_tried_again_after_a_day(stored, monkeypatch):
    good, bad = stored(picture()), stored(picture((400, 400))[:300])
    first = picture_preview(good, 240)
    assert picture_preview(bad, 240).refused == "damaged"
    (kept,) = storage.previews_folder().glob(f"*/{bad.sha256}*")
    monkeypatch.setattr(previews, "_ask", lambda *asked: b'{"refused": "encrypted"}\n')
    assert picture_preview(good, 240) == first
    assert picture_preview(bad, 240).refused == "damaged"
    yesterday = time.time() - 25 * 3600
    os.utime(kept, (yesterday, yesterday))
    assert picture_preview(bad, 240).refused == "encrypted"


@pytest.mark.parametrize(
    "answer",
    [
        b'{"refused": ["damaged"]}\n',
        b'{"pages": 1e999}\n',
        b"",
        b"no json\n",
        b"[]\n",
        b'{"pages": "x"}\n',
        b'{"pages": 1}\n' + SCRIPT,
        b'{"refused": "<b>"}\n',
        b'{"pages": 1}\n%PDF-',
    ],
)
def test_a_process_that_was_taken_over_cannot_give_anything_but_a_picture(answer):
    assert previews._read(answer) == Preview(refused="damaged")


def test_a_process_that_takes_too_long_or_too_much_is_ended(stored, monkeypatch):
    blob = stored(picture())
    monkeypatch.setattr(previews, "WAIT_SECONDS", 0.001)
    assert picture_preview(blob, 241).refused == "too_large"
    monkeypatch.setattr(previews, "WAIT_SECONDS", 25.0)
    monkeypatch.setattr(previews, "_ANSWER_MOST_BYTES", 10)
    assert picture_preview(blob, 242).refused == "too_large"


def test_a_large_file_is_not_opened_at_all(stored, settings):
    settings.ZHENGGAI_MAX_UPLOAD_BYTES = 100
    assert picture_preview(stored(picture((43, 20))), 240).refused == "too_large"


def test_more_than_may_be_drawn_at_once_are_asked_to_come_again(stored, monkeypatch):
    monkeypatch.setattr(previews, "_slots", threading.BoundedSemaphore(1))
    monkeypatch.setattr(previews, "_QUEUE_SECONDS", 0.01)
    blob = stored(picture((44, 20)))
    with previews._slots, pytest.raises(PreviewBusyError, match="Look again in a moment"):
        picture_preview(blob, 240)
    assert picture_preview(blob, 240).picture


def test_only_a_few_wait_for_their_turn_and_none_that_is_drawn_ahead_fails(stored, monkeypatch):
    monkeypatch.setattr(previews, "_line", threading.BoundedSemaphore(1))
    blob = stored(picture((45, 20)))
    with previews._line:
        with pytest.raises(PreviewBusyError):
            picture_preview(blob, previews.THUMBNAIL)
        previews.thumbnail_draw(blob)
    previews.thumbnail_draw(blob)
    assert list(storage.previews_folder().glob(f"*/{blob.sha256}-picture-0-240"))


def test_previews_nobody_drew_anew_for_a_month_are_cleared_away(stored):
    picture_preview(stored(picture()), 240)
    now = datetime.now(UTC)
    assert previews.previews_expire(at=now) == 0
    assert previews.previews_expire(at=now + timedelta(days=previews.KEPT_DAYS + 1)) >= 1
    assert not [path for path in storage.previews_folder().glob("*/*") if path.is_file()]


def test_the_process_that_draws_knows_nothing_of_ours(stored, monkeypatch):
    monkeypatch.setenv("EXAMPLE_OF_OURS", "示例")
    seen = {}
    real = previews.subprocess.Popen

    def watched(arguments, **values):
        seen.update(values)
        return real(arguments, **values)

    monkeypatch.setattr(previews.subprocess, "Popen", watched)
    picture_preview(stored(picture((41, 20))), 240)
    assert set(seen["env"]) == {"PATH"}
    assert settings.SECRET_KEY not in str(seen)


@pytest.mark.parametrize(
    ("what", "data"), [("picture", picture()), ("page", document()), ("count", document())]
)
def test_what_is_asked_is_answered_in_one_line_and_the_picture(what, data):
    # the same as the process does, where it is measured
    with io.BytesIO() as answers:
        picturing.main([what, "1", "240"], io.BytesIO(data), answers)
        preview = previews._read(answers.getvalue())
    assert bool(preview.picture) is (what != "count")
    assert preview.pages == (1 if what == "picture" else 3)


@pytest.mark.parametrize(
    ("what", "number", "data", "refused"),
    [
        ("picture", 0, b"x", "damaged"),
        ("picture", 0, png_of(20_000, 20_000), "too_large"),
        ("page", 9, document(), "no_page"),
        ("page", 1, b"%PDF-", "damaged"),
        ("count", 0, document(encrypt=StandardEncryption("secret")), "encrypted"),
    ],
)
def test_what_cannot_be_drawn_is_answered_with_why(what, number, data, refused):
    with io.BytesIO() as answers:
        picturing.main([what, str(number), "240"], io.BytesIO(data), answers)
        assert previews._read(answers.getvalue()) == Preview(refused=refused)
