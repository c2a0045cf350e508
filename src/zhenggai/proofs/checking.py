"""Checking a chain (验链): what was changed, removed, swapped or inserted, each named with a whole sentence.

One pass with bounded memory. What a chain alone cannot show is a tail that was cut, or a chain written anew,
together with its head; that takes a head kept elsewhere.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.messages import Message, msg
from zhenggai.proofs.chain import (
    GENESIS,
    SALT_BYTES,
    Head,
    NotCanonicalError,
    Record,
    Value,
    event_hash,
    text_digest,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ERASED_EVENT: Final = "trail.values.erased"
PROBLEMS_MOST: Final = 1000
_BACK: Final = 16  # how many entries in a row are recognised as inserted
_AHEAD: Final = 64  # how many entries in a row are recognised as removed although the rest was renumbered
_KEPT: Final = 64  # how many unexplained entries are kept to be compared with each other
_GUESSES: Final = 50_000  # hashes spent on saying what happened; that something happened is found without


class ProblemKind(StrEnum):
    """What was done to an entry (篡改方式)."""

    CHANGED = "changed"
    REMOVED = "removed"
    SWAPPED = "swapped"
    INSERTED = "inserted"
    VALUE_CHANGED = "value_changed"
    ERASED_UNRECORDED = "erased_unrecorded"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold, at the entry ``seq``: its number as it stands, or stood."""

    kind: ProblemKind
    seq: int
    message: Message


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking a chain gave (验链结果): ``count`` entries read; at most 1,000 problems named."""

    ok: bool
    count: int
    problems: tuple[Problem, ...]
    unnamed_problems: int = 0


def verify_chain(
    records: Iterable[Record], head: Head | None = None, *, with_values: bool = True
) -> Verification:
    """Checks a chain (验链) read in the order of its numbers, entries past the head included.

    ``head`` is what the chain itself says of its end; without it a cut tail goes unseen. Where only digests
    were handed over, ``with_values`` is false and no value is asked for.
    """
    check = _Check(head, with_values)
    for record, following in _with_following(records):
        check.take(record, following)
    return check.result()


def _with_following(records: Iterable[Record]) -> Iterator[tuple[Record, Record | None]]:
    iterator = iter(records)
    current = next(iterator, None)
    while current is not None:
        following = next(iterator, None)
        yield current, following
        current = following


@dataclass(slots=True)
class _Odd:
    """An entry whose hash fits neither its number nor a neighbour's, until another one explains it."""

    record: Record
    true_seq: int


