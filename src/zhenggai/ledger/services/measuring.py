"""Measures of a finding (整改措施): add, drop, report a part, complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.actor import Role
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.measures import MeasureSource
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import ActionDeniedError, StandsOtherwiseError
from zhenggai.ledger.models import Measure
from zhenggai.ledger.search_text import finding_text_put
from zhenggai.ledger.services.standing import begin, cleaned, piece, text_optional, text_required

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Criterion, Finding, MeasureTask, PlanAmendment
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def measure_add(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    text: str,
    due: date | None = None,
    requirement: str = "",
) -> Finding:
    """Adds a measure (增加整改措施); refused once a plan fixes the measures.

    ``requirement``: what is asked of the work (工作要求).
    """
    change = begin(actor=actor, at=at, action=Action.MEASURE_ADD, finding_id=finding_id, version=version)
    measure_put(change, text, due, requirement=requirement)
    return change.finish()


def measure_put(
    change: Change,
    text: str,
    due: date | None = None,
    *,
    requirement: str = "",
    amendment: PlanAmendment | None = None,
) -> Measure:
    """Writes a measure of the finding under change, by hand or by an approved amendment."""
    finding = change.finding
    measure = Measure(
        finding=finding,
        position=1 + max((each.position for each in finding.measures.all()), default=0),
        text=text_required(text, msg("Measure")),
        source=MeasureSource.OFFICE.value,
        due=day_checked(due, msg("Due")),
        requirement=text_optional(requirement, msg("What is asked of the work")),
        added_by_id=change.actor.person_id,
        added_at=change.at,
        amendment=amendment,
    )
    cleaned(measure)
    measure.save()
    change.renew("measures")
    finding_text_put(finding)
    change.say(
        LedgerEvent.MEASURE_ADDED,
        measure_id=measure.pk,
        text=measure.text,
        due=measure.due.isoformat() if measure.due else None,
        asked=measure.requirement,
        amendment_id=amendment.pk if amendment else None,
    )
    return measure


@transaction.atomic
def measure_drop(
    *, actor: Actor, at: datetime, finding_id: int, version: int, measure_id: int, reason: str
) -> Finding:
    """Drops a measure before the plan is submitted (删减措施); it stays visible with its reason.

    :raises StandsOtherwiseError: when it is done or dropped already.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.MEASURE_DROP, finding_id=finding_id, version=version)
    piece_drop(change, measure_open(change.finding, measure_id), decision_reason(reason))
    return change.finish()


def piece_drop(
    change: Change, row: Measure | Criterion, reason: str, amendment: PlanAmendment | None = None
) -> None:
    """Takes a measure or a criterion out of the plan, by hand or by an approved amendment; the row stays."""
    row.dropped_at = change.at
    row.dropped_by_id = change.actor.person_id
    row.dropped_reason = reason
    row.dropped_amendment = amendment
    cleaned(row)
    row.save(update_fields=["dropped_at", "dropped_by", "dropped_reason", "dropped_amendment"])
    if isinstance(row, Measure):
        change.say(LedgerEvent.MEASURE_DROPPED, measure_id=row.pk, text=row.text, reason=reason)
    else:
        change.say(LedgerEvent.CRITERION_DROPPED, criterion_id=row.pk, text=row.text, reason=reason)


@transaction.atomic
def task_report(
    *, actor: Actor, at: datetime, finding_id: int, version: int, task_id: int, report: str
) -> Finding:
    """A unit reports its own part of a measure done (分工任务反馈).

    :raises PieceNotFoundError: when the finding has no such part.
    :raises ActionDeniedError: when it is another unit's part.
    :raises StandsOtherwiseError: when it is reported, or the measure done or dropped, already.
    """
    change = begin(actor=actor, at=at, action=Action.TASK_REPORT, finding_id=finding_id, version=version)
    finding = change.finding
    task: MeasureTask = piece(finding, "tasks", task_id)
    # a unit that was taken off the finding reports nothing any more: the lead unit does for it
    working = {finding.lead_unit_id, *(each.unit_id for each in finding.supporting.all())}
    lead = finding.lead_unit.path if finding.lead_unit else task.unit.path
    path = task.unit.path if task.unit_id in working else lead
    # the judged actor of `begin` holds the posts of this moment
    if not any(change.actor.has(role, path) for role in (Role.HANDLER, Role.UNIT_HEAD)):
        raise ActionDeniedError(
            reason=Message(
                msg("This part of the measure is for “%(unit)s”, and one of its people reports it."),
                {"unit": task.unit.name},
            )
        )
    measure_open(finding, task.measure_id)
    if task.done_at is not None or task.dropped_at is not None:
        raise StandsOtherwiseError(
            msg("The part of “%(unit)s” is reported or taken away already; nothing was changed."),
            unit=task.unit.name,
        )
    task.report = text_required(report, msg("What was done"))
    task.done_at = at
    task.done_by_id = actor.person_id
    cleaned(task)
    task.save(update_fields=["report", "done_at", "done_by"])
    change.say(
        LedgerEvent.TASK_REPORTED,
        task_id=task.pk,
        measure_id=task.measure_id,
        unit=task.unit.name,
        report=task.report,
    )
    return change.finish()


@transaction.atomic
def measure_complete(
    *, actor: Actor, at: datetime, finding_id: int, version: int, measure_id: int, result: str
) -> Finding:
    """Marks a measure done, with its result (完成整改措施).

    :raises StandsOtherwiseError: when it is done or dropped already, or a unit has not reported its part.
    """
    change = begin(actor=actor, at=at, action=Action.MEASURE_COMPLETE, finding_id=finding_id, version=version)
    measure = measure_open(change.finding, measure_id)
    waiting = [
        task.unit.name for task in measure.tasks.all() if task.done_at is None and task.dropped_at is None
    ]
    if waiting:
        raise StandsOtherwiseError(
            msg("%(units)s: the part of the measure “%(text)s” is not reported yet. Nothing was changed."),
            units="、".join(waiting),
            text=measure.text,
        )
    measure.done_at = at
    measure.done_by_id = actor.person_id
    measure.result = text_required(result, msg("Result"))
    cleaned(measure)
    measure.save(update_fields=["done_at", "done_by", "result"])
    change.say(LedgerEvent.MEASURE_COMPLETED, measure_id=measure.pk, text=measure.text, result=measure.result)
    return change.finish()


def measure_open(finding: Finding, measure_id: int) -> Measure:
    """A measure that is neither done nor dropped.

    :raises StandsOtherwiseError: when it is.
    """
    measure: Measure = piece(finding, "measures", measure_id)
    if measure.done_at is not None:
        raise StandsOtherwiseError(
            msg("The measure “%(text)s” is done already; report what is new as progress."), text=measure.text
        )
    if measure.dropped_at is not None:
        raise StandsOtherwiseError(
            msg("The measure “%(text)s” was dropped; it stays for the record only."), text=measure.text
        )
    return measure
