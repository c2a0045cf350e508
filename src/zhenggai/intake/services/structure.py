"""Adding, dropping, restoring and ordering findings, measures and actions of a draft (调整结构)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max

from zhenggai.domain.spans import Span
from zhenggai.intake.access import draft_locked
from zhenggai.intake.errors import DropReasonError, RowNotFoundError, SelectionEmptyError
from zhenggai.intake.fields import FIELD_CHARACTERS, TITLE_CHARACTERS
from zhenggai.intake.models import DraftFinding, DraftItem, Intake
from zhenggai.intake.selectors import window_at
from zhenggai.intake.states import ItemKind, Origin
from zhenggai.intake.windows import restored_text

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor


class Direction(StrEnum):
    """Where a finding is moved in the list."""

    UP = "up"
    DOWN = "down"


def draft_finding_add(
    *, actor: Actor, at: datetime, intake_id: int, selection: Span | None = None
) -> DraftFinding:
    """Add a finding by hand (添加问题): an empty one at the end, or one from a selection in the original.

    ``selection`` is in code points of the decoded source; the finding takes the restored words there, and
    its place in the list follows from where they stand.

    :raises SelectionEmptyError: when the selection holds nothing of the restored text.
    """
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        words, span = selected_words(intake, selection) if selection else ("", None)
        first, _, _ = words.partition("\n")
        finding = DraftFinding(
            intake=intake,
            position=room_for(intake, span),
            origin=Origin.ADDED.value,
            title=first[:TITLE_CHARACTERS],
            problem="" if words == first[:TITLE_CHARACTERS] else words,
            span_start=span.start if span else None,
            span_end=span.end if span else None,
            spans={"title": list(span)} if span else {},
        )
        stamp(intake, finding, actor, at, "title")
        finding.save(force_insert=True)
        intake.save(update_fields=["version"])
    return finding


def draft_finding_drop(
    *, actor: Actor, at: datetime, intake_id: int, finding_id: int, reason: str
) -> DraftFinding:
    """Leave a finding out of the ledger (剔除); it stays in the draft with its reason and can be restored.

    :raises RowNotFoundError: when it is none of this draft.
    :raises DropReasonError: without a reason.
    """
    plain = reason.replace("\x00", "").strip()[:FIELD_CHARACTERS]
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        finding = finding_of(intake, finding_id)
        if finding.dropped_at is None:
            if not plain:
                raise DropReasonError(title=finding.title or finding.number or str(finding.position + 1))
            finding.dropped_at = at
            finding.dropped_by = actor.label
            finding.drop_reason = plain
            stamp(intake, finding, actor, at, "dropped")
            finding.save()
            intake.save(update_fields=["version"])
    return finding


def draft_finding_restore(*, actor: Actor, at: datetime, intake_id: int, finding_id: int) -> DraftFinding:
    """Take a dropped finding back in (恢复).

    :raises RowNotFoundError: when it is none of this draft.
    """
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        finding = finding_of(intake, finding_id)
        if finding.dropped_at is not None:
            finding.dropped_at = None
            finding.dropped_by = finding.drop_reason = ""
            stamp(intake, finding, actor, at, "dropped")
            finding.save()
            intake.save(update_fields=["version"])
    return finding


def draft_finding_move(
    *, actor: Actor, at: datetime, intake_id: int, finding_id: int, direction: Direction
) -> DraftFinding:
    """Move a finding one place up or down among those that are not dropped (调整顺序); at the end it stays.

    :raises RowNotFoundError: when it is none of this draft.
    """
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        finding = finding_of(intake, finding_id)
        others = DraftFinding.objects.filter(intake=intake, dropped_at__isnull=True).exclude(pk=finding.pk)
        if direction is Direction.UP:
            neighbour = others.filter(position__lte=finding.position).order_by("-position", "-pk").first()
        else:
            neighbour = others.filter(position__gte=finding.position).order_by("position", "pk").first()
        if neighbour is not None:
            finding.position, neighbour.position = neighbour.position, finding.position
            stamp(intake, finding, actor, at, "position")
            neighbour.version = intake.version
            neighbour.save(update_fields=["position", "version"])
            finding.save(update_fields=["position", "edits", "version"])
            intake.save(update_fields=["version"])
    return finding


def draft_item_add(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    finding_id: int,
    kind: ItemKind,
    selection: Span | None = None,
) -> DraftItem:
    """Add a measure or a claimed action to a finding (添加措施或整改情况), empty or from a selection.

    :raises RowNotFoundError: when the finding is none of this draft.
    :raises SelectionEmptyError: when the selection holds nothing of the restored text.
    """
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        finding = finding_of(intake, finding_id)
        words, span = selected_words(intake, selection) if selection else ("", None)
        item = item_new(finding, kind, words, span)
        stamp(intake, item, actor, at, "text")
        item.save(force_insert=True)
        intake.save(update_fields=["version"])
    return item


def draft_item_drop(*, actor: Actor, at: datetime, intake_id: int, item_id: int) -> DraftItem:
    """Leave a measure or action out (剔除); it stays in the draft and can be restored.

    :raises RowNotFoundError: when it is none of this draft.
    """
    return _item_set(actor, at, intake_id, item_id, dropped=True)


def draft_item_restore(*, actor: Actor, at: datetime, intake_id: int, item_id: int) -> DraftItem:
    """Take a dropped measure or action back in (恢复).

    :raises RowNotFoundError: when it is none of this draft.
    """
    return _item_set(actor, at, intake_id, item_id, dropped=False)


def _item_set(actor: Actor, at: datetime, intake_id: int, item_id: int, *, dropped: bool) -> DraftItem:
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        item = DraftItem.objects.filter(pk=item_id, finding__intake=intake).first()
        if item is None:
            raise RowNotFoundError
        if (item.dropped_at is not None) is not dropped:
            item.dropped_at = at if dropped else None
            item.dropped_by = actor.label if dropped else ""
            stamp(intake, item, actor, at, "dropped")
            item.save()
            intake.save(update_fields=["version"])
    return item


def finding_of(intake: Intake, finding_id: int) -> DraftFinding:
    """A finding of this draft.

    :raises RowNotFoundError: when there is none of that id.
    """
    finding = DraftFinding.objects.filter(pk=finding_id, intake=intake).first()
    if finding is None:
        raise RowNotFoundError
    return finding


def item_new(finding: DraftFinding, kind: ItemKind, text: str, span: Span | None) -> DraftItem:
    """A measure or action at the end of a finding's list, not yet stored."""
    last = DraftItem.objects.filter(finding=finding, kind=kind).aggregate(last=Max("position"))["last"]
    return DraftItem(
        finding=finding,
        kind=kind.value,
        position=0 if last is None else last + 1,
        origin=Origin.ADDED.value,
        text=text,
        span_start=span.start if span else None,
        span_end=span.end if span else None,
    )


