"""Which leader oversees which unit (分管)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhenggai.accounts.models import Oversight
from zhenggai.accounts.selectors import actor_standing, people_with_role
from zhenggai.accounts.services.standing import judged, organisation_locked, reaches, recorded
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Role
from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor


@transaction.atomic
def oversight_set(
    *, unit_id: int, leader_id: int, started_on: date | None = None, actor: Actor, at: datetime
) -> Oversight:
    """Says who oversees a unit and all below it from a day on (确定分管领导), today by default.

    One leader at a time: who oversaw it before does so until that day. It gives no right; the leader is
    proposed where a finding of the unit is assigned.

    Raises:
        NotFoundError: when the unit is not the actor's to see.
        NotPermittedError: when the actor may not say so for the unit.
        NotAllowedNowError: when the leader oversees it already, or another begins on that day or later.
        InvalidError: when the person is no responsible leader about the unit on that day.
    """
    unit = organisation_locked(unit_id, actor)
    today = timezone.localdate(at)
    judged(actor_standing(actor, today), Action.OVERSIGHT_MANAGE, unit)
    starts = day_checked(started_on, msg("From")) or today
    leader = (
        people_with_role(Role.RESPONSIBLE_LEADER, unit.path, max(starts, today)).filter(pk=leader_id).first()
    )
    if leader is None:
        raise InvalidError(
            msg(
                "This person holds no post as responsible leader at, above or below %(unit)s. Choose one who "
                "does, or have the post given first; nothing was changed."
            ),
            unit=unit.name,
        )
    before = (
        Oversight.objects.select_for_update(of=("self",), no_key=True)
        .select_related("leader")
        .filter(unit=unit)
    )
    standing = before.filter(ended_on__isnull=True).first()
    if standing is not None and standing.leader_id == leader.pk:
        raise NotAllowedNowError(
            msg("%(leader)s oversees %(unit)s already; nothing was changed."),
            leader=leader.name,
            unit=unit.name,
        )
    later = before.filter(Q(started_on__gte=starts) | Q(ended_on__gt=starts)).first()
    if later is not None:
        raise NotAllowedNowError(
            msg(
                "%(leader)s oversees %(unit)s from %(day)s on, so nobody else can from %(starts)s. Choose a "
                "later day; nothing was changed."
            ),
            leader=later.leader.name,
            unit=unit.name,
            day=later.started_on,
            starts=starts,
        )
    if standing is not None:
        standing.ended_on = starts
        standing.save(update_fields=["ended_on"])
    row = Oversight(leader=leader, unit=unit, started_on=starts)
    row.save()
    _recorded(row, "accounts.oversight.set", actor, at, before=standing.leader.name if standing else "")
    return row


@transaction.atomic
def oversight_end(
    *, oversight_id: int, ended_on: date | None = None, actor: Actor, at: datetime
) -> Oversight:
    """Ends an oversight (不再分管): it no longer holds on ``ended_on`` (today by default) nor after.

    Raises:
        NotFoundError: when it is not the actor's to see.
        NotPermittedError: when the actor may not say so for the unit.
        NotAllowedNowError: when it has ended already.
        InvalidError: when the day is before its first.
    """
    rows = Oversight.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "leader")
    row = rows.filter(pk=oversight_id).first()
    if row is None or not reaches(actor, row.unit.path):
        raise NotFoundError(msg("There is no such oversight among those you can see."))
    today = timezone.localdate(at)
    judged(actor_standing(actor, today), Action.OVERSIGHT_MANAGE, row.unit)
    if row.ended_on is not None:
        raise NotAllowedNowError(
            msg("This oversight ended on %(ended_on)s already; nothing was changed."), ended_on=row.ended_on
        )
    ends = day_checked(ended_on, msg("It no longer holds from")) or max(today, row.started_on)
    if ends < row.started_on:
        raise InvalidError(
            msg("It began on %(started_on)s and cannot have ended on %(ended_on)s."),
            started_on=row.started_on,
            ended_on=ends,
        )
    row.ended_on = ends
    row.save(update_fields=["ended_on"])
    _recorded(row, "accounts.oversight.ended", actor, at)
    return row


def _recorded(row: Oversight, name: str, actor: Actor, at: datetime, before: str = "") -> None:
    recorded(
        organisation=row.unit,
        name=name,
        actor=actor,
        at=at,
        subject=("person", row.leader_id),
        values={
            "person": row.leader.name,
            "organisation": row.unit.name,
            "started_on": row.started_on.isoformat(),
            "ended_on": row.ended_on.isoformat() if row.ended_on else None,
            **({"former": before} if before else {}),
        },
    )
