"""What the preparation of administrators is derived from (启用准备的查询), as people and posts stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef

from zhenggai.accounts.kinds import GroupPlace, OrganisationKind
from zhenggai.accounts.leading import groups_visible
from zhenggai.accounts.models import GroupSeat, Person, Post
from zhenggai.accounts.selectors import (
    PEOPLE_ROLES,
    below,
    open_on,
    organisations_visible,
    posts_unconfirmed,
)
from zhenggai.domain.actor import Role
from zhenggai.domain.preparing import PreparingFacts

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.actor import Actor

# roles that are held at what was inspected, not in the room where their holder sits
_HELD_ABOVE: Final = (Role.OFFICE_CLERK, Role.RESPONSIBLE_LEADER, Role.VERIFIER, Role.LEADING_GROUP)
_NAMED_MOST: Final = 5


def preparing_facts(actor: Actor, on: date) -> PreparingFacts:
    """How far what the actor administers is prepared (准备情况); nine queries, however many people."""
    paths = actor.paths_of(*PEOPLE_ROLES)
    held = Post.objects.filter(open_on(on), below("organisation__path", paths), person__is_active=True)
    elsewhere = (
        Post.objects.filter(open_on(on), person=OuterRef("person"), role=OuterRef("role"))
        .exclude(organisation__kind=OrganisationKind.OFFICE.value)
        .order_by()
    )
    astray = (
        held.filter(
            ~Exists(elsewhere), role__in=_HELD_ABOVE, organisation__kind=OrganisationKind.OFFICE.value
        )
        .order_by("pk")
        .values_list("person__name", "organisation__name")[:_NAMED_MOST]
    )
    groups = groups_visible(actor).filter(open_on(on)).prefetch_related(None)
    heads = GroupSeat.objects.filter(open_on(on), group__in=groups.order_by(), place=GroupPlace.HEAD.value)
    strangers = Person.objects.filter(
        pk__in=held.order_by().values("person_id"), is_active=True, must_change_password=True
    )
    return PreparingFacts(
        units=organisations_visible(actor, *PEOPLE_ROLES).filter(is_active=True, depth__gt=1).count(),
        roles=frozenset(Role(role) for role in held.order_by().values_list("role", flat=True).distinct()),
        astray=tuple(f"{name}（{place}）" for name, place in astray),
        unconfirmed=posts_unconfirmed(actor, on).count(),
        has_group=groups.exists(),
        has_named=heads.exists(),
        has_head=heads.filter(confirmed_at__isnull=False).exists(),
        strangers=strangers.count(),
        has_begun=held.filter(
            role=Role.OFFICE_CLERK, confirmed_at__isnull=False, person__must_change_password=False
        ).exists(),
    )
