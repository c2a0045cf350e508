"""What falls on which day (日程): deadlines, re-checks, answers, reports, milestones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F

from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.messages import msg
from zhenggai.domain.terms import MilestoneKind
from zhenggai.ledger.milestones import milestones_of
from zhenggai.ledger.models import Finding, Inspection, RecheckDate, ReportRequest, Situation
from zhenggai.ledger.visibility import findings_shown, inspections_seen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

OCCASIONS_MOST: Final = 2_000
_FINAL: Final = [stage.value for stage in FINAL_STAGES]


class OccasionKind(StrEnum):
    """What falls on a day."""

    DUE = "due"
    REPORT = "report"
    SITUATION = "situation"
    RECHECK = "recheck"
    PLAN = "plan"
    CONCENTRATED = "concentrated"
    PROGRESS = "progress"
    EVALUATION = "evaluation"


OCCASION_LABELS: Final[dict[OccasionKind, str]] = {
    OccasionKind.DUE: msg("finding due"),
    OccasionKind.REPORT: msg("report due"),
    OccasionKind.SITUATION: msg("answer due"),
    OccasionKind.RECHECK: msg("re-check"),
    OccasionKind.PLAN: msg("plan due"),
    OccasionKind.CONCENTRATED: msg("end of concentrated work"),
    OccasionKind.PROGRESS: msg("progress report to the inspecting body"),
    OccasionKind.EVALUATION: msg("evaluation due"),
}
_MILESTONES: Final[dict[MilestoneKind, OccasionKind]] = {
    MilestoneKind.PLAN: OccasionKind.PLAN,
    MilestoneKind.CONCENTRATED: OccasionKind.CONCENTRATED,
    MilestoneKind.REPORT: OccasionKind.PROGRESS,
    MilestoneKind.EVALUATION: OccasionKind.EVALUATION,
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What falls on a day; ``row_id`` is of the finding, request to report, or inspection it is about.

    ``is_restricted``: it is of a restricted finding, and leaves the system in no file.
    """

    on: date
    kind: OccasionKind
    title: str
    row_id: int
    inspection_id: int
    inspection: str
    is_restricted: bool = False


def occasions(
    actor: Actor, first: date, last: date, today: date, *, inspection_id: int | None = None
) -> tuple[list[Occasion], bool]:
    """What falls on the days from ``first`` to ``last`` for the actor, by day, and whether there is more.

    Deadlines of findings that are not closed, days by which reports and answers are owed, re-checks whose
    day is set, and the milestones of inspections; 2,000 at most. Seven queries, whatever falls on these days.
    An administrator sees no inspection, and so nothing.
    """
    if actor.administers or not actor.grants:
        return [], False
    days = (first, last)
    shown = Finding.objects.filter(findings_shown(actor))
    seen = Inspection.objects.filter(inspections_seen(actor))
    if inspection_id is not None:
        shown, seen = shown.filter(inspection=inspection_id), seen.filter(pk=inspection_id)
    parts: Iterable[list[Occasion]] = (
        _due(shown, days),
        _reports(shown, days),
        _of_findings(Situation.objects.filter(answered_at__isnull=True), shown, days, OccasionKind.SITUATION),
        _of_findings(RecheckDate.objects.filter(ended_at__isnull=True), shown, days, OccasionKind.RECHECK),
        _milestones(seen, shown, days, today),
    )
    found = sorted(
        chain.from_iterable(parts), key=lambda each: (each.on, list(OccasionKind).index(each.kind))
    )
    return found[:OCCASIONS_MOST], len(found) > OCCASIONS_MOST


def _due(shown: QuerySet[Finding], days: tuple[date, date]) -> list[Occasion]:
    rows = shown.filter(due__range=days).exclude(stage__in=_FINAL).order_by("due", "pk")
    listed = rows.values_list(
        "due", "number", "title", "pk", "inspection_id", "inspection__title", "restricted"
    )
    return [
        Occasion(day, OccasionKind.DUE, f"{number} {title}".strip(), pk, of, named, bool(restricted))
        for day, number, title, pk, of, named, restricted in listed[: OCCASIONS_MOST + 1]
        if day is not None
    ]


def _of_findings(
    rows: QuerySet[Any], shown: QuerySet[Finding], days: tuple[date, date], kind: OccasionKind
) -> list[Occasion]:
    """Rows that hang on findings and have a ``due_on``."""
    listed = (
        rows.filter(due_on__range=days, finding__in=shown)
        .order_by("due_on", "pk")
        .annotate(of=F("finding__inspection_id"), named=F("finding__inspection__title"))
        .values_list(
            "due_on", "finding__number", "finding__title", "finding_id", "of", "named", "finding__restricted"
        )
    )
    return [
        Occasion(day, kind, f"{number} {title}".strip(), pk, of, named, bool(restricted))
        for day, number, title, pk, of, named, restricted in listed[: OCCASIONS_MOST + 1]
    ]


def _reports(shown: QuerySet[Finding], days: tuple[date, date]) -> list[Occasion]:
    asked = ReportRequest.objects.filter(
        withdrawn_at__isnull=True, due_on__range=days, items__finding__in=shown
    ).distinct()
    listed = asked.order_by("due_on", "pk").values_list(
        "due_on", "title", "pk", "inspection_id", "inspection__title"
    )
    return [
        Occasion(day, OccasionKind.REPORT, title, pk, of, named)
        for day, title, pk, of, named in listed[: OCCASIONS_MOST + 1]
    ]


def _milestones(
    seen: QuerySet[Inspection], shown: QuerySet[Finding], days: tuple[date, date], today: date
) -> list[Occasion]:
    """The days that follow from feedbacks, by the rules of each inspection, as far as they are not done."""
    inspections = {each.pk: each for each in seen.select_related("profile_version")}
    return [
        Occasion(one.due, _MILESTONES[one.kind], inspections[pk].title, pk, pk, inspections[pk].title)
        for pk, standing in milestones_of(inspections.values(), shown, today).items()
        for one in standing
        if days[0] <= one.due <= days[1] and one.done_on is None
    ]


def by_day(found: Iterable[Occasion]) -> dict[date, list[Occasion]]:
    """What falls on each day."""
    days: dict[date, list[Occasion]] = defaultdict(list)
    for each in found:
        days[each.on].append(each)
    return dict(days)
