"""A format shows 1 as 001 and 0.85 as 85%; what it would lose or what is money is left to the number."""

from __future__ import annotations

import pytest

from zhenggai.reading.workbook.number_formats import number_format


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("000", "1", "001"),
        ("000", "1234", "1234"),
        ("000;[Red]-000", "12", "012"),
        ("000", "1.5", None),
        ("000", "-1", None),
        ("000", "x", None),
        ("000", "1e400", None),
        ('"第"0"项"', "3", "第3项"),
        ('"a;b"0', "3", "a;b3"),
        (r"\W000", "3", "W003"),
        ("第0号", "3", "第3号"),
        ("[$-804]0%", "0.85", "85%"),
        ("0.0%", "0.8533", "85.33%"),
        ("0%", "1", "100%"),
        ("0.0", "2", "2.0"),
        ("0.0", "2031", None),
        ("0.00_ ", "1.1", "1.10"),
        ("0.0", "1.25", None),
    ],
)
def test_a_number_is_shown_by_its_format(code, value, shown):
    assert number_format(code).shown(value) == shown


@pytest.mark.parametrize("code", ["", "General", "0", "#,##0.00", "yyyy-mm-dd", "0.00E+00", "@", "¥0.00"])
def test_formats_that_show_the_number_itself_are_not_known(code):
    assert number_format(code) is None


def test_formats_that_are_built_in_are_known_by_their_number():
    assert number_format("", 9).shown("0.5") == "50%"
    assert number_format("", 4) is None
