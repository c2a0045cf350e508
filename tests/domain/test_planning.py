"""The plan's rules: what it must cover, who approves it, and what its approval fixes."""

from __future__ import annotations

import pytest

from zhenggai.domain.inspections import InspectionKind, plan_is_required
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.planning import (
    DIRECTION_LABELS,
    PLAN_STATE_LABELS,
    Direction,
    NoAmendmentError,
    NothingToAmendError,
    PlanFixedError,
    PlanIncompleteError,
    PlanLadderError,
    PlannedFinding,
    Planning,
    PlanNotApprovedError,
    PlanState,
    check_planning,
    coverage_gaps,
    plan_ladder_of,
)
from zhenggai.domain.policy import Action
from zhenggai.domain.reading import DocumentKind

WHOLE = {
    "nature": Nature.TIME_BOUND,
    "has_leader": True,
    "has_unit": True,
    "has_due": True,
    "measures": 1,
    "criteria": 1,
}
FREE = [None, PlanState.SENT_BACK, PlanState.WITHDRAWN]
DRAWN = [
    Action.MEASURE_ADD,
    Action.MEASURE_ARRANGE,
    Action.MEASURE_DROP,
    Action.CRITERION_ADD,
    Action.CRITERION_DROP,
]
WORKED = [
    Action.PROGRESS_REPORT,
    Action.MEASURE_COMPLETE,
    Action.TASK_REPORT,
    Action.EVIDENCE_ADD,
    Action.CRITERION_JUDGE,
    Action.EVIDENCE_JUDGE,
    Action.REQUIREMENT_ANSWER,
    Action.OUTCOME_RECORD,
]


def test_every_state_and_direction_has_a_word():
    assert set(PLAN_STATE_LABELS) == set(PlanState)
    assert set(DIRECTION_LABELS) == set(Direction)


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({}, []),
        ({"nature": None}, ["its nature"]),
        ({"has_leader": False}, ["a responsible leader"]),
        ({"has_unit": False}, ["a responsible unit"]),
        ({"has_due": False}, ["a due date"]),
        ({"has_due": False, "nature": Nature.LONG_TERM}, []),
        ({"has_due": False, "nature": Nature.IMMEDIATE}, ["a due date"]),
        ({"measures": 0}, ["a measure"]),
        ({"criteria": 0}, ["an acceptance criterion"]),
        (
            {"measures": 0, "criteria": 0, "nature": None},
            ["its nature", "a measure", "an acceptance criterion"],
        ),
    ],
)
def test_a_plan_covers_nature_leader_unit_due_measure_and_criterion(values, lacks):
    gaps = coverage_gaps(PlannedFinding(**{**WHOLE, **values}))
    assert [str(name) for name, _action in gaps] == lacks


def test_each_gap_names_the_action_that_fills_it():
    nothing = PlannedFinding(None, has_leader=False, has_unit=False, has_due=False, measures=0, criteria=0)
    assert [action for _name, action in coverage_gaps(nothing)] == [
        Action.FINDING_CLASSIFY,
        Action.FINDING_ASSIGN,
        Action.FINDING_ASSIGN,
        Action.FINDING_ASSIGN,
        Action.MEASURE_ADD,
        Action.CRITERION_ADD,
    ]


def test_the_leading_group_approves_where_nothing_else_is_said():
    assert [step.name for step in plan_ladder_of(None)] == ["leading_group"]
    assert [step.name for step in plan_ladder_of(["leading_group", "inspector"])] == [
        "leading_group",
        "inspector",
    ]


@pytest.mark.parametrize(
    "names", [[], ["leading_group"] * 2, ["mayor"], ["responsible_leader"], ["leading_group", "mayor"]]
)
def test_a_ladder_on_which_nobody_confirms_is_none(names):
    with pytest.raises(PlanLadderError, match="Known steps: verifier, office_clerk"):
        plan_ladder_of(names)


@pytest.mark.parametrize("action", DRAWN)
@pytest.mark.parametrize("state", FREE)
def test_what_stands_in_no_plan_is_changed_by_hand(action, state):
    check_planning(action, Planning(required=True, state=state))


