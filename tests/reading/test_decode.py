from __future__ import annotations

import codecs
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.spans import EditKind
from zhenggai.reading import encodings, read
from zhenggai.reading.decode import WHY_BYTES, decode, from_text
from zhenggai.reading.errors import (
    BinarySourceError,
    EmptySourceError,
    SourceTooLargeError,
    UndecodableSourceError,
)

NOTICE = (
    "中共示例局党组关于巡察整改情况的通报\r\n"
    "根据县委统一部署，2023年4月13日至6月2日，县委第一巡察组对示例局党组进行了巡察。\r\n"
    "一、整改工作开展情况\r\n高度重视，部署整改，收到巡察组反馈意见后立即召开专题会议。\r\n"
)
TRADITIONAL = "雲山縣示例局關於檢查改進情況的說明\n收到意見後，本局隨即召開會議研究，並對照問題逐項辦理。\n"


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (NOTICE.encode(), "utf-8", b""),
        (codecs.BOM_UTF8 + NOTICE.encode(), "utf-8", codecs.BOM_UTF8),
        (NOTICE.encode("gbk"), "gb18030", b""),
        ((NOTICE + "㐂𠮷").encode("gb18030"), "gb18030", b""),
        (codecs.BOM_UTF16_LE + NOTICE.encode("utf-16-le"), "utf-16-le", codecs.BOM_UTF16_LE),
        (codecs.BOM_UTF16_BE + NOTICE.encode("utf-16-be"), "utf-16-be", codecs.BOM_UTF16_BE),
        (NOTICE.encode("utf-16-le"), "utf-16-le", b""),
        (TRADITIONAL.encode("big5"), "big5hkscs", b""),
        (b"plain words only\n", "utf-8", b""),
        ("整改".encode("gbk"), "gb18030", b""),
    ],
)
def test_an_encoding_is_recognised_by_what_it_says(data: bytes, encoding: str, bom: bytes):
    decoded = decode(data, name="示例.txt")

    assert decoded.encoding == encoding
    assert decoded.bom == bom
    assert decoded.text == data[len(bom) :].decode(encoding).replace("\r\n", "\n")
    assert decoded.byte_edits == ()
    assert decoded.to_bytes() == data
    assert (decoded.name, decoded.format, dict(decoded.metadata)) == ("示例.txt", "text", {})
    assert decoded.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "encoding", "hex_digits"),
    [
        (NOTICE.encode() + "整".encode()[:2], "utf-8", ["e6 95"]),
        (NOTICE.encode()[:10] + b"\xff\xfe" + NOTICE.encode()[12:], "utf-8", None),
        ("反馈意见".encode()[:-1], "utf-8", ["e8 a7"]),
        (NOTICE.encode("gbk") + b"\xd5", "gb18030", ["d5"]),
        (NOTICE.encode("gbk")[:-4] + b"\xff\r\n", "gb18030", None),
        (b"\xff\xfe" + NOTICE.encode("utf-16-le") + b"\x00\xd8A\x00", "utf-16-le", ["00 d8"]),
    ],
)
def test_a_few_damaged_bytes_are_kept_as_hex_and_change_nothing_else(data, encoding, hex_digits):
    decoded = decode(data, name="x")

    assert decoded.encoding == encoding
    assert decoded.to_bytes() == data
    assert decoded.byte_edits
    for edit in decoded.byte_edits:
        assert edit.kind is EditKind.BYTES
        assert edit.before == edit.after == "\ufffd" == edit.span.of(decoded.text)
        assert edit.why.startswith(WHY_BYTES)
    if hex_digits is not None:
        assert [edit.why[len(WHY_BYTES) + 1 :] for edit in decoded.byte_edits] == hex_digits


def test_a_genuine_replacement_character_is_no_damage():
    decoded = decode("整改\ufffd完成".encode(), name="x")

    assert decoded.byte_edits == ()
    assert decoded.to_bytes() == "整改\ufffd完成".encode()


