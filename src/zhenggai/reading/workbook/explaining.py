"""Why each field of a ledger's reading holds what it holds (台账识读依据)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.reading import Explanation, PartKind
from zhenggai.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.domain.reading import Item, ReadFinding, Reading
    from zhenggai.reading.workbook.layout import Cover

_FIELDS = ("responsible_leader", "lead_unit", "supporting_units", "due_text")


def explained(reading: Reading, cover: Cover) -> tuple[Explanation, ...]:
    """Every field of ``reading`` that holds something, with its rule and the cell it stands in."""
    explainer = Explainer(reading, cover)
    findings = (one for index in range(len(reading.findings)) for one in explainer.finding(index))
    return (*explainer.document(), *findings)


class Explainer:
    """Explains one finding at a time, so that nobody has to hold what a hundred thousand rows say."""

    def __init__(self, reading: Reading, cover: Cover) -> None:
        self.reading = reading
        self.cover = cover
        self.fields: dict[str, Span] = {}
        self.seen: dict[str, tuple[int, int]] = {}

    def document(self) -> Iterator[Explanation]:
        """Why the facts of the document hold what they hold."""
        reading = self.reading
        first = reading.findings[0].span if reading.findings else None
        yield Explanation("kind", "kind_by_table", first)
        if reading.title is not None:
            yield Explanation("title", "title", self._last(reading.title))
        if reading.organisation is not None:
            yield Explanation("organisation", "organisation_on_line", self._last(reading.organisation))
        if reading.inspector is not None:
            yield Explanation("inspector", "inspector_in_title", self._last(reading.inspector))
        if reading.dates.as_of is not None:
            yield Explanation("dates/as_of", "as_of_day", self.cover.above())

    def finding(self, index: int) -> Iterator[Explanation]:
        """Why the fields of one finding hold what they hold; findings are asked for in their order."""
        self.fields = {}
        for part in self.cover.parts_of(index):
            if part.kind is PartKind.FIELD:
                known = self.fields.get(part.path)
                self.fields[part.path] = Span(known.start if known else part.span.start, part.span.end)
        return self._finding(f"findings/{index}", self.reading.findings[index])

    def _last(self, words: str) -> Span | None:
        at = self.reading.text.rfind(words) if words else -1
        return Span(at, at + len(words)) if at >= 0 else None

    def _above(self, words: str, end: int) -> Span | None:
        """Where the words stand last before ``end``; what was looked through is not looked at again."""
        looked, known = self.seen.get(words, (0, -1))
        if end < looked:
            looked, known = 0, -1
        at = self.reading.text.rfind(words, max(0, looked - len(words) + 1), end)
        at = known if at < 0 else at
        self.seen[words] = (end, at)
        return Span(at, at + len(words)) if at >= 0 else None

    def _cell(self, path: str, rule: str, value: str, finding: ReadFinding) -> Explanation:
        """A field by the cell of its own, else by the merged cell or the row above that holds for it, too."""
        own = self.fields.get(path)
        if own is not None:
            return Explanation(path, rule, own)
        return Explanation(path, "cell_above", self._above(value, finding.span.start) or finding.span)

    def _finding(self, path: str, finding: ReadFinding) -> Iterator[Explanation]:
        if finding.number is not None:
            yield self._cell(f"{path}/number", "row_number", finding.number, finding)
        for name in ("theme", "group", "organisation"):
            value = getattr(finding, name)
            if value is not None:
                yield self._cell(f"{path}/{name}", "cell", value, finding)
        yield self._cell(f"{path}/title", "row", finding.title, finding)
        for name in ("problem", "result"):
            value = getattr(finding, name)
            if value is not None:
                yield self._cell(f"{path}/{name}", "cell", value, finding)
        yield from self._items(f"{path}/measures", finding.measures)
        yield from self._items(f"{path}/actions", finding.actions)
        yield from self._status(path, finding)
        for name in _FIELDS:
            value = getattr(finding, name)
            if value:
                words = value if isinstance(value, str) else value[0]
                yield self._cell(f"{path}/{name}", "cell", words, finding)
        if finding.due_on is not None:
            place = self._cell(f"{path}/due_text", "cell", finding.due_text or "", finding).span
            yield Explanation(f"{path}/due_on", "due_day", place)

    def _items(self, path: str, items: tuple[Item, ...]) -> Iterator[Explanation]:
        for number, item in enumerate(items):
            yield Explanation(f"{path}/{number}/text", "item", item.span)
            for name in ("leader", "unit", "due_text"):
                if getattr(item, name) is not None:
                    yield Explanation(f"{path}/{number}/{name}", "row_of_item", item.span)
            if item.due_on is not None:
                yield Explanation(f"{path}/{number}/due_on", "due_day", item.span)

    def _status(self, path: str, finding: ReadFinding) -> Iterator[Explanation]:
        own = self.fields.get(f"{path}/status_text")
        place = own or self.fields.get(f"{path}/stated_nature") or self.fields.get(f"{path}/result")
        if finding.status_text is not None:
            yield Explanation(f"{path}/status_text", "cell" if own else "result_is_status", place)
        if finding.stated_progress is not None:
            yield Explanation(f"{path}/stated_progress", "status_words", place)
        if finding.stated_nature is not None:
            nature = self.fields.get(f"{path}/stated_nature")
            rule = "nature_words" if nature else "due_words" if place is None else "status_words"
            yield Explanation(
                f"{path}/stated_nature", rule, nature or place or self.fields.get(f"{path}/due_text")
            )
        if finding.stated_closed is not None:
            column = self.fields.get(f"{path}/stated_closed")
            yield Explanation(
                f"{path}/stated_closed", "closed_words" if column else "status_words", column or place
            )
