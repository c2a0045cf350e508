"""One finding becomes two, or one measure two (拆分): at words that stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.spans import Span
from zhenggai.files import selectors as files
from zhenggai.intake.errors import SplitWordsError
from zhenggai.intake.fields import NUMBER_CHARACTERS, TITLE_CHARACTERS
from zhenggai.intake.models import DraftFinding, DraftItem, Intake
from zhenggai.intake.services.correcting import Correcting, correcting, finding_of, item_of, items_of
from zhenggai.intake.states import CorrectionKind, Origin
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor

_SOUGHT: Final = 60
_SHOWN: Final = 60
_FIRST_SENTENCE = re.compile(r"[。；;！!？?\n]")
_AFTER: Final = " \u3000\n。；;：:，,、"
_HEADINGS: Final = ("theme", "group", "organisation_label")
_FOLLOWING: Final = (
    "status_text",
    "stated_progress",
    "stated_nature",
    "stated_closed",
    "responsible_leader",
    "lead_unit",
    "supporting_units",
    "due_text",
    "due_on",
)


class _Cut(NamedTuple):
    """Where the second part begins: in a field of the finding, or in one of its items."""

    field: str
    item: DraftItem | None
    at: int


def draft_finding_split(
    *, actor: Actor, at: datetime, intake_id: int, finding_id: int, words: str, seen: int
) -> DraftFinding:
    """Split a finding where ``words`` stand in its title, its problem, a measure or an action (拆分问题).

    The second finding begins with them: their first sentence is its title, a printed number before it its
    number. What stands after that place in the text (measures, actions, status, people, deadline) goes with
    it; a title that is split leaves them with the first. Returns the second finding.

    :raises RowNotFoundError: when it is none of this draft.
    :raises SplitWordsError: when the words are not in it, or nothing would be left before them.
    :raises PartChangedError: when it was changed since the page was shown.
    """
    with correcting(actor, at, intake_id, CorrectionKind.FINDING_SPLIT) as work:
        finding = finding_of(work.intake, finding_id)
        items = items_of(finding)
        work.unchanged_since(seen, finding, *items)
        cut = _cut_of(finding, items, words)
        if cut is None or finding.dropped_at is not None:
            raise SplitWordsError(title=finding.title, words=words.strip()[:_SHOWN])
        work.keep(finding, *items)
        opening = _opening(finding, _value(finding, cut)[cut.at :])
        place = _place(_restored(work.intake), _span_of(finding, cut), opening.whole)
        second = _second(work, finding, opening, place)
        if cut.item is None:
            second.problem = opening.left
        work.make(second, "title")
        rest = _Rest(cut.item, opening.left, place, cut.item.span_end if cut.item else None)
        _leave(work, finding, cut, place)
        if cut.field != "title":
            _follow(work, finding, second, rest, items)
        if place is not None and finding.span_end is not None:
            finding.span_end = min(finding.span_end, place)
        finding.truncated = False
        work.save(finding, cut.field if cut.item is None else "split")
        work.about(finding)
    return second


def draft_item_split(
    *, actor: Actor, at: datetime, intake_id: int, item_id: int, words: str, seen: int
) -> DraftItem:
    """Split a measure or action at words that stand in it (拆分措施或整改情况); returns the second part.

    :raises RowNotFoundError: when it is none of this draft.
    :raises SplitWordsError: when the words are not in it, or nothing would be left before them.
    :raises PartChangedError: when it was changed since the page was shown.
    """
    with correcting(actor, at, intake_id, CorrectionKind.ITEM_SPLIT) as work:
        item = item_of(work.intake, item_id)
        work.unchanged_since(seen, item)
        place_in_text = _index(item.text, words)
        if not place_in_text or item.dropped_at is not None:
            raise SplitWordsError(title=item.text[:_SHOWN], words=words.strip()[:_SHOWN])
        after = DraftItem.objects.filter(finding=item.finding, kind=item.kind, position__gt=item.position)
        work.keep(item, *after)
        for one in after:
            one.position += 1
            one.save(update_fields=["position"])
        rest = item.text[place_in_text:]
        place = _place(_restored(work.intake), _span(item), rest)
        second = _item_after(item, rest, item.position + 1, place)
        work.make(second, "text")
        _shorten(work, item, place_in_text, place)
        work.about(item.finding)
    return second


def _cut_of(finding: DraftFinding, items: Sequence[DraftItem], words: str) -> _Cut | None:
    """The first place of the finding where ``words`` stand with something left before them."""
    for field in ("title", "problem"):
        at = _index(getattr(finding, field), words)
        # words that open the problem leave the title before them
        if at is not None and (at > 0 or (field == "problem" and finding.title)):
            return _Cut(field, None, at)
    for item in items:
        at = _index(item.text, words)
        if at is not None:
            return _Cut("text", item, at)
    return None


def _index(text: str, words: str) -> int | None:
    """Where ``words`` begin in ``text``, whatever blanks and line breaks lie between their letters."""
    plain = words.replace("\x00", "").strip()
    if not plain:
        return None
    place = text.find(plain)
    if place >= 0:
        return place
    found = _spread(plain).search(text)
    return found.start() if found else None


def _spread(words: str) -> re.Pattern[str]:
    letters = [re.escape(letter) for letter in words if not letter.isspace()][:_SOUGHT]
    return re.compile(r"\s*".join(letters))


def _place(text: str, span: Span | None, rest: str) -> int | None:
    """Where ``rest`` begins inside a span of the restored text; None for what was typed by hand."""
    if span is None or not rest.strip():
        return None
    found = _spread(rest).search(text, *span)
    return found.start() if found else None


def _restored(intake: Intake) -> str:
    return files.blob_read(intake.text_sha256).decode() if intake.text_sha256 else ""


def _span(item: DraftItem) -> Span | None:
    if item.span_start is None or item.span_end is None:
        return None
    return Span(item.span_start, item.span_end)


def _span_of(finding: DraftFinding, cut: _Cut) -> Span | None:
    if cut.item is not None:
        return _span(cut.item)
    known = finding.spans.get(cut.field)
    return Span(known[0], max(known[1::2])) if known else None


def _value(finding: DraftFinding, cut: _Cut) -> str:
    return cut.item.text if cut.item is not None else str(getattr(finding, cut.field))


class _Opening(NamedTuple):
    """How the second finding begins: its number, its title, and what is left of the text after them."""

    whole: str
    number: str
    title: str
    left: str


class _Rest(NamedTuple):
    """What of the text that was cut goes on after the title, and where the second finding begins."""

    item: DraftItem | None
    left: str
    place: int | None
    end: int | None


def _opening(finding: DraftFinding, rest: str) -> _Opening:
    """The first sentence is the title; a printed number before it stands beside the first finding's."""
    whole = rest.strip()
    mark = mark_at(whole, 0, len(whole))
    named = whole[mark.end :].strip() if mark else whole
    title = _FIRST_SENTENCE.split(named, maxsplit=1)[0].strip()[:TITLE_CHARACTERS]
    parent, slash, _ = finding.number.rpartition("/")
    number = f"{parent}{slash}{mark.number}"[:NUMBER_CHARACTERS] if mark else ""
    return _Opening(whole, number, title, named[len(title) :].strip(_AFTER))


