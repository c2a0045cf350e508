"""Organisations that move or merge stay ones that fixed: nobody confirms own work by way of the tree."""

from __future__ import annotations

import pytest

from ledger.refusals import refused
from ledger.world import DUE
from zhenggai.accounts import services as accounts
from zhenggai.accounts.models import Organisation, Person
from zhenggai.domain.actor import Role
from zhenggai.domain.fixing import Reach
from zhenggai.domain.lifecycle import Nature, Progress
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import ActionDeniedError
from zhenggai.ledger.models import Finding

# the lead unit and the supporting one
BOTH = {"示例股", "财务示例股"}


@pytest.fixture
def desk(world):
    """A desk within the unit that fixes."""
    return world._child(world.unit, "示例组")


def go(world, service, organisation, **to):
    return service(organisation_id=organisation.pk, actor=world.administrator, at=world.at(), **to)


def units(finding):
    """Whose people fixed; those who could have from above stand beside them."""
    given = finding.fixing_units.exclude(reach=Reach.WORKING.value)
    return {each.unit.name for each in given.select_related("unit")}


def verifier_of(world, organisation, name="桌示例"):
    """Somebody who works in the organisation and verifies for the bureau."""
    actor = world.person(f"v{organisation.pk}", name, (Role.VERIFIER, world.bureau))
    Person.objects.filter(pk=actor.person_id).update(organisation=organisation)
    return world.grant(actor.person_id)


def test_a_desk_that_leaves_the_unit_that_fixes_stays_one_that_fixed(world, desk):
    finding = world.proven()
    judge = verifier_of(world, desk)
    criterion = finding.criteria.all()[0]
    with refused(finding, ActionDeniedError, "never the unit that fixed"):
        world.do(
            "criterion_judge", judge, finding, criterion_id=criterion.pk, met=False, note="尚未核实清楚。"
        )
    go(world, accounts.organisation_move, desk, parent_id=world.office.pk)
    finding = Finding.objects.get(pk=finding.pk)
    assert units(finding) == BOTH | {"示例组"}
    assert list(differences(finding.inspection_id)) == []
    judge = world.grant(judge.person_id)
    with refused(finding, ActionDeniedError, "never the unit that fixed"):
        world.do(
            "criterion_judge", judge, finding, criterion_id=criterion.pk, met=False, note="尚未核实清楚。"
        )


def test_who_takes_a_unit_over_is_one_that_fixed_from_then_on_and_goes_on_with_the_work(world):
    finding = world.rectifying()
    heir = world._child(world.bureau, "合并示例科")
    helper = world.person("heir", "接示例", (Role.HANDLER, heir))
    go(world, accounts.organisation_merge, world.unit, into_id=heir.pk)
    finding = Finding.objects.get(pk=finding.pk)
    assert units(finding) == BOTH | {"合并示例科"}
    since = {each.unit.name: each.since for each in finding.fixing_units.select_related("unit")}
    assert since["合并示例科"] > since["示例股"]
    done = world.do(
        "progress_report", helper, finding, progress=Progress.IN_PROGRESS, narrative="并入后继续核对。"
    )
    assert done.lead_unit.name == "示例股"


def test_a_closed_finding_is_left_as_it_is(world, desk):
    finding = world.closed()
    go(world, accounts.organisation_move, desk, parent_id=world.office.pk)
    assert units(finding) == BOTH


def test_a_move_within_the_unit_that_fixes_adds_nothing(world, desk):
    finding = world.rectifying()
    world._child(Organisation.objects.get(pk=world.unit.pk), "示例二组")
    second = Organisation.objects.get(name="示例二组")
    go(world, accounts.organisation_move, desk, parent_id=second.pk)
    go(world, accounts.organisation_move, desk, parent_id=world.unit.pk)
    assert units(finding) == BOTH


