"""A long original in stretches of bounded size (分段显示), with edits and the map to the restored text."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from zhenggai.domain.spans import Edit, EditKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhenggai.domain.spans import Place

WINDOW_CHARACTERS: Final = 8_000
# An edit shorter than this is never cut in two at a window's border.
WHOLE_EDIT_CHARACTERS: Final = 200


@dataclass(frozen=True)
class Window:
    """One stretch of the decoded source (原文片段).

    ``span`` and the spans of ``edits`` are code points of the decoded source, ``restored`` of the restored
    text.
    """

    span: Span
    restored: Span
    text: str
    edits: tuple[Edit, ...]
    pages: tuple[tuple[int, int], ...] = ()
    """Where a page of the file begins in this stretch: (place, number of the page)."""

    def to_json(self) -> bytes:
        """The stretch as UTF-8 JSON, without what its place already says."""
        whys: list[str] = []
        rows: list[list[object]] = []
        for edit in self.edits:
            if edit.why not in whys:
                whys.append(edit.why)
            rows.append([edit.kind.value, edit.span.start, edit.span.end, edit.after, whys.index(edit.why)])
        plain = {
            "span": self.span,
            "restored": self.restored,
            "text": self.text,
            "whys": whys,
            "edits": rows,
            **({"pages": self.pages} if self.pages else {}),
        }
        # a lone surrogate can stand in a decoded source; it has no UTF-8 of its own
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @classmethod
    def from_json(cls, data: bytes) -> Window:
        """The stretch that `to_json` wrote."""
        plain = json.loads(data.decode("utf-8", "surrogatepass"))
        span = Span(*plain["span"])
        text = plain["text"]
        edits = tuple(
            Edit(
                EditKind(kind),
                Span(start, end),
                text[start - span.start : end - span.start],
                after,
                plain["whys"][why],
            )
            for kind, start, end, after, why in plain["edits"]
        )
        pages = tuple((place, number) for place, number in plain.get("pages", ()))
        return cls(span, Span(*plain["restored"]), text, edits, pages)

    @cached_property
    def _changes(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Starts and ends of every edit that changes something: in the source, then in the restored text."""
        starts: list[int] = []
        ends: list[int] = []
        restored_starts: list[int] = []
        restored_ends: list[int] = []
        here, there = self.span.start, self.restored.start
        for edit in self.edits:
            if edit.kind is EditKind.FLAG:
                continue
            there += edit.span.start - here
            starts.append(edit.span.start)
            ends.append(edit.span.end)
            restored_starts.append(there)
            there += len(edit.after)
            restored_ends.append(there)
            here = edit.span.end
        return starts, ends, restored_starts, restored_ends

    def to_source(self, span: Span) -> Span | None:
        """The place in the source of a span of the restored text, clipped; ``None`` outside this stretch."""
        start, end = max(span.start, self.restored.start), min(span.end, self.restored.end)
        if start >= end:
            return None
        return Span(self._source_start(start), self._source_end(end))

    def to_restored(self, span: Span) -> Span:
        """The place in the restored text of a span of the source, clipped; it may be empty."""
        start = min(max(span.start, self.span.start), self.span.end)
        end = min(max(span.end, start), self.span.end)
        first, last = self._restored(start, at_end=False), self._restored(end, at_end=True)
        return Span(first, max(first, last))

    def _source_start(self, place: int) -> int:
        starts, ends, restored_starts, restored_ends = self._changes
        at = bisect_right(restored_starts, place) - 1
        if at < 0:
            return self.span.start + place - self.restored.start
        if place < restored_ends[at]:
            return starts[at]
        return ends[at] + place - restored_ends[at]

    def _source_end(self, place: int) -> int:
        _, ends, restored_starts, restored_ends = self._changes
        at = bisect_left(restored_starts, place) - 1
        if at < 0:
            return self.span.start + place - self.restored.start
        return ends[at] + max(0, place - restored_ends[at])

    def _restored(self, place: int, *, at_end: bool) -> int:
        starts, ends, restored_starts, restored_ends = self._changes
        at = (bisect_left(starts, place) if at_end else bisect_right(starts, place)) - 1
        if at < 0:
            return self.restored.start + place - self.span.start
        if place < ends[at]:
            return restored_ends[at] if at_end else restored_starts[at]
        return restored_ends[at] + place - ends[at]


