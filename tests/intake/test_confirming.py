"""Confirming: a draft becomes a ledger once, whole, with claims only; the trail says what was changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake import notices
from zhenggai.accounts.models import Post
from zhenggai.domain.errors import NotFoundError, NotPermittedError, ZhenggaiError
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.markings import MarkingTooHighError
from zhenggai.domain.profiles import DEFAULT_PROFILE, profile_content
from zhenggai.intake import services
from zhenggai.intake.errors import (
    AlreadyConfirmedError,
    DraftChangedError,
    IntakeNotFoundError,
    NoFindingError,
    TitleMissingError,
    UnreadLeftError,
)
from zhenggai.intake.fields import FieldError, fingerprint
from zhenggai.intake.models import Intake
from zhenggai.intake.services import Change, NewInspection
from zhenggai.intake.states import ItemKind
from zhenggai.ledger import selectors as ledger
from zhenggai.ledger.errors import ProfileOfOtherKindError
from zhenggai.ledger.models import ActionTaken, Finding, Inspection, Measure, SourceDocument
from zhenggai.ledger.services import inspection_create, profile_create
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Event
from zhenggai.trail.selectors import event_views, events_of, verify

if TYPE_CHECKING:
    from intake.office import Office


def ledger_is_empty() -> bool:
    return not (Inspection.objects.exists() or Finding.objects.exists() or SourceDocument.objects.exists())


def test_a_confirmed_document_is_a_ledger_of_claims(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    confirmed = office.confirm(intake)
    intake.refresh_from_db()
    assert (intake.state, intake.inspection_id, intake.settled_by) == (
        "confirmed",
        confirmed.inspection_id,
        "周示例",
    )
    findings = list(Finding.objects.order_by("position"))
    assert confirmed.findings == len(findings) == 2
    assert {finding.stage for finding in findings} == {"registered"}
    assert [finding.stated_progress for finding in findings] == ["done", "in_progress"]
    assert [finding.progress for finding in findings] == ["", ""]
    assert [finding.nature for finding in findings] == ["", ""]
    assert ActionTaken.objects.count() == 3
    assert Measure.objects.count() == 0
    document = SourceDocument.objects.get()
    assert (document.blob_sha256, document.text_sha256, document.intake_id) == (
        intake.sha256,
        intake.text_sha256,
        intake.pk,
    )
    assert findings[0].span_start == intake.findings.order_by("position")[0].span_start


def test_what_a_document_calls_closed_is_not_closed_here(office: Office) -> None:
    intake = office.receive(notices.CLEAN.replace("整改进度：整改完成。", "整改进度：已整改销号。"))
    office.confirm(intake)
    finding = Finding.objects.order_by("position")[0]
    assert finding.stated_closed is True
    assert finding.stage == "registered"


def test_a_new_inspection_begins_with_the_rules_chosen_or_with_the_default_of_its_kind(
    office: Office,
) -> None:
    chosen = profile_of(office, "示例局巡察规则")
    by_default = profile_of(office, "示例局巡察规则（新）")
    new = NewInspection(title="云山县示例局巡察整改", kind="inspection", subject_id=office.organisation_id)
    confirmed = office.confirm(office.receive(notices.CLEAN), new=replace(new, profile_id=chosen))
    assert Inspection.objects.get(pk=confirmed.inspection_id).profile_version.profile_id == chosen
    confirmed = office.confirm(office.receive(notices.NOISY), new=new, dismiss_rest=True)
    assert Inspection.objects.get(pk=confirmed.inspection_id).profile_version.profile_id == by_default


def test_rules_of_another_kind_are_refused_and_nothing_is_written(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    profile_id = profile_of(office, "示例局巡察规则")
    new = NewInspection(
        title="云山县示例局审计整改", kind="audit", subject_id=office.organisation_id, profile_id=profile_id
    )
    events = Event.objects.count()
    with pytest.raises(ProfileOfOtherKindError, match="The profile “示例局巡察规则” is for “inspection”"):
        office.confirm(intake, new=new)
    assert ledger_is_empty()
    intake.refresh_from_db()
    assert intake.state == "draft"
    assert Event.objects.count() == events


def profile_of(office: Office, title: str) -> int:
    made = profile_create(
        actor=office.actor(),
        at=office.at(),
        owner_id=office.organisation_id,
        kind=InspectionKind.INSPECTION,
        title=title,
        content=profile_content(DEFAULT_PROFILE),
        note="示例局整改办〔2026〕1号",
    )
    return int(made.pk)


def test_a_second_confirmation_writes_nothing_and_names_the_ledger(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    confirmed = office.confirm(intake)
    events = Event.objects.count()
    with pytest.raises(AlreadyConfirmedError, match="is in the ledger “云山县示例局巡察整改”") as refused:
        office.confirm(intake, "colleague")
    assert refused.value.inspection_id == confirmed.inspection_id
    assert Finding.objects.count() == 2
    assert Event.objects.count() == events


def test_a_page_older_than_the_draft_does_not_confirm(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    office.do(services.draft_finding_add, intake, "colleague")
    with pytest.raises(DraftChangedError, match="was changed by somebody else after you opened"):
        office.confirm(intake)
    assert ledger_is_empty()


def test_a_draft_without_findings_does_not_become_a_ledger(office: Office) -> None:
    intake = office.receive(notices.NO_NOTICE)
    with pytest.raises(NoFindingError):
        office.confirm(intake, dismiss_rest=True)
    assert ledger_is_empty()
    assert intake.unread.get().state == "open"


def test_what_nobody_decided_about_needs_its_tick(office: Office) -> None:
    intake = office.receive(notices.NO_NOTICE)
    finding = office.do(services.draft_finding_add, intake)
    changes = {f"finding-{finding.pk}-title": Change("示例问题", fingerprint(""))}
    office.do(services.draft_fields_save, intake, changes=changes)
    intake.refresh_from_db()
    with pytest.raises(UnreadLeftError, match=r"1 stretches of “通报\.txt” were not understood"):
        office.confirm(intake)
    assert ledger_is_empty()
    office.confirm(intake, dismiss_rest=True)
    stretch = intake.unread.get()
    assert (stretch.state, stretch.decided_by) == ("dismissed", "周示例")


def test_a_finding_without_title_is_named(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    office.do(services.draft_finding_add, intake)
    intake.refresh_from_db()
    with pytest.raises(TitleMissingError, match="have no title, the first is number 3"):
        office.confirm(intake)
    assert ledger_is_empty()


def test_what_the_reader_found_but_a_ledger_cannot_hold_is_named(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[1]
    finding.status_text = "正在整改中，" * 60
    finding.save()
    with pytest.raises(FieldError, match="Finding 2: “Status as printed” has 360 characters and takes 300"):
        office.confirm(intake)
    assert ledger_is_empty()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"new": None}, "needs a title"),
        ({"new": NewInspection(" ", "inspection", 1)}, "needs a title"),
        ({"new": NewInspection("示例", "picnic", 1)}, "“picnic” is no kind of inspection"),
        ({"new": NewInspection("示例", "inspection", 0)}, "Choose the organisation"),
        ({"new": NewInspection("示例", "inspection", 1, marking="cosmic")}, "“cosmic” is no secrecy marking"),
    ],
)
def test_an_inspection_that_cannot_be_opened_leaves_everything_as_it_was(
    office: Office, given: dict[str, Any], sentence: str
) -> None:
    intake = office.receive(notices.CLEAN)
    with pytest.raises(ZhenggaiError, match=sentence):
        office.confirm(intake, **given)
    intake.refresh_from_db()
    assert intake.state == "draft"
    assert ledger_is_empty()


def test_the_organisation_of_others_cannot_be_the_subject(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    with pytest.raises(ZhenggaiError):
        office.confirm(intake, new=NewInspection("示例", "inspection", office.other_id))
    with pytest.raises(NotFoundError):
        office.confirm(intake, inspection_id=987)
    assert ledger_is_empty()


def test_a_state_secret_opens_no_inspection_and_the_document_says_whether_a_plan_is_asked_for(
    office: Office,
) -> None:
    intake = office.receive(notices.CLEAN)
    secret = NewInspection("示例", "inspection", office.organisation_id, marking="secret")
    with pytest.raises(MarkingTooHighError, match="the highest this system may hold"):
        office.confirm(intake, new=secret)
    assert ledger_is_empty()
    office.confirm(intake)
    # the notice tells of work done, so its plan was approved before
    assert not Inspection.objects.get().plan_required


def test_a_document_joins_an_inspection_that_waits_for_its_findings(office: Office) -> None:
    opened = inspection_create(
        actor=office.actor(),
        at=office.at(),
        title="云山县示例局巡察整改",
        kind=InspectionKind.INSPECTION,
        subject_id=office.organisation_id,
    )
    confirmed = office.confirm(office.receive(notices.CLEAN), inspection_id=opened.pk, new=None)
    assert confirmed.inspection_id == opened.pk
    assert Finding.objects.filter(inspection=opened).count() == 2


@pytest.mark.parametrize("username", ["stranger", "handler", "admin"])
def test_nobody_else_confirms(office: Office, username: str) -> None:
    intake = office.receive(notices.CLEAN)
    with pytest.raises(IntakeNotFoundError):
        office.confirm(intake, username)
    assert ledger_is_empty()


def worked_over(office: Office) -> Intake:
    """A draft with an edited title, an added and a dropped finding, and changed actions."""
    intake = office.receive(notices.CLEAN)
    first, second = intake.findings.order_by("position")
    item = first.items.order_by("position")[0]
    added = office.do(services.draft_finding_add, intake, "colleague")
    changes = {
        "document-title": Change("示例通报", fingerprint(intake.title)),
        f"finding-{first.pk}-title": Change("学习制度没有落实", fingerprint(first.title)),
        f"finding-{first.pk}-supporting_units": Change("办公室、财务科,人事科", fingerprint("")),
        f"finding-{added.pk}-title": Change("补录的问题", fingerprint("")),
        f"item-{item.pk}-text": Change("制定计划", fingerprint(item.text)),
    }
    office.do(services.draft_fields_save, intake, changes=changes)
    office.do(services.draft_finding_drop, intake, finding_id=second.pk, reason="不属于本轮巡察")
    office.do(services.draft_item_add, intake, finding_id=first.pk, kind=ItemKind.MEASURE)
    intake.refresh_from_db()
    return intake


def test_the_trail_says_what_people_changed_of_the_reading(office: Office) -> None:
    confirmed = office.confirm(worked_over(office))
    views = event_views(events_of(ChainKey.inspection(confirmed.inspection_id)))
    said = {view.name: view.values for view in views if view.name.startswith("intake.")}
    assert set(said) == {
        "intake.document.edited",
        "intake.structure.corrected",
        "intake.finding.edited",
        "intake.finding.dropped",
        "intake.finding.added",
    }
    assert said["intake.finding.dropped"]["reason"] == "不属于本轮巡察"
    fields = {each["field"]: each for each in said["intake.finding.edited"]["fields"]}
    assert fields["title"]["read"] == "学习制度落实不够到位"
    assert fields["title"]["now"] == "学习制度没有落实"
    assert fields["title"]["by"] == "周示例"
    assert said["intake.finding.edited"]["items"][0]["now"] == "制定计划"
    assert all(report.ok for report in verify(None))


def test_what_people_entered_is_what_the_ledger_holds(office: Office) -> None:
    confirmed = office.confirm(worked_over(office))
    titles = list(Finding.objects.order_by("position").values_list("title", flat=True))
    assert titles == ["学习制度没有落实", "补录的问题"]
    first = Finding.objects.order_by("position")[0]
    assert first.stated_supporting == "办公室、财务科、人事科"
    assert first.actions_taken.order_by("position")[0].text == "制定计划"
    # an empty measure says nothing and is not entered
    assert Measure.objects.count() == 0
    assert ledger.inspection_get(office.actor(), confirmed.inspection_id).title == "云山县示例局巡察整改"


def test_the_receipt_stands_on_the_chain_of_the_organisation(office: Office) -> None:
    office.confirm(office.receive(notices.CLEAN))
    names = Event.objects.filter(chain__kind="organisation").values_list("name", flat=True)
    assert [name for name in names if name.startswith("intake.")] == [
        "intake.received",
        "intake.read",
        "intake.confirmed",
    ]


def test_many_findings_take_hardly_more_queries_than_few(office: Office) -> None:
    counts = []
    for findings in (3, 20):
        intake = office.receive(notices.long_notice(findings))
        with CaptureQueriesContext(connection) as captured:
            office.confirm(intake)
        counts.append(len(captured))
    # one more batch of rows, not one more query a finding
    assert counts[1] - counts[0] <= 3


def test_a_post_that_ended_after_the_page_was_asked_for_changes_and_confirms_nothing(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    clerk = office.actor()
    Post.objects.filter(person_id=clerk.person_id).update(ended_on=office.moment.date())
    new = services.NewInspection(title="整改", kind="inspection", subject_id=office.organisation_id)
    finding = intake.findings.first()
    tries = (
        (services.intake_confirm, {"version": intake.version, "new": new}),
        (services.intake_abandon, {"reason": "这份文件与本单位无关，不再办理。"}),
        (services.draft_finding_drop, {"finding_id": finding.pk, "reason": "重复"}),
        (services.intake_read_again, {}),
    )
    before = Intake.objects.filter(pk=intake.pk).values().get()
    for service, values in tries:
        with pytest.raises(IntakeNotFoundError):
            service(actor=clerk, at=office.at(), intake_id=intake.pk, **values)
    # as where it ends while the upload still comes in, after its first byte
    with pytest.raises(NotPermittedError):
        services.intake_receive(
            actor=clerk,
            at=office.at(),
            organisation_id=office.organisation_id,
            content=b"another",
            name="another.txt",
        )
    assert Intake.objects.filter(pk=intake.pk).values().get() == before
    assert (Intake.objects.count(), Inspection.objects.count()) == (1, 0)
