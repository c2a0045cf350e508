"""What evidence says that it proves: people as units write them, no numbers of theirs, what is done."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.test_gates import CASE
from zhenggai.domain.case import CaseEvidence, CaseMeasure, Requirement
from zhenggai.domain.gates import GateState, check_gates
from zhenggai.domain.outcomes import PEOPLE, OutcomeKind
from zhenggai.domain.proving import (
    HANDLING_LABELS,
    PEOPLE_MOST,
    PERSON_MOST,
    DealtWith,
    HandlingError,
    PersonLabelError,
    TooManyPeopleError,
    people_dealt_with,
)


def dealt(person, handling=OutcomeKind.ADMONITION):
    return DealtWith(person, handling)


def test_people_are_taken_as_written_each_with_each_handling_once():
    people = [dealt(" 张某某 "), dealt("张某某"), dealt("张某某", "disciplinary"), dealt("Z. S.")]
    assert people_dealt_with(people) == (
        dealt("张某某"),
        dealt("张某某", OutcomeKind.DISCIPLINARY),
        dealt("Z. S."),
    )
    assert people_dealt_with(()) == ()


@pytest.mark.parametrize("person", ["", " \u200b", "张某某\n李某某", "张" * 31])
def test_what_is_no_name_in_one_line_is_refused(person):
    with pytest.raises(PersonLabelError, match="write a name as the unit writes it"):
        people_dealt_with([dealt(person)])


@pytest.mark.parametrize(
    "person", ["张某某 110101199001011234", "张某某１３８０００００００", "1101 0119 9001", "138-0000-0000"]
)
def test_numbers_of_people_are_refused_and_not_said_again(person):
    with pytest.raises(PersonLabelError, match="by name alone") as refusal:
        people_dealt_with([dealt(person)])
    assert person not in str(refusal.value)


@pytest.mark.parametrize(
    ("handling", "said"),
    [("shot", "“shot”"), (OutcomeKind.MEETINGS, "“meetings held”"), ("money", "in yuan”")],
)
def test_what_is_not_done_with_one_person_is_refused(handling, said):
    with pytest.raises(HandlingError, match=said):
        people_dealt_with([dealt("张某某", handling)])


def test_a_name_of_the_greatest_length_is_taken():
    longest = DealtWith("某" * PERSON_MOST, OutcomeKind.CRITICISM)
    assert people_dealt_with([longest]) == (longest,)


def test_one_piece_names_no_crowd():
    people = [dealt(f"张某{number}") for number in range(PEOPLE_MOST + 1)]
    assert len(people_dealt_with(people[:-1])) == PEOPLE_MOST
    with pytest.raises(TooManyPeopleError, match="at most 50 people, and here are 51"):
        people_dealt_with(people)


def test_every_handling_has_its_word():
    assert set(HANDLING_LABELS) == set(PEOPLE)


def gate(case, code):
    return next(each for each in check_gates(case) if each.code == code)


def test_the_gate_of_measures_names_the_evidence_that_stands():
    measures = (
        CaseMeasure("逐笔核对", done=True, evidence_ids=(12, 99, 12)),
        CaseMeasure("另建台账", done=True),
    )
    met = gate(replace(CASE, measures=measures), "measures")
    assert (met.state, met.evidence) == (GateState.MET, (12,))


def test_an_open_gate_of_money_or_people_says_which_evidence_could_be_named_and_stays_open():
    said = (
        CaseEvidence(21, 2, amount=Decimal(500), title="第一张"),
        CaseEvidence(22, 2, people=frozenset({"李某某"}), title="处理决定"),
        CaseEvidence(
            23, 2, withdrawn=True, amount=Decimal(500), people=frozenset({"李某某"}), title="撤回的"
        ),
        CaseEvidence(24, 1, amount=Decimal(500), title="上一轮的"),
    )
    required = dict.fromkeys(Requirement, True)
    case = replace(CASE, evidence=said, answers=(), required=required)
    money, people, cause = (gate(case, code) for code in ("money", "people", "cause"))
    assert {each.state for each in (money, people, cause)} == {GateState.NOT_MET}
    assert str(money.note) == "Evidence that names an amount and is not named for this yet: 第一张."
    assert str(people.note) == "Evidence that names people and is not named for this yet: 处理决定."
    assert cause.note is None
    assert gate(replace(case, evidence=()), "money").note is None


@pytest.mark.parametrize(("count", "end"), [(5, "决定4."), (6, "决定4, 1 more."), (7, "决定4, 2 more.")])
def test_of_many_pieces_the_first_five_are_named(count, end):
    many = tuple(
        CaseEvidence(30 + n, 2, people=frozenset({"李某某"}), title=f"决定{n}") for n in range(count)
    )
    required = dict.fromkeys(Requirement, True)
    people = gate(replace(CASE, evidence=many, answers=(), required=required), "people")
    assert str(people.note).endswith(f"决定0, 决定1, 决定2, 决定3, {end}")
