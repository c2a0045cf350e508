"""Who else has to know that an organisation stands elsewhere (调整隶属): rooms above keep what rests on it.

They are told within the transaction of the move, as of new names in `zhenggai.accounts.renames`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from zhenggai.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class Move:
    """An organisation that left some of those above it, or merged into another.

    ``left_ids``: the organisations to which it belonged until now and does not any more; of one that merged,
    itself among them. ``heir_id``: which organisation its people belong to now. ``moved_path``: where it
    stands now; ``former_id``: below which one it stood until now, where it does not any more. ``actor``: who
    moved it.
    """

    heir_id: int
    heir_path: str
    left_ids: frozenset[int]
    at: datetime
    actor: Actor
    moved_path: str = ""
    former_id: int | None = None
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
