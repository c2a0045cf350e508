"""Confirming into an inspection that has findings: what is there is recognised, never entered twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake import notices
from zhenggai.accounts.models import Post
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.restating import Part
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.intake import services
from zhenggai.intake.compare_errors import (
    ComparisonChangedError,
    ComparisonNeededError,
    ComparisonNotFoundError,
    ComparisonOutdatedError,
    FindingGivenTwiceError,
    LedgerMovedError,
    NotAllTakenError,
    RowChoiceError,
)
from zhenggai.intake.comparisons import comparison_get, figures_of, missing_of
from zhenggai.intake.errors import AlreadyConfirmedError, IntakeNotFoundError, NotInLedgerError
from zhenggai.intake.fields import fingerprint
from zhenggai.intake.models import ComparedFinding, Comparison, Intake
from zhenggai.intake.services import RowChoice
from zhenggai.intake.states import ComparedState
from zhenggai.ledger import services as ledger_services
from zhenggai.ledger.compared_findings import findings_sought
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.exporting import ledger_export_json
from zhenggai.ledger.models import ClaimUpdate, Finding, SourceDocument, SourceMention
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Event
from zhenggai.trail.selectors import event_views, events_of, verify

if TYPE_CHECKING:
    from intake.office import Office

LATER = (
    notices.CLEAN.replace("整改进度：正在整改中。", "整改进度：整改完成。")
    .replace("一是清理票据15笔。", "一是清理票据15笔。二是退回超支款项。")
    .replace("2.公务接待报销手续不全。", "2.公务接待报销手续不齐全。")
)
MORE = LATER.replace(
    "联系电话", "3.档案归档不及时。\n整改情况：一是补归档案20卷。\n整改进度：整改完成。\n联系电话"
)


@pytest.fixture
def inspection_id(office: Office) -> int:
    """A ledger of two findings, from the first notice."""
    return int(office.confirm(office.receive(notices.CLEAN)).inspection_id)


def compared(office: Office, text: str, inspection_id: int, username: str = "clerk") -> Comparison:
    intake = office.receive(text, username=username)
    given = {"version": intake.version, "inspection_id": inspection_id}
    return office.do(services.comparison_make, intake, username, **given)


def take(office: Office, comparison: Comparison, username: str = "clerk", **values: Any) -> Any:
    given = {"version": comparison.version, **values}
    return office.do(services.comparison_confirm, comparison.intake, username, **given)


def choose(office: Office, comparison: Comparison, username: str = "clerk", **values: Any) -> Comparison:
    given = {"version": comparison.version, **values}
    return office.do(services.comparison_choose, comparison.intake, username, **given)


def rows_of(comparison: Comparison) -> list[ComparedFinding]:
    return list(comparison.rows.order_by("position"))


def ledger_stands(inspection_id: int) -> list[Any]:
    return [
        list(Finding.objects.filter(inspection_id=inspection_id).order_by("pk").values()),
        SourceDocument.objects.count(),
        Event.objects.filter(chain__kind="inspection").count(),
    ]


def test_a_document_is_not_entered_into_findings_that_are_there_without_comparing(
    office: Office, inspection_id: int
) -> None:
    intake, before = office.receive(LATER), ledger_stands(inspection_id)
    with pytest.raises(ComparisonNeededError, match="not entered a second time") as refused:
        office.confirm(intake, inspection_id=inspection_id, new=None)
    assert refused.value.inspection_id == inspection_id
    assert ledger_stands(inspection_id) == before


def test_a_later_notice_is_recognised_and_only_its_claims_are_taken(
    office: Office, inspection_id: int
) -> None:
    comparison = compared(office, LATER, inspection_id)
    first, second = rows_of(comparison)
    assert (first.state, first.differing, first.how) == ("same", [], "words")
    assert second.state == "same"
    assert set(second.differing) == {"title", "status", "result", "actions"}
    old = Finding.objects.get(pk=second.finding_id)
    taken = take(office, comparison)
    assert (taken.added, taken.changed, taken.unchanged, taken.left_out) == (0, 1, 1, 0)
    finding = Finding.objects.get(pk=old.pk)
    assert Finding.objects.count() == 2
    # the words of the finding stay; the claims are the later document's
    assert (finding.title, finding.stated_progress) == (old.title, "done")
    assert (finding.stage, finding.version, finding.document_id) == (
        old.stage,
        old.version + 1,
        old.document_id,
    )
    assert "退回超支款项" in finding.actions_taken.order_by("position").last().text
    document = SourceDocument.objects.get(pk=ClaimUpdate.objects.get().document_id)
    assert document.intake_id == comparison.intake_id
    assert SourceMention.objects.filter(document=document).count() == 2


def test_the_trail_says_what_stood_before_and_agrees_with_the_rows(
    office: Office, inspection_id: int
) -> None:
    comparison = compared(office, LATER, inspection_id)
    comparison = choose(office, comparison, for_all={Part.TITLE: True})
    take(office, comparison)
    views = {view.name: view.values for view in event_views(events_of(ChainKey.inspection(inspection_id)))}
    fields = views["ledger.finding.restated"]["fields"]
    assert fields["title"]["before"] == "公务接待报销手续不全"
    assert fields["title"]["after"] == "公务接待报销手续不齐全"
    assert fields["stated_progress"] == {
        **fields["stated_progress"],
        "before": "in_progress",
        "after": "done",
    }
    start, end = fields["title"]["places"][:2]
    intake = Intake.objects.get(pk=comparison.intake_id)
    assert views["intake.compared"]["changed"] == 1
    assert (intake.state, intake.inspection_id) == ("confirmed", inspection_id)
    assert 0 < start < end
    assert list(differences()) == []
    assert all(report.ok for report in verify(None))


def test_the_same_file_again_is_compared_and_changes_nothing(office: Office, inspection_id: int) -> None:
    entered = Intake.objects.get()
    again = office.do(services.intake_compare_again, entered)
    assert (again.pk != entered.pk, again.sha256 == entered.sha256, again.state) == (True, True, "draft")
    assert office.do(services.intake_compare_again, entered).pk == again.pk
    assert office.receive(notices.CLEAN).pk == again.pk
    given = {"version": again.version, "inspection_id": inspection_id}
    comparison = office.do(services.comparison_make, again, **given)
    assert [(row.state, row.differing) for row in rows_of(comparison)] == [("same", []), ("same", [])]
    before = list(Finding.objects.order_by("pk").values())
    taken = take(office, comparison)
    assert (taken.added, taken.changed, taken.unchanged) == (0, 0, 2)
    assert list(Finding.objects.order_by("pk").values()) == before
    assert list(differences()) == []


def test_what_is_in_no_ledger_is_not_compared_again(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    with pytest.raises(NotInLedgerError, match="is in no ledger yet"):
        office.do(services.intake_compare_again, intake)
    with pytest.raises(IntakeNotFoundError):
        office.do(services.intake_compare_again, intake, "stranger")
    assert Intake.objects.count() == 1


def test_new_findings_are_added_and_may_be_left_out_by_choice(office: Office, inspection_id: int) -> None:
    comparison = compared(office, MORE, inspection_id)
    new = rows_of(comparison)[2]
    assert new.state == "add"
    comparison = choose(office, comparison, rows={new.pk: RowChoice(ComparedState.LEAVE_OUT)})
    before = ledger_stands(inspection_id)
    for said in (0, 2):
        with pytest.raises(NotAllTakenError, match="1 findings of the file would be left out"):
            take(office, comparison, left_out=said)
    assert ledger_stands(inspection_id) == before
    taken = take(office, comparison, left_out=1)
    assert (taken.added, taken.left_out) == (0, 1)
    views = {view.name: view.values for view in event_views(events_of(ChainKey.inspection(inspection_id)))}
    assert views["intake.compared"]["left_out"] == 1
    assert Finding.objects.count() == 2


def test_what_nobody_can_place_is_asked_about_and_not_guessed(office: Office, inspection_id: int) -> None:
    text = notices.CLEAN.replace("1.学习制度落实不够到位。", "1.学习教育制度的落实还不够有力。")
    comparison = compared(office, text, inspection_id)
    asked = rows_of(comparison)[0]
    assert (asked.state, asked.finding_id) == ("ask", None)
    finding = Finding.objects.order_by("position").first()
    assert asked.candidates[0][0] == finding.pk
    with pytest.raises(NotAllTakenError):
        take(office, comparison)
    same = RowChoice(ComparedState.SAME, finding.pk)
    comparison = choose(office, comparison, rows={asked.pk: same})
    asked.refresh_from_db()
    assert (asked.state, asked.finding_id, asked.differing) == ("same", finding.pk, ["title"])
    take(office, comparison)
    assert Finding.objects.count() == 2


def test_a_row_can_be_any_finding_that_the_person_sees(office: Office, inspection_id: int) -> None:
    text = notices.CLEAN.replace("2.公务接待报销手续不全。", "2.车辆调度记录缺失严重。")
    comparison = compared(office, text, inspection_id)
    row = rows_of(comparison)[1]
    finding = Finding.objects.get(title__contains="公务接待")
    assert finding.pk not in {each[0] for each in row.candidates} or row.state != "same"
    sought = findings_sought(office.actor(), inspection_id, "公务接待", most=5)
    assert (
        sought
        == findings_sought(office.actor(), inspection_id, f" {finding.number} ", most=1)
        == [finding.pk]
    )
    assert findings_sought(office.actor(), inspection_id, " ", most=5) == []
    comparison = choose(office, comparison, rows={row.pk: RowChoice(ComparedState.SAME, finding.pk)})
    row.refresh_from_db()
    assert (row.state, row.finding_id) == ("same", finding.pk)
    assert finding.pk in {each[0] for each in row.candidates}
    given = {"version": comparison.intake.version, "inspection_id": inspection_id}
    again = office.do(services.comparison_make, comparison.intake, **given)
    row = rows_of(again)[1]
    assert (row.state, row.finding_id, row.chosen) == ("same", finding.pk, {"state": "same"})
    take(office, again)
    assert Finding.objects.count() == 2
    assert list(differences()) == []


def test_a_finding_restricted_meanwhile_is_found_and_chosen_no_more(
    office: Office, inspection_id: int
) -> None:
    text = notices.CLEAN.replace("2.公务接待报销手续不全。", "2.车辆调度记录缺失严重。")
    comparison = compared(office, text, inspection_id)
    hidden = Finding.objects.get(title__contains="公务接待")
    row = rows_of(comparison)[1]
    comparison = choose(office, comparison, rows={row.pk: RowChoice(ComparedState.SAME, hidden.pk)})
    restrict(office, hidden)
    assert findings_sought(office.actor(), inspection_id, "公务接待", most=5) == []
    given = {"version": comparison.intake.version, "inspection_id": inspection_id}
    again = office.do(services.comparison_make, comparison.intake, **given)
    row = rows_of(again)[1]
    assert (row.state, row.finding_id) == ("add", None)


def test_what_later_documents_said_is_in_the_ledger_as_json(office: Office, inspection_id: int) -> None:
    comparison = compared(office, LATER, inspection_id)
    take(office, comparison)

    pieces = ledger_export_json(office.actor(), inspection_id, office.moment.date())

    first, second = json.loads(b"".join(pieces))["findings"]
    (told,) = second["restated"]
    changes = {each["field"]: (each["before"], each["after"]) for each in told["changes"]}
    assert changes["stated_progress"][1] == "done"
    assert (told["by"], told["sha256"]) == (comparison.by.name, comparison.intake.sha256)
    # a document of which nothing was taken tells of the finding all the same
    silent = [each for each in first["restated"] if not each["changes"]]
    assert [(each["by"], each["at"]) for each in silent] == [(None, None)] * len(silent)
    assert len(first["restated"]) == 1


def test_one_finding_is_one_row(office: Office, inspection_id: int) -> None:
    text = notices.CLEAN.replace("2.公务接待报销手续不全。", "2.学习制度的落实不够到位。")
    comparison = compared(office, text, inspection_id)
    first, second = rows_of(comparison)
    before = list(ComparedFinding.objects.order_by("pk").values())
    offered = [each[0] for each in second.candidates]
    if first.finding_id in offered:
        with pytest.raises(FindingGivenTwiceError):
            choose(office, comparison, rows={second.pk: RowChoice(ComparedState.SAME, first.finding_id)})
    with pytest.raises(RowChoiceError):
        choose(office, comparison, rows={second.pk: RowChoice(ComparedState.SAME, 987_654)})
    assert list(ComparedFinding.objects.order_by("pk").values()) == before


def test_a_row_of_another_comparison_is_none_of_this_one(office: Office, inspection_id: int) -> None:
    mine = compared(office, LATER, inspection_id)
    other = compared(office, MORE, inspection_id, "colleague")
    row = rows_of(other)[0]
    before = list(ComparedFinding.objects.order_by("pk").values())
    with pytest.raises(RowChoiceError):
        choose(office, mine, rows={row.pk: RowChoice(ComparedState.ADD)})
    assert list(ComparedFinding.objects.order_by("pk").values()) == before


def test_a_comparison_is_the_persons_own(office: Office, inspection_id: int) -> None:
    comparison = compared(office, LATER, inspection_id)
    with pytest.raises(ComparisonNotFoundError):
        take(office, comparison, "colleague")
    for username in ("stranger", "handler", "admin"):
        with pytest.raises(IntakeNotFoundError):
            take(office, comparison, username)
        with pytest.raises(IntakeNotFoundError):
            choose(office, comparison, username, for_all={Part.TITLE: True})


def test_choices_on_an_older_page_are_refused(office: Office, inspection_id: int) -> None:
    comparison = compared(office, LATER, inspection_id)
    choose(office, comparison, for_all={Part.STATUS: False})
    with pytest.raises(ComparisonChangedError, match="on another page"):
        choose(office, comparison, for_all={Part.STATUS: True})
    with pytest.raises(ComparisonChangedError):
        take(office, comparison)
    comparison.refresh_from_db()
    assert comparison.rules == {"status": False}


def test_a_choice_for_all_goes_before_those_for_single_findings(office: Office, inspection_id: int) -> None:
    comparison = compared(office, LATER, inspection_id)
    row = rows_of(comparison)[1]
    comparison = choose(office, comparison, rows={row.pk: RowChoice(parts={Part.STATUS: False})})
    row.refresh_from_db()
    assert row.chosen == {"status": False}
    comparison = choose(office, comparison, for_all={Part.STATUS: True, Part.ACTIONS: False})
    row.refresh_from_db()
    assert row.chosen == {}
    take(office, comparison)
    finding = Finding.objects.get(pk=row.finding_id)
    assert finding.stated_progress == "done"
    assert finding.actions_taken.count() == 1


def test_a_draft_or_a_ledger_that_moved_is_compared_again_and_choices_stay(
    office: Office, inspection_id: int
) -> None:
    comparison = compared(office, MORE, inspection_id)
    rows = rows_of(comparison)
    comparison = choose(
        office,
        comparison,
        rows={
            rows[1].pk: RowChoice(parts={Part.TITLE: True}),
            rows[2].pk: RowChoice(ComparedState.LEAVE_OUT),
        },
    )
    finding = Finding.objects.get(pk=rows[1].finding_id)
    ledger_services.finding_weigh(
        actor=office.actor(), at=office.at(), finding_id=finding.pk, version=finding.version, key_area="财务"
    )
    before = ledger_stands(inspection_id)
    with pytest.raises(LedgerMovedError, match="1 findings of the ledger were changed"):
        take(office, comparison, left_out=1)
    intake = comparison.intake
    draft = intake.findings.order_by("position")[0]
    change = services.Change("学习制度落实不到位", fingerprint(draft.title))
    office.do(services.draft_fields_save, intake, changes={f"finding-{draft.pk}-title": change})
    with pytest.raises(ComparisonOutdatedError, match="was changed after it was compared"):
        take(office, comparison, left_out=1)
    assert ledger_stands(inspection_id) == before
    intake.refresh_from_db()
    again = office.do(services.comparison_make, intake, version=intake.version, inspection_id=inspection_id)
    rows = rows_of(again)
    assert rows[1].chosen == {"title": True}
    assert rows[2].state == "leave_out"
    take(office, again, left_out=1)
    assert Finding.objects.get(pk=finding.pk).title == "公务接待报销手续不齐全"
    assert list(differences()) == []


def test_what_another_document_brought_meanwhile_is_compared_first(
    office: Office, inspection_id: int
) -> None:
    mine = compared(office, MORE, inspection_id)
    other = compared(office, MORE + "（更正版）\n", inspection_id, "colleague")
    take(office, mine)
    before = ledger_stands(inspection_id)
    with pytest.raises(LedgerMovedError, match="2 findings of the ledger were changed"):
        take(office, other, "colleague", dismiss_rest=True)
    assert ledger_stands(inspection_id) == before
    given = {"version": other.intake.version, "inspection_id": inspection_id}
    again = office.do(services.comparison_make, other.intake, "colleague", **given)
    assert [row.state for row in rows_of(again)] == ["same"] * 3
    take(office, again, "colleague", dismiss_rest=True)
    assert Finding.objects.count() == 3


def test_a_double_click_enters_once(office: Office, inspection_id: int) -> None:
    comparison = compared(office, MORE, inspection_id)
    take(office, comparison)
    events = Event.objects.count()
    with pytest.raises(AlreadyConfirmedError):
        take(office, comparison)
    assert (Finding.objects.count(), Event.objects.count()) == (3, events)


def test_a_post_that_ended_meanwhile_takes_nothing(office: Office, inspection_id: int) -> None:
    comparison = compared(office, MORE, inspection_id)
    clerk, before = office.actor(), ledger_stands(inspection_id)
    Post.objects.filter(person_id=clerk.person_id).update(ended_on=office.moment.date())
    for service, values in (
        (services.comparison_confirm, {}),
        (services.comparison_choose, {"for_all": {Part.TITLE: True}}),
    ):
        with pytest.raises(ZhenggaiError):
            service(actor=clerk, at=office.at(), intake_id=comparison.intake_id, version=1, **values)
    assert ledger_stands(inspection_id) == before


def restrict(office: Office, finding: Finding) -> None:
    """Restricts a finding to the colleague."""
    ledger_services.finding_restrict(
        actor=office.actor("colleague"),
        at=office.at(),
        finding_id=finding.pk,
        version=finding.version,
        kind=RestrictionKind.NAMED_PERSONS,
        reason="涉及具体人员，只限专人知悉。",
        reader_ids=[office.people["colleague"]],
    )


def test_a_restricted_finding_is_never_matched_for_who_does_not_see_it(
    office: Office, inspection_id: int
) -> None:
    hidden = Finding.objects.order_by("position")[1]
    restrict(office, hidden)
    comparison = compared(office, LATER, inspection_id)
    rows = rows_of(comparison)
    assert [row.state for row in rows] == ["same", "add"]
    assert hidden.pk not in {each[0] for row in rows for each in row.candidates}
    assert hidden.pk not in {row.pk for row in missing_of(office.actor(), comparison)}
    with pytest.raises(RowChoiceError):
        choose(office, comparison, rows={rows[1].pk: RowChoice(ComparedState.SAME, hidden.pk)})
    listed = compared(office, LATER, inspection_id, "colleague")
    assert rows_of(listed)[1].finding_id == hidden.pk


def test_a_finding_restricted_after_comparing_is_not_written(office: Office, inspection_id: int) -> None:
    comparison = compared(office, LATER, inspection_id)
    hidden = Finding.objects.order_by("position")[1]
    restrict(office, hidden)
    before = ledger_stands(inspection_id)
    with pytest.raises(LedgerMovedError):
        take(office, comparison)
    assert ledger_stands(inspection_id) == before
    figures = figures_of(office.actor(), comparison_get(office.actor(), comparison.intake_id))
    assert figures.missing == 0


def test_an_inspection_that_is_not_the_actors_is_compared_with_nothing(
    office: Office, inspection_id: int
) -> None:
    intake = office.receive(notices.LEVELS)
    with pytest.raises(ZhenggaiError, match="no such inspection"):
        office.do(services.comparison_make, intake, version=intake.version, inspection_id=987)
    assert not Comparison.objects.exists()


def test_a_finding_that_a_ledger_cannot_take_is_named_and_left_out_by_choice(
    office: Office, inspection_id: int
) -> None:
    intake = office.receive(MORE)
    office.do(services.draft_finding_add, intake)
    intake.refresh_from_db()
    comparison = office.do(
        services.comparison_make, intake, version=intake.version, inspection_id=inspection_id
    )
    unfit = rows_of(comparison)[3]
    assert unfit.state == "unfit"
    with pytest.raises(RowChoiceError):
        choose(office, comparison, rows={unfit.pk: RowChoice(ComparedState.ADD)})
    with pytest.raises(NotAllTakenError, match="1 that a ledger cannot take"):
        take(office, comparison)
    take(office, comparison, left_out=1)
    assert Finding.objects.count() == 3


def test_many_findings_take_hardly_more_queries_than_few(office: Office) -> None:
    counts = []
    for findings in (3, 23):
        text = notices.long_notice(findings)
        intake = office.receive(text)
        first = office.confirm(intake)
        later = office.receive(text + "\n本通报为更新版。\n")
        given = {"version": later.version, "inspection_id": first.inspection_id}
        with CaptureQueriesContext(connection) as captured:
            comparison = office.do(services.comparison_make, later, **given)
            take(office, comparison, dismiss_rest=True)
        counts.append(len(captured))
    assert counts[1] - counts[0] <= 3
