"""Who else has to know that a post was given or confirmed (任职变动): rooms above tell people.

They are told within the transaction of the change, as of moves in `zhenggai.accounts.moves`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from zhenggai.accounts.models import Post

from zhenggai.domain.actor import SECONDED_ROLES, Role


@dataclass(frozen=True, slots=True)
class PostChange:
    """A post as it was given or confirmed by somebody (``by_id``).

    ``is_seconded``: it is that of the head of a unit, and signs from now on.
    """

    post_id: int
    person_id: int
    role: Role
    organisation_name: str
    organisation_path: str
    is_confirmed: bool
    is_seconded: bool
    by_id: int
    at: datetime


if TYPE_CHECKING:
    Follower: TypeAlias = Callable[[PostChange], None]

_followers: list[Follower] = []


def post_changes_follow(follower: Follower) -> None:
    """Has the follower told of every change of a post; to be called while apps become ready."""
    _followers.append(follower)


def post_changed(post: Post, *, by_id: int, at: datetime) -> None:
    """Tells every follower that a post was given or confirmed."""
    change = PostChange(
        post.pk,
        post.person_id,
        Role(post.role),
        post.organisation.name,
        post.organisation.path,
        is_confirmed=post.confirmed_at is not None,
        is_seconded=post.role in SECONDED_ROLES and not post.waits_for_second,
        by_id=by_id,
        at=at,
    )
    for follower in _followers:
        follower(change)
