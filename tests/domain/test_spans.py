"""Places of a text, and pages as a person writes them."""

from __future__ import annotations

import pytest

from zhenggai.domain.spans import Span, page_ranges


def test_a_span_takes_its_own_piece_and_nothing_beside_it():
    assert Span(1, 3).of("一二三四") == "二三"
    assert Span(2, 2).of("一二三四") == ""


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        ([], ""),
        ([4], "4"),
        ([1, 2], "1-2"),
        ([1, 2, 3, 7], "1-3, 7"),
        ([1, 3, 4, 5, 9, 10], "1, 3-5, 9-10"),
        (range(1, 25, 2), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23"),
        (range(1, 27, 2), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, …"),
    ],
)
def test_pages_in_a_row_are_written_as_a_range_and_very_many_end(numbers, written):
    assert page_ranges(numbers) == written
