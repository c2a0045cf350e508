"""Findings of a ledger as a later document is compared with them (比对用的台账内容): as plain values.

What the actor does not see is not there, whatever the document says of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Max, Q, When

from zhenggai.documents.ledger_book.counted import counted
from zhenggai.documents.words import PROGRESS_WORDS
from zhenggai.domain.ledger_keys import ledger_key
from zhenggai.domain.lifecycle import Progress, Stage
from zhenggai.domain.matching import Entry
from zhenggai.domain.restating import Bar, Part, bar_of
from zhenggai.ledger.facts import nature_of, planning_of
from zhenggai.ledger.judged import with_judged
from zhenggai.ledger.models import Finding
from zhenggai.ledger.models.findings import RESTATED
from zhenggai.ledger.search_text import KIND
from zhenggai.ledger.selectors import inspection_get
from zhenggai.ledger.visibility import findings_seen, listed
from zhenggai.search.selectors import matching_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

_AT_ONCE = 2_000
_HEADINGS = {"theme_id": "theme", "group_id": "group"}


@dataclass(frozen=True, slots=True)
class LedgerFinding:
    """A finding as it stands (台账中的问题).

    ``values``: what documents claim and its words, by column, ``theme`` and ``group`` by title. ``measures``
    and ``actions``: their texts, dropped ones too. ``barred``: what cannot be taken from a file now.
    ``leader``, ``unit`` and ``due`` are those in force, empty while it is not assigned. ``written``: what a
    workbook that went out says where the ledger has something in force, by the column that would hold it.
    """

    id: int
    version: int
    stage: Stage
    values: Mapping[str, Any]
    measures: tuple[str, ...]
    actions: tuple[str, ...]
    barred: Mapping[Part, Bar]
    leader: str
    unit: str
    due: date | None
    written: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Number and title, as a list names it."""
        return f"{self.values['number']} {self.values['title']}".strip()


def has_findings(actor: Actor, inspection_id: int) -> bool:
    """Whether the actor sees any finding of the inspection.

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    """
    return _seen(actor, inspection_id).exists()


def entries_to_match(actor: Actor, inspection_id: int) -> Iterator[Entry]:
    """What every finding that the actor sees is recognised by, in the order of the ledger (匹配要素).

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    """
    names = ("pk", "position", "number", "title", "problem", "stated_unit")
    rows = _seen(actor, inspection_id).order_by("position", "pk").values_list(*names)
    return (Entry(*row) for row in rows.iterator(chunk_size=_AT_ONCE))


def ledger_findings(actor: Actor, inspection_id: int, ids: Collection[int]) -> dict[int, LedgerFinding]:
    """Those of the findings that the actor sees, by their ids; a fixed number of queries.

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    """
    inspection = inspection_get(actor, inspection_id)
    rows = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection, pk__in=ids)
    loaded = (
        with_judged(rows)
        .select_related("theme", "group", "plan", "lead_unit", "responsible_leader")
        .prefetch_related("amendments", "measures", "actions_taken", "supporting__unit")
    )
    found = {}
    for row in loaded:
        row.inspection = inspection
        found[row.pk] = _of(row)
    return found


def findings_sought(actor: Actor, inspection_id: int, words: str, *, most: int) -> list[int]:
    """The ids of findings that the actor sees, by their number or by words in them (按编号或文字查找).

    Those of that very number come first, then in the order of the ledger.

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    """
    sought = words.strip()
    if not sought:
        return []
    by_words = Q(pk__in=matching_ids(KIND, inspection_id, sought))
    rows = _seen(actor, inspection_id).filter(Q(number__contains=sought) | by_words)
    of_number = Case(When(number=sought, then=0), default=1)
    return list(rows.order_by(of_number, "position", "pk").values_list("pk", flat=True)[:most])


def finding_newest(actor: Actor, inspection_id: int) -> int:
    """The id of the newest finding that the actor sees of the inspection; 0 for none.

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    """
    return int(_seen(actor, inspection_id).aggregate(last=Max("pk"))["last"] or 0)


def findings_since(actor: Actor, inspection_id: int, newest: int) -> int:
    """How many findings that the actor sees came into the ledger after one (此后新增)."""
    return _seen(actor, inspection_id).filter(pk__gt=newest).count()


def findings_missing(actor: Actor, inspection_id: int, found: Any) -> QuerySet[Finding]:
    """Findings that the actor sees and that are not ``found``, a query for ids (文件中没有的问题).

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    """
    return _seen(actor, inspection_id).exclude(pk__in=found).order_by("position", "pk")


def keys_kept_from(actor: Actor, subject_path: str) -> list[str]:
    """The keys of restricted findings that are kept from the actor, of an organisation and those below it."""
    rows = Finding.objects.filter(~listed(actor), inspection__subject__path__startswith=subject_path)
    restricted = rows.exclude(restricted="").values_list("inspection_id", "pk")
    return [ledger_key(inspection_id, finding_id) for inspection_id, finding_id in restricted]


def seen_among(actor: Actor, inspection_id: int, ids: Any) -> int:
    """How many of these, a query for ids, are findings of the inspection that the actor sees now.

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    """
    return _seen(actor, inspection_id).filter(pk__in=ids).count()


def _seen(actor: Actor, inspection_id: int) -> QuerySet[Finding]:
    inspection = inspection_get(actor, inspection_id)
    return Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection)


def _of(row: Finding) -> LedgerFinding:
    values: dict[str, Any] = {name: getattr(row, name) for name in RESTATED if name not in _HEADINGS}
    values |= {"theme": row.theme.title if row.theme else "", "group": row.group.title if row.group else ""}
    planning, stage = planning_of(row), Stage(row.stage)
    bars = {
        part: bar_of(
            part,
            stage=stage,
            planning=planning,
            is_rebound=row.origin_id is not None,
            is_judged=row.is_judged,  # type: ignore[attr-defined]  # annotated by what loads it
        )
        for part in Part
    }
    return LedgerFinding(
        id=row.pk,
        version=row.version,
        stage=stage,
        values=values,
        measures=tuple(each.text for each in row.measures.all()),
        actions=tuple(each.text for each in row.actions_taken.all()),
        barred={part: bar for part, bar in bars.items() if bar is not None},
        leader=row.responsible_leader.name if row.responsible_leader else "",
        unit=row.lead_unit.name if row.lead_unit else "",
        due=row.due,
        written=_written(row),
    )


def _written(row: Finding) -> dict[str, Any]:
    nature = nature_of(row)
    values = {
        "stated_leader": row.responsible_leader.name if row.responsible_leader else "",
        "stated_unit": row.lead_unit.name if row.lead_unit else "",
        "stated_supporting": "、".join(each.unit.name for each in row.supporting.all()),
        "stated_due_on": row.due,
        "status_text": PROGRESS_WORDS[Progress(row.progress)] if row.progress else "",
        "stated_nature": nature.value if nature else "",
        "stated_result": counted([each.text for each in row.actions_taken.all()]),
    }
    return {name: value for name, value in values.items() if value}
