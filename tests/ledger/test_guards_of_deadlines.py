"""Statements of one's own on due dates, requests about them and suspensions: refused by triggers."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection

from ledger.test_extending import NEW, REASON, ask, ask_long_term, grant
from ledger.test_guards import run, stopped
from ledger.world import DUE
from zhenggai.ledger.models import (
    Closure,
    DeadlineRequest,
    DeadlineSignature,
    Evidence,
    Finding,
    Outcome,
    ProgressReport,
    Signature,
    SignatureRecord,
    Suspension,
)


def rows(finding):
    return Finding.objects.filter(pk=finding.pk)


def test_no_statement_moves_a_due_date_or_the_first(world):
    finding = world.rectifying()
    assert "only by a request that was granted" in stopped(rows(finding).update, due=NEW)
    assert "due date" in stopped(rows(finding).update, due=None, first_due=None)
    assert "The first due date is kept" in stopped(rows(finding).update, first_due=date(2026, 1, 1))
    ask(world, finding)
    assert "only by a request that was granted" in stopped(rows(finding).update, due=NEW)
    finding = grant(world, finding)
    for due in (DUE, date(2027, 1, 1), None):
        assert "only by a request that was granted" in stopped(rows(finding).update, due=due)
    assert "The first due date is kept" in stopped(rows(finding).update, first_due=NEW)
    fresh = world.registered()
    assert "The first due date is kept" in stopped(rows(fresh).update, first_due=DUE)
    assert "due date" in stopped(rows(fresh).update, first_due=DUE, due=NEW)


def test_no_statement_makes_a_finding_long_term(world):
    finding = world.rectifying()
    assert "only by a request that was granted" in stopped(rows(finding).update, nature="long_term")
    ask_long_term(world, finding)
    assert "only by a request" in stopped(rows(finding).update, nature="long_term", due=None)
    finding = grant(world, finding)
    assert "only by a request" in stopped(rows(finding).update, due=DUE)
    assert "stays long-term" in stopped(rows(finding).update, nature="time_bound")
    staged = world.stage_closed()
    world.do("stage_begin", world.clerk, staged, goal="每月核对一次台账。", due=DUE)
    assert "stays long-term" in stopped(rows(staged).update, nature="")


def test_no_statement_grants_a_request(world):
    finding = ask(world, world.rectifying())
    asked = DeadlineRequest.objects.filter(finding=finding)
    granted = {"state": "granted", "decided_at": world.at(), "decided_by_id": world.clerk.person_id}
    assert "signatures of two people" in stopped(asked.update, **granted)
    own = {"request": asked.get(), "step": "office_clerk", "by_id": world.handler.person_id, "at": world.at()}
    assert "Nobody approves what he asked for" in stopped(DeadlineSignature.objects.create, **own)
    for_who_asked = {**own, "by_id": world.group.person_id, "acting_for_id": world.handler.person_id}
    assert "nor for who asked" in stopped(DeadlineSignature.objects.create, **for_who_asked)
    world.do("deadline_sign", world.leader, finding)
    for_who_approved = {**for_who_asked, "acting_for_id": world.leader.person_id}
    assert "Nobody approves twice" in stopped(DeadlineSignature.objects.create, **for_who_approved)
    assert "signatures of two people" in stopped(asked.update, **granted)
    signatures = DeadlineSignature.objects.all()
    assert "never changed" in stopped(signatures.update, by_id=world.clerk.person_id)
    for change in ({"new_due": date(2027, 1, 1)}, {"due_before": NEW}, {"reason": "改了理由，改了理由。"}):
        assert "The ledger keeps this row" in stopped(asked.update, **change)
    world.do("deadline_sign", world.clerk, finding)
    assert "The ledger keeps this row" in stopped(asked.update, state="open", decided_at=None)
    later = {**own, "by_id": world.group.person_id, "step": "leading_group"}
    assert "nobody signs what is decided" in stopped(DeadlineSignature.objects.create, **later)


def test_a_request_begins_open_and_from_the_day_in_force(world):
    finding = world.rectifying()
    values = {
        "finding": finding,
        "kind": "extension",
        "asked_on": date(2026, 3, 2),
        "due_before": DUE,
        "new_due": NEW,
        "reason": REASON,
        "by_id": world.handler.person_id,
        "at": world.at(),
    }
    granted = {"state": "granted", "decided_at": world.at(), "decided_by_id": world.clerk.person_id}
    assert "begins open" in stopped(DeadlineRequest.objects.create, **values, **granted)
    assert "in force" in stopped(DeadlineRequest.objects.create, **{**values, "due_before": date(2026, 1, 1)})
    with pytest.raises(IntegrityError, match="says_what"):
        DeadlineRequest.objects.create(**{**values, "new_due": DUE})


def test_one_request_waits_and_nothing_is_asked_under_a_closure(world):
    finding = ask(world, world.rectifying())
    values = DeadlineRequest.objects.values().get()
    again = {name: value for name, value in values.items() if name != "id"}
    assert "exists already" in stopped(DeadlineRequest.objects.create, **again)
    requested = world.requested()
    other = {**again, "finding_id": requested.pk}
    assert "does not change while a request stands" in stopped(DeadlineRequest.objects.create, **other)
    for model in (DeadlineRequest, DeadlineSignature, Suspension):
        assert model.objects.exists() or model is not DeadlineRequest
    world.do("deadline_sign", world.leader, finding)
    for table in ("ledger_deadlinerequest", "ledger_deadlinesignature"):
        assert "none is ever deleted" in stopped(run, f"DELETE FROM {table}")  # noqa: S608 # our own
        if connection.vendor == "postgresql":
            run("SET CONSTRAINTS ALL IMMEDIATE")
            assert "never emptied" in stopped(run, f"TRUNCATE {table} CASCADE")


def test_no_statement_works_on_or_closes_what_is_suspended(world):
    finding = world.requested()
    request = finding.closure_requests.get()
    signed = {"request": request, "step": "responsible_leader", "by_id": world.leader.person_id}
    Signature.objects.create(**signed, at=world.at())
    signed |= {"step": "office_clerk", "by_id": world.clerk.person_id}
    Signature.objects.create(**signed, at=world.at())
    world.do("suspension_begin", world.group, finding, reason="司法机关正在核查同一事项。")
    signed |= {"step": "verifier", "by_id": world.verifier.person_id}
    why = stopped(Signature.objects.create, **signed, at=world.at())
    # two triggers stand in this way, and which of them speaks first is the database's choice
    assert re.search("neither work nor closing|step of the ladder that comes next", why)
    report = {"finding": finding, "round": 1, "progress": "done", "narrative": "完成"}
    report |= {"by_id": world.handler.person_id, "at": world.at()}
    working = world.rectifying()
    world.do("suspension_begin", world.clerk, working, reason="司法机关正在核查同一事项。")
    report["finding"] = working
    assert "neither work nor closing" in stopped(ProgressReport.objects.create, **report)
    evidence = Evidence.objects.values().first()
    moved = {**evidence, "finding_id": working.pk}
    del moved["id"]
    assert "neither work nor closing" in stopped(Evidence.objects.create, **moved)
    proved = {"finding": working, "round": 1, "kind": "rules", "quantity": 1, "happened_on": DUE}
    proved |= {"evidence_id": evidence["id"], "by_id": world.handler.person_id, "at": world.at()}
    why = stopped(Outcome.objects.create, **proved)
    assert re.search("neither work nor closing|evidence of its own finding", why)
    paper = {"request": request, "step": "office_clerk", "kind": "paper", "signer_id": world.clerk.person_id}
    paper |= {"held_on": DUE, "blob_id": evidence["blob_id"], "file_name": "签批单.pdf"}
    paper |= {"recorded_by_id": world.verifier.person_id, "recorded_at": world.at()}
    assert "neither work nor closing" in stopped(SignatureRecord.objects.create, **paper)
    suspensions = Suspension.objects.filter(finding=finding)
    assert "The ledger keeps this row" in stopped(suspensions.update, reason="换了一个理由，换了一个理由。")
    assert "none is ever deleted" in stopped(run, "DELETE FROM ledger_suspension")
    closure = {"finding": finding, "round": 1, "request": request, "kind": "closed", "at": world.at()}
    assert "nothing left open" in stopped(Closure.objects.create, **closure)
