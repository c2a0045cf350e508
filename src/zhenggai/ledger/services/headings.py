"""Rows that documents bring (文件带来的条目): themes and groups, measures and actions they state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenggai.domain.measures import MeasureSource
from zhenggai.ledger.models import ActionTaken, FindingGroup, Measure, Theme
from zhenggai.ledger.services.standing import cleaned

if TYPE_CHECKING:
    from zhenggai.domain.spans import Span
    from zhenggai.ledger.imports import ImportedItem
    from zhenggai.ledger.models import Finding, Inspection, SourceDocument


class Headings:
    """The themes and groups of an inspection (方面、大项) during one import; each new one is made once."""

    def __init__(self, inspection: Inspection) -> None:
        self.inspection = inspection
        self.themes = {each.title: each for each in inspection.themes.all()}
        self.groups = {(each.theme_id, each.title): each for each in inspection.groups.all()}
        self.by_id: dict[tuple[str, int], Theme | FindingGroup] = {
            **{("theme", each.pk): each for each in self.themes.values()},
            **{("group", each.pk): each for each in self.groups.values()},
        }

    def theme(self, title: str) -> Theme | None:
        """The theme of this title; none for no title."""
        if not title:
            return None
        if title not in self.themes:
            row = Theme(inspection=self.inspection, position=len(self.themes) + 1, title=title)
            cleaned(row)
            row.save()
            self.themes[title] = self.by_id["theme", row.pk] = row
        return self.themes[title]

    def group(self, theme: Theme | None, title: str) -> FindingGroup | None:
        """The group of this title in a theme; none for no title."""
        if not title:
            return None
        key = (theme.pk if theme else None, title)
        if key not in self.groups:
            row = FindingGroup(
                inspection=self.inspection, theme=theme, position=len(self.groups) + 1, title=title
            )
            cleaned(row)
            row.save()
            self.groups[key] = self.by_id["group", row.pk] = row
        return self.groups[key]


def measure_stated(
    finding: Finding, item: ImportedItem, position: int, source: SourceDocument, *, by_id: int
) -> Measure:
    """A measure that a document states, not yet stored."""
    row = Measure(
        finding=finding,
        position=position,
        text=item.text,
        source=MeasureSource.STATED.value,
        stated_leader=item.leader,
        stated_unit=item.unit,
        stated_due_text=item.due_text,
        due=item.due_on,
        document=source,
        added_by_id=by_id,
        added_at=source.added_at,
        **place_of(item.span),
    )
    cleaned(row)
    return row


def action_stated(finding: Finding, item: ImportedItem, position: int, source: SourceDocument) -> ActionTaken:
    """What a document says was done, not yet stored."""
    row = ActionTaken(
        finding=finding, position=position, text=item.text, document=source, **place_of(item.span)
    )
    cleaned(row)
    return row


def place_of(span: Span | None) -> dict[str, Any]:
    """The columns that say where in its document something stands."""
    return {"span_start": span.start if span else None, "span_end": span.end if span else None}
