"""What came of the work in numbers: proved, summed up as of a day, withdrawn and never edited."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from ledger.test_figures import figures, listed, on_day
from ledger.test_guards import stopped
from ledger.test_rechecking import refused
from ledger.world import TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.figures import Figure
from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.models import Outcome, Signature

REASON = "登记有误，该项尚未落实。"


def proven(world):
    return world.file_evidence(world.rectifying())


def record(world, finding, **values):
    made = {"kind": OutcomeKind.RULES, "quantity": Decimal(2), "happened_on": TODAY}
    evidence_id = finding.evidence.get().pk
    return world.do(
        "outcome_record", world.handler, finding, **{**made, "evidence_id": evidence_id, **values}
    )


def test_outcomes_are_summed_up_by_kind_as_of_a_day_and_noughts_are_there(world):
    finding = record(world, proven(world))
    record(world, finding, kind=OutcomeKind.MONEY, quantity=Decimal("80000.10"))
    on_day(world, TODAY + timedelta(days=1))
    record(world, finding, kind=OutcomeKind.MONEY, quantity=Decimal("0.20"))
    sums = figures(world).outcomes
    assert (sums[OutcomeKind.RULES], sums[OutcomeKind.MONEY]) == (Decimal(2), Decimal("80000.10"))
    assert sums[OutcomeKind.DISCIPLINARY] == 0
    assert set(sums) == set(OutcomeKind)
    assert figures(world, TODAY + timedelta(days=1)).outcomes[OutcomeKind.MONEY] == Decimal("80000.30")
    assert [each.pk for each in listed(world, Figure.WITH_MONEY, TODAY)] == [finding.pk]
    assert list(differences()) == []


def test_what_is_withdrawn_or_unproved_is_counted_no_more_and_was_until_then(world):
    finding = record(world, proven(world))
    record(world, finding, kind=OutcomeKind.MEETINGS, quantity=Decimal(1))
    on_day(world, TODAY + timedelta(days=1))
    rules = finding.outcomes.get(kind="rules")
    world.do("outcome_withdraw", world.handler, finding, outcome_id=rules.pk, reason=REASON)
    evidence_id = finding.evidence.get().pk
    world.do(
        "evidence_withdraw", world.handler, finding, evidence_id=evidence_id, reason="材料有误，另行提交。"
    )
    assert figures(world).outcomes[OutcomeKind.RULES] == 2
    after = figures(world, TODAY + timedelta(days=1))
    assert (after.outcomes[OutcomeKind.RULES], after.outcomes[OutcomeKind.MEETINGS]) == (0, 0)
    assert after.counted[Figure.WITH_MEETINGS] == 0
    said = refused(world, "outcome_withdraw", world.handler, finding, outcome_id=rules.pk, reason=REASON)
    assert "withdrawn already" in said
    values = {"kind": OutcomeKind.RULES, "quantity": Decimal(1), "happened_on": TODAY}
    said = refused(world, "outcome_record", world.handler, finding, evidence_id=evidence_id, **values)
    assert "proves nothing any more" in said


@pytest.mark.parametrize(
    ("who", "values", "said"),
    [
        ("handler", {"quantity": Decimal("1.5")}, "whole numbers"),
        ("handler", {"happened_on": TODAY + timedelta(days=1)}, "still to come"),
        ("handler", {"evidence_id": 999}, "has no such entry (evidence 999)"),
        ("clerk", {}, "None of your posts"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(world, who, values, said):
    finding = proven(world)
    evidence_id = finding.evidence.get().pk
    made = {
        "kind": OutcomeKind.RULES,
        "quantity": Decimal(2),
        "happened_on": TODAY,
        "evidence_id": evidence_id,
    }
    assert said in refused(world, "outcome_record", getattr(world, who), finding, **{**made, **values})


def test_after_closing_nothing_is_recorded(world):
    finding = world.closed()
    made = {"kind": OutcomeKind.RULES, "quantity": Decimal(2), "happened_on": TODAY}
    evidence_id = finding.evidence.get().pk
    assert "a closure is never edited" in refused(
        world, "outcome_record", world.handler, finding, evidence_id=evidence_id, **made
    )


def test_who_records_an_outcome_took_part_in_fixing(world):
    finding = proven(world)
    record(world, finding)
    said = refused(
        world,
        "evidence_judge",
        world.handler,
        finding,
        evidence_id=finding.evidence.get().pk,
        effect=True,
        note="款已到账。",
    )
    assert "None of your posts" in said


def test_who_withdraws_an_outcome_took_part_in_fixing(world):
    finding = world.proven()
    record(world, finding)
    helper = world.grant(world.leader.person_id, (Role.HANDLER, world.other_unit))
    outcome_id = finding.outcomes.get().pk
    finding = world.do("outcome_withdraw", helper, finding, outcome_id=outcome_id, reason=REASON)
    said = refused(world, "closure_request", world.handler, finding, statement="已核对一致。")
    assert "Conditions not met: 1 of 12" in said
    other = world.person("leader2", "领示例二", (Role.RESPONSIBLE_LEADER, world.bureau))
    given = {"leader_id": other.person_id, "unit_id": world.unit.pk, "due": None}
    world.do("finding_assign", world.clerk, finding, **given)
    world.do("finding_accept", world.head, finding)
    told = {"progress": Progress.DONE, "narrative": "已核对一致。"}
    finding = world.request(world.do("progress_report", world.handler, finding, **told))
    signed = {"request": finding.closure_requests.get(), "step": "responsible_leader", "at": world.at()}
    assert "took part in fixing" in stopped(Signature.objects.create, by_id=helper.person_id, **signed)


def test_no_statement_edits_deletes_or_proves_an_outcome_by_others_evidence(world):
    finding = record(world, proven(world))
    rows = Outcome.objects.filter(finding=finding)
    assert "only withdrawn_at" in stopped(rows.update, quantity=Decimal(9))
    assert "none is ever deleted" in stopped(rows.delete)
    other = proven(world)
    row = rows.values().get()
    made = {**row, "id": None, "finding_id": other.pk}
    assert "evidence of its own finding" in stopped(Outcome.objects.create, **made)
