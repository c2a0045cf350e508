"""Receiving: the upload is kept whatever comes of reading it, and the same bytes are one document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from intake import notices
from intake.office import Office
from reading.word_files import p, word, zipped
from zhenggai.domain.errors import NotPermittedError
from zhenggai.files import selectors as files
from zhenggai.intake import services
from zhenggai.intake.errors import (
    IntakeNotFoundError,
    LiesElsewhereError,
    NotReadableAgainError,
    OrganisationUnknownError,
    UploadTooLargeError,
)
from zhenggai.intake.fields import FINDING_FIELDS
from zhenggai.intake.models import Intake
from zhenggai.intake.reasons import reason_message
from zhenggai.intake.services.settling import AbandonReasonError, NotSetAsideError
from zhenggai.reading import schema
from zhenggai.trail.models import Event
from zhenggai.trail.selectors import event_views

if TYPE_CHECKING:
    from typing import Any


def events(name: str) -> int:
    return Event.objects.filter(name=name).count()


def test_a_notice_becomes_a_draft_with_its_facts_and_findings(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    assert intake.state == "draft"
    assert intake.title == "中共云山县示例局党组关于县委第二巡察组反馈意见整改情况的通报"
    assert str(intake.feedback_on) == "2024-06-12"
    findings = list(intake.findings.order_by("position"))
    assert [finding.title for finding in findings] == ["学习制度落实不够到位", "公务接待报销手续不全"]
    assert [finding.stated_progress for finding in findings] == ["done", "in_progress"]
    assert [item.text for item in findings[0].items.order_by("position")] == [
        "制定年度学习计划",
        "开展专题学习3次",
    ]
    assert events("intake.received") == events("intake.read") == 1


def test_a_word_document_becomes_a_draft_like_its_text(office: Office) -> None:
    lines = [line for line in notices.CLEAN.split("\n") if line.strip()]
    intake = office.receive(word("".join(map(p, lines))), "通报.docx")
    assert (intake.state, intake.format, intake.encoding) == ("draft", "docx", "")
    assert intake.media_type.endswith("wordprocessingml.document")
    assert [finding.title for finding in intake.findings.order_by("position")] == [
        "学习制度落实不够到位",
        "公务接待报销手续不全",
    ]
    assert files.blob_read(intake.decoded_sha256).decode() == "\n".join(line.rstrip() for line in lines)


def test_the_places_of_fields_are_those_of_their_words(office: Office) -> None:
    intake = office.receive(notices.NOISY)
    text = files.blob_read(intake.text_sha256).decode()
    finding = intake.findings.get()
    start, end = finding.spans["title"]
    assert finding.title in text[start:end]
    for item in finding.items.all():
        assert text[item.span_start : item.span_end] == item.text


def test_reading_source_and_restored_text_are_kept_as_they_were(office: Office) -> None:
    intake = office.receive(notices.NOISY)
    assert files.blob_read(intake.sha256).decode() == notices.NOISY
    assert files.blob_read(intake.decoded_sha256).decode() == notices.NOISY
    reading: dict[str, Any] = json.loads(files.blob_read(intake.reading_sha256))
    assert reading["schema"] == "zhenggai.notice/1"
    restored = files.blob_read(intake.text_sha256).decode()
    assert "(tǒng)" not in restored
    rebuilt = []
    at = 0
    shift = 0
    for edit in reading["edits"]:
        start, end = edit["span"]
        rebuilt.append(restored[at + shift : start + shift])
        rebuilt.append(edit["before"])
        shift += len(edit["after"]) - len(edit["before"])
        at = end
    assert "".join([*rebuilt, restored[at + shift :]]) == notices.NOISY


def test_the_stored_reading_fits_its_schema(office: Office) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow, and only here

    intake = office.receive(notices.NOISY)
    reading = json.loads(files.blob_read(intake.reading_sha256))
    assert list(Draft202012Validator(schema.schema()).iter_errors(reading)) == []


def test_what_was_cleaned_is_counted(office: Office) -> None:
    intake = office.receive(notices.NOISY)
    assert intake.counts["reading"] == 11
    assert intake.counts["furniture"] == 1
    assert intake.counts["script"] > 20


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "reading.empty"),
        (b"\xef\xbb\xbf \n", "reading.empty"),
        (b"%PDF-1.7\n\x00\x01\x02" * 40, "reading.pdf_damaged"),
        (b"\xff\x81\x00\xfe\x00\x80\x01\x00" * 40, "reading.binary"),
        (b"PK\x03\x04 cut off", "reading.damaged"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "reading.workbook_damaged"),
        (zipped({"word/document.xml": "<!DOCTYPE x><x/>"}), "reading.forbidden_markup"),
    ],
)
def test_what_cannot_be_read_is_kept_and_says_why(office: Office, data: bytes, code: str) -> None:
    intake = office.receive(data, "附件.bin")
    assert intake.state == "failed"
    assert intake.failure["code"] == code
    assert files.blob_read(intake.sha256) == data
    assert events("intake.failed") == 1
    assert intake.findings.count() == 0


def test_a_text_that_is_no_notice_is_a_draft_without_findings(office: Office) -> None:
    intake = office.receive(notices.NO_NOTICE)
    assert intake.state == "draft"
    assert intake.findings.count() == 0
    assert intake.unread.count() == 1


def test_more_than_is_read_is_kept_with_its_sentence_and_read_once_the_limit_allows(
    office: Office, settings: Any
) -> None:
    settings.ZHENGGAI_MAX_UPLOAD_BYTES = 1024 * 1024
    data = (notices.CLEAN + "字" * 400_000).encode()
    intake = office.receive(data, "大.txt")
    assert (intake.state, intake.failure["code"]) == ("failed", "intake.too_large_to_read")
    assert intake.failure["values"] == {"name": "大.txt", "size": 2, "limit": 1}
    assert files.blob_read(intake.sha256) == data
    assert office.do(services.intake_read_again, intake).state == "failed"
    settings.ZHENGGAI_MAX_UPLOAD_BYTES = settings.ZHENGGAI_READ_AT_ONCE_BYTES = 2 * 1024 * 1024
    assert office.do(services.intake_read_again, intake).state == "draft"


def test_more_than_is_kept_is_refused_with_the_limit(office: Office, settings: Any) -> None:
    settings.ZHENGGAI_MAX_STORED_BYTES = 1024 * 1024
    with pytest.raises(UploadTooLargeError, match=r"“大\.txt” is larger than 1 MiB"):
        office.receive("字" * 400_000, "大.txt")
    assert Intake.objects.count() == 0
    assert events("intake.received") == 0


def test_the_same_bytes_twice_are_one_document(office: Office) -> None:
    first = office.receive(notices.CLEAN, "一.txt")
    again = office.receive(notices.CLEAN, "二.txt", "colleague")
    assert again.pk == first.pk
    assert again.name == "一.txt"
    assert Intake.objects.count() == 1
    assert events("intake.received") == 1


def test_the_same_bytes_of_another_organisation_are_a_document_of_its_own(office: Office) -> None:
    first = office.receive(notices.CLEAN)
    assert office.receive(notices.CLEAN, username="stranger").pk != first.pk


def receive_for(office: Office, organisation_id: int, **said: Any) -> Intake:
    return services.intake_receive(
        actor=office.actor(),
        at=office.at(),
        organisation_id=organisation_id,
        content=notices.CLEAN.encode(),
        name="又一份.txt",
        **said,
    ).intake


def test_what_lies_under_another_organisation_of_the_same_hand_is_named_and_the_hand_chooses(
    office: Office,
) -> None:
    first = office.receive(notices.CLEAN, "一.txt")
    office.also_at_other("clerk")
    with pytest.raises(LiesElsewhereError) as refusal:
        receive_for(office, office.other_id)
    assert refusal.value.intakes == (first,)
    assert "lies already under “云山县示例局”" in str(refusal.value)
    assert Intake.objects.count() == 1
    both = receive_for(office, office.other_id, is_about_both=True)
    assert (both.organisation_id, both.state) == (office.other_id, "draft")
    said = event_views(Event.objects.filter(name="intake.received"))[-1].values
    assert said["also_lies_at"] == [first.pk]
    # under its own organisation it is the same document still, wherever else it lies
    assert receive_for(office, office.organisation_id).pk == first.pk


def test_what_lies_where_the_hand_sees_nothing_makes_no_difference(office: Office) -> None:
    office.receive(notices.CLEAN, username="stranger")
    mine = office.receive(notices.CLEAN)
    assert mine.state == "draft"
    said = event_views(Event.objects.filter(name="intake.received"))[-1].values
    assert "also_lies_at" not in said


def test_only_the_office_hands_in_documents(office: Office) -> None:
    with pytest.raises(NotPermittedError, match="It is for: rectification office"):
        office.receive(notices.CLEAN, username="handler")
    with pytest.raises(NotPermittedError, match="nobody both administers and works on a ledger"):
        office.receive(notices.CLEAN, username="admin")
    assert Intake.objects.count() == 0


def test_an_organisation_of_others_cannot_be_chosen(office: Office) -> None:
    with pytest.raises(OrganisationUnknownError):
        services.intake_receive(
            actor=office.actor(),
            at=office.at(),
            organisation_id=office.other_id,
            content=b"x",
            name="x",
        )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\文件\\通报.txt", "通报.txt"),
        ("../../etc/通报.txt", "通报.txt"),
        ("通\u202e报\x00.txt", "通报.txt"),
        ("", "document.txt"),
        ("长" * 400 + ".html", "长" * 114 + "….html"),
    ],
)
def test_a_name_is_kept_without_folders_and_invisible_letters(office: Office, given: str, kept: str) -> None:
    assert office.receive(notices.CLEAN, given).name == kept


def test_a_failed_document_can_be_read_again_and_a_draft_cannot(office: Office) -> None:
    failed = office.receive(b"")
    assert office.do(services.intake_read_again, failed).state == "failed"
    draft = office.receive(notices.CLEAN)
    with pytest.raises(NotReadableAgainError, match="would throw away what people did"):
        office.do(services.intake_read_again, draft)


def test_a_document_is_set_aside_with_a_reason_and_taken_up_again(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    with pytest.raises(AbandonReasonError):
        office.do(services.intake_abandon, intake, reason="  ")
    aside = office.do(services.intake_abandon, intake, reason="送错了单位")
    assert (aside.state, aside.settled_by, aside.settled_reason) == ("abandoned", "周示例", "送错了单位")
    assert office.do(services.intake_abandon, intake, reason="").version == aside.version
    back = office.do(services.intake_reopen, intake)
    assert (back.state, back.settled_reason) == ("draft", "")
    with pytest.raises(NotSetAsideError):
        office.do(services.intake_reopen, intake)
    assert events("intake.abandoned") == events("intake.reopened") == 1


def test_a_failed_document_taken_up_again_is_still_failed(office: Office) -> None:
    intake = office.receive(b"")
    office.do(services.intake_abandon, intake, reason="空文件")
    assert office.do(services.intake_reopen, intake).state == "failed"


@pytest.mark.parametrize("username", ["stranger", "handler", "admin"])
def test_the_document_of_others_does_not_exist_for_them(office: Office, username: str) -> None:
    intake = office.receive(notices.CLEAN)
    with pytest.raises(IntakeNotFoundError):
        office.do(services.intake_abandon, intake, username, reason="别人的")
    intake.refresh_from_db()
    assert intake.state == "draft"


def test_a_draft_keeps_the_rule_that_read_each_field(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    assert intake.why["kind"] == ["kind_by_title", {}]
    assert intake.why["feedback_on"][0] == "feedback_day"
    assert finding.why["status_text"] == ["after_label", {"words": "整改进度"}]
    assert finding.why["number"] == ["heading_below", {"number": "1", "above": "二/(一)"}]
    assert finding.items.all()[0].why == {"text": ["item", {}]}
    filled = {name for name in FINDING_FIELDS if getattr(finding, name) not in {"", None}}
    assert set(finding.why) == filled
    assert filled <= set(finding.spans)


def test_a_kept_rule_that_nobody_knows_any_more_is_no_error() -> None:
    gone = reason_message(["guess", {}])
    assert gone is not None
    assert "“guess”" in gone.render()
    for broken in (None, "label", ["label"], ["label", "x"]):
        assert reason_message(broken) is None
