"""Two findings of a draft become one (合并问题): nothing is lost, and every field keeps its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max

from zhenggai.domain.messages import Message, msg
from zhenggai.domain.stated import map_status
from zhenggai.intake.errors import MergeSelfError, MergeTooLongError, NoNeighbourError
from zhenggai.intake.fields import FINDING_FIELDS
from zhenggai.intake.models import DraftFinding, DraftItem, DraftUnread
from zhenggai.intake.services.correcting import Correcting, correcting, drop, finding_of, standing
from zhenggai.intake.states import CorrectionKind, ItemKind

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor

MERGED = msg("It was merged into another finding, which holds its words, measures and actions.")
_JOINED: Final = {
    "status_text": "；",
    "responsible_leader": "、",
    "lead_unit": "、",
    "supporting_units": "、",
    "due_text": "；",
}
_FILLED: Final = ("number", "theme", "group", "organisation_label")


def draft_findings_merge(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    finding_id: int,
    seen: int,
    other_id: int | None = None,
) -> DraftFinding:
    """Merge a finding with another one, or with the next that is not dropped (合并问题).

    The one that stands first in the list stays. Title and problem of the other become part of its problem,
    measures and actions follow its own; where both name a status, people or a deadline, both stand and a
    person decides. The other is dropped with that reason. ``seen`` is the draft's version of the page.

    :raises RowNotFoundError: when one of them is none of this draft.
    :raises NoNeighbourError: when no finding follows.
    :raises MergeSelfError: when one of them is dropped, or both are the same.
    :raises MergeTooLongError: when a field could not take both texts.
    :raises PartChangedError: when one of them was changed since the page was shown.
    """
    with correcting(actor, at, intake_id, CorrectionKind.FINDINGS_MERGED) as work:
        one = finding_of(work.intake, finding_id)
        other = finding_of(work.intake, other_id) if other_id else _next(work, one)
        if one.pk == other.pk or one.dropped_at is not None or other.dropped_at is not None:
            raise MergeSelfError(title=one.title)
        work.unchanged_since(seen, one, other)
        first, second = sorted((one, other), key=lambda row: (row.position, row.pk))
        merge_into(work, first, second, MERGED)
        work.about(first)
    return first


def _next(work: Correcting, finding: DraftFinding) -> DraftFinding:
    rows = standing(work.intake)
    places = [place for place, row in enumerate(rows) if row.pk == finding.pk]
    if not places:
        raise MergeSelfError(title=finding.title)
    if places[0] + 1 == len(rows):
        raise NoNeighbourError(title=finding.title)
    return rows[places[0] + 1]


def merge_into(work: Correcting, first: DraftFinding, second: DraftFinding, reason: str) -> None:
    """Put all of ``second`` into ``first`` and drop it with ``reason``."""
    work.keep(first, second)
    changed = _join_texts(first, second)
    changed += _join_facts(first, second)
    _join_places(work, first, second)
    items_move(work, second, first)
    for stretch in DraftUnread.objects.filter(finding=second):
        work.keep(stretch)
        stretch.finding = first
        stretch.save(update_fields=["finding"])
    drop(work, second, reason)
    work.save(first, *(changed or ["problem"]))


def items_move(work: Correcting, source: DraftFinding, target: DraftFinding) -> None:
    """Give all measures and actions of a finding to another one, after its own."""
    for kind in ItemKind:
        known = DraftItem.objects.filter(finding=target, kind=kind).aggregate(last=Max("position"))["last"]
        after = 0 if known is None else int(known) + 1
        rows = DraftItem.objects.filter(finding=source, kind=kind).order_by("position", "pk")
        for offset, item in enumerate(rows):
            work.keep(item)
            item.finding = target
            item.position = after + offset
            item.save(update_fields=["finding", "position"])


def add_place(finding: DraftFinding, name: str, place: list[int] | None) -> None:
    """A field was put together from one more place of the text."""
    if place:
        known = finding.spans.get(name, [])
        pairs = [place[at : at + 2] for at in range(0, len(place), 2)]
        new = [number for pair in pairs if not _holds(known, pair) for number in pair]
        finding.spans = {**finding.spans, name: [*known, *new]}


def _holds(places: list[int], pair: list[int]) -> bool:
    return any(places[at : at + 2] == pair for at in range(0, len(places), 2))


def _join_texts(first: DraftFinding, second: DraftFinding) -> list[str]:
    told = [first.problem, second.title if second.title != first.title else "", second.problem]
    problem = "\n".join(words for words in told if words)
    result = "\n".join(words for words in (first.result, second.result) if words)
    _fits("problem", problem)
    if second.title != first.title:
        add_place(first, "problem", second.spans.get("title"))
    add_place(first, "problem", second.spans.get("problem"))
    changed = ["problem"] if problem != first.problem else []
    first.problem, first.result = problem, result
    first.truncated = first.truncated or second.truncated
    first.flags += second.flags
    return changed


def _join_facts(first: DraftFinding, second: DraftFinding) -> list[str]:
    changed = []
    for name in _FILLED:
        if not getattr(first, name) and getattr(second, name):
            setattr(first, name, getattr(second, name))
            add_place(first, name, second.spans.get(name))
            changed.append(name)
    for name, mark in _JOINED.items():
        mine, theirs = getattr(first, name), getattr(second, name)
        if theirs and theirs != mine:
            joined = mark.join(dict.fromkeys(filter(None, (*mine.split(mark), *theirs.split(mark)))))
            _fits(name, joined)
            setattr(first, name, joined)
            add_place(first, name, second.spans.get(name))
            changed.append(name)
    if second.due_on != first.due_on:
        # two different days are no one deadline: a person decides
        first.due_on = None if first.due_on and second.due_on else first.due_on or second.due_on
        changed.append("due_on")
    if "status_text" in changed:
        changed += _map(first, second)
    return changed


def _map(first: DraftFinding, second: DraftFinding) -> list[str]:
    """What the status of both together says; two that contradict each other say nothing."""
    status = map_status(first.status_text)
    values: dict[str, Any] = {
        "stated_progress": status.progress.value if status.progress else "",
        "stated_nature": status.nature.value if status.nature else "",
        "stated_closed": status.closed,
    }
    for name, value in values.items():
        setattr(first, name, value)
        add_place(first, name, second.spans.get(name))
    return list(values)


def _join_places(work: Correcting, first: DraftFinding, second: DraftFinding) -> None:
    """The finding's own place grows over both, unless something else stands between them."""
    if first.span_start is None or first.span_end is None:
        first.span_start, first.span_end = second.span_start, second.span_end
    elif second.span_start is not None and second.span_end is not None:
        low, high = min(first.span_end, second.span_end), max(first.span_start, second.span_start)
        between = DraftFinding.objects.filter(
            intake=work.intake, dropped_at__isnull=True, span_start__gte=low, span_end__lte=high
        )
        if not between.exclude(pk__in=[first.pk, second.pk]).exists():
            first.span_start = min(first.span_start, second.span_start)
            first.span_end = max(first.span_end, second.span_end)


def _fits(name: str, words: str) -> None:
    field = FINDING_FIELDS[name]
    if len(words) > field.limit:
        raise MergeTooLongError(field=Message(field.label), length=len(words), limit=field.limit)
