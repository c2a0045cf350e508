"""New situations go up level by level, are answered by a day, and whoever they wait with is reminded."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from ledger.refusals import refused
from ledger.test_guards import stopped
from zhenggai.accounts.models import Post
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.inbox.models import Notice
from zhenggai.jobs.running import job_run
from zhenggai.jobs.services import job_enqueue, job_take
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    NobodyAboveError,
    PieceNotFoundError,
    ReasonTooShortError,
    StandsOtherwiseError,
)
from zhenggai.ledger.exporting import ledger_export_csv
from zhenggai.ledger.exporting_situations import situation_row
from zhenggai.ledger.models import Finding, Situation, SituationReminder, SituationStep
from zhenggai.ledger.selectors import finding_timeline
from zhenggai.ledger.services import situation_answer
from zhenggai.ledger.situations import clock_of, situations_of
from zhenggai.ledger.situations_due import situations_remind
from zhenggai.ledger.waiting import findings_waiting

TEXT = "3台设备的原保管人已经调离。"
ANALYSIS = "须跨单位核实，建议由整改办协调。"
# ten working days after Monday 2 March 2026
RAISED, DUE = date(2026, 3, 2), date(2026, 3, 16)


def raised(world, actor=None, finding=None, **values):
    finding = world.do(
        "situation_raise", actor or world.handler, finding or world.rectifying(), text=TEXT, **values
    )
    return finding, finding.situations.last()


def up(world, actor, finding, situation, analysis=ANALYSIS):
    return world.do("situation_pass_up", actor, finding, situation_id=situation.pk, analysis=analysis)


def gone(actor):
    """Every post of the person has ended."""
    Post.objects.filter(person_id=actor.person_id).update(ended_on=RAISED)


def waits(world, actor, action="situation.answer"):
    return sum(each.total for each in findings_waiting(actor, RAISED) if each.action.value == action)


def test_it_goes_from_the_unit_head_to_the_inspecting_body_with_an_analysis_each_time(world):
    finding, situation = raised(world)
    assert (situation.level, situation.due_on) == ("unit_head", DUE)
    for actor, level in ((world.head, "leader"), (world.leader, "office"), (world.clerk, "inspector")):
        finding = up(world, actor, finding, situation)
        situation.refresh_from_db()
        assert (situation.level, situation.due_on) == (level, DUE)
    steps = situation.steps.values_list("from_level", "to_level", "analysis", "by__name")
    assert list(steps) == [
        ("", "unit_head", "", "经示例"),
        ("unit_head", "leader", ANALYSIS, "长示例"),
        ("leader", "office", ANALYSIS, "领示例"),
        ("office", "inspector", ANALYSIS, "办示例"),
    ]
    with refused(finding, ActionDeniedError, "waits with: inspecting body"):
        world.do("situation_answer", world.group, finding, situation_id=situation.pk, text="请协助核实。")
    finding = world.do("situation_answer", world.inspector, finding, situation_id=situation.pk, text="同意。")
    assert finding.situations.get().answered_by.name == "巡示例"
    assert list(differences()) == []
    (event,) = [each for each in finding_timeline(world.clerk, finding.pk) if each.name.endswith("raised")]
    assert (event.values["level"], event.values["due"]) == ("unit_head", "2026-03-16")


@pytest.mark.parametrize(
    ("name", "level"), [("head", "leader"), ("leader", "office"), ("helper", "unit_head")]
)
def test_it_waits_one_level_above_whoever_raised_it(world, name, level):
    _finding, situation = raised(world, getattr(world, name))
    assert situation.level == level


def test_a_level_without_anybody_is_passed_over_and_said(world):
    finding = world.rectifying()
    gone(world.head)
    gone(world.leader)
    finding, situation = raised(world, finding=finding)
    assert (situation.level, situation.steps.get().passed_over) == ("office", ["unit_head", "leader"])
    assert list(differences()) == []


def test_of_a_restricted_finding_only_the_listed_are_at_a_level(world):
    finding = world.rectifying()
    finding = world.do(
        "finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason="涉及问题线索，限专人。"
    )
    finding = world.do("finding_reader_add", world.clerk, finding, reader_ids=[world.handler.person_id])
    finding, situation = raised(world, finding=finding)
    assert (situation.level, situation.steps.get().passed_over) == ("office", ["unit_head", "leader"])
    assert (waits(world, world.clerk), waits(world, world.group)) == (1, 0)
    # the inspecting body is not listed, so nobody is above
    with refused(finding, NobodyAboveError, "waits with: rectification office"):
        up(world, world.clerk, finding, situation)


def test_passing_up_needs_an_analysis_and_whoever_it_waits_with(world):
    finding, situation = raised(world)
    with refused(finding, ReasonTooShortError, "10"):
        up(world, world.head, finding, situation, "请研究。")
    with refused(finding, ActionDeniedError, "waits with: head of the lead unit"):
        up(world, world.leader, finding, situation)
    with refused(finding, ActionDeniedError):
        up(world, world.handler, finding, situation)
    finding, own = raised(world, world.leader, finding)
    finding = world.do("situation_answer", world.clerk, finding, situation_id=own.pk, text="请协助核实。")
    with refused(finding, StandsOtherwiseError, "an answer is never changed"):
        up(world, world.clerk, finding, own)


def test_where_nobody_is_above_it_is_answered_there(world):
    finding, situation = raised(world, world.leader)
    gone(world.inspector)
    with refused(finding, NobodyAboveError, "so it is answered there"):
        up(world, world.clerk, finding, situation)


def test_what_follows_is_a_new_one_linked_to_the_answered_one(world):
    finding, first = raised(world)
    with refused(finding, StandsOtherwiseError, "waits for its answer still"):
        raised(world, finding=finding, follows_id=first.pk)
    with refused(finding, PieceNotFoundError):
        raised(world, finding=finding, follows_id=10**6)
    finding = world.do("situation_answer", world.head, finding, situation_id=first.pk, text="请协助核实。")
    finding, second = raised(world, finding=finding, follows_id=first.pk)
    assert second.follows == first
    assert list(differences()) == []


def test_it_waits_on_the_start_page_with_whoever_is_at_its_level_and_with_who_raised_it(world):
    finding, situation = raised(world)
    people = {"head": 1, "leader": 0, "clerk": 0, "group": 0, "inspector": 0, "handler": 0}
    assert {name: waits(world, getattr(world, name)) for name in people} == people
    assert waits(world, world.handler, "situation.raise") == 1
    up(world, world.head, finding, situation)
    assert (waits(world, world.head), waits(world, world.leader)) == (0, 1)


def test_the_list_counts_what_each_may_see_and_a_late_answer_stays_late(world):
    finding, late = raised(world)
    _other, _second = raised(world)
    at = datetime.combine(DUE + timedelta(days=1), time(0), tzinfo=timezone.get_default_timezone())
    situation_answer(
        actor=world.clerk,
        at=at,
        finding_id=finding.pk,
        version=finding.version,
        situation_id=late.pk,
        text="请协助核实。",
    )
    sheet = situations_of(world.clerk, world.inspection.pk, DUE + timedelta(days=30))
    assert (sheet.count.raised, sheet.count.answered, sheet.count.answered_late) == (2, 1, 1)
    assert (sheet.count.open, sheet.count.overdue) == (1, 1)
    assert sheet.answered[0].clock.days_late == 1
    then = situations_of(world.clerk, world.inspection.pk, DUE)
    assert (then.count.open, then.count.answered, then.count.overdue) == (2, 0, 0)
    assert situations_of(world.clerk, world.inspection.pk, RAISED - timedelta(days=1)).count.raised == 0


def told(on):
    """Runs the job in the morning of a day; who got a notice."""
    at = datetime.combine(on, time(8), tzinfo=timezone.get_default_timezone())
    before = set(Notice.objects.values_list("pk", flat=True))
    job = job_enqueue(situations_remind, at=at)
    taken = job_take(worker="示例", queue=job.queue, at=at)
    assert taken is not None
    assert job_run(taken, clock=lambda: at)
    return sorted(Notice.objects.exclude(pk__in=before).values_list("person__username", flat=True))


def test_each_reminder_comes_once_and_an_overdue_one_is_told_one_level_further_up(world):
    raised(world)
    assert told(date(2026, 3, 10)) == []
    assert told(date(2026, 3, 11)) == ["head"]
    assert told(date(2026, 3, 12)) == []
    assert told(DUE) == []
    assert told(DUE + timedelta(days=1)) == ["head", "leader"]
    assert told(DUE + timedelta(days=2)) == []


def test_days_without_the_job_are_caught_up_and_an_answer_ends_reminders(world):
    finding, situation = raised(world)
    assert told(DUE + timedelta(days=9)) == ["head", "leader"]
    assert SituationReminder.objects.get().step == "overdue"
    world.do("situation_answer", world.clerk, finding, situation_id=situation.pk, text="请协助核实。")
    assert not Notice.objects.filter(key__startswith=f"situation:{situation.pk}:", read_at=None).exists()
    raised(world)
    assert told(DUE) == ["head"]


def old_situation(world):
    """One that was raised before there was a clock."""
    finding = world.rectifying()
    return Situation.objects.create(
        finding=finding, text="旧情况", raised_by_id=world.handler.person_id, raised_at=world.at()
    )


def test_what_was_raised_before_there_was_a_clock_is_due_by_the_rules_and_says_so(world):
    old = old_situation(world)
    sheet = situations_of(world.clerk, world.inspection.pk, DUE)
    (line,) = sheet.open
    assert (line.situation.level, line.clock.due, line.clock.is_reckoned) == ("office", DUE, True)
    assert (sheet.count.undated, sheet.count.overdue) == (0, 0)
    assert situations_of(world.clerk, world.inspection.pk, DUE + timedelta(days=1)).count.overdue == 1
    row = situation_row(Situation.objects.get(pk=old.pk))
    assert row.due == DUE
    assert old.due_on is None
    _, raised_now = raised(world)
    assert not clock_of(raised_now, DUE).is_reckoned


def test_what_was_raised_before_there_was_a_clock_is_reminded_of(world):
    old_situation(world)
    assert told(DUE - timedelta(days=30)) == []
    assert told(DUE) == ["group", "office"]
    assert told(DUE + timedelta(days=1)) == ["group", "inspector", "office"]
    assert told(DUE + timedelta(days=2)) == []


def test_open_situations_stand_in_the_ledger_file_with_where_they_wait(world):
    finding, situation = raised(world)
    said = b"".join(ledger_export_csv(world.clerk, world.inspection.pk, DUE)).decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(said))
    told_of = dict(zip(heading, row, strict=True))
    assert told_of["未答复新情况"] == f"{situation.text}（待责任单位负责人答复，应于{DUE}前答复）"
    world.do("situation_answer", world.clerk, finding, situation_id=situation.pk, text="请协助核实。")
    said = b"".join(ledger_export_csv(world.clerk, world.inspection.pk, DUE)).decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(said))
    assert dict(zip(heading, row, strict=True))["未答复新情况"] == ""


def test_no_statement_moves_a_situation_or_answers_for_whoever_raised_it(world):
    finding, situation = raised(world)
    rows = Situation.objects.filter(pk=situation.pk)
    assert "The ledger keeps this row" in stopped(rows.update, level="inspector")
    assert "The ledger keeps this row" in stopped(rows.update, due_on=DUE + timedelta(days=9))
    own = {"answer": "自答", "answered_by_id": world.handler.person_id, "answered_at": world.at()}
    assert "The ledger keeps this row" in stopped(rows.update, **own)
    step = {"situation": situation, "analysis": ANALYSIS, "at": world.at()}
    goes = "goes up from where it waits"
    levels = (
        {"from_level": "leader", "to_level": "office"},
        {"from_level": "unit_head", "to_level": "leader"},
    )
    for values, by in zip(levels, (world.leader, world.handler), strict=True):
        assert goes in stopped(SituationStep.objects.create, by_id=by.person_id, **step, **values)
    assert "never changed" in stopped(situation.steps.update, analysis="改过的分析研判意见。")
    values = {
        "finding": finding,
        "text": "续",
        "raised_by_id": world.handler.person_id,
        "raised_at": world.at(),
    }
    assert "follows an answered one" in stopped(Situation.objects.create, follows=situation, **values)
    assert Finding.objects.get(pk=finding.pk).situations.count() == 1
