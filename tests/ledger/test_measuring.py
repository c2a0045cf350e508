"""Measures shared among units, what a finding weighs, and what a unit answers to an assignment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ledger.refusals import refused
from zhenggai.domain.amending import Indicator
from zhenggai.domain.case import Requirement
from zhenggai.domain.closing import ReasonTooShortError
from zhenggai.domain.gates import ClosureRefusedError
from zhenggai.domain.lifecycle import Nature, Progress, Stage, TransitionError
from zhenggai.domain.planning import Direction, PlanFixedError
from zhenggai.ledger import services
from zhenggai.ledger.errors import (
    ActionDeniedError,
    InvalidFieldError,
    MissingTextError,
    PieceNotFoundError,
    StandsOtherwiseError,
)

REASON = "该事项不属本单位职责范围，应由主管股室承担。"


def shared(world):
    finding = world.rectifying()
    measure = finding.measures.get()
    return world.do(
        "measure_arrange",
        world.clerk,
        finding,
        measure_id=measure.pk,
        unit_ids=[world.unit.pk, world.other_unit.pk],
    )


def tasks(finding):
    return list(finding.measures.get().tasks.order_by("pk"))


def test_each_unit_reports_its_own_part_and_then_the_measure_is_done(world):
    finding = shared(world)
    mine, theirs = tasks(finding)
    with refused(finding, StandsOtherwiseError, "示例股、财务示例股: the part of the measure"):
        world.do("measure_complete", world.handler, finding, measure_id=mine.measure_id, result="完成。")
    with refused(finding, ActionDeniedError, "This part of the measure is for “财务示例股”"):
        world.do("task_report", world.handler, finding, task_id=theirs.pk, report="做了。")
    with refused(finding, MissingTextError):
        world.do("task_report", world.handler, finding, task_id=mine.pk, report=" ")
    world.do("task_report", world.handler, finding, task_id=mine.pk, report="核对四十笔。")
    finding = world.do("task_report", world.helper, finding, task_id=theirs.pk, report="核对账簿三本。")
    assert [(each.report, each.done_by.name) for each in tasks(finding)] == [
        ("核对四十笔。", "经示例"),
        ("核对账簿三本。", "协示例"),
    ]
    with refused(finding, StandsOtherwiseError, "is reported or taken away already"):
        world.do("task_report", world.handler, finding, task_id=mine.pk, report="再报。")
    finding = world.do(
        "measure_complete", world.handler, finding, measure_id=mine.measure_id, result="已逐笔核对。"
    )
    with refused(finding, PieceNotFoundError):
        world.do("task_report", world.handler, finding, task_id=9_999, report="再报。")


def test_whoever_reported_a_part_took_part_in_fixing(world):
    finding = shared(world)
    both = world.grant(world.helper.person_id)
    world.do("task_report", both, finding, task_id=tasks(finding)[1].pk, report="核对账簿三本。")
    world.file_evidence(finding)
    helper = world.grant(world.helper.person_id, (world.verifier.grants[0].role, world.bureau))
    with refused(finding, ActionDeniedError):
        world.do(
            "evidence_judge",
            helper,
            finding,
            evidence_id=finding.evidence.first().pk,
            effect=True,
            note="看过。",
        )


def test_a_part_is_given_only_to_a_unit_that_works_on_the_finding(world):
    finding = world.rectifying()
    measure_id = finding.measures.get().pk
    with refused(finding, InvalidFieldError, "does not work on the finding"):
        world.do("measure_arrange", world.clerk, finding, measure_id=measure_id, unit_ids=[world.office.pk])
    with refused(finding, InvalidFieldError, "no post as responsible leader"):
        world.do(
            "measure_arrange",
            world.clerk,
            finding,
            measure_id=measure_id,
            leader_id=world.handler.person_id,
        )


def test_a_part_is_taken_away_only_before_it_is_reported(world):
    finding = shared(world)
    mine, theirs = tasks(finding)
    world.do("task_report", world.handler, finding, task_id=mine.pk, report="核对四十笔。")
    with refused(finding, StandsOtherwiseError, "has reported its part already"):
        world.do(
            "measure_arrange",
            world.clerk,
            finding,
            measure_id=mine.measure_id,
            unit_ids=[world.other_unit.pk],
        )
    finding = world.do(
        "measure_arrange", world.clerk, finding, measure_id=mine.measure_id, unit_ids=[world.unit.pk]
    )
    assert tasks(finding)[1].dropped_at is not None
    with refused(finding, StandsOtherwiseError, "taken away already"):
        world.do("task_report", world.helper, finding, task_id=theirs.pk, report="做了。")
    world.do("measure_complete", world.handler, finding, measure_id=mine.measure_id, result="完成。")
    with refused(finding, StandsOtherwiseError, "is done already"):
        world.do("measure_arrange", world.clerk, finding, measure_id=mine.measure_id)


def test_a_dropped_measure_stays_visible_and_closes_nothing(world):
    finding = world.do("measure_add", world.clerk, world.assigned(), text="修订采购示例办法")
    for measure in finding.measures.all():
        finding = world.do(
            "measure_drop", world.clerk, finding, measure_id=measure.pk, reason="与其他措施重复，合并办理。"
        )
    finding = world.do("criterion_add", world.clerk, finding, text="一致。")
    with refused(finding, ReasonTooShortError):
        world.do(
            "criterion_drop", world.clerk, finding, criterion_id=finding.criteria.get().pk, reason="不要"
        )
    with refused(finding, StandsOtherwiseError, "was dropped"):
        world.do(
            "measure_drop",
            world.clerk,
            finding,
            measure_id=finding.measures.first().pk,
            reason="与其他措施重复，合并办理。",
        )
    world.do("finding_accept", world.head, finding)
    finding = world.do(
        "progress_report", world.handler, finding, progress=Progress.IN_PROGRESS, narrative="已开始。"
    )
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    measures = next(gate for gate in refusal.value.gates if gate.code == "measures")
    assert str(measures.missing[0]).startswith("No measure is planned")


def test_a_criterion_is_dropped_before_the_plan_and_then_asked_of_nobody(world):
    finding = world.do("criterion_add", world.clerk, world.assigned(), text="台账一致。")
    finding = world.do("criterion_add", world.clerk, finding, text="抽查无误。")
    first, second = finding.criteria.all()
    finding = world.do(
        "criterion_drop",
        world.verifier,
        finding,
        criterion_id=second.pk,
        reason="与第一条标准重复，合并验收。",
    )
    assert finding.criteria.get(pk=second.pk).dropped_reason == "与第一条标准重复，合并验收。"
    with refused(finding, StandsOtherwiseError, "was dropped"):
        world.do(
            "criterion_drop",
            world.clerk,
            finding,
            criterion_id=second.pk,
            reason="与第一条标准重复，合并验收。",
        )
    with refused(finding, ActionDeniedError):
        world.do(
            "criterion_drop",
            world.handler,
            finding,
            criterion_id=first.pk,
            reason="与第一条标准重复，合并验收。",
        )


def test_a_criterion_can_be_an_indicator(world):
    finding = world.do(
        "criterion_add",
        world.clerk,
        world.rectifying(),
        text="台账相符率",
        indicator=Indicator("%", Decimal(98), Direction.AT_LEAST, Decimal("71.5")),
    )
    criterion = finding.criteria.get()
    assert (criterion.target, criterion.baseline, criterion.direction, criterion.indicator_unit) == (
        Decimal(98),
        Decimal("71.5"),
        "at_least",
        "%",
    )
    with refused(finding, MissingTextError):
        world.do(
            "criterion_add",
            world.clerk,
            finding,
            text="相符率",
            indicator=Indicator(" ", Decimal(98), Direction.AT_LEAST),
        )


def test_what_a_finding_names_is_never_lowered_and_has_to_be_shown(world):
    finding = world.do(
        "finding_weigh",
        world.clerk,
        world.proven(),
        emphasis=True,
        key_area="财务",
        money_to_recover=Decimal("120000.00"),
        people_to_deal_with=2,
        systemic_cause="长期无人核对。",
    )
    assert (finding.emphasis, finding.key_area, finding.people_required) == (True, "财务", True)
    for values in (
        {"money_to_recover": Decimal(1), "people_to_deal_with": 2},
        {"money_to_recover": None, "people_to_deal_with": 2},
        {"money_to_recover": Decimal(120000), "people_to_deal_with": 1},
    ):
        with refused(finding, StandsOtherwiseError, "is never lowered"):
            world.do("finding_weigh", world.clerk, finding, **values)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    money = next(gate for gate in refusal.value.gates if gate.code == "money")
    assert str(money.missing[0]) == (
        "Evidence shows 80,000.00 yuan recovered of the 120,000.00 that the finding names."
    )
    with refused(finding, ActionDeniedError):
        world.do("finding_weigh", world.handler, finding)


def test_a_unit_declines_with_its_reason_and_the_office_assigns_anew(world):
    finding = world.assigned()
    with refused(finding, ReasonTooShortError):
        world.do("finding_decline", world.head, finding, reason="不归我管")
    with refused(finding, ActionDeniedError):
        world.do("finding_decline", world.clerk, finding, reason=REASON)
    finding = world.do("finding_decline", world.head, finding, reason=REASON)
    refusal = finding.refusals.get()
    assert (finding.stage, refusal.reason, refusal.unit_id) == (Stage.REGISTERED, REASON, world.unit.pk)
    with refused(finding, TransitionError):
        world.do("finding_accept", world.head, finding)
    finding = world.assigned(finding)
    finding = world.do("finding_accept", world.head, finding)
    with refused(finding, TransitionError):
        world.do("finding_decline", world.head, finding, reason=REASON)


def test_a_unit_asks_for_a_transfer_and_stays_known_as_one_that_worked(world):
    finding = world.rectifying()
    for wrong in (world.unit.pk, world.elsewhere.pk, 9_999):
        with refused(finding, InvalidFieldError, "another open organisation"):
            world.do("finding_transfer", world.head, finding, to_unit_id=wrong, reason=REASON)
    finding = world.do("finding_transfer", world.head, finding, to_unit_id=world.other_unit.pk, reason=REASON)
    refusal = finding.refusals.get()
    assert (finding.stage, refusal.to_unit_id) == (Stage.REGISTERED, world.other_unit.pk)
    assert world.unit.pk in {each.unit_id for each in finding.fixing_units.all()}


@pytest.mark.parametrize("verb", ["finding_decline", "finding_transfer"])
def test_an_answer_to_an_assignment_is_the_lead_units(world, verb):
    finding = world.assigned()
    values = {"reason": REASON} | ({"to_unit_id": world.unit.pk} if verb == "finding_transfer" else {})
    with refused(finding, ActionDeniedError):
        world.do(verb, world.helper, finding, **values)


def test_once_taken_on_nothing_is_dropped_by_hand(world):
    finding = world.do("criterion_add", world.clerk, world.rectifying(), text="台账一致。")
    reason = "与其他措施重复，合并办理。"
    with refused(finding, PlanFixedError, "the unit has taken the finding on"):
        world.do("measure_drop", world.clerk, finding, measure_id=finding.measures.get().pk, reason=reason)
    with refused(finding, PlanFixedError, "the unit has taken the finding on"):
        criterion = finding.criteria.get()
        world.do("criterion_drop", world.clerk, finding, criterion_id=criterion.pk, reason=reason)
    with refused(finding, ActionDeniedError):
        world.do("measure_drop", world.head, finding, measure_id=finding.measures.get().pk, reason=reason)


def test_what_the_inspecting_body_judged_is_set_aside_by_nobody_below_it(world):
    world.inspection = world.inspect(plan_required=True)
    finding = world.proven(nature=Nature.IMMEDIATE)
    criterion = finding.criteria.get()
    evidence_id = finding.evidence.first().pk
    said = {
        "criterion_id": criterion.pk,
        "met": False,
        "note": "现场仍有差错。",
        "evidence_ids": [evidence_id],
    }
    finding = world.do("criterion_judge", world.inspector, finding, **said)
    reason = "与其他标准重复，合并验收。"
    for actor in (world.verifier, world.clerk):
        with refused(finding, ActionDeniedError, "only that body sets it aside"):
            world.do("criterion_drop", actor, finding, criterion_id=criterion.pk, reason=reason)
    finding = world.do("criterion_add", world.clerk, finding, text="抽查无误。")
    plan = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk)
    services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk)
    with refused(finding, StandsOtherwiseError, "no amendment sets it aside"):
        world.do("plan_amend", world.clerk, finding, reason=reason, drop_criterion_ids=[criterion.pk])


def test_the_nature_a_plan_was_made_for_stays(world):
    finding = world.do("criterion_add", world.clerk, world.assigned(), text="台账一致。")
    plan = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk)
    with refused(finding, StandsOtherwiseError, "is part of a plan"):
        world.do("finding_classify", world.clerk, finding, nature=Nature.LONG_TERM)
    anew = {"leader_id": world.leader.person_id, "unit_id": world.other_unit.pk, "due": None}
    with refused(finding, PlanFixedError, "waits for approval"):
        world.do("finding_assign", world.clerk, finding, **anew)
    services.plan_withdraw(actor=world.clerk, at=world.at(), plan_id=plan.pk, reason=REASON)
    other = world.registered()
    world.do("finding_classify", world.clerk, other, nature=Nature.LONG_TERM)
    lasting = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": None}
    other = world.do("finding_assign", world.clerk, other, **lasting)
    with refused(other, StandsOtherwiseError, "assigned without a due date"):
        world.do("finding_classify", world.clerk, other, nature=Nature.TIME_BOUND)


def test_work_done_at_once_does_not_count_for_another_nature(world):
    world.inspection = world.inspect(plan_required=True)
    finding = world.rectifying(nature=Nature.IMMEDIATE)
    lasting = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": None}
    finding = world.do("finding_assign", world.clerk, finding, **lasting)
    with refused(finding, StandsOtherwiseError, "Work was done before the plan"):
        world.do("finding_classify", world.clerk, finding, nature=Nature.TIME_BOUND)


def test_the_lead_unit_reports_the_part_of_a_unit_that_left(world):
    finding = shared(world)
    _mine, theirs = tasks(finding)
    finding = world.do(
        "finding_assign",
        world.clerk,
        finding,
        leader_id=world.leader.person_id,
        unit_id=world.unit.pk,
        due=None,
    )
    finding = world.do("finding_accept", world.head, finding)
    finding = world.do("task_report", world.handler, finding, task_id=theirs.pk, report="由本股一并核对。")
    assert tasks(finding)[1].report == "由本股一并核对。"


def test_the_same_receipt_shows_its_money_once(world):
    finding = world.do("finding_weigh", world.clerk, world.proven(), money_to_recover=Decimal("160000.00"))
    finding = world.file_evidence(finding, title="同一凭证")
    again = finding.evidence.last().pk
    finding = world.do(
        "requirement_answer", world.handler, finding, requirement=Requirement.MONEY, evidence_id=again
    )
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    money = next(gate for gate in refusal.value.gates if gate.code == "money")
    assert "80,000.00 yuan recovered of the 160,000.00" in str(money.missing[0])
