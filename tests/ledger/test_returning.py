"""Sending back with the criteria that failed: those are judged again, the others keep their judge."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ledger.refusals import refused
from ledger.test_closing import not_met
from ledger.world import DUE, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.case import Requirement
from zhenggai.domain.lifecycle import Progress, Stage
from zhenggai.domain.returning import RedoDayError, ReturnGround, ReturnUnfoundedError
from zhenggai.inbox.models import Notice
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    ClosureRefusedError,
    PieceNotFoundError,
    StandsOtherwiseError,
)
from zhenggai.ledger.models import CarriedJudgement, Closure, Finding, ReturnRecord, Signature
from zhenggai.ledger.selectors import finding_get
from zhenggai.ledger.waiting import redo_days

REASON = "现场仍有两处台账未核对，请补充。"
REDO_BY = date(2026, 3, 20)


def two_criteria(world):
    """Requested, with two criteria that the verifier judged met."""
    finding = world.rectifying()
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    world.do("criterion_add", world.clerk, finding, text="核对记录齐全。")
    finding = world.request(world.prove(finding))
    return finding, list(finding.criteria.all())


def send_back(world, finding, *, actor=None, **values):
    wanted = {"reason": REASON, "ground": ReturnGround.CRITERIA, **values}
    return world.do("closure_send_back", actor or world.leader, finding, **wanted)


def carry_over(world, finding):
    old = finding.evidence.get(round=finding.round - 1)
    return world.do("evidence_carry_over", world.handler, finding, evidence_id=old.pk)


def prove_the_rest(world, finding):
    """What begins anew in every round: effect and requirements, on the evidence carried over."""
    evidence = finding.evidence.get(round=finding.round)
    world.do(
        "evidence_judge", world.verifier, finding, evidence_id=evidence.pk, effect=True, note="款已到账。"
    )
    for requirement in (Requirement.MONEY, Requirement.CAUSE):
        world.do(
            "requirement_answer", world.handler, finding, requirement=requirement, evidence_id=evidence.pk
        )
    return world.do(
        "requirement_waive",
        world.clerk,
        finding,
        requirement=Requirement.SIMILAR,
        reason="全局只有这一处示例台账，无同类可查。",
    )


def judge(world, finding, criterion, *, met=True, actor=None):
    evidence = finding.evidence.get(round=finding.round)
    return world.do(
        "criterion_judge",
        actor or world.verifier,
        finding,
        criterion_id=criterion.pk,
        met=met,
        note="再次现场核对。",
        evidence_ids=[evidence.pk],
    )


def test_the_criteria_named_are_judged_again_and_the_others_keep_their_judge(world):
    finding, (first, second) = two_criteria(world)
    finding = send_back(world, finding, criterion_ids=[second.pk], redo_by=REDO_BY)
    assert (finding.stage, finding.round, finding.due) == (Stage.RECTIFYING, 2, DUE)
    returned = ReturnRecord.objects.get()
    assert (returned.ground, returned.criteria, returned.redo_by) == ("criteria", [second.pk], REDO_BY)
    (carried,) = CarriedJudgement.objects.all()
    assert (carried.round, carried.judgement.criterion, carried.judgement.by_id) == (
        2,
        first,
        world.verifier.person_id,
    )
    finding = prove_the_rest(world, carry_over(world, finding))
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not_met(refusal) == {"criteria"}
    (gate,) = [each for each in refusal.value.gates if each.code == "criteria"]
    assert [str(each) for each in gate.missing] == ["Criterion “核对记录齐全。” is not judged in this round."]
    finding = judge(world, finding, second)
    world.request(finding)
    world.do("closure_sign", world.leader, finding)
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.CLOSED
    assert list(differences()) == []


def test_a_judgement_that_carries_over_counts_once_its_evidence_does(world):
    finding, (first, _) = two_criteria(world)
    finding = send_back(world, finding, ground=ReturnGround.PROCEDURE)
    assert CarriedJudgement.objects.count() == 2
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    (gate,) = [each for each in refusal.value.gates if each.code == "criteria"]
    assert len(gate.missing) == 2
    assert "keeps its judgement of an earlier round once the evidence" in str(gate.missing[0])
    finding = prove_the_rest(world, carry_over(world, finding))
    finding = world.request(finding)
    assert finding.stage == Stage.CLOSURE_REQUESTED
    finding = judge(world, finding, first, met=False)
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_sign", world.leader, finding)
    assert not_met(refusal) == {"criteria"}


def test_a_judgement_carries_over_from_round_to_round_with_its_first_judge(world):
    finding, (first, second) = two_criteria(world)
    finding = send_back(world, finding, criterion_ids=[second.pk])
    finding = judge(world, prove_the_rest(world, carry_over(world, finding)), second)
    finding = send_back(world, world.request(finding), criterion_ids=[second.pk])
    finding = judge(world, prove_the_rest(world, carry_over(world, finding)), second)
    assert [each.judgement.criterion_id for each in CarriedJudgement.objects.all()] == [first.pk, first.pk]
    finding = world.request(finding)
    world.do("closure_sign", world.leader, finding)
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.CLOSED
    assert list(differences()) == []


def test_what_was_judged_not_met_is_judged_again_without_being_named(world):
    finding, (first, second) = two_criteria(world)
    finding = judge(world, finding, first, met=False)
    finding = send_back(world, finding, criterion_ids=[second.pk])
    assert ReturnRecord.objects.get().criteria == [first.pk, second.pk]
    assert not CarriedJudgement.objects.exists()


def test_a_judge_who_takes_part_later_carries_nothing_over(world):
    finding, _ = two_criteria(world)
    finding = send_back(world, finding, ground=ReturnGround.OTHER)
    verifier = world.grant(world.verifier.person_id, (Role.HANDLER, world.other_unit))
    finding = world.do("progress_report", verifier, finding, progress=Progress.DONE, narrative="协助完成。")
    finding = carry_over(world, finding)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert "criteria" in not_met(refusal)


def test_the_inspecting_body_s_judgement_that_carries_over_stays_its_own(world):
    finding, (first, second) = two_criteria(world)
    finding = judge(world, finding, first, actor=world.inspector)
    finding = send_back(world, finding, criterion_ids=[second.pk])
    finding = carry_over(world, finding)
    with refused(finding, ActionDeniedError, "only that body judges it again"):
        judge(world, finding, first)
    assert judge(world, finding, second).round == 2


def test_a_return_over_criteria_names_one(world):
    finding, _ = two_criteria(world)
    with refused(finding, ReturnUnfoundedError, "names none"):
        send_back(world, finding)
    assert not ReturnRecord.objects.exists()


def test_a_return_names_criteria_of_the_finding_that_stand(world):
    finding = world.do("criterion_add", world.clerk, world.registered(), text="重复的标准。")
    dropped = finding.criteria.get()
    world.do(
        "criterion_drop", world.clerk, finding, criterion_id=dropped.pk, reason="与另一条重复，予以合并。"
    )
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    finding = world.do("finding_accept", world.head, world.assigned(finding))
    finding = world.file_evidence(finding)
    for measure in finding.measures.all():
        world.do("measure_complete", world.handler, finding, measure_id=measure.pk, result="已逐笔核对。")
    judge(world, finding, finding.criteria.last())
    finding = world.request(prove_the_rest(world, finding))
    other = world.do("criterion_add", world.clerk, world.registered(), text="另一问题的标准。")
    with refused(finding, PieceNotFoundError):
        send_back(world, finding, criterion_ids=[other.criteria.get().pk])
    with refused(finding, StandsOtherwiseError, "was dropped"):
        send_back(world, finding, criterion_ids=[dropped.pk])


@pytest.mark.parametrize("day", [TODAY, date(2026, 3, 1)])
def test_the_day_to_work_again_until_is_to_come(world, day):
    finding, (first, _) = two_criteria(world)
    with refused(finding, RedoDayError, "is not to come"):
        send_back(world, finding, criterion_ids=[first.pk], redo_by=day)


def test_the_day_is_told_to_those_who_work_and_stands_until_the_next_request(
    world, django_capture_on_commit_callbacks
):
    finding, (first, _) = two_criteria(world)
    with django_capture_on_commit_callbacks(execute=True):
        finding = send_back(world, finding, criterion_ids=[first.pk], redo_by=REDO_BY)
    told = Notice.objects.get(person_id=world.handler.person_id)
    assert "2026-03-20" in str(told.values)
    assert redo_days([finding]) == {finding.pk: REDO_BY}
    assert redo_days([finding_get(world.clerk, world.registered().pk)]) == {}


def stopped(act, *args, **values):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act(*args, **values)
    return str(refusal.value)


def test_no_statement_carries_a_judgement_over_afterwards(world):
    finding, (first, second) = two_criteria(world)
    judgements = {each.criterion_id: each for each in _judgements(finding)}
    values = {"finding": finding, "round": 2, "judgement": judgements[second.pk]}
    assert "only with the return" in stopped(CarriedJudgement.objects.create, **values)
    finding = send_back(world, finding, criterion_ids=[second.pk])
    assert "only with the return" in stopped(CarriedJudgement.objects.create, **values)
    assert "only with the return" in stopped(CarriedJudgement.objects.create, **{**values, "round": 3})
    rows = CarriedJudgement.objects.all()
    assert "never changed" in stopped(rows.update, judgement=judgements[second.pk])
    assert "none is ever deleted" in stopped(rows.delete)
    assert first.pk == rows.get().judgement.criterion_id


def test_no_statement_closes_on_a_criterion_that_neither_stands_nor_carries_over(world):
    finding, (_, second) = two_criteria(world)
    finding = send_back(world, finding, criterion_ids=[second.pk])
    finding = prove_the_rest(world, carry_over(world, finding))
    finding = judge(world, finding, second)
    finding = world.request(finding)
    world.do("closure_sign", world.leader, finding)
    finding = judge(world, finding, second, met=False)
    request = finding.closure_requests.get(state="open")
    Signature.objects.create(request=request, step="office_clerk", by_id=world.clerk.person_id, at=world.at())
    values = {"finding": finding, "round": 2, "request": request, "kind": "closed", "at": world.at()}
    assert "every criterion met" in stopped(Closure.objects.create, **values)
    judge(world, finding, second)
    assert Closure.objects.create(**values).pk


def test_no_statement_sends_back_what_is_not_requested_or_one_s_own(world):
    finding, _ = two_criteria(world)
    request = finding.closure_requests.get()
    values = {"request": request, "at": world.at(), "reason": REASON}
    why = stopped(ReturnRecord.objects.create, **values, by_id=world.handler.person_id)
    assert "never by whoever made it" in why
    world.do("closure_withdraw", world.handler, finding, reason="先不报，另行核对。")
    assert "that waits" in stopped(ReturnRecord.objects.create, **values, by_id=world.leader.person_id)
    assert Finding.objects.get(pk=finding.pk).round == 1


def _judgements(finding):
    return [said for each in finding.criteria.all() for said in each.judgements.all()]
