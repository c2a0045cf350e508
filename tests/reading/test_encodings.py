from __future__ import annotations

import codecs
import random

import pytest

from reading.portals import LINES, TITLE
from zhenggai.domain.spans import EditKind
from zhenggai.reading import encodings, saved_twice
from zhenggai.reading.decode import decode

TEXT = "\r\n".join([TITLE, "plain words", *LINES]) + "\r\n"
LINED = TEXT.replace("\r\n", "\n")
TRADITIONAL = "雲山縣示例局關於檢查改進情況的說明，收到意見後，本局隨即召開會議研究，並對照問題逐項辦理。"


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("utf-32-le", b""),
        ("utf-32-be", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("hz", b""),
        ("gb18030", codecs.BOM_UTF8),
    ],
)
def test_rarer_encodings_are_recognised_and_their_bytes_come_back(encoding: str, bom: bytes):
    data = bom + TEXT.encode(encoding)

    decoded = decode(data, name="x.txt")

    assert (decoded.text, decoded.encoding, decoded.bom) == (LINED, encoding, bom)
    assert decoded.to_bytes() == data


@pytest.mark.parametrize(
    "mark", [b"\xff\xfe\xff\xff", b"\xff\xfe", b"\xfe\xff", b"\xfe\xff\xff\xff", b"\xff\xfe\0\0"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_mark_does_not_tell_the_encoding(mark: bytes, encoding: str):
    data = mark + TEXT.encode(encoding)

    decoded = decode(data, name="x.txt")

    assert decoded.encoding == encoding
    assert decoded.text.strip("\ufffd") == LINED
    assert decoded.to_bytes() == data


@pytest.mark.parametrize("words", ["검사 결과 통지\n", "Inspection notice\n", "一\n", "𠮷𠮷\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_mark_holds_for_words_that_are_no_official_prose(words: str, encoding: str):
    data = ("\ufeff" + words).encode(encoding)

    decoded = decode(data, name="x.txt")

    assert (decoded.text, decoded.encoding) == (words, encoding)


def test_latin_words_in_two_bytes_a_letter_are_no_binary_file():
    assert decode("Inspection notice\r\n".encode("utf-16-le"), name="x").text == "Inspection notice\n"


def test_damage_in_two_byte_text_is_kept():
    data = codecs.BOM_UTF16_LE + "整改".encode("utf-16-le") + b"\x00\xdc" + "完成".encode("utf-16-le") + b"x"

    decoded = decode(data, name="x")

    assert decoded.text == "整改\ufffd完成\ufffd"
    assert decoded.to_bytes() == data


@pytest.mark.parametrize("data", [b"~{<:D8GiS@", b"~{<:D8~}~{~~", b"a~{9b"])
def test_what_only_looks_like_hz_stays_as_it_is(data: bytes):
    assert decode(data, name="x").text == data.decode()


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_twelve_characters_are_enough_to_tell_simplified_from_traditional(encoding: str):
    rng = random.Random(20241220)
    source = TRADITIONAL if encoding == "big5" else "".join(LINES)
    for length in (6, 8, 12):
        for _ in range(200):
            begin = rng.randrange(len(source) - length)
            text = source[begin : begin + length]
            found = encodings.detect(text.encode(encoding))
            assert found is not None
            assert found.text == text


@pytest.mark.parametrize(("label", "encoding"), [("gb2312", "gb18030"), ("big5", "big5hkscs")])
def test_marks_alone_are_told_by_the_declaration(label: str, encoding: str):
    codec = "gbk" if label == "gb2312" else "big5"
    found = encodings.detect("：（），".encode(codec), declared=encodings.canonical(label))

    assert found is not None
    assert found.encoding == encoding


def test_characters_of_hong_kong_and_of_windows_are_read():
    hong_kong = TRADITIONAL + "嘅啲咗喺嚟"
    euro = TRADITIONAL.encode("cp950") + b"\xa3\xe1"

    assert decode(hong_kong.encode("big5hkscs"), name="x").text == hong_kong
    assert decode(euro, name="x").text == TRADITIONAL + "€"
    assert decode(euro, name="x").to_bytes() == euro


def test_a_long_head_in_ascii_does_not_hide_the_encoding():
    data = b"/* style */\n" * 20_000 + TEXT.encode("gb18030")

    assert decode(data, name="x").encoding == "gb18030"


def printed(inner: str, outer: str, text: str = TEXT) -> str:
    return saved_twice.Twice(0, len(text), inner, outer).printed(text)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [("utf-8", "cp1252"), ("utf-8", "latin-1"), ("gb18030", "cp1252"), ("gb18030", "latin-1")],
)
def test_text_that_was_saved_twice_is_put_right_and_said(inner: str, outer: str):
    data = printed(inner, outer).encode()

    decoded = decode(data, name="x.txt")

    assert decoded.text == LINED
    assert decoded.encoding == "utf-8"
    assert decoded.to_bytes() == data
    assert [(edit.kind, edit.span, edit.before == edit.after, edit.why) for edit in decoded.byte_edits] == [
        (EditKind.BYTES, (0, 1), True, saved_twice.WHY_PUT_RIGHT)
    ]


def test_lines_of_utf8_read_as_gbk_come_back_where_no_byte_was_lost():
    even = ["整改情况通报公告", "责任领导責任单位", "完成时限要求明确"]
    lines = [line.encode().decode("gb18030") for line in even]

    decoded = decode("\n".join(lines).encode(), name="x")

    assert decoded.text.split("\n") == even


def test_a_line_that_lost_bytes_stays_and_is_pointed_at():
    lines = printed("utf-8", "latin-1").split("\n")
    lines[4] = "æ\x95´æ\x94?" + lines[4][9:]
    lines[6] = "一行没有损坏的话"
    data = "\n".join(lines).encode()

    decoded = decode(data, name="x")

    assert decoded.to_bytes() == data
    assert decoded.text.split("\n")[:4] == LINED.split("\n")[:4]
    assert decoded.text.split("\n")[6] == "一行没有损坏的话"
    assert [edit.why == saved_twice.WHY_LOST for edit in decoded.byte_edits] == [False, True, False, False]
    assert decoded.byte_edits[1].span.start == decoded.text.index(lines[4].rstrip("\r"))


def test_text_whose_bytes_were_lost_everywhere_is_pointed_at():
    text = TEXT.encode().decode("gbk", "replace").replace("\ufffd", "?")

    decoded = decode(text.encode(), name="x")

    assert decoded.text == text.replace("\r\n", "\n")
    assert {edit.why for edit in decoded.byte_edits} == {saved_twice.WHY_LOST}


@pytest.mark.parametrize(
    "text",
    [
        "Élèves français à l'école — « déjà vu », naïveté, cœur.\n" * 5,
        "Größe, Übung, Äpfel: ÄÖÜäöüß ÄÖÜäöüß\n" * 5,
        "Ñandú, año, corazón, ¿qué? ¡Olé! São Paulo, ação, ções\n" * 5,
        "ã€ ï¼ æ•´\n" + "整改情况说明，已经完成。\n" * 40,
        "锛 这个字是乱码常见的字\n",
        TEXT,
        TRADITIONAL,
    ],
)
def test_what_was_saved_once_stays_as_it_is(text: str):
    decoded = decode(text.encode(), name="x")

    assert decoded.text == text.replace("\r\n", "\n")
    assert decoded.byte_edits == ()
