"""Whose work a finding is or was (整改单位): the units it was given to, and who belongs or belonged to them.

Source: DOMAIN §5 rule 1, "the body that confirms is not the unit that fixed it"; what counts is the person,
not the post, and a unit that handed the work over stays one that fixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.actor import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenggai.domain.actor import Seat

# Whoever holds one of these over a unit can do that unit's work, wherever the post itself is seated.
WORKING_ROLES: Final = frozenset({Role.HANDLER, Role.UNIT_HEAD})


class Reach(StrEnum):
    """Whose work it is when a unit is given a finding (整改单位范围), decided once.

    ``everybody`` of the unit and below it; where it is the whole inspected organisation or one above it,
    those ``seated`` there by a post, since otherwise no office there could ever confirm; of a unit that
    stood above one that fixes, those ``working``: who could do the work by a post as handler or head.
    """

    EVERYBODY = "everybody"
    SEATED = "seated"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Fixing:
    """A unit to which the work was given (整改单位), lead or supporting, from ``since`` on and for good.

    ``path`` is the unit's materialised path; ``since`` None means from the beginning.
    """

    path: str
    since: date | None = None
    reach: Reach = Reach.EVERYBODY


def reach_of(path: str, subject_path: str | None) -> Reach:
    """Whose work it is when the unit at ``path`` is given a finding of the body at ``subject_path``."""
    is_whole = subject_path is not None and subject_path.startswith(path)
    return Reach.SEATED if is_whole else Reach.EVERYBODY


def belongs(seats: Iterable[Seat], units: Iterable[Fixing]) -> bool:
    """Whether a person with these seats belongs, or belonged since, to one of the units (是否属于整改单位).

    A seat counts as far as the unit reaches, and a post as handler or head also from above. A post that no
    longer held on the day on which the unit was given the work does count: it may have ended in the evening.
    """
    known = tuple(units)
    return any(_counts(seat, unit) for seat in seats for unit in known)


def _counts(seat: Seat, unit: Fixing) -> bool:
    if seat.ended_on is not None and unit.since is not None and seat.ended_on < unit.since:
        return False
    if seat.role in WORKING_ROLES and unit.path.startswith(seat.path):
        return True
    if unit.reach is Reach.EVERYBODY:
        return seat.path.startswith(unit.path)
    return unit.reach is Reach.SEATED and seat.role is not None and seat.path == unit.path
