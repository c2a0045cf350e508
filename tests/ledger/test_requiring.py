"""How much money is to be recovered is asked of whoever says that it must be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ledger.refusals import refused
from trail.unguarded import unguarded
from zhenggai.domain.actor import Role
from zhenggai.domain.case import Requirement
from zhenggai.domain.lifecycle import Nature, Progress
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.proving import DealtWith, Described
from zhenggai.ledger.errors import (
    ActionDeniedError,
    AmountUnnamedError,
    ClosureRefusedError,
    InvalidFieldError,
)
from zhenggai.ledger.models import Finding
from zhenggai.ledger.selectors import finding_timeline

pytestmark = pytest.mark.django_db


def classify(world, finding, **values):
    return world.do("finding_classify", world.clerk, finding, **values)


def money_gate(refusal):
    return next(gate for gate in refusal.value.gates if gate.code == "money")


def without_amount(world):
    """As a finding stands that was registered before amounts were asked for: all shown, no amount named."""
    finding = world.proven()
    with unguarded():
        Finding.objects.filter(pk=finding.pk).update(money_to_recover=None)
    return finding


def test_whoever_says_that_money_must_be_recovered_is_asked_how_much(world):
    finding = world.registered()
    with refused(finding, AmountUnnamedError, "Name the amount in yuan, or confirm that it is still being"):
        classify(world, finding, nature=Nature.TIME_BOUND, money_required=True)
    finding = classify(world, finding, money_required=True, money_to_recover=Decimal("1200.50"))
    assert (finding.money_required, finding.money_to_recover) == (True, Decimal("1200.50"))
    assert finding.requirements_set_by == {"money": world.clerk.person_id}
    last = finding_timeline(world.clerk, finding.pk)[-1]
    assert last.values["money_to_recover"] == "1200.50"
    # it is known from then on: who says the same again, or sets the nature, is not asked once more
    classify(world, finding, money_required=True, nature=Nature.TIME_BOUND)


def test_an_amount_alone_says_that_money_must_be_recovered(world):
    finding = classify(world, world.registered(), money_to_recover=Decimal(300))
    assert finding.money_required is True


def test_an_amount_still_being_found_out_is_confirmed_and_the_trail_says_so(world):
    finding = classify(world, world.registered(), money_required=True, amount_follows=True)
    assert (finding.money_required, finding.money_to_recover) == (True, None)
    assert finding_timeline(world.clerk, finding.pk)[-1].values["amount_follows"] is True
    # and asked again of whoever says again that money must be recovered
    with refused(finding, AmountUnnamedError):
        classify(world, finding, money_required=True)
    classify(world, finding, people_required=False)


@pytest.mark.parametrize("amount", ["0", "-1"])
@pytest.mark.parametrize("verb", ["finding_classify", "finding_weigh"])
def test_no_amount_is_nothing_or_less(world, verb, amount):
    finding = world.registered()
    with refused(finding, InvalidFieldError, "what a finding names is more than 0"):
        world.do(verb, world.clerk, finding, money_to_recover=Decimal(amount))


def test_an_amount_of_money_that_need_not_be_recovered_is_no_answer(world):
    finding = world.registered()
    with refused(finding, InvalidFieldError, "Say one of the two"):
        classify(world, finding, money_required=False, money_to_recover=Decimal(300))


def test_no_sum_recovered_closes_a_finding_whose_amount_nobody_named(world):
    finding = without_amount(world)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert [str(each) for each in money_gate(refusal).missing] == [
        "How much money must be recovered is not named; the office names it."
    ]
    finding = world.do("finding_weigh", world.clerk, finding, money_to_recover=Decimal(80000))
    assert world.request(finding).stage == "closure_requested"


def test_a_request_made_before_the_amount_was_asked_for_is_not_signed_through(world):
    finding = world.requested()
    with unguarded():
        Finding.objects.filter(pk=finding.pk).update(money_to_recover=None)
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_sign", world.leader, finding)
    assert money_gate(refusal).missing


def test_who_named_a_small_amount_and_takes_part_later_is_not_believed(world):
    finding = without_amount(world)
    finding = world.do("finding_weigh", world.clerk, finding, money_to_recover=Decimal("0.01"))
    assert finding.requirements_set_by["money"] == world.clerk.person_id
    both = world.grant(world.clerk.person_id, (Role.HANDLER, world.other_unit))
    finding = world.do("progress_report", both, finding, progress=Progress.DONE, narrative="协助完成。")
    with refused(finding, ActionDeniedError):
        world.do("finding_weigh", both, finding, money_to_recover=Decimal("0.02"))
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert "was named by a person who fixed or submitted" in str(money_gate(refusal).missing[0])


def test_saying_again_that_money_must_be_recovered_does_not_vouch_for_the_amount_of_another(world):
    finding = world.assigned()
    Finding.objects.filter(pk=finding.pk).update(requirements_set_by={Requirement.MONEY.value: 4711})
    finding = classify(world, finding, money_required=True)
    assert finding.requirements_set_by["money"] == 4711
    finding = classify(world, finding, money_required=True, money_to_recover=Decimal(80000))
    assert finding.requirements_set_by["money"] == world.clerk.person_id


def told_of(world, finding, *people):
    """Evidence that tells of these people, filed and named for what must be dealt with; its id."""
    described = Described(people=tuple(DealtWith(each, OutcomeKind.ADMONITION) for each in people))
    finding = world.file_evidence(finding, file="、".join(people).encode(), described=described)
    return max(each.pk for each in finding.evidence.all())


def test_a_paper_that_tells_of_nobody_is_not_named_for_people(world):
    finding = world.do("finding_classify", world.clerk, world.proven(), people_required=True)
    receipt = finding.evidence.get().pk
    with refused(finding, InvalidFieldError, "tells of nobody who was dealt with"):
        world.do(
            "requirement_answer",
            world.handler,
            finding,
            requirement=Requirement.PEOPLE,
            evidence_id=receipt,
        )


def test_a_finding_closes_once_evidence_tells_of_as_many_people_as_it_names(world):
    finding = world.do(
        "finding_weigh",
        world.clerk,
        world.proven(),
        money_to_recover=Decimal(80000),
        people_to_deal_with=2,
    )
    values = {"requirement": Requirement.PEOPLE}
    first = told_of(world, finding, "李某某")
    finding = world.do("requirement_answer", world.handler, finding, evidence_id=first, **values)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    people = next(gate for gate in refusal.value.gates if gate.code == "people")
    assert [str(each) for each in people.missing] == [
        "Evidence tells of 1 people dealt with of the 2 that the finding names."
    ]
    second = told_of(world, finding, "李某某", "张某某")
    finding = world.do("requirement_answer", world.handler, finding, evidence_id=second, **values)
    assert world.request(finding).stage == "closure_requested"
