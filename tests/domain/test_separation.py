"""Separation of duties where hands change: deputies, judgements of every kind, and who only administers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.test_policy import BUREAU, CITY, CLERK, FACTS, JOINT, PEOPLE, SUBMITTER, UNIT, VIEWS, WORKER, why
from zhenggai.domain.actor import Actor, Grant, Role
from zhenggai.domain.fixing import Fixing
from zhenggai.domain.ladder import STEPS
from zhenggai.domain.policy import Action
from zhenggai.domain.posts_standing import reviews_itself

NOBODYS_OWN = [
    Action.PROGRESS_JUDGE,
    Action.SIGNATURE_RECORD,
    Action.SIGNATURE_CONFIRM,
    Action.SIGNATURE_REFUSE,
]
BARRED = 601


def deputy(role=Role.OFFICE_CLERK, acted_for=BARRED):
    return Actor(60, "代示例", (Grant(role, 2, BUREAU, acted_for, "某示例"),))


@pytest.mark.parametrize("action", sorted(VIEWS))
def test_whoever_administers_reads_what_another_post_shows(action):
    clerk = replace(CLERK, grants=(*CLERK.grants, Grant(Role.SYSTEM_ADMIN, 1, CITY)))
    assert why(clerk, action) == ""


@pytest.mark.parametrize("action", NOBODYS_OWN)
def test_whoever_submitted_or_fixed_neither_judges_progress_nor_deals_with_signatures_on_paper(action):
    me = CLERK.person_id
    assert "whoever submits never approves" in why(CLERK, action, replace(FACTS, submitter_id=me))
    worked = replace(FACTS, worker_ids=frozenset({me}))
    assert "whoever fixes never judges" in why(CLERK, action, worked)
    fixing = replace(FACTS, fixing=(Fixing(UNIT),))
    insider = replace(CLERK, grants=(*CLERK.grants, Grant(Role.PUBLISHER, 3, UNIT)))
    assert "never the unit that fixed" in why(insider, action, fixing)


def test_what_the_inspecting_body_judged_nobody_below_it_sets_aside():
    facts = replace(FACTS, is_of_inspectors=True)
    for role in (Role.OFFICE_CLERK, Role.VERIFIER):
        assert "only that body sets it aside" in why(PEOPLE[role], Action.CRITERION_DROP, facts)


@pytest.mark.parametrize("action", [Action.EVIDENCE_JUDGE, Action.SIGNATURE_CONFIRM, Action.SITUATION_ANSWER])
def test_whoever_acts_for_the_author_decides_nothing_on_the_authors_own(action):
    facts = replace(FACTS, author_id=BARRED)
    assert "whoever acts can do no more" in why(deputy(), action, facts)
    assert why(deputy(acted_for=602), action, facts) == ""


def test_whoever_acts_for_the_author_of_one_thing_judges_another():
    assert why(deputy(), Action.CRITERION_JUDGE, replace(FACTS, author_id=BARRED)) == ""


@pytest.mark.parametrize("facts", [{"signer_ids": {BARRED}}, {"represented_ids": {BARRED}}])
def test_whoever_acts_for_a_signer_signs_no_other_step_and_may_judge(facts):
    facts = replace(FACTS, **{name: frozenset(ids) for name, ids in facts.items()})
    step = replace(facts, next_step=STEPS["office_clerk"])
    assert "whoever acts can do no more" in why(deputy(), Action.CLOSURE_SIGN, step)
    assert why(deputy(), Action.CRITERION_JUDGE, facts) == ""


@pytest.mark.parametrize("barred", [SUBMITTER, WORKER])
def test_whoever_acts_for_a_worker_goes_on_with_the_work(barred):
    handler = Actor(60, "代示例", (Grant(Role.HANDLER, 9, UNIT, barred, "某示例"),))
    facts = replace(FACTS, submitter_id=SUBMITTER)
    assert why(handler, Action.PROGRESS_REPORT, facts) == ""


def test_a_post_that_one_administrator_gave_is_told_so_where_it_would_be_the_step():
    step = replace(FACTS, next_step=STEPS["office_clerk"])
    by_one = replace(CLERK, grants=(replace(CLERK.grants[0], by_two=False),))
    elsewhere = replace(CLERK, grants=(replace(CLERK.grants[0], by_two=False, path="0002"),))
    two_roles = replace(CLERK, grants=(*PEOPLE[Role.VERIFIER].grants, replace(by_one.grants[0], path="0002")))
    told = "one administrator"
    assert told in why(by_one, Action.CLOSURE_SIGN, step)
    assert told not in why(elsewhere, Action.CLOSURE_SIGN, step)
    assert "which is not yours" in why(two_roles, Action.CLOSURE_SIGN, step)


def test_a_reading_is_withdrawn_by_whoever_recorded_it_alone():
    theirs = replace(FACTS, author_id=PEOPLE[Role.HANDLER].person_id)
    assert "Only the person who recorded a reading withdraws it" in why(
        CLERK, Action.READING_WITHDRAW, theirs
    )
    assert why(PEOPLE[Role.HANDLER], Action.READING_WITHDRAW, theirs) == ""


def test_nobody_reviews_their_own_organisation_and_who_is_seated_elsewhere_does_not():
    facts = replace(FACTS, open_bodies=((8, "0001"),), subject_path="00010002")
    step = JOINT

    def own(role, path):
        actor = Actor(1, "某示例", (Grant(role, 2, path),))
        return reviews_itself(actor, step, facts)

    assert own(step.role, "000100020001")
    assert not own(step.role, "00010007")
    assert not own(Role.HANDLER, "000100020001")


def test_nobody_evaluates_what_they_worked_on_or_belong_to():
    inspector = PEOPLE[Role.INSPECTOR]
    action = Action.INSPECTION_EVALUATE
    assert why(inspector, action) == ""
    worked = replace(FACTS, worker_ids=frozenset({inspector.person_id}))
    assert "nobody grades their own work. Another person of the inspecting body" in why(
        inspector, action, worked
    )
    insider = replace(inspector, grants=(*inspector.grants, Grant(Role.PUBLISHER, 3, UNIT)))
    inside = why(insider, action, replace(FACTS, fixing=(Fixing(BUREAU),)))
    assert "A person of the inspecting body from outside can" in inside
