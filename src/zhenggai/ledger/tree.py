"""The tree of an inspection (整改树): theme, group, finding, measure, with what is done in each branch.

A branch is what stands under one heading itself: the findings of a group, or those of a theme without group.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Prefetch, Q

from zhenggai.domain.counting import Denominator, Rebounds, Tally
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.placing import placing_bar
from zhenggai.domain.policy import Action, Verdict, judge
from zhenggai.ledger.deadlines import DEADLINES_LISTED
from zhenggai.ledger.facts import inspection_facts, planning_of
from zhenggai.ledger.listing import FindingFilters, FindingOrder, Page
from zhenggai.ledger.models import Finding, FindingGroup, Measure, MeasureTask
from zhenggai.ledger.narrowing import findings_listed, overdue_on
from zhenggai.ledger.rebounds import REBOUND_COUNTS, rebounds_counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.counting import CountingRule
    from zhenggai.domain.restating import Bar
    from zhenggai.ledger.models import Inspection, Theme

BRANCH_SIZE: Final = 100
"""How many findings of a branch are shown at once."""
_FINAL: Final = tuple(stage.value for stage in FINAL_STAGES)
_STANDING: Final = (
    Measure.objects.filter(dropped_at__isnull=True).select_related("leader").order_by("position")
)
_TASKS: Final = MeasureTask.objects.filter(dropped_at__isnull=True).select_related("unit")

BranchKey = tuple[int | None, int | None]
"""Ids of theme and group; none for findings without."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the tree is shown (筛选): nothing of it changes a figure."""

    is_open: bool = False
    is_overdue: bool = False
    text: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self.is_open or self.is_overdue or bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Done:
    """What of a branch is done (完成情况): findings and measures, successors outside both.

    ``closed`` of ``findings`` by the counting rule of the inspection's profile; an origin whose fault came
    back is not closed meanwhile. ``measures`` that stand; ``overdue`` and ``all`` with successors.
    """

    findings: int = 0
    closed: int = 0
    measures: int = 0
    measures_done: int = 0
    overdue: int = 0
    rebounds: int = 0
    all: int = 0

    def __add__(self, other: Done) -> Done:
        return Done(
            self.findings + other.findings,
            self.closed + other.closed,
            self.measures + other.measures,
            self.measures_done + other.measures_done,
            self.overdue + other.overdue,
            self.rebounds + other.rebounds,
            self.all + other.all,
        )


NOTHING_DONE: Final = Done()


def headings_of(inspection: Inspection) -> tuple[list[Theme], list[FindingGroup]]:
    """Every theme and every group of an inspection, in their order; one query, the themes being loaded."""
    groups = FindingGroup.objects.filter(inspection=inspection)
    return list(inspection.themes.all()), list(groups.order_by("position", "pk"))


