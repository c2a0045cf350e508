"""Steps of several, quorums and joint reviews: who signs, in what order, and every way around it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from ledger.laddered import acting, end, everybody, joint, quorum
from ledger.refusals import refused
from ledger.test_closing import REASON, not_met
from ledger.world import TODAY
from zhenggai.accounts import services as accounts
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.profile_reading import ProfileFieldError
from zhenggai.ledger import selectors
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    ClosureRefusedError,
    FindingNotFoundError,
    InvalidFieldError,
)
from zhenggai.ledger.models import CalledSigner, Finding, Inspection, ProfileVersion, RequestStep, Signature
from zhenggai.ledger.waiting import findings_waiting


def sign(world, actor, finding, **values):
    return world.do("closure_sign", actor, finding, **values)


def waits_for(actor):
    return [
        row.pk
        for group in findings_waiting(actor, TODAY)
        if group.action == "closure.sign"
        for row in group.rows
    ]


def test_a_quorum_takes_so_many_of_those_called_and_no_more(world):
    first, second, third = quorum(world)
    finding = world.requested()
    assert [(each.step, each.kind, each.needed) for each in RequestStep.objects.all()] == [
        ("responsible_leader", "one", 1),
        ("leading_group", "quorum", 2),
        ("office_clerk", "one", 1),
    ]
    called = {each.person_id for each in CalledSigner.objects.all()}
    assert called == {first.person_id, second.person_id, third.person_id}
    with refused(finding, ActionDeniedError, "the step “responsible leader”, which is not yours"):
        sign(world, first, finding)
    sign(world, world.leader, finding)
    assert waits_for(first) == waits_for(second) == [finding.pk]
    sign(world, third, finding)
    with refused(finding, ActionDeniedError, "nobody signs two"):
        sign(world, third, finding)
    with refused(finding, ActionDeniedError, "the step “leading group”, which is not yours"):
        sign(world, world.clerk, finding)
    sign(world, first, finding)
    assert waits_for(second) == []
    with refused(finding, ActionDeniedError, "the step “rectification office”, which is not yours"):
        sign(world, second, finding)
    assert sign(world, world.clerk, finding).stage == Stage.CLOSED
    assert list(differences()) == []


def test_whoever_gets_the_post_after_the_request_was_not_called(world):
    quorum(world, of=2)
    finding = world.requested()
    sign(world, world.leader, finding)
    late = world.person("late", "后示例", (Role.LEADING_GROUP, world.bureau))
    with refused(finding, ActionDeniedError, "which is not yours"):
        sign(world, late, finding)


def test_a_request_for_which_there_are_too_few_signers_is_refused(world):
    quorum(world, count=3, of=2)
    finding = world.proven()
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not_met(refusal) == {"separation"}
    (gate,) = [each for each in refusal.value.gates if each.code == "separation"]
    assert "“leading group (3 of them sign)” takes 3 people who can sign, and there are 2" in str(
        gate.missing[0]
    )


def test_a_member_of_a_unit_that_fixed_is_not_called_and_signs_no_quorum(world):
    _, second, third = quorum(world)
    world.grant(second.person_id, (Role.HANDLER, world.unit))
    finding = world.requested()
    assert second.person_id not in {each.person_id for each in CalledSigner.objects.all()}
    sign(world, world.leader, finding)
    with refused(finding, ActionDeniedError, "which is not yours"):
        sign(world, second, finding)
    sign(world, third, finding)


def test_one_who_comes_to_the_unit_that_fixed_after_the_call_signs_no_quorum(world):
    _, second, third = quorum(world, of=3)
    finding = world.requested()
    sign(world, world.leader, finding)
    second = world.grant(second.person_id, (Role.HANDLER, world.unit))
    with refused(finding, ActionDeniedError, "never the unit that fixed"):
        sign(world, second, finding)
    third = end(world, third, Role.LEADING_GROUP)
    with refused(finding, FindingNotFoundError):
        sign(world, third, finding)
    with refused(finding, ClosureRefusedError) as refusal:
        sign(world, world.group, finding)
    assert not_met(refusal) == {"separation"}
    assert world.do("closure_send_back", world.clerk, finding, reason=REASON).round == 2


def test_all_of_several_sign_and_one_alone_does_not_pass(world):
    first, second = everybody(world)
    finding = world.requested()
    sign(world, world.leader, finding)
    sign(world, second, finding)
    with refused(finding, ActionDeniedError, "the step “leading group”"):
        sign(world, world.clerk, finding)
    sign(world, first, finding)
    assert sign(world, world.clerk, finding).stage == Stage.CLOSED
    assert list(differences()) == []


def test_of_all_whoever_has_signed_another_step_is_not_waited_for(world):
    _, second = everybody(world)
    world.inspect_by(ladder=["office_clerk", "leading_group"], steps={"leading_group": {"kind": "all"}})
    both = world.grant(second.person_id, (Role.OFFICE_CLERK, world.bureau))
    finding = world.requested()
    sign(world, both, finding)
    assert sign(world, world.group, finding).stage == Stage.CLOSED
    assert list(differences()) == []


def test_a_member_who_leads_the_finding_is_not_called_beside_that(world):
    everybody(world)
    world.grant(world.leader.person_id, (Role.LEADING_GROUP, world.bureau))
    world.requested()
    assert world.leader.person_id not in {each.person_id for each in CalledSigner.objects.all()}


def test_one_of_all_whose_post_has_ended_stops_the_request_until_it_is_sent_back(world):
    first, second = everybody(world)
    finding = world.requested()
    sign(world, world.leader, finding)
    end(world, second, Role.LEADING_GROUP)
    with refused(finding, ClosureRefusedError) as refusal:
        sign(world, first, finding)
    (gate,) = [each for each in refusal.value.gates if each.code == "separation"]
    assert "takes 2 people who can sign, and there are 1" in str(gate.missing[0])


def test_a_joint_review_is_signed_by_each_body_in_any_order(world):
    discipline, organisation, inspection = joint(world)
    finding = world.requested()
    with refused(finding, ActionDeniedError, "the step “responsible leader”"):
        sign(world, inspection, finding)
    sign(world, world.leader, finding)
    assert waits_for(inspection) == waits_for(discipline) == [finding.pk]
    sign(world, inspection, finding)
    other = world.person("second", "再示例", (Role.INSPECTOR, world.review_bodies[2]))
    with refused(finding, ActionDeniedError, "the step “joint review”, which is not yours"):
        sign(world, other, finding)
    sign(world, discipline, finding)
    finding = sign(world, organisation, finding)
    assert finding.stage == Stage.CLOSED
    (request,) = finding.closure_requests.all()
    assert [(each.step, each.body and each.body.name) for each in request.signatures.all()] == [
        ("responsible_leader", None),
        ("joint_review", "县委巡察示例办"),
        ("joint_review", "县纪委监委示例"),
        ("joint_review", "县委组织部示例"),
    ]
    assert list(differences()) == []


def test_one_person_with_posts_in_two_bodies_signs_for_one(world):
    discipline, organisation, inspection = joint(world)
    both = world.grant(discipline.person_id, (Role.INSPECTOR, world.review_bodies[1]))
    finding = world.requested()
    sign(world, world.leader, finding)
    sign(world, both, finding)
    with refused(finding, ActionDeniedError, "nobody signs two"):
        sign(world, both, finding)
    sign(world, inspection, finding)
    assert sign(world, organisation, finding).stage == Stage.CLOSED


def test_a_body_that_was_merged_into_the_inspected_organisation_signs_nothing(world):
    discipline, organisation, inspection = joint(world)
    finding = world.requested()
    sign(world, world.leader, finding)
    merged = world.review_bodies[1]
    accounts.organisation_merge(
        organisation_id=merged.pk, into_id=world.bureau.pk, actor=world.administrator, at=world.at()
    )
    now = world.grant(organisation.person_id, (Role.INSPECTOR, world.bureau))
    with refused(finding, ActionDeniedError, "nobody reviews their own organisation"):
        sign(world, now, finding)
    with refused(finding, ClosureRefusedError, "Those who submit and those who approve"):
        sign(world, discipline, finding)
    request = finding.closure_requests.get()
    values = {"request": request, "step": "joint_review", "by_id": now.person_id, "at": world.at()}
    with pytest.raises(DatabaseError, match="none of which is inspected itself"), transaction.atomic():
        Signature.objects.create(body_id=merged.pk, **values)
    with refused(finding, ClosureRefusedError):
        sign(world, inspection, finding)


def test_whoever_stands_above_a_body_is_none_of_its_people(world):
    joint(world)
    above = world.person("above", "上示例", (Role.INSPECTOR, world.city))
    finding = world.requested()
    sign(world, world.leader, finding)
    with refused(finding, ActionDeniedError, "the step “joint review”, which is not yours"):
        sign(world, above, finding)


def test_the_bodies_see_the_inspection_they_review_and_no_other(world):
    hidden = world.registered()
    discipline, _, _ = joint(world)
    finding = world.requested()
    assert selectors.finding_get(discipline, finding.pk).pk == finding.pk
    assert [each.pk for each in selectors.inspections_visible(discipline)] == [world.inspection.pk]
    assert finding.pk in selectors.findings_visible(discipline, world.inspection.pk).values_list(
        "pk", flat=True
    )
    with pytest.raises(FindingNotFoundError):
        selectors.finding_get(discipline, hidden.pk)
    assert Finding.objects.filter(pk=hidden.pk).exists()


def test_a_body_with_nobody_stops_a_request(world):
    discipline, _, _ = joint(world)
    finding = world.proven()
    end(world, discipline, Role.INSPECTOR)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    (gate,) = [each for each in refusal.value.gates if each.code == "separation"]
    assert "“县纪委监委示例” takes 1 people who can sign, and there are 0" in str(gate.missing[0])


def test_a_body_that_is_none_here_is_refused_in_the_rules(world):
    bodies = [{"organisation_id": each, "name": "某单位"} for each in (world.elsewhere.pk, world.body.pk)]
    with pytest.raises(ProfileFieldError, match="an open organisation of the same tree"):
        world.inspect_by(
            ladder=["responsible_leader", "joint_review"],
            steps={"joint_review": {"kind": "all", "bodies": bodies}},
        )


def test_the_inspected_organisation_is_no_body_of_its_own_joint_review(world):
    bodies = [{"organisation_id": each.pk, "name": each.name} for each in (world.bureau, world.body)]
    before = Inspection.objects.count()
    with pytest.raises(InvalidFieldError, match="云山县示例局 among the bodies of its joint review"):
        world.inspect_by(
            ladder=["responsible_leader", "joint_review"],
            steps={"joint_review": {"kind": "all", "bodies": bodies}},
        )
    assert Inspection.objects.count() == before
    version = ProfileVersion.objects.order_by("-pk")[0]
    with pytest.raises(DatabaseError, match="none of the bodies of its joint review"), transaction.atomic():
        Inspection.objects.filter(pk=world.inspection.pk).update(profile_version=version)


def test_who_acts_for_one_called_signs_and_is_told_for_whom(world):
    first, second = everybody(world)
    deputy = world.person("deputy", "代示例", (Role.AUDITOR, world.bureau))
    deputy = acting(world, deputy, second, Role.LEADING_GROUP, world.bureau)
    finding = world.requested()
    assert deputy.person_id not in {each.person_id for each in CalledSigner.objects.all()}
    sign(world, world.leader, finding)
    sign(world, deputy, finding)
    with refused(finding, ActionDeniedError, "Somebody acting for you has signed"):
        sign(world, second, finding)
    sign(world, first, finding)
    finding = sign(world, world.clerk, finding)
    assert finding.stage == Stage.CLOSED
    signature = finding.closure_requests.get().signatures.get(by_id=deputy.person_id)
    assert signature.acting_for_id == second.person_id
    assert list(differences()) == []


def test_nobody_signs_by_acting_for_somebody_who_has_signed(world):
    first, second, third = quorum(world)
    deputy = acting(
        world,
        world.person("deputy", "代示例", (Role.AUDITOR, world.bureau)),
        second,
        Role.LEADING_GROUP,
        world.bureau,
    )
    finding = world.requested()
    sign(world, world.leader, finding)
    sign(world, second, finding)
    with refused(finding, ActionDeniedError, "whoever acts can do no more"):
        sign(world, deputy, finding)
    sign(world, first, finding)
    assert third.person_id


def test_the_deputy_of_the_submitter_signs_nothing_the_submitter_could_not(world):
    finding = world.requested()
    sign(world, world.leader, finding)
    world.grant(world.handler.person_id, (Role.OFFICE_CLERK, world.bureau))
    deputy = world.person("deputy", "代示例", (Role.AUDITOR, world.bureau))
    deputy = acting(world, deputy, world.handler, Role.OFFICE_CLERK, world.bureau)
    with refused(finding, ActionDeniedError, "whoever acts can do no more"):
        sign(world, deputy, finding)
    own = world.grant(deputy.person_id, (Role.OFFICE_CLERK, world.bureau))
    assert sign(world, own, finding).stage == Stage.CLOSED
