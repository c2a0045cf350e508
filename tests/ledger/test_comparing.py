"""Rows changed behind the services, with the triggers out of the way: comparing with the trail names each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection, transaction

from ledger.world import DUE
from zhenggai.domain.amending import Arrangement, Indicator, NewMeasure
from zhenggai.domain.case import HoldKind
from zhenggai.domain.planning import Direction
from zhenggai.files import storage
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.models import Evidence, Finding
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of
from zhenggai.trail.services import erase_values


def said(**values):
    return [(each.code.value, str(each.message)) for each in differences(**values)]


@pytest.fixture
def tamper(world, db):
    """Runs statements as somebody with the database file does who has dropped the triggers first."""
    if connection.vendor != "sqlite":
        pytest.skip("written in SQLite's words; it runs where ZHENGGAI_TEST_POSTGRESQL is not set")

    def by_hand(*statements: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            made = cursor.fetchall()
            for name, _sql in made:
                cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for statement in statements:
                cursor.execute(statement)

    return by_hand


def everything_happens(world):
    """A finding closed in its second round, another stage-closed, a third with all that can hang on it."""
    finding = world.requested()
    world.do("closure_withdraw", world.handler, finding, reason="材料需要更正")
    world.request(finding)
    world.do("closure_send_back", world.leader, finding, reason="请补齐第三季度的核对记录")
    old = finding.evidence.first().pk
    finding = world.do("evidence_carry_over", world.handler, finding, evidence_id=old)
    world.prove(finding)
    world.request(finding)
    world.do("closure_sign", world.leader, finding, note="同意。")
    world.do("closure_sign", world.clerk, finding, note="同意销号。")
    world.stage_closed()
    other = world.rectifying()
    other = world.do("situation_raise", world.handler, other, text="发现新的示例台账。")
    other = world.do(
        "situation_answer", world.clerk, other, situation_id=other.situations.get().pk, text="一并核对。"
    )
    other = world.do("hold_open", world.inspector, other, kind=HoldKind.SPOT_CHECK, reference="抽查1")
    other = world.do("hold_clear", world.inspector, other, hold_id=other.holds.get().pk, reason="已核。")
    other = world.do("measure_add", world.head, other, text="修订采购示例办法", due=date(2026, 6, 1))
    other = world.file_evidence(other)
    world.do(
        "evidence_withdraw", world.handler, other, evidence_id=other.evidence.get().pk, reason="选错文件"
    )
    planned_and_amended(world)
    return finding


def planned_and_amended(world):
    """A finding declined and transferred, its measure shared, planned, amended, and a plan that was refused."""
    row = world.do("finding_decline", world.head, world.assigned(), reason="不属本股职责范围，请另行交办。")
    row = world.do("finding_accept", world.head, world.assigned(row))
    row = world.do(
        "finding_transfer",
        world.head,
        row,
        to_unit_id=world.other_unit.pk,
        reason="主要工作由财务股承担，建议转办。",
    )
    row = world.assigned(row)
    row = world.do("finding_weigh", world.clerk, row, emphasis=True, money_to_recover=Decimal("80100.50"))
    row = world.do("measure_add", world.clerk, row, text="修订示例办法")
    first, second = row.measures.all()
    units = [world.unit.pk, world.other_unit.pk]
    row = world.do("measure_arrange", world.clerk, row, measure_id=first.pk, due=DUE, unit_ids=units)
    row = world.do("measure_drop", world.clerk, row, measure_id=second.pk, reason="与第一条重复，合并办理。")
    row = world.do("criterion_add", world.clerk, row, text="相符。")
    row = world.do("finding_accept", world.head, row)
    measured = Indicator("%", Decimal("98.5"), Direction.AT_LEAST, Decimal(70))
    row = world.do("criterion_add", world.clerk, row, text="相符率", indicator=measured)
    loose = Finding.objects.exclude(pk=row.pk).filter(stage__in=["accepted", "rectifying"], criteria=None)
    for other in loose:
        world.do("criterion_add", world.clerk, other, text="相符。")
    plan = {"actor": world.clerk, "inspection_id": world.inspection.pk}
    refused = services.plan_submit(**plan, at=world.at())
    reason = "第二条措施没有写明由谁负责。"
    services.plan_send_back(actor=world.group, at=world.at(), plan_id=refused.pk, reason=reason)
    submitted = services.plan_submit(**plan, at=world.at())
    services.plan_sign(actor=world.group, at=world.at(), plan_id=submitted.pk, note="同意。")
    row = world.do("task_report", world.handler, row, task_id=first.tasks.first().pk, report="核对四十笔。")
    change = {"reason": "新办法出台，原标准已不适用。", "drop_criterion_ids": [row.criteria.first().pk]}
    world.do("plan_amend", world.head, row, **change)
    world.do("amendment_send_back", world.group, row, reason="请说明新办法的文号。")
    world.do(
        "plan_amend", world.head, row, **change, measures=[NewMeasure("建立电子台账", Arrangement(due=DUE))]
    )
    world.do("amendment_sign", world.group, row, note="同意调整。")


def test_what_the_services_wrote_is_what_the_trail_says(world):
    everything_happens(world)
    assert said() == []
    assert said(inspection_id=world.inspection.pk) == []


# ruff: noqa: E501 - one change a line, as it is typed
# what somebody changes → the code of the difference, words of its sentence
TAMPERED = (
    """