def selected_words(intake: Intake, selection: Span) -> tuple[str, Span]:
    """The restored words of a selection in the decoded source, and their place in the restored text.

    :raises SelectionEmptyError: when there are none, or more than one field takes.
    """
    window = window_at(intake, selection.start)
    if window is None:
        raise SelectionEmptyError
    span = window.to_restored(selection)
    words = restored_text(window, span).replace("\x00", "")
    plain = words.strip()
    if not plain or len(plain) > FIELD_CHARACTERS:
        raise SelectionEmptyError
    start = span.start + len(words) - len(words.lstrip())
    return plain, Span(start, start + len(plain))


def room_for(intake: Intake, span: Span | None) -> int:
    """The place in the list for a new finding, made free: by its place in the text, else at the end."""
    findings = DraftFinding.objects.filter(intake=intake)
    if span is not None:
        after = (
            findings.filter(span_start__gt=span.start).order_by("position").values_list("position", flat=True)
        )
        place = after.first()
        if place is not None:
            findings.filter(position__gte=place).update(position=F("position") + 1)
            return int(place)
    last = findings.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def stamp(intake: Intake, row: DraftFinding | DraftItem, actor: Actor, at: datetime, what: str) -> None:
    """The draft's next version, and who changed what in the row."""
    intake.version += 1
    row.version = intake.version
    row.edits = {**row.edits, what: {"by": actor.label, "at": at.isoformat()}}
