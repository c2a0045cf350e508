"""What is asked about people, organisations and posts (查询)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Protocol

from django.db.models import Prefetch, Q
from django.utils import timezone

from zhenggai.accounts.models import Organisation, Person, Post
from zhenggai.domain.actor import Actor, Grant, Role
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from django.db.models import QuerySet


class SignedIn(Protocol):
    """What `actor_of` needs of ``request.user``."""

    pk: int
    name: str
    is_active: bool


def actor_of(person: SignedIn, on: date) -> Actor:
    """The person with the posts that hold on the day (当事人); one query. A closed account has none."""
    rows = (
        Post.objects.filter(_holding(on), person_id=person.pk, person__is_active=True)
        .order_by("pk")
        .values_list("role", "organisation_id", "organisation__path")
    )
    grants = tuple(Grant(Role(role), organisation_id, path) for role, organisation_id, path in rows)
    return Actor(person.pk, person.name, grants)


def person_get(person_id: int) -> Person:
    """The person with the organisation.

    Raises:
        NotFoundError: when there is none.
    """
    person = Person.objects.select_related("organisation").filter(pk=person_id).first()
    if person is None:
        raise NotFoundError(msg("There is no such person among those you can see."))
    return person


def person_by_username(username: str) -> Person | None:
    """The person who signs in under the name, in any letter case and width."""
    try:
        return Person.objects.get_by_natural_key(username)
    except Person.DoesNotExist:
        return None


def people_exist() -> bool:
    """Whether the first administrator has been made."""
    return Person.objects.exists()


def people_of(path: str, *, on: date | None = None) -> QuerySet[Person]:
    """People who work, or hold an open post, in the organisation at ``path`` or below it, by name.

    Their organisation and their open posts (``open_posts``, with organisations) come along in two more
    queries; with ``on`` only posts that are not over on that day.
    """
    still_open = Q(ended_on__isnull=True) if on is None else Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    seated = Post.objects.filter(still_open, organisation__path__startswith=path).values("person_id")
    posts = (
        Post.objects.filter(still_open).select_related("organisation").order_by("organisation__path", "role")
    )
    return (
        Person.objects.filter(Q(organisation__path__startswith=path) | Q(pk__in=seated))
        .select_related("organisation")
        .prefetch_related(Prefetch("posts", queryset=posts, to_attr="open_posts"))
        .order_by("name", "pk")
    )


def people_visible(actor: Actor) -> QuerySet[Person]:
    """People who work in, or hold an open post in, an organisation the actor administers, as `people_of`."""
    paths = actor.paths_of(Role.ADMINISTRATOR)
    seated = Post.objects.filter(_below("organisation__path", paths), ended_on__isnull=True).values(
        "person_id"
    )
    return people_of("").filter(_below("organisation__path", paths) | Q(pk__in=seated))


def people_with_role(role: Role, path: str, on: date) -> QuerySet[Person]:
    """Open accounts that hold the role on the day at, above or below the organisation at ``path``."""
    steps = [path[:end] for end in range(Organisation.steplen, len(path) + 1, Organisation.steplen)]
    holding = Post.objects.filter(
        _holding(on), Q(organisation__path__in=steps) | Q(organisation__path__startswith=path), role=role
    )
    return (
        Person.objects.filter(is_active=True, pk__in=holding.values("person_id"))
        .select_related("organisation")
        .order_by("name", "pk")
    )


def post_get(post_id: int) -> Post:
    """The post with person and organisation.

    Raises:
        NotFoundError: when there is none.
    """
    post = Post.objects.select_related("person", "organisation").filter(pk=post_id).first()
    if post is None:
        raise NotFoundError(msg("There is no such post among those you can see."))
    return post


def posts_unconfirmed(actor: Actor) -> QuerySet[Post]:
    """Posts that sign and wait for a second administrator, below what the actor administers."""
    return (
        Post.objects.filter(
            _below("organisation__path", actor.paths_of(Role.ADMINISTRATOR)),
            ended_on__isnull=True,
            confirmed_at__isnull=True,
        )
        .select_related("person", "organisation", "granted_by")
        .order_by("pk")
    )


def organisation_get(organisation_id: int) -> Organisation:
    """The organisation.

    Raises:
        NotFoundError: when there is none.
    """
    organisation: Organisation | None = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    return organisation


def organisations_visible(actor: Actor, *roles: Role) -> QuerySet[Organisation]:
    """Organisations at or below the actor's posts (可见单位), of the given roles or of all, as a tree."""
    wanted = roles or tuple(actor.roles)
    rows: QuerySet[Organisation] = Organisation.objects.filter(_below("path", actor.paths_of(*wanted)))
    return rows.order_by("path")


def organisations_below(path: str) -> QuerySet[Organisation]:
    """The organisation at ``path`` and all below it that are open, in the tree's order."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(path__startswith=path, is_active=True)
    return rows.order_by("path")


def organisation_root_id(path: str) -> int:
    """The id of the root organisation above ``path``: the key of its chain in the trail.

    Raises:
        NotFoundError: when there is none.
    """
    root_id = (
        Organisation.objects.filter(path=path[: Organisation.steplen]).values_list("pk", flat=True).first()
    )
    if root_id is None:
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    return int(root_id)


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """The names of people by their ids; one query."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "name"))


def password_reset_before(person_id: int, at: datetime) -> datetime | None:
    """When somebody else last set the person's password, if that was before ``at`` and nothing was set since.

    To be shown beside a signature given at ``at``.
    """
    row = (
        Person.objects.filter(pk=person_id, password_reset_at__lte=at)
        .values_list("password_reset_at", "password_changed_at")
        .first()
    )
    if row is None:
        return None
    reset_at, changed_at = row
    if reset_at is None or (changed_at is not None and reset_at <= changed_at <= at):
        return None
    return timezone.localtime(reset_at)


def _holding(on: date) -> Q:
    return Q(started_on__lte=on, confirmed_at__isnull=False) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def _below(field: str, paths: Collection[str]) -> Q:
    # an empty OR would let everything through
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q(pk__in=[]))
