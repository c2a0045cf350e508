"""The gates before a closing: each met, not applicable and not met, and what is missing in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from zhenggai.domain.actions import Action
from zhenggai.domain.case import (
    HOLD_LABELS,
    REQUIREMENT_LABELS,
    CaseAnswer,
    CaseCriterion,
    CaseEvidence,
    CaseHold,
    CaseMeasure,
    CaseSituation,
    ClosureCase,
    HoldKind,
    Requirement,
    ShortStep,
)
from zhenggai.domain.extending import DeadlineFacts, DeadlineKind
from zhenggai.domain.gates import (
    GATE_STATE_LABELS,
    GATES,
    ClosureRefusedError,
    GateState,
    check_gates,
    is_open,
)
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.messages import Message
from zhenggai.domain.planning import Planning, PlanState

ON = date(2026, 3, 2)
SUBMITTER, WORKER, VERIFIER, LEADER, CLERK = 1, 2, 3, 4, 5
MET, NOT_MET, NOT_APPLICABLE = GateState.MET, GateState.NOT_MET, GateState.NOT_APPLICABLE
RECEIPT = CaseEvidence(11, 2, effect=True, effect_by=VERIFIER, amount=Decimal("80000.00"))
PHOTO = CaseEvidence(12, 2)
CASE = ClosureCase(
    on=ON,
    round=2,
    nature=Nature.TIME_BOUND,
    submitter_id=SUBMITTER,
    leader_id=LEADER,
    worker_ids=frozenset({SUBMITTER, WORKER}),
    measures=(CaseMeasure("逐笔核对", done=True),),
    criteria=(CaseCriterion("台账一致", met=True, judged_by=VERIFIER, evidence_ids=(11, 12)),),
    evidence=(RECEIPT, PHOTO),
    required={
        Requirement.MONEY: True,
        Requirement.PEOPLE: False,
        Requirement.SIMILAR: True,
        Requirement.CAUSE: True,
    },
    required_by={Requirement.PEOPLE: CLERK, Requirement.MONEY: CLERK},
    money_to_recover=Decimal("80000.00"),
    answers=(
        CaseAnswer(Requirement.MONEY, evidence_id=11),
        CaseAnswer(Requirement.SIMILAR, waived_by=CLERK, reason="全局只有这一处，无同类可查。"),
        CaseAnswer(Requirement.CAUSE, evidence_id=12),
    ),
    situations=(CaseSituation("缺凭证", answered=True),),
)
EMPTY = ClosureCase(on=ON, round=1)
LONG = replace(CASE, nature=Nature.LONG_TERM, stage_goal="每季核对一次", recheck_on=date(2026, 9, 1))


def gate(case, code):
    (result,) = [each for each in check_gates(case) if each.code == code]
    return result


def missing(case, code):
    result = gate(case, code)
    assert (result.state is NOT_MET) is bool(result.missing)
    assert (result.remedy is not None) is (result.state is NOT_MET)
    return [str(sentence) for sentence in result.missing]


def criterion(**values):
    return replace(CASE, criteria=(replace(CASE.criteria[0], **values),))


def test_the_gates_are_these_in_this_order():
    assert [result.code for result in check_gates(EMPTY)] == [
        "separation",
        "plan",
        "measures",
        "criteria",
        "effect",
        "money",
        "people",
        "similar",
        "cause",
        "situations",
        "holds",
        "stage_goal",
    ]
    assert len(GATES) == 12


def test_a_finished_case_is_open():
    states = {result.code: result.state for result in check_gates(CASE)}
    assert states == {
        "separation": MET,
        "plan": NOT_APPLICABLE,
        "measures": MET,
        "criteria": MET,
        "effect": MET,
        "money": MET,
        "people": NOT_APPLICABLE,
        "similar": NOT_APPLICABLE,
        "cause": MET,
        "situations": MET,
        "holds": MET,
        "stage_goal": NOT_APPLICABLE,
    }
    assert is_open(check_gates(CASE))


def test_an_untouched_case_fails_every_gate_at_once_and_says_why():
    refusal = ClosureRefusedError(check_gates(EMPTY))
    assert not is_open(refusal.gates)
    failed = {result.code for result in refusal.gates if result.state is NOT_MET}
    assert failed == {
        "separation",
        "measures",
        "criteria",
        "effect",
        "money",
        "people",
        "similar",
        "cause",
        "stage_goal",
    }
    assert "Conditions not met: 9 of 12" in str(refusal)
    assert "Every measure is done" in str(refusal)
    assert refusal.code == "closure_refused"


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("separation", Action.FINDING_ASSIGN),
        ("measures", Action.MEASURE_ADD),
        ("criteria", Action.CRITERION_ADD),
        ("effect", Action.EVIDENCE_ADD),
        ("money", Action.FINDING_CLASSIFY),
        ("people", Action.FINDING_CLASSIFY),
        ("similar", Action.REQUIREMENT_ANSWER),
        ("cause", Action.FINDING_CLASSIFY),
        ("stage_goal", Action.FINDING_CLASSIFY),
    ],
)
def test_each_gate_of_an_untouched_case_names_what_helps(code, remedy):
    assert gate(EMPTY, code).remedy is remedy
    assert len(missing(EMPTY, code)) == 1


@pytest.mark.parametrize("leader", [SUBMITTER, WORKER])
def test_a_leader_who_fixed_or_submits_could_not_sign(leader):
    (sentence,) = missing(replace(CASE, leader_id=leader), "separation")
    assert "took part in fixing or submitting" in sentence


@pytest.mark.parametrize("signer", [SUBMITTER, WORKER])
def test_a_signature_of_whoever_fixed_or_submitted_blocks(signer):
    (sentence,) = missing(replace(CASE, signer_ids=(LEADER, signer)), "separation")
    assert "A signature is from a person who fixed or submitted" in sentence


def test_a_leader_whose_post_has_ended_could_not_sign_but_has_signed():
    ended = replace(CASE, leader_may_sign=False)
    (sentence,) = missing(ended, "separation")
    assert "no longer holds that post" in sentence
    assert missing(replace(ended, signer_ids=(LEADER,)), "separation") == []


def test_a_confirming_signature_from_a_unit_that_fixed_blocks():
    inside = replace(CASE, insider_ids=frozenset({LEADER, CLERK}), signer_ids=(LEADER, CLERK))
    assert missing(replace(inside, confirmer_ids=()), "separation") == []
    (sentence,) = missing(replace(inside, confirmer_ids=(CLERK,)), "separation")
    assert "from a person of a unit that fixed" in sentence


def test_judgements_from_a_unit_that_fixed_count_for_nothing():
    inside = replace(CASE, insider_ids=frozenset({VERIFIER, CLERK}))
    failed = {result.code for result in check_gates(inside) if result.state is NOT_MET}
    assert failed == {"criteria", "effect", "money", "people", "similar"}
    assert "of a unit that fixed" in missing(inside, "criteria")[0]


def test_two_signatures_of_one_person_block():
    assert missing(replace(CASE, signer_ids=(LEADER, LEADER)), "separation") == [
        "One person has signed two steps; send the request back."
    ]
    assert missing(replace(CASE, signer_ids=(LEADER, CLERK)), "separation") == []


def test_every_open_measure_is_named():
    case = replace(
        CASE,
        measures=(*CASE.measures, CaseMeasure("追回款项", done=False), CaseMeasure("定制度", done=False)),
    )
    assert missing(case, "measures") == [
        "Measure “追回款项” is not done yet.",
        "Measure “定制度” is not done yet.",
    ]
    assert gate(case, "measures").remedy is Action.MEASURE_COMPLETE


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"met": None, "judged_by": None, "evidence_ids": ()}, "is not judged in this round"),
        ({"met": False}, "is judged not met"),
        ({"judged_by": SUBMITTER}, "was judged by a person who fixed or submitted"),
        ({"judged_by": WORKER}, "was judged by a person who fixed or submitted"),
        ({"judged_by": None}, "was judged by a person who fixed or submitted"),
        ({"evidence_ids": ()}, "evidence that does not stand"),
        ({"evidence_ids": (11, 99)}, "evidence that does not stand"),
    ],
)
def test_a_criterion_counts_only_as_judged_by_another_on_evidence_that_stands(values, words):
    (sentence,) = missing(criterion(**values), "criteria")
    assert "台账一致" in sentence
    assert words in sentence
    assert gate(criterion(**values), "criteria").remedy is Action.CRITERION_JUDGE


@pytest.mark.parametrize("change", [{"withdrawn": True}, {"round": 1}])
def test_evidence_that_is_withdrawn_or_of_an_earlier_round_meets_no_gate(change):
    case = replace(CASE, evidence=(replace(RECEIPT, **change), PHOTO))
    assert {code for code in ("criteria", "effect", "money") if missing(case, code)} == {
        "criteria",
        "effect",
        "money",
    }


@pytest.mark.parametrize(
    "change", [{"effect": False}, {"effect": None}, {"effect_by": WORKER}, {"effect_by": SUBMITTER}]
)
def test_effect_is_what_another_person_judged(change):
    case = replace(CASE, evidence=(replace(RECEIPT, **change), PHOTO))
    (sentence,) = missing(case, "effect")
    assert "judged to show an effect" in sentence
    assert gate(case, "effect").remedy is Action.EVIDENCE_JUDGE


def test_met_gates_name_their_evidence():
    assert gate(CASE, "criteria").evidence == (11, 12)
    assert gate(CASE, "effect").evidence == (11,)
    assert gate(CASE, "money").evidence == (11,)
    assert gate(CASE, "cause").evidence == (12,)


@pytest.mark.parametrize("amount", [None, Decimal(0)])
def test_recovered_money_names_its_amount(amount):
    case = replace(CASE, evidence=(replace(RECEIPT, amount=amount), PHOTO))
    assert missing(case, "money") == ["No evidence of this round shows the money recovered, with its amount."]


@pytest.mark.parametrize("kind", [Requirement.MONEY, Requirement.PEOPLE, Requirement.CAUSE])
def test_a_requirement_that_is_not_set_is_not_met(kind):
    case = replace(CASE, required={**CASE.required, kind: None})
    (sentence,) = missing(case, kind.value)
    assert "is not set; the office sets it" in sentence


@pytest.mark.parametrize("kind", list(Requirement))
def test_a_requirement_that_applies_needs_an_answer_of_its_own(kind):
    others = tuple(answer for answer in CASE.answers if answer.requirement is not kind)
    case = replace(CASE, required={**CASE.required, kind: True}, answers=others)
    (sentence,) = missing(case, kind.value)
    assert "No evidence of this round" in sentence


@pytest.mark.parametrize("kind", list(Requirement))
@pytest.mark.parametrize(
    ("person", "state"), [(CLERK, NOT_APPLICABLE), (WORKER, NOT_MET), (SUBMITTER, NOT_MET)]
)
def test_not_applicable_is_signed_with_a_reason_by_someone_who_did_not_fix(kind, person, state):
    answer = CaseAnswer(kind, waived_by=person, reason="本问题不涉及此项内容。")
    case = replace(CASE, required={**CASE.required, kind: True}, answers=(answer,))
    result = gate(case, kind.value)
    assert result.state is state
    if state is NOT_APPLICABLE:
        assert "本问题不涉及此项内容。" in str(result.note)


@pytest.mark.parametrize("kind", [Requirement.MONEY, Requirement.PEOPLE, Requirement.CAUSE])
@pytest.mark.parametrize("person", [WORKER, SUBMITTER, None])
def test_whoever_fixes_does_not_say_that_a_requirement_does_not_apply(kind, person):
    by = {} if person is None else {kind: person}
    case = replace(CASE, required={**CASE.required, kind: False}, required_by=by)
    (sentence,) = missing(case, kind.value)
    assert "set by a person who fixed or submitted" in sentence
    assert gate(case, kind.value).remedy is Action.FINDING_CLASSIFY


def test_an_unanswered_situation_and_an_open_hold_are_named():
    case = replace(
        CASE,
        situations=(*CASE.situations, CaseSituation("新发现一笔", answered=False)),
        open_holds=(CaseHold(HoldKind.SUPERVISION_LETTER, "示督〔2026〕3号"),),
    )
    assert missing(case, "situations") == ["The new situation “新发现一笔” is not answered yet."]
    assert missing(case, "holds") == ["The hold “supervision letter 示督〔2026〕3号” is still open."]


def test_long_term_work_with_goal_and_recheck_passes():
    assert gate(LONG, "stage_goal").state is MET


@pytest.mark.parametrize(
    ("change", "count", "words"),
    [
        ({"stage_goal": ""}, 1, "goal of this stage"),
        ({"stage_goal": "  "}, 1, "goal of this stage"),
        ({"recheck_on": None}, 1, "date of the next re-check"),
        ({"recheck_on": ON}, 1, "not in the future"),
        ({"recheck_on": date(2020, 1, 1)}, 1, "not in the future"),
        ({"recheck_on": None, "stage_goal": ""}, 2, "goal of this stage"),
    ],
)
def test_long_term_work_names_its_stage_goal_and_a_recheck_to_come(change, count, words):
    sentences = missing(replace(LONG, **change), "stage_goal")
    assert len(sentences) == count
    assert words in sentences[0]


def test_a_finding_without_a_nature_is_not_closed():
    (sentence,) = missing(replace(CASE, nature=None), "stage_goal")
    assert "nature" in sentence


def test_every_value_has_its_label():
    assert set(GATE_STATE_LABELS) == set(GateState)
    assert set(HOLD_LABELS) == set(HoldKind)
    assert set(REQUIREMENT_LABELS) == set(Requirement)


def test_the_plan_is_approved_and_not_being_amended():
    required = replace(CASE, planning=Planning(required=True))
    assert missing(required, "plan") == [
        "No approved plan has this finding; the office submits one, and the approvers sign it."
    ]
    assert gate(required, "plan").remedy is Action.PLAN_SUBMIT
    sent_back = replace(CASE, planning=Planning(required=True, state=PlanState.SENT_BACK))
    assert gate(sent_back, "plan").remedy is Action.PLAN_SUBMIT
    withdrawn = replace(CASE, planning=Planning(state=PlanState.WITHDRAWN))
    assert gate(withdrawn, "plan").state is NOT_APPLICABLE
    for required in (True, False):
        waiting = replace(CASE, planning=Planning(required=required, state=PlanState.SUBMITTED))
        assert missing(waiting, "plan") == ["The plan with this finding waits for approval."]
        approved = Planning(required=required, state=PlanState.APPROVED)
        assert gate(replace(CASE, planning=approved), "plan").state is MET
        amended = replace(CASE, planning=replace(approved, is_amended=True))
        assert "it is approved or withdrawn first" in missing(amended, "plan")[0]
        assert gate(amended, "plan").remedy is Action.AMENDMENT_SIGN


def test_as_much_money_is_shown_as_the_finding_names():
    short = replace(CASE, money_to_recover=Decimal("80000.01"))
    assert missing(short, "money") == [
        "Evidence shows 80,000.00 yuan recovered of the 80,000.01 that the finding names."
    ]
    waived = CaseAnswer(Requirement.MONEY, waived_by=CLERK, reason="其余已由法院判决免除，附判决书。")
    assert gate(replace(short, answers=(*CASE.answers, waived)), "money").state is NOT_APPLICABLE
    unnamed = replace(short, answers=(waived,))
    assert gate(unnamed, "money").state is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("deadline", "holds", "sentences", "remedy"),
    [
        (
            DeadlineFacts(pending=DeadlineKind.EXTENSION),
            (),
            ("The request for “extension” is not decided yet",),
            Action.DEADLINE_SIGN,
        ),
        (
            DeadlineFacts(pending=DeadlineKind.LONG_TERM, is_suspended=True),
            (),
            ("The request for “long-term rectification”", "The work is suspended"),
            Action.DEADLINE_SIGN,
        ),
        (DeadlineFacts(is_suspended=True), (), ("The work is suspended",), Action.SUSPENSION_END),
        (
            DeadlineFacts(pending=DeadlineKind.EXTENSION),
            (CaseHold(HoldKind.OTHER, "示1"),),
            ("The hold", "The request for"),
            Action.HOLD_CLEAR,
        ),
    ],
)
def test_what_is_asked_about_the_deadline_and_a_suspension_hold_a_finding_open(
    deadline, holds, sentences, remedy
):
    case = replace(CASE, deadline=deadline, open_holds=holds)
    (gate,) = [result for result in check_gates(case) if result.state is NOT_MET]
    assert (gate.code, gate.remedy, len(gate.missing)) == ("holds", remedy, len(sentences))
    for said, begins in zip(gate.missing, sentences, strict=True):
        assert str(said).startswith(begins)


def test_a_step_with_too_few_people_to_sign_is_not_met():
    short = ShortStep(Message("leading group"), 3, 2)
    (gate, *_) = check_gates(replace(CASE, short=(short,)))
    assert gate.state is NOT_MET
    assert str(gate.missing[0]).startswith("“leading group” takes 3 people who can sign, and there are 2.")


def test_a_judgement_that_carries_over_waits_for_its_evidence():
    (criterion,) = CASE.criteria
    carried = replace(criterion, is_carried=True)
    gates = {gate.code: gate for gate in check_gates(replace(CASE, criteria=(carried,)))}
    assert gates["criteria"].state is MET
    old = replace(carried, evidence_ids=(3,))
    gates = {gate.code: gate for gate in check_gates(replace(CASE, criteria=(old,)))}
    assert "keeps its judgement of an earlier round once" in str(gates["criteria"].missing[0])


def test_a_request_by_somebody_else_does_not_stand_in_for_a_leader():
    nobody = replace(CASE, leader_id=None, leader_may_sign=True)
    assert missing(nobody, "separation") == [
        "No responsible leader is named who could sign; the office assigns one."
    ]


def test_a_re_check_that_is_past_is_named_by_its_day():
    (said,) = missing(replace(LONG, recheck_on=ON), "stage_goal")
    assert said.startswith("The next re-check on 2026-03-02 is not in the future")
