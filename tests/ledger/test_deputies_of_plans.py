"""Plans and amendments are approved by different people: nobody approves one beside his own deputy."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from ledger.laddered import acting
from ledger.refusals import refused
from ledger.test_amending import amend
from retold import retold
from zhenggai.domain.actor import Role
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import ActionDeniedError
from zhenggai.ledger.models import AmendmentSignature, Plan, PlanSignature

LADDER = ["verifier", "leading_group"]


@pytest.fixture
@retold
def submitted(world):
    """A plan of one finding that the verifier and then the leading group approve."""
    world.inspect_by(plan_ladder=LADDER)
    finding = world.assigned()
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk)
    return finding


@pytest.fixture
def pair(world):
    """Who holds both posts, and a deputy for the first of them."""
    both = world.grant(world.verifier.person_id, (Role.LEADING_GROUP, world.bureau))
    deputy = world.person("deputy", "代示例", (Role.AUDITOR, world.bureau))
    return both, acting(world, deputy, both, Role.VERIFIER, world.bureau)


def sign(world, actor):
    return services.plan_sign(actor=actor, at=world.at(), plan_id=Plan.objects.get().pk)


def test_nobody_approves_a_plan_beside_somebody_who_acted_for_him(world, submitted, pair):
    both, deputy = pair
    sign(world, deputy)
    signature = PlanSignature.objects.get()
    assert (signature.by_id, signature.acting_for_id) == (deputy.person_id, both.person_id)
    assert list(differences()) == []
    with refused(submitted, ActionDeniedError, "Somebody acting for you has signed"):
        sign(world, both)
    with pytest.raises(DatabaseError, match="Nobody approves twice"), transaction.atomic():
        PlanSignature.objects.create(
            plan=signature.plan, step="leading_group", by_id=both.person_id, at=world.at()
        )
    assert sign(world, world.group).state == "approved"
    assert list(differences()) == []


def test_nobody_approves_a_plan_for_somebody_who_has_approved_it(world, submitted, pair):
    both, deputy = pair
    acting(world, deputy, both, Role.LEADING_GROUP, world.bureau)
    sign(world, both)
    with refused(submitted, ActionDeniedError, "whoever acts can do no more"):
        sign(world, deputy)


def test_nobody_approves_an_amendment_beside_somebody_who_acted_for_him(world, submitted, pair):
    both, deputy = pair
    sign(world, world.verifier)
    sign(world, world.group)
    finding = amend(world, submitted, criteria=["账实相符。"])
    world.do("amendment_sign", deputy, finding)
    signature = AmendmentSignature.objects.get()
    assert signature.acting_for_id == both.person_id
    assert list(differences()) == []
    with refused(finding, ActionDeniedError, "Somebody acting for you has signed"):
        world.do("amendment_sign", both, finding)
    with pytest.raises(DatabaseError, match="Nobody approves twice"), transaction.atomic():
        AmendmentSignature.objects.create(
            amendment=signature.amendment, step="leading_group", by_id=both.person_id, at=world.at()
        )
    world.do("amendment_sign", world.group, finding)
    assert list(differences()) == []