UPDATE ledger_finding SET stage = 'closed' WHERE id = 3 → row_changed, stage = closed, and the trail (entry
UPDATE ledger_finding SET due = '2027-01-01' WHERE id = 3 → row_changed, due = 2027-01-01
UPDATE ledger_finding SET money_required = 0 WHERE id = 3 → row_changed, money_required = False
UPDATE ledger_finding SET round = 9 WHERE id = 1 → row_changed, round = 9
DELETE FROM ledger_closure WHERE finding_id = 1 → row_gone, closing 1 stands in the trail
UPDATE ledger_closure SET recheck_on = '2030-01-01' WHERE finding_id = 2 → row_changed, = 2030-01-01
UPDATE ledger_signature SET by_id = 11 WHERE id = 2 → row_changed, by_id = 11
DELETE FROM ledger_signature WHERE id = 1 → row_gone, the signature 3/2 stands
UPDATE ledger_closurerequest SET statement = '改过' WHERE id = 3 → row_changed, the words of statement
UPDATE ledger_returnrecord SET reason = '一切都好，没有什么问题。' → row_changed, the words of reason
UPDATE ledger_evidence SET amount = 1 WHERE id = 1 → row_changed, amount = 1
UPDATE ledger_evidence SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawn_reason = '' → row_changed, of
UPDATE files_blob SET sha256 = replace(hex(zeroblob(32)), '00', 'ab') → row_changed, sha256 = abab
UPDATE ledger_criterionjudgement SET met = 0 WHERE id = 1 → row_changed, met = False
DELETE FROM ledger_criterionjudgement_evidence WHERE criterionjudgement_id = 1 → row_changed, evidence = []
UPDATE ledger_evidencejudgement SET effect = 0 WHERE id = 1 → row_changed, effect = False
UPDATE ledger_criterion SET text = '有一份记录即可。' WHERE id = 1 → row_changed, the words of text
UPDATE ledger_requirementanswer SET reason = '不涉及' WHERE reason <> '' → row_changed, the words of reason
UPDATE ledger_hold SET cleared_by_id = 1 → row_changed, cleared_by_id = 1
DELETE FROM ledger_situation → row_gone, new situation 1
UPDATE ledger_measure SET done_at = added_at, done_by_id = 1, result = '完' WHERE id = 4 → row_changed, done_by
UPDATE ledger_measure SET done_at = added_at, done_by_id = 1, result = '完' WHERE id = 3 → row_unrecorded, no entry
INSERT INTO ledger_hold (finding_id, kind, reference, opened_by_id, opened_at, cleared_reason) """
    """\
VALUES (1, 'other', '旧账', 1, '2026-03-02', '') → row_unrecorded, hold 2 stands in the ledger
UPDATE ledger_sourcedocument SET text_sha256 = 'd' → row_changed, document 1 stands otherwise
UPDATE ledger_finding SET money_to_recover = 1 WHERE emphasis → row_changed, money_to_recover = 1
UPDATE ledger_finding SET plan_id = 1 WHERE plan_id = 2 → row_changed, plan_id = 1
UPDATE ledger_inspection SET plan_required = 1 → row_changed, whether a plan is required stands otherwise
UPDATE ledger_inspection SET marking = 'open' → row_changed, its secrecy marking stands otherwise
UPDATE ledger_measure SET due = '2027-01-01' WHERE due = '2026-06-30' → row_changed, due = 2027-01-01
UPDATE ledger_measure SET dropped_at = NULL, dropped_by_id = NULL, dropped_reason = '' → row_changed, dropped_by_id
UPDATE ledger_measuretask SET report = '全部完成' WHERE report <> '' → row_changed, the words of report
UPDATE ledger_measuretask SET report = '完', done_at = '2026-03-03', done_by_id = 1 WHERE report = '' → row_unrecorded, the part
UPDATE ledger_criterion SET target = 10 WHERE target IS NOT NULL → row_changed, target = 10
UPDATE ledger_refusal SET reason = '没有什么特别的理由可说。' → row_changed, the words of reason
UPDATE ledger_planamendment SET state = 'withdrawn', decided_reason = '没有什么特别的理由可说。' → row_changed, state
UPDATE ledger_planamendment SET content = '{}' → row_changed, the words of content
UPDATE ledger_amendmentsignature SET by_id = 1 → row_changed, by_id = 1
UPDATE ledger_plan SET state = 'withdrawn', decided_reason = '没有什么特别的理由可说。' WHERE id = 2 → row_changed, plan 2 stands otherwise in the ledger than in the trail (state)
UPDATE ledger_planitem SET content = '{}' WHERE plan_id = 2 → row_changed, (digest)
UPDATE ledger_finding SET key_area = '财务', plan_id = 2 WHERE id = (SELECT MAX(id) FROM ledger_finding WHERE plan_id IS NULL) → row_changed, the words of key_area
UPDATE ledger_finding SET plan_id = 2 WHERE id = (SELECT MAX(id) FROM ledger_finding WHERE plan_id IS NULL) → row_changed, (findings)
UPDATE ledger_measure SET requirement = '随便' WHERE text = '修订示例办法' → row_changed, the words of requirement
UPDATE ledger_plansignature SET by_id = 1 → row_changed, (signatures)
DELETE FROM ledger_planitem → row_changed, (digest)
UPDATE ledger_plan SET statement = '改过' → row_changed, (statement)
UPDATE ledger_plansignature SET note = '改过' → row_changed, (signatures)
UPDATE ledger_signature SET note = '改过' → row_changed, the words of note
UPDATE ledger_signature SET step = 'verifier' WHERE id = 2 → row_changed, step = verifier
UPDATE ledger_measure SET text = '改过' WHERE source = 'stated' → row_changed, of the finding itself the ledger says stated_measures
UPDATE ledger_measure SET leader_id = 1 WHERE source = 'stated' → row_changed, leader_id = 1
UPDATE ledger_measuretask SET unit_id = (SELECT MAX(id) FROM accounts_organisation) WHERE report = '' → row_changed, the units that carry measure
UPDATE ledger_measuretask SET dropped_at = '2026-03-03' WHERE report = '' → row_changed, the units that carry measure
UPDATE ledger_finding SET requirements_set_by = '{}' WHERE requirements_set_by IS NOT NULL → row_changed, requirements_set_by = {}
UPDATE ledger_finding SET first_due = '2027-01-01' WHERE id = 3 → row_changed, first_due = 2027-01-01
UPDATE ledger_finding SET progress = 'done' WHERE id = 3 → row_changed, progress = done
UPDATE ledger_supportingunit SET unit_id = (SELECT MAX(id) FROM accounts_organisation) → row_changed, supporting_ids
DELETE FROM ledger_fixingunit → row_gone, that was given the work stands in the trail
"""
)


def test_each_row_changed_by_hand_is_named(world, tamper):
    everything_happens(world)
    for line in TAMPERED.strip().splitlines():
        statement, _, expected = line.partition(" → ")
        code, _, words = expected.partition(", ")
        with transaction.atomic():
            tamper(statement)
            found = said()
            transaction.set_rollback(True)
        assert any(each == code and words in sentence for each, sentence in found), (statement, found)
    assert said() == []


def test_a_finding_gone_with_all_that_hangs_on_it_is_named(world, tamper):
    world.registered()
    tamper(
        "DELETE FROM ledger_measure", "DELETE FROM ledger_actiontaken", "DELETE FROM ledger_orderkey",
        "DELETE FROM ledger_stateinterval", "DELETE FROM ledger_finding",
    )  # fmt: skip
    assert said() == [("row_gone", "Finding 1 was registered in inspection 1 and is gone from the ledger.")]


def test_stored_bytes_are_compared_only_where_that_is_asked_for(world):
    finding = world.proven()
    evidence = Evidence.objects.get(finding=finding)
    path: Path = storage.blob_path(evidence.blob.sha256)
    path.chmod(0o600)
    path.write_bytes(b"example receipt, changed")
    assert said() == []
    found = [sentence for code, sentence in said(files=True) if code == "file_lost"]
    assert any(
        f"the file of evidence {evidence.pk} is missing from the data folder or holds other bytes" in each
        for each in found
    )
    # the document of this place was never stored at all
    assert any(f"the file of document {finding.document_id}" in each for each in found)


def test_what_was_erased_from_the_trail_is_not_compared(world, tamper):
    told = {"progress": "in_progress", "narrative": "张示例来电。"}
    finding = world.do("progress_report", world.handler, world.accepted(), **told)
    chain = ChainKey.inspection(finding.inspection_id)
    event = events_of(chain).get(name="ledger.progress.reported")
    erase_values(
        chain=chain,
        entries={event.seq: ["narrative"]},
        reason="当事人要求删除其姓名。",
        actor=world.clerk,
        at=world.at(),
    )
    tamper("UPDATE ledger_progressreport SET narrative = '（已删除）'")
    assert said() == []


def test_the_queries_do_not_grow_with_the_findings(world, django_assert_max_num_queries):
    for _ in range(3):
        world.closed()
    # with those for its round, signing, how findings stood, deadlines, after closing, evidence, reports, places
    # in the tree and evaluations
    with django_assert_max_num_queries(73):
        assert said() == []
