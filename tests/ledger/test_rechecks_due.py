"""Who hears that a re-check is due, that a fault came back, that a stage begins."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from ledger.test_rechecking import FAILS, HOLDS, NEXT, recheck
from zhenggai.domain.policy import Action
from zhenggai.inbox.models import Notice
from zhenggai.jobs.running import job_run
from zhenggai.jobs.services import job_enqueue, job_take
from zhenggai.ledger.digesting import digest_of
from zhenggai.ledger.models import RecheckDate
from zhenggai.ledger.rechecks_due import rechecks_tell
from zhenggai.ledger.waiting import findings_waiting

DAY = date(2026, 9, 1)


def waits(actor, on):
    return [
        row.pk
        for group in findings_waiting(actor, on)
        if group.action is Action.RECHECK_RECORD
        for row in group.rows
    ]


def test_a_re_check_waits_from_its_day_on_for_those_who_may_carry_it_out(world):
    finding = world.stage_closed()
    for actor in (world.clerk, world.verifier, world.inspector):
        assert waits(actor, DAY - timedelta(days=1)) == []
        assert waits(actor, DAY) == [finding.pk]
    for actor in (world.handler, world.leader, world.stranger, world.administrator):
        assert waits(actor, DAY) == []


def test_it_stands_in_the_digest(world):
    finding = world.stage_closed()
    (group,) = [each for each in digest_of(world.verifier, DAY) if each["group"] == "recheck"]
    assert group == {"group": "recheck", "total": 1, "findings": [finding.pk]}


def test_what_was_re_checked_waits_no_more(world):
    finding = recheck(world, world.stage_closed(), **HOLDS, next_on=NEXT)
    assert waits(world.verifier, DAY) == []
    assert waits(world.verifier, NEXT) == [finding.pk]


def told(world, on):
    """Runs the job in the morning of a day; whom it told of what."""
    at = timezone.make_aware(datetime.combine(on, datetime.min.time())) + timedelta(hours=8)
    before = set(Notice.objects.values_list("pk", flat=True))
    job = job_enqueue(rechecks_tell, at=at)
    taken = job_take(worker="示例", queue=job.queue, at=at)
    assert taken is not None
    assert job_run(taken, clock=lambda: at)
    return {(row.person_id, row.target_id) for row in Notice.objects.exclude(pk__in=before)}


def test_each_day_that_has_come_is_told_once(world):
    finding = world.stage_closed()
    assert told(world, DAY - timedelta(days=1)) == set()
    people = (world.clerk, world.verifier, world.inspector)
    assert told(world, DAY + timedelta(days=2)) == {(each.person_id, finding.pk) for each in people}
    assert told(world, DAY + timedelta(days=3)) == set()
    assert RecheckDate.objects.get(finding=finding).warned_at is not None


def test_the_notice_is_taken_back_once_it_was_re_checked(world, django_capture_on_commit_callbacks):
    finding = world.stage_closed()
    told(world, DAY)
    with django_capture_on_commit_callbacks(execute=True):
        world.minute = 60 * 24 * 190
        recheck(world, finding, **HOLDS, next_on=NEXT)
    unread = Notice.objects.filter(key__startswith="recheck:", read_at=None)
    assert not unread.exists()


def test_leader_unit_and_office_hear_of_a_rebound_and_of_a_stage(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        finding = recheck(world, world.closed(), **FAILS)
    rows = Notice.objects.filter(target_id=finding.pk, template__startswith="What was closed does not hold")
    people = {world.leader, world.head, world.handler, world.clerk}
    assert {row.person_id for row in rows} == {each.person_id for each in people}
    with django_capture_on_commit_callbacks(execute=True):
        staged = world.stage_closed()
        world.do("stage_begin", world.clerk, staged, goal="每月核对一次。", due=NEXT)
    rows = Notice.objects.filter(target_id=staged.pk, template__startswith="The next stage begins")
    # who does it is not told of it
    assert {row.person_id for row in rows} == {each.person_id for each in people - {world.clerk}}
