"""What must also be dealt with: each by itself, whatever the others ask for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.test_gates import (
    CASE,
    CLERK,
    MET,
    NOT_APPLICABLE,
    PHOTO,
    RECEIPT,
    SUBMITTER,
    WORKER,
    gate,
    missing,
)
from zhenggai.domain.actions import Action
from zhenggai.domain.case import CaseAnswer, CaseEvidence, Requirement

ASKED = replace(CASE, money_to_recover=Decimal("80000.01"))


@pytest.mark.parametrize("kind", list(Requirement))
def test_what_nobody_has_set_is_asked_for(kind):
    (sentence,) = missing(replace(CASE, required={**CASE.required, kind: None}), kind.value)
    assert "is not set; the office sets it" in sentence


@pytest.mark.parametrize("kind", [Requirement.SIMILAR, Requirement.CAUSE])
def test_money_that_is_not_recovered_yet_stands_in_the_way_of_nothing_else(kind):
    answers = (CaseAnswer(kind, evidence_id=PHOTO.id),)
    assert (
        gate(replace(ASKED, required={**CASE.required, kind: True}, answers=answers), kind.value).state is MET
    )


def test_money_for_which_nothing_is_named_is_asked_for_and_not_called_short():
    assert missing(replace(ASKED, answers=()), "money") == [
        "No evidence of this round shows the money recovered, with its amount."
    ]


def test_half_a_yuan_is_money():
    half = Decimal("0.50")
    paid = replace(CASE, money_to_recover=half, evidence=(replace(RECEIPT, amount=half), PHOTO))
    assert gate(paid, "money").state is MET


@pytest.mark.parametrize("named", [None, Decimal(0), Decimal("-0.01")])
@pytest.mark.parametrize("shown", [Decimal("0.01"), Decimal(80000)])
def test_where_no_amount_is_named_no_sum_recovered_is_enough(named, shown):
    case = replace(CASE, money_to_recover=named, evidence=(replace(RECEIPT, amount=shown), PHOTO))
    assert missing(case, "money") == ["How much money must be recovered is not named; the office names it."]
    assert gate(case, "money").remedy is Action.FINDING_WEIGH


def test_an_amount_not_named_and_money_not_shown_are_told_together():
    assert missing(replace(CASE, money_to_recover=None, answers=()), "money") == [
        "How much money must be recovered is not named; the office names it.",
        "No evidence of this round shows the money recovered, with its amount.",
    ]


@pytest.mark.parametrize("by", [WORKER, SUBMITTER, None])
def test_whoever_fixes_does_not_say_how_little_is_to_be_recovered(by):
    required_by = {} if by is None else {Requirement.MONEY: by}
    case = replace(CASE, money_to_recover=Decimal("0.01"), required_by=required_by)
    (sentence,) = missing(case, "money")
    assert "was named by a person who fixed or submitted" in sentence
    assert gate(case, "money").remedy is Action.FINDING_WEIGH


def test_money_of_no_named_amount_is_waived_by_the_office_with_its_reason():
    waived = CaseAnswer(Requirement.MONEY, waived_by=CLERK, reason="经核实，款项已由法院判决免除。")
    case = replace(CASE, money_to_recover=None, answers=(waived,))
    assert gate(case, "money").state is NOT_APPLICABLE


def test_one_receipt_named_twice_counts_once():
    twice = replace(RECEIPT, id=13, file="a" * 64)
    once = replace(RECEIPT, file="a" * 64)
    answers = tuple(CaseAnswer(Requirement.MONEY, evidence_id=each) for each in (11, 13))
    asked = replace(ASKED, evidence=(once, twice, PHOTO), answers=answers)
    assert "Evidence shows 80,000.00 yuan" in missing(asked, "money")[0]


def test_receipts_of_which_no_file_is_told_count_each():
    half = replace(RECEIPT, amount=Decimal(40000))
    answers = tuple(CaseAnswer(Requirement.MONEY, evidence_id=each) for each in (11, 13))
    evidence = (half, replace(half, id=13), PHOTO)
    paid = replace(CASE, money_to_recover=Decimal(80000), evidence=evidence, answers=answers)
    assert gate(paid, "money").state is MET


def test_the_office_sets_what_does_not_apply():
    assert gate(CASE, "people").note is not None
    assert CASE.required_by[Requirement.PEOPLE] == CLERK


@pytest.mark.parametrize("kind", [Requirement.MONEY, Requirement.CAUSE])
def test_what_is_shown_is_met_by_what_shows_it_whatever_was_waived_besides(kind):
    waived = CaseAnswer(kind, waived_by=CLERK, reason="本问题不涉及此项内容。")
    result = gate(replace(CASE, answers=(waived, *CASE.answers)), kind.value)
    assert (result.state, bool(result.evidence)) == (MET, True)


def people_case(*told: set[str], named: int | None = None):
    """A case that asks for people, with pieces of evidence that tell of these and are named for it."""
    evidence = tuple(CaseEvidence(20 + n, 2, people=frozenset(each)) for n, each in enumerate(told))
    return replace(
        CASE,
        required={**CASE.required, Requirement.PEOPLE: True},
        evidence=evidence,
        answers=tuple(CaseAnswer(Requirement.PEOPLE, evidence_id=each.id) for each in evidence),
        people_to_deal_with=named,
    )


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ([{"李某某"}], None),
        ([{"李某某", "张某某"}], 2),
        ([{"李某某"}, {"张某某"}], 2),
        ([{"李某某", "张某某"}], 1),
    ],
)
def test_people_are_dealt_with_where_evidence_tells_of_as_many_as_the_finding_names(told, named):
    case = people_case(*told, named=named)
    result = gate(case, "people")
    assert (result.state, result.evidence) == (MET, tuple(each.id for each in case.evidence))


@pytest.mark.parametrize("told", [[{"李某某"}], [{"李某某"}, {"李某某"}], [{"李某某"}, set()]])
def test_one_person_told_of_twice_is_one(told):
    assert missing(people_case(*told, named=2), "people") == [
        "Evidence tells of 1 people dealt with of the 2 that the finding names."
    ]


@pytest.mark.parametrize("named", [None, 1])
def test_a_paper_that_tells_of_nobody_deals_with_nobody(named):
    assert missing(people_case(set(), named=named), "people") == [
        "No evidence of this round tells who was dealt with, and how."
    ]


@pytest.mark.parametrize("kind", [Requirement.SIMILAR, Requirement.CAUSE])
def test_people_who_are_not_told_of_yet_stand_in_the_way_of_nothing_else(kind):
    answers = (CaseAnswer(kind, evidence_id=PHOTO.id),)
    assert gate(replace(CASE, people_to_deal_with=2, answers=answers), kind.value).state is MET
