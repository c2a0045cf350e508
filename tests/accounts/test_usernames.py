from __future__ import annotations

import pytest

from zhenggai.accounts.usernames import username_folded, username_is_valid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Zhang ", "zhang"), ("ＺＨＡＮＧ１", "zhang1"), ("张示例", "张示例"), ("a.b@c-d_e+1", "a.b@c-d_e+1")],
)
def test_a_user_name_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert username_folded(typed) == kept
    assert username_is_valid(kept)


@pytest.mark.parametrize("folded", ["", "a", "a b", "a/b", "a\n", "a\x00b", "a\ud800", "x" * 65, "<script>"])
def test_what_is_no_user_name_is_known(folded: str) -> None:
    assert not username_is_valid(folded)
