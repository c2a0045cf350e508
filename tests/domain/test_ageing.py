"""Classes of days: each number of days stands in exactly one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.domain.ageing import AGE_LABELS, AGES, AgeClass, age_class


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, AgeClass.WEEK),
        (7, AgeClass.WEEK),
        (8, AgeClass.MONTH),
        (30, AgeClass.MONTH),
        (31, AgeClass.QUARTER),
        (90, AgeClass.QUARTER),
        (91, AgeClass.LONGER),
    ],
)
def test_a_number_of_days_stands_in_its_class(days, expected):
    assert age_class(days) is expected


@given(st.integers(1, 5000))
def test_exactly_one_class_holds_a_number_of_days(days):
    found = [each for each, (first, last) in AGES.items() if first <= days and (last is None or days <= last)]
    assert found == [age_class(days)]


def test_the_classes_follow_each_other_and_have_words():
    assert list(AGES) == list(AgeClass)
    assert set(AGE_LABELS) == set(AgeClass)
    assert all(before.last + 1 == after.first for before, after in pairwise(AGES.values()))
