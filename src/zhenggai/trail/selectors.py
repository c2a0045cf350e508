"""Reading the trail (查阅留痕) and checking it (验链)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Sum, TextField
from django.db.models.functions import Cast

from zhenggai.domain.messages import Message, msg
from zhenggai.proofs.anchors import NOT_ANCHORED, broken_promises
from zhenggai.proofs.chain import GENESIS, Head, Header, Record, Value, moment_text
from zhenggai.proofs.checking import Problem, ProblemKind, verify_chain
from zhenggai.trail import guards
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain, Event, EventValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.db.models import QuerySet

    from zhenggai.proofs.anchors import Anchors

_BATCH: Final = 1000
_STRAYS: Final = 100
_NUMBERS: Final = 500  # numbers asked for in one query

ANCHORED: Final = msg(
    "%(count)s heads of this chain, the last of %(at)s (entry %(seq)s), were compared with the anchor "
    "file; what "
    "came later is covered by the next anchor."
)


@dataclass(frozen=True, slots=True)
class EventView:
    """One event for a page (事件). ``values`` holds what was not erased, ``erased`` the names of what was."""

    seq: int
    at: datetime
    actor_id: int
    actor: str | None
    name: str
    subject_kind: str
    subject_id: int
    hash: str
    values: dict[str, Any]
    erased: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What checking one chain gave (验链报告).

    ``anchored`` says whether a head kept outside the database was compared, ``anchor_problems`` what of them
    no longer stands; ``note`` says in a sentence how far that goes.
    """

    kind: str
    key: int
    ok: bool
    count: int
    problems: tuple[Problem, ...]
    unnamed_problems: int = 0
    head_seq: int = 0
    head_hash: str = GENESIS
    head_at: datetime | None = None
    anchored: bool = False
    anchor_problems: tuple[Message, ...] = ()
    note: Message = field(default_factory=lambda: Message(NOT_ANCHORED))


def events_of(chain: ChainKey, subject: tuple[str, int] | None = None) -> QuerySet[Event]:
    """The events of a chain, or of one subject in it, oldest first; slice it, then `event_views`."""
    events = Event.objects.filter(chain__kind=chain.kind, chain__key=chain.key)
    if subject is not None:
        events = events.filter(subject_kind=subject[0], subject_id=subject[1])
    return events.order_by("seq")


def events_about(chain: ChainKey, kind: str, ids: Collection[int]) -> QuerySet[Event]:
    """The events of several subjects of one kind in a chain, in no order.

    An order by number would have SQLite walk the whole chain for every few subjects.
    """
    events = Event.objects.filter(chain__kind=chain.kind, chain__key=chain.key)
    return events.filter(subject_kind=kind, subject_id__in=ids).order_by()


def last_events_about(chain_kind: str, kind: str, ids: Collection[int]) -> dict[int, EventView]:
    """The last event about each of several subjects of one kind, whatever their chains; three queries."""
    about = Event.objects.filter(chain__kind=chain_kind, subject_kind=kind, subject_id__in=ids)
    # each subject's events are of one chain, in which later ones have higher ids
    last = about.order_by().values("subject_id").annotate(last=Max("pk")).values("last")
    return {view.subject_id: view for view in event_views(Event.objects.filter(pk__in=last))}


def events_named(chain: ChainKey, name: str) -> QuerySet[Event]:
    """The events of one name in a chain, oldest first."""
    return Event.objects.filter(chain__kind=chain.kind, chain__key=chain.key, name=name).order_by("seq")


def events_by(chain: ChainKey, actor_id: int, names: Collection[str]) -> QuerySet[Event]:
    """The events of some names that one person caused in a chain, oldest first."""
    events = Event.objects.filter(chain__kind=chain.kind, chain__key=chain.key, name__in=names)
    return events.filter(actor_id=actor_id).order_by("seq")


def event_views(events: QuerySet[Event]) -> list[EventView]:
    """Events with their values, ready to be shown; two queries."""
    return [_view(event) for event in events.prefetch_related("values")]


def chains() -> list[ChainKey]:
    """Every chain there is, by kind and id."""
    return [
        ChainKey(kind, key) for kind, key in Chain.objects.order_by("kind", "key").values_list("kind", "key")
    ]


def verify(chain: ChainKey | None = None, anchors: Anchors | None = None) -> list[ChainReport]:
    """Checks one chain, or all of them (验链), reading 1,000 events at a time.

    ``anchors`` are heads kept outside the database. Checking all also finds events whose chain is gone,
    values whose event is gone, and anchored chains of which nothing is left.
    """
    rows = Chain.objects.order_by("kind", "key")
    if chain is not None:
        rows = rows.filter(kind=chain.kind, key=chain.key)
    reports = [_report(row, anchors) for row in rows]
    if chain is None:
        reports += _strays()
        reports += _vanished({(report.kind, report.key) for report in reports}, anchors)
    return reports


def records_of(chain: ChainKey) -> tuple[Head, Iterator[Record]] | None:
    """The head of a chain and its events with their values, for an export; None where there is no chain."""
    row = Chain.objects.filter(kind=chain.kind, key=chain.key).first()
    return None if row is None else (Head(row.head_seq, row.head_hash), _records(row))


def guards_missing() -> tuple[str, ...]:
    """The names of the triggers that keep the trail append-only and are not there; empty is well."""
    return guards.guards_missing(connection)


def guards_counted() -> tuple[int, int]:
    """How many of the triggers stand that should, and how many should; counted in the database now."""
    wanted = len(guards.guard_names(connection.vendor))
    return wanted - len(guards_missing()), wanted


