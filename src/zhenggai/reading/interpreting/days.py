"""The days of a document (日期): on site, feedback, cut-off, publication."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from zhenggai.domain.reading import Dates
from zhenggai.domain.spans import Span
from zhenggai.reading.interpreting.dates import day, days_in, first_day, stretches_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhenggai.reading.outline_lines import Paragraph

_AS_OF = re.compile(
    r"截[至止](?:到)?\s?(?P<y>\d{4})\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日|(?P<end>份?[底末]))"
)
_ON_SITE = re.compile(r"巡[察视]|审计|督[察查]|进驻|检查")
_CLAUSES = re.compile(r"[^。；;]+")
_FAR = 2000


def _clauses(text: str, area: Span, lines: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """``[start, end)`` between full stops and semicolons at the beginning of ``area``, wrapped lines joined."""
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
) -> tuple[Dates, list[tuple[str, Span]]]:
    """The days of a document and where they are printed."""
    places: list[tuple[str, Span]] = []
    on_site: tuple[date, date] | None = None
    feedback: date | None = None
    year: int | None = None
    for low, high in _clauses(text, lead, lines):
        words = text[low:high]
        stretches = stretches_in(text, low, high, year)
        if on_site is None and stretches and _ON_SITE.search(words):
            on_site = (stretches[0].first, stretches[0].last)
            places.append(("dates/on_site", Span(stretches[0].start, stretches[0].end)))
        elif feedback is None and "反馈" in words:
            before = text.find("反馈", low, high)
            singles = [
                single
                for single in days_in(text, low, before, year)
                if not any(item.start <= single.start < item.end for item in stretches)
            ]
            if singles:
                feedback = singles[-1].first
                places.append(("dates/feedback_on", Span(singles[-1].start, singles[-1].end)))
        if on_site is not None and feedback is None and stretches and "反馈" in words:
            before = text.find("反馈", low, high)
            after = stretches[-1].end
            singles = days_in(text, after, max(before, after), stretches[-1].last.year)
            if singles:
                feedback = singles[-1].first
                places.append(("dates/feedback_on", Span(singles[-1].start, singles[-1].end)))
        years = re.findall(r"(\d{4})年", words)
        year = int(years[-1]) if years else year
    as_of = None
    said = _AS_OF.search(text)
    if said:
        month = int(said["m"])
        last = (
            int(said["d"]) if said["d"] else monthrange(int(said["y"]), month)[1] if 1 <= month <= 12 else 0
        )
        as_of = day(int(said["y"]), month, last)
    published, source = signed, "text" if signed else None
    if published is None and facts.get("published_on"):
        published = first_day(facts["published_on"])
        source = facts.get("published_source", "source_line")
    if published is None and portal is not None:
        published, source = portal, "source_line"
    if published is None:
        for name in ("published_on", "published", "PubDate", "pubdate", "publishdate"):
            published = first_day(metadata.get(name, ""))
            if published is not None:
                source = "metadata"
                break
    return Dates(on_site, feedback, as_of, published, source if published else None), places
