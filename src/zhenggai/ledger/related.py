"""Findings that have to do with one (关联问题): by origin, words, file or unit.

Only findings that the reader sees, each once, with every reason why it stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.matching import likeness
from zhenggai.ledger.models import Finding
from zhenggai.ledger.search_text import KIND
from zhenggai.ledger.visibility import findings_shown
from zhenggai.search.selectors import near_ids
from zhenggai.search.tokens import folded, pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.reuse import Reuse

RELATED_MOST: Final = 20
"""How many related findings are told of one."""
NEAR: Final = 67
"""From which `likeness` on, of 100, two texts are near: two pairs of characters in three are in both."""
_LOOKED_AT: Final = 100
_NEIGHBOURS: Final = 5


class Relation(StrEnum):
    """Why a finding is related (关联原因), the strongest first."""

    ORIGIN = "origin"
    SUCCESSOR = "successor"
    SAME_ORIGIN = "same_origin"
    SAME_TEXT = "same_text"
    SAME_FILE = "same_file"
    NEAR_TEXT = "near_text"
    SAME_UNIT = "same_unit"


_RANKS: Final = {relation: rank for rank, relation in enumerate(Relation)}


@dataclass(frozen=True, slots=True)
class Related:
    """A finding related to another (关联问题); ``inspection`` where another's, ``stage`` if known."""

    finding_id: int
    number: str
    title: str
    stage: str
    inspection: str
    reasons: tuple[Relation, ...]


def findings_related(
    actor: Actor, finding: Finding, family: Iterable[Finding], reuse: Mapping[int, tuple[Reuse, ...]]
) -> list[Related]:
    """The findings related to a loaded one that the actor sees (关联问题); two queries, whatever there are.

    ``family`` is that of `rebounds.finding_family`, ``reuse`` that of `reuse.evidence_reuse`: both hold only
    what the actor sees. Texts are compared by their pairs of characters, without script, width and
    punctuation; of those with a stretch in common the 100 that came last are weighed.
    """
    why: dict[int, set[Relation]] = {}
    rows: dict[int, Finding] = {}

    def note(row: Finding, relation: Relation) -> None:
        rows[row.pk] = row
        why.setdefault(row.pk, set()).add(relation)

    for row in family:
        note(row, _kinship(finding, row))
    shown = Finding.objects.filter(findings_shown(actor)).exclude(pk=finding.pk).select_related("inspection")
    near = near_ids(KIND, finding.title)
    if near is not None:
        for row in shown.filter(pk__in=near).order_by("-pk")[:_LOOKED_AT]:
            relation = _by_words(finding.title, row.title)
            if relation is not None:
                note(row, relation)
    if finding.lead_unit_id is not None and finding.theme is not None:
        alike = shown.filter(lead_unit_id=finding.lead_unit_id, theme__title=finding.theme.title)
        for row in alike.order_by("-pk")[:_NEIGHBOURS]:
            note(row, Relation.SAME_UNIT)
    uses = {use.finding_id: use for each in reuse.values() for use in each}
    for finding_id in uses:
        why.setdefault(finding_id, set()).add(Relation.SAME_FILE)
    found = [
        _told(finding, rows[key], reasons) if key in rows else _used(uses[key], reasons)
        for key, reasons in why.items()
    ]
    return sorted(found, key=lambda one: (_RANKS[one.reasons[0]], -one.finding_id))[:RELATED_MOST]


def _kinship(finding: Finding, other: Finding) -> Relation:
    if finding.origin_id == other.pk:
        return Relation.ORIGIN
    return Relation.SUCCESSOR if other.origin_id == finding.pk else Relation.SAME_ORIGIN


def _by_words(one: str, other: str) -> Relation | None:
    if pairs_of(one) == pairs_of(other):
        return Relation.SAME_TEXT
    return Relation.NEAR_TEXT if likeness(folded(one), folded(other)) >= NEAR else None


def _told(finding: Finding, row: Finding, reasons: set[Relation]) -> Related:
    elsewhere = row.inspection.title if row.inspection_id != finding.inspection_id else ""
    return Related(row.pk, row.number, row.title, row.stage, elsewhere, _ordered(reasons))


def _used(use: Reuse, reasons: set[Relation]) -> Related:
    return Related(use.finding_id, use.number, use.title, "", use.inspection, _ordered(reasons))


def _ordered(reasons: set[Relation]) -> tuple[Relation, ...]:
    return tuple(sorted(reasons, key=_RANKS.__getitem__))
