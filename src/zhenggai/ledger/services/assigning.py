"""Setting what a finding is and whose it is: classify and assign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import organisations_below, people_with_role
from zhenggai.domain.actor import Role
from zhenggai.domain.case import Requirement
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.fixing import Reach, reach_of
from zhenggai.domain.lifecycle import NATURE_LABELS, Nature, Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import DuePastError, InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.facts import nature_of, planning_of, worker_ids
from zhenggai.ledger.models import Finding, FixingUnit, SupportingUnit
from zhenggai.ledger.services.requiring import amount_asked, requirement_set
from zhenggai.ledger.services.restricting import leader_listed, unit_listed
from zhenggai.ledger.services.standing import begin
from zhenggai.ledger.warned import warnings_begin_anew
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from zhenggai.accounts.models import Organisation
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.services.standing import Change

_TAKEN_ON: Final = frozenset({Stage.ACCEPTED, Stage.RECTIFYING})


@transaction.atomic
def finding_classify(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    nature: Nature | None = None,
    money_required: bool | None = None,
    people_required: bool | None = None,
    cause_required: bool | None = None,
    money_to_recover: Decimal | None = None,
    amount_follows: bool = False,
) -> Finding:
    """Sets nature (整改类型) and which requirements apply; None leaves a value as it is.

    A requirement that applies is never dropped here; `requirement_waive` signs it off with a reason.
    Whoever says that money must be recovered says how much, ``money_to_recover`` in yuan (元), or that the
    amount is still being found out (``amount_follows``, 金额待核定): named it is before the finding closes.

    :raises AmountUnnamedError: when money must be recovered and neither is said.
    :raises InvalidFieldError: when an amount is named of money that need not be recovered.
    :raises StandsOtherwiseError: when the unit has taken the finding on and a nature set before would change,
        or, at any stage, a requirement that applies would be dropped.
    """
    change = begin(actor=actor, at=at, action=Action.FINDING_CLASSIFY, finding_id=finding_id, version=version)
    finding = change.finding
    if nature is not None:
        _nature_set(change, nature)
    given = {
        Requirement.MONEY: money_required,
        Requirement.PEOPLE: people_required,
        Requirement.CAUSE: cause_required,
    }
    for requirement, required in given.items():
        if required is not None:
            requirement_set(change, requirement, required=required)
    said = amount_asked(change, money_to_recover, required=money_required, amount_follows=amount_follows)
    change.say(
        LedgerEvent.FINDING_CLASSIFIED,
        nature=finding.nature,
        requirements_set_by=finding.requirements_set_by,
        money_required=finding.money_required,
        people_required=finding.people_required,
        cause_required=finding.cause_required,
        **said,
    )
    return change.finish()


def _nature_set(change: Change, nature: Nature) -> None:
    old = nature_of(change.finding)
    if old not in {None, nature} and nature is Nature.LONG_TERM:
        _long_term_by_hand(change)
    if old is not None and old is not nature and change.stage in _TAKEN_ON:
        raise StandsOtherwiseError(
            msg(
                "The unit has taken this finding on with the nature “%(old)s”, so it cannot become "
                "“%(new)s” now. "
                "Assign the finding anew, set the nature, and the unit accepts again."
            ),
            old=Message(NATURE_LABELS[old]),
            new=Message(NATURE_LABELS[nature]),
        )
    if old is not None and old is not nature:
        _nature_may_change(change.finding, old, nature)
    change.finding.nature = nature.value


def _long_term_by_hand(change: Change) -> None:
    """Refuses to take a deadline away by hand once a unit has ever taken the finding on."""
    finding = change.finding
    if finding.due is None:
        return
    accepted = events_named(ChainKey.inspection(finding.inspection_id), LedgerEvent.FINDING_ACCEPTED)
    if accepted.filter(subject_id=finding.pk).exists():
        raise StandsOtherwiseError(
            msg(
                "A unit has taken this finding on with the due date %(due)s, so it does not become long-term "
                "by hand. The unit asks for long-term rectification, and two people approve; nothing was "
                "changed."
            ),
            due=finding.due.isoformat(),
        )


def _nature_may_change(finding: Finding, old: Nature, new: Nature) -> None:
    """Refuses another nature that would undo what the first one was taken for.

    That is where a plan has the finding, where a stage of it is closed, where it would go without a due date,
    or where work was done before its plan because it was to be fixed at once.
    """
    planning = planning_of(finding)
    values = {"old": Message(NATURE_LABELS[old]), "new": Message(NATURE_LABELS[new])}
    if planning.is_fixed:
        raise StandsOtherwiseError(
            msg(
                "The nature “%(old)s” is part of a plan that is submitted or approved, so it cannot become "
                "“%(new)s”; nothing was changed."
            ),
            **values,
        )
    if old is Nature.LONG_TERM and finding.closures.exists():
        raise StandsOtherwiseError(
            msg(
                "A stage of the finding is closed as “%(old)s”, so it does not become “%(new)s”; nothing was "
                "changed."
            ),
            **values,
        )
    if old is Nature.LONG_TERM and finding.first_due is not None and finding.due is None:
        raise StandsOtherwiseError(
            msg(
                "The finding became “%(old)s” by a request that was approved, so it does not become "
                "“%(new)s”; nothing was changed."
            ),
            **values,
        )
    if old is Nature.LONG_TERM and finding.stage != Stage.REGISTERED and finding.due is None:
        raise StandsOtherwiseError(
            msg(
                "The finding is assigned without a due date, as “%(old)s” may be, so it cannot become "
                "“%(new)s”. Assign it with a due date first; nothing was changed."
            ),
            **values,
        )
    if old is Nature.IMMEDIATE and planning.required and not planning.is_approved and worker_ids(finding):
        raise StandsOtherwiseError(
            msg(
                "Work was done before the plan because the finding is “%(old)s”, so it cannot become "
                "“%(new)s” before its plan is approved; nothing was changed."
            ),
            **values,
        )


@transaction.atomic
def finding_assign(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    leader_id: int,
    unit_id: int,
    due: date | None,
    supporting_unit_ids: Sequence[int] = (),
    past_due_meant: bool = False,
    list_leader: bool = False,
) -> Finding:
    """Assigns a finding (交办) to responsible leader, lead unit and supporting units, with a due date.

    The unit accepts anew after every assignment. A due date once set stays: it changes only by an extension.
    One that is past already is taken only where whoever assigns says that it is meant, which is recorded.
    A restricted finding is led and worked on by people on its list; ``list_leader`` puts the leader on it.

    :raises InvalidFieldError: when leader or unit cannot be responsible here, or do not see the finding, or
        the due date is missing.
    :raises DayImpossibleError: when nobody can have meant the due date.
    :raises DuePastError: when the due date is past already and ``past_due_meant`` is not said.
    :raises StandsOtherwiseError: when another due date is in force.
    """
    change = begin(actor=actor, at=at, action=Action.FINDING_ASSIGN, finding_id=finding_id, version=version)
    finding = change.finding
    subject_path = finding.inspection.subject.path
    leaders = people_with_role(Role.RESPONSIBLE_LEADER, subject_path, timezone.localdate(at))
    leader = leaders.filter(pk=leader_id).first()
    if leader is None:
        raise InvalidFieldError(
            msg(
                "This person holds no post as responsible leader for the inspected organisation. Choose one "
                "who "
                "does, or have the post granted first; nothing was changed."
            )
        )
    unit = organisations_below(subject_path).filter(pk=unit_id).first()
    if unit is None:
        raise InvalidFieldError(
            msg(
                "The lead unit is not an open organisation at or below the inspected one. Choose one of "
                "those; "
                "nothing was changed."
            )
        )
    wanted = [each for each in dict.fromkeys(supporting_unit_ids) if each != unit.pk]
    root_path = subject_path[: type(unit).steplen]
    supporting = list(organisations_below(root_path).filter(pk__in=wanted))
    if len(supporting) != len(wanted):
        raise InvalidFieldError(
            msg("A supporting unit is not an open organisation here. Choose others; nothing was changed.")
        )
    past_days = _due_set(finding, due, timezone.localdate(at))
    if past_days and not past_due_meant:
        raise DuePastError(due=str(due), days=past_days)
    leader_listed(change, leader, list_leader=list_leader)
    unit_listed(change, unit)
    if finding.lead_unit_id != unit.pk:
        warnings_begin_anew(finding.pk, at=at)
    finding.responsible_leader = leader
    finding.lead_unit = unit
    _units_keep(finding, [unit, *supporting], at)
    SupportingUnit.objects.filter(finding=finding).delete()
    SupportingUnit.objects.bulk_create(SupportingUnit(finding=finding, unit=each) for each in supporting)
    change.say(
        LedgerEvent.FINDING_ASSIGNED,
        leader=leader.name,
        leader_id=leader.pk,
        unit=unit.name,
        unit_id=unit.pk,
        supporting=[each.name for each in supporting],
        unit_ids=[unit.pk, *(each.pk for each in supporting)],
        due=finding.due.isoformat() if finding.due else None,
        **({"past_due_meant": True, "days_overdue": past_days} if past_days else {}),
    )
    return change.finish()


def _units_keep(finding: Finding, units: Sequence[Organisation], at: datetime) -> None:
    """Keeps every unit that the finding is given to for good: assigning it to others takes none away."""
    known = {each.unit_id for each in finding.fixing_units.all() if each.reach != Reach.WORKING}
    subject_path = finding.inspection.subject.path
    FixingUnit.objects.bulk_create(
        FixingUnit(finding=finding, unit=each, since=at, reach=reach_of(each.path, subject_path).value)
        for each in units
        if each.pk not in known
    )


def _due_set(finding: Finding, due: date | None, on: date) -> int:
    """Sets the due date where none is in force; by how many days a new one is past already."""
    if finding.due is not None:
        if due not in {None, finding.due}:
            raise StandsOtherwiseError(
                msg(
                    "The finding is due on %(due)s, and a due date changes only by an approved extension. "
                    "Assign it "
                    "with that date; nothing was changed."
                ),
                due=finding.due.isoformat(),
            )
        return 0
    if finding.first_due is not None:
        if due is not None:
            raise StandsOtherwiseError(
                msg(
                    "The finding became long-term by a request that was approved, and has no due date any "
                    "more. Assign it without one; nothing was changed."
                )
            )
        return 0
    if due is None and nature_of(finding) is not Nature.LONG_TERM:
        raise InvalidFieldError(
            msg("The due date is missing. Only long-term findings go without one; nothing was changed.")
        )
    finding.due = finding.first_due = day_checked(due, msg("Due"))
    return max(0, (on - finding.due).days) if finding.due else 0
