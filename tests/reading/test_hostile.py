"""Bytes made to break the reader: only a refusal with a sentence comes out, in linear work."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake import notices
from reading.portals import PORTALS
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.reading.decode import decode
from zhenggai.reading.interpreting import interpret
from zhenggai.reading.outline_marks import mark_at
from zhenggai.reading.outline_tree import Heading, _nested
from zhenggai.reading.restoring import restore

PART = b"\r\n--b\r\nContent-Type: text/html\r\n\r\n"
MIME = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n" + PART
SEEDS = [
    notices.CLEAN.encode(),
    notices.NOISY.encode("gb18030"),
    notices.CLEAN.encode("utf-16-le"),
    notices.CLEAN.encode().decode("latin-1").encode(),
    PORTALS["layout_tables"].encode(),
    PORTALS["word_export"].encode("gb18030"),
    MIME + PORTALS["kaipu"].encode() + b"\r\n--b--",
]
PIECES = [
    *(b"<table>", b"<td rowspan=65535 colspan=65535>", b"</td>", b"<!--", b"-->", b"<script>", b"<svg>"),
    *(b"\x00", b"\xff\xfe", b"&#x110000;", b"&notit;", b"<iframe srcdoc='", b"\r\n--b\r\n", b"=\r\n"),
    *(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n", b"=E6=95", b"~{", b"~}", b"<", b'="'),
    *(b"\n" * 50, b"1" * 400, "一、".encode(), "（一）".encode(), "问题1：".encode(), "|甲|乙|\n".encode()),
    *("整(zhěng)".encode(), "?。ㄒ唬".encode(), "2024717日".encode()),
]


def read(data: bytes) -> None:
    try:
        restored = restore(decode(data, name="x", max_bytes=1 << 20))
    except ZhenggaiError as refusal:
        said = str(refusal)
    else:
        said = f"{list(restored.edits)}{interpret(restored).to_dict()}"
    assert said


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
@example(b"\x84\x31\x95\x33\xff")
@example(b"\x00\x00\xfe\xff\x00")
@example(b"\xff\xfe\x00\x00")
def test_any_bytes_are_read_or_refused(data: bytes):
    read(data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(SEEDS), st.integers(0, 1 << 32))
def test_documents_spoiled_anywhere_are_read_or_refused(seed: bytes, number: int):
    rng = random.Random(number)
    data = bytearray(seed)
    for _ in range(rng.randrange(1, 12)):
        at = rng.randrange(len(data) + 1)
        act = rng.randrange(4)
        if act == 0:
            data[at : at + rng.randrange(1, 200)] = b""
        elif act == 1:
            data[at:at] = rng.choice(PIECES) * rng.randrange(1, 20)
        elif act == 2:
            data[at : at + 3] = rng.randbytes(3)
        else:
            begin = rng.randrange(len(data) + 1)
            data[at:at] = data[begin : begin + 300]
    read(bytes(data))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_row_of_awkward_pieces_is_read_or_refused(pieces: list[bytes]):
    for begin in (b"", b"<html><body>", MIME):
        read(begin + b"".join(pieces))


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, built-in ones too: a measure of work that no busy machine disturbs."""
    count = 0

    def see(frame: object, event: str, value: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def heads(count: int) -> str:
    return "".join(f"{'一二三四五六七八九十'[n % 10]}、甲问题\n（一）乙\n1.丙\n" for n in range(count // 14))


TEXTS: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "（" * n,
    "nested brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "brackets after letters": lambda n: "整(" * (n // 2),
    "digits": lambda n: "1" * n,
    "days": lambda n: "12月7日" * (n // 5),
    "bullets": lambda n: "一是" * (n // 2),
    "quotes": lambda n: "“‘" * (n // 4) + "’”" * (n // 4),
    "open quotes": lambda n: "关于“" * (n // 3),
    "bars": lambda n: "|" * n,
    "rows": lambda n: "|甲|乙|丙|\n" * (n // 8),
    "line ends": lambda n: "甲" + "\n" * n + "乙",
    "blanks": lambda n: "甲" + " " * n + "乙",
    "wide blanks": lambda n: "甲" + "　" * n + "乙",
    "one line": lambda n: "根据县委统一部署，县委第一巡察组对示例局党组进行了巡察。" * (n // 28),
    "headings": heads,
    "one heading": lambda n: "（一）关于“学习不深入”问题的整改\n" * (n // 17),
    "empty headings": lambda n: "一、\n" * (n // 3),
    "labels": lambda n: "问题：\n整改措施：\n整改情况：\n" * (n // 15),
    "questions": lambda n: "整?。" * (n // 3),
    "mirror": lambda n: "統(tǒng)一" * (n // 9),
    "saved twice": lambda n: "整改情况\n".encode().decode("latin-1") * (n // 13),
}
PAGES: dict[str, Callable[[int], str]] = {
    "elements": lambda n: "<x>" * (n // 3),
    "blocks": lambda n: "<div>" * (n // 5),
    "closed at once": lambda n: "<x/><div>" * (n // 9),
    "attributes": lambda n: "<div " + " ".join(f"a{k}" for k in range(n // 7)) + ">",
    "drawings": lambda n: "<svg>" * (n // 5),
    "scripts": lambda n: "<script></script>" * (n // 17),
    "strings": lambda n: "<script>" + "'\"`" * (n // 3) + "</script>",
    "unclosed tags": lambda n: "<a" * (n // 2),
    "unclosed quotes": lambda n: '<a="' * (n // 4),
    "comments": lambda n: "<!--" * (n // 4),
    "cells": lambda n: "<table>" + "<tr><td>1<td>2" * (n // 14),
    "spans": lambda n: "<table>" + "<tr><td colspan=65535 rowspan=65535>1<td>2" * (n // 44),
    "formatting": lambda n: "<p>" + "".join(f"<b style={k}>" for k in range(99)) + "<p>甲" * (n // 4),
    "tables in tables": lambda n: "<table><tr><td>" * (n // 15),
    "entities": lambda n: "<p>" + "&nbsp;&amp;" * (n // 11),
}  # fmt: skip
SMALL = 3000


def work_on(text: str, name: str) -> Callable[[], object]:
    def work() -> None:
        restored = restore(decode(text.encode(), name=name))
        list(restored.edits)
        interpret(restored)

    return work


@pytest.mark.parametrize("kind", TEXTS)
def test_twice_the_text_is_twice_the_work(kind: str):
    make = TEXTS[kind]
    work_on(make(SMALL), "x.txt")()

    small, large = (calls(work_on(make(size), "x.txt")) for size in (2 * SMALL, 4 * SMALL))

    assert large < 2.6 * small + 2000


@pytest.mark.parametrize("kind", PAGES)
def test_twice_the_page_is_twice_the_work(kind: str):
    make = PAGES[kind]
    begin = "<html><body><p>整改情况说明</p>"
    work_on(begin + make(SMALL), "x.html")()

    small, large = (calls(work_on(begin + make(size), "x.html")) for size in (2 * SMALL, 4 * SMALL))

    assert large < 2.6 * small + 2000


@pytest.mark.parametrize("text", ["整" * 3_400_000, "甲" + "\n" * 10_000_000 + "乙", "1" * 10_000_000])
def test_ten_megabytes_on_one_line_or_ten_million_lines_are_read(text: str):
    assert decode(text.encode(), name="x.txt").text == text


def test_a_million_elements_deep_is_a_sentence():
    with pytest.raises(ZhenggaiError, match="more than 300000 tags"):
        decode(b"<html><body>" + b"<div>" * 1_000_000, name="x")


def test_bytes_of_zero_are_no_text():
    with pytest.raises(ZhenggaiError):
        decode(b"\0" * 100_000, name="x")
    assert decode("整改\0情况说明，已经完成整改，今后将长期坚持。".encode(), name="x").text.count("\0") == 1


def test_entities_that_grow_do_not_grow():
    bomb = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "整改">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )

    decoded = decode(f"{bomb}]><html><body><p>整改情况说明&m;</p></body></html>".encode(), name="x.xhtml")

    assert len(decoded.text) < 5000


BLANKS = [" ", "\u3000", "\t", " \u3000"]
BEFORE_BLANKS = [
    "责任领导：",
    "整改情况：",
    "问题：",
    "联系电话：",
    "整改措施：",
    "（一）",
    "（",
    "关于",
    "一、关于",
    "a",
    "发布时间",
]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("before", BEFORE_BLANKS)
def test_blanks_without_end_are_passed_over_at_once(before: str, blank: str):
    """Tried one by one, as many blanks would take minutes."""
    for after in ("张三", "年", "）", "：x", "问题"):
        interpret(restore(decode(f"{before}{blank * 20_000}{after}".encode(), name="x.txt")))


@pytest.mark.parametrize(
    "lines",
    [
        notices.CLEAN + "\n" * 300_000,
        "<b>\n" * 60_000,
        f"{'─' * 30}\n" * 10_000,
        "关于巡察整改情况的通报\n" + "、甲*问题：" * 40_000,
        "关于巡察整改情况的通报\n\n一、整改情况\n（一）示例问题一\n已完成整改。\n" + "（一）\n\n" * 12_000,
        "关于巡察整改情况的通报\n\n（一）示例问题一\n" + "责任单位：\t万元" * 25_000,
        "<html><h1>关于巡察整改情况的通报</h1>" + "《（责任人：\n\n" * 40_000,
        f"一是{'示例工作已部署' * 5}，\n" + f"二是{'示例工作已部署' * 5}，\n" * 10_000,
    ],
    ids=[
        "blank lines at the end",
        "tags alone",
        "rules",
        "problems of one sentence",
        "numbers alone",
        "labels alone",
        "labels of one line without end",
        "the same count again",
    ],
)
def test_lines_without_end_are_passed_over_at_once(lines: str):
    """Copied or looked at anew for each that follows, as many lines would take minutes."""
    read(lines.encode())


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_without_end_in_a_web_page_are_passed_over_at_once(blank: str):
    cell = f"<tr><td>问题</td><td>甲{blank * 20_000}乙</td></tr>"
    page = f"<html><title>甲{blank * 20_000}乙</title><body><table>{cell}</table></body></html>"

    interpret(restore(decode(page.encode(), name="x.html")))


def test_a_count_that_restarts_on_every_line_looks_ahead_no_further_than_the_next():
    class Counting(list[Heading]):
        looked_at = 0

        def __getitem__(self, place):
            Counting.looked_at += 1
            return super().__getitem__(place)

    mark = mark_at("一、甲", 0, 3)
    headings = Counting(Heading(mark, 0, 0, 3, 3) for _ in range(1000))

    assert not any(_nested(headings, place, 1) for place in range(1000))
    assert Counting.looked_at < 5000
