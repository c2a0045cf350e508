"""What keeps posts apart (职务分离): roles nobody holds together, and those that somebody always holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from zhenggai.accounts.errors import SeparationError
from zhenggai.accounts.models import GroupSeat, Organisation, Post
from zhenggai.accounts.selectors import open_on
from zhenggai.domain.actor import ADMIN_ROLES, ROLE_LABELS, SECONDED_ROLES, Role, roles_against
from zhenggai.domain.errors import NotAllowedNowError
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.accounts.models import Person


def separate(person: Person, role: Role, starts: date, *, is_seconded: bool = False) -> None:
    """Refuses roles that nobody holds together, counting posts not yet confirmed too.

    ``is_seconded``: the post of the head of a unit is about to sign.

    Raises:
        SeparationError: when a post stands against it.
    """
    against = Q(role__in=sorted(ADMIN_ROLES if is_seconded else roles_against(role)))
    if role in ADMIN_ROLES:
        against |= Q(role__in=sorted(SECONDED_ROLES)) & ~Q(confirmed_by=F("granted_by"))
    other = Post.objects.filter(open_on(starts), against, person=person).first()
    if other is not None:
        raise SeparationError(
            msg(
                "%(person)s holds the post “%(other)s”, and nobody both administers and signs, nor is two of "
                "the three administrators. End that post first, or give “%(role)s” to another person."
            ),
            person=person.name,
            other=Message(ROLE_LABELS[Role(other.role)]),
            role=Message(ROLE_LABELS[role]),
        )
    seats = GroupSeat.objects.filter(open_on(starts), person=person).select_related("group")
    seat = seats.first() if role in ADMIN_ROLES else None
    if seat is not None:
        raise SeparationError(
            msg(
                "%(person)s sits in “%(group)s”, and nobody who administers accounts does. End that place "
                "first, or give “%(role)s” to another person."
            ),
            person=person.name,
            group=seat.group.name,
            role=Message(ROLE_LABELS[role]),
        )


def signs_already(away: Person, post: Post) -> None:
    """Sees that whoever is acted for signs by that post: whoever acts can do no more."""
    held = Post.objects.filter(
        person=away, organisation=post.organisation, role=post.role, acting_for__isnull=True
    )
    if not held.exclude(confirmed_by=F("granted_by")).exists():
        raise NotAllowedNowError(
            msg(
                "%(person)s, for whom this post is held, signs nothing yet, and whoever acts can do no more. "
                "Confirm that person's own post first; nothing was changed."
            ),
            person=away.name,
        )


def somebody_else_administers(post: Post) -> None:
    """Sees that the post is not the last of those without whom nothing could be mended.

    Raises:
        NotAllowedNowError: when nobody else is system or security administrator there.
    """
    if post.role not in {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN} or post.confirmed_at is None:
        return
    path = post.organisation.path
    above = [path[:end] for end in range(Organisation.steplen, len(path) + 1, Organisation.steplen)]
    others = Post.objects.filter(
        role=post.role,
        organisation__path__in=above,
        ended_on__isnull=True,
        confirmed_at__isnull=False,
        person__is_active=True,
    ).exclude(person_id=post.person_id)
    if not others.exists():
        raise NotAllowedNowError(
            msg(
                "Nobody but %(person)s is “%(role)s” of %(organisation)s, and without one nothing could be "
                "mended. Give that post to another person first."
            ),
            person=post.person.name,
            role=Message(ROLE_LABELS[Role(post.role)]),
            organisation=post.organisation.name,
        )