@pytest.mark.parametrize("action", DRAWN)
def test_what_a_plan_fixes_is_not(action):
    with pytest.raises(PlanFixedError, match="changes only through an amendment"):
        check_planning(action, Planning(state=PlanState.APPROVED))
    with pytest.raises(PlanFixedError, match="waits for approval"):
        check_planning(action, Planning(state=PlanState.SUBMITTED))


@pytest.mark.parametrize("action", WORKED)
@pytest.mark.parametrize("state", [*FREE, PlanState.SUBMITTED])
def test_work_waits_for_the_approved_plan_where_one_is_required(action, state):
    with pytest.raises(PlanNotApprovedError, match="counts once its plan is approved"):
        check_planning(action, Planning(required=True, state=state, nature=Nature.TIME_BOUND))
    check_planning(action, Planning(required=True, state=state, nature=Nature.IMMEDIATE))
    check_planning(action, Planning(required=False, state=state))
    check_planning(action, Planning(required=True, state=PlanState.APPROVED))


def test_only_what_is_approved_is_amended_and_once_at_a_time():
    for state in (*FREE, PlanState.SUBMITTED):
        with pytest.raises(NothingToAmendError, match="nothing to amend"):
            check_planning(Action.PLAN_AMEND, Planning(state=state))
    check_planning(Action.PLAN_AMEND, Planning(state=PlanState.APPROVED))
    with pytest.raises(NothingToAmendError, match="one at a time"):
        check_planning(Action.PLAN_AMEND, Planning(state=PlanState.APPROVED, is_amended=True))


@pytest.mark.parametrize(
    "action", [Action.AMENDMENT_SIGN, Action.AMENDMENT_SEND_BACK, Action.AMENDMENT_WITHDRAW]
)
def test_only_an_amendment_that_waits_is_decided(action):
    with pytest.raises(NoAmendmentError, match="there is none to decide"):
        check_planning(action, Planning(state=PlanState.APPROVED))
    check_planning(action, Planning(state=PlanState.APPROVED, is_amended=True))


@pytest.mark.parametrize("action", [Action.MEASURE_DROP, Action.CRITERION_DROP])
def test_nothing_is_dropped_by_hand_once_taken_on_where_no_plan_is_asked_for(action):
    with pytest.raises(PlanFixedError, match="the unit has taken the finding on"):
        check_planning(action, Planning(is_taken_on=True))
    check_planning(action, Planning(required=True, is_taken_on=True))
    check_planning(action, Planning())
    with pytest.raises(PlanFixedError, match="changes only through an amendment"):
        check_planning(action, Planning(is_taken_on=True, state=PlanState.APPROVED))


def test_nothing_is_assigned_anew_while_a_plan_waits():
    with pytest.raises(PlanFixedError, match="waits for approval"):
        check_planning(Action.FINDING_ASSIGN, Planning(state=PlanState.SUBMITTED))
    check_planning(Action.FINDING_ASSIGN, Planning(state=PlanState.APPROVED))


def test_an_incomplete_plan_names_the_first_that_lack_something():
    sentence = str(PlanIncompleteError(2, 5, ["一/1 甲", "一/2 乙"]))
    assert "2 of 5 findings lack" in sentence
    assert "“一/1 甲”, “一/2 乙”" in sentence


@pytest.mark.parametrize(
    ("kind", "document", "required"),
    [
        (InspectionKind.INSPECTION, None, True),
        (InspectionKind.INSPECTION, DocumentKind.FEEDBACK, True),
        (InspectionKind.INSPECTION, DocumentKind.PLAN, True),
        (InspectionKind.INSPECTION, DocumentKind.NOTICE, False),
        (InspectionKind.AUDIT, DocumentKind.REPORT, False),
        (InspectionKind.ENVIRONMENT, DocumentKind.CLOSURE_NOTICE, False),
        (InspectionKind.SAFETY, DocumentKind.FEEDBACK, False),
        (InspectionKind.OTHER, None, False),
    ],
)
def test_whether_a_plan_is_required_follows_kind_and_document(kind, document, required):
    assert plan_is_required(kind, document) is required


def test_what_waits_for_the_plan_is_named():
    with pytest.raises(PlanNotApprovedError, match="report progress"):
        check_planning(Action.PROGRESS_REPORT, Planning(required=True))
