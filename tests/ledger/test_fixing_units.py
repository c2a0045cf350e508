"""The body that confirms is not the unit that fixed: units handed on, people moved, posts ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.refusals import refused
from ledger.test_closing import REASON, not_met
from ledger.world import DUE, TODAY
from zhenggai.accounts.models import Person, Post
from zhenggai.domain.actor import Role
from zhenggai.domain.case import HoldKind
from zhenggai.domain.lifecycle import Progress, Stage
from zhenggai.ledger import selectors, services
from zhenggai.ledger.errors import ActionDeniedError, ClosureRefusedError, FindingNotFoundError
from zhenggai.ledger.models import FixingUnit

YESTERDAY = TODAY - timedelta(days=1)
INSIDE = "never the unit that fixed"


def hand_on(world, finding, unit, *supporting):
    """Assigns the finding to another unit, whose handler takes it on and reports."""
    finding = world.do(
        "finding_assign",
        world.clerk,
        finding,
        leader_id=world.leader.person_id,
        unit_id=unit.pk,
        due=DUE,
        supporting_unit_ids=[each.pk for each in supporting],
    )
    new = world.person(f"new{unit.pk}", "新示例", (Role.HANDLER, unit))
    world.do("finding_accept", new, finding)
    world.do("progress_report", new, finding, progress=Progress.DONE, narrative="接手完成。")
    return new


def end(world, actor, role, on=TODAY):
    Post.objects.filter(person_id=actor.person_id, role=role.value).update(ended_on=on)


def insider(world, name, unit, role=Role.PUBLISHER):
    return world.person(name, "内示例", (Role.OFFICE_CLERK, world.bureau), (role, unit))


def test_every_unit_that_ever_had_the_work_is_kept_once(world):
    finding = world.proven()
    hand_on(world, finding, world.office)
    hand_on_again = world.do(
        "finding_assign",
        world.clerk,
        finding,
        leader_id=world.leader.person_id,
        unit_id=world.unit.pk,
        due=DUE,
    )
    kept = FixingUnit.objects.filter(finding=hand_on_again).values_list("unit__name", flat=True)
    assert list(kept) == ["示例股", "财务示例股", "整改示例办"]
    assert not hand_on_again.supporting.exists()


@pytest.mark.parametrize("former", ["unit", "other_unit"])
def test_a_unit_that_handed_the_work_on_does_not_confirm_it(world, former):
    finding = world.proven()
    other = insider(world, "insider", getattr(world, former))
    third = world._child(world.bureau, "第三示例股")
    new = hand_on(world, finding, third)
    finding = world.do("closure_request", new, finding, statement="请予销号。")
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, INSIDE):
        world.do("closure_sign", other, finding)
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.CLOSED


def test_a_supporting_unit_neither_confirms_nor_judges(world):
    other = insider(world, "insider", world.other_unit)
    finding = world.proven()
    evidence = finding.evidence.get()
    with refused(finding, ActionDeniedError, INSIDE):
        world.do("evidence_judge", other, finding, evidence_id=evidence.pk, effect=True, note="看过。")
    world.request(finding)
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, INSIDE):
        world.do("closure_sign", other, finding)


def test_a_judge_whose_unit_gets_the_work_later_has_judged_in_vain(world):
    third = world._child(world.bureau, "第三示例股")
    world.grant(world.verifier.person_id, (Role.PUBLISHER, third))
    finding = world.proven()
    new = hand_on(world, finding, third)
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_request", new, finding, statement="请予销号。")
    assert not_met(refusal) == {"criteria", "effect"}


def test_the_head_of_the_department_above_the_unit_belongs_to_it(world):
    department = world._child(world.bureau, "示例处")
    below = world._child(department, "处下示例股")
    above = insider(world, "above", department, Role.UNIT_HEAD)
    beside = insider(world, "beside", department)
    finding = world.proven()
    new = hand_on(world, finding, below)
    finding = world.do("closure_request", new, finding, statement="请予销号。")
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, INSIDE):
        world.do("closure_sign", above, finding)
    assert world.do("closure_sign", beside, finding).stage == Stage.CLOSED


def test_whoever_left_the_unit_after_it_got_the_work_does_not_confirm(world):
    other = insider(world, "insider", world.unit, Role.HANDLER)
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    end(world, other, Role.HANDLER, on=TODAY + timedelta(days=1))
    late = world.at() + timedelta(days=2)
    with refused(finding, ActionDeniedError, INSIDE):
        services.closure_sign(actor=other, at=late, finding_id=finding.pk, version=finding.version + 1)


def test_whoever_left_the_unit_before_it_got_the_work_confirms(world):
    other = insider(world, "insider", world.unit, Role.HANDLER)
    end(world, other, Role.HANDLER, on=YESTERDAY)
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    assert world.do("closure_sign", other, finding).stage == Stage.CLOSED


def test_whoever_works_in_the_unit_without_a_post_there_belongs_to_it(world):
    other = world.person("worker", "职示例", (Role.OFFICE_CLERK, world.bureau))
    Person.objects.filter(pk=other.person_id).update(organisation=world.unit)
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, INSIDE):
        world.do("closure_sign", other, finding)


def test_a_signer_moved_into_the_fixing_unit_between_the_steps_does_not_sign(world):
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    world.grant(world.clerk.person_id, (Role.PUBLISHER, world.unit))
    # the actor as the page knew him, from before the move
    with refused(finding, ActionDeniedError, INSIDE):
        world.do("closure_sign", world.clerk, finding)


def test_a_confirming_signature_does_not_outlast_a_move_into_the_fixing_unit(world):
    world.inspect_by(ladder=["responsible_leader", "verifier", "office_clerk"])
    finding = world.requested()
    second = world.person("second", "复示例", (Role.VERIFIER, world.bureau))
    world.do("closure_sign", world.leader, finding)
    world.do("closure_sign", second, finding)
    world.grant(second.person_id, (Role.HANDLER, world.other_unit))
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_sign", world.clerk, finding)
    assert not_met(refusal) == {"separation"}


@pytest.mark.parametrize("signed", [0, 1])
def test_a_post_that_ends_between_the_steps_signs_nothing(world, signed):
    finding = world.requested()
    if signed:
        world.do("closure_sign", world.leader, finding)
    actor, role = (world.clerk, Role.OFFICE_CLERK) if signed else (world.leader, Role.RESPONSIBLE_LEADER)
    end(world, actor, role)
    assert actor.grants
    with refused(finding, (ActionDeniedError, FindingNotFoundError)):
        world.do("closure_sign", actor, finding)


@pytest.mark.parametrize("name", ["leader", "clerk"])
def test_a_closed_account_signs_nothing_whatever_the_page_knew(world, name):
    finding = world.requested()
    if name == "clerk":
        world.do("closure_sign", world.leader, finding)
    actor = getattr(world, name)
    Person.objects.filter(pk=actor.person_id).update(is_active=False)
    with refused(finding, FindingNotFoundError):
        world.do("closure_sign", actor, finding)


def test_a_post_that_is_not_confirmed_signs_nothing(world):
    finding = world.requested()
    Post.objects.filter(person_id=world.leader.person_id).update(confirmed_by=None, confirmed_at=None)
    with refused(finding, FindingNotFoundError):
        world.do("closure_sign", world.leader, finding)


def test_a_leader_whose_post_moved_to_another_organisation_does_not_sign_here(world):
    finding = world.requested()
    end(world, world.leader, Role.RESPONSIBLE_LEADER)
    moved = world.grant(world.leader.person_id, (Role.RESPONSIBLE_LEADER, world.elsewhere))
    with refused(finding, FindingNotFoundError):
        world.do("closure_sign", moved, finding)
    assert not selectors.inspections_visible(moved).exists()


def test_no_closing_is_asked_of_a_leader_whose_post_has_ended(world):
    finding = world.proven()
    end(world, world.leader, Role.RESPONSIBLE_LEADER)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not_met(refusal) == {"separation"}


def test_a_request_whose_leader_and_submitter_are_gone_is_sent_back_by_the_office(world):
    finding = world.requested()
    Person.objects.filter(pk__in=[world.leader.person_id, world.handler.person_id]).update(is_active=False)
    finding = world.do("closure_send_back", world.clerk, finding, reason=REASON)
    assert (finding.stage, finding.round) == (Stage.RECTIFYING, 2)


def test_the_office_does_not_clear_what_the_inspecting_body_holds(world):
    finding = world.do(
        "hold_open", world.inspector, world.proven(), kind=HoldKind.SPOT_CHECK, reference="抽查示例1"
    )
    (hold,) = finding.holds.all()
    for actor in (world.clerk, world.group):
        with refused(finding, ActionDeniedError, "only that body takes it off"):
            world.do("hold_clear", actor, finding, hold_id=hold.pk, reason="已复查。")
    world.do("hold_clear", world.inspector, finding, hold_id=hold.pk, reason="已复查。")
    finding = world.do("hold_open", world.group, finding, kind=HoldKind.OTHER, reference="会议示例1")
    hold = finding.holds.last()
    finding = world.do("hold_clear", world.clerk, finding, hold_id=hold.pk, reason="会议已定。")
    assert all(each.cleared_at for each in finding.holds.all())


def test_whoever_fixed_clears_no_hold_with_a_second_post(world):
    finding = world.do("hold_open", world.group, world.proven(), kind=HoldKind.OTHER, reference="会议示例1")
    both = world.grant(world.handler.person_id, (Role.OFFICE_CLERK, world.bureau))
    with refused(finding, ActionDeniedError, "whoever fixes never judges"):
        world.do("hold_clear", both, finding, hold_id=finding.holds.get().pk, reason="已办结。")


def test_whoever_withdrew_evidence_took_part(world):
    finding = world.file_evidence(world.proven(), title="另一凭证")
    evidence = finding.evidence.last()
    second = world.person("second", "二示例", (Role.HANDLER, world.other_unit))
    world.do("evidence_withdraw", second, finding, evidence_id=evidence.pk, reason="传错了。")
    end(world, second, Role.HANDLER, on=date(2025, 6, 1))
    signer = world.grant(second.person_id, (Role.OFFICE_CLERK, world.bureau))
    finding = world.request(finding)
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, "whoever fixes never judges"):
        world.do("closure_sign", signer, finding)


def test_a_password_set_by_another_is_kept_with_the_signature_for_good(world):
    finding = world.requested()
    reset_at = world.at()
    people = Person.objects.filter(pk=world.leader.person_id)
    people.update(password_reset_at=reset_at)
    finding = world.do("closure_sign", world.leader, finding)
    people.update(password_reset_at=world.at(), password_changed_at=world.at())
    signature = finding.closure_requests.get().signatures.get()
    assert (signature.password_reset_at, signature.password_changed_at) == (reset_at, None)
    (said,) = [
        view.values
        for view in selectors.finding_timeline(world.clerk, finding.pk)
        if view.name == "ledger.closure.signed"
    ]
    assert said["password_reset_at"] == reset_at.isoformat()


@pytest.mark.parametrize(("verb", "most"), [("request", 32), ("sign", 32), ("close", 35)])
def test_closing_asks_the_database_only_so_often(world, verb, most):
    finding = world.proven()
    if verb != "request":
        finding = world.request(finding)
    if verb == "close":
        finding = world.do("closure_sign", world.leader, finding)
    version = finding.version
    with CaptureQueriesContext(connection) as asked:
        if verb == "request":
            services.closure_request(
                actor=world.handler,
                at=world.at(),
                finding_id=finding.pk,
                version=version,
                statement="请予销号。",
            )
        else:
            services.closure_sign(
                actor=world.clerk if verb == "close" else world.leader,
                at=world.at(),
                finding_id=finding.pk,
                version=version,
            )
    assert len(asked) <= most, [query["sql"][:80] for query in asked]