@dataclass(slots=True)
class _Check:
    """One pass; ``true_seq`` is the number the last entry was written with, ``hash`` its hash."""

    head: Head | None
    with_values: bool = True
    true_seq: int = 0
    hash: str = GENESIS
    printed: int = 0
    count: int = 0
    link_known: bool = True
    guesses: int = _GUESSES
    hashes: deque[tuple[int, str]] = field(default_factory=lambda: deque([(0, GENESIS)], maxlen=_BACK + 1))
    odd: list[_Odd] = field(default_factory=list)
    erased: dict[int, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unnamed: int = 0

    def take(self, record: Record, following: Record | None) -> None:
        """Judges the next entry."""
        self.count += 1
        seq = record.header.seq
        if self.with_values:
            self._values(record)
        if self.head is not None and seq > self.head.seq:
            self._add(ProblemKind.INSERTED, seq, _PAST_HEAD, seq=seq)
            return
        if record.header.name == ERASED_EVENT:
            self._excuse(record)
        expected = self.printed + 1
        if seq < expected:
            self._add(ProblemKind.INSERTED, seq, _TWICE, seq=seq)
            return
        if seq > expected:
            self._removed(self.true_seq + 1, self.true_seq + seq - expected)
            self.true_seq += seq - expected
            self.link_known = False
        self._place(record, following)
        self.printed = seq

    def result(self) -> Verification:
        """What is left to say once the last entry has been read."""
        for odd in self.odd:
            self._add(ProblemKind.CHANGED, odd.record.header.seq, _CHANGED, seq=odd.record.header.seq)
        for seq, names in self.erased.items():
            for name in sorted(names):
                self._add(ProblemKind.ERASED_UNRECORDED, seq, _ERASED, seq=seq, name=name)
        if self.head is not None:
            if self.true_seq < self.head.seq and self.printed < self.head.seq:
                self._removed(self.true_seq + 1, self.true_seq + self.head.seq - self.printed, tail=True)
            elif self.hash != self.head.hash and self.link_known:
                self._add(ProblemKind.HEAD, self.printed, _HEAD, seq=self.printed)
        problems = tuple(sorted(self.problems, key=lambda problem: problem.seq))
        return Verification(not problems, self.count, problems, self.unnamed)

    def _place(self, record: Record, following: Record | None) -> None:
        """Finds out which number the entry was written with."""
        true_seq = self.true_seq + 1
        if self._fits(record, true_seq):
            if self.link_known and record.header.previous_hash != self.hash:
                # the entry is as it was written, so the one before it is not
                seq = max(self.printed, 1)
                self._add(ProblemKind.CHANGED, seq, _REPLACED if self.printed else _BEGINNING, seq=seq)
            self._accept(record, true_seq)
            return
        if (
            self._swapped(record, true_seq)
            or self._inserted(record, following)
            or self._cut(record, following)
        ):
            return
        if len(self.odd) < _KEPT:
            self.odd.append(_Odd(replace(record, values=()), true_seq))
        else:
            self._add(ProblemKind.CHANGED, record.header.seq, _CHANGED, seq=record.header.seq)
        self._accept(record, true_seq)
        self.link_known = following is not None and following.header.previous_hash == record.hash

    def _accept(self, record: Record, true_seq: int) -> None:
        self.true_seq = true_seq
        self.hash = record.hash
        self.hashes.append((record.header.seq, record.hash))
        self.link_known = True

    def _swapped(self, record: Record, true_seq: int) -> bool:
        """Whether this entry and an odd one stand, or carry their contents, in each other's place."""
        for odd in self.odd:
            there = odd.record
            moved = self._fits(record, odd.true_seq) and self._fits(there, true_seq)
            if moved or (
                self._is_content_of(record, there, odd.true_seq)
                and self._is_content_of(there, record, true_seq)
            ):
                first, second = there.header.seq, record.header.seq
                self._add(ProblemKind.SWAPPED, first, _SWAPPED, first=first, second=second)
                self.odd.remove(odd)
                self._accept(record, true_seq)
                self.link_known = not moved
                return True
        return False

    def _is_content_of(self, record: Record, place: Record, true_seq: int) -> bool:
        header = replace(record.header, previous_hash=place.header.previous_hash)
        return self._fits(Record(header, place.hash), true_seq)

    def _inserted(self, record: Record, following: Record | None) -> bool:
        """Whether the entries just before this one were put in and the rest renumbered."""
        if following is not None and following.header.previous_hash != record.hash:
            return False
        for back in range(1, len(self.hashes)):
            if record.header.previous_hash == self.hashes[-1 - back][1] and self._fits(
                record, self.true_seq + 1 - back
            ):
                for _ in range(back):
                    seq, _hash = self.hashes.pop()
                    self.odd = [odd for odd in self.odd if odd.record.header.seq != seq]
                    self._add(ProblemKind.INSERTED, seq, _INSERTED, seq=seq)
                self._accept(record, self.true_seq + 1 - back)
                return True
        return False

    def _cut(self, record: Record, following: Record | None) -> bool:
        """Whether entries before this one were taken out and the rest renumbered."""
        if following is not None and following.header.previous_hash != record.hash:
            return False
        for ahead in range(1, _AHEAD + 1):
            if self._fits(record, self.true_seq + 1 + ahead):
                self._removed(self.true_seq + 1, self.true_seq + ahead)
                self._accept(record, self.true_seq + 1 + ahead)
                return True
        return False

    def _fits(self, record: Record, true_seq: int) -> bool:
        if record.header.seq != true_seq:
            if self.guesses <= 0:
                return False
            self.guesses -= 1
        try:
            return event_hash(replace(record.header, seq=true_seq)) == record.hash
        except NotCanonicalError:
            # no event was ever written with such contents
            return False

    def _values(self, record: Record) -> None:
        seq = record.header.seq
        digests = dict(record.header.digests)
        for value in record.values:
            if digests.pop(value.name, None) != value.digest:
                self._add(ProblemKind.VALUE_CHANGED, seq, _VALUE_CHANGED, seq=seq, name=value.name)
            elif value.is_withheld:
                continue
            elif value.text is None and value.salt is None:
                self.erased.setdefault(seq, set()).add(value.name)
            elif not _gives_digest(value):
                self._add(ProblemKind.VALUE_CHANGED, seq, _VALUE_CHANGED, seq=seq, name=value.name)
        for name in sorted(digests):
            self._add(ProblemKind.VALUE_CHANGED, seq, _VALUE_GONE, seq=seq, name=name)

    def _excuse(self, record: Record) -> None:
        """Takes note of what an erasing event says was erased."""
        for seq, names in _erasures(record):
            left = self.erased.get(seq, set()) - names
            if left:
                self.erased[seq] = left
            else:
                self.erased.pop(seq, None)

    def _removed(self, first: int, last: int, *, tail: bool = False) -> None:
        if first == last:
            self._add(ProblemKind.REMOVED, first, _LAST_REMOVED if tail else _REMOVED, seq=first)
        else:
            template = _TAIL_REMOVED if tail else _SEVERAL_REMOVED
            self._add(ProblemKind.REMOVED, first, template, first=first, last=last)

    def _add(self, kind: ProblemKind, seq: int, template: str, /, **values: Any) -> None:
        if len(self.problems) < PROBLEMS_MOST:
            self.problems.append(Problem(kind, seq, Message(template, values)))
        else:
            self.unnamed += 1


def _gives_digest(value: Value) -> bool:
    if value.text is None or value.salt is None or len(value.salt) != SALT_BYTES:
        return False
    return text_digest(value.salt, value.text) == value.digest


def _erasures(record: Record) -> Iterator[tuple[int, set[str]]]:
    text = next((value.text for value in record.values if value.name == "entries"), None)
    try:
        listed = json.loads(text or "[]")
    except ValueError:
        return
    for entry in listed if isinstance(listed, list) else []:
        if (
            isinstance(entry, dict)
            and isinstance(entry.get("seq"), int)
            and isinstance(entry.get("names"), list)
        ):
            yield entry["seq"], {name for name in entry["names"] if isinstance(name, str)}


_CHANGED: Final = msg(
    "Entry %(seq)s was changed: its contents do not give the hash it carries. A backup from before shows "
    "what it said."
)
_REPLACED: Final = msg(
    "Entry %(seq)s was replaced: its hash is not the one that the entry after it was joined to. A backup "
    "from before "
    "shows what it said."
)
_BEGINNING: Final = msg(
    "Entry %(seq)s, the first, is joined to something that is not there: it was replaced, or what stood "
    "before it was "
    "removed. A backup from before shows what it said."
)
_REMOVED: Final = msg("Entry %(seq)s was removed. A backup from before shows what it said.")
_SEVERAL_REMOVED: Final = msg(
    "Entries %(first)s to %(last)s were removed. A backup from before shows what they said."
)
_LAST_REMOVED: Final = msg(
    "Entry %(seq)s, the last one, was removed: the chain's head still counts it. A backup from before shows "
    "what it said."
)
_TAIL_REMOVED: Final = msg(
    "Entries %(first)s to %(last)s, the last ones, were removed: the chain's head still counts them. A "
    "backup from "
    "before shows what they said."
)
_SWAPPED: Final = msg("Entries %(first)s and %(second)s were swapped: each stands in the place of the other.")
_INSERTED: Final = msg("Entry %(seq)s was inserted afterwards: the entry after it was never joined to it.")
_PAST_HEAD: Final = msg(
    "Entry %(seq)s was inserted behind the end of the chain: the chain's head does not count it."
)
_TWICE: Final = msg("Entry %(seq)s stands there twice: one of the two was inserted.")
_VALUE_CHANGED: Final = msg(
    "The value %(name)s of entry %(seq)s was changed: it does not give the digest that was recorded."
)
_VALUE_GONE: Final = msg("The value %(name)s of entry %(seq)s is gone, although its digest was recorded.")
_ERASED: Final = msg(
    "The value %(name)s of entry %(seq)s was erased, and no later entry says by whom and why."
)
_HEAD: Final = msg(
    "The last entry %(seq)s is not the one that the chain's head names: that entry was replaced, or the head "
    "was changed."
)
