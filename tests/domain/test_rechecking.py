"""The days of re-checks and the numbers of successors."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.actions import Action
from zhenggai.domain.days import DayImpossibleError
from zhenggai.domain.rechecking import (
    AFTER_CLOSING,
    GROUNDS_BY_HAND,
    REBOUND_GROUND_LABELS,
    ReboundGround,
    ReboundStandsError,
    RecheckDayError,
    RecheckPutOffError,
    check_rebound,
    next_recheck,
    rebound_number,
    recheck_day,
    recheck_set_on,
)

TODAY = date(2026, 3, 2)
CLOSED = date(2026, 1, 5)
LATER = date(2026, 9, 1)


def test_a_successor_keeps_the_printed_number():
    assert rebound_number("二/(一)/1", 2) == "二/(一)/1（反弹2）"
    assert rebound_number("", 1) == "（反弹1）"


@pytest.mark.parametrize("on", [CLOSED, TODAY])
def test_a_re_check_lies_between_closing_and_today(on):
    assert recheck_day(on, closed_on=CLOSED, today=TODAY) == on


@pytest.mark.parametrize(
    ("on", "said"), [(date(2026, 3, 3), "still to come"), (date(2026, 1, 4), "before the closing")]
)
def test_another_day_is_refused(on, said):
    with pytest.raises(RecheckDayError, match=said):
        recheck_day(on, closed_on=CLOSED, today=TODAY)


def test_long_term_work_that_holds_has_a_next_day_and_other_work_may():
    kinds = {"holds": True, "today": TODAY}
    assert next_recheck(LATER, is_long_term=True, **kinds) == LATER
    assert next_recheck(None, is_long_term=False, **kinds) is None
    assert next_recheck(None, holds=False, is_long_term=True, today=TODAY) is None
    with pytest.raises(RecheckDayError, match="again and again"):
        next_recheck(None, is_long_term=True, **kinds)
    with pytest.raises(RecheckDayError, match="after 2026-03-02"):
        next_recheck(TODAY, is_long_term=False, **kinds)
    with pytest.raises(RecheckDayError, match="no next day"):
        next_recheck(LATER, holds=False, is_long_term=False, today=TODAY)


def test_a_day_is_brought_forward_and_never_put_off():
    assert recheck_set_on(TODAY, stands_on=None, today=TODAY) == TODAY
    assert recheck_set_on(TODAY, stands_on=LATER, today=TODAY) == TODAY
    with pytest.raises(RecheckPutOffError, match="stands for 2026-09-01"):
        recheck_set_on(LATER, stands_on=LATER, today=TODAY)
    with pytest.raises(RecheckDayError, match="past already"):
        recheck_set_on(CLOSED, stands_on=None, today=TODAY)


def test_a_day_that_nobody_can_have_meant_is_refused():
    with pytest.raises(DayImpossibleError):
        recheck_set_on(date(2199, 1, 1), stands_on=None, today=TODAY)


def test_what_came_back_is_neither_re_checked_nor_begun_anew_while_its_successor_is_open():
    check_rebound(Action.RECHECK_RECORD, None)
    check_rebound(Action.FINDING_RESTRICT, "1（反弹1）")
    for action in AFTER_CLOSING:
        with pytest.raises(ReboundStandsError, match="worked on as 1（反弹1）"):
            check_rebound(action, "1（反弹1）")


def test_a_failing_re_check_is_no_ground_by_hand():
    assert set(REBOUND_GROUND_LABELS) == set(ReboundGround)
    assert set(GROUNDS_BY_HAND) == set(ReboundGround) - {ReboundGround.RECHECK}


@pytest.mark.parametrize(
    "action",
    [Action.RECHECK_SET, Action.RECHECK_RECORD, Action.STAGE_BEGIN, Action.FINDING_REBOUND],
)
def test_while_a_successor_is_open_nothing_that_comes_after_closing_is_done(action):
    with pytest.raises(ReboundStandsError, match="3（反弹1）"):
        check_rebound(action, "3（反弹1）")
    check_rebound(action, None)


def test_a_day_that_nobody_can_have_meant_is_told_as_such():
    with pytest.raises(DayImpossibleError):
        recheck_day(date(202, 3, 1), closed_on=CLOSED, today=TODAY)
    with pytest.raises(DayImpossibleError):
        next_recheck(date(9202, 3, 1), holds=True, is_long_term=True, today=TODAY)
