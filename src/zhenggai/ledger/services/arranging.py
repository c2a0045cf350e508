"""Arranging who carries a measure out (措施分工): by hand until a plan fixes it, then by an amendment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import people_with_role
from zhenggai.domain.actor import Role
from zhenggai.domain.amending import Arrangement
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.models import MeasureTask
from zhenggai.ledger.services.measuring import measure_open
from zhenggai.ledger.services.restricting import leader_listed
from zhenggai.ledger.services.standing import begin, cleaned, text_optional

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhenggai.accounts.models import Organisation
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding, Measure, PlanAmendment
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def measure_arrange(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    measure_id: int,
    leader_id: int | None = None,
    due: date | None = None,
    requirement: str = "",
    unit_ids: Sequence[int] = (),
) -> Finding:
    """Says who carries a measure out, by when, and what is asked of it (措施分工); as often as needed.

    Without leader or day those of the finding hold. Each unit named reports its own part. Refused once a
    plan fixes the measures: then an amendment arranges them.

    :raises InvalidFieldError: when the leader leads nothing here, or a unit does not work on the finding.
    :raises StandsOtherwiseError: when the measure is done or dropped.
    """
    change = begin(actor=actor, at=at, action=Action.MEASURE_ARRANGE, finding_id=finding_id, version=version)
    measure = measure_open(change.finding, measure_id)
    wanted = Arrangement(leader_id, due, requirement, tuple(unit_ids))
    arrangement_put(change, measure, arrangement_checked(change, wanted, measure))
    return change.finish()


def arrangement_of(measure: Measure) -> Arrangement:
    """How a measure, loaded with its parts and leader, is arranged now (现行分工)."""
    standing = [each for each in measure.tasks.all() if each.dropped_at is None]
    return Arrangement(
        leader_id=measure.leader_id,
        due=measure.due,
        requirement=measure.requirement,
        unit_ids=tuple(each.unit_id for each in standing),
        leader=measure.leader.name if measure.leader else "",
        units=tuple(each.unit.name for each in standing),
    )


def arrangement_checked(change: Change, wanted: Arrangement, measure: Measure | None = None) -> Arrangement:
    """The arrangement as it is taken, with the names of whom it means; for the finding under change.

    ``measure``: which it is of, where that stands already. A unit that has reported its part of it and was
    taken off the finding since keeps that part.

    :raises InvalidFieldError: when the leader leads nothing here, or a unit does not work on the finding.
    """
    leader_name = ""
    if wanted.leader_id is not None:
        leaders = people_with_role(
            Role.RESPONSIBLE_LEADER, change.finding.inspection.subject.path, timezone.localdate(change.at)
        )
        leader = leaders.filter(pk=wanted.leader_id).first()
        if leader is None:
            raise InvalidFieldError(
                msg(
                    "This person holds no post as responsible leader for the inspected organisation. Choose "
                    "one who does; nothing was changed."
                )
            )
        leader_listed(change, leader)
        leader_name = leader.name
    units = _units_meant(change.finding, measure, wanted.unit_ids)
    return Arrangement(
        leader_id=wanted.leader_id,
        due=day_checked(wanted.due, msg("Due")),
        requirement=text_optional(wanted.requirement, msg("What is asked of the work")),
        unit_ids=tuple(unit.pk for unit in units),
        leader=leader_name,
        units=tuple(unit.name for unit in units),
    )


def parts_free(measure: Measure, wanted: Arrangement) -> None:
    """Refuses to take a part away that its unit has reported.

    :raises StandsOtherwiseError: naming the unit.
    """
    for task in measure.tasks.all():
        is_left_out = task.dropped_at is None and task.unit_id not in wanted.unit_ids
        if is_left_out and task.done_at is not None:
            raise StandsOtherwiseError(
                msg("“%(unit)s” has reported its part already, which stays; nothing was changed."),
                unit=task.unit.name,
            )


def arrangement_put(
    change: Change, measure: Measure, checked: Arrangement, amendment: PlanAmendment | None = None
) -> None:
    """Arranges a measure of the finding under change, by hand or by an approved amendment."""
    parts_free(measure, checked)
    measure.leader_id = checked.leader_id
    measure.due = checked.due
    measure.requirement = checked.requirement
    # by hand there is none: what was arranged by an amendment is never again arranged by hand
    measure.arranged_amendment = amendment
    cleaned(measure)
    measure.save(update_fields=["leader", "due", "requirement", "arranged_amendment"])
    _tasks_put(change, measure, checked.unit_ids, amendment)
    change.say(
        LedgerEvent.MEASURE_ARRANGED,
        measure_id=measure.pk,
        leader_id=checked.leader_id,
        due=measure.due.isoformat() if measure.due else None,
        asked=measure.requirement,
        units=list(checked.units),
        unit_ids=list(checked.unit_ids),
        **({"amendment_id": amendment.pk} if amendment else {}),
    )


def _units_meant(finding: Finding, measure: Measure | None, unit_ids: Sequence[int]) -> list[Organisation]:
    """The units, in the order asked for: those that work on the finding, or have reported their part."""
    meant = {each.unit_id: each.unit for each in finding.supporting.all()}
    if finding.lead_unit is not None:
        meant[finding.lead_unit.pk] = finding.lead_unit
    if measure is not None:
        reported = (each for each in measure.tasks.all() if each.done_at and not each.dropped_at)
        meant |= {each.unit_id: each.unit for each in reported}
    wanted = list(dict.fromkeys(unit_ids))
    if not meant.keys() >= set(wanted):
        raise InvalidFieldError(
            msg(
                "A unit named for this measure does not work on the finding. Assign the finding with it as "
                "lead or supporting unit first; nothing was changed."
            )
        )
    return [meant[unit_id] for unit_id in wanted]


def _tasks_put(
    change: Change, measure: Measure, unit_ids: Sequence[int], amendment: PlanAmendment | None
) -> None:
    standing = {each.unit_id: each for each in measure.tasks.all() if each.dropped_at is None}
    for unit_id, task in standing.items():
        if unit_id not in unit_ids:
            task.dropped_at = change.at
            task.dropped_amendment = amendment
            task.save(update_fields=["dropped_at", "dropped_amendment"])
    MeasureTask.objects.bulk_create(
        MeasureTask(measure=measure, unit_id=unit_id, amendment=amendment)
        for unit_id in unit_ids
        if unit_id not in standing
    )
