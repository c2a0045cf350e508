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
from zhenggai.domain.setup_grounds import setup_grounds

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
    found = {each.step: each for each in (*setup_steps(facts), *setup_grounds(facts))}[step]
    return found, [(point.standing, str(point.sentence)) for point in found.points]


def missing(points):
    return [sentence for standing, sentence in points if standing is Standing.MISSING]


def test_every_step_state_and_standing_has_a_word():
    assert list(SETUP_STEP_LABELS) == list(SetupStep)
    assert set(STEP_STATE_LABELS) == set(StepState)
    assert set(STANDING_LABELS) == set(Standing)


def test_the_steps_come_in_their_order_and_nothing_is_left_of_a_whole_set_up():
    steps = (*setup_steps(WHOLE), *setup_grounds(WHOLE))
    assert [each.step for each in steps] == list(SetupStep)
    assert len(setup_steps(WHOLE)) == 5
    assert is_set_up(steps)
    assert step_at(steps, {Turn.OFFICE}) is None
    assert {each.turn for each in steps} == {Turn.NOBODY}
    assert all(str(each.turn_said) == "Nobody has to do anything here now." for each in steps)
    assert not [point for each in steps for point in each.points if point.standing is Standing.MISSING]


def test_before_anything_is_there_the_office_uploads_the_feedback_and_the_rest_comes_later():
    facts = SetupFacts(is_plan_required=True)
    steps, grounds = setup_steps(facts), setup_grounds(facts)
    assert [each.state for each in steps] == [StepState.OPEN, *[StepState.LATER] * 4]
    assert [each.state for each in grounds] == [StepState.DONE, StepState.OPEN]
    assert not is_set_up(steps)
    first = step_at((*steps, *grounds), {Turn.OFFICE})
    assert (first.step, first.way) == (SetupStep.UPLOAD, Way.UPLOAD)
    assert "upload the feedback" in str(first.turn_said)
    assert [str(each.turn_said) for each in steps[1:]] == [
        "It comes after step 1.",
        *["It comes after step 2."] * 3,
    ]
    # what comes later is told, and is no reproach yet
    assert {point.standing for each in steps[1:] for point in each.points} == {Standing.TOLD}


def test_whose_turn_none_of_the_steps_is_goes_on_with_what_they_rest_on():
    facts = replace(WHOLE, group=None)
    steps = (*setup_steps(facts), *setup_grounds(facts))
    assert not is_set_up(steps)
    assert step_at(steps, {Turn.OFFICE}).step is SetupStep.PEOPLE


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
    ("findings", "drafts", "being_read", "upload", "confirm", "way"),
    [
        (0, 0, 0, StepState.OPEN, StepState.LATER, Way.INTAKE),
        (0, 0, 2, StepState.DONE, StepState.OPEN, Way.READING),
        (0, 1, 2, StepState.DONE, StepState.OPEN, Way.DRAFT),
        (4, 0, 0, StepState.DONE, StepState.DONE, Way.LEDGER),
        (4, 1, 2, StepState.DONE, StepState.DONE, Way.LEDGER),
    ],
)
def test_a_document_is_handed_in_and_what_was_read_of_it_is_confirmed(
    findings, drafts, being_read, upload, confirm, way
):
    facts = replace(WHOLE, findings=findings, drafts=drafts, being_read=being_read)
    step, points = told(facts, SetupStep.UPLOAD)
    assert (step.state, step.way) == (upload, Way.UPLOAD if upload is StepState.OPEN else Way.INTAKE)
    assert step.turn is (Turn.OFFICE if upload is StepState.OPEN else Turn.NOBODY)
    assert len(missing(points)) == (upload is StepState.OPEN)
    assert sum(standing is Standing.DONE for standing, _said in points) == sum(
        bool(each) for each in (findings, drafts, being_read)
    )
    step, points = told(facts, SetupStep.CONFIRM)
    assert (step.state, step.way) == (confirm, way)
    assert step.turn is (Turn.OFFICE if confirm is StepState.OPEN else Turn.NOBODY)
    assert len(missing(points)) == (way is Way.DRAFT)


def test_a_document_that_waits_beside_a_ledger_is_told():
    _step, points = told(replace(WHOLE, drafts=2), SetupStep.CONFIRM)
    assert points[-1] == (Standing.TOLD, "Further documents wait to be confirmed: 2.")


def test_what_findings_lack_is_counted_where_it_is_given_with_the_first_that_lacks_it():
    lacks = (
        Lack("a responsible leader", Action.FINDING_ASSIGN, 4, 40),
        Lack("a measure", Action.MEASURE_ADD, 2, 41),
        Lack("a due date", Action.FINDING_ASSIGN, 1, 43),
    )
    facts = replace(WHOLE, planned=0, plan=None, to_plan=6, uncovered=4, lacks=lacks)
    step, points = told(facts, SetupStep.ASSIGN)
    assert (step.state, step.turn, step.way) == (StepState.OPEN, Turn.OFFICE, Way.PLANNING)
    assert points[0] == (Standing.TOLD, "Findings to be planned: 6.")
    assert missing(points) == ["Lacking a responsible leader: 4."]
    step, points = told(facts, SetupStep.DATES)
    assert (step.state, step.turn, step.way) == (StepState.OPEN, Turn.OFFICE, Way.PLANNING)
    assert missing(points) == ["Lacking a measure: 2.", "Lacking a due date: 1."]
    assert [(point.finding_id, point.action) for point in step.points[1:]] == [
        (41, Action.MEASURE_ADD),
        (43, Action.FINDING_ASSIGN),
    ]
    plan, points = told(facts, SetupStep.GO)
    assert points == [(Standing.TOLD, "No plan was submitted yet.")]
    assert plan.state is StepState.LATER
    assert str(plan.turn_said) == "It comes after step 3."
    assigned, _points = told(replace(facts, lacks=lacks[1:]), SetupStep.GO)
    assert str(assigned.turn_said) == "It comes after step 4."


