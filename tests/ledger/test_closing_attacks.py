"""Attempts to close on what does not count: own judgements, old rounds, withdrawn or late pieces."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ledger.refusals import refused
from ledger.test_closing import REASON, evidence_of, not_met
from ledger.world import DUE, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.case import HoldKind, Requirement
from zhenggai.domain.lifecycle import Nature, Progress, Stage, TransitionError
from zhenggai.ledger import services
from zhenggai.ledger.errors import (
    ActionDeniedError,
    ClosureRefusedError,
    InvalidFieldError,
    MissingTextError,
    ReasonTooShortError,
    StandsOtherwiseError,
)
from zhenggai.ledger.models import Closure, Finding


def judge_again(world, finding, actor, **values):
    (criterion,) = finding.criteria.all()
    wanted = {"met": True, "note": "看过。", "evidence_ids": [evidence_of(finding)[-1].pk], **values}
    return world.do("criterion_judge", actor, finding, criterion_id=criterion.pk, **wanted)


@pytest.mark.parametrize("name", ["handler", "head", "helper", "leader", "group", "auditor"])
def test_only_those_who_verify_judge(world, name):
    finding = world.proven()
    with refused(finding, ActionDeniedError):
        judge_again(world, finding, getattr(world, name))
    with refused(finding, ActionDeniedError):
        world.do(
            "evidence_judge",
            getattr(world, name),
            finding,
            evidence_id=evidence_of(finding)[0].pk,
            effect=True,
            note="看过。",
        )


def test_whoever_fixed_does_not_judge_with_a_second_post(world):
    finding = world.proven()
    helper = world.grant(world.helper.person_id, (Role.VERIFIER, world.bureau))
    with refused(finding, ActionDeniedError, "never the unit that fixed"):
        judge_again(world, finding, helper)
    world.do("progress_report", helper, finding, progress=Progress.DONE, narrative="协助完成。")
    with refused(finding, ActionDeniedError, "whoever fixes never judges"):
        judge_again(world, finding, helper)


def test_a_judge_who_takes_part_later_has_judged_in_vain(world):
    finding = world.proven()
    verifier = world.grant(world.verifier.person_id, (Role.HANDLER, world.other_unit))
    world.do("progress_report", verifier, finding, progress=Progress.DONE, narrative="协助完成。")
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not_met(refusal) == {"criteria", "effect"}


def test_a_waiver_by_whoever_takes_part_later_does_not_count(world):
    finding = world.proven()
    clerk = world.grant(world.clerk.person_id, (Role.HANDLER, world.other_unit))
    world.do("progress_report", clerk, finding, progress=Progress.DONE, narrative="协助完成。")
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not_met(refusal) == {"similar", "people", "money"}


def test_whoever_said_that_nothing_applies_does_not_fix_afterwards(world):
    finding = world.registered()
    clerk = world.grant(world.clerk.person_id, (Role.HANDLER, world.other_unit))
    nothing = {"money_required": False, "people_required": False, "cause_required": False}
    world.do("finding_classify", clerk, finding, **nothing)
    world.do("finding_classify", clerk, finding, nature=Nature.TIME_BOUND)
    world.do(
        "finding_assign",
        world.clerk,
        finding,
        leader_id=world.leader.person_id,
        unit_id=world.unit.pk,
        due=DUE,
        supporting_unit_ids=[world.other_unit.pk],
    )
    finding = world.do("finding_accept", world.head, finding)
    world.do("progress_report", clerk, finding, progress=Progress.DONE, narrative="协助完成。")
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert {"money", "people", "cause"} <= not_met(refusal)
    with refused(finding, ActionDeniedError, "whoever fixes never judges"):
        world.do("finding_classify", clerk, finding, **nothing)
    other = world.person("clerk2", "二示例", (Role.OFFICE_CLERK, world.bureau))
    finding = world.do("finding_classify", other, finding, **nothing)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not {"money", "people", "cause"} & not_met(refusal)


def test_a_judge_who_requests_has_judged_in_vain(world):
    finding = world.proven()
    verifier = world.grant(world.verifier.person_id, (Role.HANDLER, world.bureau))
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_request", verifier, finding, statement="请予销号。")
    assert not_met(refusal) == {"criteria", "effect"}


def test_a_criterion_is_met_only_with_evidence(world):
    finding = world.proven()
    with refused(finding, InvalidFieldError, "only with the evidence"):
        judge_again(world, finding, world.verifier, evidence_ids=[])


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("measure_add", {"text": "再查一遍"}),
        ("criterion_add", {"text": "再对一遍"}),
        ("finding_classify", {"money_required": False}),
    ],
)
@pytest.mark.parametrize("stage", ["requested", "closed", "stage_closed"])
def test_what_a_closure_rests_on_is_not_added_to(world, verb, values, stage):
    finding = getattr(world, stage)()
    with refused(finding, TransitionError):
        world.do(verb, world.clerk, finding, **values)


@pytest.mark.parametrize("stage", ["requested", "closed", "stage_closed"])
def test_evidence_is_neither_withdrawn_nor_filed_then(world, stage):
    finding = getattr(world, stage)()
    (evidence,) = evidence_of(finding)
    with refused(finding, TransitionError):
        world.do("evidence_withdraw", world.handler, finding, evidence_id=evidence.pk, reason="传错了。")
    with refused(finding, TransitionError):
        world.file_evidence(finding)


@pytest.mark.parametrize("stage", ["closed", "stage_closed"])
def test_nothing_happens_to_a_closed_finding(world, stage):
    finding = getattr(world, stage)()
    (evidence,), (criterion,) = evidence_of(finding), finding.criteria.all()
    attempts = [
        ("closure_sign", world.clerk, {}),
        ("closure_request", world.handler, {"statement": "再销一次"}),
        ("progress_report", world.handler, {"progress": Progress.NOT_STARTED, "narrative": "又坏了"}),
        ("finding_accept", world.head, {}),
        ("hold_open", world.clerk, {"kind": HoldKind.SPOT_CHECK, "reference": "抽1"}),
        ("situation_raise", world.handler, {"text": "又出现"}),
        (
            "evidence_judge",
            world.verifier,
            {"evidence_id": evidence.pk, "effect": False, "note": "不算"},
        ),
        (
            "criterion_judge",
            world.verifier,
            {"criterion_id": criterion.pk, "met": False, "note": "不算"},
        ),
        (
            "finding_assign",
            world.clerk,
            {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": None},
        ),
        ("requirement_waive", world.inspector, {"requirement": Requirement.MONEY, "reason": REASON}),
    ]
    for verb, actor, values in attempts:
        with refused(finding, (TransitionError, ActionDeniedError)):
            world.do(verb, actor, finding, **values)


def test_closed_evidence_cannot_be_sent_back(world):
    finding = world.closed()
    with refused(finding, (TransitionError, ActionDeniedError)):
        world.do("closure_send_back", world.group, finding, reason=REASON)


def test_sending_back_begins_a_round_in_which_nothing_old_counts(world):
    finding = world.requested()
    finding = world.do("closure_send_back", world.leader, finding, reason=REASON)
    assert (finding.stage, finding.round) == (Stage.RECTIFYING, 2)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not_met(refusal) == {"criteria", "effect", "money", "similar", "cause"}


def test_a_signature_does_not_outlive_a_return(world):
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    finding = world.do("closure_send_back", world.clerk, finding, reason=REASON)
    finding = world.request(world.prove(finding))
    assert not list(finding.closure_requests.last().signatures.all())
    with refused(finding, ActionDeniedError, "responsible leader"):
        world.do("closure_sign", world.clerk, finding)
    world.do("closure_sign", world.leader, finding)
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.CLOSED


def test_evidence_of_an_earlier_round_is_used_only_when_carried_over(world):
    finding = world.requested()
    finding = world.do("closure_send_back", world.leader, finding, reason=REASON)
    (old,) = evidence_of(finding)
    with refused(finding, StandsOtherwiseError, "belongs to round 1, and the finding is in round 2"):
        judge_again(world, finding, world.verifier, evidence_ids=[old.pk])
    with refused(finding, StandsOtherwiseError, "belongs to round 1"):
        world.do("evidence_judge", world.verifier, finding, evidence_id=old.pk, effect=True, note="看过。")
    with refused(finding, StandsOtherwiseError, "belongs to round 1"):
        world.do(
            "requirement_answer", world.handler, finding, requirement=Requirement.MONEY, evidence_id=old.pk
        )
    with refused(finding, StandsOtherwiseError, "belongs to round 1"):
        world.do("evidence_withdraw", world.handler, finding, evidence_id=old.pk, reason="不用了。")
    finding = world.do("evidence_carry_over", world.handler, finding, evidence_id=old.pk)
    new = evidence_of(finding)[-1]
    assert (new.round, new.carried_from_id, new.blob_id) == (2, old.pk, old.blob_id)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert "effect" in not_met(refusal)
    with refused(finding, StandsOtherwiseError, "carried over already"):
        world.do("evidence_carry_over", world.handler, finding, evidence_id=old.pk)


def test_withdrawn_evidence_meets_nothing(world):
    finding = world.proven()
    (evidence,) = evidence_of(finding)
    finding = world.do(
        "evidence_withdraw", world.handler, finding, evidence_id=evidence.pk, reason="凭证传错了。"
    )
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not_met(refusal) == {"criteria", "effect", "money", "cause"}
    with refused(finding, StandsOtherwiseError, "is withdrawn and proves nothing"):
        judge_again(world, finding, world.verifier)


def test_a_measure_added_before_the_request_is_done_first(world):
    finding = world.do("measure_add", world.clerk, world.proven(), text="再查一遍")
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert not_met(refusal) == {"measures"}


@pytest.mark.parametrize(
    ("verb", "actor", "values", "gate"),
    [
        ("situation_raise", "handler", {"text": "又发现一笔。"}, "situations"),
        ("hold_open", "inspector", {"kind": HoldKind.SPOT_CHECK, "reference": "抽查示例1"}, "holds"),
    ],
)
@pytest.mark.parametrize("signed", [0, 1])
def test_what_comes_to_light_after_the_request_stops_the_next_signature(
    world, verb, actor, values, gate, signed
):
    finding = world.requested()
    if signed:
        world.do("closure_sign", world.leader, finding)
    finding = world.do(verb, getattr(world, actor), finding, **values)
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_sign", world.clerk if signed else world.leader, finding)
    assert not_met(refusal) == {gate}


@pytest.mark.parametrize("signed", [0, 1])
def test_a_judgement_turned_after_the_request_stops_the_next_signature(world, signed):
    finding = world.requested()
    if signed:
        world.do("closure_sign", world.leader, finding)
    finding = judge_again(world, finding, world.inspector, met=False, note="现场又见两处。")
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_sign", world.clerk if signed else world.leader, finding)
    assert not_met(refusal) == {"criteria"}
    assert finding.criteria.get().judgements.count() == 2


@pytest.mark.parametrize("reason", ["", "不行", "   不 行   ", "请补充佐证材料呀", "\u200b" * 30])
def test_a_return_names_its_reason(world, reason):
    finding = world.requested()
    with refused(finding, ReasonTooShortError, "at least 10 are needed"):
        world.do("closure_send_back", world.leader, finding, reason=reason)


def test_the_history_of_returns_stays(world):
    finding = world.do("closure_send_back", world.leader, world.requested(), reason=REASON)
    finding = world.request(world.prove(finding))
    first, second = finding.closure_requests.all()
    assert (first.state, first.returned.reason, first.returned.by.name) == ("sent_back", REASON, "领示例")
    assert second.state == "open"


def test_a_request_is_withdrawn_by_whoever_made_it_before_the_first_signature(world):
    finding = world.requested()
    with refused(finding, ActionDeniedError, "Only the person who requested"):
        world.do("closure_withdraw", world.head, finding, reason="先不报。")
    with refused(finding, MissingTextError):
        world.do("closure_withdraw", world.handler, finding, reason=" ")
    finding = world.do("closure_withdraw", world.handler, finding, reason="先不报。")
    assert (finding.stage, finding.round) == (Stage.RECTIFYING, 1)
    finding = world.request(finding)
    world.do("closure_sign", world.leader, finding)
    with refused(finding, StandsOtherwiseError, "signed already"):
        world.do("closure_withdraw", world.handler, finding, reason="先不报。")


def test_a_request_says_what_was_achieved(world):
    finding = world.proven()
    with refused(finding, MissingTextError, "What was achieved"):
        world.request(finding, statement=" \u200b ")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"stage_goal": "每季核对一次"},
        {"recheck_on": date(2026, 9, 1)},
        {"stage_goal": " ", "recheck_on": date(2026, 9, 1)},
        {"stage_goal": "每季核对一次", "recheck_on": TODAY},
        {"stage_goal": "每季核对一次", "recheck_on": TODAY - timedelta(days=1)},
    ],
)
def test_long_term_work_needs_goal_and_recheck_in_the_future(world, values):
    finding = world.proven(nature=Nature.LONG_TERM)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding, **values)
    assert not_met(refusal) == {"stage_goal"}


def test_a_recheck_that_has_passed_by_the_last_signature_stops_it(world):
    finding = world.proven(nature=Nature.LONG_TERM)
    finding = world.request(finding, stage_goal="每季核对", recheck_on=TODAY + timedelta(days=1))
    finding = world.do("closure_sign", world.leader, finding)
    with refused(finding, ClosureRefusedError) as refusal:
        services.closure_sign(
            actor=world.clerk,
            at=world.at() + timedelta(days=3),
            finding_id=finding.pk,
            version=finding.version,
        )
    assert not_met(refusal) == {"stage_goal"}


def test_long_term_work_reaches_only_its_stage(world):
    finding = world.stage_closed()
    assert finding.stage == Stage.STAGE_CLOSED
    closure = Closure.objects.get(finding=finding)
    assert (closure.kind, closure.stage_goal, closure.recheck_on) == (
        "stage_closed",
        "每季核对一次",
        date(2026, 9, 1),
    )


def test_the_nature_is_not_changed_to_close_more_easily(world):
    finding = world.proven(nature=Nature.LONG_TERM)
    with refused(finding, StandsOtherwiseError, "cannot become “by a date” now"):
        world.do("finding_classify", world.clerk, finding, nature=Nature.TIME_BOUND)
    with refused(finding, StandsOtherwiseError, "never taken back"):
        world.do("finding_classify", world.clerk, finding, money_required=False)


def test_a_stated_closing_closes_nothing(world):
    finding = world.registered()
    assert finding.stated_closed is True
    assert finding.stage == Stage.REGISTERED
    assert not Closure.objects.exists()


def test_a_later_assignment_does_not_free_those_who_fixed(world):
    finding = world.proven()
    world.grant(world.handler.person_id, (Role.RESPONSIBLE_LEADER, world.bureau))
    finding = world.do(
        "finding_assign",
        world.clerk,
        finding,
        leader_id=world.handler.person_id,
        unit_id=world.other_unit.pk,
        due=None,
    )
    finding = world.do("finding_accept", world.helper, finding)
    finding = world.do("progress_report", world.helper, finding, progress=Progress.DONE, narrative="已完成。")
    with refused(finding, ClosureRefusedError) as refusal:
        world.do("closure_request", world.helper, finding, statement="请予销号。")
    assert not_met(refusal) == {"separation"}


def test_the_office_seated_in_the_lead_unit_does_not_confirm(world):
    insider = world.person("insider", "内示例", (Role.OFFICE_CLERK, world.bureau), (Role.HANDLER, world.unit))
    finding = world.requested()
    finding = world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, "never the unit that fixed"):
        world.do("closure_sign", insider, finding)
    assert Finding.objects.get(pk=finding.pk).stage == Stage.CLOSURE_REQUESTED
