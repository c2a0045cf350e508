"""A chain of made-up events, as the trail would write it, to be tampered with."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from zhenggai.proofs.chain import (
    GENESIS,
    Head,
    Header,
    Record,
    Value,
    canonical_text,
    event_hash,
    text_digest,
)


def salt_of(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode()).digest()[:16]


def value_of(seq: int, name: str, content: Any) -> Value:
    salt, text = salt_of(seq, name), canonical_text(content)
    return Value(name, text_digest(salt, text), salt, text)


def record_of(seq: int, previous: str, name: str = "example.happened", **values: Any) -> Record:
    stored = tuple(value_of(seq, key, content) for key, content in values.items())
    header = Header(
        chain_kind="inspection",
        chain_key=7,
        seq=seq,
        at=f"2026-01-01T00:00:{seq % 60:02d}.000000Z",
        actor_id=3,
        name=name,
        subject_kind="finding",
        subject_id=seq,
        previous_hash=previous,
        digests={value.name: value.digest for value in stored},
    )
    return Record(header, event_hash(header), stored)


def chain_of(length: int) -> list[Record]:
    records: list[Record] = []
    for seq in range(1, length + 1):
        records.append(
            record_of(seq, records[-1].hash if records else GENESIS, actor="张示例", note=f"第{seq}条")
        )
    return records


def head_of(records: list[Record]) -> Head:
    return Head(records[-1].header.seq, records[-1].hash) if records else Head()


def renumbered(record: Record, seq: int) -> Record:
    return replace(record, header=replace(record.header, seq=seq))


def rehashed(record: Record, **fields: Any) -> Record:
    header = replace(record.header, **fields)
    return replace(record, header=header, hash=event_hash(header))
