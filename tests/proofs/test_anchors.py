"""Heads of chains kept outside the database: what is signed and what shows."""

from __future__ import annotations

import json

import pytest

from zhenggai.proofs.anchors import (
    AnchoredHead,
    AnchorReason,
    anchor_line,
    broken_promises,
    read_anchors,
)
from zhenggai.proofs.signing import fingerprint, holds, make_key, public_of, sign

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
ONE = AnchoredHead("inspection", 3, 5, "a" * 64)
TWO = AnchoredHead("organisation", 1, 9, "b" * 64)


def line(*heads: AnchoredHead, previous: bytes = b"", key: bytes = KEY, at: str = "2026-01-02") -> bytes:
    return anchor_line(heads, at=at, reason=AnchorReason.DAILY, previous=previous, private=key)


@pytest.fixture
def file() -> list[bytes]:
    first = line(ONE, TWO)
    second = line(ONE, previous=first)
    return [first, second, line(TWO, previous=second)]


def problems(lines: list[bytes], public: bytes | None = None) -> list[str]:
    return [str(problem) for problem in read_anchors(lines, public).problems]


def test_a_file_as_it_was_written_holds(file):
    anchors = read_anchors(file, public_of(KEY))

    assert anchors.problems == ()
    assert [head for _, head in anchors.of_chain("inspection", 3)] == [ONE, ONE]
    assert [anchor.line for anchor, _ in anchors.of_chain("organisation", 1)] == [1, 3]
    assert anchors.keys == (fingerprint(public_of(KEY)),)


def test_every_changed_letter_shows(file):
    for place in range(0, len(file[1]) - 1, 7):
        changed = bytearray(file[1])
        changed[place] ^= 1
        assert problems([file[0], bytes(changed), file[2]], public_of(KEY)), place


def test_a_line_taken_out_shows_at_the_next(file):
    [problem] = problems([file[0], file[2]])

    assert problem.startswith("Line 2 of the anchor file does not follow the line before it")


def test_a_changed_signature_is_named(file):
    plain = json.loads(file[1])
    plain["heads"][0]["seq"] = 4

    assert "The signature of line 2" in problems([file[0], json.dumps(plain).encode(), file[2]])[0]


def test_half_a_line_is_named_and_the_rest_is_read(file):
    torn = [file[0], file[1][:40] + b"\n", b"\n", line(TWO, previous=file[1][:40])]

    anchors = read_anchors(torn)

    assert [str(problem)[:34] for problem in anchors.problems] == ["Line 2 of the anchor file is no an"]
    assert len(anchors.anchors) == 2


def test_another_key_is_named_with_or_without_the_right_one(file):
    forged = line(ONE, previous=file[2], key=OTHER)

    assert f"signed with the key {fingerprint(public_of(OTHER))}" in problems([*file, forged])[0]
    assert len(problems(file, public_of(OTHER))) == 3


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b"{}",
        b"null",
        b'{"format":"zhenggai.anchor/2"}',
        b'{"format":"zhenggai.anchor/1","signature":"","heads":7}',
        (
            b'{"format":"zhenggai.anchor/1","signature":"","heads":[{"kind":"a","key":1,"seq":1,"hash":"x"}],'
            b'"public":"00","at":"","reason":"","previous":""}'
        ),
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_anchor_is_named(raw):
    assert problems([raw]) == [
        "Line 1 of the anchor file is no anchor: it was changed, or a power cut left half of it."
    ]


def test_a_cut_tail_and_a_rewritten_chain_break_what_was_anchored(file):
    promised = read_anchors(file).of_chain("inspection", 3)

    assert broken_promises(promised, {5: "a" * 64}) == ()
    assert "its tail was cut off" in str(broken_promises(promised, {})[0])
    assert "was written anew up to it" in str(broken_promises(promised, {5: "c" * 64})[0])


def test_a_signature_holds_for_its_text_and_key_alone():
    key = make_key()
    signature = sign(key, "销号")

    assert holds(public_of(key), signature, "销号")
    assert not holds(public_of(key), signature, "不销号")
    assert not holds(public_of(KEY), signature, "销号")
    assert not holds(public_of(key), "zz", "销号")
    assert not holds(b"", signature, "销号")
