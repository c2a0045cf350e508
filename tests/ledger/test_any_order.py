"""Any order of acts on findings in the database, judged after each by an oracle that knows no code of ours.

A step is a change by its service, allowed or refused, or a statement of the application's own role that would
forge a row, tried in every state. Steps of one finding lie in a savepoint that is taken back at its end.
"""

from __future__ import annotations

import os
import random
import sys
from typing import Any

import pytest
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from closing_oracle import SeenStep, faults_of
from ledger import acts, laddered
from ledger.seen_rows import seen_rows
from ledger.usual_way import Usual, onward
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.ledger import models
from zhenggai.trail.models import Chain

DEEP = bool(os.environ.get("ZHENGGAI_PROOF_DEEP"))
FINDINGS = int(os.environ.get("ZHENGGAI_PROOF_FINDINGS", "400" if DEEP else "18"))
ACTS_EACH = 60
LADDERS = {
    "two": (SeenStep("responsible_leader", confirms=False), SeenStep("office_clerk", confirms=True)),
    "quorum": (
        SeenStep("responsible_leader", confirms=False),
        SeenStep("leading_group", confirms=True, needed=2),
        SeenStep("office_clerk", confirms=True),
    ),
}
# Statements that would close, unsign, undo or erase; of each the database is asked at every state.
FORGED = (
    "UPDATE ledger_finding SET stage = 'closed' WHERE id = {id} AND stage <> 'closed'",
    "UPDATE ledger_finding SET stage = 'stage_closed' WHERE id = {id} AND stage <> 'stage_closed'",
    "UPDATE ledger_finding SET first_due = '2030-01-01' WHERE id = {id} AND first_due IS NOT NULL",
    "UPDATE ledger_finding SET round = round + 2 WHERE id = {id}",
    "UPDATE ledger_closurerequest SET state = 'granted' WHERE finding_id = {id} AND state <> 'granted'",
    "UPDATE ledger_closure SET at = '2020-01-01' WHERE finding_id = {id}",
    "DELETE FROM ledger_closure WHERE finding_id = {id}",
    "UPDATE ledger_finding SET money_to_recover = NULL WHERE id = {id} AND money_to_recover > 0",
    "UPDATE ledger_finding SET money_to_recover = 0.01 WHERE id = {id} AND money_to_recover > 0.01",
    "DELETE FROM ledger_evidence WHERE finding_id = {id}",
    "UPDATE ledger_evidence SET round = round + 1 WHERE finding_id = {id}",
    (
        "UPDATE ledger_criterionjudgement SET met = NOT met WHERE criterion_id IN "
        "(SELECT id FROM ledger_criterion WHERE finding_id = {id})"
    ),
    (
        "DELETE FROM ledger_signature WHERE request_id IN "
        "(SELECT id FROM ledger_closurerequest WHERE finding_id = {id})"
    ),
    (
        "UPDATE ledger_signature SET by_id = by_id + 1 WHERE request_id IN "
        "(SELECT id FROM ledger_closurerequest WHERE finding_id = {id})"
    ),
    "UPDATE ledger_closurerequest SET by_id = by_id + 1 WHERE finding_id = {id}",
    "UPDATE ledger_evidence SET uploaded_by_id = uploaded_by_id + 1 WHERE finding_id = {id}",
    "UPDATE ledger_evidence SET blob_id = blob_id + 1 WHERE finding_id = {id}",
    "DELETE FROM ledger_closurerequest WHERE finding_id = {id}",
    "DELETE FROM ledger_measure WHERE finding_id = {id}",
    "DELETE FROM ledger_criterion WHERE finding_id = {id}",
    "DELETE FROM ledger_progressreport WHERE finding_id = {id}",
    "DELETE FROM ledger_finding WHERE id = {id}",
    "DELETE FROM ledger_hold WHERE finding_id = {id}",
    "DELETE FROM ledger_situation WHERE finding_id = {id}",
    "DELETE FROM trail_event WHERE subject_id = {id}",
    "UPDATE trail_event SET name = 'ledger.finding.closed' WHERE subject_id = {id}",
)
# What disturbs the usual way, by whoever may do it, so that it happens often enough.
LIKELY = {
    "suspension.begin": "clerk",
    "extension.request": "handler",
    "long_term.request": "head",
    "deadline.send_back": "clerk",
    "deadline.withdraw": "handler",
    "outcome.record": "handler",
    "recheck.set": "clerk",
    "recheck.record": "verifier",
    "signature.record": "clerk",
    "signature.confirm": "verifier",
    "signature.refuse": "verifier",
    "closure.send_back": "leader",
    "closure.withdraw": "handler",
    "evidence.withdraw": "handler",
    "evidence.carry_over": "handler",
    "situation.raise": "handler",
    "hold.open": "inspector",
}
COUNTED = dict.fromkeys(["acts", "allowed", "forgeries", "closed", "stage_closed", "findings"], 0)
DONE: set[str] = set()


