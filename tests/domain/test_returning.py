"""Sending back: what a return has to say."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.returning import (
    RETURN_GROUND_LABELS,
    RedoDayError,
    ReturnGround,
    ReturnUnfoundedError,
    check_return,
)

ON = date(2026, 3, 2)


def test_every_ground_has_its_word():
    assert set(RETURN_GROUND_LABELS) == set(ReturnGround)


@pytest.mark.parametrize("ground", list(ReturnGround))
def test_a_return_that_names_its_criteria_is_taken(ground):
    check_return(ground, [3], date(2026, 3, 3), ON)


def test_a_return_over_criteria_names_at_least_one():
    with pytest.raises(ReturnUnfoundedError, match="Tick those that are not met"):
        check_return(ReturnGround.CRITERIA, [], None, ON)
    check_return(ReturnGround.EVIDENCE, [], None, ON)


@pytest.mark.parametrize("day", [ON, date(2026, 3, 1)])
def test_the_day_until_which_to_work_again_is_to_come(day):
    with pytest.raises(RedoDayError, match="is not to come"):
        check_return(ReturnGround.OTHER, [], day, ON)
