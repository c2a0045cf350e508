"""Deciding about stretches that were not understood (处理未识别文字): assign, dismiss, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import Span
from zhenggai.intake.access import draft_locked
from zhenggai.intake.errors import RowNotFoundError, StretchTooLongError
from zhenggai.intake.fields import FIELD_CHARACTERS, TITLE_CHARACTERS
from zhenggai.intake.models import DraftFinding, DraftUnread, Intake
from zhenggai.intake.services.structure import finding_of, item_new, room_for, stamp
from zhenggai.intake.states import ItemKind, Origin, UnreadState, UnreadTarget

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor

TAKEN_BACK = msg("Its words were given back to the stretches that were not understood.")
_ITEM_KINDS = {UnreadTarget.ACTION: ItemKind.ACTION, UnreadTarget.MEASURE: ItemKind.MEASURE}


def unread_assign(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    unread_id: int,
    target: UnreadTarget,
    finding_id: int | None = None,
) -> DraftUnread:
    """Give an unread stretch its place (归入): in a problem, an action, a measure, or a finding of its own.

    :raises RowNotFoundError: when the stretch or the finding is none of this draft.
    :raises StretchTooLongError: when it is longer than one field takes.
    """
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        stretch = _stretch(intake, unread_id)
        if stretch.state == UnreadState.ASSIGNED:
            return stretch
        if stretch.length > FIELD_CHARACTERS:
            raise StretchTooLongError(length=stretch.length, limit=FIELD_CHARACTERS)
        if target is UnreadTarget.FINDING:
            finding = _own_finding(intake, stretch, actor, at)
        else:
            finding = finding_of(intake, finding_id or 0)
            if target is UnreadTarget.PROBLEM:
                _into_problem(intake, finding, stretch, actor, at)
            else:
                item = item_new(finding, _ITEM_KINDS[target], stretch.text.strip(), _span(stretch))
                stamp(intake, item, actor, at, "text")
                item.save(force_insert=True)
                stretch.item = item
        stretch.finding = finding
        stretch.target = target.value
        _decide(intake, stretch, UnreadState.ASSIGNED, actor, at)
    return stretch


def unread_dismiss(*, actor: Actor, at: datetime, intake_id: int, unread_id: int) -> DraftUnread:
    """Say that an unread stretch belongs to no finding (忽略); it stays in the original.

    :raises RowNotFoundError: when it is none of this draft.
    """
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        stretch = _stretch(intake, unread_id)
        if stretch.state == UnreadState.OPEN:
            _decide(intake, stretch, UnreadState.DISMISSED, actor, at)
    return stretch


def unread_reopen(*, actor: Actor, at: datetime, intake_id: int, unread_id: int) -> DraftUnread:
    """Take a decision about an unread stretch back (撤回处理): what it was made into is dropped with it.

    A problem keeps text that somebody has worked on since.

    :raises RowNotFoundError: when it is none of this draft.
    """
    with transaction.atomic():
        intake = draft_locked(actor, intake_id)
        stretch = _stretch(intake, unread_id)
        if stretch.state == UnreadState.OPEN:
            return stretch
        if stretch.item is not None:
            stretch.item.dropped_at = at
            stretch.item.dropped_by = actor.label
            stamp(intake, stretch.item, actor, at, "dropped")
            stretch.item.save()
        elif stretch.target == UnreadTarget.PROBLEM and stretch.finding is not None:
            _out_of_problem(intake, stretch.finding, stretch, actor, at)
        elif stretch.target == UnreadTarget.FINDING and stretch.finding is not None:
            own = stretch.finding
            own.dropped_at, own.dropped_by, own.drop_reason = at, actor.label, TAKEN_BACK
            stamp(intake, own, actor, at, "dropped")
            own.save()
        stretch.finding = None
        stretch.item = None
        stretch.target = ""
        _decide(intake, stretch, UnreadState.OPEN, actor, at)
    return stretch


def _stretch(intake: Intake, unread_id: int) -> DraftUnread:
    rows = DraftUnread.objects.select_related("finding", "item")
    stretch = rows.filter(pk=unread_id, intake=intake).first()
    if stretch is None:
        raise RowNotFoundError
    return stretch


def _decide(intake: Intake, stretch: DraftUnread, state: UnreadState, actor: Actor, at: datetime) -> None:
    intake.version += 1
    stretch.state = state.value
    stretch.version = intake.version
    stretch.decided_by = "" if state is UnreadState.OPEN else actor.label
    stretch.decided_at = None if state is UnreadState.OPEN else at
    stretch.save()
    intake.save(update_fields=["version"])


def _span(stretch: DraftUnread) -> Span:
    return Span(stretch.span_start, stretch.span_end)


def _own_finding(intake: Intake, stretch: DraftUnread, actor: Actor, at: datetime) -> DraftFinding:
    words = stretch.text.strip()
    first = words.partition("\n")[0][:TITLE_CHARACTERS]
    finding = DraftFinding(
        intake=intake,
        position=room_for(intake, _span(stretch)),
        origin=Origin.ADDED.value,
        title=first,
        problem="" if words == first else words,
        span_start=stretch.span_start,
        span_end=stretch.span_end,
        spans={"title": list(_span(stretch))},
    )
    stamp(intake, finding, actor, at, "title")
    finding.save(force_insert=True)
    return finding


def _into_problem(
    intake: Intake, finding: DraftFinding, stretch: DraftUnread, actor: Actor, at: datetime
) -> None:
    words = stretch.text.strip()
    longer = f"{finding.problem}\n{words}" if finding.problem else words
    if len(longer) > FIELD_CHARACTERS:
        raise StretchTooLongError(length=len(longer), limit=FIELD_CHARACTERS)
    if not finding.problem:
        finding.spans = {**finding.spans, "problem": list(_span(stretch))}
    finding.problem = longer
    stamp(intake, finding, actor, at, "problem")
    finding.save(update_fields=["problem", "spans", "edits", "version"])


def _out_of_problem(
    intake: Intake, finding: DraftFinding, stretch: DraftUnread, actor: Actor, at: datetime
) -> None:
    words = stretch.text.strip()
    if not finding.problem.endswith(words):
        return
    finding.problem = finding.problem[: -len(words)].rstrip("\n")
    stamp(intake, finding, actor, at, "problem")
    finding.save(update_fields=["problem", "edits", "version"])
