"""Parts that cover a text once."""

from __future__ import annotations

from zhenggai.domain.reading import PartKind
from zhenggai.reading.interpreting.parts import WHY_PAGE, claim, partition


def cover(text, *claims):
    parts, unread = partition(text, list(claims))
    return [(part.kind.value, part.path, part.span.of(text)) for part in parts], [
        item.text for item in unread
    ]


def test_the_shorter_of_two_claims_holds_and_the_longer_takes_the_rest():
    parts, unread = cover(
        "一二三四五",
        claim(0, 5, PartKind.FIELD, "result", "r"),
        claim(1, 3, PartKind.FIELD, "actions/0", "r"),
    )

    assert parts == [("field", "result", "一"), ("field", "actions/0", "二三"), ("field", "result", "四五")]
    assert unread == []


def test_claims_that_cross_are_cut_at_the_first_end():
    parts, _ = cover("一二三四", claim(0, 2, PartKind.FIELD, "a", "r"), claim(1, 4, PartKind.FIELD, "b", "r"))

    assert [text for _, _, text in parts] == ["一", "二", "三四"]


def test_what_nobody_claimed_is_unread_apart_from_blanks_and_marks():
    parts, unread = cover(
        "甲。 \n乙 丙", claim(0, 1, PartKind.FIELD, "a", "r"), claim(0, 0, PartKind.FIELD, "n", "r")
    )

    assert unread == ["。 \n乙 丙".strip()]
    parts, unread = cover("\n甲\n", claim(3, 3, PartKind.FIELD, "a", "r"))
    assert [kind for kind, _, _ in parts] == ["label", "unread", "label"]
    assert cover(
        "。\n",
    )[0] == [("label", "layout", "。\n")]


def test_a_claim_may_say_that_its_stretch_is_unread():
    parts, unread = cover("— 1 —", claim(0, 5, PartKind.UNREAD, WHY_PAGE, "page"))

    assert parts == [("unread", "unread/0", "— 1 —")]
    assert unread == ["— 1 —"]


def test_blanks_inside_an_unread_stretch_are_layout():
    read = claim(0, 1, PartKind.FIELD, "a", "r")
    parts, unread = cover("甲 ", read, claim(0, 2, PartKind.UNREAD, WHY_PAGE, "page"))

    assert [kind for kind, _, _ in parts] == ["field", "label"]
    assert unread == []
