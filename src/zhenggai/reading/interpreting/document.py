"""One restored document → its reading (``zhenggai.notice/1``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from zhenggai.domain.reading import DocumentKind, PartKind, Reading, Section, Source
from zhenggai.domain.spans import Span
from zhenggai.reading.embedded import OBJECT, WHY_EMBEDDED
from zhenggai.reading.interpreting import cells_by_blank, cells_by_line, spoken, table_rows, tables, wording
from zhenggai.reading.interpreting import closing as closing_lines
from zhenggai.reading.interpreting.blanket import blanket
from zhenggai.reading.interpreting.bodies import addressed_in, inspector_of, organisation_of
from zhenggai.reading.interpreting.columns import NO_HEADER
from zhenggai.reading.interpreting.days import dates_of, under_title_on, with_relative_days
from zhenggai.reading.interpreting.drafts import Draft
from zhenggai.reading.interpreting.figures import statistics
from zhenggai.reading.interpreting.finish import Finisher
from zhenggai.reading.interpreting.fixed import of_lead
from zhenggai.reading.interpreting.heading import Frame, Opening, headline, opening
from zhenggai.reading.interpreting.kind_told import kind_from
from zhenggai.reading.interpreting.kinds import is_about_rectification, kind_of, tells_results
from zhenggai.reading.interpreting.labels import (
    ANSWERS,
    Field,
    LabelIndex,
    below_labels,
    numbered_labels,
)
from zhenggai.reading.interpreting.lead import running
from zhenggai.reading.interpreting.loose import before_loose, swallowed_by_loose
from zhenggai.reading.interpreting.no_report import is_pattern, is_rule
from zhenggai.reading.interpreting.overlooked import WHY_OVERLOOKED, overlooked, within
from zhenggai.reading.interpreting.parts import (
    WHY_NO_NOTICE,
    WHY_PAGE,
    WHY_PATTERN,
    WHY_TABLE,
    Claim,
    claim,
    partition,
)
from zhenggai.reading.interpreting.sections import Search
from zhenggai.reading.interpreting.traditional import in_its_own_letters, simplified_twin
from zhenggai.reading.interpreting.trail import Place
from zhenggai.reading.interpreting.unnumbered import without_number
from zhenggai.reading.interpreting.usual_marks import with_usual_marks
from zhenggai.reading.interpreting.without_field import left_around
from zhenggai.reading.outline import Outline, outline
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind, paragraphs
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.domain.reading import Contact, ReadFinding
    from zhenggai.reading.restoring import Restored

_ABOUT_ONE = frozenset({DocumentKind.CLOSURE_NOTICE, DocumentKind.NOTICE})
_OWN_KINDS = frozenset({DocumentKind.NOTICE, DocumentKind.REPORT, DocumentKind.PLAN})


def interpret(restored: Restored, *, explain: bool = False) -> Reading:
    """Read the structure of ``restored``; what the document does not say stays null.

    With ``explain`` every field also says which rule read it and where.

    Source: DOMAIN §10; headings by count and order, findings by their labels and wording.
    """
    usual = with_usual_marks(restored.text)
    twin = simplified_twin(usual or restored.text) or usual
    interpreter = _Interpreter(restored if twin is None else replace(restored, text=twin))
    reading = interpreter.reading()
    if explain:
        from zhenggai.reading.interpreting.explaining import explained  # noqa: PLC0415 - only where asked for

        reading = replace(reading, explained=explained(reading, interpreter.claims, interpreter.frame))
    return reading if twin is None else in_its_own_letters(reading, restored.text)


class _Interpreter:
    def __init__(self, restored: Restored) -> None:
        self.restored = restored
        self.text = restored.text
        lines = table_rows.without_navigation(self.text, paragraphs(self.text))
        self.lines = cells_by_blank.apart(self.text, lines)
        self.unfolded = cells_by_line.unfolded(self.text, self.lines)
        self.inside = [Span(table.start, table.end) for table in self.unfolded]
        self.prose = (
            [
                line
                for line in self.lines
                if not any(span.start <= line.start < span.end for span in self.inside)
            ]
            if self.inside
            else self.lines
        )
        self.index = LabelIndex(self.text, self.prose)
        below = max((table.certain_end for table in self.unfolded), default=0)
        self.closing = closing_lines.closing(self.text, self.lines, below)
        self.claims: list[Claim] = []
        self.frame = Frame()

    def reading(self) -> Reading:
        text, decoded = self.text, self.restored.decoded
        plan = self._outline()
        table_runs = table_rows.runs(self.lines)
        first = min(
            [heading.start for heading in plan.roots[:1]]
            + [run[0].start for run in table_runs[:1]]
            + [span.start for span in self.inside[:1]]
            + [self.closing.start]
        )
        first = before_loose(self.index, self.lines, first)
        head = opening(text, self.lines, first, decoded.metadata)
        lead = (above := running(text, self.lines, head.lead)).text
        kind = kind_of(head.title, lead, headings=len(plan.roots), rows=len(table_runs))
        news = headline(text, head) if kind is DocumentKind.NEWS else None
        if news is not None:
            head = replace(head, title=news[0], title_span=news[1])
        pattern = is_pattern(text, self.lines, head.title or decoded.metadata.get("title"))
        rule = pattern or is_rule(text, self.lines)
        kind = DocumentKind.OTHER if rule else kind
        search = Search(
            text,
            self.index,
            kind,
            trusting=not rule and is_about_rectification(kind, head.title, lead),
            answering=tells_results(head.title, lead),
            lead=head.lead if kind in _ABOUT_ONE else None,
        )
        swallowed = swallowed_by_loose(self.index, plan.roots)
        search.only_list(plan.roots) if rule else search.walk(plan.roots[swallowed:])
        loose_end = plan.roots[swallowed].start if swallowed < len(plan.roots) else self.closing.start
        untold = rule or kind is DocumentKind.NEWS
        drafts = [] if untold else self._drafts(search, Span(head.lead.start, loose_end), table_runs)
        if pattern:
            self._set_aside(table_runs)
        kind = kind_from(kind, head.title, drafts, table_runs)
        breaks_at = closing_lines.breaks_off(text, self.lines, self.closing.start, self.index.labels)
        if breaks_at is not None and closing_lines.ends_with_bare_headings(text, plan.roots):
            breaks_at = None
        breaks_at = self._headless_end(drafts, breaks_at)
        finisher = Finisher(text, self.index)
        findings = finisher.finish(drafts, breaks_at)
        self.claims.extend(finisher.claims)
        findings = blanket(text, findings, drafts, kind, self.claims)
        sections = self._sections(search)
        published = closing_lines.published_in("\n".join(span.of(text) for span in head.portal))
        under_title = under_title_on(text, head.portal, self.lines, head.title_span)
        dates, places = dates_of(
            text,
            above,
            self.closing.signed_on or under_title,
            self.restored.facts,
            decoded.metadata,
            published,
            head.lead.end,
            drafts[0].start if drafts else len(text),
        )
        if dates.published_on is not None:
            planned = kind is DocumentKind.PLAN
            findings = with_relative_days(findings, dates.published_on, planned=planned)
        figures = statistics(text, self._areas(drafts))
        known = self._contact(head, plan)
        self._frame(head, lead, places, known.span if known else None, breaks_at)
        if not rule and (search.trusting or kind is DocumentKind.NEWS):
            where = within(self._areas(drafts), search.found.sections, drafts)
            self.claims.extend(
                claim(*span, PartKind.UNREAD, WHY_OVERLOOKED, "overlooked")
                for span in overlooked(text, where, faults=not drafts and kind is not DocumentKind.NEWS)
            )
        around = (head.lead, Span(self.closing.start, len(text)))
        self.claims.extend(left_around(text, self.index, around, self.claims))
        if (
            not (head.title or plan.roots or findings or figures or any((dates.on_site, dates.feedback_on)))
            and kind is DocumentKind.OTHER
        ):
            start = len(text) - len(text.lstrip())
            self.claims = [claim(start, len(text.rstrip()), PartKind.UNREAD, WHY_NO_NOTICE, "no_notice")]
        parts, unread = partition(text, self.claims)
        return Reading(
            kind=kind,
            source=Source(
                decoded.name,
                decoded.sha256,
                decoded.format,
                decoded.encoding,
                decoded.picture_pages,
                decoded.recognised_pages,
            ),
            decoded=decoded.text,
            text=text,
            edits=self.restored.edits,
            parts=parts,
            title=head.title,
            organisation=self._organisation(head, lead, kind, findings),
            inspector=inspector_of(lead)
            or inspector_of(head.title or "")
            or addressed_in(text[: head.lead.start]),
            dates=dates,
            sections=sections,
            findings=findings,
            statistics=tuple(figures),
            contact=known,
            truncated=breaks_at is not None,
            unread=unread,
            places=self.restored.decoded.places,
        )

    def _outline(self) -> Outline:
        text, labels = self.text, self.index.labels
        numbered = numbered_labels(text, labels)
        unnumbered = without_number(text, self.prose, self.index, self.closing.start)
        nested = below_labels(text, labels, self.prose)
        return outline(text, self.index.starts, self.closing.start, self.prose, numbered, unnumbered, nested)

    def _organisation(
        self, head: Opening, lead: str, kind: DocumentKind, findings: tuple[ReadFinding, ...]
    ) -> str | None:
        """The inspected organisation; whoever signed a report of its own where title and lead name nobody."""
        units = {finding.organisation for finding in findings} - {None}
        named = organisation_of(head.title, lead, self.text[: head.lead.end]) if len(units) < 2 else None
        if named is not None or units or kind not in _OWN_KINDS:
            return named
        return closing_lines.signed_by(self.text, self.closing)

    def _drafts(
        self,
        search: Search,
        loose: Span,
        table_runs: Sequence[Sequence[Paragraph]],
    ) -> list[Draft]:
        drafts = list(search.found.drafts)
        drafts.extend(search.loose(*loose, Place(inside=True)))
        header = NO_HEADER
        for run in table_runs:
            ledger, header = tables.read_rows(self.text, run, header, self._theme_above(run[0]))
            drafts.extend(ledger.drafts)
            self.claims.extend(
                claim(cell.start, cell.end, PartKind.LABEL, "table/header", "column")
                for cell in ledger.header
            )
            self.claims.extend(
                claim(row.start, row.end, PartKind.UNREAD, WHY_TABLE, "stray_row") for row in ledger.strays
            )
        for table in self.unfolded:
            drafts.extend(cells_by_line.read_unfolded(self.text, table))
            self.claims.extend(cells_by_line.claims_of(table, self.closing.start))
        if search.kind is DocumentKind.FEEDBACK and spoken.may_list(drafts):
            drafts = spoken.announced(self.text, self._areas(())) or drafts
        for draft in drafts:
            draft.organisation = draft.organisation or search.found.unit_at(draft.start)
        drafts.sort(key=lambda draft: draft.start)
        if search.lead is not None:
            drafts = of_lead(self.text, search.lead, self.lines[0].start, drafts)
        if not search.trusting and search.kind is DocumentKind.OTHER:
            drafts = [
                draft
                for draft in drafts
                if draft.rule != "unnumbered" or draft.has(*ANSWERS, Field.DUE, Field.LEAD_UNIT)
            ]
        return [draft for draft in drafts if wording.clean(draft.title) or self._says_what(draft)]

    def _set_aside(self, table_runs: Sequence[Sequence[Paragraph]]) -> None:
        """Say of the tables of a pattern why nothing was taken from them."""
        rows = [Span(row.start, row.end) for run in table_runs for row in run] + self.inside
        self.claims.extend(claim(*row, PartKind.UNREAD, WHY_PATTERN, "pattern_row") for row in rows)

    def _theme_above(self, row: Paragraph) -> str | None:
        """The theme that the line above a table names (一、党的领导方面), or null."""
        place = bisect_left(self.lines, row.start, key=attrgetter("start"))
        above = self.lines[place - 1] if place else row
        mark = mark_at(self.text, above.start, above.end)
        name = wording.clean(self.text[mark.end if mark else above.start : above.end])
        return name if above.kind is ParagraphKind.PROSE and wording.is_theme(name) else None

    def _says_what(self, draft: Draft) -> bool:
        told = draft.of(Field.PROBLEM, Field.TASK)
        return any(any(map(str.isalnum, self.text[passage.start : passage.end])) for passage in told)

    def _headless_end(self, drafts: Sequence[Draft], breaks_at: int | None) -> int | None:
        """A last finding with nothing under its heading, where others have answers, breaks off there."""
        if breaks_at is not None or len(drafts) < 3 or self.closing.start < len(self.text.rstrip()):
            return breaks_at
        last = drafts[-1]
        if last.end < len(self.text.rstrip()) or last.passages or last.rule == "row":
            return None
        answered = sum(draft.has(*ANSWERS) for draft in drafts[:-1])
        return last.start if answered * 5 >= len(drafts[:-1]) * 4 else None

    def _sections(self, search: Search) -> tuple[Section, ...]:
        demands = search.found.demands
        self.claims.extend(claim(*span, PartKind.FIELD, "closing", "closing") for span in demands)
        sections: list[Section] = []
        for number, (heading, role) in enumerate(search.found.sections):
            sections.append(
                Section(
                    heading.level,
                    heading.mark.number if heading.mark else None,
                    search.titles.of(heading),
                    role,
                    Span(heading.start, heading.end),
                )
            )
            self.claims.append(
                claim(
                    heading.start,
                    heading.title_end,
                    PartKind.HEADING,
                    f"sections/{number}/title",
                    f"heading_{role.value}",
                )
            )
            self.claims.append(
                claim(
                    heading.start,
                    heading.end,
                    PartKind.FIELD,
                    f"sections/{number}/body",
                    f"section_{role.value}",
                )
            )
        return tuple(sections)

    def _areas(self, drafts: Sequence[Draft]) -> list[Span]:
        """The prose paragraphs outside findings and tables."""
        areas: list[Span] = []
        taken = iter(sorted((draft.start, draft.end) for draft in drafts))
        start, end = next(taken, (len(self.text), 0))
        for line in self.lines:
            while end and end <= line.start:
                start, end = next(taken, (len(self.text), 0))
            if line.kind is ParagraphKind.PROSE and not start <= line.start < end:
                areas.append(Span(line.start, line.end))
        return areas

    def _contact(self, head: Opening, plan: Outline) -> Contact | None:
        start = self.closing.start
        for heading in plan.roots[-2:]:
            if re.search(r"联系|监督|反馈方式|公示", self.text[heading.title_start : heading.title_end]):
                start = min(start, heading.start)
                break
        known = closing_lines.contact(self.text, start, len(self.text))
        if known is None and head.lead.end > head.lead.start and not plan.roots:
            return closing_lines.contact(self.text, head.lead.start, head.lead.end)
        return known

    def _frame(
        self,
        head: Opening,
        lead: str,
        places: Sequence[tuple[str, Span]],
        contact: Span | None,
        breaks_at: int | None,
    ) -> None:
        text = self.text
        self.frame = Frame(lead, head.lead, head.portal, breaks_at)
        for line in self.lines:
            if line.kind is ParagraphKind.PAGE:
                self.claims.append(claim(line.start, line.end, PartKind.UNREAD, WHY_PAGE, "page_counter"))
        for file in re.finditer(OBJECT, text) if OBJECT in text else ():
            self.claims.append(claim(*file.span(), PartKind.UNREAD, WHY_EMBEDDED, "embedded_file"))
        if head.title_span is not None:
            self.claims.append(claim(*head.title_span, PartKind.FIELD, "title", "title"))
        self.claims.extend(claim(*span, PartKind.FIELD, "portal", "portal_line") for span in head.portal)
        start, end = head.lead
        end = start + len(text[start:end].rstrip())
        self.claims.append(claim(start, end, PartKind.FIELD, "lead", "lead"))
        self.claims.extend(claim(*span, PartKind.FIELD, path, "day") for path, span in places)
        if contact is not None:
            self.claims.append(claim(*contact, PartKind.FIELD, "contact", "contact"))
        begin, stop = self.closing.start, len(text.rstrip())
        self.claims.append(claim(begin, stop, PartKind.FIELD, "closing", "closing"))
        if self.closing.signed_span is not None:
            self.claims.append(
                claim(*self.closing.signed_span, PartKind.FIELD, "dates/published_on", "signature_day")
            )
        self.claims.extend(
            claim(*span, PartKind.FIELD, "signature", "signature") for span in self.closing.signatures
        )
