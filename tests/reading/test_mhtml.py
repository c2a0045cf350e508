from __future__ import annotations

import base64
import quopri

import pytest

from reading.portals import LINES, PORTALS, TITLE
from zhenggai.reading.decode import decode
from zhenggai.reading.mhtml import MAX_PARTS
from zhenggai.reading.page_errors import (
    ArchiveDamagedError,
    ArchiveTooDeepError,
    FramedPageError,
    ScriptedPageError,
)

WHOLE = [TITLE, *LINES]
BOUNDARY = "----MultipartBoundary--示例4y7----".replace("示例", "Q")


def part(body: bytes, kind: str, coding: str = "quoted-printable", **more: str) -> bytes:
    sent = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(coding, bytes)(body)
    headers = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {coding}"]
    headers += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + sent


def archive(*parts: bytes, top: str = "", boundary: str = BOUNDARY, ends: bool = True) -> bytes:
    subject = base64.b64encode(TITLE.encode()).decode()
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://portal.example/t1.html\r\n"
        f"Subject: =?utf-8?B?{subject}?=\r\nDate: Fri, 20 Dec 2024 10:00:00 +0800\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";{top}\r\n\tboundary="{boundary}"\r\n\r\n\r\n'
    )
    border = b"\r\n--" + boundary.encode()
    return (
        head.encode()
        + b"".join(border + b"\r\n" + one for one in parts)
        + (border + b"--\r\n" if ends else b"")
    )


PICTURE = part(b"\x89PNG" * 50, "image/png", "base64", Content_Location="https://portal.example/a.png")
PAGE = PORTALS["trs"]


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit", "binary"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_page_of_an_archive_is_read_whatever_its_parts_are_coded_in(coding: str, charset: str):
    page = part(
        PAGE.encode("gb18030" if charset == "gb2312" else charset), f'text/html; charset="{charset}"', coding
    )

    decoded = decode(archive(PICTURE, page, PICTURE), name="x.mhtml")

    assert decoded.text.split("\n") == WHOLE
    assert decoded.format == "html"
    assert decoded.to_bytes() is None
    assert decoded.metadata["address"] == "https://portal.example/t1.html"


def test_the_page_that_the_archive_starts_with_comes_before_others():
    first = part("<p>广告</p>".encode(), "text/html", Content_ID="<ad@x>")
    page = part(PAGE.encode(), "text/html", Content_ID="<main@x>")

    assert decode(archive(first, page, top='\r\n\tstart="<main@x>";'), name="x").text.split("\n") == WHOLE


@pytest.mark.parametrize(
    ("source", "more"),
    [
        ("cid:frame-1@mhtml.blink", {"Content_ID": "<frame-1@mhtml.blink>"}),
        ("https://portal.example/main.htm", {"Content_Location": "https://portal.example/main.htm"}),
        ("main.htm", {"Content_Location": "file:///D:/saved/main.htm"}),
    ],
)
@pytest.mark.parametrize(
    "outer",
    [
        "<frameset><frame src='none.htm'><frame src='{}'></frameset>",
        "<p>正在加载</p><iframe src='{}'></iframe>",
    ],
)
def test_a_frame_is_followed_to_its_part(outer: str, source: str, more: dict[str, str]):
    top = part(f"<html>{outer.format(source)}</html>".encode(), "text/html")
    page = part(PAGE.encode(), "text/html", **more)

    assert decode(archive(top, PICTURE, page), name="x.mht").text.split("\n") == WHOLE


def test_frames_that_show_each_other_come_to_an_end():
    pages = [
        part(
            f"<html><frameset><frame src='cid:{(n + 1) % 3}'></frameset></html>".encode(),
            "text/html",
            Content_ID=f"<{n}>",
        )
        for n in range(3)
    ]

    with pytest.raises(FramedPageError):
        decode(archive(*pages), name="x")


def test_a_page_of_scripts_is_refused_as_such():
    page = part(b"<html><body><script>load()</script></body></html>", "text/html")

    with pytest.raises(ScriptedPageError):
        decode(archive(page), name="x")


def test_an_archive_that_was_cut_off_still_holds_its_page():
    whole = archive(part(PAGE.encode(), "text/html", "base64"), ends=False)

    assert decode(whole, name="x").text.split("\n") == WHOLE
    assert decode(whole[: len(whole) // 2 + 3], name="x").text.startswith(TITLE)


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_a_letter_of_one_part_is_read(kind: str):
    body = PAGE if kind == "text/html" else "\n".join(WHOLE)
    letter = b"MIME-Version: 1.0\r\n" + part(
        body.encode("gb18030"), f"{kind}; charset=gb2312", Subject="=?GB2312?Q?=D5=FB=B8=C4_A?="
    )

    decoded = decode(letter, name="x.eml")

    assert decoded.text.split("\n") == WHOLE
    assert kind == "text/html" or decoded.metadata["page_title"] == "整改 A"


def test_a_text_that_begins_like_a_header_is_a_text():
    decoded = decode("Subject: 整改情况\n\n正文".encode(), name="x.txt")

    assert decoded.format == "text"


@pytest.mark.parametrize(
    "data",
    [
        archive(PICTURE),
        archive(part(PAGE.encode(), "text/html"), boundary="").replace(b"Content-Type: text/html", b"X: y"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
        b"MIME-Version: 1.0\r\nno header\r\nContent-Type: multipart/related; boundary=b\r\n\r\nno border",
        archive(part("Über Größe, Übung, Äpfel, Öl, Straße".encode("latin-1"), "text/html", "base64")),
    ],
)
def test_an_archive_without_a_page_is_refused(data: bytes):
    with pytest.raises(ArchiveDamagedError, match="holds no web page that can be read"):
        decode(data, name="x.mht")


def test_archives_inside_archives_come_to_an_end():
    inner = part(PAGE.encode(), "text/html")
    for depth in range(9):
        inner = (
            f'Content-Type: multipart/mixed; boundary="b{depth}"\r\n\r\n--b{depth}\r\n'.encode()
            + inner
            + f"\r\n--b{depth}--".encode()
        )
        if depth == 3:
            assert decode(archive(inner), name="x").text.split("\n") == WHOLE

    with pytest.raises(ArchiveTooDeepError, match="more than 6 deep"):
        decode(archive(inner), name="x")
    with pytest.raises(ArchiveTooDeepError, match="more than 5000 parts"):
        decode(archive(*([b"X: y\r\n\r\n"] * (MAX_PARTS + 10))), name="x")


def test_a_letter_inside_a_letter_is_read():
    inner = b"MIME-Version: 1.0\r\n" + part(PAGE.encode(), "text/html")

    assert (
        decode(archive(b"Content-Type: message/rfc822\r\n\r\n" + inner), name="x").text.split("\n") == WHOLE
    )


def test_damaged_base64_loses_only_its_end():
    sent = base64.b64encode(PAGE.encode())
    letter = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"

    for cut in range(1, 5):
        assert decode(letter + b"\xff" + sent[:-cut], name="x").text.split("\n") == WHOLE


def test_a_page_with_a_few_words_is_fuller_than_an_empty_frame():
    top = "<p>整改情况见附件</p><iframe src='a.htm'></iframe><iframe src='https://elsewhere.example/b'></iframe>"
    frame = part("<p>附件</p>".encode(), "text/html", Content_Location="https://portal.example/a.htm")

    assert decode(archive(part(top.encode(), "text/html"), frame), name="x").text == "整改情况见附件"
