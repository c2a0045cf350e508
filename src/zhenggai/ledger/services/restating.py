"""Taking what a later document says of findings that are in the ledger (采用后来文件的说法).

Claims and words are written with what stood before, and only where the stage and the plan allow it; stages,
deadlines, people and units of a finding are never touched.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.measures import MeasureSource
from zhenggai.domain.messages import Message
from zhenggai.domain.restating import BAR_SENTENCES, bar_of
from zhenggai.ledger.errors import FindingNotFoundError, RestatingBarredError
from zhenggai.ledger.facts import planning_of
from zhenggai.ledger.judged import with_judged
from zhenggai.ledger.models import ActionTaken, ClaimUpdate, Finding, Measure, SourceMention
from zhenggai.ledger.order_keys import order_keys_put
from zhenggai.ledger.plan_content import texts_digest
from zhenggai.ledger.restated import PARTS_OF
from zhenggai.ledger.search_text import KIND, finding_text
from zhenggai.ledger.services.headings import Headings, action_stated, measure_stated, place_of
from zhenggai.ledger.services.standing import cleaned, stale
from zhenggai.ledger.visibility import findings_seen
from zhenggai.search.services import entries_put
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import Entry, record_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.imports import ImportedItem, RestatedFinding
    from zhenggai.ledger.models import Inspection, SourceDocument

_AT_ONCE: Final = 500
_HEADINGS: Final = {"theme": "theme_id", "group": "group_id"}
_PIECES: Final = (
    "amendments",
    "comments",
    Prefetch("measures", Measure.objects.order_by("position")),
    Prefetch("actions_taken", ActionTaken.objects.order_by("position")),
)


def findings_restate(
    *,
    actor: Actor,
    at: datetime,
    inspection: Inspection,
    source: SourceDocument,
    first: Entry,
    restated: Iterable[RestatedFinding],
) -> None:
    """Writes what was taken of a document, within the import that the caller has judged (采用).

    ``first`` is recorded before everything else. The findings are those of the inspection that the actor
    sees; 500 are in memory at a time.

    :raises FindingNotFoundError: when one is none of these.
    :raises StalePageError: when one changed since the version that the person saw.
    :raises RestatingBarredError: when its stage or its plan keeps what would change.
    """
    chain = ChainKey.inspection(inspection.pk)
    left = iter(restated)
    batch = list(islice(left, _AT_ONCE))
    if batch:
        # every row before the chain, in one order
        locked = Finding.objects.select_for_update(of=("self",), no_key=True).filter(inspection=inspection)
        deque(locked.order_by("pk").values_list("pk").iterator(), maxlen=0)
    record_all(chain=chain, entries=[first], actor=actor, at=at)
    under_way = _Restating(actor, at, inspection, source)
    while batch:
        record_all(chain=chain, entries=under_way.take(batch), actor=actor, at=at)
        batch = list(islice(left, _AT_ONCE))


@dataclass(slots=True)
class _Taken:
    """One finding under change: its columns from now on, what is recorded of them, what is added."""

    finding: Finding
    columns: dict[str, Any]
    fields: dict[str, Any]
    measures: list[Measure]
    actions: list[ActionTaken]


class _Restating:
    def __init__(self, actor: Actor, at: datetime, inspection: Inspection, source: SourceDocument) -> None:
        self.actor = actor
        self.at = at
        self.inspection = inspection
        self.source = source
        self.headings = Headings(inspection)

    def take(self, batch: Sequence[RestatedFinding]) -> list[Entry]:
        """Writes one batch; what is to be recorded of it."""
        rows = self._rows(batch)
        for each in batch:
            if each.finding_id not in rows:
                raise FindingNotFoundError
            if rows[each.finding_id].version != each.version:
                raise stale(rows[each.finding_id], each.version)
        SourceMention.objects.bulk_create(
            SourceMention(finding_id=each.finding_id, document=self.source, **place_of(each.span))
            for each in batch
        )
        changes = [self._taken(rows[each.finding_id], each) for each in batch if each.is_changed]
        changes = [each for each in changes if each.fields]
        self._write(changes)
        return [self._entry(each) for each in changes]

    def _rows(self, batch: Sequence[RestatedFinding]) -> dict[int, Finding]:
        changed = {each.finding_id for each in batch if each.is_changed}
        rows: QuerySet[Finding] = with_judged(
            Finding.objects.filter(findings_seen(self.actor, self.inspection), inspection=self.inspection)
        ).select_related("theme", "group", "plan", "lead_unit", "responsible_leader")
        found = {row.pk: row for row in rows.filter(pk__in=changed).prefetch_related(*_PIECES)}
        for row in found.values():
            # all of one inspection, which is loaded
            row.inspection = self.inspection
        others = [each.finding_id for each in batch if each.finding_id not in changed]
        return found | {row.pk: row for row in rows.filter(pk__in=others)}

    def _taken(self, finding: Finding, each: RestatedFinding) -> _Taken:
        columns = dict(each.values)
        if "theme" in columns or "group" in columns:
            theme = finding.theme
            if "theme" in columns:
                theme = self.headings.theme(columns.pop("theme"))
            title = columns.pop("group", finding.group.title if finding.group else "")
            group = self.headings.group(theme, title)
            columns |= {"theme_id": theme.pk if theme else None, "group_id": group.pk if group else None}
        fields = self._fields(finding, columns, each)
        measures = _numbered(finding.measures.all(), each.measures)
        actions = _numbered(finding.actions_taken.all(), each.actions)
        if measures:
            fields["measures"] = {"added": [item.text for _, item in measures], "places": _places(measures)}
        if actions:
            fields["actions"] = {"added": [item.text for _, item in actions], "places": _places(actions)}
        self._may_be(finding, fields)
        return _Taken(
            finding,
            {name: columns[name] for name in fields if name in columns},
            fields,
            [
                measure_stated(finding, item, place, self.source, by_id=self.actor.person_id)
                for place, item in measures
            ],
            [action_stated(finding, item, place, self.source) for place, item in actions],
        )

    def _fields(self, finding: Finding, columns: dict[str, Any], each: RestatedFinding) -> dict[str, Any]:
        """What differs, with what stood before; headings by their titles besides."""
        fields: dict[str, Any] = {}
        for name, value in columns.items():
            before = getattr(finding, name)
            if before == value:
                continue
            said = {"before": _plain(before), "after": _plain(value)}
            places = each.places.get(name)
            if name.removesuffix("_id") in _HEADINGS:
                heading = name.removesuffix("_id")
                places = each.places.get(heading)
                titles = [self.headings.by_id.get((heading, id_)) for id_ in (before, value)]
                said |= dict(zip(("from", "to"), [row.title if row else "" for row in titles], strict=True))
            fields[name] = {**said, **({"places": list(places)} if places else {})}
        return fields

    def _may_be(self, finding: Finding, fields: dict[str, Any]) -> None:
        planning = planning_of(finding)
        for part in {PARTS_OF[name]: None for name in fields}:
            bar = bar_of(
                part,
                stage=Stage(finding.stage),
                planning=planning,
                is_rebound=finding.origin_id is not None,
                is_judged=finding.is_judged,  # type: ignore[attr-defined]  # annotated by what loads it
            )
            if bar is not None:
                raise RestatingBarredError(
                    number=finding.number, title=finding.title, why=Message(BAR_SENTENCES[bar])
                )

    def _write(self, changes: Sequence[_Taken]) -> None:
        ClaimUpdate.objects.bulk_create(
            ClaimUpdate(
                finding=each.finding,
                document=self.source,
                version=each.finding.version + 1,
                fields=each.fields,
                by_id=self.actor.person_id,
                at=self.at,
            )
            for each in changes
        )
        Measure.objects.bulk_create(row for each in changes for row in each.measures)
        ActionTaken.objects.bulk_create(row for each in changes for row in each.actions)
        for each in changes:
            self._move(each)
        texts = {each.finding.pk: _text(each) for each in changes}
        entries_put(kind=KIND, scope=self.inspection.pk, texts=texts)

    def _move(self, change: _Taken) -> None:
        """Writes one finding by compare-and-set."""
        finding = change.finding
        seen = finding.version
        for name, value in change.columns.items():
            heading = self.headings.by_id.get((name.removesuffix("_id"), value))
            setattr(*((finding, name.removesuffix("_id"), heading) if heading else (finding, name, value)))
        finding.version = seen + 1
        finding.changed_at = self.at
        cleaned(finding)
        moved = Finding.objects.filter(pk=finding.pk, version=seen).update(
            **change.columns, version=finding.version, changed_at=self.at
        )
        if moved != 1:
            raise stale(finding, seen)
        order_keys_put(finding)

    def _entry(self, change: _Taken) -> Entry:
        finding = change.finding
        said: dict[str, Any] = {"document_id": self.source.pk, "fields": change.fields}
        if change.measures:
            stated = [each for each in finding.measures.all() if each.source == MeasureSource.STATED.value]
            said["stated_measures"] = texts_digest(each.text for each in (*stated, *change.measures))
            said["measures_added"] = [
                {"position": each.position, "due": each.due.isoformat() if each.due else None}
                for each in change.measures
            ]
        said |= {"stage": finding.stage, "version": finding.version}
        return Entry(LedgerEvent.FINDING_RESTATED, ("finding", finding.pk), said)


def _numbered(
    rows: Iterable[Measure | ActionTaken], items: Sequence[ImportedItem]
) -> list[tuple[int, ImportedItem]]:
    first = 1 + max((row.position for row in rows), default=0)
    return list(enumerate(items, start=first))


def _places(items: Iterable[tuple[int, ImportedItem]]) -> list[int]:
    return [place for _, item in items if item.span is not None for place in item.span]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _text(change: _Taken) -> str:
    finding = change.finding
    kinds: tuple[Iterable[Any], ...] = (
        finding.measures.all(),
        finding.actions_taken.all(),
        finding.comments.all(),
        change.measures,
        change.actions,
    )
    return finding_text(finding, [each.text for kind in kinds for each in kind])
