"""All that an inspecting body looks after, side by side (巡察机构工作台): each organisation on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.utils import timezone

from zhenggai.domain.figures import Figure
from zhenggai.domain.grading import covers_the_last
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.phases import Phase, phase_of
from zhenggai.domain.planning import PlanState
from zhenggai.domain.terms import MilestoneKind
from zhenggai.ledger.evaluating import evaluated
from zhenggai.ledger.inspections_compared import inspections_compared
from zhenggai.ledger.milestones import milestones_of
from zhenggai.ledger.models import Finding, Inspection, Plan
from zhenggai.ledger.visibility import findings_shown
from zhenggai.ledger.waiting import SOON

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.terms import Milestone
    from zhenggai.ledger.evaluating import EvaluationDue
    from zhenggai.ledger.inspections_compared import Side
    from zhenggai.ledger.models import Evaluation

_FINAL = [stage.value for stage in FINAL_STAGES]


@dataclass(frozen=True, slots=True)
class Watched:
    """One inspection as its inspecting body looks at it (在查项目).

    ``soon``: open findings due within seven days; ``next_due``: the earliest due day of an open one.
    ``plan``: the latest, which waits for the actor where ``plan_is_mine``. ``reported_on``: the last day on
    which a unit reported. ``is_mine_to_evaluate``: its evaluation waits for the actor.
    """

    side: Side
    soon: int
    next_due: date | None
    phase: Phase
    plan: Plan | None
    plan_is_mine: bool
    reported_on: date | None
    evaluation: Evaluation | None
    is_mine_to_evaluate: bool
    milestones: Mapping[MilestoneKind, Milestone]

    @property
    def inspection(self) -> Inspection:
        """The inspection."""
        return self.side.inspection

    @property
    def overdue(self) -> int:
        """Open findings past their due day."""
        return self.side.counted[Figure.LIGHT_OVERDUE]


def inspections_watched(
    actor: Actor, on: date, plans: Iterable[Plan], evaluations: Iterable[EvaluationDue]
) -> list[Watched]:
    """Every inspection that the actor sees, those with most trouble first; ten queries.

    ``plans`` and ``evaluations``: those that wait for the actor.
    """
    sides = inspections_compared(actor, on)
    ids = [each.inspection.pk for each in sides]
    seen = Finding.objects.filter(findings_shown(actor), inspection__in=ids)
    is_open = ~Q(stage__in=_FINAL)
    rows: Any = seen.order_by().values("inspection_id")
    told = {
        row["inspection_id"]: row
        for row in rows.annotate(
            all=Count("pk"),
            open=Count("pk", filter=is_open),
            soon=Count("pk", filter=is_open & Q(due__gte=on, due__lte=on + SOON)),
            next_due=Min("due", filter=is_open),
        )
    }
    lasts = {
        row["inspection_id"]: row
        for row in rows.annotate(reported=Max("progress_reports__at"), closed=Max("closures__at"))
    }
    days = milestones_of([each.inspection for each in sides], seen, on)
    mine = {each.pk for each in plans}
    due = {each.inspection.pk for each in evaluations}
    known = _Known(told, lasts, days, _plans(ids), evaluated(ids), mine, due)
    found = [_watched(each, on, known) for each in sides]
    return sorted(found, key=lambda each: (-each.overdue, -each.soon, each.inspection.subject.path))


@dataclass(frozen=True, slots=True)
class _Known:
    told: Mapping[int, Mapping[str, Any]]
    lasts: Mapping[int, Mapping[str, Any]]
    days: Mapping[int, Sequence[Milestone]]
    plans: Mapping[int, Plan]
    evaluations: Mapping[int, Evaluation]
    mine: set[int]
    due: set[int]


def _plans(ids: Sequence[int]) -> dict[int, Plan]:
    latest = Plan.objects.filter(inspection=OuterRef("inspection")).order_by("-number").values("pk")[:1]
    rows = Plan.objects.filter(inspection__in=ids, pk=Subquery(latest))
    return {each.inspection_id: each for each in rows}


def _watched(side: Side, on: date, known: _Known) -> Watched:
    pk = side.inspection.pk
    told = known.told.get(pk, {})
    days = {each.kind: each for each in known.days.get(pk, ())}
    lasts = known.lasts.get(pk, {})
    plan, evaluation, reported = known.plans.get(pk), known.evaluations.get(pk), lasts.get("reported")
    ends = days.get(MilestoneKind.CONCENTRATED)
    phase = phase_of(
        findings=told.get("all", 0),
        open_findings=told.get("open", 0),
        plan_required=side.inspection.plan_required,
        plan_state=PlanState(plan.state) if plan else None,
        concentrated_until=ends.due if ends else None,
        on=on,
        is_evaluated=_is_evaluated(evaluation, lasts.get("closed")),
    )
    return Watched(
        side=side,
        soon=told.get("soon", 0),
        next_due=told.get("next_due"),
        phase=phase,
        plan=plan,
        plan_is_mine=plan is not None and plan.pk in known.mine,
        reported_on=timezone.localdate(reported) if reported else None,
        evaluation=evaluation,
        is_mine_to_evaluate=pk in known.due,
        milestones=days,
    )


def _is_evaluated(evaluation: Evaluation | None, closed: datetime | None) -> bool:
    """Whether the evaluation is of all the work, whoever's turn the next one is."""
    if evaluation is None or closed is None:
        return evaluation is not None
    return covers_the_last(evaluation.at, evaluation.evaluated_on, closed, timezone.localdate(closed))
