"""Where a new situation waits, who passes it up or answers it, and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.test_policy import CLERK, FACTS, PEOPLE, G, H, I, L, O, U, V, why
from zhenggai.domain.actions import Action
from zhenggai.domain.profile_reading import ProfileClashError, ProfileFieldError
from zhenggai.domain.profiles import DEFAULT_PROFILE, profile_content, profile_from
from zhenggai.domain.situations import (
    DEFAULT_ANSWERS,
    AnswerReminder,
    AnswerRules,
    Clock,
    Count,
    Level,
    answer_due,
    counted,
    first_level,
    is_waited_for,
    level_above,
    level_reached,
    levels_above,
    reminder_come,
)
from zhenggai.domain.working_days import WEEKDAYS_ONLY, WorkingCalendar

RAISED = date(2026, 3, 2)
DUE = date(2026, 3, 16)
# who passes up from each level, and who answers there, written by hand
AT = {
    Level.UNIT_HEAD: ({U}, {U, L, O, G, I}),
    Level.LEADER: ({L}, {L, O, G, I}),
    Level.OFFICE: ({O, G}, {O, G, I}),
    Level.INSPECTOR: (set(), {I}),
}


@pytest.mark.parametrize("level", Level)
def test_it_is_passed_up_from_where_it_waits_and_answered_there_or_above(level):
    passes, answers = AT[level]
    facts = replace(FACTS, waits_at=level)
    for role, actor in PEOPLE.items():
        assert (why(actor, Action.SITUATION_PASS_UP, facts) == "") is (role in passes), role
        assert (why(actor, Action.SITUATION_ANSWER, facts) == "") is (role in answers), role


def test_a_refusal_says_with_whom_it_waits():
    said = why(PEOPLE[L], Action.SITUATION_ANSWER, replace(FACTS, waits_at=Level.INSPECTOR))
    assert said == (
        "The new situation waits with: inspecting body. Somebody there or above can answer a new situation."
    )
    said = why(PEOPLE[O], Action.SITUATION_PASS_UP, replace(FACTS, waits_at=Level.LEADER))
    assert said == (
        "The new situation waits with: responsible leader. Whoever it waits with can pass a new situation up."
    )


@pytest.mark.parametrize("action", [Action.SITUATION_PASS_UP, Action.SITUATION_ANSWER])
def test_whoever_raised_it_neither_passes_it_up_nor_answers_it(action):
    facts = replace(FACTS, author_id=CLERK.person_id, waits_at=Level.OFFICE)
    assert "your own" in why(CLERK, action, facts)


def test_where_nothing_waits_everybody_is_waited_for():
    assert is_waited_for(PEOPLE[V], Action.SITUATION_ANSWER, FACTS)
    assert not is_waited_for(PEOPLE[H], Action.SITUATION_ANSWER, replace(FACTS, waits_at=Level.UNIT_HEAD))


def test_it_waits_one_level_above_whoever_raised_it():
    assert first_level(leads=False, heads_unit=False) is Level.UNIT_HEAD
    assert first_level(leads=False, heads_unit=True) is Level.LEADER
    assert first_level(leads=True, heads_unit=True) is Level.OFFICE


def test_a_level_without_anybody_is_passed_over_and_said():
    manned = {Level.OFFICE, Level.INSPECTOR}.__contains__
    assert level_reached(Level.UNIT_HEAD, manned) == (Level.OFFICE, (Level.UNIT_HEAD, Level.LEADER))
    assert level_above(levels_above(Level.OFFICE), manned) == (Level.INSPECTOR, ())
    assert level_above(levels_above(Level.INSPECTOR), manned) is None


def test_where_nobody_is_anywhere_it_waits_at_the_office():
    nobody = frozenset().__contains__
    assert level_reached(Level.UNIT_HEAD, nobody) == (Level.OFFICE, (Level.UNIT_HEAD, Level.LEADER))
    assert level_reached(Level.OFFICE, nobody) == (Level.OFFICE, ())


def test_an_answer_is_due_ten_working_days_later_by_the_official_calendar():
    assert answer_due(RAISED, DEFAULT_ANSWERS, WEEKDAYS_ONLY) == DUE
    arranged = WorkingCalendar(frozenset({date(2026, 3, 5)}), frozenset({date(2026, 3, 7)}))
    assert answer_due(RAISED, AnswerRules(4, 1), arranged) == date(2026, 3, 7)


def test_the_clock_counts_to_the_answer_and_the_due_day_itself_is_in_time():
    waiting = Clock(RAISED, DUE, None, DUE)
    assert (waiting.is_open, waiting.days_open, waiting.days_late, waiting.is_late) == (True, 14, 0, False)
    assert replace(waiting, on=DUE + timedelta(days=1)).days_late == 1
    done = Clock(RAISED, DUE, DUE + timedelta(days=3), DUE + timedelta(days=90))
    assert (done.is_open, done.days_open, done.days_late, done.is_late) == (False, 17, 3, True)
    undated = Clock(RAISED, None, None, DUE)
    assert (undated.days_open, undated.days_late) == (14, 0)


def test_every_number_is_a_part_of_what_was_raised():
    late = DUE + timedelta(days=1)
    clocks = [
        Clock(RAISED, DUE, DUE, late),
        Clock(RAISED, DUE, late, late),
        Clock(RAISED, DUE, None, late),
        Clock(RAISED, None, None, late),
    ]
    assert counted(clocks) == Count(raised=4, answered=2, answered_late=1, open=2, overdue=1, undated=1)
    assert counted([]) == Count()


def test_a_reminder_comes_three_working_days_before_and_again_when_overdue():
    def come(on):
        return reminder_come(DUE, on, DEFAULT_ANSWERS, WEEKDAYS_ONLY)

    assert come(date(2026, 3, 10)) is None
    # Wednesday: Thursday, Friday and Monday are left
    assert come(date(2026, 3, 11)) is AnswerReminder.NEAR
    assert come(DUE) is AnswerReminder.NEAR
    assert come(DUE + timedelta(days=1)) is AnswerReminder.OVERDUE


def test_a_profile_says_by_when_or_goes_by_the_default():
    content = profile_content(DEFAULT_PROFILE)
    assert "answers" not in content
    said = {**content, "answers": {"answer_working_days": 5, "near_working_days": 1}}
    assert profile_from(said).answers == AnswerRules(5, 1)
    assert profile_content(profile_from(said)) == said
    assert profile_from(content).answers == DEFAULT_ANSWERS


def test_a_profile_with_days_that_cannot_be_is_refused():
    content = profile_content(DEFAULT_PROFILE)
    with pytest.raises(ProfileClashError, match="give the reminder fewer days"):
        profile_from({**content, "answers": {"answer_working_days": 5, "near_working_days": 5}})
    with pytest.raises(ProfileFieldError, match=r"answers\.answer_working_days"):
        profile_from({**content, "answers": {"answer_working_days": 0, "near_working_days": 0}})


def test_on_the_day_it_was_raised_it_has_waited_no_day():
    clock = Clock(RAISED, DUE, None, RAISED)
    assert (clock.days_open, clock.days_late) == (0, 0)


def test_what_is_answered_is_told_apart_from_what_waits():
    open_late = Clock(RAISED, DUE, None, DUE + timedelta(days=1))
    answered = Clock(RAISED, DUE, DUE, DUE + timedelta(days=9))
    late = Clock(RAISED, DUE, DUE + timedelta(days=2), DUE + timedelta(days=9))
    assert counted([open_late, answered, late, late]) == Count(4, 3, 2, 1, 1, 0)


def test_a_due_day_is_one_that_was_given_unless_it_is_said_to_be_reckoned():
    assert not Clock(RAISED, DUE, None, RAISED).is_reckoned
