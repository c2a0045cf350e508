"""The paragraphs above the findings as running text (引言): wrapped lines joined."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.dates import signature_day
from zhenggai.reading.outline_lines import TERMINAL, Paragraph, ParagraphKind
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE_BREAK = re.compile(r"(?<!\s)\s*?\n\s*")
_NEW = re.compile(r"[【\[]?[\u4e00-\u9fff]{2,10}[】\]]?\s?[:：]|【")
_INDENT = ("\u3000", "  ", "\t")
_ENDS = TERMINAL | frozenset("」』】")
_GOES_ON = frozenset("至到，,、—－-")
"""What stands behind a day that fills a line and is but the first of a stretch."""


@dataclass(frozen=True, slots=True)
class Running:
    """Wording, and of each of its ``pieces`` the place there and in the document."""

    text: str
    pieces: Sequence[tuple[int, int]]

    def span(self, start: int, end: int) -> Span:
        """Where ``[start, end)`` of the wording stands in the document."""
        return Span(self._place(start), self._place(end - 1) + 1)

    def _place(self, at: int) -> int:
        here, there = self.pieces[bisect_right(self.pieces, at, key=itemgetter(0)) - 1]
        return there + at - here


def running(text: str, lines: Sequence[Paragraph], area: Span) -> Running:
    """The paragraphs of ``area``, each on one line; one that breaks off unfinished goes on with the next."""
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    before: Paragraph | None = None
    for line in lines:
        if not area.start <= line.start < area.end:
            continue
        if before is not None and not _runs_on(text, before, line):
            parts.append("\n")
            length += 1
        before = line
        for start, end in _pieces(text, line):
            pieces.append((length, start))
            parts.append(text[start:end])
            length += end - start
    return Running("".join(parts), pieces)


def _pieces(text: str, line: Paragraph) -> Iterator[tuple[int, int]]:
    start = line.start
    for wrap in _LINE_BREAK.finditer(text, line.start, line.end):
        yield start, wrap.start()
        start = wrap.end()
    yield start, line.end


def _runs_on(text: str, before: Paragraph, line: Paragraph) -> bool:
    """Whether ``line`` goes on with the sentence that ``before`` leaves unfinished."""
    if text[before.end - 1] in _ENDS or {before.kind, line.kind} != {ParagraphKind.PROSE}:
        return False
    if mark_at(text, line.start, line.end) is not None or _NEW.match(text, line.start, line.end):
        return False
    margin = text[text.rfind("\n", 0, line.start) + 1 : line.start]
    if margin.startswith(_INDENT) or margin.strip():
        return False
    return signature_day(text[before.start : before.end]) is None or text[line.start] in _GOES_ON
