"""State intervals: every change of how a finding stands leaves one, and no statement gets past them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from ledger.test_guards import run, stopped
from ledger.world import DUE, STATED, TODAY
from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.models import Finding, StateInterval
from zhenggai.ledger.standing_on import as_stood, day_end

backfill = import_module("zhenggai.ledger.migrations.0015_intervals_of_before")
REASON = "现场仍有两处台账未核对，请补充。"


def stood(finding):
    return [
        (row.stage, row.round, row.nature, row.progress, row.due)
        for row in StateInterval.objects.filter(finding=finding)
    ]


def test_every_change_of_how_a_finding_stands_leaves_an_interval(world):
    finding = world.requested()
    world.do("closure_send_back", world.leader, finding, reason=REASON)
    assert stood(finding) == [
        ("registered", 1, "", "", None),
        ("registered", 1, "time_bound", "", None),
        ("assigned", 1, "time_bound", "", DUE),
        ("accepted", 1, "time_bound", "", DUE),
        ("rectifying", 1, "time_bound", "in_progress", DUE),
        ("closure_requested", 1, "time_bound", "in_progress", DUE),
        ("rectifying", 2, "time_bound", "in_progress", DUE),
    ]
    rows = list(StateInterval.objects.filter(finding=finding))
    assert [row.until for row in rows] == [*(row.since for row in rows[1:]), None]
    assert {row.source for row in rows} == {"recorded"}


def test_what_changes_nothing_of_how_it_stands_leaves_none(world):
    finding = world.rectifying()
    before = stood(finding)
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    assert stood(finding) == before


def test_a_clock_that_went_back_ends_no_interval_before_it_began(world):
    finding = world.assigned()
    world.minute -= 1_000
    world.do("finding_accept", world.head, finding)
    *_, before, last = StateInterval.objects.filter(finding=finding)
    assert before.since == before.until == last.since


def test_no_statement_edits_ends_twice_deletes_or_slips_in_an_interval(world):
    finding = world.accepted()
    first, *_, last = StateInterval.objects.filter(finding=finding)
    rows = StateInterval.objects.filter(pk=last.pk)
    assert "only until are written, and once" in stopped(rows.update, stage="registered")
    assert "only until are written" in stopped(
        StateInterval.objects.filter(pk=first.pk).update, until=first.until + timedelta(days=1)
    )
    assert "none is ever deleted" in stopped(rows.delete)
    again = {"finding": finding, "inspection": finding.inspection, "stage": "closed", "round": 1}
    assert "exists already" in stopped(StateInterval.objects.create, **again, since=world.at())
    rows.update(until=world.at())
    assert "begins open" in stopped(StateInterval.objects.create, **again, since=world.at(), until=world.at())
    assert "begins open" in stopped(StateInterval.objects.create, **again, since=last.since)
    other = {**again, "inspection": world.inspect(title="另一示例巡察")}
    assert "begins open" in stopped(StateInterval.objects.create, **other, since=world.at())
    assert [str(each.message) for each in differences()] == [
        f"Finding {finding.pk} stands otherwise than its last state interval says."
    ]


def test_no_statement_moves_a_finding_without_an_interval_that_agrees(world):
    finding = world.accepted()
    said = stopped(run, "UPDATE ledger_finding SET stage = 'rectifying' WHERE id = %s", finding.pk)
    assert "changes with an interval that agrees" in said
    said = stopped(run, "UPDATE ledger_finding SET round = 2 WHERE id = %s", finding.pk)
    assert "changes with an interval that agrees" in said


def test_an_interval_that_nobody_moved_to_shows(world):
    finding = world.accepted()
    StateInterval.objects.filter(finding=finding, until=None).update(until=world.at())
    made = {"finding": finding, "inspection": finding.inspection, "round": 1, "nature": "time_bound"}
    StateInterval.objects.create(**made, stage="rectifying", since=world.at())
    assert [str(each.message) for each in differences()] == [
        f"Finding {finding.pk} stands otherwise than its last state interval says.",
        f"Finding {finding.pk}: one of its state intervals does not end where the next begins.",
    ]


def on_day(finding, on):
    stood = as_stood(Finding.objects.filter(pk=finding.pk), on)
    named = {"stage_then": F("then_stage"), "said_then": F("then_progress"), "kind_then": F("then_nature")}
    return stood.annotate(**named).values_list("stage_then", "said_then", "kind_then")


def test_how_it_stood_is_said_of_the_end_of_the_day_in_shanghai(world):
    world.minute = 13 * 60 + 55  # 23:55 in Shanghai
    finding = world.registered()
    world.minute += 10
    world.assigned(finding)
    assert list(on_day(finding, TODAY - timedelta(days=1))) == []
    assert list(on_day(finding, TODAY)) == [("registered", "", "")]
    assert list(on_day(finding, TODAY + timedelta(days=1))) == [("assigned", "", Nature.TIME_BOUND.value)]
    assert day_end(TODAY) == datetime(2026, 3, 2, 16, tzinfo=UTC)


@pytest.mark.parametrize("count", [1, 30])
def test_how_any_number_of_findings_stood_takes_one_query(world, count):
    world.register(*[STATED] * count)
    with CaptureQueriesContext(connection) as queries:
        rows = as_stood(Finding.objects.filter(inspection=world.inspection), TODAY)
        assert rows.filter(then_stage=Stage.REGISTERED.value).count() == count
    assert len(queries) == 1


class TestBackfill:
    AT = datetime(2026, 1, 5, 2, tzinfo=UTC)

    def told(self, *events):
        return [
            (name, state["stage"], state["round"])
            for (_at, state), name in zip(backfill.told_over(self.AT, list(events)), "abcdefgh", strict=False)
        ]

    def test_events_are_told_over_into_intervals(self):
        later = self.AT + timedelta(days=1)
        assert self.told(
            (later, "ledger.finding.assigned", {"stage": "assigned", "due": "2026-06-30"}),
            (later, "ledger.closure.sent_back", {"stage": "rectifying", "round": 2}),
        ) == [("a", "registered", 1), ("b", "assigned", 1), ("c", "rectifying", 2)]

    def test_of_what_was_erased_what_stood_before_is_kept(self):
        assert self.told((self.AT, "ledger.progress.reported", {})) == [("a", "registered", 1)]

    def test_a_moment_before_the_last_one_is_moved_to_it(self):
        earlier = self.AT - timedelta(days=3)
        (_first, (since, state)) = backfill.told_over(
            self.AT, [(earlier, "ledger.finding.assigned", {"stage": "assigned", "due": None})]
        )
        assert (since, state["stage"]) == (self.AT, "assigned")

    def test_what_the_trail_does_not_tell_is_marked_as_assumed(self, world):
        from django.apps import apps  # noqa: PLC0415 - the apps of a migration

        finding = world.rectifying()
        Finding.objects.filter(pk=finding.pk).update(progress=Progress.DONE.value)
        finding.refresh_from_db()
        rows = backfill._intervals(apps, finding, backfill._told(apps, [finding])[finding.pk])
        assert [(row.stage, row.progress, row.source) for row in rows[-2:]] == [
            ("rectifying", "in_progress", "replayed"),
            ("rectifying", "done", "assumed"),
        ]
        assert (rows[-1].since, rows[-1].until) == (finding.changed_at, None)
        assert [row.until for row in rows[:-1]] == [row.since for row in rows[1:]]


def test_the_first_day_is_a_day():
    assert day_end(date(2026, 12, 31)) == datetime(2026, 12, 31, 16, tzinfo=UTC)
