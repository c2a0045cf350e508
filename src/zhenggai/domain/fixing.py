"""Whose work a finding is or was (整改单位): the units it was given to, and who belongs or belonged to them.

Source: DOMAIN §5 rule 1, "the body that confirms is not the unit that fixed it"; what counts is the person,
not the post, and a unit that handed the work over stays one that fixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.domain.actor import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenggai.domain.actor import Seat

# Whoever holds one of these over a unit can do that unit's work, wherever the post itself is seated.
WORKING_ROLES: Final = frozenset({Role.HANDLER, Role.UNIT_HEAD})


@dataclass(frozen=True, slots=True)
class Fixing:
    """A unit to which the work was given (整改单位), lead or supporting, from ``since`` on and for good.

    ``path`` is the unit's materialised path; ``since`` None means from the beginning.
    """

    path: str
    since: date | None = None


def belongs(seats: Iterable[Seat], units: Iterable[Fixing], subject_path: str | None) -> bool:
    """Whether a person with these seats belongs, or belonged since, to one of the units (是否属于整改单位).

    A seat counts in the unit and below it, and a post as handler or head also from above. Where the work is
    the whole inspected organisation's, or that of one above it, only a post seated in that organisation
    itself counts: otherwise no office there could ever confirm.
    """
    known = tuple(units)
    return any(_counts(seat, unit, subject_path) for seat in seats for unit in known)


def _counts(seat: Seat, unit: Fixing, subject_path: str | None) -> bool:
    if seat.ended_on is not None and unit.since is not None and seat.ended_on <= unit.since:
        return False
    if seat.role in WORKING_ROLES and unit.path.startswith(seat.path):
        return True
    if subject_path is not None and subject_path.startswith(unit.path):
        return seat.role is not None and seat.path == unit.path
    return seat.path.startswith(unit.path)
