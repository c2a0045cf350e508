"""Drafts of reports: each for the person who typed it, gone with the report, and of no account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.jobs.running import job_run
from zhenggai.jobs.services import job_enqueue, job_take
from zhenggai.ledger.drafts import drafts_clear, progress_draft_of, progress_draft_save
from zhenggai.ledger.errors import ActionDeniedError, FindingNotFoundError, TextTooLongError
from zhenggai.ledger.models import Finding, ProgressDraft
from zhenggai.trail.models import Event

TYPED = {"progress": "in_progress", "narrative": "已核对两", "evidence_ids": ["7"]}


def save(world, finding, actor=None, **said):
    return progress_draft_save(
        actor=actor or world.handler, at=world.at(), finding_id=finding.pk, said=said or TYPED
    )


def refused(world, error, do):
    before = list(ProgressDraft.objects.values()), Event.objects.count()
    with pytest.raises(error) as caught, transaction.atomic():
        do()
    assert (list(ProgressDraft.objects.values()), Event.objects.count()) == before
    return str(caught.value)


def test_a_draft_is_kept_as_typed_and_tells_nobody(world):
    finding = world.accepted()
    before = Event.objects.count(), Finding.objects.get(pk=finding.pk).version
    save(world, finding)
    kept = save(world, finding, narrative="已核对两年台账", percent="4x")
    assert ProgressDraft.objects.get() == kept
    assert (kept.said["narrative"], kept.said["percent"]) == ("已核对两年台账", "4x")
    assert (Event.objects.count(), Finding.objects.get(pk=finding.pk).version) == before


def test_nobody_is_shown_the_draft_of_another(world):
    finding = world.accepted()
    mine = save(world, finding)
    theirs = save(world, finding, world.head, narrative="另一份")
    assert progress_draft_of(world.handler, finding) == mine
    assert progress_draft_of(world.head, finding) == theirs
    for actor in (world.helper, world.clerk, world.leader, world.administrator):
        assert progress_draft_of(actor, finding) is None


def test_only_who_may_report_keeps_a_draft(world):
    finding = world.accepted()
    for actor in (world.clerk, world.leader, world.verifier, world.auditor):
        assert "report progress" in refused(
            world, ActionDeniedError, lambda who=actor: save(world, finding, who)
        )
    refused(world, FindingNotFoundError, lambda: save(world, finding, world.stranger))
    world.do(
        "finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason="涉及问题线索，限专人。"
    )
    refused(world, FindingNotFoundError, lambda: save(world, finding))


def test_what_no_report_could_take_is_refused(world):
    finding = world.accepted()
    said = refused(world, TextTooLongError, lambda: save(world, finding, narrative="长" * 20_001))
    assert "20001" in said.replace(",", "")


def test_what_no_database_keeps_is_left_out_of_a_draft(world):
    finding = world.accepted()
    said = save(world, finding, narrative="甲\x00乙\ud800", evidence_ids=["\x007"]).said
    assert (said["narrative"], said["evidence_ids"]) == ("甲乙?", ["7"])
    assert save(world, finding, narrative="\x00") is None


def test_the_report_takes_its_writers_draft_with_it_and_no_other(world):
    finding = world.accepted()
    save(world, finding)
    theirs = save(world, finding, world.head, narrative="另一份")
    said = {"progress": Progress.IN_PROGRESS, "narrative": "已核对两年台账。"}
    world.do("progress_report", world.handler, finding, **said)
    assert list(ProgressDraft.objects.all()) == [theirs]


def test_an_empty_draft_is_none(world):
    finding = world.accepted()
    save(world, finding)
    assert save(world, finding, narrative="") is None
    assert not ProgressDraft.objects.exists()


def test_drafts_that_nobody_came_back_to_are_cleared_away(world):
    finding = world.accepted()
    kept = save(world, finding)
    for days, left in ((89, 1), (91, 0)):
        at = kept.saved_at + timedelta(days=days)
        job = job_enqueue(drafts_clear, at=at)
        taken = job_take(worker="示例", queue=job.queue, at=at)
        assert taken is not None
        assert job_run(taken, clock=lambda moment=at: moment)
        assert ProgressDraft.objects.count() == left


def test_a_draft_that_comes_after_its_report_is_not_kept(world):
    finding = world.rectifying()
    known = finding.progress_reports.filter(by_id=world.handler.person_id).count()
    late = {"actor": world.handler, "at": world.at(), "finding_id": finding.pk, "said": {"narrative": "核对"}}
    assert progress_draft_save(**late, reports=known - 1) is None
    assert not ProgressDraft.objects.exists()
    assert progress_draft_save(**late, reports=known).said["narrative"] == "核对"
