"""The days of a document (日期): on site, feedback, cut-off, publication."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.domain.reading import Dates
from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.dates import (
    Stretch,
    day,
    days_in,
    first_day,
    month_end,
    months_in,
    relative_due,
    signature_day,
    spoken_day,
    stretches_in,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhenggai.domain.reading import Item, ReadFinding
    from zhenggai.reading.outline_lines import Paragraph

_AS_OF = re.compile(
    r"截[至止](?:到)?\s?(?P<y>\d{4})(?:\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日|(?P<end>份?[底末]))"
    r"|(?P<dot>[.．/-])(?P<m2>\d{1,2})(?P=dot)(?P<d2>\d{1,2})(?![\d.．/-]))"
)
_ON_SITE = re.compile(r"巡[察视]|审计|督[察查]|进驻|检查")
_FEEDBACK_LINE = re.compile(r"反馈(?:时间|日期)[:：]\s*")
_SHOWN = re.compile(r"公示(?:期|时间|时限)")
_CLAUSES = re.compile(r"[^。；;]+")
_YEAR = re.compile(r"(\d{4})年")
_YEAR_APART = re.compile(r"(\d{4})年[,，]?[^,，。；;\d]{2,30}(?=\d{1,2}\s?月)")
"""A year before the days it belongs to, with words between (2030年区委第一巡察组于6月3日至7月20日)."""
_MONTH_ALONE = re.compile(r"\d{1,2}\s?月(?!\s?\d)")
"""A month without its day: what it tells happened on no day that is printed before it."""
_PUBLISHED = ("published_on", "published", "PubDate", "pubdate", "publishdate")
_FAR = 2000
_UNDER = 16
"""The line under the title is one of the first this many."""


def _clauses(text: str, area: Span, lines: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """``[start, end)`` between full stops and semicolons where ``area`` begins, across wrapped lines."""
    result: list[tuple[int, int]] = []
    for line in lines:
        if line.start >= min(area.end, area.start + _FAR):
            break
        if line.end > area.start:
            found = _CLAUSES.finditer(text, max(line.start, area.start), min(line.end, area.end))
            result.extend(item.span() for item in found)
    return result


def dates_of(
    text: str,
    lead: Span,
    signed: date | None,
    facts: Mapping[str, str],
    metadata: Mapping[str, str],
    portal: date | None,
    lines: Sequence[Paragraph],
    until: int,
) -> tuple[Dates, list[tuple[str, Span]]]:
    """The days of a document and where they are printed; its cut-off day (截至) stands before ``until``."""
    published, source = signed, "text" if signed else None
    if published is None and facts.get("published_on"):
        published = first_day(facts["published_on"])
        source = facts.get("published_source", "source_line")
    if published is None:
        published, source = portal, "source_line" if portal else None
    if published is None:
        published = next(filter(None, (first_day(metadata.get(name, "")) for name in _PUBLISHED)), None)
        source = "metadata" if published else None
    on_site, feedback = _visit(text, lead, lines, None if source == "metadata" else published)
    if feedback is None and (said := _FEEDBACK_LINE.search(text, 0, lead.end)) is not None:
        singles = days_in(text, said.end(), min(said.end() + 16, len(text)))
        feedback = singles[0] if singles and singles[0].start == said.end() else None
    places = []
    if on_site is not None:
        places.append(("dates/on_site", Span(on_site.start, on_site.end)))
    if feedback is not None:
        places.append(("dates/feedback_on", Span(feedback.start, feedback.end)))
    as_of = _as_of(text, until)
    if as_of is not None:
        places.append(("dates/as_of", Span(as_of.start, as_of.end)))
    stay = (on_site.first, on_site.last) if on_site else None
    told = feedback.first if feedback else None
    return Dates(stay, told, as_of.last if as_of else None, published, source), places


def under_title_on(
    text: str, portal: Sequence[Span], lines: Sequence[Paragraph], title: Span | None
) -> date | None:
    """The day that a line beside ``title`` is, or that of the speech that a line under it names, or null.

    ——2031年12月25日在…会议上
    """
    alone = next(filter(None, (signature_day(span.of(text)) for span in portal)), None)
    if alone is not None or title is None:
        return alone
    under = [line for line in lines[:_UNDER] if line.start >= title.end][:3]
    return next(filter(None, (spoken_day(text[line.start : line.end]) for line in under)), None)


def _visit(
    text: str, lead: Span, lines: Sequence[Paragraph], published: date | None
) -> tuple[Stretch | None, Stretch | None]:
    """The stay on site and the day of the feedback, as the lead tells them; 今年 is that of ``published``."""
    on_site: Stretch | None = None
    feedback: Stretch | None = None
    year: int | None = None
    for low, high in _clauses(text, lead, lines):
        if year is None:
            year = _year_of(text, low, high, published)
        stretches = stretches_in(text, low, high, year)
        if (
            on_site is None
            and stretches
            and _ON_SITE.search(text, low, high)
            and not _SHOWN.search(text, low, high)
        ):
            on_site = stretches[0]
            year = on_site.last.year
        elif (
            on_site is None
            and not stretches
            and _ON_SITE.search(text, low, high)
            and (months := months_in(text, low, high)) is not None
        ):
            on_site = months
        told = text.find("反馈", low, high)
        if feedback is None and told >= 0:
            told_years = _YEAR.findall(text, low, told)
            singles = [
                single
                for single in days_in(text, low, told, int(told_years[0]) if told_years else year)
                if not any(item.start <= single.start < item.end for item in stretches)
            ]
            feedback = singles[-1] if singles else None
            if feedback is not None and _MONTH_ALONE.search(text, feedback.end, told):
                feedback = None
        years = _YEAR.findall(text, low, high)
        year = int(years[-1]) if years else year
    return on_site, feedback


def _year_of(text: str, low: int, high: int, published: date | None) -> int | None:
    """The year of the days in a clause that stands apart from them, or is the one of ``published``."""
    printed = _YEAR_APART.search(text, low, high)
    if printed is not None:
        return int(printed[1])
    this_year = text.find("今年", low, high)
    if published is None or this_year < 0:
        return None
    told = days_in(text, this_year, high, published.year)
    return published.year if told and all(one.last <= published for one in told) else None


def _as_of(text: str, until: int) -> Stretch | None:
    """The day up to which the figures count (截至2024年6月底), with its place."""
    said = _AS_OF.search(text, 0, until)
    if said is None:
        return None
    year, month, of_month = int(said["y"]), int(said["m"] or said["m2"]), said["d"] or said["d2"]
    value = day(year, month, int(of_month)) if of_month else month_end(year, month)
    return Stretch(value, value, *said.span()) if value else None


def with_relative_days(
    findings: Sequence[ReadFinding], published: date, *, planned: bool = False
) -> tuple[ReadFinding, ...]:
    """``findings`` with the deadlines that are told from the day of publication (今年6月底前).

    ``planned``: all of them lie ahead of it, as in a plan.
    """
    return tuple(_of_finding(finding, published, planned=planned) for finding in findings)


def _of_finding(finding: ReadFinding, published: date, *, planned: bool) -> ReadFinding:
    due_on = _due(finding, published, planned=planned)
    measures = [_of_item(item, published, planned=planned) for item in finding.measures]
    if due_on == finding.due_on and measures == list(finding.measures):
        return finding
    return replace(finding, due_on=due_on, measures=tuple(measures))


def _of_item(item: Item, published: date, *, planned: bool) -> Item:
    due_on = _due(item, published, planned=planned)
    return item if due_on == item.due_on else replace(item, due_on=due_on)


def _due(told: ReadFinding | Item, published: date, *, planned: bool) -> date | None:
    if told.due_on is not None or not told.due_text:
        return told.due_on
    return relative_due(told.due_text, published, planned=planned)
