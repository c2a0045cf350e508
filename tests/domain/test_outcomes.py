"""Numbers and amounts of outcomes: exact, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenggai.domain.outcomes import OUTCOME_LABELS, PEOPLE, OutcomeKind, OutcomeNumberError, outcome_number


def test_things_are_counted_whole_and_money_to_the_fen():
    assert outcome_number(OutcomeKind.RULES, Decimal("2.0")) == 2
    assert str(outcome_number(OutcomeKind.MONEY, Decimal("12600.5"))) == "12600.50"


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "100001", "NaN", "Infinity"])
def test_what_is_no_whole_number_of_people_is_refused(given):
    with pytest.raises(OutcomeNumberError, match="cannot be counted as “people admonished”"):
        outcome_number(OutcomeKind.ADMONITION, Decimal(given))


@pytest.mark.parametrize("given", ["0", "-0.01", "0.005", "NaN"])
def test_what_is_no_amount_is_refused(given):
    with pytest.raises(OutcomeNumberError, match="cannot be an amount of money"):
        outcome_number(OutcomeKind.MONEY, Decimal(given))


def test_every_kind_has_its_word():
    assert set(OUTCOME_LABELS) == set(OutcomeKind)
    assert set(OutcomeKind) - set(PEOPLE) == {OutcomeKind.RULES, OutcomeKind.MONEY, OutcomeKind.MEETINGS}


def test_one_is_a_number_and_half_a_yuan_is_money():
    assert outcome_number(OutcomeKind.RULES, Decimal(1)) == 1
    assert outcome_number(OutcomeKind.MONEY, Decimal("0.50")) == Decimal("0.50")
