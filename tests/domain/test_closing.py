"""Reasons people give, and texts that show something."""

from __future__ import annotations

import pytest

from zhenggai.domain.closing import (
    CLOSURE_KIND_LABELS,
    REQUEST_STATE_LABELS,
    ClosureKind,
    MissingTextError,
    ReasonTooShortError,
    RequestState,
    decision_reason,
    visible_text,
)


@pytest.mark.parametrize("reason", ["证据日期早于整改要求", "  缺少现场照片，请补充齐全。 ", "not fixed yet"])
def test_a_reason_of_ten_characters_is_taken(reason):
    assert decision_reason(reason) == reason.strip()


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "不行",
        "请补充佐证材料呀",
        "　　　　　不行　　　　　",
        "不 行          请          补",
        "不行\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
        "\n\n\n\n不行\n\n\n\n\n\n请补",
        "\x00" * 20,
        "\u3164" * 12,
        "\u2800" * 12,
        "不\ufe00行" + "\u0301" * 12,
    ],
)
def test_a_reason_of_fewer_seen_characters_is_refused(reason):
    with pytest.raises(ReasonTooShortError, match="at least 10 are needed") as refusal:
        decision_reason(reason)
    assert "Nothing was changed" in str(refusal.value)


def test_the_reason_says_how_many_characters_it_had():
    with pytest.raises(ReasonTooShortError, match="has 2 characters"):
        decision_reason(" 不行 ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  甲\t乙  ", "甲 乙"),
        ("甲\r\n乙", "甲\n乙"),
        ("甲\n\n\n\n乙", "甲\n\n乙"),
        ("甲\ufeff乙\u202e", "甲乙"),
        ("\ud800甲", "甲"),
        ("\U0002b740\ue000", "\U0002b740\ue000"),
        ("\u3000", ""),
        ("\u3164\u2800\u115f甲", "甲"),
        ("葛\U000e0100", "葛\U000e0100"),
    ],
)
def test_what_shows_nothing_is_left_out(text, shown):
    assert visible_text(text) == shown


def test_every_value_has_its_label():
    assert set(REQUEST_STATE_LABELS) == set(RequestState)
    assert set(CLOSURE_KIND_LABELS) == set(ClosureKind)
    assert MissingTextError("“%(field)s” is empty.", field="理由").code == "missing_text"
