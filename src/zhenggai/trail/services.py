"""Writing the trail (记录留痕): events are added to the end of a chain; only values can be erased."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db import transaction

from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError
from zhenggai.domain.messages import msg
from zhenggai.proofs.chain import (
    SALT_BYTES,
    Header,
    Json,
    canonical_text,
    event_hash,
    moment_text,
    text_digest,
)
from zhenggai.proofs.checking import ERASED_EVENT
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain, Event, EventValue

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor

__all__ = ["ChainKey", "Entry", "chains_lock", "erase_values", "record", "record_all"]

ACTOR: Final = "actor"
REASON_LEAST = 10
_BATCH: Final = 500


class TrailRaceError(NotAllowedNowError):
    """Two events reached for the same place in a chain; neither half of the second was kept."""

    code = "trail_race"
    template = msg(
        "Somebody else changed the same thing at this moment, so nothing was changed here. Load the page "
        "again and "
        "repeat what you did."
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be recorded: its dotted name in the past tense, what it happened to, and its values."""

    name: str
    subject: tuple[str, int]
    values: Mapping[str, Json] = field(default_factory=dict)


def record(
    *,
    chain: ChainKey,
    name: str,
    actor: Actor,
    at: datetime,
    subject: tuple[str, int],
    values: Mapping[str, Json] | None = None,
) -> Event:
    """Adds one event to the end of a chain (留痕) and returns it; four queries.

    To be called inside the transaction of the change, after every row lock: the chain's head is locked here.
    The actor's name is recorded as the value ``actor``. The event's time is ``at``, or the head's time if
    that is later.

    Raises:
        TrailRaceError: when another event took the place.
        NotCanonicalError: when a value has no canonical JSON.
    """
    return record_all(chain=chain, entries=[Entry(name, subject, values or {})], actor=actor, at=at)[0]


@transaction.atomic
def record_all(*, chain: ChainKey, entries: Sequence[Entry], actor: Actor, at: datetime) -> list[Event]:
    """Adds several events to the end of a chain, in their order; as few queries as for one, per 500 of them.

    Raises:
        TrailRaceError: when another event took the place.
        NotCanonicalError: when a value has no canonical JSON.
    """
    row = _head_locked(chain)
    old_seq, hash_, moment = row.head_seq, row.head_hash, max(at, row.head_at or at)
    events: list[Event] = []
    values: list[list[EventValue]] = []
    for seq, entry in enumerate(entries, start=old_seq + 1):
        rows = _values_of(entry, actor)
        kind, id_ = entry.subject
        header = Header(
            chain_kind=chain.kind,
            chain_key=chain.key,
            seq=seq,
            at=moment_text(moment),
            actor_id=actor.person_id,
            name=entry.name,
            subject_kind=kind,
            subject_id=id_,
            previous_hash=hash_,
            digests={value.name: value.digest for value in rows},
        )
        event = Event(
            chain=row,
            seq=seq,
            at=moment,
            actor_id=actor.person_id,
            name=entry.name,
            subject_kind=kind,
            subject_id=id_,
            previous_hash=hash_,
            hash=event_hash(header),
        )
        hash_ = event.hash
        events.append(event)
        values.append(rows)
    if not events:
        return []
    Event.objects.bulk_create(events, batch_size=_BATCH)
    for event, rows in zip(events, values, strict=True):
        for value in rows:
            value.event = event
    EventValue.objects.bulk_create((value for rows in values for value in rows), batch_size=_BATCH)
    moved = Chain.objects.filter(pk=row.pk, head_seq=old_seq).update(
        head_seq=old_seq + len(events), head_hash=hash_, head_at=moment
    )
    if moved != 1:
        raise TrailRaceError
    return events


@transaction.atomic
def chains_lock(*chains: ChainKey) -> None:
    """Locks the heads of several chains in the order of their ids, for a change recorded in each."""
    wanted = set(chains)
    # in one order here too: two that make the same new chains would otherwise wait for each other
    for key in sorted(wanted):
        _row(key)
    rows = Chain.objects.filter(kind__in={key.kind for key in wanted}, key__in={key.key for key in wanted})
    ids = sorted(row.pk for row in rows if ChainKey(row.kind, row.key) in wanted)
    list(Chain.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


@transaction.atomic
def erase_values(
    *,
    chain: ChainKey,
    entries: Mapping[int, Collection[str]],
    reason: str,
    actor: Actor,
    at: datetime,
) -> Event:
    """Erases values of events (删除个人信息): value and salt go, digests stay; the erasing is an event.

    ``entries`` names the values by the number of their event. Who may do so is judged by the service that
    calls this one.

    Raises:
        NotFoundError: when the chain has no such event or value.
        NotAllowedNowError: when a value is erased already.
        InvalidError: when the reason has fewer than 10 characters, or nothing or an erasing itself is to be
            erased.
    """
    reason = reason.strip()
    if len(reason) < REASON_LEAST:
        raise InvalidError(
            msg("Erasing needs a reason of at least %(least)s characters; this one has %(count)s."),
            least=REASON_LEAST,
            count=len(reason),
        )
    if not any(entries.values()):
        raise InvalidError(msg("Name at least one value to erase; none was named."))
    rows = [
        _value_to_erase(chain, seq, name) for seq, names in sorted(entries.items()) for name in sorted(names)
    ]
    for row in rows:
        if EventValue.objects.filter(pk=row.pk, value__isnull=False).update(value=None, salt=None) != 1:
            raise NotAllowedNowError(
                msg("The value %(name)s of event %(seq)s is erased already; nothing was changed."),
                name=row.name,
                seq=row.event.seq,
            )
    listed: list[Json] = [
        {"seq": seq, "names": sorted(names)} for seq, names in sorted(entries.items()) if names
    ]
    return record(
        chain=chain,
        name=ERASED_EVENT,
        actor=actor,
        at=at,
        subject=("chain", rows[0].event.chain_id),
        values={"entries": listed, "reason": reason},
    )


def _value_to_erase(chain: ChainKey, seq: int, name: str) -> EventValue:
    row = (
        EventValue.objects.select_for_update(of=("self",))
        .select_related("event")
        .filter(event__chain__kind=chain.kind, event__chain__key=chain.key, event__seq=seq, name=name)
        .first()
    )
    if row is None:
        raise NotFoundError(
            msg("Event %(seq)s of this chain has no value %(name)s; the trail lists the values it has."),
            seq=seq,
            name=name,
        )
    if row.event.name == ERASED_EVENT and name != ACTOR:
        raise InvalidError(
            msg(
                "Event %(seq)s itself says what was erased and why, and that stays; only its actor can be "
                "erased."
            ),
            seq=seq,
        )
    return row


def _values_of(entry: Entry, actor: Actor) -> list[EventValue]:
    if ACTOR in entry.values:
        raise ValueError(f"the value {ACTOR!r} of {entry.name} is written by the trail itself")
    rows = []
    for name, value in {ACTOR: actor.label, **entry.values}.items():
        salt = secrets.token_bytes(SALT_BYTES)
        text = canonical_text(value)
        rows.append(EventValue(name=name, salt=salt, value=text, digest=text_digest(salt, text)))
    return rows


def _row(chain: ChainKey) -> Chain:
    return Chain.objects.get_or_create(kind=chain.kind, key=chain.key)[0]


def _head_locked(chain: ChainKey) -> Chain:
    locked = Chain.objects.select_for_update().filter(kind=chain.kind, key=chain.key)
    row = locked.first()
    if row is None:
        _row(chain)
        row = locked.get()
    return row
