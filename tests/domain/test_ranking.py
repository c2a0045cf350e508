"""Places in a ranking: exact, and equal where the shares are."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zhenggai.domain.ranking import Share, places

SHARES = st.lists(
    st.integers(0, 30).flatmap(lambda whole: st.integers(0, whole).map(lambda part: Share(part, whole))),
    max_size=12,
)


def test_equal_shares_stand_equal_and_the_next_place_is_left_out():
    shares = [Share(1, 2), Share(2, 3), Share(2, 4), Share(0, 5), Share(0, 0)]
    assert places(shares, is_more_better=True) == [2, 1, 2, 4, None]
    assert places(shares, is_more_better=False) == [2, 4, 2, 1, None]


def test_shares_are_compared_exactly():
    close = [Share(333_333, 1_000_000), Share(1, 3)]
    assert places(close, is_more_better=True) == [2, 1]
    assert Share(1, 3).value == Fraction(1, 3)


@given(SHARES, st.booleans())
def test_a_place_is_one_more_than_those_that_are_better(shares, is_more_better):
    found = places(shares, is_more_better=is_more_better)
    for share, place in zip(shares, found, strict=True):
        if share.value is None:
            assert place is None
            continue
        values = [each.value for each in shares if each.value is not None]
        better = [each for each in values if (each > share.value if is_more_better else each < share.value)]
        assert place == len(better) + 1
