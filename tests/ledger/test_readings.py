"""Readings of an indicator: recorded with their source, taken back by their own, and judging nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ledger.test_guards import stopped
from ledger.test_rechecking import refused
from ledger.world import TODAY
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Role
from zhenggai.domain.amending import Indicator
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.planning import Direction
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.models import Finding, IndicatorReading
from zhenggai.ledger.readings import reading_last, readings_of
from zhenggai.ledger.selectors import finding_gates, piece_actions
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

REASON = "月报数据有误，以季报为准。"
RATE = Indicator(unit="%", target=Decimal(98), direction=Direction.AT_LEAST, baseline=Decimal(60))


def measured(world, finding=None, **values):
    """A finding with a criterion that is measured."""
    finding = finding or world.rectifying(**values)
    return world.do("criterion_add", world.clerk, finding, text="账实相符率达到98%。", indicator=RATE)


def criterion_of(finding):
    return finding.criteria.exclude(direction="").get()


def said(finding, **values):
    made = {"value": Decimal("79.5"), "measured_on": TODAY, "source": "三月示例月报"}
    return {"criterion_id": criterion_of(finding).pk, **made, **values}


def record(world, finding, actor=None, **values):
    return world.do("reading_record", actor or world.handler, finding, **said(finding, **values))


def withdraw(world, finding, actor=None, **values):
    id_ = finding.readings.last().pk
    return world.do(
        "reading_withdraw", actor or world.handler, finding, **{"reading_id": id_, "reason": REASON, **values}
    )


def test_a_reading_is_recorded_with_its_source_and_the_trail_tells_all_of_it(world):
    finding = record(world, world.file_evidence(measured(world)))
    evidence = finding.evidence.get()
    finding = record(world, finding, world.verifier, value=Decimal("98.1234"), evidence_id=evidence.pk)
    rows = [
        (each.value, each.figure_source, each.evidence_id, each.recorded_by_id)
        for each in finding.readings.all()
    ]
    assert rows == [
        (Decimal("79.5"), "三月示例月报", None, world.handler.person_id),
        (Decimal("98.1234"), "三月示例月报", evidence.pk, world.verifier.person_id),
    ]
    events = event_views(events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk)))
    told = [each.values for each in events if each.name == "ledger.reading.recorded"]
    assert [(each["value"], each["measured_in"], each["measured_on"]) for each in told] == [
        ("79.5", "%", TODAY.isoformat()),
        ("98.1234", "%", TODAY.isoformat()),
    ]
    finding = withdraw(world, finding, world.verifier)
    assert finding.readings.last().withdrawn_reason == REASON
    assert list(differences()) == []


def test_the_last_reading_is_that_of_the_latest_day_and_what_is_withdrawn_counts_no_more(world):
    finding = record(world, measured(world))
    record(world, finding, value=Decimal(70), measured_on=TODAY - timedelta(days=30))
    criterion = criterion_of(finding)
    last = reading_last(finding, criterion)
    assert (last.row.value, last.distance.percent) == (Decimal("79.5"), Decimal("51.3"))
    record(world, finding, value=Decimal(99))
    assert reading_last(finding, criterion).distance.is_reached
    withdraw(world, finding)
    assert reading_last(finding, criterion).row.value == Decimal("79.5")
    assert len(readings_of(finding, criterion)) == 3
    sentence = finding.criteria.filter(direction="").first() or world.do(
        "criterion_add", world.clerk, finding, text="台账一致。"
    ).criteria.get(direction="")
    assert readings_of(finding, sentence) == []
    assert reading_last(finding, sentence) is None


def test_a_reading_past_the_target_judges_nothing_and_meets_no_gate(world):
    finding = measured(world)
    before = finding_gates(Finding.objects.get(pk=finding.pk), TODAY)
    record(world, finding, value=Decimal(100))
    assert finding_gates(Finding.objects.get(pk=finding.pk), TODAY) == before
    assert not criterion_of(finding).judgements.exists()


@pytest.mark.parametrize(
    ("who", "values", "why"),
    [
        ("handler", {"measured_on": TODAY + timedelta(days=1)}, "is still to come; today is 2026"),
        ("handler", {"measured_on": date(1026, 1, 5)}, "Look at the year"),
        ("handler", {"source": " "}, "“Source of the figure” is empty"),
        ("handler", {"value": Decimal("NaN")}, "cannot be taken as it is"),
        ("handler", {"value": Decimal("1.23456")}, "cannot be taken as it is"),
        ("handler", {"value": Decimal(10) ** 11}, "cannot be taken as it is"),
        ("handler", {"criterion_id": 999}, "has no such entry (acceptance criterion 999)"),
        ("handler", {"evidence_id": 999}, "has no such entry (evidence 999)"),
        ("leader", {}, "None of your posts"),
        ("inspector", {}, "None of your posts"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(world, who, values, why):
    finding = measured(world)
    found = refused(world, "reading_record", getattr(world, who), finding, **said(finding, **values))
    assert why in found
    assert not IndicatorReading.objects.exists()


def test_a_sentence_a_dropped_indicator_and_withdrawn_evidence_are_refused(world):
    finding = world.file_evidence(measured(world))
    evidence_id = finding.evidence.get().pk
    world.do("evidence_withdraw", world.handler, finding, evidence_id=evidence_id, reason=REASON)
    found = refused(world, "reading_record", world.handler, finding, **said(finding, evidence_id=evidence_id))
    assert "proves nothing any more" in found
    world.do("criterion_add", world.clerk, finding, text="台账一致。")
    sentence = finding.criteria.get(text="台账一致。")
    found = refused(
        world, "reading_record", world.handler, finding, **said(finding, criterion_id=sentence.pk)
    )
    assert "a sentence without an indicator, so there is nothing to measure" in found


def test_of_an_indicator_that_was_dropped_nothing_is_recorded(world):
    finding = measured(world, world.assigned())
    values = said(finding)
    world.do("criterion_drop", world.clerk, finding, criterion_id=values["criterion_id"], reason=REASON)
    world.do("finding_accept", world.head, finding)
    assert "was dropped" in refused(world, "reading_record", world.handler, finding, **values)


def test_only_who_recorded_a_reading_withdraws_it_and_once(world):
    finding = record(world, measured(world), world.verifier)
    id_ = finding.readings.get().pk
    values = {"reading_id": id_, "reason": REASON}
    found = refused(world, "reading_withdraw", world.handler, finding, **values)
    assert "Only the person who recorded a reading withdraws it" in found
    row = Finding.objects.get(pk=finding.pk)
    assert not piece_actions(world.handler, row)[Action.READING_WITHDRAW, id_].allowed
    assert piece_actions(world.verifier, row)[Action.READING_WITHDRAW, id_].allowed
    short = refused(world, "reading_withdraw", world.verifier, finding, **{**values, "reason": "误"})
    assert "10" in short
    withdraw(world, finding, world.verifier)
    again = refused(world, "reading_withdraw", world.verifier, finding, **values)
    assert "withdrawn already" in again


def test_while_a_request_waits_readings_are_added_and_none_is_taken_back(world):
    finding = record(world, measured(world))
    finding = world.request(world.prove(finding))
    record(world, finding, world.verifier, value=Decimal(70))
    found = refused(
        world,
        "reading_withdraw",
        world.handler,
        finding,
        reading_id=finding.readings.first().pk,
        reason=REASON,
    )
    assert "while the finding is “closure requested”" in found
    done = {"withdrawn_by_id": world.handler.person_id, "withdrawn_reason": REASON}
    rows = IndicatorReading.objects.filter(pk=finding.readings.first().pk)
    assert "only withdrawn_at" in stopped(rows.update, withdrawn_at=world.at(), **done)


def test_after_a_stage_is_closed_measuring_goes_on_and_what_was_in_sight_stays(world):
    finding = record(world, measured(world, nature=Nature.LONG_TERM))
    first_id = finding.readings.get().pk
    world.request(world.prove(finding), stage_goal="每季核对一次", recheck_on=date(2026, 9, 1))
    world.do("closure_sign", world.leader, finding)
    finding = world.do("closure_sign", world.clerk, finding)
    assert finding.stage == "stage_closed"
    record(world, finding, value=Decimal(99))
    withdraw(world, finding)
    found = refused(world, "reading_withdraw", world.handler, finding, reading_id=first_id, reason=REASON)
    assert "A stage was closed with this reading in sight" in found
    rows = IndicatorReading.objects.filter(pk=first_id)
    done = {"withdrawn_by_id": world.handler.person_id, "withdrawn_reason": REASON}
    assert "only withdrawn_at" in stopped(rows.update, withdrawn_at=world.at(), **done)
    assert list(differences()) == []


def test_after_closing_nothing_is_measured(world):
    finding = measured(world)
    world.request(world.prove(finding))
    world.do("closure_sign", world.leader, finding)
    finding = world.do("closure_sign", world.clerk, finding)
    found = refused(world, "reading_record", world.handler, finding, **said(finding))
    assert "a closure is never edited" in found
    assert "while the finding is worked on" in stopped(
        IndicatorReading.objects.create,
        finding=finding,
        criterion=criterion_of(finding),
        value=1,
        measured_on=TODAY,
        figure_source="示例",
        recorded_by_id=world.handler.person_id,
        recorded_at=world.at(),
    )


def test_measuring_goes_on_while_the_work_is_suspended(world):
    finding = measured(world)
    world.do("suspension_begin", world.clerk, finding, reason="司法机关正在核查同一事项。")
    assert record(world, finding).readings.count() == 1


def test_who_records_a_reading_has_not_fixed_and_may_still_judge(world):
    finding = record(world, world.file_evidence(measured(world)), world.verifier)
    evidence_id = finding.evidence.get().pk
    judged = {"criterion_id": criterion_of(finding).pk, "met": True, "note": "现场核对一致。"}
    finding = world.do("criterion_judge", world.verifier, finding, evidence_ids=[evidence_id], **judged)
    assert criterion_of(finding).judgements.get().met


def test_a_handler_of_a_supporting_unit_records_and_a_stranger_finds_nothing(world):
    finding = measured(world)
    helper = world.person("helper3", "协示例三", (Role.HANDLER, world.other_unit))
    record(world, finding, helper)
    found = refused(world, "reading_record", world.stranger, finding, **said(finding))
    assert "There is no such finding" in found


def test_no_statement_edits_deletes_or_moves_a_reading(world):
    finding = record(world, measured(world))
    rows = IndicatorReading.objects.filter(finding=finding)
    assert "only withdrawn_at" in stopped(rows.update, value=Decimal(98))
    assert "none is ever deleted" in stopped(rows.delete)
    other = measured(world)
    made = {**rows.values().get(), "id": None, "finding_id": other.pk}
    assert "an indicator of its own finding" in stopped(IndicatorReading.objects.create, **made)
    sentence = services.criterion_add(
        actor=world.clerk, at=world.at(), finding_id=finding.pk, version=finding.version, text="台账一致。"
    ).criteria.get(direction="")
    made = {**made, "finding_id": finding.pk, "criterion_id": sentence.pk}
    assert "an indicator of its own finding" in stopped(IndicatorReading.objects.create, **made)
    by_other = {"withdrawn_by_id": world.clerk.person_id, "withdrawn_reason": REASON}
    assert "withdrawn_by_its_own" in stopped(rows.update, withdrawn_at=world.at(), **by_other)
