"""From a reading to the rows of a draft (生成草稿): what people will see, edit and confirm."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.reading import PartKind
from zhenggai.domain.spans import EditKind, Span
from zhenggai.intake.fields import DOCUMENT_FIELDS, FINDING_FIELDS, ITEM_FIELDS, Field, Shape
from zhenggai.intake.models import DraftFinding, DraftItem, DraftUnread
from zhenggai.intake.reasons import FACT_PATHS, FINDING_PATHS, Reason, Reasons
from zhenggai.intake.states import ItemKind, UnreadState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zhenggai.domain.reading import Item, Part, ReadFinding, Reading, Section, Unread
    from zhenggai.domain.spans import Edit
    from zhenggai.reading.workbook import WorkbookReading

EXCERPT_CHARACTERS: Final = 20_000
NUMBER_COLUMN: Final = 200
KEY_COLUMN: Final = 60
# A heading further back than this is not looked for: a theme of so many findings has its name all the same.
HEADINGS_BACK: Final = 2_000
# Cells that one field of a finding is told to stand in.
CELLS_OF_FIELD: Final = 20
# Stretches of nothing but marks and spaces are no text that a person has to decide about.
_SEPARATORS: Final = frozenset("\u3000\ufeff、,，.．。;；:：-—–_=*|·…()（）[]【】<>《》\"'“”‘’")


Rows = tuple[DraftFinding, list[DraftItem]]


@dataclass(slots=True)
class Draft:
    """The rows of one draft, not yet stored; findings with their items are made as somebody asks for them."""

    facts: dict[str, Any]
    spans: dict[str, list[int]]
    why: dict[str, Reason]
    findings: Iterator[Rows]
    unread: Iterator[DraftUnread]


def draft_of(reading: Reading, flags: Sequence[int]) -> Draft:
    """The draft of a reading; ``flags``: the places of what cannot be known, in the restored text, sorted."""
    places = _places(reading.parts)
    reasons = Reasons(reading.explained)
    headings = _headings(reading, places)
    facts, spans, why = _document(reading, places, reasons)
    findings = (
        _rows(reading.text, found, index, places, reasons, headings, flags)
        for index, found in enumerate(reading.findings)
    )
    return Draft(facts, spans, why, findings, _stretches(reading.unread))


def draft_of_book(read: WorkbookReading) -> Draft:
    """The draft of a workbook, finding by finding: a hundred thousand rows are never held explained at once.

    Cells of which nothing becomes a field are told by their columns (`Cover.kept_columns`), not one by one.
    """
    reading, explainer = read.reading, read.explainer()
    facts, spans, why = _document(reading, {}, Reasons(tuple(explainer.document())))

    def rows() -> Iterator[Rows]:
        for index, found in enumerate(reading.findings):
            places = _cells(read.cover.parts_of(index))
            reasons = Reasons(tuple(explainer.finding(index)))
            finding, items = _rows(reading.text, found, index, places, reasons, (), ())
            finding.key = read.sources[index].key[:KEY_COLUMN]
            yield finding, items

    return Draft(facts, spans, why, rows(), _stretches(read.cover.unread(cells=False)))


def _document(
    reading: Reading, places: Mapping[str, Sequence[int]], reasons: Reasons
) -> tuple[dict[str, Any], dict[str, list[int]], dict[str, Reason]]:
    facts = _clean(DOCUMENT_FIELDS, _facts(reading))
    why = reasons.document(facts)
    spans = _fact_spans(reading, facts, places)
    for name, place in reasons.places("", FACT_PATHS).items():
        # a kind that the first paragraphs told would mark all of them
        if name != "kind" or why["kind"][0] == "kind_by_title":
            spans.setdefault(name, place)
    return facts, spans, why


def _rows(
    text: str,
    found: ReadFinding,
    index: int,
    places: Mapping[str, Sequence[int]],
    reasons: Reasons,
    headings: Sequence[_Heading],
    flags: Sequence[int],
) -> Rows:
    finding = _finding(text, found, index, places, headings)
    finding.why = reasons.finding(index, finding)
    for name, place in reasons.places(f"findings/{index}/", FINDING_PATHS).items():
        finding.spans.setdefault(name, place)
    finding.flags = bisect_left(flags, found.span.end) - bisect_left(flags, found.span.start)
    rows: list[DraftItem] = []
    for kind, items in ((ItemKind.MEASURE, found.measures), (ItemKind.ACTION, found.actions)):
        root = f"findings/{index}/{kind.value}s"
        for number, item in enumerate(items):
            row = _item(item, kind, number)
            row.why = reasons.item(f"{root}/{number}")
            rows.append(row)
    return finding, rows


def _stretches(unread: Iterable[Unread]) -> Iterator[DraftUnread]:
    for position, stretch in enumerate(unread):
        if _says_something(stretch):
            yield _unread(stretch, position)


def counts_of(edits: Iterable[Edit]) -> dict[str, int]:
    """How much of each kind the restorer changed (清理统计).

    Readings, punctuation, byte damage and flags are counted in edits, script in characters, furniture in
    lines.
    """
    counts: Counter[str] = Counter()
    for edit in edits:
        if edit.kind is EditKind.SCRIPT:
            counts[edit.kind] += len(edit.before)
        elif edit.kind is EditKind.FURNITURE:
            counts[edit.kind] += sum(1 for line in edit.before.split("\n") if line.strip()) or 1
        else:
            counts[edit.kind] += 1
    return {kind.value: counts[kind] for kind in EditKind}


def _facts(reading: Reading) -> dict[str, Any]:
    dates = reading.dates
    first, last = dates.on_site or (None, None)
    return {
        "kind": reading.kind.value,
        "title": reading.title,
        "organisation_label": reading.organisation,
        "inspector": reading.inspector,
        "on_site_from": first,
        "on_site_to": last,
        "feedback_on": dates.feedback_on,
        "as_of": dates.as_of,
        "published_on": dates.published_on,
    }


def _clean(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the columns hold them: no text is null, a line has no breaks, nothing holds a NUL."""
    clean: dict[str, Any] = {}
    for name, value in values.items():
        shape = fields[name].shape
        if shape in {Shape.LINE, Shape.TEXT, Shape.CHOICE}:
            text = str(value or "").replace("\x00", "").replace("\r\n", "\n").strip()
            clean[name] = " ".join(text.split("\n")) if shape is Shape.LINE else text
        else:
            clean[name] = value
    return clean


