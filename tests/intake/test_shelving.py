"""Rows made ready beside a transaction are written as they would have been saved one by one."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from intake import notices
from zhenggai.intake.models import CellIssue, Comparison, DraftFinding, DraftItem, DraftUnread, Intake
from zhenggai.intake.services import storing
from zhenggai.intake.services.shelving import AT_ONCE, Shelf
from zhenggai.intake.services.storing import draft_clear

if TYPE_CHECKING:
    from intake.office import Office


def finding(position: int, **more: object) -> DraftFinding:
    return DraftFinding(position=position, title=f"第{position}项“示例”%s", **more)


def test_rows_are_written_as_they_would_be_saved(office: Office) -> None:
    intake = office.receive("（一）示例问题一\n已完成整改。\n")
    draft_clear(intake)
    full = {
        "due_on": date(2031, 6, 30),
        "stated_closed": True,
        "dropped_at": datetime(2031, 6, 30, 1, 2, tzinfo=UTC),
        "drop_reason": "示例",
        "spans": {"title": [1, 2]},
        "why": {"title": ["row", {"词": "示例"}]},
    }
    finding(7, intake=intake, **full).save()
    shelf = Shelf(DraftFinding)
    shelf.add(finding(8, **full))
    shelf.add(finding(9))
    shelf.write(intake_id=lambda _nothing: intake.pk)
    saved, shelved, bare = DraftFinding.objects.filter(intake=intake).order_by("position").values()
    assert {**shelved, "id": 0, "position": 0, "title": ""} == {**saved, "id": 0, "position": 0, "title": ""}
    assert shelved["title"] == "第8项“示例”%s"
    assert (bare["due_on"], bare["stated_closed"], bare["spans"]) == (None, None, {})


def test_more_rows_than_are_held_at_once_keep_their_order(office: Office) -> None:
    intake = office.receive("（一）示例问题一\n已完成整改。\n")
    draft_clear(intake)
    findings, items = Shelf(DraftFinding), Shelf(DraftItem)
    count = AT_ONCE * 2 + 3
    for position in range(count):
        findings.add(finding(position))
        items.add(DraftItem(kind="measure", position=0, text=f"措施{position}"), finding_id=position)
    assert (findings.count, items.count) == (count, count)
    findings.write(intake_id=lambda _nothing: intake.pk)
    ids = list(DraftFinding.objects.filter(intake=intake).order_by("position").values_list("pk", flat=True))
    items.write(finding_id=lambda index: ids[index])
    assert len(ids) == count
    last = DraftItem.objects.get(finding_id=ids[-1])
    assert (last.text, last.finding.title) == (f"措施{count - 1}", f"第{count - 1}项“示例”%s")


def test_rows_that_nobody_writes_leave_nothing(office: Office) -> None:
    before = DraftFinding.objects.count()
    shelf = Shelf(DraftFinding)
    for position in range(AT_ONCE + 1):
        shelf.add(finding(position))
    # an open file that is dropped is a warning, and warnings are errors
    del shelf
    gc.collect()
    assert DraftFinding.objects.count() == before
    empty = Shelf(CellIssue)
    empty.write(intake_id=lambda _nothing: 1)
    assert not CellIssue.objects.exists()


def test_clearing_a_draft_leaves_the_document_and_others(office: Office) -> None:
    first = office.receive(notices.CLEAN)
    second = office.receive(f"{notices.CLEAN}\n", "另一份.txt")
    draft_clear(first)
    assert not DraftFinding.objects.filter(intake=first).exists()
    assert not DraftItem.objects.filter(finding__intake=first).exists()
    assert not DraftUnread.objects.filter(intake=first).exists()
    assert DraftFinding.objects.filter(intake=second).count() == 2
    assert Intake.objects.count() == 2


def test_nothing_that_hangs_on_a_draft_is_forgotten_when_it_is_cleared() -> None:
    cleared = set(storing.CLEARED)
    hanging = {
        related.related_model._meta.db_table
        for model in (DraftFinding, DraftItem, DraftUnread, Comparison)
        for related in model._meta.related_objects
    }
    assert hanging <= cleared
    # what is read before must be gone before what it hangs on
    order = list(storing.CLEARED)
    assert order.index("intake_comparedfinding") < order.index("intake_draftfinding")
    assert order.index("intake_draftitem") < order.index("intake_draftfinding")