class Place:
    """The world with people who hold two posts or act for others, and inspections of two kinds of ladder."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.plain = world.inspection
        self.members = laddered.quorum(world, count=2, of=3)
        self.quorum = world.inspection
        self.two_posts = world.grant(
            world.helper.person_id, (Role.VERIFIER, world.bureau), (Role.OFFICE_CLERK, world.bureau)
        )
        second = world.person("clerk2", "二示例", (Role.OFFICE_CLERK, world.bureau))
        self.deputy = laddered.acting(world, second, world.leader, Role.RESPONSIBLE_LEADER, world.bureau)
        names = [
            "clerk",
            "leader",
            "head",
            "handler",
            "verifier",
            "inspector",
            "group",
            "auditor",
            "publisher",
            "stranger",
        ]
        self.people = [*(getattr(world, name) for name in names), *self.members, self.two_posts, self.deputy]
        self.insiders = {each.person_id for each in (world.head, world.handler, self.two_posts)}


class Finding(RuleBasedStateMachine):
    """One finding under any hands."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.world = self.place.world
        self.minute = self.world.minute
        self.closures: list[dict[str, Any]] = []
        COUNTED["findings"] += 1

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.world.minute = self.minute

    @initialize(is_quorum=st.booleans(), is_long=st.booleans())
    def register(self, is_quorum: bool, is_long: bool) -> None:
        self.ladder = "quorum" if is_quorum else "two"
        self.is_long = is_long
        self.world.inspection = self.place.quorum if is_quorum else self.place.plain
        self.finding = self.world.registered()
        self.usual = Usual(self.world, self.finding, self.place.members if is_quorum else [], is_long)

    @rule(seed=st.integers(0, 2**32))
    def act(self, seed: int) -> None:
        chance = random.Random(seed)
        wanted: dict[str, Any] = {}
        drawn = chance.random()
        if drawn < 0.6:
            action, actor, wanted = onward(self.usual)
        elif drawn < 0.85:
            action = Action(chance.choice(sorted(LIKELY)))
            actor = getattr(self.world, LIKELY[action.value])
        else:
            action, actor = chance.choice(acts.ACTS), chance.choice(self.place.people)
        before, head = self._row(), self._head()
        COUNTED["acts"] += 1
        self.finding = models.Finding.objects.get(pk=self.finding.pk)
        try:
            with transaction.atomic():
                acts.act(self.world, self.finding, action, actor, chance, **wanted)
        except ZhenggaiError:
            assert (self._row(), self._head()) == (before, head)
            return
        COUNTED["allowed"] += 1
        DONE.add(action.value)
        self._moved(before, self._row(), action)
        assert self._head() > head
        self._forge()

    def _forge(self) -> None:
        """Each statement is a step: whatever it would change stays as it is."""
        before = self._row()
        with connection.cursor() as cursor:
            for statement in FORGED:
                COUNTED["forgeries"] += 1
                try:
                    with transaction.atomic():
                        cursor.execute(statement.format(id=self.finding.pk))
                        assert cursor.rowcount == 0, statement
                except Error:
                    continue
        assert self._row() == before

    @invariant()
    def stands(self) -> None:
        if not hasattr(self, "finding"):
            return
        rows = list(models.Closure.objects.filter(finding=self.finding).order_by("pk").values())
        # a closure is never edited
        assert rows[: len(self.closures)] == self.closures
        stage = self._row()["stage"]
        if len(rows) > len(self.closures):
            ladder = LADDERS[self.ladder]
            assert faults_of(seen_rows(self.finding.pk, ladder, self.place.insiders)) == []
            COUNTED[stage] += 1
        self.closures = rows
        assert rows or stage not in {"closed", "stage_closed"}

    def _row(self) -> dict[str, Any]:
        row: dict[str, Any] = models.Finding.objects.values().get(pk=self.finding.pk)
        return row

    def _head(self) -> int:
        chain = Chain.objects.filter(kind="inspection", key=self.finding.inspection_id)
        return int(chain.values_list("head_seq", flat=True)[0])

    def _moved(self, before: dict[str, Any], after: dict[str, Any], action: Action) -> None:
        assert after["version"] == before["version"] + 1
        final = {"closed", "stage_closed"}
        if before["stage"] in final and after["stage"] not in final:
            assert (before["stage"], action) == ("stage_closed", Action.STAGE_BEGIN)
            assert after["round"] == before["round"] + 1
        if before["stage"] == "closed":
            assert after["stage"] == "closed"
        if before["first_due"] is not None:
            assert after["first_due"] == before["first_due"]
        if before["due"] is not None and after["due"] != before["due"]:
            assert action in {Action.DEADLINE_SIGN, Action.STAGE_BEGIN, Action.FINDING_CLASSIFY}
        if before["nature"] == "long_term" and before["stage"] != "registered":
            assert after["nature"] == "long_term" or before["stage"] == "assigned"


def test_no_order_of_acts_on_the_database_closes_what_is_not_fixed(
    world: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    # every rule is in SQL of both, and is proven at length on one
    is_short = connection.vendor != "sqlite" and not DEEP
    Finding.place = Place(world)
    COUNTED.update(dict.fromkeys(COUNTED, 0))
    run_state_machine_as_test(
        Finding,
        settings=settings(
            max_examples=6 if is_short else FINDINGS,
            stateful_step_count=ACTS_EACH,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    steps = COUNTED["acts"] + COUNTED["forgeries"]
    with capsys.disabled():
        sys.stdout.write(f"\n{steps:,} steps: {COUNTED}, {len(DONE)} kinds of acts\n")
    assert COUNTED["acts"] >= (25 * FINDINGS if DEEP else 200 if is_short else 800)
    assert steps >= (250 * FINDINGS if DEEP else 2_500 if is_short else 10_000)
    assert len(DONE) >= (15 if is_short else 25)
    # a walk that closes nothing would prove nothing
    assert COUNTED["closed"] + COUNTED["stage_closed"] > 0
    assert is_short or COUNTED["closed"] > 0
