"""The type area (版心): where the lines of a column begin and end, and how its paragraphs open."""

from __future__ import annotations

import itertools
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.flow import Line

INDENT: Final = 1.2
"""Line heights from which a line's begin counts as indented."""
TERMINAL: Final = frozenset("。！？；：!?;:…”")
_CN: Final = "一二三四五六七八九十"
MARK: Final = re.compile(
    rf"[{_CN}]{{1,3}}[、.．]|[(（][{_CN}\d]{{1,3}}[)）]|\d{{1,2}}[.．、](?!\d)|[\u2460-\u2473]"
    rf"|(?:反馈|具体)?问题[{_CN}\d\u2460-\u2473]{{1,3}}[:：]|第[{_CN}\d]{{1,3}}(?:[章节条]|部分)|[{_CN}]是|[•●◆■▪►★▲◇□※▶➢]"
)
"""How a heading or an item of a list opens."""
_DEEPEST: Final = 3.2
"""Line heights up to which an indent opens a paragraph; what stands further in is a signature or a title."""
_ENOUGH: Final = 5
"""Lines of a column from which it tells its own margins."""


class Margins(NamedTuple):
    """Where the lines of a column begin and end, and the distance of their baselines; points."""

    left: float
    right: float
    leading: float
    blocks: bool = False
    """Whether paragraphs begin without an indent."""
    sure: bool = True
    """Whether enough lines end at the right margin to know it."""
    indents: bool = False
    """Whether every paragraph is seen to open with an indent, so that a line without one goes on."""
    size: float = 0.0
    """Height of most lines; 0 where nothing was measured."""
    pitch: float = 0.0
    """Distance of the lines of one paragraph where paragraphs stand farther apart, else 0."""


class _Habits(NamedTuple):
    """How the lines of a column begin: counts over its lines, and over those behind an end."""

    lines: int = 0
    flush: int = 0
    ended: int = 0
    """Lines behind one that ends like a sentence."""
    ended_indented: int = 0
    indented: int = 0
    """Lines that begin with the indent of a paragraph."""
    short_flush: int = 0
    """Lines without an indent behind one with room left at its end."""
    marks_indented: int = 0
    """Lines that open like a heading or an item, with an indent."""

    @property
    def blocks(self) -> bool:
        return self.flush * 10 >= self.lines * 9 and self.ended_indented * 4 <= self.ended

    @property
    def indents(self) -> bool:
        if self.indented < 2:
            return self.marks_indented > 0 and not self.short_flush
        return self.short_flush * 6 <= self.indented

    @property
    def is_enough(self) -> bool:
        return self.indented + self.short_flush >= 4

    def plus(self, other: _Habits) -> _Habits:
        return _Habits(*map(sum, zip(self, other, strict=True)))


def margins_of(lines: Sequence[Line], width: float, known: Margins | None = None) -> Margins | None:
    """The margins that most lines keep; ``known`` where there are too few lines to tell. None without lines.

    ``width`` is that of the page, where the lines are its only column, else 0: few lines of a page end at its
    right margin when all its paragraphs are short, and then the margin is taken to be about as wide as the
    left.
    """
    if not lines:
        return known
    found = _measured(lines, width, known if width else None)
    found = found._replace(pitch=_pitch(lines, found) or (known.pitch if known else 0.0))
    habits = _habits(lines, found)
    if known is not None and not habits.is_enough:
        return found._replace(blocks=known.blocks, indents=known.indents)
    return found._replace(blocks=habits.blocks, indents=habits.indents)


def usual(columns: Sequence[tuple[Sequence[Line], float]]) -> Margins | None:
    """The margins that most lines of a document keep: ``columns`` are its pages of one column, with width."""
    own = [(_measured(lines, width, None), lines, width) for lines, width in columns if len(lines) >= _ENOUGH]
    if not own:
        return None
    votes: Counter[tuple[int, int]] = Counter()
    for margins, lines, _ in own:
        # a page whose lines are all indented is no page with a margin of its own
        kin = [one for one, _, _ in own if _is_indented(margins, one)]
        best = min(kin, key=lambda one: one.left) if kin else margins
        votes[round(best.left), round(best.right)] += len(lines)
    common = votes.most_common(1)[0][0]
    best = next(one for one, _, _ in own if (round(one.left), round(one.right)) == common)
    habits = _Habits()
    for _, lines, width in own:
        habits = habits.plus(_habits(lines, _measured(lines, width, best)))
    pitches = [_pitch(lines, one) for one, lines, _ in own]
    pitch = min(filter(None, pitches), default=0.0)
    return best._replace(blocks=habits.blocks, indents=habits.indents, pitch=pitch)


