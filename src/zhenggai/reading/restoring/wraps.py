"""Line breaks that a fixed width put inside a sentence, a value or a label (硬换行)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.labels import WORDS
from zhenggai.reading.outline_lines import DONE, TERMINAL, Paragraph, opens_a_line
from zhenggai.reading.outline_marks import mark_at
from zhenggai.reading.restoring.edits import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WHY: Final = msg("A line break that the width of the lines put inside a sentence.")

_NARROWEST: Final = 14
_WIDEST: Final = 80
_SLACK: Final = 2
"""A mark that may begin no line, or a number, makes a full line shorter by so many letters."""
_SAME_LEAST: Final = 3
"""So many longest lines of one length are cut at it, also where but one of them breaks off."""
_BROKEN_LEAST: Final = 2
_TITLE_LINES: Final = 4
_INDENT: Final = ("　", "  ", "\t")
_ENDS: Final = TERMINAL | frozenset("”』」】》")
_INSIDE: Final = frozenset("，、；。）”》：,;)")
"""No line begins with one of them, unless it was broken off before it."""
_OPENED: Final = frozenset("（(“《「『【")
_LABEL: Final = re.compile(r"(?P<word>[\u4e00-\u9fff、/及和]{1,10})[ \u3000]?[:：]")
_TAIL: Final = re.compile(r"(?:\A|(?<=[。；;，,（(！？!?【 \u3000]))(?P<word>[\u4e00-\u9fff、/]{1,9})\Z")
_ABOUT: Final = ("关于", "针对", "对")
_COUNT: Final = re.compile(r"(?P<n>[二三四五六七八九十])是")
_COUNTS: Final = "一二三四五六七八九十"
_FINISHED: Final = re.compile(
    r"(?:问题|情况|方面|工作|清单|台账|通报|公[示告]|报告|方案|意见|成效|打算)(?:[(（][^()（）]{1,20}[)）])?\Z"
)
_DAY_CUT: Final = re.compile(
    r"(?<=\d)\n(?=\d{1,3}[年月日])|(?<=\d年)\n(?=\d{1,2}月)|(?<=\d月)\n(?=\d{1,2}日)|(?<=\d)\n(?=[年月日])"
)


class _Line(NamedTuple):
    start: int
    words: str
    """The line without the blanks behind it."""

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def breaks(text: str) -> list[Change]:
    """The line breaks of ``text`` that go, in order: those inside a day, and those of lines cut at one width.

    Lines are cut at one width where none is longer, several are as long, and most that break off there go on
    to a full stop.
    """
    lines = _lines(text)
    full = _full(lines)
    changes: list[Change] = []
    begin = 0
    for place, (line, after) in enumerate(pairwise(lines)):
        cut = len(line.words) >= _NARROWEST and _cuts_a_day(line, after)
        if not cut and place in full:
            is_top = place < _TITLE_LINES
            cut = _goes_on(line, after, is_top=is_top) or _counts_on(text[begin : line.end], after)
        if cut:
            changes.append(Change(line.end, after.start, "", EditKind.PUNCTUATION, WHY))
        else:
            begin = after.start
    return changes


def _lines(text: str) -> list[_Line]:
    """The lines of ``text``; blank ones stand there too, for nothing goes on across them."""
    lines: list[_Line] = []
    start = 0
    for raw in text.split("\n"):
        lines.append(_Line(start, raw.rstrip()))
        start += len(raw) + 1
    return lines


def _full(lines: Sequence[_Line]) -> frozenset[int]:
    """The places of lines that are as long as lines of this text can be; none where it has no such width.

    The width is counted in letters or in cells, whichever more lines fill.
    """
    most = max((_full_by(lines, measure, cells) for measure, cells in ((len, 1), (_cells, 2))), key=len)
    return most if _is_cut(lines, most) else frozenset()


def _full_by(lines: Sequence[_Line], measure: Callable[[str], int], cells: int) -> frozenset[int]:
    lengths = [measure(line.words) for line in lines]
    width = max(lengths)
    if not _NARROWEST * cells <= width <= _WIDEST * cells:
        return frozenset()
    return frozenset(place for place, length in enumerate(lengths) if length >= width - _SLACK * cells)


def _cells(words: str) -> int:
    """The cells that ``words`` take: two for a Chinese letter (three bytes of UTF-8), one for ASCII."""
    return (len(words) + len(words.encode("utf-8", "replace"))) // 2


def _is_cut(lines: Sequence[_Line], full: frozenset[int]) -> bool:
    """Whether half of the full lines that break off, at least, come to an end on a later line."""
    ends: dict[int, bool] = {}
    for place in sorted(full, reverse=True):
        after = place + 1
        if after < len(lines) and _goes_on(lines[place], lines[after], is_top=place < _TITLE_LINES):
            ends[place] = ends.get(after, any(mark in TERMINAL for mark in lines[after].words))
    longest = max((len(lines[place].words) for place in full), default=0)
    same = sum(len(lines[place].words) == longest for place in full)
    least = 1 if same >= _SAME_LEAST else _BROKEN_LEAST
    return len(ends) >= least and sum(ends.values()) * 2 >= len(ends)


def _opens(line: _Line) -> bool:
    """Whether a line begins anew: with a number, a count, a label or an indent."""
    return line.words.startswith(_INDENT) or opens_a_line(line.words, Paragraph(0, len(line.words)))


def _is_row(words: str) -> bool:
    return any(bar in words for bar in "\t|｜")


def _cuts_a_day(line: _Line, after: _Line) -> bool:
    """Whether the break between two lines stands inside a day (9月3⏎0日)."""
    return _DAY_CUT.search(f"{line.words[-6:]}\n{after.words[:4]}") is not None


def _counts_on(before: str, after: _Line) -> bool:
    """Whether ``after`` goes on with a count inside the paragraph ``before`` (…；二是…；⏎三是…)."""
    found = _COUNT.match(after.words)
    return found is not None and before.rfind(f"{_COUNTS[_COUNTS.index(found['n']) - 1]}是") > 0


def _goes_on(line: _Line, after: _Line, *, is_top: bool) -> bool:
    """Whether ``after`` goes on with what the full ``line`` breaks off."""
    if not after.words or _is_row(line.words) or _is_row(after.words):
        return False
    last, first = line.words[-1], after.words[0]
    if first in _INSIDE or last in _OPENED:
        return True
    if last in _ENDS:
        return False
    label = _LABEL.match(after.words)
    tail = _TAIL.search(line.words) if label is not None else None
    if label is not None and tail is not None and tail["word"] + label["word"] in WORDS:
        return True
    if _opens(after) and not (label is not None and len(label["word"]) == 1):
        return False
    is_heading = mark_at(line.words, 0, len(line.words)) is not None
    if is_heading and DONE.match(after.words):
        return False
    is_heading = is_heading or line.words.lstrip().startswith(_ABOUT)
    return not ((is_heading or is_top) and _FINISHED.search(line.words))
