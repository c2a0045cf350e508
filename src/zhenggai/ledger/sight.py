"""What somebody who is not listed reads where restricted findings are (受限问题的遮蔽): lines and places."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from zhenggai.domain.events import VEILED_EVENT
from zhenggai.ledger.models import ActionTaken, Finding, Measure, SourceMention
from zhenggai.ledger.visibility import not_kept_from
from zhenggai.trail.chains import ChainKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import SourceDocument
    from zhenggai.trail.selectors import EventView

BLACK: Final = "█"
# shorter words stand in too many sentences to tell of one finding
_WORDS_LEAST: Final = 6
# Whose values tell words of findings, or how many there are: drafts of a document, and what was counted.
_TELLING: Final = frozenset({"intake", "document", "plan", "evaluation"})
# Of a request to report: which units, where the work of one of them may be restricted.
_ASKING: Final = "report_request"
_ASKED: Final = frozenset({"unit_ids", "digest"})
_HARMLESS: Final = frozenset({"step", "note", "reason", "acted_for", "number", "grade", "evaluated_on"})


def kept_from(actor: Actor, rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Those of the findings that a restriction keeps from the actor."""
    return rows.filter(~Q(restricted="")).exclude(pk__in=rows.filter(not_kept_from(actor)).values("pk"))


def veiled(actor: Actor, inspection_id: int, views: Iterable[EventView]) -> list[EventView]:
    """Events of one inspection as the actor may read them: of a restricted finding only that there was one.

    Number, moment and hash stay, so that the chain can be followed; who did what to which finding does not.
    Where something is kept from the actor, drafts, documents, plans and evaluations say nothing that counts
    or quotes it, and requests to report nothing of whom they asked.
    """
    hidden = set(
        kept_from(actor, Finding.objects.filter(inspection_id=inspection_id)).values_list("pk", flat=True)
    )
    return [_veiled(view, hidden) for view in views]


def _veiled(view: EventView, hidden: set[int]) -> EventView:
    if view.subject_kind == "finding" and view.subject_id in hidden:
        return replace(
            view,
            actor_id=0,
            actor=None,
            name=VEILED_EVENT,
            subject_kind="",
            subject_id=0,
            values={},
            erased=(),
        )
    if hidden and view.subject_kind in _TELLING:
        told = {name: value for name, value in view.values.items() if name in _HARMLESS}
        return replace(view, values=told)
    if hidden and view.subject_kind == _ASKING:
        told = {name: value for name, value in view.values.items() if name not in _ASKED}
        return replace(view, values=told)
    return view


def restricted_events(chain: ChainKey) -> Callable[[str, int], bool]:
    """Whether an event of a chain, by what it is about, tells of restricted findings: for files that go out.

    Of restricted findings every event does; where there is one, drafts, documents and plans may quote it, and
    evaluations count it.
    """
    rows = Finding.objects.filter(~Q(restricted=""), inspection_id=chain.key)
    is_ledgers = chain.kind == ChainKey.inspection(0).kind
    hidden = set(rows.values_list("pk", flat=True)) if is_ledgers else set()
    return lambda kind, id_: (
        bool(hidden) and (kind in _TELLING | {_ASKING} or (kind == "finding" and id_ in hidden))
    )


def places_hidden(actor: Actor, document: SourceDocument) -> list[tuple[int, int]] | None:
    """The places of a document that tell of findings kept from the actor; None where they are not known."""
    hidden = kept_from(actor, Finding.objects.filter(document=document))
    told = kept_from(actor, Finding.objects.filter(mentions__document=document))
    ids = list(hidden.values_list("pk", flat=True)) + list(told.values_list("pk", flat=True))
    # a place without extent says where it was put, not where it is told of
    spans = [
        (start, end)
        for start, end in chain(
            hidden.values_list("span_start", "span_end"),
            SourceMention.objects.filter(document=document, finding__in=told.values("pk")).values_list(
                "span_start", "span_end"
            ),
        )
        if start is not None and end is not None and start < end
    ]
    if len(spans) < len(ids):
        return None
    pieces = (model.objects.filter(finding__in=ids, document=document) for model in (Measure, ActionTaken))
    spans += [
        (start, end)
        for rows in pieces
        for start, end in rows.values_list("span_start", "span_end")
        if start is not None and end is not None
    ]
    return sorted(spans)


def places_told(actor: Actor, document: SourceDocument, text: str) -> list[tuple[int, int]]:
    """The places of a document's text to black out for the actor, where `places_hidden` knows them.

    Besides them every other place where the same words stand: what was joined from places far apart, lists
    and summaries that repeat a title, and other documents of the inspection.
    """
    places = places_hidden(actor, document) or []
    # whatever document they came from: a later one tells of them too
    hidden = kept_from(actor, Finding.objects.filter(inspection=document.inspection_id))
    told = [text for row in hidden.values_list("title", "problem", "stated_result") for text in row]
    for model in (Measure, ActionTaken):
        told += model.objects.filter(finding__in=hidden.values("pk")).values_list("text", flat=True)
    lines = {line.strip() for each in told for line in each.splitlines()}
    repeated = [
        (start, start + len(line))
        for line in lines
        if len(line) >= _WORDS_LEAST
        for start in _starts(text, line)
    ]
    return sorted({*places, *repeated})


def _starts(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))


def blacked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with places blacked out, of the same length, lines kept (涂黑)."""
    letters = list(text)
    for start, end in places:
        for place in range(start, min(end, len(letters))):
            if letters[place] != "\n":
                letters[place] = BLACK
    return "".join(letters)
