"""Leading groups set up, changed and dissolved, and the places in them (领导小组)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from zhenggai.accounts.errors import NotActiveError, NotOnOneselfError, SeparationError
from zhenggai.accounts.kinds import GROUP_PLACE_LABELS, GroupPlace
from zhenggai.accounts.models import GroupSeat, LeadingGroup, Organisation, Post
from zhenggai.accounts.selectors import actor_standing
from zhenggai.accounts.services.standing import (
    any_person_locked,
    judged,
    line_checked,
    organisation_locked,
    person_locked,
    reaches,
    recorded,
    start_checked,
)
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import ADMIN_ROLES, Role
from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.accounts.models import Person
    from zhenggai.domain.actor import Actor

_NO_NAME = msg("The leading group has no name; give the one of the document that sets it up.")
_NO_SUCH_GROUP = msg("There is no such leading group among those you can see.")
# of these a group has one at a time
_ONE_ONLY = frozenset({GroupPlace.HEAD, GroupPlace.OFFICE_HEAD})


@transaction.atomic
def group_set_up(
    *,
    organisation_id: int,
    name: str,
    basis: str = "",
    office_unit_id: int | None = None,
    started_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> LeadingGroup:
    """Sets up the leading group of an organisation (成立领导小组), with its office seated in a unit.

    ``basis`` is the document that sets it up, and ``started_on`` (today by default) may be past, as that
    document's date is.

    Raises:
        NotFoundError: when the organisation is not the actor's to see.
        NotPermittedError: when the actor does not administer it.
        NotAllowedNowError: when it has a leading group already.
        NotActiveError: when it is closed.
        InvalidError: when the name is missing, something too long, or the unit lies outside.
    """
    organisation = organisation_locked(organisation_id, actor)
    judged(actor_standing(actor, timezone.localdate(at)), Action.GROUP_MANAGE, organisation)
    if not organisation.is_active:
        raise NotActiveError(
            msg("%(organisation)s is closed and takes no leading group; open it again first."),
            organisation=organisation.name,
        )
    there = LeadingGroup.objects.filter(organisation=organisation, ended_on__isnull=True).first()
    if there is not None:
        raise NotAllowedNowError(
            msg(
                "%(organisation)s has the leading group “%(group)s” already. Change that, or dissolve it "
                "first."
            ),
            organisation=organisation.name,
            group=there.name,
        )
    group = LeadingGroup(
        organisation=organisation,
        name=line_checked(name, most=200, missing=_NO_NAME),
        basis=line_checked(basis, most=200, missing="", required=False),
        office_unit=_office_unit(office_unit_id, organisation),
        started_on=day_checked(started_on, msg("From")) or timezone.localdate(at),
    )
    group.save()
    _group_recorded(group, "accounts.group.set_up", actor, at)
    return group


@transaction.atomic
def group_edit(
    *,
    group_id: int,
    name: str,
    basis: str = "",
    office_unit_id: int | None = None,
    actor: Actor,
    at: datetime,
) -> LeadingGroup:
    """Changes the name, the basis or the seat of the office of a leading group (调整领导小组).

    Raises:
        NotFoundError: when the group is not the actor's to see.
        NotPermittedError: when the actor does not administer its organisation.
        NotAllowedNowError: when it is dissolved.
        InvalidError: when the name is missing, something too long, or the unit lies outside.
    """
    group = _group_judged(group_id, actor, at)
    before = (group.name, group.basis, group.office_unit_id)
    group.name = line_checked(name, most=200, missing=_NO_NAME)
    group.basis = line_checked(basis, most=200, missing="", required=False)
    group.office_unit = _office_unit(office_unit_id, group.organisation)
    if before == (group.name, group.basis, group.office_unit_id):
        return group
    group.save(update_fields=["name", "basis", "office_unit"])
    _group_recorded(group, "accounts.group.edited", actor, at)
    return group


@transaction.atomic
def group_dissolve(
    *, group_id: int, ended_on: date | None = None, actor: Actor, at: datetime
) -> LeadingGroup:
    """Dissolves a leading group and ends every place in it (撤销领导小组); it stays on record.

    Raises:
        NotFoundError: when the group is not the actor's to see.
        NotPermittedError: when the actor does not administer its organisation.
        NotAllowedNowError: when it is dissolved already.
        InvalidError: when the day is past.
    """
    group = _group_judged(group_id, actor, at)
    group.ended_on = _end_checked(ended_on, group.started_on, timezone.localdate(at))
    group.save(update_fields=["ended_on"])
    for seat in group.seats.select_for_update(no_key=True).filter(ended_on__isnull=True).order_by("pk"):
        seat.ended_on = max(group.ended_on, seat.started_on)
        seat.save(update_fields=["ended_on"])
    _group_recorded(group, "accounts.group.dissolved", actor, at)
    return group


@transaction.atomic
def group_seat_give(
    *,
    group_id: int,
    person_id: int,
    place: GroupPlace | str,
    started_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> GroupSeat:
    """Gives a person a place in a leading group (确定组长、副组长、成员、办公室主任).

    A head holds the post “leading group” there, which two have given, and is the head only once the security
    administrator has confirmed it. Every other place gives no right.

    Raises:
        NotFoundError: when group or person is not the actor's to see.
        NotPermittedError: when it is the actor himself, or the actor does not administer the organisation.
        SeparationError: when the person administers.
        NotAllowedNowError: when the place is taken, or a head does not hold that post.
        NotActiveError: when the account is closed.
        InvalidError: when the place is unknown or the day past.
    """
    person = person_locked(person_id, actor)
    group = _group_judged(group_id, actor, at)
    today = timezone.localdate(at)
    if person.pk == actor.person_id:
        raise NotOnOneselfError
    place = _place_checked(place)
    starts = start_checked(started_on, today)
    if not person.is_active:
        raise NotActiveError(
            msg("The account of %(person)s is closed; open it again before giving a place."),
            person=person.name,
        )
    _administers_not(person, starts)
    open_seats = group.seats.filter(ended_on__isnull=True, place=place)
    taken = (
        open_seats.filter(Q() if place in _ONE_ONLY else Q(person=person)).select_related("person").first()
    )
    if taken is not None:
        raise NotAllowedNowError(
            msg("%(person)s is “%(place)s” already. End that first; nothing was changed."),
            person=taken.person.name,
            place=Message(GROUP_PLACE_LABELS[place]),
        )
    if place is GroupPlace.HEAD:
        _post_held(person, group.organisation, starts)
    seat = GroupSeat(group=group, person=person, place=place, started_on=starts, named_by_id=actor.person_id)
    if place is not GroupPlace.HEAD:
        seat.confirmed_by_id, seat.confirmed_at = actor.person_id, at
    seat.save()
    _seat_recorded(seat, "accounts.group.seat_given", actor, at)
    return seat


@transaction.atomic
def group_seat_confirm(*, seat_id: int, actor: Actor, at: datetime) -> GroupSeat:
    """Confirms the head of a leading group, by another person than the one who named (确认组长).

    Raises:
        NotFoundError: when the seat is not the actor's to see.
        NotPermittedError: when it is the actor's own, or the actor is not the security administrator or
            named the head.
        SeparationError: when the person administers.
        NotAllowedNowError: when it is confirmed or ended already, or the head holds no post there.
    """
    seat = _seat_locked(seat_id, actor)
    if seat.person_id == actor.person_id:
        raise NotOnOneselfError
    today = timezone.localdate(at)
    judged(actor_standing(actor, today), Action.POST_CONFIRM, seat.group.organisation)
    if seat.ended_on is not None or seat.confirmed_at is not None:
        raise NotAllowedNowError(
            msg("This place has been confirmed or ended already; nothing was changed. Load the page again.")
        )
    if seat.named_by_id == actor.person_id:
        raise NotPermittedError(
            msg("You named this head yourself, and two do it. Another administrator can confirm it.")
        )
    _administers_not(seat.person, today)
    _post_held(seat.person, seat.group.organisation, max(today, seat.started_on))
    seat.confirmed_by_id, seat.confirmed_at = actor.person_id, at
    seat.save(update_fields=["confirmed_by", "confirmed_at"])
    _seat_recorded(seat, "accounts.group.seat_confirmed", actor, at)
    return seat


@transaction.atomic
def group_seat_end(*, seat_id: int, ended_on: date | None = None, actor: Actor, at: datetime) -> GroupSeat:
    """Ends a place in a leading group (免去小组职务); it stays on record.

    Raises:
        NotFoundError: when the seat is not the actor's to see.
        NotPermittedError: when the actor does not administer the organisation.
        NotAllowedNowError: when it has ended already.
        InvalidError: when the day is past.
    """
    seat = _seat_locked(seat_id, actor)
    today = timezone.localdate(at)
    judged(actor_standing(actor, today), Action.POST_END, seat.group.organisation)
    if seat.ended_on is not None:
        raise NotAllowedNowError(
            msg("This place ended on %(ended_on)s already; nothing was changed."), ended_on=seat.ended_on
        )
    seat.ended_on = _end_checked(ended_on, seat.started_on, today)
    seat.save(update_fields=["ended_on"])
    _seat_recorded(seat, "accounts.group.seat_ended", actor, at)
    return seat


def groups_dissolve_all(organisation: Organisation, today: date) -> None:
    """Ends the standing leading group of an organisation that ends itself, and every place in it."""
    for group in LeadingGroup.objects.select_for_update(no_key=True).filter(
        organisation=organisation, ended_on__isnull=True
    ):
        group.ended_on = max(today, group.started_on)
        group.save(update_fields=["ended_on"])
        group.seats.filter(ended_on__isnull=True).update(ended_on=Greatest("started_on", today))


def _group_judged(group_id: int, actor: Actor, at: datetime) -> LeadingGroup:
    row = (
        LeadingGroup.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .filter(pk=group_id)
    )
    group = row.first()
    if group is None or not reaches(actor, group.organisation.path):
        raise NotFoundError(_NO_SUCH_GROUP)
    judged(actor_standing(actor, timezone.localdate(at)), Action.GROUP_MANAGE, group.organisation)
    if group.ended_on is not None:
        raise NotAllowedNowError(
            msg("“%(group)s” is dissolved as of %(ended_on)s; nothing was changed."),
            group=group.name,
            ended_on=group.ended_on,
        )
    return group


def _seat_locked(seat_id: int, actor: Actor) -> GroupSeat:
    found = GroupSeat.objects.select_related("group__organisation").filter(pk=seat_id).first()
    if found is None or not reaches(actor, found.group.organisation.path):
        raise NotFoundError(_NO_SUCH_GROUP)
    person = any_person_locked(found.person_id, actor)
    rows = GroupSeat.objects.select_for_update(of=("self",), no_key=True).select_related(
        "group__organisation"
    )
    seat = rows.get(pk=seat_id)
    seat.person = person
    return seat


def _place_checked(place: GroupPlace | str) -> GroupPlace:
    try:
        return GroupPlace(place)
    except ValueError:
        raise InvalidError(
            msg("“%(place)s” is no place in a leading group; choose one from the list."),
            place=str(place)[:40],
        ) from None


def _end_checked(ended_on: date | None, started_on: date, today: date) -> date:
    if ended_on is not None and ended_on < today:
        raise InvalidError(msg("It ends today or later; %(ended_on)s is past."), ended_on=ended_on)
    return max(day_checked(ended_on, msg("It no longer holds from")) or today, started_on)


def _office_unit(unit_id: int | None, organisation: Organisation) -> Organisation | None:
    if unit_id is None:
        return None
    rows = Organisation.objects.filter(path__startswith=organisation.root_path, is_active=True)
    unit: Organisation | None = rows.filter(pk=unit_id).first()
    if unit is None:
        raise InvalidError(
            msg("The office is seated in an open organisation of the same tree; choose one from the list.")
        )
    return unit


def _administers_not(person: Person, on: date) -> None:
    holds = Post.objects.filter(person=person, role__in=sorted(ADMIN_ROLES))
    if holds.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).exists():
        raise SeparationError(
            msg(
                "%(person)s administers accounts, and nobody who does sits in a leading group. End that post "
                "first, or name another person."
            ),
            person=person.name,
        )


def _post_held(person: Person, organisation: Organisation, on: date) -> None:
    path = organisation.path
    above = [path[:end] for end in range(Organisation.steplen, len(path) + 1, Organisation.steplen)]
    held = Post.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        person=person,
        role=Role.LEADING_GROUP,
        # who acts for somebody who is away is not the head
        acting_for__isnull=True,
        organisation__path__in=above,
        confirmed_at__isnull=False,
        started_on__lte=on,
    )
    if not held.exists():
        raise NotAllowedNowError(
            msg(
                "%(person)s holds no confirmed post “leading group” in %(organisation)s on %(on)s, and the "
                "head does. Give that post first; nothing was changed."
            ),
            person=person.name,
            organisation=organisation.name,
            on=on,
        )


def _group_recorded(group: LeadingGroup, name: str, actor: Actor, at: datetime) -> None:
    recorded(
        organisation=group.organisation,
        name=name,
        actor=actor,
        at=at,
        subject=("group", group.pk),
        values={
            "group": group.name,
            "organisation": group.organisation.name,
            "basis": group.basis,
            "office_unit": group.office_unit.name if group.office_unit else "",
            "started_on": group.started_on.isoformat(),
            "ended_on": group.ended_on.isoformat() if group.ended_on else None,
        },
    )


def _seat_recorded(seat: GroupSeat, name: str, actor: Actor, at: datetime) -> None:
    recorded(
        organisation=seat.group.organisation,
        name=name,
        actor=actor,
        at=at,
        subject=("person", seat.person_id),
        values={
            "person": seat.person.name,
            "group": seat.group.name,
            "organisation": seat.group.organisation.name,
            "place": str(seat.place),
            "started_on": seat.started_on.isoformat(),
            "ended_on": seat.ended_on.isoformat() if seat.ended_on else None,
        },
    )
