"""A chain of events (哈希链): canonical JSON, salted digests of values, a hash that joins each to the last.

The format is `FORMAT`. A change to anything that is hashed is a new format, never a new version of this one.

- canonical JSON: RFC 8785; a moment is text in UTC with microseconds, an amount of money is text;
- digest of a value: SHA-256 over ``zhenggai.value/1``, a zero byte, 16 bytes of salt and the canonical value;
- hash of an event: SHA-256 over the canonical header, which holds the digests, never the values themselves.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import rfc8785

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = "zhenggai.trail/1"
GENESIS: Final = "0" * 64
SALT_BYTES: Final = 16
_VALUE_PREFIX: Final = b"zhenggai.value/1\0"
_HASH = re.compile(r"[0-9a-f]{64}")

# rfc8785 and the trail take exactly these; a Decimal or a moment has to become text first
Json: TypeAlias = "bool | int | float | str | list[Any] | tuple[Any, ...] | dict[str, Any] | None"


class NotCanonicalError(InvalidError):
    """A value has no canonical JSON: half a character, a number too large, or not JSON at all."""

    code = "not_canonical"
    template = msg(
        "The value %(value)s cannot be recorded: it is not JSON, has half a character in it, or is a number "
        "beyond "
        "2^53. Write numbers beyond that, amounts and moments as text."
    )


@dataclass(frozen=True, slots=True)
class Header:
    """What the hash of one event covers (事件头)."""

    chain_kind: str
    chain_key: int
    seq: int
    at: str
    actor_id: int
    name: str
    subject_kind: str
    subject_id: int
    previous_hash: str
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an event as it is stored: canonical text and salt, or neither once it has been erased.

    ``is_withheld``: of an export that gives the digest alone.
    """

    name: str
    digest: str
    salt: bytes | None
    text: str | None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One event as it is stored. ``header.digests`` are those of ``values``."""

    header: Header
    hash: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain goes by its own account (链头)."""

    seq: int = 0
    hash: str = field(default=GENESIS)


def canonical_text(value: Json) -> str:
    """The canonical JSON (RFC 8785) of a value.

    Raises:
        NotCanonicalError: when the value has none.
    """
    try:
        return rfc8785.dumps(value).decode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:
        raise NotCanonicalError(value=ascii(value)[:80]) from error


def text_digest(salt: bytes, text: str) -> str:
    """The digest of a value by its canonical text, 64 hexadecimal digits; ``salt`` has 16 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(_VALUE_PREFIX + salt + text.encode("utf-8", "surrogatepass")).hexdigest()


def value_digest(salt: bytes, value: Json) -> str:
    """The salted digest of a value (内容摘要), 64 hexadecimal digits; ``salt`` has 16 bytes.

    Raises:
        NotCanonicalError: when the value has no canonical JSON.
    """
    return text_digest(salt, canonical_text(value))


def moment_text(at: datetime) -> str:
    """A moment as it is hashed: UTC with six digits of microseconds, ``2026-01-02T03:04:05.000006Z``."""
    if at.tzinfo is None:
        raise ValueError("a moment carries its time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def event_hash(header: Header) -> str:
    """The hash of an event (事件哈希), 64 hexadecimal digits."""
    plain = {
        "format": FORMAT,
        "chain": {"kind": header.chain_kind, "key": header.chain_key},
        "seq": header.seq,
        "at": header.at,
        "actor": header.actor_id,
        "name": header.name,
        "subject": {"kind": header.subject_kind, "id": header.subject_id},
        "previous": header.previous_hash,
        "values": dict(header.digests),
    }
    return hashlib.sha256(canonical_text(plain).encode("utf-8")).hexdigest()


def is_hash(text: str) -> bool:
    """Whether the text is written as a hash here: 64 lower-case hexadecimal digits."""
    return _HASH.fullmatch(text) is not None
