"""What must also be dealt with: each by itself, whatever the others ask for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.test_gates import CASE, CLERK, MET, PHOTO, RECEIPT, gate, missing
from zhenggai.domain.case import CaseAnswer, Requirement

ASKED = replace(CASE, money_to_recover=Decimal("80000.01"))


@pytest.mark.parametrize("kind", list(Requirement))
def test_what_nobody_has_set_is_asked_for(kind):
    (sentence,) = missing(replace(CASE, required={**CASE.required, kind: None}), kind.value)
    assert "is not set; the office sets it" in sentence


@pytest.mark.parametrize("kind", [Requirement.PEOPLE, Requirement.SIMILAR, Requirement.CAUSE])
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
    paid = replace(CASE, evidence=(replace(RECEIPT, amount=Decimal("0.50")), PHOTO))
    assert gate(paid, "money").state is MET


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
