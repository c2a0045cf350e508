"""Deciding about stretches that were not understood (处理未识别文字): assign, dismiss, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import Span
from zhenggai.intake.errors import RowNotFoundError, StretchTooLongError
from zhenggai.intake.fields import FIELD_CHARACTERS, TITLE_CHARACTERS
from zhenggai.intake.models import DraftFinding, DraftUnread, Intake
from zhenggai.intake.services.correcting import Correcting, correcting, drop, finding_of
from zhenggai.intake.services.structure import item_new, room_for
from zhenggai.intake.states import CorrectionKind, ItemKind, Origin, UnreadState, UnreadTarget

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
    with correcting(actor, at, intake_id, CorrectionKind.UNREAD_DECIDED) as work:
        intake = work.intake
        stretch = _stretch(intake, unread_id)
        if stretch.state == UnreadState.ASSIGNED:
            return stretch
        if stretch.length > FIELD_CHARACTERS:
            raise StretchTooLongError(length=stretch.length, limit=FIELD_CHARACTERS)
        work.keep(stretch)
        if target is UnreadTarget.FINDING:
            finding = _own_finding(work, stretch)
        else:
            finding = finding_of(intake, finding_id or 0)
            if target is UnreadTarget.PROBLEM:
                _into_problem(work, finding, stretch)
            else:
                item = item_new(finding, _ITEM_KINDS[target], stretch.text.strip(), _span(stretch))
                work.make(item, "text")
                stretch.item = item
        stretch.finding = finding
        stretch.target = target.value
        work.about(finding)
        _decide(work, stretch, UnreadState.ASSIGNED)
    return stretch


def unread_dismiss(*, actor: Actor, at: datetime, intake_id: int, unread_id: int) -> DraftUnread:
    """Say that an unread stretch belongs to no finding (忽略); it stays in the original.

    :raises RowNotFoundError: when it is none of this draft.
    """
    with correcting(actor, at, intake_id, CorrectionKind.UNREAD_DECIDED) as work:
        intake = work.intake
        stretch = _stretch(intake, unread_id)
        if stretch.state == UnreadState.OPEN:
            work.keep(stretch)
            _decide(work, stretch, UnreadState.DISMISSED)
    return stretch


def unread_reopen(*, actor: Actor, at: datetime, intake_id: int, unread_id: int) -> DraftUnread:
    """Take a decision about an unread stretch back (撤回处理): what it was made into is dropped with it.

    A problem keeps text that somebody has worked on since.

    :raises RowNotFoundError: when it is none of this draft.
    """
    with correcting(actor, at, intake_id, CorrectionKind.UNREAD_DECIDED) as work:
        intake = work.intake
        stretch = _stretch(intake, unread_id)
        if stretch.state == UnreadState.OPEN:
            return stretch
        work.keep(stretch)
        if stretch.item is not None:
            work.keep(stretch.item)
            stretch.item.dropped_at = at
            stretch.item.dropped_by = actor.label
            work.save(stretch.item, "dropped")
        elif stretch.target == UnreadTarget.PROBLEM and stretch.finding is not None:
            _out_of_problem(work, stretch.finding, stretch)
        elif stretch.target == UnreadTarget.FINDING and stretch.finding is not None:
            work.keep(stretch.finding)
            drop(work, stretch.finding, TAKEN_BACK)
        stretch.finding = None
        stretch.item = None
        stretch.target = ""
        _decide(work, stretch, UnreadState.OPEN)
    return stretch


def _stretch(intake: Intake, unread_id: int) -> DraftUnread:
    rows = DraftUnread.objects.select_related("finding", "item")
    stretch = rows.filter(pk=unread_id, intake=intake).first()
    if stretch is None:
        raise RowNotFoundError
    return stretch


def _decide(work: Correcting, stretch: DraftUnread, state: UnreadState) -> None:
    work.intake.version += 1
    stretch.state = state.value
    stretch.version = work.intake.version
    stretch.decided_by = "" if state is UnreadState.OPEN else work.actor.label
    stretch.decided_at = None if state is UnreadState.OPEN else work.at
    stretch.save()


def _span(stretch: DraftUnread) -> Span:
    return Span(stretch.span_start, stretch.span_end)


def _own_finding(work: Correcting, stretch: DraftUnread) -> DraftFinding:
    words = stretch.text.strip()
    first = words.partition("\n")[0][:TITLE_CHARACTERS]
    finding = DraftFinding(
        intake=work.intake,
        position=room_for(work, _span(stretch)),
        origin=Origin.ADDED.value,
        title=first,
        problem="" if words == first else words,
        span_start=stretch.span_start,
        span_end=stretch.span_end,
        spans={"title": list(_span(stretch))},
    )
    work.make(finding, "title")
    return finding


def _into_problem(work: Correcting, finding: DraftFinding, stretch: DraftUnread) -> None:
    words = stretch.text.strip()
    longer = f"{finding.problem}\n{words}" if finding.problem else words
    if len(longer) > FIELD_CHARACTERS:
        raise StretchTooLongError(length=len(longer), limit=FIELD_CHARACTERS)
    work.keep(finding)
    if not finding.problem:
        finding.spans = {**finding.spans, "problem": list(_span(stretch))}
    finding.problem = longer
    work.save(finding, "problem")


def _out_of_problem(work: Correcting, finding: DraftFinding, stretch: DraftUnread) -> None:
    words = stretch.text.strip()
    if not finding.problem.endswith(words):
        return
    work.keep(finding)
    finding.problem = finding.problem[: -len(words)].rstrip("\n")
    work.save(finding, "problem")