def test_the_same_move_twice_keeps_one_row(world, desk):
    finding = world.rectifying()
    for parent in (world.office, world.unit, world.office):
        go(world, accounts.organisation_move, desk, parent_id=parent.pk)
    assert units(finding) == BOTH | {"示例组"}


def refused_to_judge(world, finding, actor):
    criterion = finding.criteria.all()[0]
    with refused(finding, ActionDeniedError, "never the unit that fixed"):
        world.do(
            "criterion_judge", actor, finding, criterion_id=criterion.pk, met=False, note="尚未核实清楚。"
        )


def supported_by(world, helpers):
    """A finding at work, which a unit of elsewhere supports."""
    finding = world.registered()
    world.do("finding_classify", world.clerk, finding, nature=Nature.TIME_BOUND)
    world.do(
        "finding_assign",
        world.clerk,
        finding,
        leader_id=world.leader.person_id,
        unit_id=world.unit.pk,
        due=DUE,
        supporting_unit_ids=[helpers.pk],
    )
    world.do("finding_accept", world.head, finding)
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    return world.do(
        "progress_report", world.handler, finding, progress=Progress.IN_PROGRESS, narrative="核对。"
    )


def test_the_inspected_organisation_moved_below_a_unit_that_fixes_turns_nobody_into_an_outsider(world):
    """What the unit is to the inspected organisation is decided when it is given the work."""
    helpers = world._child(world.city, "协办示例中心")
    desk = world._child(helpers, "示例窗口")
    finding = supported_by(world, helpers)
    judges = [verifier_of(world, helpers, "中示例"), verifier_of(world, desk, "窗示例")]
    for judge in judges:
        refused_to_judge(world, finding, judge)
    go(world, accounts.organisation_move, world.bureau, parent_id=helpers.pk)
    for judge in judges:
        refused_to_judge(world, Finding.objects.get(pk=finding.pk), world.grant(judge.person_id))


def test_a_merger_into_one_above_the_inspected_organisation_turns_nobody_into_an_outsider(world):
    """People of a unit that fixed work in its successor then, where only posts count."""
    area = world._child(world.city, "示例片区")
    go(world, accounts.organisation_move, world.bureau, parent_id=area.pk)
    helpers = world._child(world.city, "协办示例中心")
    finding = supported_by(world, helpers)
    judge = verifier_of(world, helpers, "中示例")
    refused_to_judge(world, finding, judge)
    go(world, accounts.organisation_merge, helpers, into_id=area.pk)
    refused_to_judge(world, Finding.objects.get(pk=finding.pk), world.grant(judge.person_id))


def test_whoever_could_do_the_work_from_above_stays_one_who_could(world):
    division = world._child(world.bureau, "示例处")
    desk = world._child(division, "示例台")
    finding = world.registered()
    world.do("finding_classify", world.clerk, finding, nature=Nature.TIME_BOUND)
    world.person("desk", "台示例", (Role.HANDLER, desk))
    world.do(
        "finding_assign",
        world.clerk,
        finding,
        leader_id=world.leader.person_id,
        unit_id=desk.pk,
        due=DUE,
    )
    above = world.person("above", "处示例", (Role.HANDLER, division), (Role.VERIFIER, world.bureau))
    world.do("finding_accept", above, finding)
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    worker = world.person("desk2", "二示例", (Role.HANDLER, desk))
    finding = world.do("progress_report", worker, finding, progress=Progress.IN_PROGRESS, narrative="核对。")
    refused_to_judge(world, finding, above)
    go(world, accounts.organisation_move, desk, parent_id=world.office.pk)
    refused_to_judge(world, Finding.objects.get(pk=finding.pk), world.grant(above.person_id))
    # a verifier of the same division, who does no unit's work, was free to judge before and is so now
    free = verifier_of(world, division, "核二示例")
    criterion = finding.criteria.get()
    world.do("criterion_judge", free, finding, criterion_id=criterion.pk, met=False, note="尚未核实清楚。")