def _shown(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, str]:
    """What the reader said, as JSON can keep it and a form would show it."""
    return {name: fields[name].show(value) for name, value in values.items() if value not in {None, ""}}


def facts_as_read(facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts of the document as the reader gave them, for the record."""
    return _shown(DOCUMENT_FIELDS, facts)


def _places(parts: Iterable[Part]) -> dict[str, Span]:
    """Where each field stands: from the first to the last part that fills it; its label is not part of it."""
    places: dict[str, Span] = {}
    for part in parts:
        if not part.path or part.kind in {PartKind.LABEL, PartKind.UNREAD}:
            continue
        known = places.get(part.path)
        places[part.path] = Span(known.start, part.span.end) if known else part.span
    return places


def _cells(parts: Iterable[Part]) -> dict[str, tuple[int, ...]]:
    """Where each field of a finding of a workbook stands: its cells one by one, for others lie between."""
    places: dict[str, tuple[int, ...]] = {}
    for part in parts:
        if part.kind is PartKind.FIELD:
            known = places.get(part.path, ())
            if len(known) < 2 * CELLS_OF_FIELD:
                places[part.path] = (*known, *part.span)
    return places


def _fact_spans(
    reading: Reading, facts: Mapping[str, Any], places: Mapping[str, Sequence[int]]
) -> dict[str, list[int]]:
    spans: dict[str, list[int]] = {}
    for name, paths in FACT_PATHS.items():
        if name == "kind":
            continue
        place = next((places[path] for path in paths if path in places), None)
        if place is None and isinstance(facts[name], str):
            place = _found(reading.text, facts[name], Span(0, len(reading.text)))
        if place is not None:
            spans[name] = list(place)
    return spans


def _found(text: str, words: str, within: Span) -> Span | None:
    """Where the very words stand first, for a fact whose place the reader did not keep."""
    start = text.find(words, within.start, within.end) if words else -1
    return Span(start, start + len(words)) if start >= 0 else None


@dataclass(frozen=True, slots=True)
class _Heading:
    section: Section
    place: Span


def _headings(reading: Reading, places: Mapping[str, Span]) -> list[_Heading]:
    headings = []
    for index, section in enumerate(reading.sections):
        place = places.get(f"sections/{index}/title") or places.get(f"sections/{index}")
        if place is None:
            line = reading.text.find("\n", section.span.start, section.span.end)
            place = Span(section.span.start, line if line >= 0 else section.span.end)
        headings.append(_Heading(section, place))
    return sorted(headings, key=lambda heading: heading.section.span.start)


def _finding(
    text: str,
    found: ReadFinding,
    index: int,
    places: Mapping[str, Sequence[int]],
    headings: Sequence[_Heading],
) -> DraftFinding:
    values = _clean(
        FINDING_FIELDS,
        {
            "number": found.number,
            "theme": found.theme,
            "group": found.group,
            "title": found.title,
            "problem": found.problem,
            "organisation_label": found.organisation,
            "status_text": found.status_text,
            "stated_progress": found.stated_progress.value if found.stated_progress else "",
            "stated_nature": found.stated_nature.value if found.stated_nature else "",
            "stated_closed": found.stated_closed,
            "responsible_leader": found.responsible_leader,
            "lead_unit": found.lead_unit,
            "supporting_units": "、".join(found.supporting_units),
            "due_text": found.due_text,
            "due_on": found.due_on,
        },
    )
    # the column holds no more; what is longer is no number
    values["number"] = values["number"][:NUMBER_COLUMN]
    root = f"findings/{index}/"
    spans = {name: list(places[root + name]) for name in FINDING_FIELDS if root + name in places}
    if root + "organisation" in places:
        spans["organisation_label"] = list(places[root + "organisation"])
    for name in ("status_text", "responsible_leader", "lead_unit", "due_text"):
        place = _found(text, values[name], found.span)
        if name not in spans and place is not None:
            spans[name] = list(place)
    for name in ("theme", "group"):
        heading = _heading_of(found, getattr(found, name), headings)
        if heading is not None:
            spans.setdefault(name, list(heading))
    return DraftFinding(
        position=index,
        result=(found.result or "").replace("\x00", ""),
        truncated=found.truncated,
        span_start=found.span.start,
        span_end=found.span.end,
        spans=spans,
        as_read=_shown(FINDING_FIELDS, values),
        **values,
    )


def _heading_of(found: ReadFinding, title: str | None, headings: Sequence[_Heading]) -> Span | None:
    """The nearest heading of that wording that the finding stands under; ``headings`` are in their order."""
    if not title:
        return None
    at = bisect_right(headings, found.span.start, key=lambda heading: heading.section.span.start)
    for heading in reversed(headings[max(0, at - HEADINGS_BACK) : at]):
        if heading.section.title == title and found.span.start < heading.section.span.end:
            return heading.place
    return None


def _item(item: Item, kind: ItemKind, position: int) -> DraftItem:
    text = _clean(ITEM_FIELDS, {"text": item.text})["text"]
    return DraftItem(
        kind=kind.value,
        position=position,
        text=text,
        leader=item.leader or "",
        unit=item.unit or "",
        due_text=item.due_text or "",
        due_on=item.due_on,
        span_start=item.span.start,
        span_end=item.span.end,
        as_read={"text": text},
    )


def _unread(stretch: Unread, position: int) -> DraftUnread:
    text = stretch.text.replace("\x00", "")
    return DraftUnread(
        position=position,
        span_start=stretch.span.start,
        span_end=stretch.span.end,
        text=text[:EXCERPT_CHARACTERS],
        length=len(text),
        why=stretch.why,
        state=UnreadState.OPEN.value,
    )


def _says_something(stretch: Unread) -> bool:
    return any(not letter.isspace() and letter not in _SEPARATORS for letter in stretch.text)
