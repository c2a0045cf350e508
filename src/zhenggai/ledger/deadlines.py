"""From rows to plain values: what was asked and granted about a finding's deadline (期限情况)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch, Q
from django.utils import timezone

from zhenggai.domain.closing import RequestState
from zhenggai.domain.deadlines import GrantedExtension, StageTime, days_overdue_of_stages
from zhenggai.domain.extending import DeadlineFacts, DeadlineKind
from zhenggai.domain.ladder import next_step
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature
from zhenggai.domain.planning import PlanState
from zhenggai.ledger.models import Closure, DeadlineRequest, DeadlineSignature, Suspension

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.ladder import Step
    from zhenggai.ledger.models import Finding, Inspection

# What policy and gates look at, beside `facts.WEIGHED`.
DEADLINES_WEIGHED: Final = ("deadline_requests__signatures", "suspensions")
# The same with the people, to be shown.
DEADLINE_PIECES: Final = (
    Prefetch("deadline_requests", DeadlineRequest.objects.select_related("by", "decided_by")),
    Prefetch("deadline_requests__signatures", DeadlineSignature.objects.select_related("by", "acting_for")),
    Prefetch("suspensions", Suspension.objects.select_related("begun_by", "ended_by")),
)
# What a row of a list says of its deadline: four queries for the whole list.
DEADLINES_LISTED: Final = (
    Prefetch(
        "deadline_requests",
        DeadlineRequest.objects.filter(state__in=[RequestState.OPEN.value, RequestState.GRANTED.value]),
    ),
    Prefetch("suspensions", Suspension.objects.filter(ended_at__isnull=True)),
    Prefetch("closures", Closure.objects.select_related("request")),
    "stage_starts",
)
IS_ASKED: Final = Q(deadline_requests__state=RequestState.OPEN.value)


def deadline_request_open(finding: Finding) -> DeadlineRequest | None:
    """The request about the deadline that waits (在办期限申请)."""
    waiting = (each for each in finding.deadline_requests.all() if each.state == RequestState.OPEN)
    return next(waiting, None)


def suspension_open(finding: Finding) -> Suspension | None:
    """The suspension that lasts (当前暂停)."""
    return next((each for each in finding.suspensions.all() if each.ended_at is None), None)


def extension_ladder_for(inspection: Inspection) -> tuple[Step, ...]:
    """The steps that approve a request about the deadline (延期审批梯次)."""
    return inspection.rules.extension_ladder


def deadline_step_next(finding: Finding) -> Step | None:
    """The step that decides next on the request that waits; None where none does."""
    request = deadline_request_open(finding)
    if request is None:
        return None
    signed = [each.step for each in request.signatures.all()]
    return next_step(extension_ladder_for(finding.inspection), signed)


def deadline_facts(finding: Finding) -> DeadlineFacts:
    """How the finding stands towards its deadline (期限情况)."""
    request = deadline_request_open(finding)
    return DeadlineFacts(
        due=finding.due,
        nature=Nature(finding.nature) if finding.nature else None,
        pending=DeadlineKind(request.kind) if request else None,
        is_plan_waiting=finding.plan is not None and finding.plan.state == PlanState.SUBMITTED,
        is_suspended=suspension_open(finding) is not None,
    )


def finished_on(finding: Finding) -> date | None:
    """The day of the closure request that was granted, in Asia/Shanghai; none while the finding is open."""
    if finding.stage not in FINAL_STAGES:
        return None
    closures = list(finding.closures.all())
    return timezone.localdate(closures[-1].request.at) if closures else None


def finding_days_overdue(finding: Finding, on: date) -> int:
    """Days overdue of a finding over all due days it had (累计逾期天数), known for ever."""
    return days_overdue_of_stages(_stages(finding), on)


def _stages(finding: Finding) -> list[StageTime]:
    """The times of the stages, each with the closing that ended it and what was granted in it."""
    ended = [timezone.localdate(each.request.at) for each in finding.closures.all()]
    starts = list(finding.stage_starts.all())
    granted: list[list[GrantedExtension]] = [[] for _ in (None, *starts)]
    for each in finding.deadline_requests.all():
        if each.state == RequestState.GRANTED:
            # by the moment: a stage can begin on the day on which the one before it was extended and closed
            place = sum(start.at <= each.at for start in starts)
            granted[place].append(GrantedExtension(each.asked_on, each.new_due))
    return [
        StageTime(due, ended[place] if place < len(ended) else None, tuple(granted[place]))
        for place, due in enumerate((finding.first_due, *(start.due for start in starts)))
    ]
