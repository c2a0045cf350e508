"""What is asked about rounds (轮次查询): which there are, and one with its inspections side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, Subquery
from django.utils import timezone

from zhenggai.accounts.selectors import below
from zhenggai.domain.actor import ADMIN_ROLES
from zhenggai.domain.counting import Rate, Tally
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.planning import FIXING_STATES, PlanState
from zhenggai.domain.policy import Action, Facts, Verdict, judge
from zhenggai.domain.terms import Milestone, MilestoneKind, plan_due
from zhenggai.ledger.errors import RoundNotFoundError
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.models import Finding, Inspection, Measure, Plan, Round
from zhenggai.ledger.rebounds import came_back
from zhenggai.ledger.visibility import findings_shown, inspections_seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

OFFERED_MOST: Final = 200
_FINAL: Final = [stage.value for stage in FINAL_STAGES]
_FIXING: Final = [state.value for state in FIXING_STATES]


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One inspection of a round (并列情况): its counts, its rate under its own rule, plan, and next due day.

    ``plan`` is None without a feedback day or where no plan is required and none there; ``next_due`` the
    earliest due day of an open finding.
    """

    inspection: Inspection
    tally: Tally
    rate: Rate
    plan_state: PlanState | None
    plan: Milestone | None
    next_due: date | None


def rounds_visible(actor: Actor) -> QuerySet[Round]:
    """The rounds the actor sees (可见轮次), the latest first, each with ``inspections_count`` of those seen.

    Those of inspecting bodies at or below one of the actor's posts, and those of the bodies whose inspections
    the actor sees.
    """
    paths = tuple({grant.path for grant in actor.grants if grant.role not in ADMIN_ROLES})
    seen = Inspection.objects.filter(inspections_seen(actor))
    bodies = seen.filter(inspector_organisation__isnull=False).values("inspector_organisation_id")
    used = seen.filter(round__isnull=False).values("round_id")
    counted = (
        seen.filter(round_id=OuterRef("pk"))
        .order_by()
        .values("round_id")
        .annotate(count=Count("pk"))
        .values("count")
    )
    rows = Round.objects.filter(below("body__path", paths) | Q(body__in=bodies) | Q(pk__in=used))
    return (
        rows.select_related("body")
        .annotate(inspections_count=Subquery(counted))
        .order_by("-begins_on", "-pk")
    )


def round_get(actor: Actor, round_id: int) -> Round:
    """One round with its inspecting body.

    :raises RoundNotFoundError: when there is none or the actor cannot see it.
    """
    row = rounds_visible(actor).filter(pk=round_id).first()
    if row is None:
        raise RoundNotFoundError
    return row


def round_facts(round_: Round) -> Facts:
    """What policy needs to know of a round: it belongs to its inspecting body."""
    return Facts(subject_path=round_.body.path, inspector_path=round_.body.path)


def round_verdict(actor: Actor, round_: Round) -> Verdict:
    """Whether the actor can change name and days (能否修改), and if not, why."""
    return judge(actor, Action.ROUND_RENAME, round_facts(round_))


def round_rows(actor: Actor, round_: Round, on: date) -> list[RoundRow]:
    """The inspections of a round that the actor sees, side by side; one query, however many there are.

    The figures count of each inspection the findings that the actor sees.
    """
    seen = Finding.objects.filter(findings_shown(actor)).values("pk")
    # successors stand outside every denominator, and an origin is not closed while one is open
    is_seen = Q(findings__in=seen, findings__origin__isnull=True)
    holds = is_seen & ~Q(came_back("findings"))
    is_open = Q(findings__in=seen) & ~Q(findings__stage__in=_FINAL)
    plans = Plan.objects.filter(inspection=OuterRef("pk"))
    measures = (
        Measure.objects.filter(
            finding__inspection=OuterRef("pk"),
            finding__in=seen,
            finding__origin__isnull=True,
            dropped_at__isnull=True,
        )
        .order_by()
        .values("finding__inspection")
    )
    standing = plans.filter(state__in=_FIXING).order_by("at")
    rows = (
        Inspection.objects.filter(inspections_seen(actor), round=round_)
        .select_related("subject", "profile_version")
        .annotate(
            total=Count("findings", filter=is_seen),
            closed=Count("findings", filter=holds & Q(findings__stage=Stage.CLOSED.value)),
            stage_closed=Count("findings", filter=holds & Q(findings__stage=Stage.STAGE_CLOSED.value)),
            overdue=Count("findings", filter=is_open & Q(findings__due__lt=on)),
            next_due=Min("findings__due", filter=is_open),
            plan_state=Subquery(plans.order_by("-number").values("state")[:1]),
            plan_at=Subquery(standing.values("at")[:1]),
            measures_total=_counted(measures.annotate(count=Count("pk"))),
            measures_done=_counted(measures.annotate(count=Count("pk", filter=Q(done_at__isnull=False)))),
        )
        .order_by("subject__path", "pk")
    )
    return [_row(each) for each in rows]


def inspections_offered(actor: Actor, round_: Round) -> Sequence[Inspection]:
    """The inspections the actor can put in a round (可归入的检查): of its body and kind, in none yet."""
    rows = (
        Inspection.objects.filter(inspections_seen(actor), round__isnull=True, kind=round_.kind)
        .filter(Q(inspector_organisation=round_.body_id) | Q(inspector_organisation__isnull=True))
        .select_related("subject", "inspector_organisation")
        .order_by("subject__path", F("feedback_on").desc(nulls_last=True), "pk")
    )
    return [each for each in rows[:OFFERED_MOST] if may_put(actor, each).allowed]


def may_put(actor: Actor, inspection: Inspection) -> Verdict:
    """Whether the actor can put an inspection in a round (能否归入), loaded with its organisations."""
    return judge(actor, Action.INSPECTION_PUT_IN_ROUND, inspection_facts(inspection))


def _counted(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.values("count"), output_field=IntegerField())


def _row(row: Any) -> RoundRow:
    tally = Tally(
        total=row.total,
        by_stage={Stage.CLOSED: row.closed, Stage.STAGE_CLOSED: row.stage_closed},
        overdue=row.overdue,
        measures=row.measures_total or 0,
        measures_done=row.measures_done or 0,
    )
    plan = None
    if row.feedback_on is not None and (row.plan_required or row.plan_at is not None):
        handed_in = timezone.localdate(row.plan_at) if row.plan_at else None
        plan = Milestone(MilestoneKind.PLAN, plan_due(row.feedback_on, row.rules.time), handed_in)
    return RoundRow(
        inspection=row,
        tally=tally,
        rate=tally.closing_rate(row.rules.counting),
        plan_state=PlanState(row.plan_state) if row.plan_state else None,
        plan=plan,
        next_due=row.next_due,
    )
