"""Who else has to know of a new name (更名): rooms above keep what they derive from names up to date.

They are told within the transaction of the renaming, so the derived row and the name change together.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    # what it is, its id, and the name by which lists show it now
    Follower: TypeAlias = Callable[["Named", int, str], None]


class Named(StrEnum):
    """What has a name (有名称者)."""

    ORGANISATION = "organisation"
    PERSON = "person"


_followers: list[Follower] = []


def renames_follow(follower: Follower) -> None:
    """Has the follower told of every new name; to be called while apps become ready."""
    _followers.append(follower)


def renamed(kind: Named, object_id: int, name: str) -> None:
    """Tells every follower of a new name."""
    for follower in _followers:
        follower(kind, object_id, name)
