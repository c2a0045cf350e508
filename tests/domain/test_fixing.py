"""Who belongs, or belonged, to a unit that fixes or fixed."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.actor import Actor, Grant, Role, Seat
from zhenggai.domain.fixing import Fixing, belongs

BUREAU, UNIT, BELOW, SISTER = "00010001", "000100010001", "0001000100010001", "000100010002"
CITY = "0001"
SINCE = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("seat", "inside"),
    [
        (Seat(UNIT), True),
        (Seat(UNIT, Role.OFFICE_CLERK), True),
        (Seat(BELOW, Role.PUBLISHER), True),
        (Seat(BUREAU, Role.OFFICE_CLERK), False),
        (Seat(BUREAU), False),
        (Seat(SISTER, Role.HANDLER), False),
        # whoever can do the unit's work from above belongs to it too
        (Seat(BUREAU, Role.UNIT_HEAD), True),
        (Seat(CITY, Role.HANDLER), True),
        # who left before the work came did not fix; who left on a later day did
        (Seat(UNIT, Role.HANDLER, date(2026, 3, 1)), False),
        (Seat(UNIT, Role.HANDLER, SINCE), False),
        (Seat(UNIT, Role.HANDLER, date(2026, 3, 3)), True),
        (Seat(BUREAU, Role.UNIT_HEAD, date(2026, 3, 3)), True),
    ],
)
def test_a_seat_is_inside_the_unit_that_fixes_or_not(seat, inside):
    assert belongs([seat], [Fixing(UNIT, SINCE)], BUREAU) is inside


def test_a_unit_whose_beginning_is_not_known_fixed_from_the_beginning():
    assert belongs([Seat(UNIT, Role.HANDLER, date(1999, 1, 1))], [Fixing(UNIT)], BUREAU)


def test_any_of_several_units_counts():
    units = [Fixing(SISTER, SINCE), Fixing(UNIT, SINCE)]
    assert belongs([Seat(BUREAU, Role.AUDITOR), Seat(UNIT)], units, BUREAU)
    assert not belongs([], units, BUREAU)
    assert not belongs([Seat(UNIT)], [], BUREAU)


@pytest.mark.parametrize("unit", [BUREAU, CITY])
def test_where_the_whole_organisation_fixes_only_its_own_seat_counts(unit):
    whole = [Fixing(unit, SINCE)]
    assert belongs([Seat(unit, Role.OFFICE_CLERK)], whole, BUREAU)
    assert not belongs([Seat(unit)], whole, BUREAU)
    assert not belongs([Seat(SISTER, Role.OFFICE_CLERK)], whole, BUREAU)


def test_where_no_subject_is_known_everything_below_the_unit_counts():
    assert belongs([Seat(UNIT, Role.OFFICE_CLERK)], [Fixing(BUREAU)], None)


def test_an_actor_belongs_by_the_posts_in_force_too():
    actor = Actor(1, "示例", (Grant(Role.HANDLER, 1, UNIT),), (Seat(SISTER),))
    assert actor.belonging == (Seat(SISTER), Seat(UNIT, Role.HANDLER))