def _second(work: Correcting, finding: DraftFinding, opening: _Opening, place: int | None) -> DraftFinding:
    """The second finding, right after the first in the list and under the same headings."""
    work.make_room(finding.position + 1)
    end = finding.span_end if place is not None else None
    second = DraftFinding(
        intake=work.intake,
        position=finding.position + 1,
        origin=Origin.ADDED.value,
        number=opening.number,
        title=opening.title,
        span_start=place,
        span_end=max(place, end) if place is not None and end is not None else place,
        spans={"title": [place, place + len(opening.title)]} if place is not None else {},
        truncated=finding.truncated,
    )
    for name in _HEADINGS:
        setattr(second, name, getattr(finding, name))
        if name in finding.spans:
            second.spans[name] = finding.spans[name]
    second.why = {name: finding.why[name] for name in _HEADINGS if name in finding.why}
    return second


def _leave(work: Correcting, finding: DraftFinding, cut: _Cut, place: int | None) -> None:
    """What stays with the first finding of the text that was cut."""
    if cut.item is None:
        setattr(finding, cut.field, getattr(finding, cut.field)[: cut.at].rstrip())
    else:
        _shorten(work, cut.item, cut.at, place)


def _shorten(work: Correcting, item: DraftItem, at: int, place: int | None) -> None:
    item.text = item.text[:at].rstrip(_AFTER)
    if place is not None and item.span_start is not None and place > item.span_start:
        item.span_end = place
    if not item.text:
        item.dropped_at = work.at
        item.dropped_by = work.actor.label
    work.save(item, "text")


def _follow(
    work: Correcting, finding: DraftFinding, second: DraftFinding, rest: _Rest, items: Sequence[DraftItem]
) -> None:
    """What stands after the cut in the text goes with the second finding."""
    own, place = rest.item, rest.place
    if own is not None and rest.left:
        end = rest.end
        within = Span(place, end) if place is not None and end is not None else None
        begin = _place(_restored(work.intake), within, rest.left)
        item = _item_after(own, rest.left, 0, begin, second)
        item.span_end = end
        work.make(item, "text")
    for item in items:
        if item is own:
            continue
        if place is not None and item.span_start is not None:
            goes = item.span_start >= place
        else:
            goes = own is None or (item.kind == own.kind and item.position > own.position)
        if goes:
            item.finding = second
            item.position += 1
            work.save(item, "finding")
    for name in _FOLLOWING:
        known = finding.spans.get(name)
        if place is not None and known and known[0] >= place:
            _hand_over(finding, second, name)
    second.save()


def _hand_over(finding: DraftFinding, second: DraftFinding, name: str) -> None:
    setattr(second, name, getattr(finding, name))
    setattr(finding, name, None if name in {"due_on", "stated_closed"} else "")
    second.spans = {**second.spans, name: finding.spans[name]}
    finding.spans = {key: value for key, value in finding.spans.items() if key != name}
    if name in finding.why:
        second.why = {**second.why, name: finding.why[name]}


def _item_after(
    item: DraftItem, text: str, position: int, place: int | None, finding: DraftFinding | None = None
) -> DraftItem:
    start = item.span_start if place is None else place
    end = item.span_end
    return DraftItem(
        finding=finding or item.finding,
        kind=item.kind,
        position=position,
        origin=Origin.ADDED.value,
        text=text.strip(),
        span_start=start,
        span_end=None if start is None or end is None else max(start, end),
    )
