"""What is asked about plans (方案查询): what is to be planned, what is not covered, how a plan stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q

from zhenggai.accounts.selectors import below
from zhenggai.domain.ladder import next_step
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import (
    COVERAGE,
    FIXING_STATES,
    NothingToPlanError,
    PlanIncompleteError,
    PlannedFinding,
    PlanState,
    coverage_gaps,
)
from zhenggai.domain.policy import GRANTS, Action, Verdict, judge
from zhenggai.domain.setup_facts import Lack
from zhenggai.ledger.errors import InspectionNotFoundError, PlanNotFoundError
from zhenggai.ledger.facts import (
    criteria_standing,
    inspection_facts,
    measures_standing,
    nature_of,
    plan_ladder_for,
)
from zhenggai.ledger.models import (
    Criterion,
    Finding,
    Inspection,
    Measure,
    MeasureTask,
    Plan,
    PlanAmendment,
    PlanItem,
    PlanSignature,
    SupportingUnit,
)
from zhenggai.ledger.visibility import findings_seen, inspections_seen, sees_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.policy import Facts

SHOWN_MOST: Final = 50
WAITS_ALREADY: Final = msg(
    "A plan of this inspection waits for approval already, and there is one at a time. It is approved, sent "
    "back or withdrawn first."
)
# where a plan can still take a finding up; what is requested to be closed or closed stays as it is
_PLANNED_AT: Final = (Stage.REGISTERED, Stage.ASSIGNED, Stage.ACCEPTED, Stage.RECTIFYING)
CONTENT: Final = (
    Prefetch("measures", Measure.objects.select_related("leader")),
    Prefetch("measures__tasks", MeasureTask.objects.select_related("unit")),
    Prefetch("criteria", Criterion.objects.all()),
    Prefetch("supporting", SupportingUnit.objects.select_related("unit")),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A finding that the plan does not cover yet, with what it lacks and the action that gives it."""

    finding: Finding
    lacks: tuple[tuple[Message, Action], ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """How the plan of an inspection stands (方案进度), as far as its reader sees the findings.

    Of ``total`` findings ``planned`` are in an approved plan. ``to_plan`` are in none that stands, ``gaps``
    those of them that lack something: the first 50 of ``gap_count``, in the document's order. ``plans``
    newest first, ``amendments`` those that wait.
    """

    total: int
    planned: int
    to_plan: int
    gap_count: int
    gaps: tuple[Gap, ...]
    plans: tuple[Plan, ...]
    amendments: tuple[PlanAmendment, ...]

    @property
    def waiting(self) -> Plan | None:
        """The plan that waits for approval."""
        return next((each for each in self.plans if each.state == PlanState.SUBMITTED), None)


def findings_to_plan(actor: Actor, inspection: Inspection) -> QuerySet[Finding]:
    """The findings that the actor sees and that stand in no plan (待定方案的问题), in the document's order.

    What is kept from whoever submits comes into a further plan, submitted by somebody who is listed.
    """
    free = Q(plan__isnull=True) | ~Q(plan__state__in=[state.value for state in FIXING_STATES])
    seen = findings_seen(actor, inspection)
    rows = Finding.objects.filter(seen, inspection=inspection, stage__in=[s.value for s in _PLANNED_AT])
    return rows.filter(free).select_related("lead_unit", "responsible_leader").order_by("position")


def uncovered(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Those that lack something, as `coverage_gaps` says of each (未覆盖的问题)."""
    return findings.filter(reduce(or_, _lacking()))


def _lacking() -> tuple[Q, ...]:
    """Findings without each thing of `COVERAGE`, in its order."""
    measures = Measure.objects.filter(finding=OuterRef("pk"), dropped_at__isnull=True)
    criteria = Criterion.objects.filter(finding=OuterRef("pk"), dropped_at__isnull=True)
    # what a unit declined or gave away is nobody's until it is assigned anew
    is_nobodys = Q(stage=Stage.REGISTERED.value)
    return (
        Q(nature=""),
        Q(responsible_leader__isnull=True) | is_nobodys,
        Q(lead_unit__isnull=True) | is_nobodys,
        Q(due__isnull=True) & ~Q(nature=Nature.LONG_TERM.value),
        Q(~Exists(measures)),
        Q(~Exists(criteria)),
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far findings are covered (覆盖情况): all of them, those that lack anything, and what they lack."""

    total: int
    uncovered: int
    lacks: tuple[Lack, ...]


def coverage_of(findings: QuerySet[Finding]) -> Coverage:
    """What findings of one inspection lack for their plan, counted; two queries."""
    lacking = _lacking()
    counts = {f"count_{place}": Count("pk", filter=each) for place, each in enumerate(lacking)}
    firsts = {f"first_{place}": Min("position", filter=each) for place, each in enumerate(lacking)}
    found = findings.order_by().aggregate(
        total=Count("pk"), uncovered=Count("pk", filter=reduce(or_, lacking)), **counts, **firsts
    )
    first_at = {found[name] for name in firsts} - {None}
    ids = dict(findings.order_by().filter(position__in=first_at).values_list("position", "pk"))
    return Coverage(
        found["total"],
        found["uncovered"],
        tuple(
            Lack(what, action, found[f"count_{place}"], ids[found[f"first_{place}"]])
            for place, (what, action) in enumerate(COVERAGE)
            if found[f"count_{place}"]
        ),
    )


def gap_of(finding: Finding) -> Gap:
    """What one finding, loaded with measures and criteria, lacks."""
    is_assigned = finding.stage != Stage.REGISTERED
    lacks = coverage_gaps(
        PlannedFinding(
            nature=nature_of(finding),
            has_leader=is_assigned and finding.responsible_leader_id is not None,
            has_unit=is_assigned and finding.lead_unit_id is not None,
            has_due=finding.due is not None,
            measures=len(measures_standing(finding)),
            criteria=len(criteria_standing(finding)),
        )
    )
    return Gap(finding, lacks)


def planned_get(actor: Actor, inspection_id: int) -> tuple[Inspection, Planned]:
    """How the plan of an inspection stands; for those who see the whole of it.

    :raises InspectionNotFoundError: when there is none or the actor does not see the whole of it.
    """
    rows = Inspection.objects.select_related("subject", "inspector_organisation", "profile_version")
    inspection = rows.filter(inspections_seen(actor), pk=inspection_id).first()
    if inspection is None or not sees_whole(actor, inspection):
        raise InspectionNotFoundError
    approved = Q(plan__state=PlanState.APPROVED.value)
    shown_to = findings_seen(actor, inspection)
    counts = Finding.objects.filter(shown_to, inspection=inspection).aggregate(
        total=Count("pk"), planned=Count("pk", filter=approved)
    )
    to_plan = findings_to_plan(actor, inspection)
    gaps = uncovered(to_plan)
    shown = gaps.prefetch_related("measures", "criteria")[:SHOWN_MOST]
    plans = Plan.objects.filter(inspection=inspection).select_related(
        "by", "decided_by", "inspection__subject"
    )
    signatures = Prefetch("signatures", PlanSignature.objects.select_related("by", "acting_for"))
    seen = Finding.objects.filter(shown_to, inspection=inspection)
    waiting = PlanAmendment.objects.filter(finding__in=seen, state=PlanState.SUBMITTED.value).select_related(
        "finding", "by"
    )
    items = Count("items", filter=Q(items__finding__in=seen))
    return inspection, Planned(
        total=counts["total"],
        planned=counts["planned"],
        to_plan=to_plan.count(),
        gap_count=gaps.count(),
        gaps=tuple(gap_of(each) for each in shown),
        plans=tuple(plans.annotate(findings_count=items).prefetch_related(signatures).order_by("-number")),
        amendments=tuple(waiting.order_by("at")[:SHOWN_MOST]),
    )


def submit_verdict(actor: Actor, inspection: Inspection, planned: Planned) -> Verdict:
    """Whether the actor can submit the plan now, and if not, why (能否报批)."""
    verdict = judge(actor, Action.PLAN_SUBMIT, inspection_facts(inspection))
    if not verdict.allowed:
        return verdict
    if planned.waiting:
        return Verdict(allowed=False, reason=Message(WAITS_ALREADY))
    if not planned.to_plan:
        return Verdict(allowed=False, reason=NothingToPlanError().message)
    if planned.gap_count:
        titles = [str(gap.finding)[:60] for gap in planned.gaps[:3]]
        return Verdict(
            allowed=False, reason=PlanIncompleteError(planned.gap_count, planned.to_plan, titles).message
        )
    return verdict


def plan_get(actor: Actor, plan_id: int) -> tuple[Plan, dict[Action, Verdict]]:
    """One plan with its inspection and signatures, and what the actor may do with it while it waits.

    :raises PlanNotFoundError: when there is none or the actor does not see the whole inspection.
    """
    rows = Plan.objects.select_related(
        "inspection__subject",
        "inspection__inspector_organisation",
        "inspection__profile_version",
        "by",
        "decided_by",
    )
    signatures = Prefetch("signatures", PlanSignature.objects.select_related("by", "acting_for"))
    plan = rows.prefetch_related(signatures).filter(pk=plan_id).first()
    if plan is None or not sees_whole(actor, plan.inspection):
        raise PlanNotFoundError
    if plan.state != PlanState.SUBMITTED:
        return plan, {}
    facts = plan_facts(plan)
    actions = (Action.PLAN_SIGN, Action.PLAN_SEND_BACK, Action.PLAN_WITHDRAW)
    return plan, {action: judge(actor, action, facts) for action in actions}


def plan_items(actor: Actor, plan: Plan) -> QuerySet[PlanItem]:
    """What a plan says of the findings that the actor sees, in its order; of the rest nothing."""
    seen = Finding.objects.filter(findings_seen(actor, plan.inspection), inspection=plan.inspection)
    return plan.items.filter(finding__in=seen)


def items_kept_from(actor: Actor, plan: Plan) -> int:
    """How many findings of a plan a restriction keeps from the actor: to be told to whoever signs it."""
    return plan.items.count() - plan_items(actor, plan).count()


def plan_facts(plan: Plan) -> Facts:
    """What policy needs to know of a plan, loaded with its inspection and signatures."""
    signed = list(plan.signatures.all())
    return replace(
        inspection_facts(plan.inspection),
        submitter_id=plan.by_id,
        signer_ids=frozenset(each.by_id for each in signed),
        represented_ids=frozenset(each.acting_for_id for each in signed if each.acting_for_id is not None),
        next_step=next_step(plan_ladder_for(plan.inspection), [each.step for each in signed]),
    )


def plans_waiting(actor: Actor) -> list[Plan]:
    """The plans whose next signature is this actor's (待批方案), oldest first."""
    if actor.administers:
        return []
    paths = actor.paths_of(*(role for role, _ in GRANTS[Action.PLAN_SIGN]))
    rows = Plan.objects.filter(
        below("inspection__subject__path", paths) | below("inspection__inspector_organisation__path", paths),
        state=PlanState.SUBMITTED.value,
    ).select_related(
        "inspection__subject", "inspection__inspector_organisation", "inspection__profile_version", "by"
    )
    looked_at = rows.prefetch_related("signatures").order_by("at")[:SHOWN_MOST]
    return [each for each in looked_at if judge(actor, Action.PLAN_SIGN, plan_facts(each)).allowed]


def titles_of(actor: Actor, inspection: Inspection, ids: Sequence[int]) -> dict[int, str]:
    """Number and title of those findings of an inspection that the actor sees, by id."""
    rows = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection, pk__in=ids)
    return {each.pk: str(each)[:80] for each in rows.only("pk", "number", "title")}
