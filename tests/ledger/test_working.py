"""Measures, progress, new situations, holds, evidence and requirements: what is taken and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ledger.refusals import refused
from zhenggai.domain.case import HoldKind, Requirement
from zhenggai.domain.lifecycle import Progress, Stage, TransitionError
from zhenggai.files.errors import FileTooLargeError
from zhenggai.files.models import Blob
from zhenggai.files.selectors import blob_read
from zhenggai.ledger.errors import (
    ActionDeniedError,
    InvalidFieldError,
    MissingTextError,
    PieceNotFoundError,
    ReasonTooShortError,
    StandsOtherwiseError,
    TextTooLongError,
)
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.models import Evidence, Finding
from zhenggai.ledger.selectors import findings_page

REASON = "本问题不涉及此项内容，无须办理。"


def test_a_measure_is_done_once_with_its_result(world):
    finding = world.rectifying()
    (measure,) = finding.measures.all()
    with refused(finding, MissingTextError, "“Result” is empty"):
        world.do("measure_complete", world.handler, finding, measure_id=measure.pk, result="  ")
    finding = world.do("measure_complete", world.handler, finding, measure_id=measure.pk, result="已核对。")
    (measure,) = finding.measures.all()
    assert (measure.result, measure.done_by.name) == ("已核对。", "经示例")
    with refused(finding, StandsOtherwiseError, "is done already"):
        world.do("measure_complete", world.handler, finding, measure_id=measure.pk, result="再做。")


def test_a_measure_is_added_behind_the_others_and_can_be_found(world):
    finding = world.do("measure_add", world.head, world.accepted(), text="修订采购示例办法")
    assert [(each.position, each.source) for each in finding.measures.all()] == [(1, "stated"), (2, "office")]
    found = findings_page(world.clerk, finding.inspection_id, FindingFilters(text="采购"))
    assert [each.pk for each in found.rows] == [finding.pk]


def test_a_piece_of_another_finding_is_not_found(world):
    finding, other = world.rectifying(), world.registered()
    with refused(finding, PieceNotFoundError, "no such entry"):
        world.do(
            "measure_complete", world.handler, finding, measure_id=other.measures.get().pk, result="做了。"
        )
    with refused(finding, PieceNotFoundError):
        world.do("situation_answer", world.clerk, finding, situation_id=1, text="答。")


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("measure_add", {"text": ""}),
        ("measure_add", {"text": "\u3000\u200b\n"}),
        ("progress_report", {"progress": Progress.DONE, "narrative": ""}),
        ("situation_raise", {"text": " "}),
    ],
)
def test_an_empty_text_is_refused(world, verb, values):
    finding = world.rectifying()
    with refused(finding, MissingTextError, "is empty; fill it in. Nothing was changed"):
        world.do(verb, world.handler, finding, **values)


def test_a_text_too_long_says_how_long_it_is(world):
    finding = world.rectifying()
    with refused(finding, TextTooLongError, "has 20001 characters, and at most 20000 fit"):
        world.do("measure_add", world.handler, finding, text="长" * 20_001)


def test_a_new_situation_is_answered_by_another_and_once(world):
    finding = world.do("situation_raise", world.leader, world.rectifying(), text="发现另一笔。")
    (situation,) = finding.situations.all()
    with refused(finding, ActionDeniedError, "your own"):
        world.do("situation_answer", world.leader, finding, situation_id=situation.pk, text="知道了。")
    with refused(finding, ActionDeniedError):
        world.do("situation_answer", world.handler, finding, situation_id=situation.pk, text="知道了。")
    finding = world.do("situation_answer", world.clerk, finding, situation_id=situation.pk, text="一并核对。")
    assert finding.situations.get().answer == "一并核对。"
    with refused(finding, StandsOtherwiseError, "an answer is never changed"):
        world.do("situation_answer", world.clerk, finding, situation_id=situation.pk, text="改口。")


def test_a_hold_is_opened_and_cleared_with_a_reason(world):
    finding = world.do(
        "hold_open",
        world.group,
        world.registered(),
        kind=HoldKind.SUPERVISION_LETTER,
        reference="示督1号",
    )
    (hold,) = finding.holds.all()
    with refused(finding, MissingTextError):
        world.do("hold_clear", world.clerk, finding, hold_id=hold.pk, reason="")
    finding = world.do("hold_clear", world.clerk, finding, hold_id=hold.pk, reason="已回复。")
    assert finding.holds.get().cleared_by.name == "办示例"
    with refused(finding, StandsOtherwiseError, "cleared already"):
        world.do("hold_clear", world.clerk, finding, hold_id=hold.pk, reason="再来。")


def test_evidence_keeps_the_day_it_proves_apart_from_the_day_it_was_filed(world):
    finding = world.file_evidence(world.rectifying(), file=b"\x89PNG example", file_name="照片.png")
    evidence = finding.evidence.get()
    assert evidence.proves_on.isoformat() == "2026-03-02"
    assert evidence.round == 1
    assert evidence.amount == Decimal("80000.00")
    assert blob_read(evidence.blob.sha256) == b"\x89PNG example"


def test_filing_evidence_begins_the_work(world):
    assert world.file_evidence(world.accepted()).stage == Stage.RECTIFYING


def test_evidence_too_large_is_refused_with_nothing_kept(world, settings):
    settings.ZHENGGAI_MAX_UPLOAD_BYTES = 5
    settings.ZHENGGAI_MAX_STORED_BYTES = 10
    finding = world.rectifying()
    with refused(finding, FileTooLargeError):
        world.file_evidence(finding)
    assert not Blob.objects.exists()
    # evidence is kept, not read: the limit of reading is none of its own
    assert world.file_evidence(finding, file=b"receipt").evidence.get().blob.size_bytes == 7


def test_a_file_of_someone_who_may_not_file_evidence_is_not_even_stored(world):
    finding = world.rectifying()
    for name in ("clerk", "verifier", "leader", "auditor"):
        with refused(finding, ActionDeniedError):
            world.file_evidence(finding, getattr(world, name))
    assert not Evidence.objects.exists()
    assert not Blob.objects.exists()


def test_a_file_for_a_closed_finding_is_not_even_stored(world):
    finding = world.closed()
    with refused(finding, TransitionError):
        world.file_evidence(finding, file=b"something else")
    assert Blob.objects.count() == 1


@pytest.mark.parametrize("amount", [0, -5, Decimal("-0.01")])
def test_an_amount_is_more_than_nothing(world, amount):
    finding = world.rectifying()
    with refused(finding, InvalidFieldError, "more than 0 yuan"):
        world.file_evidence(finding, amount=amount)


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2099, 12, 31)])
def test_evidence_of_a_day_to_come_proves_nothing(world, day):
    finding = world.rectifying()
    with refused(finding, InvalidFieldError, "still to come"):
        world.file_evidence(finding, proves_on=day)


@pytest.mark.parametrize("name", ["title", "proves"])
def test_evidence_names_what_it_is(world, name):
    finding = world.rectifying()
    with refused(finding, MissingTextError):
        world.file_evidence(finding, **{name: " "})


def test_evidence_of_the_same_bytes_is_stored_once(world):
    finding = world.file_evidence(world.file_evidence(world.rectifying()), title="另一份")
    assert finding.evidence.count() == 2
    assert Blob.objects.count() == 1


def test_evidence_is_withdrawn_once_with_a_reason_and_stays_to_be_seen(world):
    finding = world.file_evidence(world.rectifying())
    evidence_id = finding.evidence.get().pk
    with refused(finding, MissingTextError):
        world.do("evidence_withdraw", world.handler, finding, evidence_id=evidence_id, reason="")
    finding = world.do(
        "evidence_withdraw", world.handler, finding, evidence_id=evidence_id, reason="传错了。"
    )
    assert finding.evidence.get().withdrawn_reason == "传错了。"
    with refused(finding, StandsOtherwiseError, "is withdrawn"):
        world.do("evidence_withdraw", world.handler, finding, evidence_id=evidence_id, reason="再撤。")
    with refused(finding, StandsOtherwiseError, "cannot be carried over"):
        world.do("evidence_carry_over", world.handler, finding, evidence_id=evidence_id)


def test_money_is_answered_with_an_amount(world):
    finding = world.file_evidence(world.rectifying(), amount=None)
    evidence_id = finding.evidence.get().pk
    with refused(finding, InvalidFieldError, "names no amount"):
        world.do(
            "requirement_answer",
            world.handler,
            finding,
            requirement=Requirement.MONEY,
            evidence_id=evidence_id,
        )
    values = {"requirement": Requirement.CAUSE, "evidence_id": evidence_id}
    finding = world.do("requirement_answer", world.handler, finding, **values)
    with refused(finding, StandsOtherwiseError, "named for this requirement already"):
        world.do("requirement_answer", world.handler, finding, **values)


def test_what_does_not_apply_is_neither_answered_nor_waived(world):
    finding = world.file_evidence(world.rectifying())
    evidence_id = finding.evidence.get().pk
    with refused(finding, StandsOtherwiseError, "does not apply here"):
        world.do(
            "requirement_answer",
            world.handler,
            finding,
            requirement=Requirement.PEOPLE,
            evidence_id=evidence_id,
        )
    with refused(finding, StandsOtherwiseError, "does not apply here"):
        world.do("requirement_waive", world.clerk, finding, requirement=Requirement.PEOPLE, reason=REASON)


def test_a_waiver_is_the_offices_and_has_a_reason(world):
    finding = world.rectifying()
    with refused(finding, ReasonTooShortError):
        world.do("requirement_waive", world.clerk, finding, requirement=Requirement.MONEY, reason="不涉及")
    for name in ("handler", "head", "leader", "verifier", "inspector"):
        with refused(finding, ActionDeniedError):
            world.do(
                "requirement_waive",
                getattr(world, name),
                finding,
                requirement=Requirement.MONEY,
                reason=REASON,
            )
    finding = world.do(
        "requirement_waive", world.clerk, finding, requirement=Requirement.MONEY, reason=REASON
    )
    assert finding.requirement_answers.get().reason == REASON


def test_judging_says_what_was_looked_at(world):
    finding = world.file_evidence(world.rectifying())
    finding = world.do("criterion_add", world.verifier, finding, text="台账一致。")
    with refused(finding, MissingTextError, "What was looked at"):
        world.do(
            "criterion_judge",
            world.verifier,
            finding,
            criterion_id=finding.criteria.get().pk,
            met=False,
            note="",
        )
    with refused(finding, MissingTextError):
        world.do(
            "evidence_judge",
            world.verifier,
            finding,
            evidence_id=finding.evidence.get().pk,
            effect=True,
            note="",
        )


def test_every_change_counts_the_version_by_one(world):
    finding = world.rectifying()
    before = finding.version
    finding = world.do("criterion_add", world.clerk, finding, text="台账一致。")
    assert finding.version == before + 1
    assert Finding.objects.get(pk=finding.pk).changed_at == finding.changed_at
