"""The restored text covered once by fields, labels, headings and what stayed unread."""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.domain.messages import msg
from zhenggai.domain.reading import Part, PartKind, Unread
from zhenggai.domain.spans import Span
from zhenggai.reading.lazy import Lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

WHY_STRAY = msg("This stretch follows none of the forms of a notice that the reader knows.")
WHY_PAGE = msg("This line is a page counter.")
WHY_TABLE = msg("This table has no header that names problems, so its rows were not taken for findings.")
WHY_FLAT = msg(
    "The cells of a table stand here one per line, and which of them form a row cannot be told for certain."
)
WHY_PATTERN = msg(
    "This table is a pattern or a list for reference, so its rows were taken for nobody's findings."
)
WHY_NO_NOTICE = msg(
    "The text has neither the title nor the headings of a notice, so nothing was taken from it."
)


class Claim(NamedTuple):
    """A stretch that was read. Inside another claim the shorter one holds; ``minus_end`` sorts them."""

    start: int
    minus_end: int
    kind: PartKind
    path: str
    rule: str


def claim(start: int, end: int, kind: PartKind, path: str, rule: str) -> Claim:
    """The claim on ``[start, end)``."""
    # Claims are the commonest values of a reading; the class's own constructor costs three times as much.
    return tuple.__new__(Claim, (start, -end, kind, path, rule))


_PUNCTUATION = "。；;，,|｜（）()【】[]、：:•●◆■▪►★☆▲△◇□※▶➢·*-— \n\t\u3000\u200b\ufeff"
_PLACES = itemgetter(0, 1)


def partition(text: str, claims: Sequence[Claim]) -> tuple[Sequence[Part], Sequence[Unread]]:
    """``claims`` as parts that cover ``text`` exactly once, and what of it was not claimed; both lazy."""

    @cache
    def covered() -> _Cover:
        cover = _Cover(text)
        for item in sorted(claims, key=_PLACES):
            end = -item.minus_end
            if item.start < end and end > cover.place:
                cover.open(item, end)
        cover.advance(len(text))
        return cover

    return Lazy(lambda: tuple(covered().parts)), Lazy(lambda: tuple(covered().unread))


class _Cover:
    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[Part] = []
        self.unread: list[Unread] = []
        self.stack: list[tuple[int, Claim]] = []
        self.place = 0

    def open(self, item: Claim, end: int) -> None:
        self.advance(item.start)
        stack = self.stack
        while stack and stack[-1][0] <= item.start:
            stack.pop()
        stack.append((min(end, stack[-1][0]) if stack else end, item))

    def advance(self, to: int) -> None:
        stack, unread = self.stack, PartKind.UNREAD
        while self.place < to:
            while stack and stack[-1][0] <= self.place:
                stack.pop()
            if not stack:
                self._gap(self.place, to)
                self.place = to
                return
            end, top = stack[-1]
            stop = min(to, end)
            if top.kind is not unread:
                self.parts.append(Part(top.kind, Span(self.place, stop), top.path, top.rule))
            elif not self.text[self.place : stop].strip():
                self.parts.append(Part(PartKind.LABEL, Span(self.place, stop), "layout", "layout"))
            else:
                self._unread(self.place, stop, top.path, top.rule)
            self.place = stop

    def _gap(self, start: int, end: int) -> None:
        core = self.text[start:end]
        if not core.strip(_PUNCTUATION):
            self.parts.append(Part(PartKind.LABEL, Span(start, end), "layout", "layout"))
            return
        lead = start + len(core) - len(core.lstrip())
        tail = start + len(core.rstrip())
        if lead > start:
            self.parts.append(Part(PartKind.LABEL, Span(start, lead), "layout", "layout"))
        self._unread(lead, tail, WHY_STRAY, "unclaimed")
        if end > tail:
            self.parts.append(Part(PartKind.LABEL, Span(tail, end), "layout", "layout"))

    def _unread(self, start: int, end: int, why: str, rule: str) -> None:
        self.parts.append(Part(PartKind.UNREAD, Span(start, end), f"unread/{len(self.unread)}", rule))
        self.unread.append(Unread(self.text[start:end].strip(), why, Span(start, end)))
