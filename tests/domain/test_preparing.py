"""What administrators prepare before an office can begin, written out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhenggai.domain.actor import Role
from zhenggai.domain.preparing import (
    PREPARING_LABELS,
    PreparingFacts,
    PreparingStep,
    preparing_steps,
)
from zhenggai.domain.setup_facts import Standing, StepState

READY = PreparingFacts(
    units=4,
    roles=frozenset(
        {Role.OFFICE_CLERK, Role.RESPONSIBLE_LEADER, Role.HANDLER, Role.LEADING_GROUP, Role.AUDIT_ADMIN}
    ),
    has_group=True,
    has_named=True,
    has_head=True,
    has_begun=True,
)


def told(facts, step):
    found = {each.step: each for each in preparing_steps(facts)}[step]
    return found.state, [(point.standing, str(point.sentence)) for point in found.points]


def test_the_steps_come_in_their_order_each_with_its_administrator():
    steps = preparing_steps(READY)
    assert [each.step for each in steps] == list(PreparingStep) == list(PREPARING_LABELS)
    assert {each.step for each in steps if each.role is Role.SECURITY_ADMIN} == {
        PreparingStep.CONFIRMING,
        PreparingStep.SIGN_IN,
    }
    assert all(each.state is StepState.DONE for each in steps)
    assert all(point.standing is Standing.DONE for each in steps for point in each.points)


def test_of_an_empty_system_everything_but_the_confirming_is_to_do():
    states = [each.state for each in preparing_steps(PreparingFacts())]
    assert states == [StepState.OPEN, StepState.OPEN, StepState.DONE, StepState.OPEN, StepState.OPEN]
    _state, said = told(PreparingFacts(), PreparingStep.PEOPLE)
    assert said[:4] == [
        (Standing.MISSING, "Nobody holds a post as “rectification office” yet."),
        (Standing.MISSING, "Nobody holds a post as “responsible leader” yet."),
        (Standing.MISSING, "Nobody holds a post as “head of unit” yet."),
        (Standing.MISSING, "Nobody holds a post as “leading group” yet."),
    ]
    # an audit administrator is advised, and nothing waits for one
    assert [standing for standing, _sentence in said[4:]] == [Standing.TOLD]


@pytest.mark.parametrize(
    ("facts", "step", "words"),
    [
        (replace(READY, units=0), PreparingStep.ORGANISATIONS, "Nothing stands below the top organisation"),
        (
            replace(READY, astray=("周办（整改办）",)),
            PreparingStep.PEOPLE,
            "see no inspection: 周办（整改办）.",
        ),
        (replace(READY, unconfirmed=3), PreparingStep.CONFIRMING, "before they are confirmed: 3."),
        (
            replace(READY, has_group=False, has_head=False),
            PreparingStep.GROUP,
            "There is no leading group yet.",
        ),
        (replace(READY, has_named=False), PreparingStep.GROUP, "nobody is named as its head yet."),
        (replace(READY, has_head=False), PreparingStep.GROUP, "is named and waits to be confirmed."),
        (
            replace(READY, has_begun=False),
            PreparingStep.SIGN_IN,
            "Nobody of a rectification office has signed in",
        ),
    ],
)
def test_what_is_missing_is_said_where_it_is_done(facts, step, words):
    state, said = told(facts, step)
    assert state is StepState.OPEN
    (missing,) = (sentence for standing, sentence in said if standing is Standing.MISSING)
    assert words in missing


def test_people_with_a_password_of_somebody_else_are_counted_and_hold_nothing_up():
    state, said = told(replace(READY, strangers=2), PreparingStep.SIGN_IN)
    assert state is StepState.DONE
    ((standing, sentence),) = said
    assert standing is Standing.TOLD
    assert "set by somebody else: 2." in sentence


def test_a_head_that_is_named_is_the_security_administrators_to_confirm():
    (step,) = (
        each for each in preparing_steps(replace(READY, has_head=False)) if each.step is PreparingStep.GROUP
    )
    assert step.role is Role.SECURITY_ADMIN
