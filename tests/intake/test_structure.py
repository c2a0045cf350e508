"""Findings, measures and unread stretches: added, dropped, restored, moved, decided about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from intake import notices
from zhenggai.domain.spans import Span
from zhenggai.intake import selectors, services
from zhenggai.intake.errors import (
    DropReasonError,
    RowNotFoundError,
    SelectionEmptyError,
    StretchTooLongError,
)
from zhenggai.intake.services import Direction
from zhenggai.intake.states import ItemKind, UnreadTarget

if TYPE_CHECKING:
    from intake.office import Office
    from zhenggai.intake.models import Intake


def titles(intake: Intake) -> list[str]:
    return [finding.title for finding in selectors.findings_of(intake) if finding.dropped_at is None]


def of(source: str, words: str) -> Span:
    start = source.index(words)
    return Span(start, start + len(words))


def test_a_finding_added_by_hand_stands_empty_at_the_end(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = office.do(services.draft_finding_add, intake)
    assert finding.origin == "added"
    assert titles(intake)[-1] == ""
    intake.refresh_from_db()
    assert finding.version == intake.version


def test_a_selection_becomes_a_finding_at_its_place_with_its_restored_words(office: Office) -> None:
    intake = office.receive(notices.NOISY)
    selection = of(notices.NOISY, "收到反饋意(yì)見後")
    finding = office.do(services.draft_finding_add, intake, selection=selection)
    assert finding.title == "收到反馈意见后"
    assert titles(intake) == ["收到反馈意见后", "学习制度落实不够到位"]
    assert finding.span_end - finding.span_start == len(finding.title)


def test_a_selection_of_several_lines_fills_title_and_problem(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    selection = of(notices.CLEAN, "一、整改工作开展情况\n（一）高度重视。局党组召开专题会议")
    finding = office.do(services.draft_finding_add, intake, selection=selection)
    assert finding.title == "一、整改工作开展情况"
    assert finding.problem == "一、整改工作开展情况\n（一）高度重视。局党组召开专题会议"


def test_a_selection_of_nothing_but_noise_is_no_finding(office: Office) -> None:
    intake = office.receive(notices.NOISY)
    with pytest.raises(SelectionEmptyError):
        office.do(services.draft_finding_add, intake, selection=of(notices.NOISY, "(tǒng)"))
    with pytest.raises(SelectionEmptyError):
        office.do(services.draft_finding_add, intake, selection=Span(10_000, 10_005))


def test_a_finding_is_dropped_with_a_reason_and_restored(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    with pytest.raises(DropReasonError, match="Say why “学习制度落实不够到位” is dropped"):
        office.do(services.draft_finding_drop, intake, finding_id=finding.pk, reason=" ")
    office.do(services.draft_finding_drop, intake, finding_id=finding.pk, reason="与第二项重复")
    finding.refresh_from_db()
    assert (finding.dropped_by, finding.drop_reason) == ("周示例", "与第二项重复")
    assert len(titles(intake)) == 1
    office.do(services.draft_finding_restore, intake, finding_id=finding.pk)
    assert len(titles(intake)) == 2


def test_a_finding_moves_past_dropped_ones_and_stays_at_the_ends(office: Office) -> None:
    intake = office.receive(notices.long_notice(4))
    rows = list(intake.findings.order_by("position"))
    office.do(services.draft_finding_drop, intake, finding_id=rows[1].pk, reason="重复")
    office.do(services.draft_finding_move, intake, finding_id=rows[0].pk, direction=Direction.DOWN)
    assert [title[5:6] for title in titles(intake)] == ["3", "1", "4"]
    office.do(services.draft_finding_move, intake, finding_id=rows[2].pk, direction=Direction.UP)
    assert [title[5:6] for title in titles(intake)] == ["3", "1", "4"]
    office.do(services.draft_finding_move, intake, finding_id=rows[3].pk, direction=Direction.UP)
    assert [title[5:6] for title in titles(intake)] == ["3", "4", "1"]


def test_measures_and_actions_are_added_dropped_and_restored(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    measure = office.do(services.draft_item_add, intake, finding_id=finding.pk, kind=ItemKind.MEASURE)
    assert (measure.kind, measure.position, measure.text) == ("measure", 0, "")
    selection = of(notices.CLEAN, "局党组召开专题会议")
    action = office.do(
        services.draft_item_add, intake, finding_id=finding.pk, kind=ItemKind.ACTION, selection=selection
    )
    assert (action.kind, action.position, action.text) == ("action", 2, "局党组召开专题会议")
    office.do(services.draft_item_drop, intake, item_id=action.pk)
    action.refresh_from_db()
    assert action.dropped_by == "周示例"
    office.do(services.draft_item_restore, intake, item_id=action.pk)
    action.refresh_from_db()
    assert action.dropped_at is None


def test_rows_of_another_draft_are_not_found(office: Office) -> None:
    mine = office.receive(notices.CLEAN)
    theirs = office.receive(notices.NO_NOTICE, username="stranger")
    other = office.receive(notices.NOISY, username="stranger").findings.get()
    item = other.items.all()[0]
    stretch = theirs.unread.get()
    for service, values in (
        (services.draft_finding_drop, {"finding_id": other.pk, "reason": "抢"}),
        (services.draft_finding_restore, {"finding_id": other.pk}),
        (services.draft_finding_move, {"finding_id": other.pk, "direction": Direction.UP}),
        (services.draft_item_add, {"finding_id": other.pk, "kind": ItemKind.ACTION}),
        (services.draft_item_drop, {"item_id": item.pk}),
        (services.unread_dismiss, {"unread_id": stretch.pk}),
        (services.unread_reopen, {"unread_id": stretch.pk}),
        (services.unread_assign, {"unread_id": stretch.pk, "target": UnreadTarget.FINDING}),
    ):
        with pytest.raises(RowNotFoundError):
            office.do(service, mine, **values)


def test_an_unread_stretch_becomes_a_finding_of_its_own_and_is_taken_back(office: Office) -> None:
    intake = office.receive(notices.NO_NOTICE)
    stretch = intake.unread.get()
    office.do(services.unread_assign, intake, unread_id=stretch.pk, target=UnreadTarget.FINDING)
    stretch.refresh_from_db()
    assert (stretch.state, stretch.decided_by) == ("assigned", "周示例")
    assert titles(intake) == ["今天天气很好。"]
    office.do(services.unread_reopen, intake, unread_id=stretch.pk)
    stretch.refresh_from_db()
    assert (stretch.state, stretch.decided_by, stretch.finding) == ("open", "", None)
    assert titles(intake) == []
    # what was typed into it meanwhile is not thrown away
    assert intake.findings.count() == 1


@pytest.mark.parametrize("target", [UnreadTarget.ACTION, UnreadTarget.MEASURE])
def test_an_unread_stretch_becomes_a_measure_or_action_and_is_taken_back(
    office: Office, target: UnreadTarget
) -> None:
    intake = office.receive(notices.NO_NOTICE)
    stretch = intake.unread.get()
    finding = office.do(services.draft_finding_add, intake)
    office.do(services.unread_assign, intake, unread_id=stretch.pk, target=target, finding_id=finding.pk)
    item = finding.items.get()
    assert item.kind == target.value
    assert item.text == stretch.text.strip()
    assert (item.span_start, item.span_end) == (stretch.span_start, stretch.span_end)
    # twice is once
    office.do(services.unread_assign, intake, unread_id=stretch.pk, target=target, finding_id=finding.pk)
    assert finding.items.count() == 1
    office.do(services.unread_reopen, intake, unread_id=stretch.pk)
    item.refresh_from_db()
    assert item.dropped_at is not None


def test_an_unread_stretch_is_added_to_a_problem_and_taken_back(office: Office) -> None:
    intake = office.receive(notices.NO_NOTICE)
    stretch = intake.unread.get()
    finding = office.do(services.draft_finding_add, intake)
    office.do(
        services.unread_assign,
        intake,
        unread_id=stretch.pk,
        target=UnreadTarget.PROBLEM,
        finding_id=finding.pk,
    )
    finding.refresh_from_db()
    assert finding.problem == stretch.text.strip()
    assert finding.spans["problem"] == [stretch.span_start, stretch.span_end]
    office.do(services.unread_reopen, intake, unread_id=stretch.pk)
    finding.refresh_from_db()
    assert finding.problem == ""


def test_an_unread_stretch_is_dismissed_and_taken_back(office: Office) -> None:
    intake = office.receive(notices.NO_NOTICE)
    stretch = intake.unread.get()
    office.do(services.unread_dismiss, intake, unread_id=stretch.pk)
    stretch.refresh_from_db()
    assert stretch.state == "dismissed"
    office.do(services.unread_reopen, intake, unread_id=stretch.pk)
    office.do(services.unread_reopen, intake, unread_id=stretch.pk)
    stretch.refresh_from_db()
    assert stretch.state == "open"


def test_a_stretch_longer_than_a_field_is_not_squeezed_into_one(office: Office) -> None:
    intake = office.receive("今天天气很好，我们去公园散步。" * 2_000)
    stretch = intake.unread.get()
    assert len(stretch.text) == 20_000
    assert stretch.length == 30_000
    with pytest.raises(StretchTooLongError, match="has 30000 characters, more than the 20000"):
        office.do(services.unread_assign, intake, unread_id=stretch.pk, target=UnreadTarget.FINDING)
