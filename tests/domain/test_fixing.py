"""Who belongs, or belonged, to a unit that fixes or fixed."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.actor import Actor, Grant, Role, Seat
from zhenggai.domain.fixing import Fixing, Reach, belongs, reach_of

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
        # on the day itself it may have ended in the evening
        (Seat(UNIT, Role.HANDLER, SINCE), True),
        (Seat(UNIT, Role.HANDLER, date(2026, 3, 3)), True),
        (Seat(BUREAU, Role.UNIT_HEAD, date(2026, 3, 3)), True),
    ],
)
def test_a_seat_is_inside_the_unit_that_fixes_or_not(seat, inside):
    assert belongs([seat], [Fixing(UNIT, SINCE)]) is inside


def test_a_unit_whose_beginning_is_not_known_fixed_from_the_beginning():
    assert belongs([Seat(UNIT, Role.HANDLER, date(1999, 1, 1))], [Fixing(UNIT)])


def test_any_of_several_units_counts():
    units = [Fixing(SISTER, SINCE), Fixing(UNIT, SINCE)]
    assert belongs([Seat(BUREAU, Role.AUDITOR), Seat(UNIT)], units)
    assert not belongs([], units)
    assert not belongs([Seat(UNIT)], [])


@pytest.mark.parametrize("unit", [BUREAU, CITY])
def test_where_the_whole_organisation_fixes_only_its_own_seat_counts(unit):
    whole = [Fixing(unit, SINCE, reach_of(unit, BUREAU))]
    assert belongs([Seat(unit, Role.OFFICE_CLERK)], whole)
    assert not belongs([Seat(unit)], whole)
    assert not belongs([Seat(SISTER, Role.OFFICE_CLERK)], whole)


def test_whose_work_it_is_is_decided_by_where_the_inspected_organisation_stands():
    assert reach_of(UNIT, BUREAU) is Reach.EVERYBODY
    assert reach_of(BUREAU, BUREAU) is Reach.SEATED
    assert reach_of(CITY, BUREAU) is Reach.SEATED
    assert reach_of(BUREAU, None) is Reach.EVERYBODY
    assert belongs([Seat(UNIT, Role.OFFICE_CLERK)], [Fixing(BUREAU)])


def test_of_those_above_only_who_could_do_the_work_counts():
    above = [Fixing(BUREAU, SINCE, Reach.WORKING)]
    assert belongs([Seat(BUREAU, Role.HANDLER)], above)
    assert belongs([Seat(CITY, Role.UNIT_HEAD)], above)
    assert not belongs([Seat(BUREAU, Role.OFFICE_CLERK)], above)
    assert not belongs([Seat(BUREAU)], above)
    assert not belongs([Seat(UNIT, Role.HANDLER)], above)


def test_an_actor_belongs_by_the_posts_in_force_too():
    actor = Actor(1, "示例", (Grant(Role.HANDLER, 1, UNIT),), (Seat(SISTER),))
    assert actor.belonging == (Seat(SISTER), Seat(UNIT, Role.HANDLER))
