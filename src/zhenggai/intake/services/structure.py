"""Adding, dropping, restoring and ordering findings, measures and actions of a draft (调整结构)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Max

from zhenggai.domain.closing import visible_text
from zhenggai.domain.spans import Span
from zhenggai.intake.errors import DropReasonError, NotInListError, SelectionEmptyError
from zhenggai.intake.fields import FIELD_CHARACTERS, TITLE_CHARACTERS
from zhenggai.intake.models import DraftFinding, DraftItem, Intake
from zhenggai.intake.selectors import window_at
from zhenggai.intake.services.correcting import (
    Correcting,
    correcting,
    drop,
    finding_of,
    item_of,
)
from zhenggai.intake.states import CorrectionKind, ItemKind, Origin
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
    with correcting(actor, at, intake_id, CorrectionKind.FINDING_ADDED) as work:
        words, span = selected_words(work.intake, selection) if selection else ("", None)
        first, _, _ = words.partition("\n")
        finding = DraftFinding(
            intake=work.intake,
            position=room_for(work, span),
            origin=Origin.ADDED.value,
            title=first[:TITLE_CHARACTERS],
            problem="" if words == first[:TITLE_CHARACTERS] else words,
            span_start=span.start if span else None,
            span_end=span.end if span else None,
            spans={"title": list(span)} if span else {},
        )
        work.make(finding, "title")
        work.about(finding)
    return finding


def draft_finding_drop(
    *, actor: Actor, at: datetime, intake_id: int, finding_id: int, reason: str
) -> DraftFinding:
    """Leave a finding out of the ledger (剔除); it stays in the draft with its reason and can be restored.

    :raises RowNotFoundError: when it is none of this draft.
    :raises DropReasonError: without a reason.
    """
    plain = visible_text(reason)[:FIELD_CHARACTERS]
    with correcting(actor, at, intake_id, CorrectionKind.FINDING_DROPPED) as work:
        finding = finding_of(work.intake, finding_id)
        if finding.dropped_at is None:
            if not plain:
                raise DropReasonError(title=finding.title or finding.number or str(finding.position + 1))
            work.keep(finding)
            drop(work, finding, plain)
            work.about(finding)
    return finding


def draft_finding_restore(*, actor: Actor, at: datetime, intake_id: int, finding_id: int) -> DraftFinding:
    """Take a dropped finding back in (恢复).

    :raises RowNotFoundError: when it is none of this draft.
    """
    with correcting(actor, at, intake_id, CorrectionKind.FINDING_RESTORED) as work:
        finding = finding_of(work.intake, finding_id)
        if finding.dropped_at is not None:
            work.keep(finding)
            finding.dropped_at = None
            finding.dropped_by = finding.drop_reason = ""
            work.save(finding, "dropped")
            work.about(finding)
    return finding


def draft_finding_move(
    *, actor: Actor, at: datetime, intake_id: int, finding_id: int, direction: Direction
) -> DraftFinding:
    """Move a finding one place up or down among those that are not dropped (调整顺序); at the end it stays.

    :raises RowNotFoundError: when it is none of this draft.
    """
    with correcting(actor, at, intake_id, CorrectionKind.FINDING_MOVED) as work:
        finding = finding_of(work.intake, finding_id)
        others = DraftFinding.objects.filter(intake=work.intake, dropped_at__isnull=True)
        others = others.exclude(pk=finding.pk)
        if direction is Direction.UP:
            neighbour = others.filter(position__lte=finding.position).order_by("-position", "-pk").first()
        else:
            neighbour = others.filter(position__gte=finding.position).order_by("position", "pk").first()
        if neighbour is not None:
            work.keep(finding, neighbour)
            finding.position, neighbour.position = neighbour.position, finding.position
            work.save(finding, "position")
            neighbour.version = work.intake.version
            neighbour.save(update_fields=["position", "version"])
            work.about(finding)
    return finding


def draft_finding_place(
    *, actor: Actor, at: datetime, intake_id: int, finding_id: int, place: int, seen: int
) -> DraftFinding:
    """Move a finding to a place of the list (移到第几位); places count from 1, dropped findings included.

    ``seen`` is the draft's version that the page had shown.

    :raises RowNotFoundError: when it is none of this draft.
    :raises NotInListError: when the list has no such place.
    :raises PartChangedError: when the finding was changed since.
    """
    with correcting(actor, at, intake_id, CorrectionKind.FINDING_MOVED) as work:
        finding = finding_of(work.intake, finding_id)
        work.unchanged_since(seen, finding)
        rows = DraftFinding.objects.filter(intake=work.intake).order_by("position", "pk")
        order = list(rows.values_list("pk", flat=True))
        if not 1 <= place <= len(order):
            raise NotInListError(place=place, count=len(order))
        work.keep(finding)
        order.remove(finding.pk)
        order.insert(place - 1, finding.pk)
        work.order({pk: position for position, pk in enumerate(order)})
        finding.refresh_from_db(fields=["position"])
        work.save(finding, "position")
        work.about(finding)
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
    with correcting(actor, at, intake_id, CorrectionKind.ITEM_ADDED) as work:
        finding = finding_of(work.intake, finding_id)
        words, span = selected_words(work.intake, selection) if selection else ("", None)
        item = item_new(finding, kind, words, span)
        work.make(item, "text")
        work.about(finding)
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
    kind = CorrectionKind.ITEM_DROPPED if dropped else CorrectionKind.ITEM_RESTORED
    with correcting(actor, at, intake_id, kind) as work:
        item = item_of(work.intake, item_id)
        if (item.dropped_at is not None) is not dropped:
            work.keep(item)
            item.dropped_at = at if dropped else None
            item.dropped_by = actor.label if dropped else ""
            work.save(item, "dropped")
            work.about(item.finding)
    return item


def draft_item_turn(*, actor: Actor, at: datetime, intake_id: int, item_id: int, seen: int) -> DraftItem:
    """Turn a measure into an action the document claims, or an action into a measure (措施与整改情况互换).

    It takes its place in the other list by where it stands in the text, else the last one.

    :raises RowNotFoundError: when it is none of this draft.
    :raises PartChangedError: when it was changed since the page was shown.
    """
    with correcting(actor, at, intake_id, CorrectionKind.ITEM_TURNED) as work:
        item = item_of(work.intake, item_id)
        work.unchanged_since(seen, item)
        other = ItemKind.ACTION if item.kind == ItemKind.MEASURE else ItemKind.MEASURE
        beside = list(DraftItem.objects.filter(finding=item.finding, kind=other).order_by("position", "pk"))
        work.keep(item, *beside)
        starts = [one.span_start for one in beside]
        place = next(
            (
                at_place
                for at_place, start in enumerate(starts)
                if item.span_start is not None and start is not None and start > item.span_start
            ),
            len(beside),
        )
        beside.insert(place, item)
        item.kind = other.value
        for position, one in enumerate(beside):
            one.position = position
            if one is not item:
                one.save(update_fields=["position"])
        work.save(item, "kind")
        work.about(item.finding)
    return item


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


def room_for(work: Correcting, span: Span | None) -> int:
    """The place in the list for a new finding, made free: by its place in the text, else at the end."""
    findings = DraftFinding.objects.filter(intake=work.intake)
    if span is not None:
        after = findings.filter(span_start__gt=span.start).order_by("position")
        place = after.values_list("position", flat=True).first()
        if place is not None:
            work.make_room(place)
            return int(place)
    last = findings.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1
