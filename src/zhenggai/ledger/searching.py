"""Searching inspections and all that hangs on them (全局检索)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from django.db.models import Case, Count, IntegerField, Value, When

from zhenggai.ledger import evidence_text, search_text
from zhenggai.ledger.models import Evidence, Finding, Inspection, SourceDocument
from zhenggai.ledger.search_text import finding_text
from zhenggai.ledger.visibility import documents_shown, findings_shown, inspections_seen
from zhenggai.search.quoting import named, quoted, words_of
from zhenggai.search.selectors import matching_ids
from zhenggai.search.tokens import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

Row = TypeVar("Row")
_TALLIES_EACH: Final = 3
_PIECES: Final = ("measures", "actions_taken", "comments")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Row]):
    """A row found; ``quote``: where the words stand that its title does not have."""

    row: Row
    quote: str


@dataclass(frozen=True, slots=True)
class Hits(Generic[Row]):
    """Some of the rows found, and how many there are."""

    rows: Sequence[Row]
    total: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many findings of an inspection are a unit's or a leader's, of those that the actor sees."""

    inspection_id: int
    title: str
    number: int


def findings_found(actor: Actor, query: str, *, first: int, most: int) -> Hits[Hit[Finding]]:
    """Findings of every inspection that the actor sees in which every word stands (问题).

    Those whose number or title has the words come first, then the latest changed. Six queries.
    """
    rows = Finding.objects.filter(findings_shown(actor), pk__in=matching_ids(search_text.KIND, None, query))
    titled = Case(
        When(named(query, "number", "title"), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    listed = (
        rows.select_related("inspection", "theme", "group", "lead_unit", "responsible_leader")
        .prefetch_related(*_PIECES)
        .order_by(titled, "-changed_at", "-pk")
    )
    words = words_of(query)
    found = [Hit(row, _quote_of(row, words)) for row in listed[first : first + most]]
    return Hits(found, rows.count())


def _quote_of(finding: Finding, words: Collection[str]) -> str:
    plain = folded(finding.title)
    missing = [word for word in words if word not in plain]
    if not missing:
        return ""
    pieces = [each.text for name in _PIECES for each in getattr(finding, name).all()]
    return quoted(finding_text(finding, pieces), missing)


def evidence_everywhere(actor: Actor, query: str, *, first: int, most: int) -> Hits[Hit[Evidence]]:
    """Evidence of findings that the actor sees, in whose words or file every word stands (佐证材料)."""
    rows = Evidence.objects.filter(
        withdrawn_at__isnull=True,
        finding__in=Finding.objects.filter(findings_shown(actor)),
        pk__in=matching_ids(evidence_text.KIND, None, query),
    )
    listed = rows.select_related("finding__inspection", "blob__taken_text").order_by("-pk")
    words = words_of(query)
    found = []
    for row in listed[first : first + most]:
        taken = getattr(row.blob, "taken_text", None)
        found.append(Hit(row, quoted(taken.text if taken else "", words) or quoted(row.proves, words)))
    return Hits(found, rows.count())


def documents_found(actor: Actor, query: str, *, first: int, most: int) -> Hits[SourceDocument]:
    """Source documents that the actor can open, by title and file name (来源文件)."""
    rows = SourceDocument.objects.filter(documents_shown(actor)).filter(named(query, "title", "name"))
    listed = rows.select_related("inspection").order_by("-added_at", "-pk")
    return Hits(list(listed[first : first + most]), rows.count())


def inspections_found(actor: Actor, query: str, *, first: int, most: int) -> Hits[Inspection]:
    """Inspections by title, inspected organisation and inspecting body (检查项目)."""
    fields = ("title", "inspector", "subject__name", "subject__short_name")
    rows = Inspection.objects.filter(inspections_seen(actor)).filter(named(query, *fields))
    listed = rows.select_related("subject").order_by("-created_at", "-pk")
    return Hits(list(listed[first : first + most]), rows.count())


def leaders_shown(actor: Actor) -> QuerySet[Finding, Any]:
    """The ids of the leaders of findings that the actor sees, for ``filter(pk__in=…)``."""
    led = Finding.objects.filter(findings_shown(actor), responsible_leader__isnull=False)
    return led.order_by().values("responsible_leader_id")


def units_shown(actor: Actor) -> QuerySet[Finding, Any]:
    """The ids of the lead units of findings that the actor sees, for ``filter(pk__in=…)``."""
    rows = Finding.objects.filter(findings_shown(actor), lead_unit__isnull=False)
    return rows.order_by().values("lead_unit_id")


def shares_of_units(actor: Actor, unit_ids: Collection[int]) -> dict[int, list[Share]]:
    """By unit, its inspections with most findings, at most three; one query."""
    return _shares(actor, "lead_unit_id", unit_ids)


def shares_of_leaders(actor: Actor, person_ids: Collection[int]) -> dict[int, list[Share]]:
    """By leader, their inspections with most findings, at most three; one query."""
    return _shares(actor, "responsible_leader_id", person_ids)


def _shares(actor: Actor, field: str, ids: Collection[int]) -> dict[int, list[Share]]:
    found: dict[int, list[Share]] = {}
    if not ids:
        return found
    rows = (
        Finding.objects.filter(findings_shown(actor), **{f"{field}__in": ids})
        .order_by()
        .values(field, "inspection_id", "inspection__title")
        .annotate(number=Count("pk"))
        .order_by(field, "-number", "inspection_id")
    )
    for row in rows:
        shares = found.setdefault(row[field], [])
        if len(shares) < _TALLIES_EACH:
            shares.append(Share(row["inspection_id"], row["inspection__title"], row["number"]))
    return found
