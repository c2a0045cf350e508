"""A chain as a file that anybody can check without the database (留痕导出), JSON Lines, format `FORMAT`.

For each chain: a line that opens it (chain, head, number of events), one line an event with its values and
salts, in order. An event's values may be left out; then only its digests are there, and the chain verifies
all the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import Message, msg
from zhenggai.proofs.anchors import broken_promises
from zhenggai.proofs.chain import Head, Header, NotCanonicalError, Record, Value, canonical_text
from zhenggai.proofs.checking import Verification, verify_chain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhenggai.proofs.anchors import Anchors

FORMAT: Final = "zhenggai.trail-export/1"


class TrailExportError(InvalidError):
    """A line that belongs to no export of a trail."""

    code = "trail_export"
    template = msg(
        "Line %(line)s of the file is no line of a trail export (zhenggai.trail-export/1): the file was "
        "changed "
        "there, is cut off, or is another file. Ask whoever made it for the whole file."
    )


@dataclass(frozen=True, slots=True)
class ExportedChain:
    """What checking one chain of an export gave; ``anchor_problems`` are anchors it does not agree with.

    ``withheld``: of how many events the file has only digests, though it has the values of others.
    """

    kind: str
    key: int
    head: Head
    verification: Verification
    anchored: int = 0
    withheld: int = 0
    anchor_problems: tuple[Message, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all of it holds."""
        return self.verification.ok and not self.anchor_problems


def opening_line(kind: str, key: int, head: Head, *, with_values: bool = True) -> str:
    """The line that opens a chain, line feed included."""
    plain = {
        "format": FORMAT,
        "values": with_values,
        "chain": {"kind": kind, "key": key},
        "head": {"seq": head.seq, "hash": head.hash},
    }
    return canonical_text(plain) + "\n"


def event_line(record: Record, *, with_values: bool = True) -> str:
    """The line of one event, line feed included."""
    header = record.header
    values: dict[str, Any] = {}
    for value in record.values:
        values[value.name] = {"digest": value.digest}
        if with_values:
            values[value.name] |= {
                "salt": None if value.salt is None else value.salt.hex(),
                "text": value.text,
            }
    plain = {
        "seq": header.seq,
        "at": header.at,
        "actor": header.actor_id,
        "name": header.name,
        "subject": {"kind": header.subject_kind, "id": header.subject_id},
        "previous": header.previous_hash,
        "hash": record.hash,
        "values": values,
    }
    try:
        return canonical_text(plain) + "\n"
    except NotCanonicalError:
        # somebody put it into the database by force; the export says what stands there all the same
        return json.dumps(plain, ensure_ascii=True) + "\n"


def verify_export(lines: Iterable[str], anchors: Anchors | None = None) -> list[ExportedChain]:
    """Check every chain of an export (离线验链), in one pass with bounded memory.

    :raises TrailExportError: a line is none of an export.
    """
    reader = _Reader(lines)
    chains: list[ExportedChain] = []
    while (opened := reader.opened) is not None:
        kind, key, head, with_values = opened
        promised = anchors.of_chain(kind, key) if anchors else []
        wanted = {promise.seq for _, promise in promised}
        hashes: dict[int, str] = {}
        withheld: list[int] = []
        records = _noting(reader.records(kind, key), wanted, hashes, withheld)
        verification = verify_chain(records, head, with_values=with_values)
        chains.append(
            ExportedChain(
                kind,
                key,
                head,
                verification,
                len(promised),
                len(withheld) if with_values else 0,
                broken_promises(promised, hashes),
            )
        )
    return chains


def _noting(
    records: Iterable[Record], wanted: set[int], hashes: dict[int, str], withheld: list[int]
) -> Iterator[Record]:
    for record in records:
        if any(value.is_withheld for value in record.values):
            withheld.append(record.header.seq)
        if record.header.seq in wanted:
            hashes[record.header.seq] = record.hash
        yield record


class _Reader:
    """Goes through the lines; ``opened`` is the chain whose records come next, None at the end."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = enumerate(lines, 1)
        self.opened: tuple[str, int, Head, bool] | None = None
        number, plain = self._next()
        if plain is not None:
            self._open(number, plain)

    def records(self, kind: str, key: int) -> Iterator[Record]:
        """The records up to the line that opens the next chain."""
        self.opened = None
        while True:
            number, plain = self._next()
            if plain is None:
                return
            if "format" in plain:
                self._open(number, plain)
                return
            try:
                yield _record(plain, kind, key)
            except (KeyError, TypeError, ValueError, AttributeError) as fault:
                raise TrailExportError(line=number) from fault

    def _next(self) -> tuple[int, dict[str, Any] | None]:
        for number, line in self._lines:
            if not line.strip():
                continue
            try:
                plain = json.loads(line)
            except (ValueError, RecursionError) as fault:
                raise TrailExportError(line=number) from fault
            if not isinstance(plain, dict):
                raise TrailExportError(line=number)
            return number, plain
        return 0, None

    def _open(self, number: int, plain: dict[str, Any]) -> None:
        try:
            if plain["format"] != FORMAT:
                raise TrailExportError(line=number)
            chain, head = plain["chain"], plain["head"]
            self.opened = (
                str(chain["kind"]),
                int(chain["key"]),
                Head(int(head["seq"]), str(head["hash"])),
                plain["values"] is not False,
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise TrailExportError(line=number) from fault


def _record(plain: dict[str, Any], kind: str, key: int) -> Record:
    values: list[Value] = []
    for name, value in plain["values"].items():
        salt, text = value.get("salt"), value.get("text")
        if not isinstance(text, str | None):
            raise TypeError(name)
        is_withheld = "salt" not in value and "text" not in value
        values.append(
            Value(name, value["digest"], None if salt is None else bytes.fromhex(salt), text, is_withheld)
        )
    subject = plain["subject"]
    header = Header(
        chain_kind=kind,
        chain_key=key,
        seq=int(plain["seq"]),
        at=plain["at"],
        actor_id=plain["actor"],
        name=plain["name"],
        subject_kind=subject["kind"],
        subject_id=subject["id"],
        previous_hash=plain["previous"],
        digests={name: value["digest"] for name, value in plain["values"].items()},
    )
    return Record(header, str(plain["hash"]), tuple(values))