def test_covered_findings_leave_the_plan_to_be_submitted():
    facts = replace(WHOLE, planned=0, plan=None, to_plan=6)
    for each, end in ((SetupStep.ASSIGN, "its unit: 6."), (SetupStep.DATES, "criterion: 6.")):
        step, points = told(facts, each)
        assert step.state is StepState.DONE
        assert points[0][1].endswith(end)
    plan, said = told(facts, SetupStep.GO)
    assert (plan.state, plan.turn, plan.way) == (StepState.OPEN, Turn.OFFICE, Way.PLANNING)
    assert said == [(Standing.MISSING, "No plan was submitted yet.")]
    _plan, said = told(replace(facts, rungs=(LEADER, Rung("leading group", ()))), SetupStep.GO)
    assert said[-1][0] is Standing.TOLD
    assert said[-1][1].endswith("stands below, under “Leading group and people”.")


@pytest.mark.parametrize("is_required", [True, False])
def test_a_plan_that_waits_is_the_turn_of_whoever_signs_next(is_required):
    waits = PlanStanding(2, PlanState.SUBMITTED, Role.LEADING_GROUP)
    facts = replace(WHOLE, planned=0, plan=waits, is_plan_required=is_required)
    step, points = told(facts, SetupStep.GO)
    assert step.state is (StepState.OPEN if is_required else StepState.DONE)
    assert (step.turn, step.way) == (Turn.APPROVER, Way.PLAN)
    assert missing(points) == ["Plan 2 is waiting for approval."]
    assert "step “leading group”" in str(step.turn_said)
    assert step_at(setup_steps(facts), {Turn.APPROVER}) == (step if is_required else None)


def test_a_plan_sent_back_says_why_and_is_the_offices_again():
    back = PlanStanding(1, PlanState.SENT_BACK, reason="第二条措施没有写明由谁负责。")
    step, points = told(replace(WHOLE, planned=0, to_plan=6, plan=back), SetupStep.GO)
    assert (step.state, step.turn) == (StepState.OPEN, Turn.OFFICE)
    assert missing(points) == ["Plan 1 is sent back: “第二条措施没有写明由谁负责。”."]


def test_findings_that_came_after_an_approved_plan_are_to_be_planned_too():
    step, points = told(replace(WHOLE, findings=8, to_plan=2), SetupStep.GO)
    assert (step.state, step.turn) == (StepState.OPEN, Turn.OFFICE)
    assert (Standing.DONE, "Findings in an approved plan: 6 of 8.") in points
    assert (Standing.DONE, "Plan 1 is approved.") in points


def test_an_approved_plan_tells_of_the_work_and_a_plan_not_asked_for_is_complete():
    step, points = told(WHOLE, SetupStep.GO)
    assert step.state is StepState.DONE
    assert points[-1] == (
        Standing.TOLD,
        "The work so far: to be accepted 3, being worked on 2, closing asked for 0, closed 1.",
    )
    free = replace(WHOLE, is_plan_required=False, planned=0, plan=None, to_plan=6)
    step, points = told(free, SetupStep.GO)
    assert step.state is StepState.DONE
    assert points[0][1].startswith(
        "This inspection asks for no approved plan: work begins with each assignment"
    )
    assert points[-1][1].startswith("The work so far:")
    step, points = told(replace(free, uncovered=1), SetupStep.GO)
    assert step.state is StepState.LATER
    step, points = told(SetupFacts(), SetupStep.GO)
    assert (step.state, len(points)) == (StepState.LATER, 1)


def test_where_every_finding_stands_in_a_plan_nothing_is_left_to_plan():
    step, points = told(replace(WHOLE, to_plan=0), SetupStep.DATES)
    assert step.state is StepState.DONE
    assert points[0][1].startswith("No finding is left to plan")


def test_the_group_that_stands_is_named_first():
    _step, points = told(WHOLE, SetupStep.PEOPLE)
    group = "The leading group “示例局整改工作领导小组” of 云山县示例局 stands."
    assert points[0] == (Standing.DONE, group)


def test_one_finding_in_an_approved_plan_is_enough_and_the_plan_itself_is_not_told_of_any_more():
    step, points = told(replace(WHOLE, findings=1, planned=1, to_accept=1, working=0), SetupStep.GO)
    assert step.state is StepState.DONE
    assert points[0][1] == "Findings in an approved plan: 1 of 1."
    assert not any(sentence.startswith("Plan 1") for _standing, sentence in points)


def test_a_long_reason_is_told_in_its_first_two_hundred_letters():
    back = PlanStanding(1, PlanState.SENT_BACK, reason="补" * 200 + "齐")
    _step, points = told(replace(WHOLE, planned=0, to_plan=6, plan=back), SetupStep.GO)
    assert missing(points) == [f"Plan 1 is sent back: “{'补' * 200}”."]


@pytest.mark.parametrize("facts", [SetupFacts(), GroupStanding("", ""), PlanStanding(0, PlanState.APPROVED)])
def test_of_what_nothing_is_known_nothing_stands(facts):
    assert not any(getattr(facts, each.name) for each in fields(facts) if each.name != "state")