def pages_begun(places: Iterable[Place]) -> Iterator[tuple[int, int]]:
    """Where each page of a file begins in the decoded source: (place, number of the page)."""
    last: int | None = None
    for place in places:
        if place.page is not None and place.page != last:
            last = place.page
            yield place.span.start, last


def windows_cut(
    decoded: str,
    edits: Iterable[Edit],
    *,
    size: int = WINDOW_CHARACTERS,
    pages: Iterable[tuple[int, int]] = (),
) -> Iterator[Window]:
    """The decoded source in stretches of about ``size`` characters, cut after a line where one ends in time.

    A short edit is never cut; a long one (a page footer of megabytes) is shown in pieces, the last of which
    carries what stands instead. An empty source gives one empty stretch. ``pages`` is what
    `pages_begun` gives.
    """
    waiting = iter(edits)
    begun = sorted(pages)
    pending: list[Edit] = []
    start = restored_start = 0
    while True:
        end = _border(decoded, start, size)
        pending.extend(_through(waiting, pending, end))
        end = _spare(pending, start, end)
        here, pending = _divide(pending, end, last=end == len(decoded))
        changed = sum(len(edit.after) - len(edit.before) for edit in here)
        restored = Span(restored_start, restored_start + end - start + changed)
        inside = tuple(begun[bisect_left(begun, (start, 0)) : bisect_left(begun, (end, 0))])
        yield Window(Span(start, end), restored, decoded[start:end], tuple(here), inside)
        if end == len(decoded):
            return
        start, restored_start = end, restored.end


def _border(decoded: str, start: int, size: int) -> int:
    end = start + size
    if end >= len(decoded):
        return len(decoded)
    line = decoded.rfind("\n", start + size // 2, end)
    return line + 1 if line >= 0 else end


def _through(waiting: Iterator[Edit], pending: list[Edit], end: int) -> Iterator[Edit]:
    """Takes edits until one begins at or after ``end``; that one is taken too, so that nothing is lost."""
    if pending and pending[-1].span.start >= end:
        return
    for edit in waiting:
        yield edit
        if edit.span.start >= end:
            return


def _spare(pending: list[Edit], start: int, end: int) -> int:
    for edit in pending:
        place = edit.span
        if start < place.start < end < place.end and place.end - place.start <= WHOLE_EDIT_CHARACTERS:
            return place.start
    return end


def _divide(pending: list[Edit], end: int, *, last: bool) -> tuple[list[Edit], list[Edit]]:
    here: list[Edit] = []
    later: list[Edit] = []
    for edit in pending:
        if edit.span.end <= end and (edit.span.start < end or last):
            here.append(edit)
        elif edit.span.start >= end:
            later.append(edit)
        else:
            kept = end - edit.span.start
            is_flag = edit.kind is EditKind.FLAG
            here.append(
                replace(
                    edit,
                    span=Span(edit.span.start, end),
                    before=edit.before[:kept],
                    after=edit.after[:kept] if is_flag else "",
                )
            )
            later.append(
                replace(
                    edit,
                    span=Span(end, edit.span.end),
                    before=edit.before[kept:],
                    after=edit.after[kept:] if is_flag else edit.after,
                )
            )
    return here, later


def restored_text(window: Window, span: Span) -> str:
    """The restored text of a span of it, clipped to this stretch."""
    pieces: list[str] = []
    here = window.span.start
    for edit in window.edits:
        pieces.append(window.text[here - window.span.start : edit.span.start - window.span.start])
        pieces.append(edit.after)
        here = edit.span.end
    pieces.append(window.text[here - window.span.start :])
    whole = "".join(pieces)
    return whole[max(0, span.start - window.restored.start) : max(0, span.end - window.restored.start)]
