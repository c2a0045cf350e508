"""The days that follow from the feedback of an inspection (整改节点), as its ledger stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from zhenggai.domain.grading import covers_the_last
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.planning import FIXING_STATES
from zhenggai.domain.terms import Milestone, MilestoneKind, milestones
from zhenggai.ledger.models import Evaluation, Finding, Inspection, Plan
from zhenggai.ledger.visibility import findings_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

_FINAL = [stage.value for stage in FINAL_STAGES]


def inspection_milestones(actor: Actor, inspection: Inspection, on: date) -> tuple[Milestone, ...]:
    """The days that count on a day, by the rules the inspection began with (整改节点); three queries.

    As `milestones_of`, of the findings that the actor sees.
    """
    seen = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection)
    return milestones_of([inspection], seen, on).get(inspection.pk, ())


def milestones_of(
    inspections: Iterable[Inspection], seen: QuerySet[Finding], on: date
) -> dict[int, tuple[Milestone, ...]]:
    """By inspection the days that count on a day, each by the rules it began with; three queries for all.

    None without a feedback day. The plan counts as handed in on the day the first one that waits or is
    approved was submitted; it is left out where none is required and none there. All is done once every
    finding of ``seen`` is closed, or closed for its stage: no day tells of the rest.
    """
    told = {each.pk: each for each in inspections if each.feedback_on is not None}
    if not told:
        return {}
    standing = Plan.objects.filter(inspection__in=told, state__in=[each.value for each in FIXING_STATES])
    plans = dict(standing.order_by().values_list("inspection_id").annotate(first=Min("at")))
    counted = seen.filter(inspection__in=told).order_by().values("inspection_id")
    tallies = {
        row["inspection_id"]: row
        for row in counted.annotate(
            open=Count("pk", filter=~Q(stage__in=_FINAL), distinct=True), last=Max("closures__at")
        )
    }
    standing_evaluations = Evaluation.objects.filter(superseded_by__isnull=True, inspection__in=told)
    evaluated = {each.inspection_id: each for each in standing_evaluations}
    return {
        pk: _milestones(each, plans.get(pk), tallies.get(pk), evaluated.get(pk), on)
        for pk, each in told.items()
    }


def _milestones(
    inspection: Inspection,
    plan_at: datetime | None,
    tally: Mapping[str, Any] | None,
    evaluation: Evaluation | None,
    on: date,
) -> tuple[Milestone, ...]:
    last = tally["last"] if tally is not None and not tally["open"] else None
    found = milestones(
        inspection.feedback_on,  # type: ignore[arg-type]  # those without one were left out
        on,
        inspection.rules.time,
        plan_on=_day(plan_at),
        done_on=_day(last),
        evaluated_on=_since(evaluation, last),
    )
    has_plan = inspection.plan_required or plan_at is not None
    return tuple(each for each in found if has_plan or each.kind is not MilestoneKind.PLAN)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _since(evaluation: Evaluation | None, last: datetime | None) -> date | None:
    """The day of the evaluation, where it is of all the work: what was closed since asks for another one."""
    if evaluation is None or last is None:
        return None
    on = evaluation.evaluated_on
    return on if covers_the_last(evaluation.at, on, last, timezone.localdate(last)) else None
