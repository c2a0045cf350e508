"""The five steps of setting an inspection up, written out by hand."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from zhenggai.domain.actor import Role
from zhenggai.domain.planning import PlanState
from zhenggai.domain.policy import Action
from zhenggai.domain.setting_up import is_set_up, setup_steps, step_at
from zhenggai.domain.setup_facts import (
    SETUP_STEP_LABELS,
    STANDING_LABELS,
    STEP_STATE_LABELS,
    GroupStanding,
    Lack,
    PlanStanding,
    Rung,
    SetupFacts,
    SetupStep,
    Standing,
    StepState,
    Turn,
    Way,
)

GROUP = GroupStanding(
    "示例局整改工作领导小组",
    "云山县示例局",
    head="冯样例",
    is_head_confirmed=True,
    office="办公室",
    office_head="何样本",
)
LEADER = Rung("responsible leader", ("赵示例", "钱样本"))
OFFICE = Rung("rectification office", ("周示例",))
APPROVED = PlanStanding(1, PlanState.APPROVED)
WHOLE = SetupFacts(
    has_feedback_day=True,
    has_inspecting_body=True,
    has_round=True,
    group=GROUP,
    rungs=(LEADER, OFFICE),
    units=2,
    overseen=2,
    documents=1,
    findings=6,
    is_plan_required=True,
    planned=6,
    plan=APPROVED,
    to_accept=3,
    working=2,
    closed=1,
)


def told(facts, step):
    found = {each.step: each for each in setup_steps(facts)}[step]
    return found, [(point.standing, str(point.sentence)) for point in found.points]


def missing(points):
    return [sentence for standing, sentence in points if standing is Standing.MISSING]


def test_every_step_state_and_standing_has_a_word():
    assert list(SETUP_STEP_LABELS) == list(SetupStep)
    assert set(STEP_STATE_LABELS) == set(StepState)
    assert set(STANDING_LABELS) == set(Standing)


def test_the_steps_come_in_their_order_and_nothing_is_left_of_a_whole_set_up():
    steps = setup_steps(WHOLE)
    assert [each.step for each in steps] == list(SetupStep)
    assert is_set_up(steps)
    assert step_at(steps, {Turn.OFFICE}) is None
    assert {each.turn for each in steps} == {Turn.NOBODY}
    assert all(str(each.turn_said) == "Nobody has to do anything here now." for each in steps)
    assert not [point for each in steps for point in each.points if point.standing is Standing.MISSING]


def test_an_empty_inspection_begins_with_the_people_and_the_findings():
    steps = setup_steps(SetupFacts(is_plan_required=True))
    assert [each.state for each in steps] == [
        StepState.DONE,
        StepState.OPEN,
        StepState.OPEN,
        StepState.LATER,
        StepState.LATER,
    ]
    assert not is_set_up(steps)
    assert step_at(steps, ()).step is SetupStep.PEOPLE
    # the office goes on with what is its own, whatever waits for an administrator
    assert step_at(steps, {Turn.OFFICE}).step is SetupStep.FINDINGS
    assert [str(each.turn_said) for each in steps[3:]] == ["It comes after step 3."] * 2
    # what comes later is told, and is no reproach yet
    assert {point.standing for each in steps[3:] for point in each.points} == {Standing.TOLD}


def test_an_inspection_that_exists_is_a_step_done_and_says_what_it_goes_without():
    step, points = told(
        replace(WHOLE, has_feedback_day=False, has_inspecting_body=False), SetupStep.INSPECTION
    )
    assert step.state is StepState.DONE
    assert step.way is Way.LEDGER
    assert [standing for standing, _sentence in points] == [Standing.DONE, Standing.TOLD, Standing.TOLD]
    assert "No day of the feedback" in points[1][1]
    assert "No inspecting body that works here" in points[2][1]


def test_an_inspection_that_goes_without_nothing_says_so_alone_and_leads_to_its_ledger():
    step, points = told(WHOLE, SetupStep.INSPECTION)
    assert (step.way, len(points)) == (Way.LEDGER, 1)
    step, points = told(replace(WHOLE, has_inspecting_body=False, has_round=False), SetupStep.INSPECTION)
    assert (step.way, len(points)) == (Way.LEDGER, 2)


def test_an_inspection_of_a_body_that_works_here_can_be_put_in_a_round():
    step, points = told(replace(WHOLE, has_round=False), SetupStep.INSPECTION)
    assert step.state is StepState.DONE
    assert step.way is Way.ROUNDS
    assert "stands in no round" in points[1][1]


@pytest.mark.parametrize(
    ("group", "turn", "sentences"),
    [
        (None, Turn.SYSTEM_ADMIN, ["No leading group stands over the inspected organisation."]),
        (replace(GROUP, head=""), Turn.SYSTEM_ADMIN, ["The leading group has no head."]),
        (
            replace(GROUP, is_head_confirmed=False),
            Turn.SECURITY_ADMIN,
            ["The head of the leading group is named and waits to be confirmed."],
        ),
        (
            replace(GROUP, office=""),
            Turn.SYSTEM_ADMIN,
            ["The office of the leading group is seated nowhere yet."],
        ),
        (replace(GROUP, office_head=""), Turn.SYSTEM_ADMIN, ["The office, seated in 办公室, has no head."]),
    ],
)
def test_what_the_leading_group_lacks_is_said_with_whose_turn_it_is(group, turn, sentences):
    step, points = told(replace(WHOLE, group=group), SetupStep.PEOPLE)
    assert step.state is StepState.OPEN
    assert step.turn is turn
    assert missing(points) == sentences
    assert step.way is Way.GROUPS


def test_a_rung_that_nobody_can_sign_today_is_named():
    facts = replace(WHOLE, rungs=(LEADER, Rung("inspector", ())))
    step, points = told(facts, SetupStep.PEOPLE)
    assert step.state is StepState.OPEN
    assert missing(points) == ["Nobody can sign the step “inspector” of the ladder today."]
    assert (Standing.DONE, "The step “responsible leader” can be signed today; people who can: 2.") in points
    assert ("赵示例", "钱样本") in [point.names for point in step.points]


@pytest.mark.parametrize(
    ("units", "overseen", "standing"),
    [(0, 0, None), (2, 2, Standing.DONE), (3, 1, Standing.TOLD)],
)
def test_oversight_only_proposes_so_nothing_waits_for_it(units, overseen, standing):
    step, points = told(replace(WHOLE, units=units, overseen=overseen), SetupStep.PEOPLE)
    assert step.state is StepState.DONE
    about = [point for point in points if "Units whose" in point[1] or "Every unit" in point[1]]
    assert [each for each, _sentence in about] == ([standing] if standing else [])


@pytest.mark.parametrize(
    ("findings", "drafts", "state", "way", "standings"),
    [
        (0, 0, StepState.OPEN, Way.UPLOAD, [Standing.MISSING]),
        (0, 2, StepState.OPEN, Way.DRAFT, [Standing.MISSING, Standing.MISSING]),
        (4, 0, StepState.DONE, Way.LEDGER, [Standing.DONE]),
        (4, 1, StepState.DONE, Way.LEDGER, [Standing.DONE, Standing.TOLD]),
    ],
)
def test_findings_come_from_a_document_that_somebody_confirmed(findings, drafts, state, way, standings):
    step, points = told(replace(WHOLE, findings=findings, drafts=drafts), SetupStep.FINDINGS)
    assert (step.state, step.way) == (state, way)
    assert [standing for standing, _sentence in points] == standings
    assert step.turn is (Turn.NOBODY if findings else Turn.OFFICE)


@pytest.mark.parametrize(
    ("findings", "drafts", "way"), [(0, 0, Way.READING), (0, 1, Way.DRAFT), (4, 0, Way.LEDGER)]
)
def test_a_document_that_is_being_read_is_told_and_not_asked_for_again(findings, drafts, way):
    facts = replace(WHOLE, findings=findings, drafts=drafts, being_read=2)
    step, points = told(facts, SetupStep.FINDINGS)
    assert step.way == way
    assert points[-1] == (
        Standing.TOLD,
        "Documents of this organisation that wait to be read, or are being read: 2.",
    )


def test_what_findings_lack_is_counted_with_the_first_that_lacks_it():
    lacks = (
        Lack("a measure", Action.MEASURE_ADD, 2, 41),
        Lack("a due date", Action.FINDING_ASSIGN, 1, 43),
    )
    facts = replace(WHOLE, planned=0, plan=None, to_plan=6, uncovered=3, lacks=lacks)
    step, points = told(facts, SetupStep.COVERAGE)
    assert (step.state, step.turn, step.way) == (StepState.OPEN, Turn.OFFICE, Way.PLANNING)
    assert missing(points) == [
        "Findings that lack something for the plan: 3 of 6.",
        "Lacking a measure: 2.",
        "Lacking a due date: 1.",
    ]
    assert [(point.finding_id, point.action) for point in step.points[1:]] == [
        (41, Action.MEASURE_ADD),
        (43, Action.FINDING_ASSIGN),
    ]
    plan, points = told(facts, SetupStep.PLAN)
    assert points == [(Standing.TOLD, "No plan was submitted yet.")]
    assert plan.state is StepState.LATER
    assert str(plan.turn_said) == "It comes after step 4."


def test_covered_findings_leave_the_plan_to_be_submitted():
    facts = replace(WHOLE, planned=0, plan=None, to_plan=6)
    step, points = told(facts, SetupStep.COVERAGE)
    assert step.state is StepState.DONE
    assert points[0][1].endswith("criterion: 6.")
    plan, said = told(facts, SetupStep.PLAN)
    assert (plan.state, plan.turn, plan.way) == (StepState.OPEN, Turn.OFFICE, Way.PLANNING)
    assert said == [(Standing.MISSING, "No plan was submitted yet.")]


@pytest.mark.parametrize("is_required", [True, False])
def test_a_plan_that_waits_is_the_turn_of_whoever_signs_next(is_required):
    waits = PlanStanding(2, PlanState.SUBMITTED, Role.LEADING_GROUP)
    facts = replace(WHOLE, planned=0, plan=waits, is_plan_required=is_required)
    step, points = told(facts, SetupStep.PLAN)
    assert step.state is (StepState.OPEN if is_required else StepState.DONE)
    assert (step.turn, step.way) == (Turn.APPROVER, Way.PLAN)
    assert missing(points) == ["Plan 2 is waiting for approval."]
    assert "step “leading group”" in str(step.turn_said)
    assert step_at(setup_steps(facts), {Turn.APPROVER}) == (step if is_required else None)


def test_a_plan_sent_back_says_why_and_is_the_offices_again():
    back = PlanStanding(1, PlanState.SENT_BACK, reason="第二条措施没有写明由谁负责。")
    step, points = told(replace(WHOLE, planned=0, to_plan=6, plan=back), SetupStep.PLAN)
    assert (step.state, step.turn) == (StepState.OPEN, Turn.OFFICE)
    assert missing(points) == ["Plan 1 is sent back: “第二条措施没有写明由谁负责。”."]


def test_findings_that_came_after_an_approved_plan_are_to_be_planned_too():
    step, points = told(replace(WHOLE, findings=8, to_plan=2), SetupStep.PLAN)
    assert (step.state, step.turn) == (StepState.OPEN, Turn.OFFICE)
    assert (Standing.DONE, "Findings in an approved plan: 6 of 8.") in points
    assert (Standing.DONE, "Plan 1 is approved.") in points


def test_an_approved_plan_tells_of_the_work_and_a_plan_not_asked_for_is_complete():
    step, points = told(WHOLE, SetupStep.PLAN)
    assert step.state is StepState.DONE
    assert points[-1] == (
        Standing.TOLD,
        "The work so far: to be accepted 3, being worked on 2, closing asked for 0, closed 1.",
    )
    free = replace(WHOLE, is_plan_required=False, planned=0, plan=None, to_plan=6)
    step, points = told(free, SetupStep.PLAN)
    assert step.state is StepState.DONE
    assert points[0][1] == "This inspection asks for no approved plan, so this step is complete."
    assert points[-1][1].startswith("The work so far:")
    empty = SetupFacts()
    step, points = told(empty, SetupStep.PLAN)
    assert (step.state, len(points)) == (StepState.DONE, 1)


def test_where_every_finding_stands_in_a_plan_nothing_is_left_to_plan():
    step, points = told(replace(WHOLE, to_plan=0), SetupStep.COVERAGE)
    assert step.state is StepState.DONE
    assert points[0][1].startswith("No finding is left to plan")


def test_the_group_that_stands_is_named_first():
    _step, points = told(WHOLE, SetupStep.PEOPLE)
    group = "The leading group “示例局整改工作领导小组” of 云山县示例局 stands."
    assert points[0] == (Standing.DONE, group)


def test_one_finding_in_an_approved_plan_is_enough_and_the_plan_itself_is_not_told_of_any_more():
    step, points = told(replace(WHOLE, findings=1, planned=1, to_accept=1, working=0), SetupStep.PLAN)
    assert step.state is StepState.DONE
    assert points[0][1] == "Findings in an approved plan: 1 of 1."
    assert not any(sentence.startswith("Plan 1") for _standing, sentence in points)


def test_a_long_reason_is_told_in_its_first_two_hundred_letters():
    back = PlanStanding(1, PlanState.SENT_BACK, reason="补" * 200 + "齐")
    _step, points = told(replace(WHOLE, planned=0, to_plan=6, plan=back), SetupStep.PLAN)
    assert missing(points) == [f"Plan 1 is sent back: “{'补' * 200}”."]


@pytest.mark.parametrize("facts", [SetupFacts(), GroupStanding("", ""), PlanStanding(0, PlanState.APPROVED)])
def test_of_what_nothing_is_known_nothing_stands(facts):
    assert not any(getattr(facts, each.name) for each in fields(facts) if each.name != "state")