def _is_indented(margins: Margins, other: Margins) -> bool:
    """Whether ``margins`` are those of ``other`` where every line begins with an indent."""
    return INDENT * margins.size <= margins.left - other.left <= _DEEPEST * margins.size and (
        not margins.sure or abs(margins.right - other.right) < margins.size
    )


def _measured(lines: Sequence[Line], width: float, known: Margins | None) -> Margins:
    size = median(line.size for line in lines)
    body = [line for line in lines if abs(line.size - size) <= 0.2 * size] or list(lines)
    right = _edge([line.x1 for line in body], 0.6 * size, last=True)
    left = _edge([line.x0 for line in body], 0.5 * size, last=False)
    sure = True
    reaching = sum(abs(line.x1 - right) <= 0.6 * size for line in body)
    longest = max(line.x1 for line in body)
    few = reaching < 4 or reaching * 10 < len(body) * 3
    if few or longest > right + 1.5 * size or (width and right - left < 12 * size):
        sure = False
        right = longest if longest > right + 1.5 * size else right
        right = max(right, width - min(line.x0 for line in lines) - 0.06 * width)
    left = next(
        (
            below.x0
            for above, below in itertools.pairwise(body)
            if right - above.x1 < size and INDENT * size <= left - below.x0 <= _DEEPEST * size
        ),
        left,
    )
    steps = [
        below.y - above.y for above, below in itertools.pairwise(body) if 0 < below.y - above.y < 4 * size
    ]
    found = Margins(left, right, median(steps) if steps else 1.6 * size, sure=sure, size=size)
    if known is None:
        return found
    few = len(body) < _ENOUGH or sum(right - line.x1 < size for line in body) < 2
    if few or right - left < 12 * size:
        left = min(left, known.left) if abs(left - known.left) < 4 * size else known.left
        return known._replace(left=left, right=max(right, known.right) if right < known.right else right)
    if _is_indented(found, known):
        found = found._replace(left=known.left)
    if not sure and known.sure and all(line.x1 <= known.right + size for line in body):
        found = found._replace(right=known.right, sure=True)
    return found


def _habits(lines: Sequence[Line], margins: Margins) -> _Habits:
    body = [line for line in lines if abs(line.size - margins.size) <= 0.2 * margins.size] or lines
    counts: Counter[str] = Counter()
    for line in body:
        indent = (line.x0 - margins.left) / max(margins.size, 0.1)
        counts["flush"] += indent < INDENT
        if INDENT <= indent <= _DEEPEST:
            counts["indented"] += 1
            counts["marks_indented"] += bool(MARK.match(line.text))
    for above, below in itertools.pairwise(body):
        is_flush = below.x0 - margins.left < INDENT * margins.size
        if above.text[-1] in TERMINAL:
            counts["ended"] += 1
            counts["ended_indented"] += not is_flush
        counts["short_flush"] += is_flush and margins.right - above.x1 > 2 * margins.size
    return _Habits(lines=len(body), **counts)


def _pitch(lines: Sequence[Line], margins: Margins) -> float:
    """The distance of lines behind a full one, where no line behind a short one is as near; else 0."""
    size = margins.size
    near: list[float] = []
    apart: list[float] = []
    for above, below in itertools.pairwise(lines):
        step = below.y - above.y
        if 0 < step < 4 * size and max(above.size, below.size) < 1.1 * size:
            (apart if margins.right - above.x1 > 2 * size else near).append(step)
    if len(apart) < 2 or not near or min(apart) < 1.25 * min(near):
        return 0.0
    return min(near)


def _edge(values: Sequence[float], near: float, *, last: bool) -> float:
    """The outermost place where several lines begin (or end)."""
    ordered = sorted(values, reverse=last)
    enough = max(2, len(values) * 8 // 100)
    for value in ordered:
        if sum(abs(other - value) <= near for other in values) >= enough:
            return value
    return ordered[0]
