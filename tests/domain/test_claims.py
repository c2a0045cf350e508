"""What a passage says beside the pieces already told of it."""

from __future__ import annotations

import pytest

from zhenggai.domain.claims import words_beside

ACTIONS = ("召开专题会2次", "修订示例制度1项")


@pytest.mark.parametrize(
    ("passage", "told", "left"),
    [
        ("一是召开专题会2次；二是修订示例制度1项。", ACTIONS, ()),
        ("1.召开专题会2次。\n（2）修订示例制度1项。", ACTIONS, ()),
        ("①召开专题会\n2次；②修订示例制度1项", ACTIONS, ()),
        ("召开专题会2次；修订示例制度1项；已完成整改。", (*ACTIONS, "已完成整改"), ()),
        (
            "召开专题会2次，已追回8万元；修订示例制度1项。群众评价好转。",
            ACTIONS,
            ("已追回8万元", "群众评价好转。"),
        ),
        ("高度重视：一是召开专题会2次；二是修订示例制度1项。", ACTIONS, ("高度重视",)),
        ("已核对台账。", (), ("已核对台账。",)),
        ("已核对台账。", ACTIONS, ("已核对台账。",)),
        ("召开专题会2次；又召开专题会2次。", ("召开专题会2次",), ("又召开专题会2次。",)),
        ("修订示例制度1项；召开专题会2次", ACTIONS, ()),
        ("核对台账；补录凭证；核对台账。", ("核对台账", "核对台账"), ("补录凭证",)),
        ("核对台账补", ("核对台账",), ("补",)),
        ("", ACTIONS, ()),
        ("已核对台账。", ("", " "), ("已核对台账。",)),
    ],
)
def test_what_no_piece_says_is_left(passage: str, told: tuple[str, ...], left: tuple[str, ...]) -> None:
    assert words_beside(passage, told) == left
