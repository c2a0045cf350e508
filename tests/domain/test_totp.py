"""RFC 6238's own examples, drift and replay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from zhenggai.domain.totp import SECRET_BYTES, code_at, step_fitting, step_of, typed_folded

SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 27, 16, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_rfc(second: int, code: str) -> None:
    at = datetime.fromtimestamp(second, UTC)
    assert code_at(SECRET, step_of(at)) == code
    assert step_fitting(SECRET, code, at, None) == step_of(at)


@pytest.mark.parametrize(("seconds", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(seconds: int, fits: bool) -> None:
    code = code_at(SECRET, step_of(NOW + timedelta(seconds=seconds)))
    assert (step_fitting(SECRET, code, NOW, None) is not None) is fits


def test_a_code_fits_once_and_an_earlier_one_no_more() -> None:
    now = step_of(NOW)
    assert step_fitting(SECRET, code_at(SECRET, now), NOW, now) is None
    assert step_fitting(SECRET, code_at(SECRET, now - 1), NOW, now) is None
    assert step_fitting(SECRET, code_at(SECRET, now + 1), NOW, now) == now + 1


@pytest.mark.parametrize("typed", ["１２３ ４５６", "123-456", " 123456\n"])
def test_a_code_may_be_typed_as_an_input_method_writes_it(typed: str) -> None:
    assert typed_folded(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "000000000", "abcdef", "一二三四五六", "\x00"])
def test_anything_else_fits_not(typed: str) -> None:
    assert step_fitting(SECRET, typed, NOW, None) is None


def test_a_secret_is_as_long_as_the_rfc_asks_for() -> None:
    """RFC 4226 §4, R6: 160 bits are recommended."""
    assert SECRET_BYTES * 8 == 160
