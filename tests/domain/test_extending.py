"""What may be asked about a deadline, when; and what rests while the work is suspended."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.actions import Action
from zhenggai.domain.closing import RequestState
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.extending import (
    DEADLINE_KIND_LABELS,
    DEADLINE_STATE_LABELS,
    DEFAULT_EXTENSION_LADDER,
    DeadlineFacts,
    DeadlineKind,
    DueNotLaterError,
    SuspendedError,
    check_deadline,
    check_due_later,
    check_due_to_come,
    check_recheck_ahead,
    extension_ladder_of,
)
from zhenggai.domain.lifecycle import MOVES, Nature

DUE = date(2026, 6, 30)
STANDS = DeadlineFacts(due=DUE, nature=Nature.TIME_BOUND)
ASKED = DeadlineFacts(due=DUE, nature=Nature.TIME_BOUND, pending=DeadlineKind.EXTENSION)
RESTS = DeadlineFacts(due=DUE, nature=Nature.TIME_BOUND, is_suspended=True)
PLANNED = DeadlineFacts(due=DUE, nature=Nature.TIME_BOUND, is_plan_waiting=True)
ASKED_AND_PLANNED = DeadlineFacts(
    due=DUE, nature=Nature.TIME_BOUND, pending=DeadlineKind.LONG_TERM, is_plan_waiting=True
)
LONG_TERM = DeadlineFacts(nature=Nature.LONG_TERM)
UNSET = DeadlineFacts(due=DUE)
ASKS = (Action.EXTENSION_REQUEST, Action.LONG_TERM_REQUEST)
DECIDES = (Action.DEADLINE_SIGN, Action.DEADLINE_SEND_BACK, Action.DEADLINE_WITHDRAW)


def code(action, facts):
    try:
        check_deadline(action, facts)
    except ZhenggaiError as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    ("facts", "extension", "long_term", "sign", "send_back", "withdraw"),
    [
        (STANDS, None, None, "no_deadline_request", "no_deadline_request", "no_deadline_request"),
        (ASKED, "deadline_pending", "deadline_pending", None, None, None),
        (RESTS, None, None, "no_deadline_request", "no_deadline_request", "no_deadline_request"),
        (
            PLANNED,
            "deadline_plan_waits",
            "deadline_plan_waits",
            "no_deadline_request",
            "no_deadline_request",
            "no_deadline_request",
        ),
        (ASKED_AND_PLANNED, "deadline_pending", "deadline_pending", "deadline_plan_waits", None, None),
        (
            LONG_TERM,
            "no_deadline",
            "no_deadline",
            "no_deadline_request",
            "no_deadline_request",
            "no_deadline_request",
        ),
        (UNSET, None, "no_deadline", "no_deadline_request", "no_deadline_request", "no_deadline_request"),
    ],
)
def test_what_may_be_asked_and_decided(facts, extension, long_term, sign, send_back, withdraw):
    assert [code(each, facts) for each in (*ASKS, *DECIDES)] == [
        extension,
        long_term,
        sign,
        send_back,
        withdraw,
    ]


def test_long_term_work_with_a_day_may_be_given_another():
    assert code(Action.EXTENSION_REQUEST, DeadlineFacts(due=DUE, nature=Nature.LONG_TERM)) is None


def test_what_rests_while_the_work_is_suspended_is_written_out():
    rests = {action for action in MOVES if code(action, RESTS) == "suspended"}
    assert rests == {
        Action.PROGRESS_REPORT,
        Action.TASK_REPORT,
        Action.MEASURE_COMPLETE,
        Action.CRITERION_JUDGE,
        Action.EVIDENCE_ADD,
        Action.EVIDENCE_WITHDRAW,
        Action.EVIDENCE_CARRY_OVER,
        Action.EVIDENCE_JUDGE,
        Action.REQUIREMENT_ANSWER,
        Action.REQUIREMENT_WAIVE,
        Action.OUTCOME_RECORD,
        Action.OUTCOME_WITHDRAW,
        Action.CLOSURE_REQUEST,
        Action.CLOSURE_SIGN,
        Action.SIGNATURE_RECORD,
        Action.SIGNATURE_CONFIRM,
        Action.SUSPENSION_BEGIN,
    }
    assert code(Action.SUSPENSION_END, RESTS) is None
    assert (code(Action.SUSPENSION_BEGIN, STANDS), code(Action.SUSPENSION_END, STANDS)) == (
        None,
        "not_suspended",
    )


@pytest.mark.parametrize(
    ("new_due", "due", "on", "refused"),
    [
        (date(2026, 7, 1), DUE, date(2026, 3, 2), False),
        (DUE, DUE, date(2026, 3, 2), True),
        (date(2026, 7, 10), DUE, date(2026, 7, 10), True),
        (date(2026, 7, 11), DUE, date(2026, 7, 10), False),
    ],
)
def test_a_new_day_is_later_than_the_day_in_force_and_today(new_due, due, on, refused):
    if not refused:
        check_due_later(new_due, due, on)
        return
    with pytest.raises(DueNotLaterError, match=f"due date in force, {due}, and today, {on}"):
        check_due_later(new_due, due, on)


def test_a_day_that_passed_is_not_granted_and_a_re_check_is_to_come():
    check_due_to_come(DUE, DUE)
    with pytest.raises(ZhenggaiError, match="has passed while the request waited"):
        check_due_to_come(DUE, date(2026, 7, 1))
    check_recheck_ahead(DUE, date(2026, 6, 29))
    with pytest.raises(ZhenggaiError, match="is not in the future"):
        check_recheck_ahead(DUE, DUE)


def test_everything_has_its_label_and_the_default_ladder_can_hold():
    assert set(DEADLINE_KIND_LABELS) == set(DeadlineKind)
    assert set(DEADLINE_STATE_LABELS) == set(RequestState)
    assert extension_ladder_of([step.name for step in DEFAULT_EXTENSION_LADDER]) == DEFAULT_EXTENSION_LADDER


def test_what_is_refused_is_named():
    with pytest.raises(SuspendedError, match="report progress"):
        check_deadline(Action.PROGRESS_REPORT, RESTS)
