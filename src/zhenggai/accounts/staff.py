"""Who works anywhere in a tree (在职人员): people with a post in force, whatever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.accounts.models import Person, Post
from zhenggai.accounts.selectors import below, open_on

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Role


def staff_of(paths: Collection[str], roles: Collection[Role], on: date) -> QuerySet[Person]:
    """Open accounts that hold one of the roles at or below one of the paths on the day, by name."""
    return _with(Post.objects.filter(below("organisation__path", paths)), roles, on)


def staff_over(path: str, roles: Collection[Role], on: date) -> QuerySet[Person]:
    """Open accounts that hold one of the roles over the organisation at ``path`` on the day, by name."""
    steps = [path[:end] for end in range(1, len(path) + 1)]
    return _with(Post.objects.filter(organisation__path__in=steps), roles, on)


def _with(posts: QuerySet[Post], roles: Collection[Role], on: date) -> QuerySet[Person]:
    held = posts.filter(open_on(on), started_on__lte=on, confirmed_at__isnull=False, role__in=sorted(roles))
    return (
        Person.objects.filter(is_active=True, pk__in=held.values("person_id"))
        .select_related("organisation")
        .order_by("name", "pk")
    )
