"""What is asked about evaluations (整改评估查询): those of an inspection, who may evaluate, what is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from zhenggai.accounts.selectors import below
from zhenggai.domain.actor import Role
from zhenggai.domain.counting import CountingRule, Denominator, Rate, Rounding
from zhenggai.domain.figures import Figure
from zhenggai.domain.fixing import Fixing, Reach
from zhenggai.domain.ladder import STEPS
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.policy import Action, Facts, Scope, Verdict, judge
from zhenggai.domain.terms import evaluation_due
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.models import (
    ClosureRequest,
    Evaluation,
    Evidence,
    Finding,
    FixingUnit,
    Inspection,
    ProgressReport,
    Signature,
)
from zhenggai.ledger.sight import kept_from
from zhenggai.ledger.visibility import findings_shown, inspections_seen, sees_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.figures import Figures

# What an evaluation keeps of the figures of its day, beside the rate.
KEPT: Final = (
    Figure.ALL,
    Figure.CLOSED,
    Figure.STAGE_CLOSED,
    Figure.OVERDUE,
    Figure.REBOUNDS,
    Figure.REBOUNDS_OPEN,
)
_FINAL: Final = [stage.value for stage in FINAL_STAGES]
# the steps that are signed for those who fix
_UNITS_STEPS: Final = [name for name, step in STEPS.items() if step.scope in {Scope.UNIT, Scope.OWN}]
WAITING_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class EvaluationDue:
    """An inspection whose findings are all closed and that nobody has evaluated since (待评估)."""

    inspection: Inspection
    done_on: date
    due: date


def evaluations_of(inspection: Inspection) -> list[Evaluation]:
    """The evaluations of an inspection that the reader sees (历次评估), the one that stands first."""
    return list(Evaluation.objects.filter(inspection=inspection).select_related("by").order_by("-number"))


def figures_seen(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor reads the figures that evaluations rest on (评估依据可见性).

    Whoever evaluated counted what they saw: what is restricted and kept from the actor may be among it.
    """
    return (
        sees_whole(actor, inspection)
        and not kept_from(actor, Finding.objects.filter(inspection=inspection)).exists()
    )


def evaluation_facts(inspection: Inspection) -> Facts:
    """What policy needs to know to have an inspection evaluated: who is of what is graded (评估回避)."""
    units = (
        FixingUnit.objects.filter(finding__inspection=inspection)
        .order_by()
        .values_list("unit__path", "reach")
        .annotate(first=Min("since"))
    )
    work = (
        ProgressReport.objects.filter(finding__inspection=inspection).order_by().values("by_id"),
        Evidence.objects.filter(finding__inspection=inspection).order_by().values("uploaded_by_id"),
        ClosureRequest.objects.filter(finding__inspection=inspection).order_by().values("by_id"),
        Signature.objects.filter(request__finding__inspection=inspection, step__in=_UNITS_STEPS)
        .order_by()
        .values("by_id"),
    )
    first, *others = work
    return replace(
        inspection_facts(inspection),
        fixing=(
            *_facts_at_hand(inspection).fixing,
            *(Fixing(path, timezone.localdate(day), Reach(reach)) for path, reach, day in units),
        ),
        worker_ids=frozenset(row["by_id"] for row in first.union(*others)),
    )


def _facts_at_hand(inspection: Inspection) -> Facts:
    """The facts that need no query: nobody of the inspected organisation evaluates it."""
    since = inspection.feedback_on or timezone.localdate(inspection.created_at)
    return replace(inspection_facts(inspection), fixing=(Fixing(inspection.subject.path, since),))


def evaluate_verdict(actor: Actor, inspection: Inspection) -> Verdict:
    """Whether the actor can evaluate the inspection (能否评估), loaded with its organisations."""
    if not actor.has(Role.INSPECTOR):
        return judge(actor, Action.INSPECTION_EVALUATE, inspection_facts(inspection))
    return judge(actor, Action.INSPECTION_EVALUATE, evaluation_facts(inspection))


def evaluations_waiting(actor: Actor) -> list[EvaluationDue]:
    """The inspections whose evaluation is this actor's (待评估项目), the earliest due first.

    Those all of whose findings, as far as the actor sees them, are closed, or closed for their stage, and
    that were not evaluated since the last was (`covers_the_last`).
    """
    if actor.administers or not actor.has(Role.INSPECTOR):
        return []
    findings = Finding.objects.filter(findings_shown(actor), inspection=OuterRef("pk"))
    last = findings.order_by().values("inspection").annotate(last=Max("closures__at")).values("last")
    standing = Evaluation.objects.filter(superseded_by__isnull=True, inspection=OuterRef("pk"))
    rows = (
        Inspection.objects.filter(
            inspections_seen(actor),
            below("inspector_organisation__path", actor.paths_of(Role.INSPECTOR)),
            Exists(findings),
            ~Exists(findings.exclude(stage__in=_FINAL)),
        )
        .select_related("subject", "inspector_organisation", "profile_version")
        .annotate(
            closed_at=Subquery(last),
            evaluated_at=Subquery(standing.values("at")),
            evaluated_on=Subquery(standing.values("evaluated_on")),
        )
        .filter(
            Q(evaluated_at__isnull=True)
            | Q(evaluated_at__lte=F("closed_at"))
            | Q(evaluated_on__lt=TruncDate("closed_at")),
            closed_at__isnull=False,
        )
        .order_by("closed_at", "pk")
    )
    # who worked on a finding is asked where the evaluation is made: here it would be a query for each
    theirs = (row for row in rows if judge(actor, Action.INSPECTION_EVALUATE, _facts_at_hand(row)).allowed)
    found = []
    for row in islice(theirs, WAITING_MOST):
        done_on = timezone.localdate(row.closed_at)
        found.append(EvaluationDue(row, done_on, evaluation_due(done_on, row.rules.time)))
    return sorted(found, key=lambda each: (each.due, each.inspection.pk))


def figures_said(figures: Figures) -> dict[str, Any]:
    """The figures of a day as an evaluation keeps them (评估依据数据): whole, to be recomputed."""
    rate, rule = figures.computed, figures.rule
    return {
        "on": figures.on.isoformat(),
        "counted": {each.value: figures.counted[each] for each in KEPT},
        "measures": figures.tally.measures,
        "measures_done": figures.tally.measures_done,
        "rate": {
            "done": rate.done,
            "total": rate.total,
            "percent": None if rate.percent is None else str(rate.percent),
        },
        "rule": {
            "denominator": rule.denominator.value,
            "stage_closed_counts": rule.stage_closed_counts,
            "substantially_done_counts": rule.substantially_done_counts,
            "places": rule.places,
            "rounding": rule.rounding.value,
        },
    }


def rate_said(said: Mapping[str, Any]) -> Rate:
    """The rate that an evaluation keeps, with the rule it was counted by."""
    rule = CountingRule(
        stage_closed_counts=said["rule"]["stage_closed_counts"],
        substantially_done_counts=said["rule"]["substantially_done_counts"],
        places=said["rule"]["places"],
        denominator=Denominator(said["rule"]["denominator"]),
        rounding=Rounding(said["rule"]["rounding"]),
    )
    percent = said["rate"]["percent"]
    return Rate(
        said["rate"]["done"], said["rate"]["total"], None if percent is None else Decimal(percent), rule
    )


def evaluated(inspection_ids: Any) -> dict[int, Evaluation]:
    """The evaluation that stands of each of these inspections (现行评估), by inspection; one query."""
    rows = Evaluation.objects.filter(Q(superseded_by__isnull=True), inspection__in=inspection_ids)
    return {each.inspection_id: each for each in rows}
