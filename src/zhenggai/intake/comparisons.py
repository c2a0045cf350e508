"""What is asked about a comparison (比对查询): its figures, its rows page by page, what the file lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Prefetch, Q

from zhenggai.domain.restating import Part
from zhenggai.intake.compare_errors import ComparisonNotFoundError
from zhenggai.intake.differing import is_taken
from zhenggai.intake.models import ComparedFinding, Comparison, DraftItem
from zhenggai.intake.selectors import intake_get
from zhenggai.intake.states import ComparedState
from zhenggai.ledger.compared_findings import findings_missing, findings_since, seen_among

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

ROWS_PER_PAGE: Final = 20
DIFFERING: Final = "differing"
UNCHANGED: Final = "unchanged"
MISSING: Final = "missing"
_NOTHING: Final[list[str]] = []


@dataclass(slots=True)
class ComparisonFigures:
    """What would come of a confirmation now (试运行结果), in findings of the file.

    ``changed``: of which something is taken; ``kept``: which differ and of which nothing is; ``unchanged``:
    which say what the ledger says. ``parts``: of each part how often it differs, is taken, and cannot be.
    """

    add: int = 0
    ask: int = 0
    unfit: int = 0
    leave_out: int = 0
    changed: int = 0
    kept: int = 0
    unchanged: int = 0
    missing: int = 0
    differs: Counter[Part] = field(default_factory=Counter)
    taken: Counter[Part] = field(default_factory=Counter)
    barred: Counter[Part] = field(default_factory=Counter)

    @property
    def same(self) -> int:
        """Rows that are a finding of the ledger."""
        return self.changed + self.kept + self.unchanged

    @property
    def left(self) -> int:
        """Rows of which nothing would come: asked about, not fit, or left out."""
        return self.ask + self.unfit + self.leave_out


def comparison_get(actor: Actor, intake_id: int) -> Comparison:
    """The actor's own comparison of a document, with document and inspection.

    :raises IntakeNotFoundError: when the document is not this actor's.
    :raises ComparisonNotFoundError: when this person compares it with nothing.
    """
    intake = intake_get(actor, intake_id)
    rows = Comparison.objects.select_related("inspection")
    comparison = rows.filter(intake=intake, by_id=actor.person_id).first()
    if comparison is None:
        raise ComparisonNotFoundError(name=intake.name)
    comparison.intake = intake
    return comparison


def figures_of(actor: Actor, comparison: Comparison) -> ComparisonFigures:
    """The figures of a comparison as it stands; three queries, whatever its size."""
    figures = ComparisonFigures()
    names = ("state", "differing", "barred", "chosen")
    for state, differing, barred, chosen in comparison.rows.values_list(*names).iterator(chunk_size=5_000):
        if state == ComparedState.SAME:
            _count(figures, differing, barred, chosen, comparison.rules)
        else:
            setattr(figures, state, getattr(figures, state) + 1)
    figures.missing = missing_of(actor, comparison).count()
    return figures


def _count(
    figures: ComparisonFigures,
    differing: list[str],
    barred: Mapping[str, str],
    chosen: Mapping[str, bool],
    rules: Mapping[str, bool],
) -> None:
    takes = 0
    for name in differing:
        part = Part(name)
        figures.differs[part] += 1
        if name in barred:
            figures.barred[part] += 1
        elif is_taken(part, chosen, rules):
            figures.taken[part] += 1
            takes += 1
    if takes:
        figures.changed += 1
    elif differing:
        figures.kept += 1
    else:
        figures.unchanged += 1


def rows_of(comparison: Comparison, kind: str) -> QuerySet[ComparedFinding]:
    """The rows of one kind in the order of the file, each with its draft and the draft's ``all_items``.

    ``kind``: a state, or of those that are the same whether they differ.
    """
    items = DraftItem.objects.order_by("kind", "position", "pk")
    rows = comparison.rows.select_related("draft").order_by("position", "pk")
    rows = rows.prefetch_related(Prefetch("draft__items", queryset=items, to_attr="all_items"))
    same = Q(state=ComparedState.SAME.value)
    if kind == DIFFERING:
        return rows.filter(same).exclude(differing=_NOTHING)
    if kind == UNCHANGED:
        return rows.filter(same, differing=_NOTHING)
    return rows.filter(state=kind)


def missing_of(actor: Actor, comparison: Comparison) -> QuerySet[Any]:
    """Findings of the ledger that no row of the file is taken for, of those the actor sees."""
    found = comparison.rows.filter(finding__isnull=False).values("finding")
    return findings_missing(actor, comparison.inspection_id, found)


def moved_of(actor: Actor, comparison: Comparison) -> int:
    """How many findings of the ledger changed since they were compared, are seen no more, or are new."""
    same = comparison.rows.filter(state=ComparedState.SAME.value)
    ids = same.values("finding")
    gone = same.count() - seen_among(actor, comparison.inspection_id, ids)
    changed = ids.exclude(finding_version=F("finding__version"))
    moved = seen_among(actor, comparison.inspection_id, changed)
    # what another document brought meanwhile may be what this one would add
    return gone + moved + findings_since(actor, comparison.inspection_id, comparison.last_finding)