def branches_done(actor: Actor, inspection: Inspection, on: date) -> dict[BranchKey, Done]:
    """By branch, what of the findings that the actor sees is done; two queries, however many there are."""
    rows = findings_listed(actor, inspection, None, FindingOrder.CHANGED).order_by()
    rule = inspection.rules.counting
    counted: Iterable[Mapping[str, Any]] = rows.values("theme_id", "group_id").annotate(
        total=Count("pk"),
        overdue=Count("pk", filter=overdue_on(on)),
        n_closed=Count("pk", filter=Q(stage=Stage.CLOSED.value)),
        n_stage_closed=Count("pk", filter=Q(stage=Stage.STAGE_CLOSED.value)),
        **rebounds_counted(),
    )
    found = {(row["theme_id"], row["group_id"]): _done(row, rule) for row in counted}
    # as every rate counts them: successors stand outside the denominator, and their measures too
    first = rows.filter(origin__isnull=True)
    measures: Iterable[Mapping[str, Any]] = (
        Measure.objects.filter(finding__in=first.values("pk"), dropped_at__isnull=True)
        .order_by()
        .values("finding__theme_id", "finding__group_id")
        .annotate(stand=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    )
    for row in measures:
        key = (row["finding__theme_id"], row["finding__group_id"])
        # a finding may have been put there between the two queries
        found[key] = replace(found.get(key, NOTHING_DONE), measures=row["stand"], measures_done=row["done"])
    return found


def _done(row: Mapping[str, Any], rule: CountingRule) -> Done:
    tally = Tally(
        total=row["total"],
        by_stage={Stage.CLOSED: row["n_closed"], Stage.STAGE_CLOSED: row["n_stage_closed"]},
        overdue=row["overdue"],
        rebounds=Rebounds(**{name: row[f"rebound_{name}"] for name in REBOUND_COUNTS}),
    )
    closed = tally.closing_rate(replace(rule, denominator=Denominator.FINDINGS))
    return Done(
        findings=closed.total,
        closed=closed.done,
        overdue=tally.overdue,
        rebounds=tally.rebounds.successors,
        all=tally.total,
    )


def branches_shown(
    actor: Actor, inspection: Inspection, narrowing: Narrowing, on: date
) -> dict[BranchKey, int]:
    """By branch, how many findings the narrowed tree shows; one query."""
    rows = _narrowed(actor, inspection, narrowing, on).order_by()
    counted = rows.values_list("theme_id", "group_id").annotate(shown=Count("pk"))
    return {(theme_id, group_id): shown for theme_id, group_id, shown in counted}


def tree_findings(
    actor: Actor,
    inspection: Inspection,
    narrowing: Narrowing,
    on: date,
    branch: BranchKey | None = None,
    *,
    number: int = 1,
) -> Page[Finding]:
    """The findings of one branch, a page of them, or of the whole tree; as they stand in the tree.

    Each with unit, leader, what its light needs, and the measures that stand; as many queries for one as for
    a hundred.
    """
    rows = _narrowed(actor, inspection, narrowing, on)
    total = 0
    if branch is not None:
        rows = rows.filter(theme=branch[0], group=branch[1])
        total = rows.order_by().count()
        last = max(1, -(-total // BRANCH_SIZE))
        number = min(max(1, number), last)
    loaded = rows.select_related(
        "lead_unit", "responsible_leader", "plan", "order_key", "origin", "theme", "group"
    ).prefetch_related(
        *DEADLINES_LISTED,
        "amendments",
        Prefetch("measures", _STANDING, to_attr="measures_shown"),
        Prefetch("measures_shown__tasks", _TASKS, to_attr="tasks_shown"),
    )
    first = (number - 1) * BRANCH_SIZE
    found = list(loaded[first : first + BRANCH_SIZE] if branch is not None else loaded)
    for each in found:
        # all of one inspection, which is loaded
        each.inspection = inspection
    return Page(found, total if branch is not None else len(found), number, BRANCH_SIZE)


def finding_beside(
    actor: Actor, inspection: Inspection, finding: Finding, *, is_down: bool
) -> Finding | None:
    """The finding before or after another one under its heading, as far as the actor sees them (相邻问题)."""
    rows = findings_listed(actor, inspection, None, FindingOrder.CHANGED)
    beside = rows.filter(theme=finding.theme_id, group=finding.group_id).exclude(pk=finding.pk)
    place = finding.order_key.place
    if is_down:
        after = Q(order_key__place__gt=place) | Q(order_key__place=place, pk__gt=finding.pk)
        return beside.filter(after).order_by("order_key__place", "pk").first()
    before = Q(order_key__place__lt=place) | Q(order_key__place=place, pk__lt=finding.pk)
    return beside.filter(before).order_by("-order_key__place", "-pk").first()


def finding_counts_outside(finding: Finding) -> bool:
    """Whether the finding stands outside every denominator (不计入分母): a successor does."""
    return finding.origin_id is not None


def bar_of_place(finding: Finding) -> Bar | None:
    """Why a finding stays where it stands in the tree, loaded with plan and amendments (不可移动的原因)."""
    return placing_bar(
        stage=Stage(finding.stage), planning=planning_of(finding), is_rebound=finding.origin_id is not None
    )


def may_place(actor: Actor, inspection: Inspection) -> Verdict:
    """Whether the actor arranges the tree (能否调整)."""
    return judge(actor, Action.FINDINGS_PLACE, inspection_facts(inspection))


def _narrowed(actor: Actor, inspection: Inspection, narrowing: Narrowing, on: date) -> QuerySet[Finding]:
    filters = FindingFilters(
        overdue_on=on if narrowing.is_overdue else None, text=narrowing.text if narrowing.narrows else ""
    )
    rows = findings_listed(actor, inspection, filters, FindingOrder.POSITION)
    if narrowing.is_open:
        rows = rows.exclude(stage__in=_FINAL)
    # two may have one place: that of the document, and one that was given
    return rows.order_by("order_key__place", "pk")
