"""The days that follow from the feedback of an inspection (整改节点), as its ledger stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.planning import FIXING_STATES
from zhenggai.domain.terms import Milestone, MilestoneKind, milestones
from zhenggai.ledger.models import Finding, Inspection, Plan
from zhenggai.ledger.visibility import findings_seen

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor

_FINAL = [stage.value for stage in FINAL_STAGES]


def inspection_milestones(actor: Actor, inspection: Inspection, on: date) -> tuple[Milestone, ...]:
    """The days that count on a day, by the rules the inspection began with (整改节点); two queries.

    None without a feedback day. The plan counts as handed in on the day the first one that waits or is
    approved was submitted; it is left out where none is required and none there. All is done once every
    finding that the actor sees is closed, or closed for its stage: no day tells of the rest.
    """
    if inspection.feedback_on is None:
        return ()
    standing = Plan.objects.filter(inspection=inspection, state__in=[each.value for each in FIXING_STATES])
    plan_on = _day(standing.aggregate(first=Min("at"))["first"])
    counted = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection).aggregate(
        total=Count("pk", distinct=True),
        open=Count("pk", filter=~Q(stage__in=_FINAL), distinct=True),
        last=Max("closures__at"),
    )
    is_done = counted["total"] and not counted["open"]
    found = milestones(
        inspection.feedback_on,
        on,
        inspection.rules.time,
        plan_on=plan_on,
        done_on=_day(counted["last"]) if is_done else None,
    )
    has_plan = inspection.plan_required or plan_on is not None
    return tuple(each for each in found if has_plan or each.kind is not MilestoneKind.PLAN)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
