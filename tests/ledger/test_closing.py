"""Closing what is fixed, and every way to close what is not."""

from __future__ import annotations

import pytest

from ledger.refusals import refused
from zhenggai.domain.actor import ADMIN_ROLES, Actor, Grant, Role
from zhenggai.domain.gates import GateState
from zhenggai.domain.lifecycle import Stage, TransitionError
from zhenggai.ledger import services
from zhenggai.ledger.errors import (
    ActionDeniedError,
    ClosureRefusedError,
    FindingNotFoundError,
    StalePageError,
)
from zhenggai.ledger.models import Closure, Finding
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of, verify

REASON = "现场仍有两处台账未核对，请补充。"


def not_met(refusal):
    return {gate.code for gate in refusal.value.gates if gate.state is GateState.NOT_MET}


def evidence_of(finding):
    return list(Finding.objects.get(pk=finding.pk).evidence.all())


def test_two_people_sign_and_the_finding_is_closed(world):
    finding = world.requested()
    finding = world.do("closure_sign", world.leader, finding, note="同意。")
    assert finding.stage == Stage.CLOSURE_REQUESTED
    finding = world.do("closure_sign", world.clerk, finding, note="同意销号。")
    assert finding.stage == Stage.CLOSED
    closure = Closure.objects.get(finding=finding)
    assert closure.kind == "closed"
    assert [(each.step, each.by.name) for each in closure.request.signatures.all()] == [
        ("responsible_leader", "领示例"),
        ("office_clerk", "办示例"),
    ]
    names = [view.name for view in event_views(events_of(ChainKey.inspection(finding.inspection_id)))]
    assert names[-3:] == ["ledger.closure.signed", "ledger.closure.signed", "ledger.finding.closed"]
    assert verify(ChainKey.inspection(finding.inspection_id))[0].ok


def test_a_request_is_refused_with_every_gate_at_once(world):
    finding = world.rectifying()
    with refused(finding, ClosureRefusedError, "Conditions not met") as refusal:
        world.request(finding)
    assert not_met(refusal) == {"measures", "criteria", "effect", "money", "similar", "cause"}
    assert len(refusal.value.gates) == 12
    assert all(
        gate.missing and gate.remedy for gate in refusal.value.gates if gate.state is GateState.NOT_MET
    )


def test_a_unit_to_which_nothing_is_assigned_requests_nothing(world):
    finding = world.registered()
    with refused(finding, FindingNotFoundError):
        world.request(finding)


@pytest.mark.parametrize("stage", ["assigned", "accepted", "requested"])
def test_a_request_at_another_stage_is_refused(world, stage):
    finding = getattr(world, stage)()
    with refused(finding, TransitionError, "You cannot request closure while the finding is"):
        world.request(finding)


def test_whoever_requested_never_signs_whatever_posts_he_holds(world):
    both = world.grant(
        world.handler.person_id, (Role.OFFICE_CLERK, world.bureau), (Role.RESPONSIBLE_LEADER, world.bureau)
    )
    finding = world.requested()
    with refused(finding, ActionDeniedError, "whoever submits never approves"):
        world.do("closure_sign", both, finding)
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, "whoever submits never approves"):
        world.do("closure_sign", both, finding)


def test_a_leader_who_requests_himself_is_refused_at_the_gate(world):
    finding = world.proven()
    both = world.grant(world.leader.person_id, (Role.UNIT_HEAD, world.unit))
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_request", both, finding, statement="请予销号。")
    assert not_met(refusal) == {"separation"}


def test_one_person_with_two_posts_does_not_sign_both_steps(world):
    both = world.grant(world.leader.person_id, (Role.OFFICE_CLERK, world.office))
    finding = world.requested()
    finding = world.do("closure_sign", both, finding)
    with refused(finding, ActionDeniedError, "nobody signs two"):
        world.do("closure_sign", both, finding)


def test_nobody_signs_twice(world):
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, "nobody signs two"):
        world.do("closure_sign", world.leader, finding)


def test_the_office_does_not_sign_before_the_leader(world):
    finding = world.requested()
    with refused(finding, ActionDeniedError, "next signature is the step “responsible leader”"):
        world.do("closure_sign", world.clerk, finding)


def test_an_administrator_neither_sees_nor_closes(world):
    finding = world.requested()
    for verb in ("closure_sign", "closure_send_back", "closure_request", "closure_withdraw"):
        values = {"closure_sign": {}, "closure_request": {"statement": "x"}}.get(verb, {"reason": REASON})
        with refused(finding, FindingNotFoundError, "no such finding among those you can see"):
            world.do(verb, world.administrator, finding, **values)


def test_an_administrator_with_every_post_besides_does_not_close(world):
    finding = world.requested()
    others = [(role, world.bureau) for role in Role if role not in ADMIN_ROLES]
    administrator = world.grant(world.administrator.person_id, *others)
    leader = world.grant(world.leader.person_id, (Role.SYSTEM_ADMIN, world.city))
    for actor in (administrator, leader):
        with refused(finding, ActionDeniedError, "nobody both administers and works on a ledger"):
            world.do("closure_sign", actor, finding)


def test_a_made_up_actor_has_the_posts_of_the_database_and_no_others(world):
    everything = tuple(Grant(role, 1, world.city.path) for role in Role if role not in ADMIN_ROLES)
    finding = world.requested()
    with refused(finding, FindingNotFoundError):
        world.do("closure_sign", Actor(world.stranger.person_id, "外示例", everything), finding)


@pytest.mark.parametrize("name", ["stranger", "administrator"])
def test_what_is_not_visible_is_refused_as_if_it_did_not_exist(world, name):
    finding = world.requested()
    actor = getattr(world, name)
    with refused(finding, FindingNotFoundError) as hidden:
        world.do("closure_sign", actor, finding)
    with refused(finding, FindingNotFoundError) as absent:
        services.closure_sign(actor=actor, at=world.at(), finding_id=999_999, version=1)
    assert str(hidden.value) == str(absent.value)


@pytest.mark.parametrize(
    "name", ["handler", "head", "helper", "verifier", "inspector", "auditor", "group", "publisher"]
)
def test_nobody_else_signs_or_sends_back(world, name):
    finding = world.requested()
    with refused(finding, ActionDeniedError):
        world.do("closure_sign", getattr(world, name), finding)
    with refused(finding, ActionDeniedError):
        world.do("closure_send_back", getattr(world, name), finding, reason=REASON)


def test_a_stale_page_is_refused_and_names_who_changed_what_and_when(world):
    finding = world.requested()
    old = finding.version
    finding = world.do("closure_sign", world.leader, finding)
    with refused(finding, StalePageError) as refusal:
        world.do("closure_sign", world.clerk, finding, version=old)
    sentence = str(refusal.value)
    assert "领示例" in sentence
    assert "closure signed" in sentence
    assert "2026-03-02 10:" in sentence
    assert "Nothing of yours was saved" in sentence


@pytest.mark.parametrize("version", [0, -1, 10_000])
def test_a_version_that_never_was_is_refused(world, version):
    finding = world.requested()
    with refused(finding, StalePageError):
        world.do("closure_sign", world.leader, finding, version=version)


def test_a_double_click_signs_once(world):
    finding = world.requested()
    version = finding.version
    world.do("closure_sign", world.leader, finding, version=version)
    with refused(finding, ActionDeniedError):
        world.do("closure_sign", world.leader, finding, version=version)
    assert finding.closure_requests.get().signatures.count() == 1


def test_a_double_click_requests_once(world):
    finding = world.proven()
    version = finding.version
    world.request(finding, version=version)
    with refused(finding, StalePageError):
        world.request(finding, version=version)
