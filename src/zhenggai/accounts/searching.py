"""People and organisations by their names (人员、单位检索)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q

from zhenggai.accounts.models import Organisation, Person, Post
from zhenggai.accounts.selectors import below, open_on

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor


def people_named(
    actor: Actor, is_named: Q, on: date, among: QuerySet[Any, Any] | None = None
) -> QuerySet[Person]:
    """Open accounts by name: of people seated at or below the actor's posts, or ``among``.

    ``is_named``: a condition on ``name``. ``among``: ids of people whom the actor meets elsewhere. Their
    organisation and their posts of the day (``open_posts``) come along in one more query.
    """
    paths = actor.paths_of(*actor.roles)
    held = Post.objects.filter(open_on(on), confirmed_at__isnull=False)
    seated = held.filter(below("organisation__path", paths)).values("person_id")
    theirs = below("organisation__path", paths) | Q(pk__in=seated)
    if among is not None:
        theirs |= Q(pk__in=among)
    posts = held.select_related("organisation", "acting_for").order_by("organisation__path", "role")
    return (
        Person.objects.filter(theirs, is_named, is_active=True)
        .select_related("organisation")
        .prefetch_related(Prefetch("posts", queryset=posts, to_attr="open_posts"))
        .order_by("name", "pk")
    )


def organisations_named(
    actor: Actor, is_named: Q, among: QuerySet[Any, Any] | None = None
) -> QuerySet[Organisation]:
    """Organisations by name: at or below the actor's posts, or ``among`` (ids met elsewhere).

    ``is_named``: a condition on ``name`` and ``short_name``.
    """
    theirs = below("path", actor.paths_of(*actor.roles))
    if among is not None:
        theirs |= Q(pk__in=among)
    rows: QuerySet[Organisation] = Organisation.objects.filter(theirs, is_named)
    return rows.select_related("successor").order_by("path")
