"""Which rule read each field of a reading, and where (识读依据): from the claims made while reading."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zhenggai.domain.reading import DocumentKind, Explanation, PartKind
from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import status, wording
from zhenggai.reading.interpreting.bodies import inspector_of, organisation_of
from zhenggai.reading.interpreting.closing import published_in
from zhenggai.reading.interpreting.dates import signature_day, spoken_day
from zhenggai.reading.interpreting.heading import Frame
from zhenggai.reading.interpreting.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.domain.reading import Item, ReadFinding, Reading, Section
    from zhenggai.reading.interpreting.parts import Claim

_WORDS_MOST = 40
# Wording longer than this is not looked for across its line breaks.
_SPREAD_MOST = 300
_AFTER = {
    "label": "after_label",
    "body": "after_label",
    "cell": "cell_beside_label",
    "fixed_heading": "under_label",
}
_FIELDS = ("responsible_leader", "lead_unit", "supporting_units", "due_text")


def explained(reading: Reading, claims: Sequence[Claim], frame: Frame) -> tuple[Explanation, ...]:
    """Every field of ``reading`` that holds something, in its order, with its rule and its place."""
    return tuple(_Explainer(reading, claims, frame).all())


def _is_day(line: str) -> bool:
    return signature_day(line) is not None or spoken_day(line) is not None


class _Explainer:
    def __init__(self, reading: Reading, claims: Sequence[Claim], frame: Frame) -> None:
        self.reading = reading
        self.text = reading.text
        self.frame = frame
        self.fields: dict[str, list[Claim]] = defaultdict(list)
        self.labels: dict[str, Claim] = {}
        for item in claims:
            if item.kind is PartKind.LABEL and item.rule in {"label", "item_label"}:
                self.labels.setdefault(item.path, item)
            elif item.kind in {PartKind.FIELD, PartKind.HEADING} and item.start < -item.minus_end:
                self.fields[item.path].append(item)
        for found in self.fields.values():
            found.sort()

    def all(self) -> Iterator[Explanation]:
        yield from self._document()
        yield from self._dates()
        for number, section in enumerate(self.reading.sections):
            place = self._place(f"sections/{number}/title")
            yield Explanation(f"sections/{number}", f"heading_{section.role.value}", place or section.span)
        above = _enclosing(self.reading.sections, self.reading.findings)
        for number, finding in enumerate(self.reading.findings):
            yield from self._finding(f"findings/{number}", finding, above[number])
        yield from self._figures()
        yield from self._contact()
        if self.reading.truncated and self.frame.breaks_at is not None:
            end = len(self.text.rstrip())
            yield Explanation("truncated", "breaks_off", Span(self.frame.breaks_at, end))

    def _document(self) -> Iterator[Explanation]:
        reading = self.reading
        title = self._place("title")
        yield Explanation("kind", *self._kind(title))
        if reading.title is not None:
            is_news = reading.kind is DocumentKind.NEWS and "关于" not in reading.title
            rule = "headline" if is_news else "title"
            yield Explanation("title", rule if title else "page_title", title)
        if reading.organisation is not None:
            rule, area = self._organisation(reading.organisation, title)
            place = area and (_found(self.text, reading.organisation, area) or area)
            yield Explanation("organisation", rule, place)
        if reading.inspector is not None:
            rule, area = self._inspector(reading.inspector, title)
            place = area and (_found(self.text, reading.inspector, area) or area)
            yield Explanation("inspector", rule, place)

    def _inspector(self, name: str, title: Span | None) -> tuple[str, Span | None]:
        if inspector_of(self.frame.lead) == name:
            return "inspector_in_lead", self.frame.lead_span
        if inspector_of(self.reading.title or "") == name:
            return "inspector_in_title", title
        return "inspector_addressed", Span(0, self.frame.lead_span.start)

    def _organisation(self, name: str, title: Span | None) -> tuple[str, Span | None]:
        """By which of the ways to find it the organisation was found, asked in their order."""
        top = Span(0, self.frame.lead_span.end)
        if organisation_of(self.reading.title, "", "") == name:
            return "organisation_in_title", title
        if organisation_of(None, "", top.of(self.text)) == name:
            return "organisation_on_line", top
        if organisation_of(None, self.frame.lead, "") == name:
            return "organisation_in_lead", self.frame.lead_span
        return "organisation_signed", self._place("signature")

    def _kind(self, title: Span | None) -> tuple[str, Span | None]:
        kind, lead = self.reading.kind, self.frame.lead_span
        first = self.reading.findings[0].span if self.reading.findings else None
        if kind is DocumentKind.OTHER:
            return "kind_unknown", None
        if kind_of(self.reading.title, "", headings=0, rows=0) is kind:
            return "kind_by_title", title
        if kind_of(None, self.frame.lead, headings=0, rows=0) is kind:
            return "kind_by_lead", lead
        return ("kind_by_table" if kind is DocumentKind.LEDGER else "kind_by_findings"), first

    def _dates(self) -> Iterator[Explanation]:
        dates = self.reading.dates
        for name, rule, value in (
            ("on_site", "on_site_days", dates.on_site),
            ("feedback_on", "feedback_day", dates.feedback_on),
            ("as_of", "as_of_day", dates.as_of),
        ):
            if value is not None:
                yield Explanation(f"dates/{name}", rule, self._place(f"dates/{name}"))
        if dates.published_on is not None:
            yield Explanation("dates/published_on", *self._published())

    def _published(self) -> tuple[str, Span | None]:
        source = self.reading.dates.published_source
        signed = self._place("dates/published_on") or self._place("signature")
        if source == "text":
            if signed is not None:
                return "signature_day", signed
            beside = (*self.frame.portal, *self._first_lines(self.frame.lead_span))
            told = (span for span in beside if _is_day(span.of(self.text)))
            return "day_under_title", next(told, None)
        if source == "metadata":
            return "page_metadata", None
        printed = (span for span in self.frame.portal if published_in(span.of(self.text)))
        return "source_line", next(printed, None)

    def _first_lines(self, area: Span) -> Iterator[Span]:
        start = area.start
        for line in area.of(self.text).split("\n")[:4]:
            yield Span(start, start + len(line))
            start += len(line) + 1

    def _finding(self, path: str, finding: ReadFinding, above: Sequence[int]) -> Iterator[Explanation]:
        titles = self.fields.get(f"{path}/title")
        heading = titles[0] if titles else None
        if finding.number is not None:
            yield self._number(path, finding, heading)
        yield from self._headings(path, finding, above)
        yield self._title(path, finding, heading)
        for name in ("problem", "result"):
            if getattr(finding, name) is not None:
                yield self._leaf(path, name, finding, "task" if name == "problem" else name)
        yield from self._items(f"{path}/measures", finding.measures, finding)
        yield from self._items(f"{path}/actions", finding.actions, finding)
        yield from self._status(path, finding)
        for name in _FIELDS:
            if getattr(finding, name):
                yield self._leaf(path, name, finding, "person" if name == "responsible_leader" else name)
        if finding.due_on is not None:
            yield Explanation(f"{path}/due_on", "due_day", self._place(f"{path}/due_text"))
        if finding.truncated:
            yield Explanation(f"{path}/truncated", "breaks_off", finding.span)

    def _number(self, path: str, finding: ReadFinding, heading: Claim | None) -> Explanation:
        cell = self._place(f"{path}/number")
        if cell is not None:
            return Explanation(f"{path}/number", "row_number", cell)
        return self._by_heading(f"{path}/number", finding, heading)

    def _title(self, path: str, finding: ReadFinding, heading: Claim | None) -> Explanation:
        if heading is None:
            told = self._leaf(path, "problem", finding, "task")
            place = told.span or finding.span
            if wording.clean(place.of(self.text)) == finding.title:
                return Explanation(f"{path}/title", told.rule, place, told.words)
            place = _found(self.text, finding.title, place) or place
            return Explanation(f"{path}/title", "first_sentence", place)
        return self._by_heading(f"{path}/title", finding, heading)

    def _by_heading(self, path: str, finding: ReadFinding, heading: Claim | None) -> Explanation:
        place = Span(heading.start, -heading.minus_end) if heading else finding.span
        if heading is not None and heading.rule != "heading":
            is_counted = heading.rule == "unnumbered" and finding.number
            return Explanation(path, "counted" if is_counted else heading.rule, place)
        over, _, number = (finding.number or "").rpartition("/")
        rule = "heading_below" if over else "heading_numbered" if number else "heading"
        words = tuple(pair for pair in (("number", number), ("above", over)) if pair[1])
        return Explanation(path, rule, place, words)

    def _headings(self, path: str, finding: ReadFinding, above: Sequence[int]) -> Iterator[Explanation]:
        sections = self.reading.sections
        for name in ("theme", "group", "organisation"):
            value = getattr(finding, name)
            if value is None:
                continue
            cell = self._place(f"{path}/{name}")
            number = next((one for one in reversed(above) if _names(sections[one], name, value)), None)
            if cell is not None or number is None:
                place = cell or _last(self.text, value, finding.span.start)
                yield Explanation(f"{path}/{name}", "cell_above", place)
                continue
            rule = "unit_heading" if name == "organisation" else f"{name}_heading"
            words = () if name == "organisation" else (("words", _short(value)),)
            yield Explanation(f"{path}/{name}", rule, self._place(f"sections/{number}/title"), words)

    def _leaf(self, path: str, name: str, finding: ReadFinding, other: str) -> Explanation:
        """A field from the claim on it, or on ``other``, by which the same field may have been read."""
        own = f"{path}/{name}"
        known = own if own in self.fields else f"{path}/{other}"
        found = self.fields.get(known)
        place = self._place(known) or finding.span
        return Explanation(own, *self._by_label(known, found[0].rule if found else "body", place))

    def _by_label(self, path: str, rule: str, place: Span) -> tuple[str, Span, tuple[tuple[str, str], ...]]:
        label = self.labels.get(path)
        after = _AFTER.get(rule)
        if label is None or after is None or label.start > place.start:
            return rule, place, ()
        words = _short(self.text[label.start : -label.minus_end].strip(" \u3000\n:："))
        return after, place, (("words", words),)

    def _items(self, path: str, items: Sequence[Item], finding: ReadFinding) -> Iterator[Explanation]:
        for number, item in enumerate(items):
            own = f"{path}/{number}"
            yield Explanation(f"{own}/text", "item", item.span)
            for name, value in (("leader", item.leader), ("unit", item.unit), ("due_text", item.due_text)):
                if value is None:
                    continue
                label = self.labels.get(f"{own}/{name}")
                if label is not None:
                    words = _short(self.text[label.start : -label.minus_end].strip(" \u3000\n:："))
                    place = self._place(f"{own}/{name}") or item.span
                    yield Explanation(f"{own}/{name}", "item_after_label", place, (("words", words),))
                else:
                    place = _found(self.text, value, finding.span) or finding.span
                    yield Explanation(f"{own}/{name}", "row_of_item", place)
            if item.due_on is not None:
                due = self._place(f"{own}/due_text") or _found(self.text, item.due_text or "", finding.span)
                yield Explanation(f"{own}/due_on", "due_day", due or item.span)

    def _status(self, path: str, finding: ReadFinding) -> Iterator[Explanation]:
        printed = self._printed_status(path, finding)
        if printed is not None:
            yield printed
        said = status.stated(finding.status_text) if finding.status_text else status.Stated()
        place = printed.span if printed else None
        if finding.stated_progress is not None:
            yield Explanation(f"{path}/stated_progress", "status_words", place)
        if finding.stated_nature is not None:
            nature, due = self._place(f"{path}/stated_nature"), self._place(f"{path}/due_text")
            if said.nature is not None:
                yield Explanation(f"{path}/stated_nature", "status_words", place)
            elif nature is not None:
                yield Explanation(f"{path}/stated_nature", "nature_words", nature)
            else:
                yield Explanation(f"{path}/stated_nature", "due_words", due)
        if finding.stated_closed is not None:
            column = self._place(f"{path}/stated_closed")
            if said.closed is not None or column is None:
                yield Explanation(f"{path}/stated_closed", "status_words", place)
            else:
                yield Explanation(f"{path}/stated_closed", "closed_words", column)

    def _printed_status(self, path: str, finding: ReadFinding) -> Explanation | None:
        if finding.status_text is None:
            return None
        own = f"{path}/status_text"
        if own in self.fields:
            return self._leaf(path, "status_text", finding, "status_text")
        nature = self._place(f"{path}/stated_nature")
        if nature is not None:
            return Explanation(own, *self._by_label(f"{path}/stated_nature", "label", nature))
        closing = self._place(f"{path}/stated_closed")
        if closing is not None:
            rule, place, words = self._by_label(f"{path}/stated_closed", "label", closing)
            label = self.labels.get(f"{path}/stated_closed")
            return Explanation(own, rule, Span(label.start, place.end) if label else place, words)
        blanket = self._place("findings/*/status_text")
        if blanket is not None:
            return Explanation(own, "blanket", blanket)
        return Explanation(own, "result_is_status", self._place(f"{path}/result") or finding.span)

    def _figures(self) -> Iterator[Explanation]:
        for number, statistic in enumerate(self.reading.statistics):
            yield Explanation(f"statistics/{number}/text", "statistic", statistic.span)
            start = statistic.span.start
            for place, figure in enumerate(statistic.figures):
                found = _found(self.text, figure.value, Span(start, statistic.span.end)) or statistic.span
                start = found.end if found != statistic.span else start
                yield Explanation(f"statistics/{number}/figures/{place}", "figure", found)

    def _contact(self) -> Iterator[Explanation]:
        contact = self.reading.contact
        if contact is None or contact.span is None:
            return
        for name, rule, values in (
            ("phones", "contact_phone", contact.phones),
            ("emails", "contact_email", contact.emails),
            ("addresses", "contact_address", contact.addresses),
        ):
            for number, value in enumerate(values):
                place = _found(self.text, value, contact.span) or contact.span
                yield Explanation(f"contact/{name}/{number}", rule, place)

    def _place(self, path: str) -> Span | None:
        found = self.fields.get(path)
        return Span(found[0].start, max(-item.minus_end for item in found)) if found else None


def _names(section: Section, name: str, value: str) -> bool:
    if name == "organisation":
        return wording.unit_of(section.title) == value
    return wording.named(section.title) == value


def _enclosing(sections: Sequence[Section], findings: Sequence[ReadFinding]) -> list[tuple[int, ...]]:
    """The sections that each finding stands in, by their place in the list, outermost first."""
    waiting = sorted(
        range(len(sections)), key=lambda number: (sections[number].span.start, -sections[number].span.end)
    )
    result: list[tuple[int, ...]] = []
    stack: list[int] = []
    at = 0
    for finding in findings:
        while at < len(waiting) and sections[waiting[at]].span.start <= finding.span.start:
            stack.append(waiting[at])
            at += 1
        stack = [number for number in stack if sections[number].span.end > finding.span.start]
        result.append(tuple(stack))
    return result


def _found(text: str, words: str, within: Span) -> Span | None:
    """Where ``words`` stand first inside ``within``, whatever blanks and line breaks lie between them."""
    start = text.find(words, within.start, within.end)
    if start >= 0:
        return Span(start, start + len(words))
    if len(words) > _SPREAD_MOST:
        return None
    letters = [re.escape(letter) for letter in words if not letter.isspace()]
    spread = re.compile(r"\s*".join(letters)).search(text, *within)
    return Span(*spread.span()) if spread else None


def _last(text: str, words: str, end: int) -> Span | None:
    """Where ``words`` stand last before ``end``."""
    start = text.rfind(words, 0, end)
    return Span(start, start + len(words)) if start >= 0 else None


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _WORDS_MOST else plain[:_WORDS_MOST] + "…"