def trail_size() -> tuple[int, int]:
    """How many chains there are, and how many events in them; one query, whatever their number."""
    rows = Chain.objects.aggregate(chains=Count("pk"), events=Sum("head_seq"))
    return int(rows["chains"]), int(rows["events"] or 0)


def _view(event: Event) -> EventView:
    values = {value.name: _content(value.value) for value in event.values.all() if value.value is not None}
    return EventView(
        seq=event.seq,
        at=event.at,
        actor_id=event.actor_id,
        actor=values.pop("actor", None),
        name=event.name,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        hash=event.hash,
        values=values,
        erased=tuple(sorted(value.name for value in event.values.all() if value.value is None)),
    )


def _content(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        # somebody changed it; what it says now is shown as it stands, and checking the chain names it
        return text


def _report(row: Chain, anchors: Anchors | None) -> ChainReport:
    verification = verify_chain(_records(row), Head(row.head_seq, row.head_hash))
    promised = anchors.of_chain(row.kind, row.key) if anchors else []
    note = Message(NOT_ANCHORED)
    broken: tuple[Message, ...] = ()
    if promised:
        anchor, head = promised[-1]
        note = Message(ANCHORED, {"count": len(promised), "at": anchor.at, "seq": head.seq})
        broken = broken_promises(promised, _hashes(row, sorted({head.seq for _, head in promised})))
    return ChainReport(
        kind=row.kind,
        key=row.key,
        ok=verification.ok and not broken,
        count=verification.count,
        problems=verification.problems,
        unnamed_problems=verification.unnamed_problems,
        head_seq=row.head_seq,
        head_hash=row.head_hash,
        head_at=row.head_at,
        anchored=bool(promised),
        anchor_problems=broken,
        note=note,
    )


def _hashes(row: Chain, numbers: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(numbers), _NUMBERS):
        events = Event.objects.filter(chain_id=row.pk, seq__in=numbers[start : start + _NUMBERS])
        found.update(events.values_list("seq", "hash"))
    return found


def _vanished(known: set[tuple[str, int]], anchors: Anchors | None) -> list[ChainReport]:
    """A report for each chain that was anchored and of which the database holds nothing any more."""
    gone = dict.fromkeys(
        (head.kind, head.key)
        for anchor in (anchors.anchors if anchors else ())
        for head in anchor.heads
        if (head.kind, head.key) not in known
    )
    reports: list[ChainReport] = []
    for kind, key in gone:
        promised = anchors.of_chain(kind, key) if anchors else []
        reports.append(
            ChainReport(
                kind=kind,
                key=key,
                ok=False,
                count=0,
                problems=(),
                anchored=True,
                anchor_problems=broken_promises(promised[-1:], {}),
            )
        )
    return reports


def _records(row: Chain) -> Iterator[Record]:
    """The chain's events up to the head as it was read, then those that no head counts, by number.

    Read in pieces by number, not with one cursor: a cursor holds the whole answer in memory behind pgbouncer.
    """
    events = (
        Event.objects.filter(chain_id=row.pk)
        .defer("at")
        .annotate(at_text=Cast("at", TextField()))
        .order_by("seq", "pk")
        .prefetch_related(_values())
    )
    last: int | None = None
    while True:
        piece = events.filter(seq__lte=row.head_seq)
        batch = list((piece if last is None else piece.filter(seq__gt=last))[:_BATCH])
        yield from (_record(row, event) for event in batch)
        if len(batch) < _BATCH:
            break
        last = batch[-1].seq
    # an event may have been added since the head was read, so these are compared with the head of this moment
    yield from (_record(row, event) for event in events.filter(seq__gt=F("chain__head_seq"))[:_STRAYS])


def _values() -> Prefetch[Any]:
    return Prefetch("values", queryset=EventValue.objects.order_by("pk"))


def _record(row: Chain, event: Event) -> Record:
    values = tuple(
        Value(value.name, value.digest, _salt(value.salt), _text(value.value)) for value in event.values.all()
    )
    header = Header(
        chain_kind=row.kind,
        chain_key=row.key,
        seq=event.seq if isinstance(event.seq, int) else 0,
        at=_moment(event),
        actor_id=event.actor_id,
        name=event.name,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        previous_hash=event.previous_hash,
        digests={value.name: value.digest for value in values},
    )
    return Record(header, event.hash, values)


# SQLite keeps any kind of value in any column: what was put there by force must be named, not stumbled over


def _moment(event: Event) -> str:
    text: str = event.at_text  # type: ignore[attr-defined] # annotated by `_records`
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment_text(at if at.tzinfo else at.replace(tzinfo=UTC))


def _salt(stored: Any) -> bytes | None:
    return None if stored is None else bytes(stored) if isinstance(stored, bytes | memoryview) else b""


def _text(stored: Any) -> str | None:
    return stored if stored is None or isinstance(stored, str) else repr(stored)


def _strays() -> list[ChainReport]:
    chainless = Event.objects.filter(~Exists(Chain.objects.filter(pk=OuterRef("chain_id")))).order_by("pk")
    eventless = EventValue.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("event_id")))).order_by(
        "pk"
    )
    problems = [
        Problem(
            ProblemKind.REMOVED,
            event.seq,
            Message(
                msg("Event %(id)s belongs to a chain that is gone: the chain was removed."), {"id": event.pk}
            ),
        )
        for event in chainless[:_STRAYS]
    ]
    problems += [
        Problem(
            ProblemKind.REMOVED,
            0,
            Message(
                msg("The value %(name)s belongs to event %(id)s, which is gone: the event was removed."),
                {"name": value.name, "id": value.event_id},
            ),
        )
        for value in eventless[:_STRAYS]
    ]
    if not problems:
        return []
    return [ChainReport(kind="", key=0, ok=False, count=len(problems), problems=tuple(problems))]
