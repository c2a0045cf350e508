"""Selectors for the start page: which findings wait for a step of this person (待办)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, F, OuterRef, Q, prefetch_related_objects

from zhenggai.accounts.selectors import below
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.policy import GRANTS, Action, Scope, judge
from zhenggai.domain.situations import LEVEL_POSTS
from zhenggai.ledger.deadlines import DEADLINES_LISTED, IS_ASKED
from zhenggai.ledger.facts import HEAD, PIECES, facts_for, facts_of
from zhenggai.ledger.models import (
    Criterion,
    Evidence,
    Finding,
    RecheckDate,
    ReturnRecord,
    SignatureRecord,
    Situation,
)
from zhenggai.ledger.signing import review_bodies_load
from zhenggai.ledger.visibility import findings_shown, led_by, not_kept_from, reviewed_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

SHOWN_MOST: Final = 8
SOON: Final = timedelta(days=7)
# Who signs next depends on the signatures that stand: so many are looked at one by one.
_SIGN_MOST: Final = 60
_STAGES: Final[dict[Action, tuple[Stage, ...]]] = {
    Action.FINDING_ASSIGN: (Stage.REGISTERED,),
    Action.FINDING_ACCEPT: (Stage.ASSIGNED,),
    Action.SIGNATURE_CONFIRM: (Stage.CLOSURE_REQUESTED,),
    Action.SITUATION_ANSWER: (Stage.ASSIGNED, Stage.ACCEPTED, Stage.RECTIFYING, Stage.CLOSURE_REQUESTED),
    Action.PROGRESS_REPORT: (Stage.ACCEPTED, Stage.RECTIFYING),
    Action.SITUATION_RAISE: (Stage.ASSIGNED, Stage.ACCEPTED, Stage.RECTIFYING, Stage.CLOSURE_REQUESTED),
}
_SITUATIONS_OPEN: Final = Situation.objects.filter(finding=OuterRef("pk"), answered_at__isnull=True)
_NOTHING: Final = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Waiting:
    """Findings that wait for one step of the actor: how many, and the most urgent of them.

    ``late`` of them are past their due day; ``soon`` are due within seven days, today among them.
    """

    action: Action
    total: int
    rows: Sequence[Finding]
    late: int = 0
    soon: int = 0


def findings_waiting(actor: Actor, on: date) -> list[Waiting]:
    """What waits for this actor on a day (待办), by step, the earliest due date first; signatures first."""
    if actor.administers:
        return []
    groups = [
        _signatures(actor, Action.CLOSURE_SIGN, Q(stage=Stage.CLOSURE_REQUESTED.value), on),
        _signatures(actor, Action.DEADLINE_SIGN, IS_ASKED, on),
    ]
    for action, stages in _STAGES.items():
        # what somebody raised is theirs to wait for, whatever their unit's part is
        raised = action is Action.SITUATION_RAISE
        if not raised and not holds_post_for(actor, action):
            continue
        mine = findings_shown(actor) if raised else granted(actor, action)
        rows = Finding.objects.filter(mine, stage__in=[stage.value for stage in stages])
        if action is Action.SITUATION_ANSWER:
            rows = rows.filter(_situation_waits(actor))
        if raised:
            rows = rows.filter(Exists(_SITUATIONS_OPEN.filter(raised_by_id=actor.person_id)))
        if action is Action.SIGNATURE_CONFIRM:
            rows = rows.filter(Exists(_records_of_others(actor)))
        groups.append(Waiting(action, rows=list(_urgent(rows)[:SHOWN_MOST]), **_counted(rows, on)))
    # of all steps at once; what waits for a signature comes with everything already
    prefetch_related_objects([row for group in groups[2:] for row in group.rows], *DEADLINES_LISTED)
    groups += [_judgements(actor, on), _rechecks(actor, on)]
    return [group for group in groups if group.total]


def _counted(rows: QuerySet[Finding], on: date) -> dict[str, int]:
    """All, those past their due day, and those due within seven days; one query."""
    return rows.aggregate(
        total=Count("pk"),
        late=Count("pk", filter=Q(due__lt=on)),
        soon=Count("pk", filter=Q(due__gte=on, due__lte=on + SOON)),
    )


def _of(action: Action, rows: Sequence[Finding], on: date) -> Waiting:
    days = [row.due for row in rows if row.due is not None]
    return Waiting(
        action,
        len(rows),
        rows[:SHOWN_MOST],
        sum(day < on for day in days),
        sum(on <= day <= on + SOON for day in days),
    )


def _signatures(actor: Actor, action: Action, asked_for: Q, on: date) -> Waiting:
    if not holds_post_for(actor, action):
        return Waiting(action, 0, [])
    asked = Finding.objects.filter(granted(actor, action), asked_for).select_related(*HEAD)
    called = ("closure_requests__called",) if action is Action.CLOSURE_SIGN else ()
    looked_at = list(_urgent(asked).prefetch_related(*PIECES, *called)[:_SIGN_MOST])
    review_bodies_load([each.inspection for each in looked_at])
    mine = [row for row in looked_at if judge(actor, action, facts_for(row, action)).allowed]
    return _of(action, mine, on)


def _judgements(actor: Actor, on: date) -> Waiting:
    """Findings at work with evidence of their round, or a criterion, that nobody has judged (待核查).

    Office and inspecting body may judge as well; it is the verifier whose step it is.
    """
    action = Action.EVIDENCE_JUDGE
    if not actor.has(Role.VERIFIER):
        return Waiting(action, 0, [])
    filed = Evidence.objects.filter(
        finding=OuterRef("pk"), round=OuterRef("round"), withdrawn_at__isnull=True
    )
    never_judged = Criterion.objects.filter(
        finding=OuterRef("pk"), dropped_at__isnull=True, judgements__isnull=True
    )
    asked = Finding.objects.filter(
        Exists(filed.filter(judgements__isnull=True)) | Exists(never_judged),
        Exists(filed),
        _held(actor, Role.VERIFIER, Scope.SUBJECT) & not_kept_from(actor),
        stage=Stage.RECTIFYING.value,
    ).select_related(*HEAD)
    looked_at = list(_urgent(asked).prefetch_related(*PIECES)[:_SIGN_MOST])
    mine = [row for row in looked_at if judge(actor, action, facts_of(row)).allowed]
    return _of(action, mine, on)


def _rechecks(actor: Actor, on: date) -> Waiting:
    """Closed findings whose day of re-check has come, those that wait longest first."""
    if not holds_post_for(actor, Action.RECHECK_RECORD):
        return Waiting(Action.RECHECK_RECORD, 0, [])
    come = RecheckDate.objects.filter(ended_at__isnull=True, due_on__lte=on)
    asked = Finding.objects.filter(
        granted(actor, Action.RECHECK_RECORD),
        pk__in=come.values("finding"),
        stage__in=[stage.value for stage in FINAL_STAGES],
    ).select_related(*HEAD)
    standing = F("recheck_dates__due_on")
    longest = asked.filter(recheck_dates__ended_at__isnull=True).order_by(standing, "pk")
    looked_at = longest.prefetch_related(*PIECES)[:_SIGN_MOST]
    mine = [row for row in looked_at if judge(actor, Action.RECHECK_RECORD, facts_of(row)).allowed]
    return Waiting(Action.RECHECK_RECORD, len(mine), mine[:SHOWN_MOST])


def _records_of_others(actor: Actor) -> QuerySet[SignatureRecord]:
    """What somebody else recorded as signed elsewhere, and nobody confirmed yet."""
    waiting = SignatureRecord.objects.filter(
        request__finding=OuterRef("pk"), confirmed_at__isnull=True, refused_at__isnull=True
    )
    return waiting.exclude(Q(recorded_by_id=actor.person_id) | Q(signer_id=actor.person_id))


def _situation_waits(actor: Actor) -> Q:
    """Findings with an open situation at a level of the actor's that somebody else raised (待答复)."""
    others = _SITUATIONS_OPEN.exclude(raised_by_id=actor.person_id)
    at = (
        reduce(or_, (_held(actor, role, scope) for role, scope in posts), _NOTHING)
        & Q(Exists(others.filter(level=level.value)))
        for level, posts in LEVEL_POSTS.items()
    )
    return reduce(or_, at, _NOTHING)


