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
    year_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhenggai.domain.reading import Item, ReadFinding
    from zhenggai.reading.interpreting.lead import Running
    from zhenggai.reading.outline_lines import Paragraph

_AS_OF = re.compile(
    r"截[至止](?:到)?\s?(?P<y>\d{4})(?:\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日|(?P<end>份?[底末]))"
    r"|(?P<dot>[.．/-])(?P<m2>\d{1,2})(?P=dot)(?P<d2>\d{1,2})(?![\d.．/-]))"
)
_ON_SITE = re.compile(r"巡[察视]|审计|督[察查]|进驻|检查")
_UP_TO = ("截至", "截止", "截至到", "截止到")
"""Before the day up to which figures count (截至6月30日，督察反馈3项问题), which tells no feedback."""
_FEEDBACK_LINE = re.compile(r"反馈(?:时间|日期)[:：]\s*")
_SHOWN = re.compile(r"公示(?:期|时间|时限)")
_CLAUSES = re.compile(r"[^。；;\n]+")
_YEAR = re.compile(r"(?<!\d{4}[-—－])(?P<y>\d{4}|二[〇○零Ｏ0一二三四五六七八九]{3})\s?年(?![^《》]{0,20}》)")
"""A year that is not the end of those of a plan (《2031—2035年规划》)."""
_YEAR_APART = re.compile(
    r"(?<![-—－至到〔\[（(《\d])(?P<y>\d{4}|二[〇○零Ｏ0一二三四五六七八九]{3})\s?年"
    r"(?!\s?[\d一二三四五六七八九十]|以来|以后|以前|至|到|[-—－])(?![^《]{0,20}》)"
)
"""A year before the days it belongs to, with words between (2030年区委第一巡察组于6月3日至7月20日)."""
_NO_YEAR = re.compile(
    r"(?<![年\d一二三四五六七八九十])\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?=[\d一二三四五六七八九十至到—－-])"
)
_MONTH_ALONE = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?!\s?[\d一二三四五六七八九十])")
"""A month without its day: what it tells happened on no day that is printed before it."""
_PUBLISHED = ("published_on", "published", "PubDate", "pubdate", "publishdate")
_FAR = 2000
_UNDER = 16
"""The line under the title is one of the first this many."""


def dates_of(
    text: str,
    lead: Running,
    signed: date | None,
    facts: Mapping[str, str],
    metadata: Mapping[str, str],
    portal: date | None,
    first_heading: int,
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
    on_site, feedback = _visit(lead.text, None if source == "metadata" else published)
    places = []
    if on_site is not None:
        places.append(("dates/on_site", lead.span(on_site.start, on_site.end)))
    if feedback is not None:
        places.append(("dates/feedback_on", lead.span(feedback.start, feedback.end)))
    elif (said := _FEEDBACK_LINE.search(text, 0, first_heading)) is not None:
        singles = days_in(text, said.end(), min(said.end() + 16, len(text)))
        feedback = singles[0] if singles and singles[0].start == said.end() else None
        places.extend([("dates/feedback_on", Span(feedback.start, feedback.end))] if feedback else [])
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


def _visit(lead: str, published: date | None) -> tuple[Stretch | None, Stretch | None]:
    """The stay on site and the day of the feedback, as the lead tells them; 今年 is that of ``published``."""
    on_site: Stretch | None = None
    feedback: Stretch | None = None
    year: int | None = None
    for clause in _CLAUSES.finditer(lead, 0, _FAR):
        low, high = clause.span()
        year = _year_before(lead, low, high, published) or year
        stretches = stretches_in(lead, low, high, year)
        if on_site is None and _ON_SITE.search(lead, low, high) and not _SHOWN.search(lead, low, high):
            on_site = stretches[0] if stretches else months_in(lead, low, high, year)
            year = on_site.last.year if on_site is not None else year
        told = lead.find("反馈", low, high)
        if feedback is None and told >= 0:
            feedback = _told_on(lead, low, told, year, stretches, published)
        years = _YEAR.findall(lead, low, high)
        year = year_of(years[-1]) if years else year
    return on_site, feedback


def _told_on(
    lead: str, low: int, told: int, year: int | None, stretches: Sequence[Stretch], published: date | None
) -> Stretch | None:
    """The last day before 反馈 (at ``told``) in its clause that belongs to none of ``stretches``."""
    first = _YEAR.search(lead, low, told)
    singles = [
        single
        for single in days_in(
            lead, low, told, year_of(first["y"]) if first else year, published.year if published else None
        )
        if not any(item.start <= single.start < item.end for item in stretches)
        and not lead.endswith(_UP_TO, low, single.start)
    ]
    if not singles or _MONTH_ALONE.search(lead, singles[-1].end, told):
        return None
    return singles[-1]


def _year_before(lead: str, low: int, high: int, published: date | None) -> int | None:
    """The year of the days in a clause that stands apart before them, or is the one of ``published``."""
    first = _NO_YEAR.search(lead, low, high)
    if first is None:
        return None
    apart = list(_YEAR_APART.finditer(lead, low, first.start()))
    if apart:
        return year_of(apart[-1]["y"])
    told = [lead.find(word, low, first.end()) for word in ("今年", "去年")]
    if published is None or max(told) < 0:
        return None
    year = published.year - (told[1] > told[0])
    days = days_in(lead, max(told), high, year, published.year)
    return year if days and all(one.last <= published for one in days) else None


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
