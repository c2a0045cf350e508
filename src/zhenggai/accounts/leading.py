"""What is asked about leading groups and oversight (领导小组、分管的查询)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F, Prefetch, Q

from zhenggai.accounts.kinds import GroupPlace
from zhenggai.accounts.models import GroupSeat, LeadingGroup, Organisation, Oversight, Post
from zhenggai.accounts.selectors import below
from zhenggai.domain.actor import SECONDED_ROLES, SIGNING_ROLES, Role
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import GRANTS, Action

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.accounts.models import Person
    from zhenggai.domain.actor import Actor

# who sees leading groups and oversight
GROUP_ROLES: Final = tuple(role for role, _ in GRANTS[Action.GROUP_VIEW])
_OVERSEERS: Final = tuple(role for role, _ in GRANTS[Action.OVERSIGHT_MANAGE])


def groups_visible(actor: Actor) -> QuerySet[LeadingGroup]:
    """Leading groups of the organisations the actor looks after or works for, the standing ones first.

    Their seats (``seats``) with people come along in one query more.
    """
    seats = GroupSeat.objects.select_related("person", "named_by").order_by("pk")
    return (
        LeadingGroup.objects.filter(below("organisation__path", actor.paths_of(*GROUP_ROLES)))
        .select_related("organisation", "office_unit")
        .prefetch_related(Prefetch("seats", queryset=seats))
        .order_by("organisation__path", "-started_on", "-pk")
    )


def group_standing(path: str, on: date) -> LeadingGroup | None:
    """The leading group that stands on the day at ``path`` or nearest above it (现行领导小组); two queries.

    Its places in force come along as ``seats``, with people.
    """
    seats = GroupSeat.objects.filter(_in_force(on)).select_related("person").order_by("pk")
    rows = LeadingGroup.objects.filter(_in_force(on), organisation__path__in=_above(path))
    found = rows.select_related("organisation", "office_unit").prefetch_related(
        Prefetch("seats", queryset=seats)
    )
    return found.order_by("-organisation__path", "-pk").first()


def group_get(actor: Actor, group_id: int) -> LeadingGroup:
    """The leading group with its seats.

    Raises:
        NotFoundError: when there is none or the actor does not see it.
    """
    group = groups_visible(actor).filter(pk=group_id).first()
    if group is None:
        raise NotFoundError(msg("There is no such leading group among those you can see."))
    return group


def group_heads(path: str, on: date) -> frozenset[int]:
    """The confirmed heads of the leading groups of the organisation at ``path`` and of those above (组长)."""
    heads = GroupSeat.objects.filter(
        _in_force(on),
        place=GroupPlace.HEAD,
        confirmed_at__isnull=False,
        group__organisation__path__in=_above(path),
    )
    return frozenset(heads.values_list("person_id", flat=True))


def posts_for_head(actor: Actor, group: LeadingGroup, on: date) -> list[Post]:
    """Posts that sign and wait for a second hand, which the head of this group can be (待组长确认任职).

    Among them those of heads of units that one administrator gave: they work, and sign once confirmed.

    Asks the database for a head alone; the group comes from `groups_visible`, with its seats.
    """
    path = group.organisation.path
    is_head = actor.has(Role.LEADING_GROUP, path) and any(
        seat.person_id == actor.person_id
        and seat.place == GroupPlace.HEAD
        and seat.confirmed_at is not None
        and seat.started_on <= on
        and (seat.ended_on is None or seat.ended_on > on)
        for seat in group.seats.all()
    )
    if not is_head or actor.administers:
        return []
    rows = Post.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        Q(role__in=sorted(SIGNING_ROLES), confirmed_at__isnull=True)
        | Q(role__in=sorted(SECONDED_ROLES), confirmed_by=F("granted_by")),
        organisation__path__startswith=path,
    )
    return list(
        rows.exclude(person_id=actor.person_id)
        .select_related("person", "organisation", "granted_by")
        .order_by("pk")
    )


def oversights_visible(actor: Actor) -> QuerySet[Oversight]:
    """Who oversees or oversaw which unit, of the organisations the actor looks after or works for."""
    rows = Oversight.objects.filter(below("unit__path", actor.paths_of(*GROUP_ROLES)))
    return rows.select_related("unit", "leader").order_by("unit__path", "-started_on", "-pk")


def units_overseen_possible(actor: Actor) -> QuerySet[Organisation]:
    """Open organisations for which the actor says who oversees them, as a tree."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(
        below("path", actor.paths_of(*_OVERSEERS)), is_active=True
    )
    return rows.order_by("path")


def responsible_leader_proposed(unit_id: int, on: date) -> Person | None:
    """Who is proposed as responsible leader of a unit's finding on the day (拟任责任领导), None for nobody.

    Whoever oversees the unit, or else the nearest organisation above it that anybody oversees, as long as
    that person still holds the post of a responsible leader about it.
    """
    unit = Organisation.objects.filter(pk=unit_id).first()
    if unit is None:
        return None
    return leaders_proposed([unit], on).get(unit.pk)


def leaders_proposed(units: list[Organisation], on: date) -> dict[int, Person]:
    """As `responsible_leader_proposed`, of several units at once by their ids; two queries in all, or one."""
    if not units:
        return {}
    paths = {path for unit in units for path in _above(unit.path)}
    rows = Oversight.objects.filter(_in_force(on), unit__path__in=sorted(paths)).select_related(
        "leader", "unit"
    )
    overseers = {row.unit.path: row.leader for row in rows}
    if not overseers:
        return {}
    seats: dict[int, list[str]] = {}
    posts = Post.objects.filter(
        _in_force(on),
        person__in=set(overseers.values()),
        person__is_active=True,
        role=Role.RESPONSIBLE_LEADER,
        confirmed_at__isnull=False,
    )
    for person_id, path in posts.values_list("person_id", "organisation__path"):
        seats.setdefault(person_id, []).append(path)
    found: dict[int, Person] = {}
    for unit in units:
        nearest = next((overseers[path] for path in reversed(_above(unit.path)) if path in overseers), None)
        held = seats.get(nearest.pk, []) if nearest is not None else []
        if nearest is not None and any(
            unit.path.startswith(seat) or seat.startswith(unit.path) for seat in held
        ):
            found[unit.pk] = nearest
    return found


def _above(path: str) -> list[str]:
    """The paths of the organisation and of all above it, from the root down."""
    return [path[:end] for end in range(Organisation.steplen, len(path) + 1, Organisation.steplen)]


def _in_force(on: date) -> Q:
    return Q(started_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))
