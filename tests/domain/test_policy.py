"""Who may do what, written out by hand, role by role; then the separation of duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhenggai.domain.actions import ACTION_LABELS
from zhenggai.domain.actor import ADMIN_ROLES, Actor, Grant, Role, Seat
from zhenggai.domain.fixing import Fixing
from zhenggai.domain.ladder import STEPS, Body, StepKind
from zhenggai.domain.policy import (
    GRANTS,
    Action,
    Facts,
    acted_for,
    acting_for,
    body_signed_for,
    judge,
    may_view,
)

CITY, BODY = "0001", "00010002"
BUREAU = "00010001"
UNIT, OTHER_UNIT, OFFICE = "000100010001", "000100010002", "000100010003"
ELSEWHERE = "0002"
SEATS = {
    Role.HANDLER: UNIT,
    Role.UNIT_HEAD: UNIT,
    Role.RESPONSIBLE_LEADER: BUREAU,
    Role.OFFICE_CLERK: BUREAU,
    Role.LEADING_GROUP: BUREAU,
    Role.INSPECTOR: BODY,
    Role.VERIFIER: BUREAU,
    Role.PUBLISHER: BUREAU,
    Role.AUDITOR: CITY,
    Role.SYSTEM_ADMIN: CITY,
    Role.SECURITY_ADMIN: CITY,
    Role.AUDIT_ADMIN: CITY,
}
PEOPLE = {
    role: Actor(n, role.value, (Grant(role, n, seat),)) for n, (role, seat) in enumerate(SEATS.items(), 1)
}
SUBMITTER, WORKER = 101, 102
SINCE = date(2026, 3, 2)
FACTS = Facts(
    subject_path=BUREAU,
    inspector_path=BODY,
    lead_unit_path=UNIT,
    supporting_paths=(OTHER_UNIT,),
    responsible_leader_id=PEOPLE[Role.RESPONSIBLE_LEADER].person_id,
    group_head_ids=frozenset({PEOPLE[Role.LEADING_GROUP].person_id}),
    worker_ids=frozenset({WORKER, SUBMITTER}),
    submitter_id=None,
)
H, U, L, O, G, I, V, P, A, X, Y, Z = SEATS  # noqa: E741  # one letter a column, as in the table below

# Rows by hand: action → the roles that may, each seated where it belongs.
MATRIX = {
    Action.INSPECTION_VIEW: {H, U, L, O, G, I, V, P, A},
    Action.INSPECTION_CREATE: {O},
    Action.INSPECTION_EXPORT: {H, U, L, O, G, I, V, P, A},
    Action.INSPECTION_COMPLETE: {O},
    Action.INSPECTION_EVALUATE: {I},
    Action.FINDINGS_PLACE: {O},
    Action.INSPECTION_PUT_IN_ROUND: {O, I},
    Action.ROUND_CREATE: {O, I},
    Action.ROUND_RENAME: {O, I},
    Action.PROFILE_CREATE: {O},
    Action.PROFILE_REVISE: {O},
    Action.FINDING_VIEW: {H, U, L, O, G, I, V, P, A},
    Action.FINDING_CLASSIFY: {O},
    Action.FINDING_WEIGH: {O},
    Action.FINDING_ASSIGN: {O},
    Action.FINDING_ACCEPT: {H, U},
    Action.FINDING_DECLINE: {H, U},
    Action.FINDING_TRANSFER: {H, U},
    Action.FINDING_HAND_OVER: {O},
    Action.FINDING_RESTRICT: {O},
    Action.FINDING_UNRESTRICT: {O, G},
    Action.READER_ADD: {O, G},
    Action.READER_WITHDRAW: {O, G},
    Action.PROGRESS_REPORT: {H, U},
    Action.MEASURE_ADD: {H, U, O},
    Action.MEASURE_ARRANGE: {H, U, O},
    Action.MEASURE_DROP: {O},
    Action.TASK_REPORT: {H, U},
    Action.MEASURE_COMPLETE: {H, U},
    Action.CRITERION_ADD: {U, O, V},
    Action.CRITERION_DROP: {O, V},
    Action.CRITERION_JUDGE: {O, V, I},
    Action.READING_RECORD: {H, U, O, V},
    Action.READING_WITHDRAW: {H, U, O, V},
    Action.EVIDENCE_ADD: {H, U},
    Action.EVIDENCE_WITHDRAW: {H, U},
    Action.EVIDENCE_CARRY_OVER: {H, U},
    Action.EVIDENCE_JUDGE: {O, V, I},
    Action.PROGRESS_JUDGE: {O, V, I},
    Action.REPORTS_REQUEST: {O},
    Action.REPORTS_WITHDRAW: {O},
    Action.REPORTS_REMIND: {O},
    Action.REQUIREMENT_ANSWER: {H, U},
    Action.REQUIREMENT_WAIVE: {O},
    Action.SITUATION_RAISE: {H, U, L},
    Action.SITUATION_PASS_UP: {O, G, L, U},
    Action.SITUATION_ANSWER: {O, G, L, U, I},
    Action.HOLD_OPEN: {O, G, I},
    Action.HOLD_CLEAR: {O, G, I},
    Action.COMMENT_ADD: {H, U, L, O, G, I, V},
    Action.COMMENT_WITHDRAW: {H, U, L, O, G, I, V},
    Action.CLOSURE_REQUEST: {H, U},
    Action.CLOSURE_SIGN: {L, U, O, G, V, I},
    Action.CLOSURE_SEND_BACK: {L, U, O, G, V, I},
    Action.SIGNATURE_RECORD: {O, G, V, I},
    Action.SIGNATURE_CONFIRM: {O, G, V, I},
    Action.SIGNATURE_REFUSE: {O, G, V, I},
    Action.CLOSURE_WITHDRAW: {H, U},
    Action.CLOSURE_COMPLETE: set(),
    Action.OUTCOME_RECORD: {H, U},
    Action.OUTCOME_WITHDRAW: {H, U},
    Action.RECHECK_SET: {O, I},
    Action.RECHECK_RECORD: {O, V, I},
    Action.STAGE_BEGIN: {O},
    Action.FINDING_REBOUND: {O, I},
    Action.PLAN_SUBMIT: {O},
    Action.PLAN_SIGN: {O, G, V, I},
    Action.PLAN_SEND_BACK: {O, G, V, I},
    Action.PLAN_WITHDRAW: {O},
    Action.PLAN_AMEND: {H, U, O},
    Action.AMENDMENT_SIGN: {O, G, V, I},
    Action.AMENDMENT_SEND_BACK: {O, G, V, I},
    Action.AMENDMENT_WITHDRAW: {H, U, O},
    Action.EXTENSION_REQUEST: {H, U},
    Action.LONG_TERM_REQUEST: {H, U},
    Action.DEADLINE_SIGN: {L, O, G, V, I},
    Action.DEADLINE_SEND_BACK: {L, O, G, V, I},
    Action.DEADLINE_WITHDRAW: {H, U},
    Action.SUSPENSION_BEGIN: {O, G},
    Action.SUSPENSION_END: {O, G},
    Action.TRAIL_VIEW: {O, G, I, A},
    Action.INTAKE_UPLOAD: {O},
    Action.INTAKE_CONFIRM: {O},
    Action.PERSON_MANAGE: {X},
    Action.ORGANISATION_MANAGE: {X},
    Action.JOBS_MANAGE: {X},
    Action.PEOPLE_VIEW: {X, Y},
    Action.POST_GRANT: {X},
    Action.POST_CONFIRM: {Y},
    Action.POST_SECOND: {G},
    Action.POST_END: {X, Y},
    Action.GROUP_VIEW: {X, Y, O, G, A},
    Action.GROUP_MANAGE: {X},
    Action.OVERSIGHT_MANAGE: {X, O},
    Action.PASSWORD_RESET: {Y},
    Action.LOCK_LIFT: {Y},
    Action.FACTOR_REMOVE: {Y},
    Action.ACCOUNTS_TRAIL_VIEW: {Z},
}
ACCOUNTS = {
    Action.PERSON_MANAGE,
    Action.ORGANISATION_MANAGE,
    Action.PEOPLE_VIEW,
    Action.POST_GRANT,
    Action.POST_CONFIRM,
    Action.POST_END,
    Action.GROUP_VIEW,
    Action.GROUP_MANAGE,
    Action.OVERSIGHT_MANAGE,
    Action.PASSWORD_RESET,
    Action.LOCK_LIFT,
    Action.FACTOR_REMOVE,
    Action.ACCOUNTS_TRAIL_VIEW,
    Action.JOBS_MANAGE,
}
NOT_ABOUT_FINDINGS = ACCOUNTS | {Action.INSPECTION_CREATE, Action.INTAKE_UPLOAD, Action.INTAKE_CONFIRM}
VIEWS = {Action.INSPECTION_VIEW, Action.INSPECTION_EXPORT, Action.FINDING_VIEW, Action.TRAIL_VIEW}
PLAN_REVIEWS = (
    Action.PLAN_SIGN,
    Action.PLAN_SEND_BACK,
    Action.AMENDMENT_SIGN,
    Action.AMENDMENT_SEND_BACK,
)
CLOSURE_REVIEWS = (Action.CLOSURE_SIGN, Action.CLOSURE_SEND_BACK)
REVIEWS = (*CLOSURE_REVIEWS, *PLAN_REVIEWS)
JUDGEMENTS = (
    Action.FINDING_CLASSIFY,
    Action.FINDING_WEIGH,
    Action.MEASURE_DROP,
    Action.CRITERION_DROP,
    Action.CRITERION_JUDGE,
    Action.EVIDENCE_JUDGE,
    Action.REQUIREMENT_WAIVE,
    Action.HOLD_CLEAR,
    Action.RECHECK_SET,
    Action.RECHECK_RECORD,
    Action.STAGE_BEGIN,
    Action.FINDING_REBOUND,
)
CLERK = PEOPLE[Role.OFFICE_CLERK]
LEADER = PEOPLE[Role.RESPONSIBLE_LEADER]


def why(actor, action, facts=FACTS):
    verdict = judge(actor, action, facts)
    assert verdict.allowed == (verdict.reason is None)
    return "" if verdict.reason is None else str(verdict.reason)


def test_the_matrix_has_every_action():
    assert set(MATRIX) == set(Action) == set(GRANTS) == set(ACTION_LABELS)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_the_table_of_grants_is_the_matrix(action, role):
    assert (why(PEOPLE[role], action) == "") is (role in MATRIX[action])


@pytest.mark.parametrize("action", [each for each in Action if MATRIX[each]])
def test_a_refusal_names_the_action_and_who_may(action):
    sentence = why(Actor(99, "外示例"), action)
    assert ACTION_LABELS[action] in sentence
    assert "It is for:" in sentence


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_a_post_in_another_tree_allows_nothing(action, role):
    assert why(Actor(99, "外示例", (Grant(role, 9, ELSEWHERE),)), action)


@pytest.mark.parametrize("action", sorted(set(Action) - ACCOUNTS))
def test_without_facts_nothing_of_the_ledger_is_allowed(action):
    assert all(why(actor, action, Facts()) for actor in PEOPLE.values())


def test_a_handler_of_a_supporting_unit_helps_but_does_not_lead():
    helper = Actor(50, "协示例", (Grant(Role.HANDLER, 5, OTHER_UNIT),))
    allowed = {action for action in Action if not why(helper, action)}
    assert allowed == {
        Action.INSPECTION_VIEW,
        Action.INSPECTION_EXPORT,
        Action.FINDING_VIEW,
        Action.PROGRESS_REPORT,
        Action.TASK_REPORT,
        Action.MEASURE_COMPLETE,
        Action.READING_RECORD,
        Action.READING_WITHDRAW,
        Action.EVIDENCE_ADD,
        Action.EVIDENCE_WITHDRAW,
        Action.EVIDENCE_CARRY_OVER,
        Action.REQUIREMENT_ANSWER,
        Action.OUTCOME_RECORD,
        Action.OUTCOME_WITHDRAW,
        Action.SITUATION_RAISE,
        Action.COMMENT_ADD,
        Action.COMMENT_WITHDRAW,
    }


def test_a_handler_of_an_unrelated_unit_sees_nothing():
    unrelated = Actor(51, "旁示例", (Grant(Role.HANDLER, 6, OFFICE),))
    assert not may_view(unrelated, FACTS)
    assert may_view(PEOPLE[Role.HANDLER], FACTS)


def test_a_leader_who_is_not_the_findings_own_signs_nothing():
    other = Actor(52, "副示例", (Grant(Role.RESPONSIBLE_LEADER, 2, BUREAU),))
    facts = replace(FACTS, next_step=STEPS["responsible_leader"], submitter_id=SUBMITTER)
    assert "None of your posts" in why(other, Action.CLOSURE_SIGN, facts)
    assert why(LEADER, Action.CLOSURE_SIGN, facts) == ""


def test_a_leaders_post_in_another_tree_does_not_sign_here():
    moved = Actor(LEADER.person_id, "领示例", (Grant(Role.RESPONSIBLE_LEADER, 9, ELSEWHERE),))
    facts = replace(FACTS, next_step=STEPS["responsible_leader"])
    assert "None of your posts" in why(moved, Action.CLOSURE_SIGN, facts)


def test_being_the_findings_leader_without_the_post_is_not_enough():
    ended = Actor(LEADER.person_id, "领示例")
    assert why(ended, Action.CLOSURE_SIGN, replace(FACTS, next_step=STEPS["responsible_leader"]))


@pytest.mark.parametrize("role", [role for role in Role if role not in ADMIN_ROLES])
@pytest.mark.parametrize("action", sorted(set(Action) - ACCOUNTS - VIEWS))
def test_whoever_administers_does_nothing_in_a_ledger_whatever_else_he_is(action, role):
    person, kind = PEOPLE[role], sorted(ADMIN_ROLES)[len(action) % 3]
    both = replace(person, grants=(*person.grants, Grant(kind, 1, CITY)))
    assert "administer" in why(both, action)


def test_whoever_administers_still_sees_what_his_other_posts_show():
    both = replace(CLERK, grants=(*CLERK.grants, Grant(Role.SYSTEM_ADMIN, 1, CITY)))
    assert why(both, Action.FINDING_VIEW) == ""
    assert not any(may_view(PEOPLE[role], FACTS) for role in ADMIN_ROLES)


@pytest.mark.parametrize("action", [*REVIEWS, *JUDGEMENTS])
def test_whoever_submitted_never_approves(action):
    facts = replace(FACTS, submitter_id=CLERK.person_id)
    assert "whoever submits never approves" in why(CLERK, action, facts)


@pytest.mark.parametrize("action", [*REVIEWS, *JUDGEMENTS])
def test_whoever_took_part_in_fixing_never_judges(action):
    facts = replace(FACTS, worker_ids=frozenset({CLERK.person_id}), submitter_id=SUBMITTER)
    assert "whoever fixes never judges" in why(CLERK, action, facts)


@pytest.mark.parametrize("action", [Action.EVIDENCE_JUDGE, Action.SITUATION_ANSWER])
def test_nobody_decides_on_his_own_work(action):
    facts = replace(FACTS, author_id=CLERK.person_id)
    assert "your own" in why(CLERK, action, facts)


@pytest.mark.parametrize("action", REVIEWS)
def test_nobody_signs_two_steps_with_two_posts(action):
    both = replace(LEADER, grants=(*LEADER.grants, *CLERK.grants))
    facts = replace(
        FACTS,
        submitter_id=SUBMITTER,
        signer_ids=frozenset({LEADER.person_id}),
        next_step=STEPS["office_clerk"],
    )
    assert "nobody signs two" in why(both, action, facts)


@pytest.mark.parametrize("action", PLAN_REVIEWS)
def test_only_the_next_step_approves_a_plan_or_its_amendment(action):
    facts = replace(FACTS, submitter_id=SUBMITTER, next_step=STEPS["leading_group"])
    assert "leading group" in why(PEOPLE[Role.VERIFIER], action, facts)
    assert why(PEOPLE[Role.LEADING_GROUP], action, facts) == ""
    insider = replace(
        PEOPLE[Role.LEADING_GROUP], grants=(*PEOPLE[Role.LEADING_GROUP].grants, Grant(Role.HANDLER, 3, UNIT))
    )
    assert "never the unit that fixed" in why(insider, action, facts)


@pytest.mark.parametrize("action", CLOSURE_REVIEWS)
def test_only_the_next_step_signs(action):
    facts = replace(FACTS, submitter_id=SUBMITTER, next_step=STEPS["responsible_leader"])
    assert "responsible leader" in why(PEOPLE[Role.VERIFIER], action, facts)
    assert why(LEADER, action, facts) == ""
    facts = replace(facts, next_step=STEPS["office_clerk"], signer_ids=frozenset({LEADER.person_id}))
    assert why(CLERK, action, facts) == ""
    assert "office" in why(PEOPLE[Role.VERIFIER], action, facts)


def test_the_office_sends_back_whoever_is_to_sign_and_signs_only_its_own_step():
    facts = replace(FACTS, submitter_id=SUBMITTER, next_step=STEPS["responsible_leader"])
    assert "responsible leader" in why(CLERK, Action.CLOSURE_SIGN, facts)
    assert why(CLERK, Action.CLOSURE_SEND_BACK, facts) == ""
    insider = replace(CLERK, grants=(*CLERK.grants, Grant(Role.PUBLISHER, 3, UNIT)))
    assert "never the unit that fixed" in why(insider, Action.CLOSURE_SEND_BACK, facts)


def test_requests_about_the_deadline_are_decided_by_the_next_step_and_withdrawn_by_who_asked():
    facts = replace(FACTS, submitter_id=SUBMITTER, next_step=STEPS["responsible_leader"])
    assert why(LEADER, Action.DEADLINE_SIGN, facts) == ""
    assert "responsible leader" in why(CLERK, Action.DEADLINE_SIGN, facts)
    assert why(CLERK, Action.DEADLINE_SEND_BACK, facts) == ""
    assert "Only the person who asked" in why(PEOPLE[Role.HANDLER], Action.DEADLINE_WITHDRAW, facts)
    mine = replace(facts, submitter_id=PEOPLE[Role.HANDLER].person_id)
    assert why(PEOPLE[Role.HANDLER], Action.DEADLINE_WITHDRAW, mine) == ""
    own = replace(facts, submitter_id=LEADER.person_id)
    assert "whoever submits never approves" in why(LEADER, Action.DEADLINE_SIGN, own)
    worked = replace(facts, worker_ids=frozenset({LEADER.person_id}))
    assert "whoever fixes never judges" in why(LEADER, Action.DEADLINE_SIGN, worked)
    signed = replace(facts, next_step=STEPS["office_clerk"], signer_ids=frozenset({CLERK.person_id}))
    assert "nobody signs two" in why(CLERK, Action.DEADLINE_SIGN, signed)


def test_what_the_inspecting_body_holds_only_that_body_clears():
    facts = replace(FACTS, is_of_inspectors=True)
    assert "only that body takes it off" in why(CLERK, Action.HOLD_CLEAR, facts)
    assert "only that body takes it off" in why(PEOPLE[Role.LEADING_GROUP], Action.HOLD_CLEAR, facts)
    assert why(PEOPLE[Role.INSPECTOR], Action.HOLD_CLEAR, facts) == ""


@pytest.mark.parametrize("action", [Action.CRITERION_JUDGE, Action.EVIDENCE_JUDGE])
def test_what_the_inspecting_body_judged_nobody_below_it_judges_again(action):
    facts = replace(FACTS, is_of_inspectors=True)
    for role in (Role.OFFICE_CLERK, Role.VERIFIER):
        assert "only that body judges it again" in why(PEOPLE[role], action, facts)
    assert why(PEOPLE[Role.INSPECTOR], action, facts) == ""


def test_whoever_fixed_answers_no_new_situation():
    facts = replace(FACTS, worker_ids=frozenset({CLERK.person_id}))
    assert "whoever fixes never judges" in why(CLERK, Action.SITUATION_ANSWER, facts)


@pytest.mark.parametrize("action", [*REVIEWS, *JUDGEMENTS])
@pytest.mark.parametrize("seat", [UNIT, UNIT + "0001"])
@pytest.mark.parametrize("role", [Role.HANDLER, Role.UNIT_HEAD, Role.OFFICE_CLERK, Role.PUBLISHER])
def test_the_body_that_confirms_is_never_the_unit_that_fixed(action, seat, role):
    insider = replace(CLERK, grants=(*CLERK.grants, Grant(role, 3, seat)))
    facts = replace(FACTS, submitter_id=SUBMITTER, next_step=STEPS["office_clerk"])
    assert "never the unit that fixed" in why(insider, action, facts)


@pytest.mark.parametrize("action", [*REVIEWS, *JUDGEMENTS])
@pytest.mark.parametrize("unit", [OTHER_UNIT, OFFICE])
def test_supporting_and_former_units_fixed_as_well(action, unit):
    insider = replace(CLERK, grants=(*CLERK.grants, Grant(Role.PUBLISHER, 3, unit)))
    facts = replace(FACTS, submitter_id=SUBMITTER, next_step=STEPS["office_clerk"])
    facts = replace(facts, fixing=(Fixing(UNIT, SINCE), Fixing(OFFICE, SINCE)))
    assert "never the unit that fixed" in why(insider, action, facts)


@pytest.mark.parametrize("action", [*REVIEWS, *JUDGEMENTS])
def test_who_left_the_unit_after_it_was_given_the_work_stays_one_of_it(action):
    facts = replace(FACTS, submitter_id=SUBMITTER, next_step=STEPS["office_clerk"])
    facts = replace(facts, fixing=(Fixing(UNIT, SINCE),))
    left = replace(CLERK, seats=(Seat(UNIT, Role.HANDLER, SINCE + timedelta(days=1)),))
    assert "never the unit that fixed" in why(left, action, facts)
    long_gone = replace(CLERK, seats=(Seat(UNIT, Role.HANDLER, SINCE - timedelta(days=1)),))
    assert why(long_gone, action, facts) == ""


@pytest.mark.parametrize("action", [*REVIEWS, *JUDGEMENTS])
def test_where_the_whole_organisation_fixed_its_own_seat_cannot_confirm(action):
    facts = replace(FACTS, lead_unit_path=BUREAU, submitter_id=SUBMITTER, next_step=STEPS["office_clerk"])
    assert "never the unit that fixed" in why(CLERK, action, facts)
    above = Actor(60, "市示例", (Grant(Role.OFFICE_CLERK, 1, CITY),))
    assert why(above, action, facts) == ""


def test_the_leader_of_the_fixing_unit_signs_the_step_that_does_not_confirm():
    insider = replace(LEADER, grants=(Grant(Role.RESPONSIBLE_LEADER, 3, UNIT),))
    facts = replace(FACTS, submitter_id=SUBMITTER, next_step=STEPS["responsible_leader"])
    assert why(insider, Action.CLOSURE_SIGN, facts) == ""


def test_while_nobody_is_assigned_the_office_judges():
    facts = replace(FACTS, lead_unit_path=None, supporting_paths=())
    assert why(CLERK, Action.CRITERION_JUDGE, facts) == ""


def test_only_the_submitter_withdraws_his_request():
    handler, head = PEOPLE[Role.HANDLER], PEOPLE[Role.UNIT_HEAD]
    facts = replace(FACTS, submitter_id=handler.person_id)
    assert why(handler, Action.CLOSURE_WITHDRAW, facts) == ""
    assert "Only the person who requested" in why(head, Action.CLOSURE_WITHDRAW, facts)


def test_nobody_closes_by_hand():
    assert "last signature" in why(CLERK, Action.CLOSURE_COMPLETE)


def test_only_the_head_of_the_leading_group_is_the_second_hand_and_only_with_the_post_there():
    head = PEOPLE[Role.LEADING_GROUP]
    assert why(replace(head, person_id=77), Action.POST_SECOND)
    assert why(replace(head, grants=()), Action.POST_SECOND)
    assert why(replace(head, grants=(Grant(Role.LEADING_GROUP, 5, UNIT),)), Action.POST_SECOND)
    assert why(head, Action.POST_SECOND, Facts(group_head_ids=FACTS.group_head_ids))
    assert why(head, Action.POST_SECOND) == ""


ACTING = Grant(Role.RESPONSIBLE_LEADER, 2, BUREAU, LEADER.person_id, "领示例")


def test_who_acts_for_a_leader_leads_that_leaders_findings_and_it_is_said():
    deputy = Actor(60, "代示例", (ACTING,))
    facts = replace(FACTS, next_step=STEPS["responsible_leader"], submitter_id=SUBMITTER)
    assert why(deputy, Action.CLOSURE_SIGN, facts) == ""
    assert acting_for(deputy, Action.CLOSURE_SIGN, facts) == "领示例"
    other = replace(facts, responsible_leader_id=61)
    assert why(deputy, Action.CLOSURE_SIGN, other)


def test_an_acting_post_leads_nothing_that_is_ones_own():
    deputy = Actor(60, "代示例", (ACTING,))
    facts = replace(FACTS, responsible_leader_id=60, next_step=STEPS["responsible_leader"])
    assert why(deputy, Action.CLOSURE_SIGN, facts)
    own = replace(deputy, grants=(ACTING, Grant(Role.RESPONSIBLE_LEADER, 2, BUREAU)))
    assert why(own, Action.CLOSURE_SIGN, facts) == ""
    assert acting_for(own, Action.CLOSURE_SIGN, facts) == ""


def test_whoever_acts_elsewhere_acts_for_nobody_here():
    deputy = Actor(
        60, "代示例", (replace(ACTING, path=ELSEWHERE), Grant(Role.OFFICE_CLERK, 4, BUREAU, 7, "周示例"))
    )
    assert why(deputy, Action.SITUATION_RAISE)
    assert acting_for(deputy, Action.FINDING_ASSIGN, FACTS) == "周示例"
    assert acting_for(CLERK, Action.FINDING_ASSIGN, FACTS) == ""


def test_a_worker_does_not_judge_by_acting_for_somebody_who_may():
    deputy = Actor(60, "代示例", (ACTING,))
    facts = replace(FACTS, next_step=STEPS["responsible_leader"], worker_ids=frozenset({60}))
    assert "whoever fixes never judges" in why(deputy, Action.CLOSURE_SIGN, facts)


@pytest.mark.parametrize("action", sorted(set(Action) - ACCOUNTS))
@pytest.mark.parametrize("role", list(Role))
def test_of_a_restricted_finding_only_the_listed_can_do_what_their_posts_allow(action, role):
    actor = PEOPLE[role]
    hidden = replace(FACTS, reader_ids=frozenset({999}))
    said = why(actor, action, hidden)
    if actor.administers:
        assert said
    else:
        assert said == (
            "This finding is restricted, and you are not among the people listed to see it. One of them can "
            f"{ACTION_LABELS[action]}."
        )
    seen = replace(FACTS, reader_ids=frozenset({actor.person_id}))
    if action is not Action.FINDING_VIEW:
        assert why(actor, action, seen) == why(actor, action, FACTS)


def test_a_listed_person_sees_the_finding_with_a_post_of_any_kind_anywhere():
    listed = replace(FACTS, reader_ids=frozenset({99}))
    assert may_view(Actor(99, "外示例", (Grant(Role.HANDLER, 9, ELSEWHERE),)), listed)
    assert not may_view(Actor(98, "外示例", (Grant(Role.HANDLER, 9, ELSEWHERE),)), listed)
    assert not may_view(Actor(99, "外示例"), listed)
    assert not may_view(Actor(99, "外示例", (Grant(Role.AUDIT_ADMIN, 9, ELSEWHERE),)), listed)


SEVERAL = replace(STEPS["leading_group"], kind=StepKind.QUORUM, count=2)
JOINT = STEPS["joint_review"]


def member(person_id, *grants):
    return Actor(person_id, "员示例", grants or (Grant(Role.LEADING_GROUP, 2, BUREAU),))


def test_a_step_of_several_is_for_those_called_and_who_acts_for_one():
    facts = replace(FACTS, next_step=SEVERAL, called_ids=frozenset({501}))
    assert why(member(501), Action.CLOSURE_SIGN, facts) == ""
    assert "which is not yours" in why(member(502), Action.CLOSURE_SIGN, facts)
    deputy = member(503, Grant(Role.LEADING_GROUP, 2, BUREAU, 501, "员示例"))
    assert why(deputy, Action.CLOSURE_SIGN, facts) == ""
    assert acted_for(deputy, Action.CLOSURE_SIGN, facts) == {501: "员示例"}


def test_a_joint_review_is_for_whoever_is_seated_at_a_body_not_heard_yet():
    facts = replace(
        FACTS,
        next_step=replace(JOINT, bodies=(Body(7, "甲"), Body(8, "乙"))),
        review_paths=("00010007", "00010008"),
        open_bodies=((8, "00010008"),),
    )
    below = member(504, Grant(Role.INSPECTOR, 81, "000100080001"))
    assert why(below, Action.CLOSURE_SIGN, facts) == ""
    assert body_signed_for(below, facts) == 8
    heard = member(505, Grant(Role.INSPECTOR, 7, "00010007"))
    assert "which is not yours" in why(heard, Action.CLOSURE_SIGN, facts)
    assert why(heard, Action.FINDING_VIEW, facts) == ""
    above = member(506, Grant(Role.INSPECTOR, 1, "0001"))
    assert body_signed_for(above, facts) is None
    assert body_signed_for(below, replace(facts, next_step=None)) is None


def test_a_body_of_a_joint_review_that_is_inspected_itself_by_now_signs_nothing():
    facts = replace(
        FACTS,
        next_step=replace(JOINT, bodies=(Body(7, "甲"), Body(8, "乙"))),
        review_paths=("00010007", BUREAU),
        open_bodies=((8, BUREAU),),
    )
    for path in (BUREAU, f"{BUREAU}0001"):
        inside = member(510, Grant(Role.INSPECTOR, 2, path))
        assert body_signed_for(inside, facts) is None
        assert "nobody reviews their own organisation" in why(inside, Action.CLOSURE_SIGN, facts)
        assert "nobody reviews their own organisation" in why(inside, Action.CLOSURE_SEND_BACK, facts)
    over = replace(facts, open_bodies=((8, "0001"),), review_paths=("0001",))
    assert body_signed_for(member(511, Grant(Role.INSPECTOR, 2, BUREAU)), over) is None
    assert body_signed_for(member(512, Grant(Role.INSPECTOR, 1, "0001")), over) == 8


def test_a_meeting_is_signed_by_nobody_alone():
    facts = replace(FACTS, next_step=STEPS["party_committee"])
    assert "decision of a meeting" in why(member(507), Action.CLOSURE_SIGN, facts)
    assert why(member(507), Action.CLOSURE_SEND_BACK, facts) == ""


def test_whoever_acts_can_do_no_more_than_whom_he_acts_for():
    facts = replace(FACTS, next_step=STEPS["leading_group"], submitter_id=601, signer_ids=frozenset({602}))
    for barred in (601, 602, WORKER):
        deputy = member(508, Grant(Role.LEADING_GROUP, 2, BUREAU, barred, "某示例"))
        assert "whoever acts can do no more" in why(deputy, Action.CLOSURE_SIGN, facts)
    deputy = member(508, Grant(Role.LEADING_GROUP, 2, BUREAU, 602, "某示例"))
    assert why(deputy, Action.SITUATION_ANSWER, replace(facts, signer_ids=frozenset())) == ""
    assert "None of your posts" in why(
        member(509, Grant(Role.HANDLER, 9, "0002", 601, "某")), Action.CLOSURE_SIGN, facts
    )


def test_nobody_signs_for_whom_somebody_acting_has_signed():
    facts = replace(FACTS, next_step=STEPS["leading_group"], represented_ids=frozenset({510}))
    assert "Somebody acting for you has signed" in why(member(510), Action.CLOSURE_SIGN, facts)


def test_whoever_recorded_a_signature_does_not_confirm_it():
    facts = replace(FACTS, author_id=CLERK.person_id)
    assert "nobody decides on their own work" in why(CLERK, Action.SIGNATURE_CONFIRM, facts)


def test_a_comment_is_withdrawn_by_whoever_wrote_it_alone():
    theirs = replace(FACTS, author_id=PEOPLE[Role.HANDLER].person_id)
    assert "is somebody else's, and only whoever wrote it" in why(CLERK, Action.COMMENT_WITHDRAW, theirs)
    assert not why(PEOPLE[Role.HANDLER], Action.COMMENT_WITHDRAW, theirs)
