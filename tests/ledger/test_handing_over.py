"""Handing open findings over: everything listed first, given as a whole or not at all, recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.refusals import refused
from ledger.world import TODAY
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Stage, TransitionError
from zhenggai.domain.policy import Action
from zhenggai.ledger import handing_over, selectors, services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    FindingNotFoundError,
    InvalidFieldError,
    StalePageError,
    StandsOtherwiseError,
)
from zhenggai.ledger.models import Finding
from zhenggai.ledger.selectors import finding_timeline
from zhenggai.ledger.waiting import findings_waiting


@pytest.fixture
def successor(world):
    return world.person("next", "继示例", (Role.RESPONSIBLE_LEADER, world.bureau))


def hand(world, to, *findings, actor=None, former=None, **versions):
    return services.findings_hand_over(
        actor=actor or world.clerk,
        at=world.at(),
        from_id=(former or world.leader).person_id,
        to_id=to.person_id,
        versions={row.pk: versions.get("version", row.version) for row in findings},
    )


def test_everything_open_goes_to_the_new_leader_and_the_trail_says_so(world, successor):
    first, second = world.assigned(), world.rectifying()
    listed = handing_over.findings_led(world.clerk, world.leader.person_id)
    assert {row.pk for row in listed} == {first.pk, second.pk}
    handed = hand(world, successor, first, second)
    assert [(row.stage, row.responsible_leader.name) for row in handed] == [
        (Stage.ASSIGNED, "继示例"),
        (Stage.RECTIFYING, "继示例"),
    ]
    said = finding_timeline(world.clerk, second.pk)[-1]
    assert said.name == "ledger.finding.handed_over"
    assert (said.values["former_leader"], said.values["leader"]) == ("领示例", "继示例")
    assert list(handing_over.findings_led(world.clerk, world.leader.person_id)) == []
    assert list(differences(first.inspection_id)) == []


def test_a_request_that_waits_goes_on_with_the_new_leader(world, successor):
    finding = world.requested()
    (handed,) = hand(world, successor, finding)
    assert handed.stage == Stage.CLOSURE_REQUESTED
    signed = world.do("closure_sign", successor, handed)
    assert [each.by.name for each in signed.closure_requests.get().signatures.all()] == ["继示例"]


@pytest.mark.parametrize("name", ["handler", "head", "leader", "verifier", "inspector", "group"])
def test_only_the_office_hands_over(world, successor, name):
    finding = world.rectifying()
    with refused(finding, ActionDeniedError, "hand findings over to another leader"):
        hand(world, successor, finding, actor=getattr(world, name))


@pytest.mark.parametrize("name", ["administrator", "stranger"])
def test_who_does_not_see_a_finding_does_not_hand_it_over(world, successor, name):
    finding = world.rectifying()
    actor = getattr(world, name)
    with refused(finding, FindingNotFoundError):
        hand(world, successor, finding, actor=actor)
    assert handing_over.work_open(actor, TODAY) == []
    assert list(handing_over.findings_led(actor, world.leader.person_id)) == []


def test_who_fixed_a_finding_does_not_take_its_lead(world):
    finding = world.rectifying()
    both = world.grant(world.handler.person_id, (Role.RESPONSIBLE_LEADER, world.bureau))
    with refused(finding, InvalidFieldError, "took part in fixing"):
        hand(world, both, finding)


def test_who_is_no_leader_here_takes_nothing_over(world):
    finding = world.assigned()
    elsewhere = world.person("far", "远示例", (Role.RESPONSIBLE_LEADER, world.elsewhere))
    for to in (elsewhere, world.verifier):
        with refused(finding, InvalidFieldError, "no post as responsible leader"):
            hand(world, to, finding)


def test_one_finding_that_cannot_be_handed_over_keeps_all_of_them(world, successor):
    first, registered = world.assigned(), world.registered()
    with refused(first, TransitionError, "hand findings over"):
        hand(world, successor, first, registered)
    with refused(first, StalePageError):
        hand(world, successor, first, version=1)


def test_what_another_leads_is_not_handed_over_in_that_leaders_place(world, successor):
    finding = world.assigned()
    with refused(finding, StandsOtherwiseError, "is not led by the one"):
        hand(world, world.leader, finding, former=successor)
    with refused(finding, StandsOtherwiseError, "is not led by the one"):
        hand(world, world.leader, finding)


def test_something_is_chosen_to_be_handed_over(world, successor):
    finding = world.assigned()
    with refused(finding, InvalidFieldError, "Choose between 1 and 200 findings"):
        hand(world, successor)


def test_leaders_are_listed_with_what_is_open_and_those_without_a_post_first(world, successor):
    first, second = world.assigned(), world.requested()
    hand(world, successor, first)
    Post.objects.filter(person_id=world.leader.person_id).update(ended_on=TODAY)
    listed = handing_over.work_open(world.clerk, TODAY)
    assert [(work.name, work.led, work.requested, work.holds) for work in listed] == [
        ("领示例", 1, 1, False),
        ("继示例", 1, 0, True),
    ]
    assert handing_over.open_with(world.leader.person_id) == (1, 1)
    takers = handing_over.leaders_to_take_over(world.clerk, world.leader.person_id, TODAY)
    assert [each.name for each in takers] == ["继示例"]
    assert second.pk


def test_a_unit_without_anybody_who_works_for_it_is_told(world):
    world.assigned()
    assert handing_over.units_unmanned(world.clerk, TODAY) == []
    Post.objects.filter(role__in=["handler", "unit_head"], organisation=world.unit).update(ended_on=TODAY)
    (unit,) = handing_over.units_unmanned(world.clerk, TODAY)
    assert (unit.name, unit.led) == ("示例股", 1)
    world.person("above", "上示例", (Role.UNIT_HEAD, world.bureau))
    assert handing_over.units_unmanned(world.clerk, TODAY) == []


def test_the_lists_ask_as_often_for_many_findings(world, django_assert_num_queries):
    for _ in range(3):
        world.assigned()
    with django_assert_num_queries(2):
        handing_over.work_open(world.clerk, TODAY)
    with django_assert_num_queries(2):
        handing_over.units_unmanned(world.clerk, TODAY)
    with django_assert_num_queries(1):
        assert (
            len(
                [row.lead_unit.name for row in handing_over.findings_led(world.clerk, world.leader.person_id)]
            )
            == 3
        )
    assert Finding.objects.count() == 3


def acting(world, name, organisation):
    """Somebody who acts for the bureau's leader with a post of the organisation, and leads elsewhere too."""
    deputy = world.person(name, "代示例", (Role.RESPONSIBLE_LEADER, world.elsewhere))
    post = Post.objects.get(person_id=deputy.person_id)
    Post.objects.create(
        person_id=deputy.person_id,
        organisation=organisation,
        role=Role.RESPONSIBLE_LEADER,
        acting_for_id=world.leader.person_id,
        started_on=TODAY,
        ended_on=TODAY + timedelta(days=30),
        granted_by=post.granted_by,
        confirmed_by=post.confirmed_by,
        confirmed_at=post.confirmed_at,
    )
    return world.grant(deputy.person_id)


def test_who_acts_for_a_leader_sees_and_signs_what_that_leader_leads_there_and_nowhere_else(world):
    finding = world.requested()
    deputy = acting(world, "deputy", world.bureau)
    assert [row.pk for row in selectors.findings_visible(deputy, finding.inspection_id)] == [finding.pk]
    assert next(iter(findings_waiting(deputy, TODAY))).action is Action.CLOSURE_SIGN
    stray = acting(world, "stray", world.elsewhere)
    assert list(selectors.inspections_visible(stray)) == []
    with refused(finding, FindingNotFoundError):
        world.do("closure_sign", stray, finding)
    world.do("closure_sign", deputy, finding)
    said = finding_timeline(world.clerk, finding.pk)[-1]
    assert (said.name, said.values["acted_for"]) == ("ledger.closure.signed", "领示例")
    assert list(differences(finding.inspection_id)) == []
