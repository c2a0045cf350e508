from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from zhenggai.proofs.chain import (
    FORMAT,
    GENESIS,
    Header,
    NotCanonicalError,
    canonical_text,
    event_hash,
    is_hash,
    moment_text,
    text_digest,
    value_digest,
)

SALT = bytes(range(16))
HEADER = Header(
    chain_kind="inspection",
    chain_key=7,
    seq=1,
    at="2026-01-02T03:04:05.000006Z",
    actor_id=3,
    name="ledger.finding.assigned",
    subject_kind="finding",
    subject_id=11,
    previous_hash=GENESIS,
    digests={"actor": "a" * 64, "due": "b" * 64},
)


def test_the_digest_of_a_value_never_changes_its_meaning() -> None:
    assert value_digest(SALT, "张示例") == "930bdb6f69005dd85896cb4653dbb39f235ac6cdb0d1b3751ec0bf4352decfcc"
    assert (
        value_digest(SALT, {"b": [1, None, True], "a": "2024-06-30"})
        == "475e9c5aa5443070fb6ba55453349be84ea1fc1545b0b9781f57d0c87de493c8"
    )
    assert value_digest(SALT, None) == "fb8185ff77f1f95e925cff732b1c131d1207c5c638144262b590bb91357c1070"


def test_the_hash_of_an_event_never_changes_its_meaning() -> None:
    assert FORMAT == "zhenggai.trail/1"
    assert event_hash(HEADER) == "536733951318a252a4d18624467a548d6d5fb6738bed564f18a1c37b87286962"


def test_a_digest_is_that_of_the_canonical_text() -> None:
    assert canonical_text({"乙": 1, "甲": 2.0, "a": "\u0000"}) == '{"a":"\\u0000","乙":1,"甲":2}'
    assert value_digest(SALT, {"x": 1}) == text_digest(SALT, '{"x":1}')


def test_the_same_value_with_another_salt_has_another_digest() -> None:
    assert value_digest(SALT, "李示例") != value_digest(bytes(16), "李示例")


@pytest.mark.parametrize(
    "change",
    [
        {"chain_kind": "organisation"},
        {"chain_key": 8},
        {"seq": 2},
        {"at": "2026-01-02T03:04:05.000007Z"},
        {"actor_id": 4},
        {"name": "ledger.finding.closed"},
        {"subject_kind": "measure"},
        {"subject_id": 12},
        {"previous_hash": "1" * 64},
        {"digests": {"actor": "a" * 64}},
        {"digests": {"actor": "a" * 64, "due": "c" * 64}},
        {"digests": {"actor": "a" * 64, "date": "b" * 64}},
    ],
)
def test_every_field_of_a_header_is_hashed(change: dict[str, object]) -> None:
    assert event_hash(replace(HEADER, **change)) != event_hash(HEADER)  # type: ignore[arg-type]


def test_the_order_in_which_values_are_listed_does_not_matter() -> None:
    turned = replace(HEADER, digests=dict(reversed(HEADER.digests.items())))
    assert event_hash(turned) == event_hash(HEADER)


@pytest.mark.parametrize("value", ["\ud800", float("nan"), 2**53 + 1, {1: "x"}, object(), b"bytes", {"x"}])
def test_what_is_not_json_is_refused_with_a_sentence(value: object) -> None:
    with pytest.raises(NotCanonicalError) as refusal:
        canonical_text(value)  # type: ignore[arg-type]
    assert "cannot be recorded" in str(refusal.value)
    assert refusal.value.code == "not_canonical"


def test_a_value_nested_without_end_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(NotCanonicalError):
        canonical_text(endless)


def test_a_salt_has_sixteen_bytes() -> None:
    with pytest.raises(ValueError, match="16 bytes, not 3"):
        text_digest(b"abc", "1")


def test_a_moment_is_hashed_in_utc_with_microseconds() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert moment_text(datetime(2026, 1, 2, 11, 4, 5, 6, tzinfo=shanghai)) == "2026-01-02T03:04:05.000006Z"
    assert moment_text(datetime(987, 1, 2, tzinfo=UTC)) == "0987-01-02T00:00:00.000000Z"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment_text(datetime(2026, 1, 2))  # noqa: DTZ001 # the point of the test


def test_a_hash_is_sixty_four_lower_case_hexadecimal_digits() -> None:
    assert is_hash(GENESIS)
    assert is_hash("0123456789abcdef" * 4)
    assert not is_hash("0123456789ABCDEF" * 4)
    assert not is_hash("0" * 63)
    assert not is_hash("0" * 64 + "\n")
