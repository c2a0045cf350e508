"""Organisations that move or merge stay ones that fixed: nobody confirms own work by way of the tree."""

from __future__ import annotations

import pytest

from ledger.refusals import refused
from zhenggai.accounts import services as accounts
from zhenggai.accounts.models import Organisation, Person
from zhenggai.domain.actor import Role
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
    return {each.unit.name for each in finding.fixing_units.select_related("unit")}


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
    done = world.do("progress_report", helper, finding, progress="in_progress", narrative="并入后继续核对。")
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
