"""What the guided set-up of an inspection is derived from (启动引导的查询), as the ledger stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Prefetch, Q

from zhenggai.accounts.holders import actors_of, holders_of
from zhenggai.accounts.kinds import GroupPlace
from zhenggai.accounts.leading import group_standing, leaders_proposed
from zhenggai.accounts.selectors import organisations_below, people_with_role
from zhenggai.domain.actor import Role
from zhenggai.domain.ladder import StepKind
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.planning import PlanState
from zhenggai.domain.policy import Action, Scope, judge, stands
from zhenggai.domain.setup_facts import GroupStanding, PlanStanding, Rung, SetupFacts
from zhenggai.ledger.deadlines import extension_ladder_for
from zhenggai.ledger.errors import InspectionNotFoundError
from zhenggai.ledger.facts import inspection_facts, ladder_for, plan_ladder_for
from zhenggai.ledger.models import Finding, Inspection, Plan, PlanSignature, SourceDocument
from zhenggai.ledger.plans import coverage_of, findings_to_plan, plan_facts
from zhenggai.ledger.selectors import inspection_get
from zhenggai.ledger.signing import review_bodies
from zhenggai.ledger.visibility import findings_seen, sees_whole

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.accounts.models import LeadingGroup
    from zhenggai.domain.actor import Actor
    from zhenggai.domain.ladder import Step

_FINAL: Final = [stage.value for stage in FINAL_STAGES]
_WORKING: Final = [Stage.ACCEPTED.value, Stage.RECTIFYING.value]


def inspection_to_set_up(actor: Actor, inspection_id: int) -> Inspection:
    """The inspection whose set-up is looked at (待启动项目); for those who see the whole of it.

    :raises InspectionNotFoundError: when there is none or the actor does not see the whole of it.
    """
    inspection = inspection_get(actor, inspection_id)
    if not sees_whole(actor, inspection):
        raise InspectionNotFoundError
    return inspection


def may_set_up(actor: Actor, inspection: Inspection) -> bool:
    """Whether setting the inspection up is the actor's (能否启动): the office over the organisation."""
    return judge(actor, Action.INSPECTION_CREATE, inspection_facts(inspection)).allowed


def plan_last(inspection: Inspection) -> Plan | None:
    """The plan submitted last, with its signatures (最近一次方案); two queries."""
    signatures = Prefetch("signatures", PlanSignature.objects.all())
    plan = Plan.objects.filter(inspection=inspection).prefetch_related(signatures).order_by("-number").first()
    if plan is not None:
        plan.inspection = inspection
    return plan


def setup_facts(
    actor: Actor,
    inspection: Inspection,
    on: date,
    *,
    drafts: int = 0,
    being_read: int = 0,
    plan: Plan | None = None,
) -> SetupFacts:
    """How the set-up of an inspection stands (启动情况), as far as the actor sees the findings.

    As many queries for many findings as for one. ``drafts``: documents of its organisation that wait to be
    confirmed, ``being_read`` those not read yet, of which the ledger does not know. ``plan``: what
    `plan_last` gives.
    """
    path = inspection.subject.path
    seen = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection)
    counts = seen.aggregate(
        findings=Count("pk"),
        planned=Count("pk", filter=Q(plan__state=PlanState.APPROVED.value)),
        to_accept=Count("pk", filter=Q(stage=Stage.ASSIGNED.value)),
        working=Count("pk", filter=Q(stage__in=_WORKING)),
        requested=Count("pk", filter=Q(stage=Stage.CLOSURE_REQUESTED.value)),
        closed=Count("pk", filter=Q(stage__in=_FINAL)),
    )
    covered = coverage_of(findings_to_plan(actor, inspection))
    documents = SourceDocument.objects.filter(
        pk__in=seen.filter(document__isnull=False).values("document_id")
    ).count()
    units = list(organisations_below(path))
    # an organisation without units does the work itself
    below = [unit for unit in units if unit.path != path] or units
    return SetupFacts(
        has_feedback_day=inspection.feedback_on is not None,
        has_inspecting_body=inspection.inspector_organisation_id is not None,
        has_round=inspection.round_id is not None,
        group=_group(group_standing(path, on)),
        rungs=_rungs(inspection, on, with_plan=inspection.plan_required or plan is not None),
        units=len(below),
        overseen=len(leaders_proposed(below, on)),
        documents=documents,
        drafts=drafts,
        being_read=being_read,
        is_plan_required=inspection.plan_required,
        to_plan=covered.total,
        uncovered=covered.uncovered,
        lacks=covered.lacks,
        plan=_plan(plan),
        **counts,
    )


def _group(group: LeadingGroup | None) -> GroupStanding | None:
    if group is None:
        return None
    held = {seat.place: seat for seat in group.seats.all()}
    head, office_head = held.get(GroupPlace.HEAD), held.get(GroupPlace.OFFICE_HEAD)
    return GroupStanding(
        name=group.name,
        organisation=group.organisation.name,
        head=head.person.name if head else "",
        is_head_confirmed=head is not None and head.confirmed_at is not None,
        office=group.office_unit.name if group.office_unit else "",
        office_head=office_head.person.name if office_head else "",
    )


def _plan(plan: Plan | None) -> PlanStanding | None:
    if plan is None:
        return None
    state = PlanState(plan.state)
    step = plan_facts(plan).next_step if state is PlanState.SUBMITTED else None
    return PlanStanding(plan.number, state, step.role if step else None, plan.decided_reason)


def _rungs(inspection: Inspection, on: date, *, with_plan: bool) -> tuple[Rung, ...]:
    """Every step of the ladders of closing, of extensions and of the plan, with those who can sign it."""
    plan = plan_ladder_for(inspection) if with_plan else ()
    steps = dict.fromkeys((*ladder_for(inspection), *extension_ladder_for(inspection), *plan))
    facts = inspection_facts(inspection)
    path = inspection.subject.path
    paths = {Scope.SUBJECT: facts.subject_path, Scope.INSPECTOR: facts.inspector_path}
    seats = [(step.role, place) for step in steps if (place := paths.get(step.scope)) is not None]
    heads = [(Role.UNIT_HEAD, path)] if any(step.scope is Scope.UNIT for step in steps) else []
    reviewers = [(Role.INSPECTOR, place) for place in facts.review_paths]
    leaders = people_with_role(Role.RESPONSIBLE_LEADER, path, on)
    people = {
        each.person_id: each
        for each in (
            *holders_of([*seats, *heads], on, within=[*heads, *reviewers]),
            *actors_of(leaders.values_list("pk", flat=True), on),
        )
    }

    def signs(actor: Actor, step: Step) -> bool:
        # whose finding it would be is not known yet: every leader could be the one named, every unit lead it
        named = actor.person_id if step.scope is Scope.OWN else None
        unit = next((each.path for each in actor.grants if each.role is Role.UNIT_HEAD), None)
        bodies = tuple(review_bodies(inspection).items()) if step.bodies else ()
        asked = replace(
            facts, next_step=step, responsible_leader_id=named, lead_unit_path=unit, open_bodies=bodies
        )
        # whom a meeting wants is told by who could send its decision back
        action = Action.CLOSURE_SEND_BACK if step.kind is StepKind.COLLECTIVE else Action.CLOSURE_SIGN
        return stands(actor, step.role, step.scope, asked) and judge(actor, action, asked).allowed

    return tuple(
        Rung(step.label, tuple(sorted(each.label for each in people.values() if signs(each, step))))
        for step in steps
    )