def test_bytes_that_share_a_character_are_kept_beside_it():
    # Big5 has two codes for this radical-like character; only one comes back when it is written again.
    twin = next(
        bytes((lead, trail))
        for lead in range(0xA1, 0xFA)
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        if (char := bytes((lead, trail)).decode("big5hkscs", "ignore"))
        and char.encode("big5hkscs", "ignore") != bytes((lead, trail))
    )
    data = TRADITIONAL.encode("big5") + "附件".encode("big5") + twin + b"\xff\n" + "辦理".encode("big5")

    decoded = decode(data, name="x")

    assert decoded.encoding == "big5hkscs"
    assert decoded.to_bytes() == data
    assert [edit.why.removeprefix(WHY_BYTES).strip() for edit in decoded.byte_edits] == [twin.hex(" "), "ff"]


@settings(max_examples=200, deadline=None)
@given(
    st.binary(min_size=1, max_size=300), st.sampled_from(["", NOTICE]), st.sampled_from(["utf-8", "gb18030"])
)
def test_whatever_is_taken_as_text_gives_its_bytes_back(noise: bytes, text: str, encoding: str):
    data = text.encode(encoding) + noise

    try:
        decoded = decode(data, name="x")
    except InvalidError:
        return
    if decoded.format == "text":
        assert decoded.to_bytes() == data


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_every_clean_utf8_text_is_read_as_it_is(text: str):
    decoded = decode(text.encode(), name="x")

    if decoded.format == "text" and not text.startswith("\ufeff"):
        assert decoded.text == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "　\n".encode(), codecs.BOM_UTF8, "\u2003".encode()])
def test_an_empty_file_is_refused_with_its_name(data: bytes):
    with pytest.raises(EmptySourceError) as refusal:
        decode(data, name="空.txt")

    assert str(refusal.value) == (
        "“空.txt” is empty: there is no text to read. "
        "Choose the file that holds the notice, or paste its text."
    )
    assert refusal.value.code == "reading.empty"


def test_a_page_without_words_is_refused_as_empty():
    with pytest.raises(EmptySourceError):
        decode(b"<!doctype html><html><body><script>var a = 1</script></body></html>", name="x.html")


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    with pytest.raises(SourceTooLargeError) as refusal:
        decode(b"12345678901", name="大.txt", max_bytes=10)

    assert str(refusal.value) == (
        "“大.txt” has 11 bytes; at most 10 bytes are read. "
        "Split the document, or raise the limit in the settings."
    )
    assert decode(b"1234567890", name="x", max_bytes=10).text == "1234567890"


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "a PNG image"),
        (b"\xff\xd8\xff\xe0rest", "a JPEG image"),
        (bytes(range(256)) * 20, "something other than text"),
        ("\x01\x02\x03整改\x04\x05".encode(), "something other than text"),
    ],
)
def test_a_binary_file_is_refused_by_what_it_looks_like(data: bytes, looks_like: str):
    with pytest.raises(BinarySourceError) as refusal:
        decode(data, name="x.bin")

    assert str(refusal.value) == (
        f"“x.bin” is not a text: it looks like {looks_like}. "
        "Save it as a Word document (.docx), plain text or an HTML page and choose that file."
    )


def test_bytes_of_no_known_encoding_are_refused():
    with pytest.raises(UndecodableSourceError) as refusal:
        decode("Über Größe, Übung, Äpfel, Öl, Straße".encode("latin-1"), name="x.txt")

    assert "neither UTF-8, UTF-16, GB18030 nor Big5" in str(refusal.value)


def test_a_pasted_text_has_no_encoding_and_no_half_characters():
    decoded = from_text("整改\ud83d完成", name="paste")

    assert decoded.text == "整改\ufffd完成"
    assert (decoded.encoding, decoded.format) == (None, "text")
    assert decoded.sha256 == hashlib.sha256("整改\ufffd完成".encode()).hexdigest()
    with pytest.raises(EmptySourceError):
        from_text(" \n", name="paste")


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ('"UTF-8"', "utf-8"),
        ("utf8", "utf-8"),
        ("Big5", "big5hkscs"),
        ("big5_hkscs", "big5hkscs"),
        ("iso-8859-1", None),
    ],
)
def test_declared_names_mean_one_of_our_encodings(label: str, encoding: str | None):
    assert encodings.canonical(label) == encoding


