"""Correcting the structure: merging, splitting, ordering, levels, turning, and taking the last one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from intake import notices
from zhenggai.files import selectors as files
from zhenggai.intake import selectors, services
from zhenggai.intake.errors import (
    LevelError,
    MergeSelfError,
    MergeTooLongError,
    NoNeighbourError,
    NothingToUndoError,
    NotInListError,
    PartChangedError,
    RowNotFoundError,
    SplitWordsError,
    UndoLateError,
)
from zhenggai.intake.fields import fingerprint
from zhenggai.intake.models import Correction, DraftFinding, DraftItem, DraftUnread
from zhenggai.intake.services import Change, Direction
from zhenggai.intake.states import Heading, ItemKind, UnreadTarget
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

if TYPE_CHECKING:
    from intake.office import Office
    from zhenggai.intake.models import Intake

GLUED = notices.CLEAN.replace(
    "一是制定年度学习计划。二是开展专题学习3次。",
    "一是制定年度学习计划。二是开展专题学习3次；3．考核流于形式；已修订考核办法。",
)


def titles(intake: Intake) -> list[str]:
    return [finding.title for finding in selectors.findings_of(intake) if finding.dropped_at is None]


def rows(intake: Intake) -> list[DraftFinding]:
    return [finding for finding in selectors.findings_of(intake) if finding.dropped_at is None]


def texts(finding: DraftFinding, kind: str = "action") -> list[str]:
    found = DraftItem.objects.filter(finding=finding, kind=kind, dropped_at__isnull=True)
    return [item.text for item in found.order_by("position", "pk")]


def seen(intake: Intake) -> int:
    intake.refresh_from_db()
    return intake.version


def restored(intake: Intake) -> str:
    return files.blob_read(intake.text_sha256).decode()


def whole(intake: Intake) -> dict[str, Any]:
    """Everything of a draft that a correction may change, without versions."""

    def plain(table: Any, **where: Any) -> list[dict[str, Any]]:
        left_out = {"version"}
        found = table.objects.filter(**where).order_by("pk").values()
        return [{name: value for name, value in row.items() if name not in left_out} for row in found]

    return {
        "findings": plain(DraftFinding, intake=intake),
        "items": plain(DraftItem, finding__intake=intake),
        "unread": plain(DraftUnread, intake=intake),
    }


def type_into(
    office: Office, intake: Intake, name: str, text: str, was: str, username: str = "clerk"
) -> None:
    changes = {name: Change(text, fingerprint(was))}
    saved = office.do(services.draft_fields_save, intake, username, changes=changes)
    assert saved.is_whole


def test_two_findings_become_one_and_nothing_of_either_is_lost(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first, second = rows(intake)
    office.do(services.draft_findings_merge, intake, finding_id=first.pk, seen=seen(intake))
    first.refresh_from_db()
    second.refresh_from_db()
    assert titles(intake) == ["学习制度落实不够到位"]
    assert first.problem == "公务接待报销手续不全"
    assert texts(first) == ["制定年度学习计划", "开展专题学习3次", "清理票据15笔"]
    # two statuses that contradict each other say nothing until a person decides
    assert first.status_text == "整改完成；正在整改中"
    assert (first.stated_progress, first.stated_nature, first.stated_closed) == ("", "", None)
    assert (second.dropped_by, "merged into another" in second.drop_reason) == ("周示例", True)


def test_the_fields_of_a_merged_finding_lead_to_their_places(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first, second = rows(intake)
    office.do(
        services.draft_findings_merge, intake, finding_id=second.pk, other_id=first.pk, seen=seen(intake)
    )
    first.refresh_from_db()
    text = restored(intake)
    places = first.spans["status_text"]
    assert [text[places[at] : places[at + 1]] for at in (0, 2)] == ["整改完成", "正在整改中"]
    low, high = first.spans["problem"][:2]
    assert "公务接待报销手续不全" in text[low:high]
    assert (first.span_start, first.span_end) == (first.span_start, second.span_end)
    for item in first.items.all():
        assert text[item.span_start : item.span_end] == item.text


def test_findings_that_do_not_stand_together_keep_their_own_place(office: Office) -> None:
    intake = office.receive(notices.long_notice(3))
    first, _, third = rows(intake)
    office.do(
        services.draft_findings_merge, intake, finding_id=first.pk, other_id=third.pk, seen=seen(intake)
    )
    end = first.span_end
    first.refresh_from_db()
    assert first.span_end == end
    assert titles(intake)[0].startswith("示例事项第1项")
    assert len(texts(first)) == 4


def test_a_finding_added_by_hand_takes_the_place_of_what_is_merged_into_it(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    added = office.do(services.draft_finding_add, intake)
    _, second = rows(intake)[:2]
    due = {
        "due_text": "2024年6月底前",
        "due_on": "2024-06-30",
        "responsible_leader": "张示例",
        "lead_unit": "办公室",
    }
    DraftFinding.objects.filter(pk=second.pk).update(**due)
    office.do(services.draft_finding_move, intake, finding_id=added.pk, direction=Direction.UP)
    office.do(services.draft_findings_merge, intake, finding_id=added.pk, seen=seen(intake))
    added.refresh_from_db()
    assert (added.span_start, added.number, added.theme) == (second.span_start, second.number, second.theme)
    assert (added.due_text, str(added.due_on), added.lead_unit) == ("2024年6月底前", "2024-06-30", "办公室")
    assert added.status_text == "正在整改中"
    assert added.stated_progress == "in_progress"


def test_two_deadlines_are_no_one_day(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first, second = rows(intake)
    DraftFinding.objects.filter(pk=first.pk).update(due_text="2024年6月底前", due_on="2024-06-30")
    DraftFinding.objects.filter(pk=second.pk).update(due_text="2024年9月底前", due_on="2024-09-30")
    office.do(services.draft_findings_merge, intake, finding_id=first.pk, seen=seen(intake))
    first.refresh_from_db()
    assert (first.due_text, first.due_on) == ("2024年6月底前；2024年9月底前", None)


def test_what_cannot_be_merged_says_why_and_stays(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first, second = rows(intake)
    before = whole(intake)
    with pytest.raises(NoNeighbourError, match="is the last finding of the list"):
        office.do(services.draft_findings_merge, intake, finding_id=second.pk, seen=seen(intake))
    with pytest.raises(MergeSelfError):
        office.do(
            services.draft_findings_merge, intake, finding_id=first.pk, other_id=first.pk, seen=seen(intake)
        )
    assert whole(intake) == before
    DraftFinding.objects.filter(pk=second.pk).update(problem="长" * 20_000)
    with pytest.raises(MergeTooLongError, match="“Problem” would have 200"):
        office.do(services.draft_findings_merge, intake, finding_id=first.pk, seen=seen(intake))
    office.do(services.draft_finding_drop, intake, finding_id=first.pk, reason="重复")
    with pytest.raises(MergeSelfError):
        office.do(services.draft_findings_merge, intake, finding_id=first.pk, seen=seen(intake))


def test_a_page_shown_before_somebody_changed_a_finding_changes_nothing(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first, second = rows(intake)
    shown = seen(intake)
    item = first.items.all()[0]
    type_into(office, intake, f"finding-{second.pk}-title", "同事改的标题", second.title, "colleague")
    before = whole(intake)
    with pytest.raises(PartChangedError, match="吴示例 changed “同事改的标题” after this page was shown"):
        office.do(services.draft_findings_merge, intake, finding_id=first.pk, seen=shown)
    type_into(office, intake, f"finding-{first.pk}-title", "又改", first.title, "colleague")
    type_into(office, intake, f"item-{item.pk}-text", "改了", item.text, "colleague")
    before = whole(intake)
    for service, values in (
        (services.draft_finding_split, {"finding_id": first.pk, "words": "改"}),
        (services.draft_item_split, {"item_id": item.pk, "words": "了"}),
        (services.draft_item_turn, {"item_id": item.pk}),
        (services.draft_finding_place, {"finding_id": first.pk, "place": 2}),
        (services.draft_level_change, {"finding_id": first.pk, "of": Heading.THEME, "to": Heading.GROUP}),
    ):
        with pytest.raises(PartChangedError):
            office.do(service, intake, seen=shown, **values)
    assert whole(intake) == before
    assert not Correction.objects.exists()


def test_a_finding_is_split_where_the_second_one_begins_in_an_action(office: Office) -> None:
    intake = office.receive(GLUED)
    first = rows(intake)[0]
    assert texts(first)[1].endswith("3．考核流于形式；已修订考核办法")
    second = office.do(
        services.draft_finding_split, intake, finding_id=first.pk, words="3．考核流于形式", seen=seen(intake)
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert titles(intake) == ["学习制度落实不够到位", "考核流于形式", "公务接待报销手续不全"]
    assert (second.number, second.theme, second.origin) == ("二/(一)/3", first.theme, "added")
    assert texts(first) == ["制定年度学习计划", "开展专题学习3次"]
    assert texts(second) == ["已修订考核办法"]
    # what stands after the cut goes with it, with its place
    assert (first.status_text, second.status_text, second.stated_progress) == ("", "整改完成", "done")
    text = restored(intake)
    assert text[second.span_start :].startswith("3．考核流于形式")
    assert first.span_end == second.span_start
    assert text[slice(*second.spans["status_text"][:2])] == "整改完成"
    item = second.items.get()
    assert text[item.span_start : item.span_end].startswith("已修订考核办法")


def test_a_finding_is_split_in_its_problem_and_in_its_title(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first, second = rows(intake)
    type_into(office, intake, f"finding-{first.pk}-problem", "计划不实。\n考核不严。", "")
    made = office.do(
        services.draft_finding_split, intake, finding_id=first.pk, words="考核 不严", seen=seen(intake)
    )
    first.refresh_from_db()
    assert (first.problem, made.title) == ("计划不实。", "考核不严")
    # the words were typed, so nothing says what stands after them; it goes along, as it was printed below
    assert texts(first) == []
    assert texts(made) == ["制定年度学习计划", "开展专题学习3次"]
    type_into(office, intake, f"finding-{second.pk}-title", "报销不全、接待超标", second.title)
    other = office.do(
        services.draft_finding_split, intake, finding_id=second.pk, words="接待超标", seen=seen(intake)
    )
    second.refresh_from_db()
    assert (second.title, other.title) == ("报销不全、", "接待超标")
    assert texts(second) == ["清理票据15笔"]
    assert second.status_text == "正在整改中"


def test_an_action_that_becomes_a_finding_whole_leaves_no_empty_row(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first = rows(intake)[0]
    made = office.do(
        services.draft_finding_split, intake, finding_id=first.pk, words="开展专题学习3次", seen=seen(intake)
    )
    assert made.title == "开展专题学习3次"
    assert texts(first) == ["制定年度学习计划"]
    assert texts(made) == []


@pytest.mark.parametrize("words", ["", " ", "没有这些字", "学习制度落实不够到位"])
def test_words_that_split_nothing_are_refused(office: Office, words: str) -> None:
    intake = office.receive(notices.CLEAN)
    first = rows(intake)[0]
    before = whole(intake)
    with pytest.raises(SplitWordsError, match="“学习制度落实不够到位” was not split"):
        office.do(services.draft_finding_split, intake, finding_id=first.pk, words=words, seen=seen(intake))
    item = first.items.all()[0]
    with pytest.raises(SplitWordsError):
        office.do(services.draft_item_split, intake, item_id=item.pk, words=words, seen=seen(intake))
    with pytest.raises(SplitWordsError):
        office.do(services.draft_item_split, intake, item_id=item.pk, words=item.text, seen=seen(intake))
    assert whole(intake) == before


def test_an_action_is_split_in_two_with_both_places(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first = rows(intake)[0]
    item = first.items.order_by("position")[0]
    office.do(services.draft_item_split, intake, item_id=item.pk, words="学习计划", seen=seen(intake))
    assert texts(first) == ["制定年度", "学习计划", "开展专题学习3次"]
    text = restored(intake)
    for one in first.items.all():
        assert text[one.span_start : one.span_end] == one.text
    # what was typed by hand has no place of its own: both parts lead to the whole
    other = first.items.order_by("position")[2]
    type_into(office, intake, f"item-{other.pk}-text", "组织甲、组织乙", other.text)
    second = office.do(services.draft_item_split, intake, item_id=other.pk, words="组织乙", seen=seen(intake))
    assert (second.span_start, second.span_end) == (other.span_start, other.span_end)


def test_a_measure_becomes_an_action_and_back(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    first = rows(intake)[0]
    item = first.items.order_by("position")[1]
    office.do(services.draft_item_turn, intake, item_id=item.pk, seen=seen(intake))
    assert (texts(first, "measure"), texts(first)) == (["开展专题学习3次"], ["制定年度学习计划"])
    other = first.items.order_by("position").exclude(pk=item.pk)[0]
    office.do(services.draft_item_turn, intake, item_id=other.pk, seen=seen(intake))
    # by its place in the text it stands before
    assert texts(first, "measure") == ["制定年度学习计划", "开展专题学习3次"]
    office.do(services.draft_item_turn, intake, item_id=item.pk, seen=seen(intake))
    assert texts(first) == ["开展专题学习3次"]


def test_a_finding_is_put_at_a_place_of_the_list(office: Office) -> None:
    intake = office.receive(notices.long_notice(4))
    last = rows(intake)[3]
    office.do(services.draft_finding_place, intake, finding_id=last.pk, place=1, seen=seen(intake))
    assert [title[5:6] for title in titles(intake)] == ["4", "1", "2", "3"]
    office.do(services.draft_finding_place, intake, finding_id=last.pk, place=3, seen=seen(intake))
    assert [title[5:6] for title in titles(intake)] == ["1", "2", "4", "3"]
    for place in (0, 5):
        with pytest.raises(NotInListError, match="places 1 to 4"):
            office.do(
                services.draft_finding_place, intake, finding_id=last.pk, place=place, seen=seen(intake)
            )
    office.do(services.draft_correction_undo, intake)
    office.do(services.draft_correction_undo, intake)
    assert [title[5:6] for title in titles(intake)] == ["1", "2", "3", "4"]


def level(office: Office, intake: Intake, finding: DraftFinding, of: Heading, to: Heading) -> int:
    changed: int = office.do(
        services.draft_level_change, intake, finding_id=finding.pk, of=of, to=to, seen=seen(intake)
    )
    return changed


def test_all_themes_become_groups_and_all_groups_themes(office: Office) -> None:
    intake = office.receive(notices.LEVELS)
    first = rows(intake)[0]
    places = [row.spans["theme"] for row in rows(intake)]
    assert level(office, intake, first, Heading.THEME, Heading.GROUP) == 2
    assert [(row.theme, row.group) for row in rows(intake)] == [
        ("", "聚焦主责主业方面"),
        ("", "聚焦主责主业方面"),
        ("", "聚焦队伍建设方面"),
    ]
    assert [row.spans["group"] for row in rows(intake)] == places
    assert level(office, intake, first, Heading.GROUP, Heading.THEME) == 2
    assert [row.theme for row in rows(intake)][2] == "聚焦队伍建设方面"
    assert [row.spans["theme"] for row in rows(intake)] == places


def test_a_finding_split_off_changes_its_level_with_those_it_stands_beside(office: Office) -> None:
    intake = office.receive(notices.LEVELS)
    made = office.do(
        services.draft_finding_split,
        intake,
        finding_id=rows(intake)[0].pk,
        words="开展专题学习3次",
        seen=seen(intake),
    )
    assert (made.number, made.theme) == ("", "聚焦主责主业方面")
    assert level(office, intake, made, Heading.THEME, Heading.GROUP) == 2
    assert [row.theme for row in rows(intake)] == [""] * 4
    assert level(office, intake, rows(intake)[0], Heading.GROUP, Heading.THEME) == 2
    assert [row.group for row in rows(intake)] == [""] * 4


def test_all_themes_become_findings_that_hold_what_stood_under_them(office: Office) -> None:
    intake = office.receive(notices.LEVELS)
    assert level(office, intake, rows(intake)[0], Heading.THEME, Heading.FINDING) == 2
    made = rows(intake)
    assert [(row.number, row.title) for row in made] == [
        ("一/(一)", "聚焦主责主业方面"),
        ("一/(二)", "聚焦队伍建设方面"),
    ]
    assert texts(made[0]) == [
        "学习制度落实不够到位",
        "制定年度学习计划",
        "开展专题学习3次",
        "公务接待报销手续不全",
        "清理票据15笔",
    ]
    assert made[0].status_text == "整改完成；正在整改中"
    dropped = DraftFinding.objects.filter(intake=intake, dropped_at__isnull=False).order_by("pk")
    assert dropped[0].title == "学习制度落实不够到位"
    assert dropped[0].number == "一/(一)/1"
    text = restored(intake)
    assert "聚焦主责主业方面" in text[slice(*made[0].spans["title"])]


def test_the_findings_of_a_feedback_become_the_problem_of_their_heading(office: Office) -> None:
    intake = office.receive(notices.LEVELS)
    type_into(office, intake, "document-kind", "feedback", "notice")
    level(office, intake, rows(intake)[0], Heading.THEME, Heading.FINDING)
    assert rows(intake)[0].problem == "学习制度落实不够到位\n公务接待报销手续不全"


def test_the_findings_become_headings_and_their_actions_findings(office: Office) -> None:
    intake = office.receive(notices.LEVELS)
    assert level(office, intake, rows(intake)[0], Heading.FINDING, Heading.GROUP) == 3
    assert [(row.theme[2:6], row.group, row.title) for row in rows(intake)] == [
        ("主责主业", "学习制度落实不够到位", "制定年度学习计划"),
        ("主责主业", "学习制度落实不够到位", "开展专题学习3次"),
        ("主责主业", "公务接待报销手续不全", "清理票据15笔"),
        ("队伍建设", "干部交流不够及时", "交流干部4人"),
    ]
    office.do(services.draft_correction_undo, intake)
    assert len(rows(intake)) == 3
    level(office, intake, rows(intake)[0], Heading.FINDING, Heading.THEME)
    assert [(row.theme, row.group) for row in rows(intake)][3] == ("干部交流不够及时", "")


def test_a_level_that_cannot_be_changed_that_way_says_so(office: Office) -> None:
    intake = office.receive(notices.LEVELS)
    first = rows(intake)[0]
    before = whole(intake)
    for of, to in (
        (Heading.GROUP, Heading.THEME),
        (Heading.THEME, Heading.THEME),
        (Heading.GROUP, Heading.FINDING),
    ):
        with pytest.raises(LevelError):
            level(office, intake, first, of, to)
    DraftFinding.objects.filter(intake=intake).update(group="已有大项")
    with pytest.raises(LevelError, match="another heading stands at that level already"):
        level(office, intake, first, Heading.THEME, Heading.GROUP)
    DraftFinding.objects.filter(intake=intake).update(group="")
    DraftItem.objects.filter(finding__intake=intake).update(dropped_at=office.at())
    with pytest.raises(LevelError):
        level(office, intake, first, Heading.FINDING, Heading.GROUP)
    DraftItem.objects.filter(finding__intake=intake).update(dropped_at=None)
    assert whole(intake) == before


def corrections(office: Office, intake: Intake) -> list[tuple[Any, dict[str, Any]]]:
    """One of each kind, made of the draft as it stands."""
    one, two, three = rows(intake)
    item = one.items.order_by("position")[0]
    return [
        (services.draft_findings_merge, {"finding_id": one.pk, "seen": seen(intake)}),
        (services.draft_findings_merge, {"finding_id": one.pk, "other_id": three.pk, "seen": seen(intake)}),
        (services.draft_finding_split, {"finding_id": one.pk, "words": "学习3次", "seen": seen(intake)}),
        (services.draft_item_split, {"item_id": item.pk, "words": "学习计划", "seen": seen(intake)}),
        (services.draft_item_turn, {"item_id": item.pk, "seen": seen(intake)}),
        (services.draft_item_drop, {"item_id": item.pk}),
        (services.draft_item_add, {"finding_id": one.pk, "kind": ItemKind.MEASURE}),
        (services.draft_finding_add, {}),
        (services.draft_finding_drop, {"finding_id": two.pk, "reason": "重复"}),
        (services.draft_finding_move, {"finding_id": two.pk, "direction": Direction.UP}),
        (services.draft_finding_place, {"finding_id": three.pk, "place": 1, "seen": seen(intake)}),
        *(
            (services.draft_level_change, {"finding_id": one.pk, "of": of, "to": to, "seen": seen(intake)})
            for of, to in (
                (Heading.THEME, Heading.GROUP),
                (Heading.THEME, Heading.FINDING),
                (Heading.FINDING, Heading.GROUP),
            )
        ),
    ]


@pytest.mark.parametrize("which", range(14))
def test_every_correction_is_taken_back_whole(office: Office, which: int) -> None:
    intake = office.receive(notices.LEVELS)
    before = whole(intake)
    service, values = corrections(office, intake)[which]
    office.do(service, intake, **values)
    assert whole(intake) != before
    version = seen(intake)
    undone = office.do(services.draft_correction_undo, intake, "colleague")
    assert whole(intake) == before
    assert (undone.made_by, undone.undone_by) == ("周示例", "吴示例")
    assert seen(intake) > version
    with pytest.raises(NothingToUndoError, match="Nothing in the structure of “通报"):
        office.do(services.draft_correction_undo, intake)


def test_decisions_about_unread_stretches_are_taken_back_too(office: Office) -> None:
    intake = office.receive(notices.NO_NOTICE)
    stretch = intake.unread.get()
    finding = office.do(services.draft_finding_add, intake)
    for target in UnreadTarget:
        before = whole(intake)
        office.do(services.unread_assign, intake, unread_id=stretch.pk, target=target, finding_id=finding.pk)
        assert whole(intake) != before
        office.do(services.draft_correction_undo, intake)
        assert whole(intake) == before
    office.do(services.unread_dismiss, intake, unread_id=stretch.pk)
    office.do(services.unread_reopen, intake, unread_id=stretch.pk)
    office.do(services.draft_correction_undo, intake)
    stretch.refresh_from_db()
    assert stretch.state == "dismissed"


def test_work_that_would_be_lost_is_not_undone(office: Office) -> None:
    intake = office.receive(notices.LEVELS)
    one, two, _ = rows(intake)
    office.do(services.draft_findings_merge, intake, finding_id=one.pk, seen=seen(intake))
    type_into(office, intake, f"finding-{one.pk}-title", "合并后的标题", one.title, "colleague")
    before = whole(intake)
    with pytest.raises(UndoLateError, match="吴示例 has worked on “合并后的标题” since"):
        office.do(services.draft_correction_undo, intake)
    assert whole(intake) == before
    made = office.do(services.draft_finding_add, intake)
    type_into(office, intake, f"finding-{made.pk}-title", "补录", "")
    with pytest.raises(UndoLateError):
        office.do(services.draft_correction_undo, intake)
    assert two.pk in {row["id"] for row in whole(intake)["findings"]}


def test_corrections_are_told_when_the_draft_is_confirmed(office: Office) -> None:
    intake = office.receive(notices.LEVELS)
    one = rows(intake)[0]
    office.do(services.draft_findings_merge, intake, finding_id=one.pk, seen=seen(intake))
    office.do(services.draft_correction_undo, intake)
    office.do(services.draft_finding_move, intake, finding_id=one.pk, direction=Direction.DOWN)
    intake.refresh_from_db()
    confirmed = office.confirm(intake, dismiss_rest=True)
    views = event_views(events_of(ChainKey.inspection(confirmed.inspection_id)))
    told = next(view.values for view in views if view.name == "intake.structure.corrected")["corrections"]
    assert [(one["kind"], one["by"], one["undone_by"]) for one in told] == [
        ("findings_merged", "周示例", "周示例"),
        ("finding_moved", "周示例", ""),
    ]


def test_rows_of_another_draft_are_not_corrected(office: Office) -> None:
    mine = office.receive(notices.CLEAN)
    theirs = office.receive(notices.NOISY, username="stranger").findings.get()
    item = theirs.items.all()[0]
    my = rows(mine)[0]
    for service, values in (
        (services.draft_findings_merge, {"finding_id": theirs.pk}),
        (services.draft_findings_merge, {"finding_id": my.pk, "other_id": theirs.pk}),
        (services.draft_finding_split, {"finding_id": theirs.pk, "words": "不"}),
        (services.draft_finding_place, {"finding_id": theirs.pk, "place": 1}),
        (services.draft_item_split, {"item_id": item.pk, "words": "不"}),
        (services.draft_item_turn, {"item_id": item.pk}),
        (services.draft_level_change, {"finding_id": theirs.pk, "of": Heading.THEME, "to": Heading.GROUP}),
    ):
        with pytest.raises(RowNotFoundError):
            office.do(service, mine, seen=10_000, **values)
