"""Who holds posts (任职人员): the people from among whom a rule of permission says who may."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenggai.accounts.models import Organisation, Post
from zhenggai.accounts.selectors import WITH_POST, actor_from
from zhenggai.domain.actor import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from zhenggai.domain.actor import Actor


def actors_of(person_ids: Collection[int], on: date) -> list[Actor]:
    """These people with all their posts (当事人), in the order of their ids; one query.

    Who never held a post, and whose account is closed, is left out.
    """
    posts: dict[int, list[Post]] = defaultdict(list)
    rows = Post.objects.filter(person_id__in=set(person_ids), person__is_active=True)
    for post in rows.select_related(*WITH_POST).order_by("person_id", "pk"):
        posts[post.person_id].append(post)
    return [actor_from(each[0].person_id, each[0].person.name, each, on) for each in posts.values()]


def holders_of(
    seats: Iterable[tuple[Role, str]],
    on: date,
    *,
    leader_ids: Collection[int] = (),
    within: Iterable[tuple[Role, str]] = (),
) -> list[Actor]:
    """Everybody who holds one of the roles over the organisation named beside it; two queries.

    ``leader_ids``: those responsible leaders, and who acts for one of them, besides. ``within``: who holds
    the role at or below the organisation named beside it, besides.
    """
    paths: dict[Role, set[str]] = defaultdict(set)
    for role, path in seats:
        paths[role].update(_at_or_above(path))
    wanted = [Q(role=role, organisation__path__in=sorted(each)) for role, each in paths.items()]
    wanted += [Q(role=role, organisation__path__startswith=path) for role, path in within]
    if leader_ids:
        led = Q(person_id__in=leader_ids) | Q(acting_for_id__in=leader_ids)
        wanted.append(Q(role=Role.RESPONSIBLE_LEADER) & led)
    if not wanted:
        return []
    holding = Post.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        reduce(or_, wanted),
        started_on__lte=on,
        confirmed_at__isnull=False,
    )
    return actors_of(set(holding.values_list("person_id", flat=True)), on)


def people_with_posts(on: date) -> list[int]:
    """Everybody who holds a post on the day and whose account is open, by id; one query."""
    rows = Post.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        started_on__lte=on,
        confirmed_at__isnull=False,
        person__is_active=True,
    )
    return sorted(set(rows.values_list("person_id", flat=True)))


def _at_or_above(path: str) -> list[str]:
    return [path[:end] for end in range(Organisation.steplen, len(path) + 1, Organisation.steplen)]