def test_a_long_file_is_judged_by_its_beginning():
    data = NOTICE.encode("gbk") * 2000

    assert decode(data, name="x").to_bytes() == data


@pytest.mark.parametrize(
    ("data", "name", "format_"),
    [
        ("<html><body><p>整改情况的通报</p></body></html>".encode(), "x", "html"),
        ("<?xml version='1.0'?>\n<!-- saved -->\n<!DOCTYPE html><p>整改情况</p>".encode(), "x", "html"),
        (codecs.BOM_UTF8 + "<!DOCTYPE html><p>整改情况</p>".encode(), "x", "html"),
        (codecs.BOM_UTF16_LE + "<html><p>整改情况</p></html>".encode("utf-16-le"), "x", "html"),
        ("<p>整改情况</p>".encode(), "x.html", "html"),
        ("<p>整改情况</p>".encode() * 24, "x", "html"),
        ("<p>整改情况</p>".encode(), "x.txt", "text"),
        ("整改情况没有标签".encode(), "x.htm", "text"),
    ],
)
def test_a_page_is_told_from_a_text(data: bytes, name: str, format_: str):
    assert decode(data, name=name).format == format_


def test_damaged_bytes_of_a_page_are_found_in_its_text_and_its_bytes_are_not_rebuilt():
    page = "<html><head><meta charset=gb2312></head><body><p>整改情况的通报</p></body></html>".encode("gbk")
    damaged = page.replace("通报".encode("gbk"), b"\xff" + "通报".encode("gbk"))

    decoded = decode(damaged, name="x.html")

    assert decoded.text == "整改情况的\ufffd通报"
    assert [edit.why for edit in decoded.byte_edits] == [f"{WHY_BYTES} ff"]
    assert decoded.to_bytes() is None
    assert decoded.bom == b""


def test_damaged_bytes_outside_the_main_text_leave_the_others_without_hex():
    page = (
        b"<html><body><!-- \xff -->" + "<p>整改情况的".encode() + b"\xff" + "通报</p></body></html>".encode()
    )

    decoded = decode(page, name="x.html")

    assert [edit.why for edit in decoded.byte_edits] == [WHY_BYTES]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_a_file_is_read_alike_whatever_ends_its_lines(ending: str) -> None:
    lines = "示例局整改情况通报\n一、关于账目不清的问题\n一是清理账目；\n二是核对库存。\n已完成整改。\n"
    data = lines.replace("\n", ending).encode()
    plain, ended = read(lines.encode(), name="x"), read(data, name="x")

    assert decode(data, name="x").to_bytes() == data
    assert ended.findings == plain.findings
    assert len(ended.findings[0].actions) == 2


def test_bytes_without_a_character_keep_their_place_behind_ends_of_lines() -> None:
    data = "整改\r\n情况\r\n".encode() + b"\xff" + "通报\r\n".encode()
    decoded = decode(data, name="x")

    assert decoded.to_bytes() == data
    assert [edit.span.of(decoded.text) for edit in decoded.byte_edits] == ["\ufffd"]


LEAKED = "".join(
    f"<p>{number}.示例事项登记不规范。</p>\n整改情况：已补正{number}处。\n" for number in range(1, 26)
)


def test_tags_that_leaked_into_a_text_make_no_page_of_it():
    decoded = decode(LEAKED.encode(), name="a.txt")

    assert decoded.format == "text"
    assert [finding.title for finding in read(LEAKED).findings][:2] == ["示例事项登记不规范"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"<p>\n{number}.示例事项登记不规范。\n</p>\n" for number in range(1, 26)),
        "".join(f"<p>{number}.示例事项登记不规范。</p>\n" for number in range(1, 26)),
        "".join(f"{number}.示例事项登记不规范。<br>\n" for number in range(1, 26)),
    ],
)
def test_a_part_of_a_page_whose_text_stands_inside_its_tags_is_one(text):
    assert decode(text.encode(), name="a.txt").format == "html"
