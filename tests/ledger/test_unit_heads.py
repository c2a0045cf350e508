"""The head of the unit as a step of the ladder: by a post that two have given, and never for himself."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.refusals import refused
from ledger.test_ladders import sign, waits_for
from ledger.world import AT, TODAY
from zhenggai.accounts.models import Person, Post
from zhenggai.accounts.selectors import actor_of
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Stage
from zhenggai.ledger import selectors
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import ActionDeniedError
from zhenggai.ledger.setting_up import setup_facts
from zhenggai.ledger.signers import signers_possible

LADDER = ["unit_head", "responsible_leader", "office_clerk"]


@pytest.fixture
def asked(world):
    world.inspect_by(ladder=LADDER)
    return world.requested()


def by_one(world, person_id, unit):
    """A head of the unit whose post one administrator alone has given."""
    Post.objects.filter(person_id=person_id, role="unit_head").delete()
    giver = Person.objects.get(username="granter1")
    return Post.objects.create(
        person_id=person_id,
        organisation=unit,
        role="unit_head",
        started_on=date(2025, 1, 1),
        granted_by=giver,
        confirmed_by=giver,
        confirmed_at=AT,
    )


def head_of(world):
    return actor_of(Person.objects.get(pk=world.head.person_id), TODAY)


def test_the_head_of_the_unit_signs_first_and_the_others_after(world, asked):
    assert waits_for(world.head) == [asked.pk]
    with refused(asked, ActionDeniedError, "the step “head of unit”, which is not yours"):
        sign(world, world.leader, asked)
    sign(world, world.head, asked)
    with refused(asked, ActionDeniedError, "nobody signs two"):
        sign(world, world.head, asked)
    sign(world, world.leader, asked)
    assert sign(world, world.clerk, asked).stage == Stage.CLOSED
    assert list(differences()) == []


def test_a_head_whose_post_one_administrator_gave_signs_once_a_second_has_confirmed_it(world, asked):
    post = by_one(world, world.head.person_id, world.unit)
    head = head_of(world)
    assert waits_for(head) == []
    assert signers_possible(selectors.finding_get(head, asked.pk), TODAY) == []
    sentence = (
        "Your post was given by one administrator, and a post that signs is given by two. Once the "
        "security administrator or the head of the leading group has confirmed it, you can sign the "
        "closure request as “head of unit”."
    )
    with refused(asked, ActionDeniedError, sentence):
        sign(world, head, asked)
    with refused(asked, ActionDeniedError, "given by one administrator"):
        world.do("closure_send_back", head, asked, reason="佐证材料与台账不一致，退回。")
    post.confirmed_by = Person.objects.get(username="granter2")
    post.save()
    assert signers_possible(selectors.finding_get(head, asked.pk), TODAY) == [head_of(world)]
    assert sign(world, head_of(world), asked).stage == Stage.CLOSURE_REQUESTED


def test_a_head_whose_post_one_administrator_gave_works_as_before(world):
    by_one(world, world.head.person_id, world.unit)
    assert world.do("finding_accept", head_of(world), world.assigned()).stage == Stage.ACCEPTED


def test_a_head_who_asked_for_the_closing_signs_nothing_of_it(world):
    world.inspect_by(ladder=LADDER)
    finding = world.proven()
    world.do("closure_request", world.head, finding, statement="台账已核对一致，款项已追回。")
    with refused(finding, ActionDeniedError, "whoever submits never approves"):
        sign(world, world.head, finding)


def test_a_head_who_took_part_in_fixing_signs_nothing(world):
    world.inspect_by(ladder=LADDER)
    finding = world.prove(world.file_evidence(world.rectifying(), actor=world.head, title="另一份示例"))
    finding = world.request(finding)
    with refused(finding, ActionDeniedError, "whoever fixes never judges"):
        sign(world, world.head, finding)


def test_the_head_of_another_unit_signs_nothing_here(world, asked):
    other = world.person("other", "旁示例", (Role.UNIT_HEAD, world.other_unit))
    with refused(asked, ActionDeniedError, "None of your posts lets you sign the closure request here"):
        sign(world, other, asked)


def test_the_set_up_names_the_heads_that_can_sign(world):
    inspection = world.inspect_by(ladder=LADDER)

    def named():
        rungs = setup_facts(world.clerk, inspection, TODAY).rungs
        return {rung.label: rung.people for rung in rungs}["head of unit"]

    assert named() == ("长示例",)
    by_one(world, world.head.person_id, world.unit)
    assert named() == ()
