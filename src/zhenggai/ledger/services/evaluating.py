"""Evaluating how an inspection was put right (整改评估): a grade, its day, its ground and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.figures import Figure
from zhenggai.domain.grading import NothingToEvaluateError, check_evaluation_day, check_grade
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action, acting_for
from zhenggai.ledger.errors import EvaluationStaleError, InspectionNotFoundError
from zhenggai.ledger.evaluating import evaluation_facts, figures_said
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.models import Evaluation, Inspection
from zhenggai.ledger.services.standing import cleaned
from zhenggai.ledger.telling_of_evaluations import evaluation_tell
from zhenggai.ledger.visibility import inspections_seen, permit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor


@transaction.atomic
def inspection_evaluate(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    seen_number: int,
    grade: str,
    ground: str,
    evaluated_on: date | None = None,
) -> Evaluation:
    """The inspecting body grades how an inspection was put right (整改评估、评定等次).

    Counted are the findings that the actor sees, as ``evaluated_on`` ended (today where none is said). It
    supersedes the evaluation before it, which stays. ``seen_number``: of the evaluation that stood as the
    page showed it, 0 for none.

    :raises InspectionNotFoundError: when there is none or the actor does not see it.
    :raises ActionDeniedError: when the actor is not of the inspecting body, or is of what was inspected.
    :raises EvaluationStaleError: when another evaluation stands than ``seen_number``.
    :raises GradeUnknownError: when the rules that the inspection began with have no such grade.
    :raises EvaluationDayError: as `check_evaluation_day`.
    :raises ReasonTooShortError: for a ground of fewer than 10 characters.
    :raises NothingToEvaluateError: when no finding stood on that day.
    """
    today = timezone.localdate(at)
    actor = actor_standing(actor, today)
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True).select_related(
        "subject", "inspector_organisation", "profile_version"
    )
    row = rows.filter(pk=inspection_id).order_by().first()
    if row is None or not Inspection.objects.filter(inspections_seen(actor), pk=row.pk).exists():
        raise InspectionNotFoundError
    facts = evaluation_facts(row)
    permit(actor, Action.INSPECTION_EVALUATE, facts)
    before = Evaluation.objects.filter(inspection=row).select_related("by").order_by("-number").first()
    _check_seen(before, seen_number)
    asked = day_checked(evaluated_on, msg("Evaluated as of")) or today
    day = check_evaluation_day(asked, today, row.feedback_on, before.evaluated_on if before else None)
    figures = figures_on(actor, row, day)
    if not figures.counted[Figure.ALL]:
        raise NothingToEvaluateError(day=day.isoformat())
    evaluation = Evaluation(
        inspection=row,
        number=before.number + 1 if before else 1,
        grade=check_grade(grade, row.rules.grades),
        evaluated_on=day,
        ground=decision_reason(ground),
        figures=figures_said(figures),
        supersedes=before,
        by_id=actor.person_id,
        at=at,
    )
    cleaned(evaluation)
    evaluation.save(force_insert=True)
    acted_for = acting_for(actor, Action.INSPECTION_EVALUATE, facts)
    record(
        chain=ChainKey.inspection(row.pk),
        name=LedgerEvent.INSPECTION_EVALUATED,
        actor=actor,
        at=at,
        subject=("evaluation", evaluation.pk),
        values={
            "number": evaluation.number,
            "grade": evaluation.grade,
            "evaluated_on": day.isoformat(),
            "reason": evaluation.ground,
            "figures": evaluation.figures,
            "supersedes_id": before.pk if before else None,
            **({"acted_for": acted_for} if acted_for else {}),
        },
    )
    evaluation_tell(evaluation, by_id=actor.person_id, at=at)
    return evaluation


def _check_seen(standing: Evaluation | None, seen_number: int) -> None:
    if standing is not None and standing.number != seen_number:
        raise EvaluationStaleError(
            number=standing.number,
            grade=standing.grade,
            day=standing.evaluated_on.isoformat(),
            who=standing.by.name,
        )
