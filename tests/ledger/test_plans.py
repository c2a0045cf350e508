"""The plan of an inspection: covered, submitted, approved by others; what it fixes, and work before it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.refusals import refused
from ledger.world import DUE, STATED
from retold import retold
from zhenggai.domain.actor import Role
from zhenggai.domain.closing import ReasonTooShortError
from zhenggai.domain.gates import GateState, check_gates
from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.domain.planning import (
    NothingToPlanError,
    PlanFixedError,
    PlanIncompleteError,
    PlanNotApprovedError,
)
from zhenggai.domain.policy import Action
from zhenggai.ledger import plans, services
from zhenggai.ledger.cases import case_standing
from zhenggai.ledger.errors import (
    ActionDeniedError,
    ClosureRefusedError,
    InspectionNotFoundError,
    PlanNotFoundError,
    StandsOtherwiseError,
)
from zhenggai.ledger.models import Finding, Plan
from zhenggai.ledger.plan_content import plan_digest
from zhenggai.ledger.selectors import finding_actions, finding_get, inspection_timeline
from zhenggai.ledger.services.preparing import NothingToPrepareError

REASON = "第二条措施没有写明由谁负责。"


@pytest.fixture
@retold
def planned(world):
    """An inspection whose work counts only under an approved plan, with one finding ready to be planned."""
    world.inspection = world.inspect(plan_required=True)
    return prepared(world)


def prepared(world):
    return world.do("criterion_add", world.clerk, world.accepted(), text="台账与账簿一致。")


def submit(world, actor=None, **values):
    return services.plan_submit(
        actor=actor or world.clerk, at=world.at(), inspection_id=world.inspection.pk, **values
    )


def sign(world, plan, actor=None):
    return services.plan_sign(actor=actor or world.group, at=world.at(), plan_id=plan.pk, note="同意。")


def approved(world):
    return sign(world, submit(world))


def test_work_counts_once_the_plan_is_approved_and_the_finding_closes(world, planned):
    plan = approved(world)
    assert (plan.state, plan.number, plan.decided_by_id) == ("approved", 1, world.group.person_id)
    finding = world.do(
        "progress_report", world.handler, planned, progress=Progress.IN_PROGRESS, narrative="已开始核对。"
    )
    finding = world.request(world.prove(finding))
    world.do("closure_sign", world.leader, finding)
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.CLOSED
    gates = {
        each.code: each for each in check_gates(case_standing(finding_get(world.clerk, finding.pk), DUE))
    }
    assert gates["plan"].state is GateState.MET


def test_before_that_work_is_refused_and_says_why(world, planned):
    with refused(planned, PlanNotApprovedError, "You cannot report progress yet"):
        world.do("progress_report", world.handler, planned, progress=Progress.DONE, narrative="做完了。")
    with refused(planned, PlanNotApprovedError, "You cannot add evidence yet"):
        world.file_evidence(planned)
    submit(world)
    with refused(planned, PlanNotApprovedError):
        world.file_evidence(planned)
    shown = dict(finding_actions(world.handler, finding_get(world.handler, planned.pk)))
    assert "counts once its plan is approved" in str(shown[Action.PROGRESS_REPORT].reason)


def test_what_is_to_be_fixed_at_once_is_worked_on_before_but_not_closed(world):
    world.inspection = world.inspect(plan_required=True)
    finding = world.proven(nature=Nature.IMMEDIATE)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    (gate,) = [each for each in refusal.value.gates if each.state is GateState.NOT_MET]
    assert (gate.code, gate.remedy) == ("plan", Action.PLAN_SUBMIT)
    assert "No approved plan has this finding" in str(gate.missing[0])
    plan = submit(world)
    with refused(finding, ClosureRefusedError) as refusal:
        world.request(finding)
    assert "waits for approval" in str(
        next(each for each in refusal.value.gates if each.code == "plan").missing[0]
    )
    sign(world, plan)
    assert world.request(finding).stage == Stage.CLOSURE_REQUESTED


def test_a_plan_that_leaves_a_finding_uncovered_is_not_submitted(world, planned):
    other = world.registered()
    with refused(other, PlanIncompleteError, "1 of 2 findings lack") as refusal:
        submit(world)
    # the quotation marks of its title become single within those of the sentence
    assert "关于‘示例台账不清’问题" in str(refusal.value)
    _row, found = plans.planned_get(world.clerk, world.inspection.pk)
    (gap,) = found.gaps
    assert gap.finding.pk == other.pk
    assert [str(name) for name, _act in gap.lacks] == [
        "its nature",
        "a responsible leader",
        "a responsible unit",
        "a due date",
        "an acceptance criterion",
    ]
    assert not plans.submit_verdict(world.clerk, world.inspection, found).allowed


def test_the_list_of_what_is_uncovered_and_the_rule_say_the_same(world):
    world.inspection = world.inspect(plan_required=True)
    world.register(STATED, STATED)
    first, second = Finding.objects.filter(inspection=world.inspection).order_by("position")
    world.assigned(first)
    for finding, long in ((first, False), (second, True)):
        if long:
            world.do("finding_classify", world.clerk, finding, nature=Nature.LONG_TERM)
        rows = plans.findings_to_plan(world.clerk, world.inspection)
        by_query = set(plans.uncovered(rows).values_list("pk", flat=True))
        by_rule = {each.pk for each in rows if plans.gap_of(each).lacks}
        assert by_query == by_rule
        world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
        rows = plans.findings_to_plan(world.clerk, world.inspection)
        assert set(plans.uncovered(rows).values_list("pk", flat=True)) == {
            each.pk for each in rows if plans.gap_of(each).lacks
        }


def test_an_inspection_without_findings_has_nothing_to_plan(world):
    world.inspection = world.inspect(plan_required=True)
    with pytest.raises(NothingToPlanError, match="nothing to submit"):
        submit(world)


def test_whoever_submits_never_approves_and_nobody_but_the_step(world, planned):
    both = world.grant(world.clerk.person_id, (Role.LEADING_GROUP, world.bureau))
    plan = submit(world, both)
    with refused(planned, ActionDeniedError, "whoever submits never approves"):
        sign(world, plan, both)
    with refused(planned, ActionDeniedError, "which is not yours"):
        sign(world, plan, world.verifier)
    with refused(planned, ActionDeniedError, "None of your posts lets you approve the plan"):
        sign(world, plan, world.auditor)
    for actor in (world.handler, world.stranger):
        with refused(planned, PlanNotFoundError):
            sign(world, plan, actor)
    assert sign(world, plan).state == "approved"
    with refused(planned, StandsOtherwiseError, "This plan is approved already"):
        services.plan_withdraw(actor=world.clerk, at=world.at(), plan_id=plan.pk, reason=REASON)


def test_a_plan_of_two_steps_is_approved_by_the_second_of_two_people(world):
    world.inspect_by(plan_ladder=["leading_group", "inspector"])
    planned = prepared(world)
    plan = submit(world)
    assert sign(world, plan).state == "submitted"
    twice = world.grant(world.group.person_id, (Role.INSPECTOR, world.body))
    with refused(planned, ActionDeniedError, "nobody signs two"):
        sign(world, plan, twice)
    assert plans.plans_waiting(world.inspector) == [plan]
    assert plans.plans_waiting(world.clerk) == []
    assert sign(world, plan, world.inspector).state == "approved"
    assert plans.plans_waiting(world.inspector) == []


def test_one_plan_waits_at_a_time_and_what_comes_later_is_planned_later(world, planned):
    submit(world)
    with refused(planned, StandsOtherwiseError, "one at a time"):
        submit(world)
    sign(world, Plan.objects.get())
    with refused(planned, NothingToPlanError):
        submit(world)
    later = world.accepted()
    world.do("criterion_add", world.clerk, later, text="复核一致。")
    plan = submit(world)
    assert (plan.number, [each.finding_id for each in plan.items.all()]) == (2, [later.pk])


def test_a_plan_sent_back_or_withdrawn_leaves_its_findings_free(world, planned):
    plan = submit(world, statement="请审定。")
    with refused(planned, PlanFixedError, "waits for approval"):
        world.do("measure_add", world.clerk, planned, text="再加一条")
    with refused(planned, ReasonTooShortError):
        services.plan_send_back(actor=world.group, at=world.at(), plan_id=plan.pk, reason="不行")
    with refused(planned, ActionDeniedError):
        services.plan_withdraw(actor=world.group, at=world.at(), plan_id=plan.pk, reason=REASON)
    sent = services.plan_send_back(actor=world.group, at=world.at(), plan_id=plan.pk, reason=REASON)
    assert (sent.state, sent.decided_reason) == ("sent_back", REASON)
    finding = world.do("measure_add", world.clerk, planned, text="再加一条")
    again = submit(world)
    assert again.number == 2
    withdrawn = services.plan_withdraw(actor=world.clerk, at=world.at(), plan_id=again.pk, reason=REASON)
    assert withdrawn.state == "withdrawn"
    with refused(finding, StandsOtherwiseError, "withdrawn already"):
        sign(world, again)
    world.do("measure_drop", world.clerk, finding, measure_id=finding.measures.last().pk, reason=REASON)


def test_after_approval_nothing_of_it_changes_by_hand(world, planned):
    approved(world)
    measure, criterion = planned.measures.get(), planned.criteria.get()
    for verb, values in (
        ("measure_add", {"text": "再加一条"}),
        ("measure_drop", {"measure_id": measure.pk, "reason": REASON}),
        ("measure_arrange", {"measure_id": measure.pk, "due": DUE}),
        ("criterion_add", {"text": "再加一条"}),
        ("criterion_drop", {"criterion_id": criterion.pk, "reason": REASON}),
    ):
        with refused(planned, PlanFixedError, "changes only through an amendment"):
            world.do(verb, world.clerk, planned, **values)


def test_the_plan_keeps_what_was_submitted_with_one_digest(world, planned):
    plan = submit(world)
    (item,) = plan.items.all()
    assert item.content["title"] == STATED.title
    assert item.content["measures"][0]["text"] == "逐笔核对台账"
    assert item.content["criteria"] == [{"id": planned.criteria.get().pk, "text": "台账与账簿一致。"}]
    assert item.content["due"] == DUE.isoformat()
    assert plan_digest([item.content]) == plan.digest
    sign(world, plan)
    names = [view.name for view in inspection_timeline(world.clerk, world.inspection.pk)]
    assert names[:4] == [
        "ledger.finding.planned",
        "ledger.plan.approved",
        "ledger.plan.signed",
        "ledger.plan.submitted",
    ]


def test_only_those_who_see_the_whole_inspection_see_its_plan(world, planned):
    plan = submit(world)
    for actor in (world.handler, world.stranger):
        with pytest.raises(InspectionNotFoundError):
            plans.planned_get(actor, world.inspection.pk)
        with pytest.raises(PlanNotFoundError):
            plans.plan_get(actor, plan.pk)
        with pytest.raises(InspectionNotFoundError):
            submit(world, actor)
    with pytest.raises(PlanNotFoundError):
        plans.plan_get(world.clerk, plan.pk + 1)
    with pytest.raises(PlanNotFoundError):
        services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk + 1)
    with pytest.raises(ActionDeniedError):
        submit(world, world.verifier)
    _row, verdicts = plans.plan_get(world.group, plan.pk)
    assert [action for action, verdict in verdicts.items() if verdict.allowed] == [
        Action.PLAN_SIGN,
        Action.PLAN_SEND_BACK,
    ]
    sign(world, plan)
    assert plans.plan_get(world.group, plan.pk)[1] == {}
    assert plans.plans_waiting(world.administrator) == []


def test_the_overview_asks_as_often_for_twenty_findings_as_for_one(world, planned):
    def count():
        with CaptureQueriesContext(connection) as asked:
            _row, found = plans.planned_get(world.clerk, world.inspection.pk)
            assert plans.submit_verdict(world.clerk, world.inspection, found) is not None
        return len(asked)

    world.registered()
    few = count()
    world.register(*[STATED] * 20)
    assert count() == few <= 15


def test_a_submission_of_many_asks_the_database_only_so_often(world, planned):
    def count():
        with CaptureQueriesContext(connection) as asked:
            plan = submit(world)
        services.plan_withdraw(actor=world.clerk, at=world.at(), plan_id=plan.pk, reason=REASON)
        return len(asked)

    few = count()
    for _number in range(8):
        finding = world.accepted()
        world.do("criterion_add", world.clerk, finding, text="复核一致。")
    assert count() == few


def test_a_plan_may_be_submitted_where_none_is_required_and_then_binds(world):
    finding = world.do("criterion_add", world.clerk, world.accepted(), text="台账与账簿一致。")
    approved(world)
    with refused(finding, PlanFixedError):
        world.do("measure_add", world.clerk, finding, text="再加一条")


def test_the_plan_says_who_carries_each_measure_out_and_by_when(world, planned):
    finding = world.do(
        "measure_arrange",
        world.clerk,
        planned,
        measure_id=planned.measures.get().pk,
        due=date(2026, 5, 1),
        requirement="逐笔核对，留存底稿。",
        leader_id=world.leader.person_id,
        unit_ids=[world.unit.pk, world.other_unit.pk],
    )
    measure = finding.measures.get()
    assert (measure.due, measure.leader_id, measure.requirement) == (
        date(2026, 5, 1),
        world.leader.person_id,
        "逐笔核对，留存底稿。",
    )
    said = submit(world).items.get().content["measures"][0]
    assert said["units"] == ["示例股", "财务示例股"]
    assert (said["leader"], said["due"]) == ("领示例", "2026-05-01")


def prepare(world, chosen, actor=None, **values):
    return services.findings_prepare(
        actor=actor or world.clerk,
        at=world.at(),
        inspection_id=world.inspection.pk,
        chosen=[(each.pk, each.version) for each in chosen],
        preparation=services.Preparation(**values),
    )


def test_several_findings_are_prepared_at_once_and_then_covered(world):
    world.inspection = world.inspect(plan_required=True)
    rows = world.register(STATED, STATED, STATED)
    done = prepare(
        world,
        rows,
        nature=Nature.TIME_BOUND,
        money_required=True,
        people_required=False,
        cause_required=True,
        leader_id=world.leader.person_id,
        unit_id=world.unit.pk,
        due=DUE,
        measure="逐笔核对并留存底稿",
        criterion="台账与账簿一致。",
    )
    assert [each.refusal for each in done] == [None] * 3
    assert plans.uncovered(plans.findings_to_plan(world.clerk, world.inspection)).count() == 0
    assert submit(world).items.count() == 3


def test_each_is_prepared_under_every_rule_as_a_whole_or_not(world):
    world.inspection = world.inspect(plan_required=True)
    first, second, third = world.register(STATED, STATED, STATED)
    world.do("finding_classify", world.clerk, second, nature=Nature.TIME_BOUND)
    values = {"nature": Nature.IMMEDIATE, "leader_id": world.handler.person_id, "unit_id": world.unit.pk}
    before = [(each.nature, each.version) for each in Finding.objects.order_by("pk")]
    done = prepare(world, [first, second, third], due=DUE, **values)
    assert "no post as responsible leader" in str(done[0].refusal)
    assert "This finding has changed since" in str(done[1].refusal)
    assert [(each.nature, each.version) for each in Finding.objects.order_by("pk")] == before
    values["leader_id"] = world.leader.person_id
    past = prepare(world, [first], due=date(2026, 1, 20), **values)
    assert "was 41 days ago" in str(past[0].refusal)
    assert prepare(world, [first], due=date(2026, 1, 20), past_due_meant=True, **values)[0].refusal is None
    denied = prepare(world, [third], world.handler, nature=Nature.IMMEDIATE)
    assert "no such finding" in str(denied[0].refusal)


def test_nothing_chosen_or_nothing_to_set_is_refused(world):
    finding = world.registered()
    with refused(finding, NothingToPrepareError, "Choose at least one finding"):
        prepare(world, [], nature=Nature.IMMEDIATE)
    with refused(finding, NothingToPrepareError, "something to set"):
        prepare(world, [finding], due=DUE)
    with refused(finding, NothingToPrepareError, "201 findings are chosen, and at most 200"):
        services.findings_prepare(
            actor=world.clerk,
            at=world.at(),
            inspection_id=world.inspection.pk,
            chosen=[(each, 1) for each in range(201)],
            preparation=services.Preparation(measure="核对"),
        )
