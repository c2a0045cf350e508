"""What a person asked for and others have to decide (我在等的事项), with whom it lies and since when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db.models import F, Prefetch

from zhenggai.domain.closing import RequestState
from zhenggai.domain.ladder import next_step, step_shown
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import PlanState
from zhenggai.domain.policy import Action
from zhenggai.domain.situations import LEVEL_LABELS, Level
from zhenggai.ledger.deadlines import extension_ladder_for
from zhenggai.ledger.facts import ladder_for, plan_ladder_for
from zhenggai.ledger.models import (
    ClosureRequest,
    DeadlineRequest,
    Finding,
    Inspection,
    Plan,
    Situation,
    StateInterval,
)
from zhenggai.ledger.signing import step_standing
from zhenggai.ledger.visibility import findings_shown, inspections_seen
from zhenggai.ledger.waiting import SHOWN_MOST, granted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.ladder import Step


class AwaitedKind(StrEnum):
    """What is waited for."""

    CLOSURE = "closure"
    DEADLINE = "deadline"
    SITUATION = "situation"
    PLAN = "plan"
    ACCEPTANCE = "acceptance"


AWAITED_LABELS: Final[dict[AwaitedKind, str]] = {
    AwaitedKind.CLOSURE: msg("Closures that you requested"),
    AwaitedKind.DEADLINE: msg("Requests about deadlines that you made"),
    AwaitedKind.SITUATION: msg("New situations that you raised"),
    AwaitedKind.PLAN: msg("Plans that you submitted"),
    AwaitedKind.ACCEPTANCE: msg("Assignments that nobody has accepted yet"),
}


@dataclass(frozen=True, slots=True)
class AwaitedRow:
    """One thing awaited: the finding, or for a plan the inspection; with whom it lies, and since when."""

    finding: Finding | None
    inspection: Inspection
    whom: Message
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """Things of one kind that the actor waits for: how many, and those that wait longest."""

    kind: AwaitedKind
    total: int
    rows: Sequence[AwaitedRow]


def awaited(actor: Actor) -> list[Awaited]:
    """What the actor waits for, by kind, the longest wait first; the queries do not grow with it."""
    if actor.administers or not actor.grants:
        return []
    found = (_closures(actor), _deadlines(actor), _situations(actor), _plans(actor), _assignments(actor))
    return [each for each in found if each.total]


def _closures(actor: Actor) -> Awaited:
    rows = ClosureRequest.objects.filter(
        by_id=actor.person_id, state=RequestState.OPEN.value, finding__in=_shown(actor)
    )
    listed = rows.select_related("finding__inspection__profile_version").prefetch_related(
        "signatures", "called"
    )
    return Awaited(
        AwaitedKind.CLOSURE,
        rows.count(),
        [
            AwaitedRow(
                each.finding,
                each.finding.inspection,
                _step(step_standing(ladder_for(each.finding.inspection), each)),
                each.at,
            )
            for each in listed.order_by("at", "pk")[:SHOWN_MOST]
        ],
    )


def _deadlines(actor: Actor) -> Awaited:
    rows = DeadlineRequest.objects.filter(
        by_id=actor.person_id, state=RequestState.OPEN.value, finding__in=_shown(actor)
    )
    listed = rows.select_related("finding__inspection__profile_version").prefetch_related("signatures")
    return Awaited(
        AwaitedKind.DEADLINE,
        rows.count(),
        [
            AwaitedRow(
                each.finding,
                each.finding.inspection,
                _next(extension_ladder_for(each.finding.inspection), each.signatures.all()),
                each.at,
            )
            for each in listed.order_by("at", "pk")[:SHOWN_MOST]
        ],
    )


def _situations(actor: Actor) -> Awaited:
    rows = Situation.objects.filter(
        raised_by_id=actor.person_id, answered_at__isnull=True, finding__in=_shown(actor)
    )
    listed = rows.select_related("finding__inspection").order_by("raised_at", "pk")[:SHOWN_MOST]
    return Awaited(
        AwaitedKind.SITUATION,
        rows.count(),
        [
            AwaitedRow(
                each.finding,
                each.finding.inspection,
                Message(LEVEL_LABELS[Level(each.level)]),
                each.raised_at,
            )
            for each in listed
        ],
    )


def _plans(actor: Actor) -> Awaited:
    rows = Plan.objects.filter(
        by_id=actor.person_id,
        state=PlanState.SUBMITTED.value,
        inspection__in=Inspection.objects.filter(inspections_seen(actor)),
    )
    listed = rows.select_related("inspection__profile_version").prefetch_related("signatures")
    return Awaited(
        AwaitedKind.PLAN,
        rows.count(),
        [
            AwaitedRow(
                None,
                each.inspection,
                _next(plan_ladder_for(each.inspection), each.signatures.all()),
                each.at,
            )
            for each in listed.order_by("at", "pk")[:SHOWN_MOST]
        ],
    )


def _assignments(actor: Actor) -> Awaited:
    """What the office assigned, whoever of it did, and no unit has accepted."""
    rows = Finding.objects.filter(granted(actor, Action.FINDING_ASSIGN), stage=Stage.ASSIGNED.value)
    begun = StateInterval.objects.filter(stage=Stage.ASSIGNED.value)
    listed = (
        rows.select_related("inspection", "lead_unit")
        .prefetch_related(Prefetch("intervals", begun))
        .order_by(F("due").asc(nulls_last=True), "pk")
    )
    return Awaited(
        AwaitedKind.ACCEPTANCE,
        rows.count(),
        [
            AwaitedRow(
                each,
                each.inspection,
                Message("%(value)s", {"value": each.lead_unit.label if each.lead_unit else ""}),
                min((one.since for one in each.intervals.all() if one.round == each.round), default=None),
            )
            for each in listed[:SHOWN_MOST]
        ],
    )


def _shown(actor: Actor) -> QuerySet[Finding]:
    return Finding.objects.filter(findings_shown(actor))


def _step(step: Step | None) -> Message:
    return step_shown(step) if step is not None else Message("")


def _next(ladder: Sequence[Step], signatures: Iterable[object]) -> Message:
    return _step(next_step(ladder, [str(getattr(each, "step", "")) for each in signatures]))
