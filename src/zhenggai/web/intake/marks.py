"""Which places of the original belong to which fields of the draft (原文与字段的对应)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from zhenggai.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhenggai.intake.models import DraftFinding, DraftItem, DraftUnread, Intake
    from zhenggai.intake.selectors import Marks
    from zhenggai.intake.windows import Window


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the decoded source, the field it fills, the finding it lies in, its restored place."""

    place: Span
    field: str
    restored: Span
    kind: str
    finding: str = ""


def marks_of(intake: Intake, rows: Marks, window: Window) -> list[Mark]:
    """Every mark that lies in one stretch of the original, the longest first where several begin together."""
    found = []
    for field, kind, finding, restored in spans_of(intake, rows):
        place = window.to_source(restored)
        if place is not None:
            found.append(Mark(place, field, restored, kind, finding))
    return sorted(found, key=lambda mark: (mark.place.start, -mark.place.end))


class Drafted(Protocol):
    """What of a draft has its place in a stretch of the original."""

    @property
    def findings(self) -> Sequence[DraftFinding]:
        """The findings."""
        ...

    @property
    def items(self) -> Sequence[DraftItem]:
        """Measures and actions."""
        ...

    @property
    def unread(self) -> Sequence[DraftUnread]:
        """What was not understood."""
        ...


def spans_of(intake: Intake, rows: Drafted) -> Iterator[tuple[str, str, str, Span]]:
    """Field, kind, finding around it, and place of everything that has one."""
    for name, span in _pairs(intake.spans):
        yield f"document-{name}", "fact", "", span
    for finding in rows.findings:
        root = f"finding-{finding.pk}"
        whole = _whole(finding)
        if whole is not None:
            yield root, "finding", root, whole
        for name, span in _pairs(finding.spans):
            inside = whole is not None and whole.start <= span.start and span.end <= whole.end
            yield f"{root}-{name}", "field" if inside else "heading", root if inside else "", span
    for item in rows.items:
        if item.span_start is not None and item.span_end is not None:
            root = f"finding-{item.finding_id}"
            yield f"item-{item.pk}-text", item.kind, root, Span(item.span_start, item.span_end)
    for stretch in rows.unread:
        yield (
            f"unread-{stretch.pk}",
            f"unread-{stretch.state}",
            "",
            Span(stretch.span_start, stretch.span_end),
        )


def _pairs(spans: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, Span]]:
    """A field and its place; a field put together from several places comes once for each."""
    for name, places in spans.items():
        for at in range(0, len(places) - 1, 2):
            yield name, Span(places[at], places[at + 1])


def _whole(finding: DraftFinding) -> Span | None:
    if finding.span_start is None or finding.span_end is None:
        return None
    return Span(finding.span_start, finding.span_end)