def redo_days(findings: Sequence[Finding]) -> dict[int, date]:
    """Until when findings that were sent back are to be worked on again (再次整改期限), by id; one query.

    Of those back at work, as the return that began their round says; those without such a day are left out.
    """
    ids = [each.pk for each in findings if each.round > 1 and each.stage == Stage.RECTIFYING]
    if not ids:
        return {}
    rows = ReturnRecord.objects.filter(
        request__finding__in=ids, request__round=F("request__finding__round") - 1, redo_by__isnull=False
    )
    days = rows.values_list("request__finding_id", "redo_by")
    return {finding_id: day for finding_id, day in days if day is not None}


def _urgent(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    return rows.select_related("inspection__profile_version").order_by(F("due").asc(nulls_last=True), "pk")


def holds_post_for(actor: Actor, action: Action) -> bool:
    """Whether any post of the actor is granted the action anywhere; where none is, nothing need be asked."""
    return any(actor.paths_of(role) for role, _scope in GRANTS[action])


def granted(actor: Actor, action: Action) -> Q:
    """Findings on which one of the actor's posts is granted the action, as the table of grants has it."""
    held = reduce(or_, (_held(actor, role, scope) for role, scope in GRANTS[action]), _NOTHING)
    return held & not_kept_from(actor)


def _held(actor: Actor, role: Role, scope: Scope) -> Q:
    paths = actor.paths_of(role)
    if not paths:
        return _NOTHING
    if scope is Scope.OWN:
        return led_by(actor, role)
    if scope is Scope.SUBJECT:
        return below("inspection__subject__path", paths)
    if scope is Scope.REVIEW:
        return reviewed_by(actor, "inspection__")
    if scope is Scope.INSPECTOR:
        return below("inspection__inspector_organisation__path", paths)
    # supporting units help; the step is the lead unit's
    return below("lead_unit__path", paths)
