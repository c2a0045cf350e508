"""Who else has to know that an organisation stands elsewhere (调整隶属): rooms above keep what rests on it.

They are told within the transaction of the move, as of new names in `zhenggai.accounts.renames`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Move:
    """An organisation that left some of those above it, or merged into another.

    ``left_ids``: the organisations to which it belonged until now and does not any more; of one that merged,
    itself among them. ``heir_id``: which organisation its people belong to now.
    """

    heir_id: int
    left_ids: frozenset[int]
    at: datetime
    is_merged: bool = False


if TYPE_CHECKING:
    Follower: TypeAlias = Callable[[Move], None]

_followers: list[Follower] = []


def moves_follow(follower: Follower) -> None:
    """Has the follower told of every move; to be called while apps become ready."""
    _followers.append(follower)


def moved(move: Move) -> None:
    """Tells every follower of a move."""
    for follower in _followers:
        follower(move)
