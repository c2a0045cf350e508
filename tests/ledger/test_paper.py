"""Signatures on paper and decisions of meetings: one records, another confirms, and nobody gets around it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from ledger.laddered import acting, end, meeting, quorum, recorded
from ledger.refusals import refused
from ledger.test_closing import REASON
from ledger.world import TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.closing import NotPromisedError, ReasonTooShortError
from zhenggai.domain.lifecycle import Progress, Stage, TransitionError
from zhenggai.files.selectors import blob_read
from zhenggai.files.storage import blob_path
from zhenggai.inbox.models import Notice
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    FindingNotFoundError,
    InvalidFieldError,
    MissingTextError,
    PieceNotFoundError,
    StandsOtherwiseError,
)
from zhenggai.ledger.exporting import row_of
from zhenggai.ledger.models import ClosureRequest, Finding, Signature, SignatureRecord
from zhenggai.ledger.selectors import finding_get, signature_scan_open
from zhenggai.ledger.waiting import findings_waiting
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

PROMISE = "本人承诺所报整改情况和佐证材料真实、准确、完整。"


def confirm(world, actor, finding, record):
    return world.do("signature_confirm", actor, finding, record_id=record.pk)


def on_paper(world, finding, actor=None, signer=None, **values):
    signer = signer or world.leader
    return recorded(world, finding, actor or world.clerk, signer_id=signer.person_id, **values)


def test_a_signature_on_paper_counts_once_a_second_person_has_confirmed_it(world):
    finding = world.requested()
    record = on_paper(world, finding, note="签批单原件存整改办。")
    assert not Signature.objects.exists()
    assert blob_read(record.blob.sha256) == b"example scan"
    with refused(finding, ActionDeniedError, "nobody decides on their own work"):
        confirm(world, world.clerk, finding, record)
    finding = confirm(world, world.verifier, finding, record)
    signature = Signature.objects.get()
    assert (signature.step, signature.by_id, signature.record_id) == (
        "responsible_leader",
        world.leader.person_id,
        record.pk,
    )
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.CLOSED
    assert list(differences()) == []
    path = blob_path(record.blob.sha256)
    path.chmod(0o600)
    path.write_bytes(b"another scan")
    lost = [str(each.message) for each in differences(files=True)]
    assert any(f"the file of the recorded signature {record.pk} is missing" in each for each in lost)


def test_the_last_signature_on_paper_closes(world):
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    record = on_paper(world, finding, actor=world.verifier, signer=world.clerk)
    assert confirm(world, world.group, finding, record).stage == Stage.CLOSED
    assert list(differences()) == []
    kept = row_of(finding_get(world.clerk, finding.pk), TODAY)
    signatures = [(each.by, each.recorded) for each in kept.requests[0].signatures]
    assert signatures == [("领示例", ""), ("办示例", "paper")]


@pytest.mark.parametrize("name", ["handler", "head", "helper", "auditor", "publisher"])
def test_only_those_who_verify_or_approve_record_and_confirm(world, name):
    finding = world.requested()
    with refused(finding, ActionDeniedError):
        on_paper(world, finding, actor=getattr(world, name))
    record = on_paper(world, finding)
    with refused(finding, ActionDeniedError):
        confirm(world, getattr(world, name), finding, record)


def test_the_submitter_neither_records_nor_confirms_nor_signed_on_paper(world):
    finding = world.requested()
    both = world.grant(
        world.handler.person_id, (Role.OFFICE_CLERK, world.bureau), (Role.RESPONSIBLE_LEADER, world.bureau)
    )
    with refused(finding, ActionDeniedError, "whoever submits never approves"):
        on_paper(world, finding, actor=both)
    record = on_paper(world, finding)
    with refused(finding, ActionDeniedError, "whoever submits never approves"):
        confirm(world, both, finding, record)
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, "not this person's to sign"):
        on_paper(world, finding, signer=both)


def test_the_signer_neither_records_nor_confirms_what_he_signed(world):
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    other = world.person("clerk2", "二示例", (Role.OFFICE_CLERK, world.bureau))
    with refused(finding, ActionDeniedError, "neither is who signed it"):
        on_paper(world, finding, signer=world.clerk)
    record = on_paper(world, finding, actor=other, signer=world.clerk)
    with refused(finding, ActionDeniedError, "neither is who signed it"):
        confirm(world, world.clerk, finding, record)


def test_whoever_fixed_records_nothing_with_another_post(world):
    finding = world.proven()
    helper = world.grant(world.helper.person_id, (Role.VERIFIER, world.bureau))
    world.do("progress_report", helper, finding, progress=Progress.DONE, narrative="协助完成。")
    finding = world.request(finding)
    with refused(finding, ActionDeniedError, "whoever fixes never judges"):
        on_paper(world, finding, actor=helper)


def test_the_signer_holds_the_post_that_the_step_asks_for_and_still_holds_it(world):
    finding = world.requested()
    with refused(finding, ActionDeniedError, "not this person's to sign"):
        on_paper(world, finding, actor=world.verifier, signer=world.clerk)
    with refused(finding, InvalidFieldError, "Name the person who signed"):
        recorded(world, finding, world.clerk)
    with refused(finding, ActionDeniedError, "not this person's to sign"):
        recorded(world, finding, world.clerk, signer_id=999_999)
    record = on_paper(world, finding)
    end(world, world.leader, Role.RESPONSIBLE_LEADER)
    with refused(finding, ActionDeniedError, "not this person's to sign"):
        confirm(world, world.verifier, finding, record)


def test_a_record_of_a_step_that_was_signed_meanwhile_does_not_count(world):
    finding = world.requested()
    record = on_paper(world, finding)
    world.do("closure_sign", world.leader, finding)
    with refused(finding, StandsOtherwiseError, "does not come next any more"):
        confirm(world, world.verifier, finding, record)
    finding = world.do(
        "signature_refuse", world.clerk, finding, record_id=record.pk, reason="本人已在系统内签批，此单作废。"
    )
    with refused(finding, StandsOtherwiseError, "confirmed or refused already"):
        confirm(world, world.verifier, finding, record)
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.CLOSED
    assert list(differences()) == []


def test_what_waits_is_recorded_once_and_refused_with_a_reason(world):
    finding = world.requested()
    record = on_paper(world, finding)
    with refused(finding, StandsOtherwiseError, "recorded already and waits"):
        on_paper(world, finding, actor=world.verifier)
    with refused(finding, ReasonTooShortError):
        world.do("signature_refuse", world.verifier, finding, record_id=record.pk, reason="看不清")
    with refused(finding, PieceNotFoundError):
        confirm(world, world.verifier, finding, SignatureRecord(pk=999))
    finding = world.do(
        "signature_refuse",
        world.verifier,
        finding,
        record_id=record.pk,
        reason="扫描件看不清签名，请重新扫描。",
    )
    assert on_paper(world, finding).pk != record.pk


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 3)])
def test_nobody_can_have_signed_before_the_request_or_tomorrow(world, day):
    finding = world.requested()
    with refused(finding, InvalidFieldError, "nobody can have signed it then"):
        on_paper(world, finding, held_on=day)


def test_a_record_of_an_earlier_round_does_not_come_back(world):
    finding = world.requested()
    record = on_paper(world, finding)
    finding = world.do("closure_send_back", world.leader, finding, reason=REASON)
    with refused(finding, TransitionError):
        confirm(world, world.verifier, finding, record)
    finding = world.request(world.prove(finding))
    with refused(finding, StandsOtherwiseError, "does not come next any more"):
        confirm(world, world.verifier, finding, record)


def test_a_paper_of_a_quorum_counts_for_one_who_was_called(world):
    first, second, third = quorum(world)
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    late = world.person("late", "后示例", (Role.LEADING_GROUP, world.bureau))
    with refused(finding, ActionDeniedError, "not this person's to sign"):
        on_paper(world, finding, signer=late)
    confirm(world, world.verifier, finding, on_paper(world, finding, signer=second))
    with refused(finding, ActionDeniedError, "nobody signs two"):
        world.do("closure_sign", second, finding)
    world.do("closure_sign", third, finding)
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.CLOSED
    assert first.person_id


def test_a_meeting_decides_by_minutes_that_one_records_and_another_confirms(world):
    meeting(world)
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, "the decision of a meeting, which nobody signs alone"):
        world.do("closure_sign", world.group, finding)
    with refused(finding, MissingTextError, "Number of the minutes"):
        recorded(world, finding, world.clerk, number=" ")
    record = recorded(world, finding, world.clerk, number="示例局党组会议纪要〔2026〕3号")
    assert (record.kind, record.signer_id) == ("minutes", None)
    with refused(finding, ActionDeniedError, "nobody decides on their own work"):
        confirm(world, world.clerk, finding, record)
    with refused(finding, ActionDeniedError, "confirmed by somebody whose step|which is not yours"):
        confirm(world, world.verifier, finding, record)
    finding = confirm(world, world.group, finding, record)
    assert finding.stage == Stage.CLOSED
    signature = Signature.objects.last()
    assert (signature.step, signature.by_id, signature.record_id) == (
        "party_committee",
        world.group.person_id,
        record.pk,
    )
    assert list(differences()) == []


def test_an_office_that_could_send_back_does_not_confirm_for_the_meeting(world):
    meeting(world)
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    record = recorded(world, finding, world.group, number="示例局党组会议纪要〔2026〕3号")
    with refused(finding, ActionDeniedError, "confirmed by somebody whose step “party committee”"):
        confirm(world, world.clerk, finding, record)


def deputy_of(world, principal, role, own=Role.AUDITOR):
    """Somebody who acts for the principal, with a post of his own that approves nothing unless it is said."""
    return acting(world, world.person("deputy", "代示例", (own, world.bureau)), principal, role, world.bureau)


def test_the_deputy_of_who_recorded_does_not_confirm(world):
    finding = world.requested()
    record = on_paper(world, finding)
    deputy = deputy_of(world, world.clerk, Role.OFFICE_CLERK)
    with refused(finding, ActionDeniedError, "whoever acts can do no more"):
        confirm(world, deputy, finding, record)


def test_the_deputy_of_the_signer_neither_records_nor_confirms(world):
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    deputy = deputy_of(world, world.clerk, Role.OFFICE_CLERK)
    with refused(finding, ActionDeniedError, "neither is who signed it"):
        on_paper(world, finding, deputy, signer=world.clerk)
    record = on_paper(world, finding, world.verifier, signer=world.clerk)
    with refused(finding, ActionDeniedError, "neither is who signed it"):
        confirm(world, deputy, finding, record)
    own = world.grant(deputy.person_id, (Role.VERIFIER, world.bureau))
    assert confirm(world, own, finding, record).stage == Stage.CLOSED


def test_the_deputy_of_who_recorded_the_minutes_does_not_decide_for_the_meeting(world):
    meeting(world)
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    record = recorded(world, finding, world.group, number="示例局党组会议纪要〔2026〕3号")
    deputy = deputy_of(world, world.group, Role.LEADING_GROUP, own=Role.VERIFIER)
    with refused(finding, ActionDeniedError, "which is not yours|whose step “party committee”"):
        confirm(world, deputy, finding, record)


def test_those_who_may_confirm_are_told_and_find_it_waiting(world, django_capture_on_commit_callbacks):
    finding = world.requested()
    with django_capture_on_commit_callbacks(execute=True):
        record = on_paper(world, finding)
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert told == {world.verifier.person_id, world.group.person_id, world.inspector.person_id}

    def waiting(actor):
        groups = findings_waiting(actor, TODAY)
        return [group.total for group in groups if group.action == "signature.confirm"]

    assert (waiting(world.verifier), waiting(world.clerk)) == ([1], [])
    with django_capture_on_commit_callbacks(execute=True):
        world.do(
            "signature_refuse",
            world.verifier,
            finding,
            record_id=record.pk,
            reason="扫描件看不清签名，请重扫。",
        )
    assert Notice.objects.filter(person_id=world.clerk.person_id).count() == 1
    assert waiting(world.verifier) == []


def test_the_scan_is_opened_by_those_who_see_the_finding(world):
    finding = world.requested()
    record = on_paper(world, finding)
    row, file = signature_scan_open(world.inspector, record.pk)
    with file:
        assert (row.file_name, file.read()) == ("签批单.pdf", b"example scan")
    for actor in (world.stranger, world.administrator):
        with pytest.raises(Exception, match="no such signature"):
            signature_scan_open(actor, record.pk)
    with refused(finding, FindingNotFoundError):
        on_paper(world, finding, actor=world.stranger)


def test_whoever_requests_affirms_the_promise_of_the_rules_and_its_words_stay(world):
    world.inspect_by(promise=PROMISE)
    finding = world.proven()
    with refused(finding, NotPromisedError, "真实、准确、完整"):
        world.request(finding)
    finding = world.request(finding, promised=True)
    assert ClosureRequest.objects.get().promise == PROMISE
    assert list(differences()) == []
    (event,) = [each for each in services_events(finding) if each.name == "ledger.closure.requested"]
    assert event.values["promise"] == PROMISE


def test_where_the_rules_ask_for_no_promise_none_is_kept(world):
    world.request(world.proven(), promised=True)
    assert ClosureRequest.objects.get().promise == ""


def services_events(finding):
    return event_views(events_of(ChainKey.inspection(finding.inspection_id)))


def test_a_double_click_records_once(world):
    finding = world.requested()
    version = Finding.objects.get(pk=finding.pk).version
    on_paper(world, finding)
    with refused(finding, Exception):
        services.signature_record(
            actor=world.clerk,
            at=world.at(),
            finding_id=finding.pk,
            version=version,
            file=b"example scan",
            file_name="签批单.pdf",
            held_on=date(2026, 3, 2),
            signer_id=world.leader.person_id,
        )


def _confirmed_behind_the_services(world, record, principal, deputy):
    values = {"confirmed_by_id": principal.person_id, "confirmed_at": world.at()}
    SignatureRecord.objects.filter(pk=record.pk).update(**values)
    Signature.objects.create(
        request=record.request,
        record=record,
        step="office_clerk",
        by_id=deputy.person_id,
        acting_for_id=principal.person_id,
        at=world.at(),
    )


def test_whoever_is_acted_for_neither_records_nor_confirms_what_the_deputy_signed_for_him(world):
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    principal = world.grant(world.clerk.person_id, (Role.VERIFIER, world.bureau))
    deputy = deputy_of(world, principal, Role.OFFICE_CLERK)
    with refused(finding, ActionDeniedError, "nor for whom it was signed"):
        on_paper(world, finding, principal, signer=deputy)
    record = on_paper(world, finding, world.verifier, signer=deputy)
    with refused(finding, ActionDeniedError, "nor for whom it was signed"):
        confirm(world, principal, finding, record)
    with pytest.raises(DatabaseError, match="count by a record"), transaction.atomic():
        _confirmed_behind_the_services(world, record, principal, deputy)
    other = world.person("clerk2", "办示例二", (Role.OFFICE_CLERK, world.bureau))
    assert confirm(world, other, finding, record).stage == Stage.CLOSED


def test_a_paper_of_a_day_on_which_an_earlier_request_stood_signs_no_later_one(world):
    finding = world.requested()
    world.do("closure_send_back", world.leader, finding, reason=REASON)
    finding = world.request(world.prove(world.file_evidence(finding, file=b"another receipt")))
    with refused(finding, StandsOtherwiseError, "an earlier request of this finding still stood"):
        on_paper(world, finding)
    world.minute += 24 * 60
    on_paper(world, finding, held_on=TODAY + timedelta(days=1))


def test_the_scan_of_an_earlier_request_signs_no_later_one(world):
    finding = world.requested()
    record = on_paper(world, finding)
    world.do("closure_send_back", world.leader, finding, reason=REASON)
    finding = world.request(world.prove(world.file_evidence(finding, file=b"another receipt")))
    world.minute += 24 * 60
    with refused(finding, StandsOtherwiseError, "The same scan was recorded for an earlier request"):
        on_paper(world, finding, held_on=TODAY + timedelta(days=1))
    again = SignatureRecord.objects.get(pk=record.pk)
    again.pk, again.request = None, finding.closure_requests.order_by("-pk")[0]
    with pytest.raises(DatabaseError, match="signs no later one"), transaction.atomic():
        again.save()
