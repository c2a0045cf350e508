"""Reports with their actions and evidence, the view of who verifies beside them, and the gap counted."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.world import TODAY
from trail.unguarded import unguarded
from zhenggai.domain.figures import Figure
from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.progress import Gap, PercentError
from zhenggai.inbox.models import Notice
from zhenggai.ledger import selectors
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    InvalidFieldError,
    PieceNotFoundError,
    ReasonTooShortError,
    StandsOtherwiseError,
)
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.models import ActionTaken, Finding, ProgressReport, ProgressView
from zhenggai.trail.models import Event
from zhenggai.trail.selectors import event_views

SEEN = "现场查看，台账只核对了两年。"


def report(world, finding, **values):
    wanted = {"progress": Progress.SUBSTANTIALLY_DONE, "narrative": "已核对两年台账。", **values}
    return world.do("progress_report", world.handler, finding, **wanted)


def seen(world, finding, actor=None, progress=Progress.IN_PROGRESS, reason=SEEN):
    return world.do("progress_judge", actor or world.verifier, finding, progress=progress, reason=reason)


def refused(world, error, sentence, do):
    """Sees that it is refused with the sentence, and that neither rows nor trail change."""

    def rows():
        models = (Finding, ProgressReport, ProgressView, ActionTaken)
        return [list(model.objects.order_by("pk").values()) for model in models], Event.objects.count()

    before = rows()
    with pytest.raises(error) as caught, transaction.atomic():
        do()
    assert sentence in str(caught.value)
    assert rows() == before


def test_a_report_keeps_its_actions_its_measure_and_its_evidence(world):
    finding = world.file_evidence(world.accepted())
    measure, proof = finding.measures.get(), finding.evidence.get()
    report(
        world,
        finding,
        percent=70,
        actions=[
            {"text": "召开核对会", "measure_id": None},
            {"text": "核对2024年台账", "measure_id": measure.pk},
        ],
        evidence_ids=[proof.pk],
    )
    row = finding.progress_reports.get()
    assert (row.percent, row.unit_ids) == (70, [world.unit.pk])
    assert [(each.text, each.measure_id) for each in row.actions.all()] == [
        ("召开核对会", None),
        ("核对2024年台账", measure.pk),
    ]
    assert list(row.evidence.all()) == [proof]
    # what the document claims stays apart
    shown = selectors.finding_get(world.clerk, finding.pk)
    assert [each.text for each in shown.actions_taken.all()] == ["召开核对会一次", "核对台账三年"]
    assert list(differences(world.inspection.pk)) == []


def test_a_later_report_may_claim_less(world):
    finding = report(world, world.accepted(), percent=90)
    report(
        world,
        finding,
        percent=40,
        progress=Progress.IN_PROGRESS,
        narrative="复核发现一年账簿缺页，重新核对。",
    )
    assert [each.percent for each in finding.progress_reports.all()] == [90, 40]
    assert Finding.objects.get(pk=finding.pk).progress == Progress.IN_PROGRESS


def test_what_cannot_be_reported_is_refused(world):
    finding = world.file_evidence(world.accepted())
    proof = finding.evidence.get()
    said = {"text": "核对", "measure_id": 999_999}
    refused(world, PercentError, "no percentage", lambda: report(world, finding, percent=101))
    refused(world, PieceNotFoundError, "measure", lambda: report(world, finding, actions=[said]))
    many = [{"text": "核对", "measure_id": None}] * 51
    refused(world, InvalidFieldError, "at most 50 actions", lambda: report(world, finding, actions=many))
    refused(world, PieceNotFoundError, "evidence", lambda: report(world, finding, evidence_ids=[999_999]))
    world.do("evidence_withdraw", world.handler, finding, evidence_id=proof.pk, reason="上传错误，重新提交。")
    said = [proof.pk]
    refused(world, StandsOtherwiseError, "withdrawn", lambda: report(world, finding, evidence_ids=said))


def test_the_view_stands_beside_the_claim_and_moves_nothing(world):
    finding = report(world, world.accepted())
    for actor in (world.verifier, world.clerk, world.inspector):
        seen(world, finding, actor)
    row = Finding.objects.get(pk=finding.pk)
    assert (row.stage, row.progress) == ("rectifying", "substantially_done")
    assert [each.by_id for each in finding.progress_views.all()] == [
        each.person_id for each in (world.verifier, world.clerk, world.inspector)
    ]
    last = list(event_views(Event.objects.order_by("pk")))[-1]
    assert (last.name, last.values["gap"], last.values["claimed"]) == (
        "ledger.progress.judged",
        "ahead",
        "substantially_done",
    )
    assert list(differences(world.inspection.pk)) == []


def test_nobody_who_fixed_or_belongs_to_the_unit_says_how_far_it_is(world):
    finding = report(world, world.accepted())
    for actor in (world.handler, world.head, world.leader, world.group, world.auditor):
        refused(
            world, ActionDeniedError, "say how far the work is", lambda who=actor: seen(world, finding, who)
        )
    refused(world, ReasonTooShortError, "at least 10", lambda: seen(world, finding, reason="看过了"))


def test_the_unit_is_told_where_it_claims_more_than_is_seen(world, django_capture_on_commit_callbacks):
    finding = report(world, world.accepted())
    with django_capture_on_commit_callbacks(execute=True):
        seen(world, finding, progress=Progress.SUBSTANTIALLY_DONE)
    assert not Notice.objects.filter(template__contains="claims more").exists()
    with django_capture_on_commit_callbacks(execute=True):
        seen(world, finding)
    told = Notice.objects.filter(template__contains="claims more")
    wanted = {each.person_id for each in (world.handler, world.head, world.helper)}
    assert {each.person_id for each in told} == wanted


def test_lists_and_figures_count_the_gap_by_the_last_word_of_each(world):
    ahead, agrees, behind, silent = (world.accepted() for _ in range(4))
    for finding in (ahead, agrees, behind, silent):
        report(world, finding)
    seen(world, ahead, progress=Progress.DONE)
    seen(world, ahead, progress=Progress.NOT_STARTED)
    seen(world, agrees, progress=Progress.SUBSTANTIALLY_DONE)
    seen(world, behind, progress=Progress.DONE)
    wanted = {Gap.AHEAD: ahead, Gap.AGREES: agrees, Gap.BEHIND: behind}
    figures = figures_on(world.clerk, world.inspection, TODAY)
    for gap, finding in wanted.items():
        filters = selectors.FindingFilters(gap=gap)
        assert list(selectors.findings_visible(world.clerk, world.inspection.pk, filters)) == [finding]
        assert figures.counted[Figure(f"gap_{gap.value}")] == 1
        counted = selectors.FindingFilters(counted=Figure(f"gap_{gap.value}"), counted_on=TODAY)
        assert list(selectors.findings_visible(world.clerk, world.inspection.pk, counted)) == [finding]


def test_reports_and_views_are_never_changed_behind_the_services(world):
    finding = world.file_evidence(world.accepted())
    report(
        world,
        finding,
        evidence_ids=[finding.evidence.get().pk],
        actions=[{"text": "核对", "measure_id": None}],
    )
    seen(world, finding)
    for statement in (
        "UPDATE ledger_progressreport SET percent = 100",
        "UPDATE ledger_progressview SET progress = 'done'",
        "DELETE FROM ledger_progressview",
        "DELETE FROM ledger_progressreport_evidence",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with unguarded():
        ActionTaken.objects.filter(report__isnull=False).update(text="另一做法")
    (found,) = differences(world.inspection.pk)
    assert "actions" in str(found.message)
