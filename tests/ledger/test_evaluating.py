"""Evaluations: a grade by the inspecting body on figures of a day, superseded by a later one."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.refusals import everything
from ledger.world import STATED, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.closing import ReasonTooShortError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.grading import EvaluationDayError, GradeUnknownError, NothingToEvaluateError
from zhenggai.domain.phases import Phase
from zhenggai.domain.progress import Progress
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.domain.terms import MilestoneKind
from zhenggai.inbox.models import Notice
from zhenggai.ledger import evaluating, services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import ActionDeniedError, EvaluationStaleError, InspectionNotFoundError
from zhenggai.ledger.evaluating import (
    evaluate_verdict,
    evaluation_facts,
    evaluations_of,
    evaluations_waiting,
    figures_seen,
    rate_said,
)
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.milestones import inspection_milestones
from zhenggai.ledger.models import Evaluation, Inspection, Plan
from zhenggai.ledger.overdue_led import findings_led
from zhenggai.ledger.sight import restricted_events, veiled
from zhenggai.ledger.watching import inspections_watched
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

GROUND = "现场抽查三户，台账与实物一致。"


def evaluate(world, actor=None, **values):
    return services.inspection_evaluate(
        **{
            "actor": actor or world.inspector,
            "at": world.at(),
            "inspection_id": world.inspection.pk,
            "seen_number": world.inspection.evaluations.count(),
            "grade": "较好",
            "ground": GROUND,
            **values,
        }
    )


def close(world, finding):
    if not finding.progress_reports.exists():
        world.do(
            "progress_report",
            world.handler,
            finding,
            progress=Progress.IN_PROGRESS,
            narrative="已开始核对。",
        )
    world.request(world.prove(finding))
    world.do("closure_sign", world.leader, finding)
    world.do("closure_sign", world.clerk, finding)


@contextmanager
def refused(world, error, words=None):
    chain = ChainKey.inspection(world.inspection.pk)
    rows, events = everything(), events_of(chain).count()
    with pytest.raises(error, match=words):
        yield
    assert (everything(), events_of(chain).count()) == (rows, events)


def test_the_inspecting_body_grades_with_the_figures_of_the_day_and_the_office_is_told(
    world, django_capture_on_commit_callbacks
):
    world.closed()
    world.register(STATED)
    with django_capture_on_commit_callbacks(execute=True):
        row = evaluate(world)
    today = timezone.localdate(row.at)
    assert (row.number, row.grade, row.evaluated_on, row.supersedes) == (1, "较好", today, None)
    figures = figures_on(world.inspector, world.inspection, today)
    # what is kept says the same rate under the same rule as a count of the day does
    assert rate_said(row.figures) == figures.computed
    assert (row.figures["counted"]["all"], row.figures["rate"]["done"]) == (2, 1)
    told = event_views(events_of(ChainKey.inspection(world.inspection.pk)))[-1]
    assert told.name == LedgerEvent.INSPECTION_EVALUATED
    assert (told.values["grade"], told.values["figures"]) == ("较好", row.figures)
    (notice,) = Notice.objects.filter(kind="evaluation")
    assert (notice.person_id, notice.target_id) == (world.clerk.person_id, world.inspection.pk)
    assert list(differences()) == []


def test_a_later_evaluation_supersedes_and_both_stay(world):
    world.closed()
    first = evaluate(world, grade="一般")
    second = evaluate(world, grade="好")
    assert (second.number, second.supersedes_id) == (2, first.pk)
    assert [each.grade for each in evaluations_of(world.inspection)] == ["好", "一般"]
    with refused(world, EvaluationDayError, "before the one that stands"):
        evaluate(world, evaluated_on=first.evaluated_on - timedelta(days=1))
    # sent twice, or by somebody whose page showed the first
    for seen in (0, 1):
        with refused(
            world, EvaluationStaleError, "no. 2, “好” as of 2026-.* by 巡示例; nothing of yours was saved"
        ):
            evaluate(world, seen_number=seen)


def test_what_cannot_be_is_refused_and_nothing_changes(world):
    with refused(world, NothingToEvaluateError, "nothing to evaluate"):
        evaluate(world)
    world.closed()
    with refused(world, GradeUnknownError, "choose one of 好、较好、一般、差"):
        evaluate(world, grade="优秀")
    with refused(world, ReasonTooShortError):
        evaluate(world, ground="尚可")
    with refused(world, EvaluationDayError, "yet to come"):
        evaluate(world, evaluated_on=timezone.localdate(world.at()) + timedelta(days=1))
    with refused(world, EvaluationDayError, "before the feedback of 2026-01-15"):
        evaluate(world, evaluated_on=date(2026, 1, 14))
    with refused(world, InspectionNotFoundError):
        evaluate(world, world.stranger)


def test_only_the_inspecting_body_evaluates_and_nobody_their_own_work(world):
    world.closed()
    for actor in (world.clerk, world.group, world.verifier, world.leader, world.head, world.handler):
        with refused(world, ActionDeniedError, "It is for: inspector"):
            evaluate(world, actor)
    # of the inspected organisation since the feedback, whatever other post there is
    both = world.person("both", "兼示例", (Role.INSPECTOR, world.body), (Role.PUBLISHER, world.bureau))
    with refused(world, ActionDeniedError, "nobody grades their own work. A person of the inspecting body"):
        evaluate(world, both)
    assert not evaluate_verdict(both, world.inspection).allowed
    assert not evaluate_verdict(world.clerk, world.inspection).allowed
    assert evaluate_verdict(world.inspector, world.inspection).allowed


def test_whoever_worked_on_a_finding_or_signed_for_its_unit_does_not_evaluate(world):
    finding = world.requested()
    assert {world.handler.person_id} == set(evaluation_facts(world.inspection).worker_ids)
    world.do("closure_sign", world.leader, finding)
    world.do("closure_sign", world.clerk, finding)
    # who signed for the office signed for no unit
    workers = {world.handler.person_id, world.leader.person_id}
    assert workers == set(evaluation_facts(world.inspection).worker_ids)
    later = world.grant(world.leader.person_id, (Role.INSPECTOR, world.body))
    with refused(world, ActionDeniedError, "nobody grades their own work"):
        evaluate(world, later)


def test_no_statement_changes_takes_away_or_slips_in_an_evaluation(world):
    world.closed()
    row = evaluate(world)
    other = world.inspect(title="另一轮示例巡察")
    copy = {
        name: getattr(row, name) for name in ("grade", "evaluated_on", "ground", "figures", "by_id", "at")
    }
    tries = (
        lambda: Evaluation.objects.filter(pk=row.pk).update(grade="好"),
        lambda: Evaluation.objects.filter(pk=row.pk).delete(),
        lambda: Evaluation.objects.create(inspection=world.inspection, number=1, **copy),
        lambda: Evaluation.objects.create(inspection=world.inspection, number=3, supersedes=row, **copy),
        # supersedes one of another inspection
        lambda: Evaluation.objects.create(inspection=other, number=2, supersedes=row, **copy),
    )
    for each in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            each()
    assert Evaluation.objects.get().grade == "较好"
    # what stands in the right order and no entry records shows
    with transaction.atomic():
        Evaluation.objects.create(inspection=world.inspection, number=2, supersedes=row, **copy)
        (said,) = differences()
        assert "evaluation 2 stands in the ledger, and no entry of the trail records it" in str(said.message)
        transaction.set_rollback(True)


def test_the_grades_are_those_of_the_rules_that_the_inspection_began_with(world):
    world.inspect_by(grades=["优秀", "合格", "不合格"])
    world.closed()
    with refused(world, GradeUnknownError, "优秀、合格、不合格"):
        evaluate(world)
    assert evaluate(world, grade="合格").grade == "合格"


def test_an_evaluation_falls_due_once_all_is_closed_and_waits_for_the_body(world):
    finding = world.closed()
    closed_on = timezone.localdate(finding.closures.get().at)
    day = closed_on + timedelta(days=3)
    (due,) = evaluations_waiting(world.inspector)
    assert (due.inspection, due.done_on) == (world.inspection, closed_on)
    for actor in (world.clerk, world.administrator):
        assert evaluations_waiting(actor) == []
    before = {each.kind: each for each in inspection_milestones(world.inspector, world.inspection, day)}
    assert before["evaluation"].done_on is None
    row = evaluate(world)
    assert evaluations_waiting(world.inspector) == []
    after = {each.kind: each for each in inspection_milestones(world.inspector, world.inspection, day)}
    assert after["evaluation"].done_on == row.evaluated_on


def phases(world, actor):
    watched = inspections_watched(actor, TODAY, [], evaluations_waiting(actor))
    return {each.inspection.pk: each.phase for each in watched}


def due_again(world):
    on = timezone.localdate(world.at())
    (mine,) = (
        each
        for each in inspection_milestones(world.inspector, world.inspection, on)
        if each.kind is MilestoneKind.EVALUATION
    )
    return mine.done_on, [each.done_on for each in evaluations_waiting(world.inspector)]


def test_what_is_closed_later_on_the_day_of_an_evaluation_asks_for_another_whosever_turn_it_is(world):
    first, second = world.register(STATED, STATED)
    for each in (first, second):
        world.do("finding_accept", world.head, world.assigned(each))
    close(world, first)
    early = evaluate(world)
    assert evaluations_waiting(world.inspector) == []
    close(world, second)
    today = timezone.localdate(world.at())
    assert early.evaluated_on == today
    assert due_again(world) == (None, [today])
    # who may not evaluate it sees as well where it stands
    both = world.person("both", "兼示例", (Role.INSPECTOR, world.body), (Role.PUBLISHER, world.bureau))
    assert evaluations_waiting(both) == []
    for actor in (world.inspector, both):
        assert phases(world, actor) == {world.inspection.pk: Phase.TO_EVALUATE}
    evaluate(world)
    assert due_again(world) == (today, [])
    assert phases(world, both) == {world.inspection.pk: Phase.EVALUATED}


def test_one_that_falls_due_is_found_however_many_were_evaluated_before(world, monkeypatch):
    monkeypatch.setattr(evaluating, "WAITING_MOST", 1)
    world.closed()
    evaluate(world)
    later = world.inspection = world.inspect(title="又一轮示例巡察")
    world.closed()
    assert [each.inspection for each in evaluations_waiting(world.inspector)] == [later]
    assert phases(world, world.inspector)[later.pk] is Phase.TO_EVALUATE


def test_figures_with_restricted_findings_are_for_whom_none_is_kept_from(world):
    world.closed()
    secret = world.rectifying()
    world.do(
        "finding_restrict",
        world.clerk,
        secret,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，只限专人知悉和办理。",
        reader_ids=[
            each.person_id for each in (world.inspector, world.handler, world.leader, world.verifier)
        ],
    )
    # what the actor does not see makes nothing due for them
    unlisted = world.person("unlisted", "另巡示例", (Role.INSPECTOR, world.body))
    assert len(evaluations_waiting(unlisted)) == 1
    assert evaluations_waiting(world.inspector) == []
    row = evaluate(world)
    assert row.figures["counted"]["all"] == 2
    assert evaluations_waiting(unlisted) == []
    assert figures_seen(world.inspector, world.inspection)
    for actor in (unlisted, world.group, world.handler):
        assert not figures_seen(actor, world.inspection)
    chain = ChainKey.inspection(world.inspection.pk)
    told = event_views(events_of(chain))
    for actor, values in (
        (world.inspector, {"number", "grade", "evaluated_on", "reason", "figures", "supersedes_id"}),
        (world.group, {"number", "grade", "evaluated_on", "reason"}),
    ):
        assert set(veiled(actor, world.inspection.pk, told)[-1].values) == values
    assert restricted_events(chain)("evaluation", row.pk)
    # closed after it and kept from them: not due again, nor is its day shown
    close(world, secret)
    assert evaluations_waiting(unlisted) == []
    assert [each.inspection for each in evaluations_waiting(world.inspector)] == [world.inspection]


def test_the_body_sees_its_inspections_side_by_side_with_as_many_queries_for_ten(world):
    finding = world.rectifying()
    waiting = evaluations_waiting(world.inspector)
    with CaptureQueriesContext(connection) as one:
        (row,) = inspections_watched(world.inspector, TODAY, [], waiting)
    assert (row.phase, row.soon, row.overdue, row.evaluation) == (Phase.CONCENTRATED, 0, 0, None)
    late = finding.due + timedelta(days=1)
    (row,) = inspections_watched(world.inspector, late, [], waiting)
    assert row.overdue == 1
    for number in range(9):
        world.inspection = world.inspect(title=f"示例巡察{number}")
        world.register(STATED)
    with CaptureQueriesContext(connection) as ten:
        rows = inspections_watched(world.inspector, late, Plan.objects.none(), waiting)
    assert len(rows) == Inspection.objects.count() == 10
    # the one in trouble stands first
    assert [rows[0].inspection.pk, rows[0].overdue] == [finding.inspection_id, 1]
    assert len(ten) == len(one)


def test_a_leader_sees_what_is_late_under_him_whoever_has_the_next_step(world):
    finding = world.rectifying()
    late = finding.due + timedelta(days=2)
    led = findings_led(world.leader, late)
    assert (led.open, led.overdue, led.soon, [each.pk for each in led.rows]) == (1, 1, 0, [finding.pk])
    assert findings_led(world.leader, finding.due - timedelta(days=1)).soon == 1
    assert findings_led(world.clerk, late) is None
