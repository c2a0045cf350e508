"""Line breaks that a fixed width put inside a sentence, a value or a label (硬换行)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.label_words import WORDS, field_of
from zhenggai.reading.outline_lines import BARS, DONE, GLYPHS, IN_BRACKETS, TERMINAL, Paragraph, opens_a_line
from zhenggai.reading.outline_marks import mark_at
from zhenggai.reading.restoring.edits import Change
from zhenggai.reading.restoring.script import simplify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WHY: Final = msg("A line break that the width of the lines put inside a sentence.")

_NARROWEST: Final = 14
_WIDEST: Final = 80
_LEAST: Final = 12
"""Letters of a line from which a day or a label may go on in the next."""
_SLACK: Final = 2
"""A mark that may begin no line, or a number, makes a full line shorter by so many letters."""
_SAME_LEAST: Final = 3
"""So many longest lines of one length are cut at it, also where but one of them breaks off."""
_BROKEN_LEAST: Final = 2
_TITLE_LINES: Final = 4
_INDENT: Final = ("　", "  ", "\t")
_ENDS: Final = TERMINAL | frozenset("”』」】》")
_INSIDE: Final = frozenset("，、；。）】”》：！？％,;)!?%的")
"""No line begins with one of them, unless it was broken off before it."""
_PAUSES: Final = frozenset("，,、")
_OPENED: Final = frozenset("（(“《「『【")
_LABEL: Final = re.compile(r"(?P<word>[\u4e00-\u9fff、/及和]{1,10})[ \u3000]?[:：]")
_TAIL: Final = re.compile(r"(?:\A|(?<=[。；;，,（(！？!?【 \u3000]))(?P<word>[\u4e00-\u9fff、/]{1,9})\Z")
_ABOUT: Final = ("关于", "针对", "对")
_COUNT: Final = re.compile(r"(?P<n>[二三四五六七八九十])是")
_COUNTS: Final = "一二三四五六七八九十"
_COUNTED_WITHIN: Final = 2_000
_FINISHED: Final = re.compile(
    r"(?:问题|情况|方面|工作|清单|台账|通报|公[示告]|报告|方案|意见|成效|打算)(?:[(（][^()（）]{1,20}[)）])?\Z"
)
_DAY_CUT: Final = re.compile(
    r"(?<=\d)\n(?=\d{1,3}[年月日])|(?<=\d年)\n(?=\d{1,2}月)|(?<=\d月)\n(?=\d{1,2}日)|(?<=\d)\n(?=[年月日])"
)


_ONE_LINE_LEAST: Final = 3
"""So many lines, all but the last of them exactly as long, are one line that was cut."""
_ONE_LINE_WIDEST: Final = 200
_FULL_STOP: Final = "。"


_PUNCTUATED: Final = re.compile(r"[，。；：、”％,;:%]")
_RUNS_ON: Final = re.compile(r"[。：:]")
"""A line that begins like a heading and tells something behind it."""


class _Line(NamedTuple):
    start: int
    words: str
    """The line without the blanks behind it."""
    blanks: int = 0
    """How many blanks stand behind it."""

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def breaks(text: str) -> list[Change]:
    """The line breaks of ``text`` that go, in order: those inside a day, and those of lines cut at one width.

    Lines are cut at one width where none is longer, several are as long, and most that break off there go on
    to a full stop.
    """
    lines = _lines(text)
    if _is_one_line(lines):
        cuts = ((line.end + line.blanks, after.start) for line, after in pairwise(lines))
        return [Change(start, end, "", EditKind.PUNCTUATION, WHY) for start, end in cuts if start < end]
    full = _full(lines)
    changes: list[Change] = []
    begin = 0
    for place, (line, after) in enumerate(pairwise(lines)):
        cut = len(line.words) >= _LEAST and (
            _cuts_a_day(line, after) or _cuts_a_label(line, after, alone=True)
        )
        if not cut and place in full:
            is_top = place < _TITLE_LINES
            cut = _goes_on(line, after, is_top=is_top) or _counts_on(text, begin, line.end, after)
        if cut:
            changes.append(Change(line.end, after.start, "", EditKind.PUNCTUATION, WHY))
        else:
            begin = after.start
    return changes


def goes_on_over_page(before: str, after: str) -> bool:
    """Whether the line ``after`` a page counter goes on with what the line ``before`` it breaks off."""
    before, after = before.rstrip(), after.rstrip()
    if not before or not after or _is_row(before) or _is_row(after):
        return False
    last, first = before[-1], after[0]
    if first in _INSIDE or last in _OPENED or (_is_open(before, "（", "）") and "）" in after):
        return True
    if last in _ENDS or _opens(_Line(0, after)) or _PUNCTUATED.search(after) is None:
        return False
    if mark_at(before, 0, len(before)) is None and not before.lstrip().startswith(_ABOUT):
        return _PUNCTUATED.search(before) is not None
    # a heading may end with its line
    return _is_open(before, "“", "”") or first.isdigit() or _RUNS_ON.search(before) is not None


def _is_open(words: str, opener: str, closer: str) -> bool:
    return words.rfind(opener) > words.rfind(closer)


def _lines(text: str) -> list[_Line]:
    """The lines of ``text``; blank ones stand there too, for nothing goes on across them."""
    lines: list[_Line] = []
    start = 0
    for raw in text.split("\n"):
        words = raw.rstrip()
        lines.append(_Line(start, words, len(raw) - len(words)))
        start += len(raw) + 1
    return lines


def _is_one_line(lines: Sequence[_Line]) -> bool:
    """Whether all lines but the last are exactly as long: one line that was cut, even inside numbers."""
    written = next((place for place in range(len(lines), 0, -1) if lines[place - 1].words), 0)
    lines = lines[:written]
    if len(lines) < _ONE_LINE_LEAST or any(_is_row(line.words) for line in lines):
        return False
    for measure, cells in ((len, 1), (_cells, 2)):
        lengths = {measure(line.words) + line.blanks for line in lines[:-1]}
        width = max(lengths)
        slack = cells - 1
        if (
            _NARROWEST * cells <= width <= _ONE_LINE_WIDEST * cells
            and min(lengths) >= width - slack
            and measure(lines[-1].words) <= width
            and sum(line.words[-1:] not in _ENDS for line in lines[:-1]) * 2 >= len(lines) - 1
            and any(_FULL_STOP in line.words for line in lines[:-1])
        ):
            return True
    return False


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
    """Whether half of the full lines that break off, at least, come to an end on a later line.

    One alone shows no width where shorter lines pause at their end, too.
    """
    ends: dict[int, bool] = {}
    for place in sorted(full, reverse=True):
        after = place + 1
        if after < len(lines) and _goes_on(lines[place], lines[after], is_top=place < _TITLE_LINES):
            ends[place] = ends.get(after, False) or any(mark in TERMINAL for mark in lines[after].words)
    longest = max((len(lines[place].words) for place in full), default=0)
    same = sum(len(lines[place].words) == longest for place in full)
    # a line with a full stop inside is no heading: where one alone breaks off it was cut
    prose = any(_FULL_STOP in lines[place].words for place in ends)
    least = 1 if prose or same >= _SAME_LEAST else _BROKEN_LEAST
    if len(ends) == 1 and any(
        line.words[-1:] in _PAUSES and after.words and place not in full
        for place, (line, after) in enumerate(pairwise(lines))
    ):
        return False
    return len(ends) >= least and sum(ends.values()) * 2 >= len(ends)


def _opens(line: _Line) -> bool:
    """Whether a line begins anew: with a number, a count, a label, a bullet or an indent."""
    words = line.words
    return words.startswith((*_INDENT, *GLYPHS)) or opens_a_line(words, Paragraph(0, len(words)))


def _is_row(words: str) -> bool:
    return any(bar in words for bar in f"\t{BARS}")


def _cuts_a_day(line: _Line, after: _Line) -> bool:
    """Whether the break between two lines stands inside a day (9月3⏎0日)."""
    return _DAY_CUT.search(f"{line.words[-6:]}\n{after.words[:4]}") is not None


def _cuts_a_label(line: _Line, after: _Line, *, alone: bool) -> bool:
    """Whether the break between two lines stands inside a label (完⏎成情况：).

    Where this ``alone`` says that a line was cut, what is left of the label must be none by itself.
    """
    label = _LABEL.match(after.words)
    tail = _TAIL.search(line.words) if label is not None else None
    if label is None or tail is None:
        return False
    rest = simplify(label["word"])
    if alone and field_of(rest) is not None:
        return False
    return (simplify(tail["word"]) + rest) in WORDS


def _counts_on(text: str, begin: int, end: int, after: _Line) -> bool:
    """Whether ``after`` goes on with a count inside the paragraph before it (…；二是…；⏎三是…)."""
    found = _COUNT.match(after.words)
    if found is None:
        return False
    last = f"{_COUNTS[_COUNTS.index(found['n']) - 1]}是"
    return text.rfind(last, max(begin + 1, end - _COUNTED_WITHIN), end) >= 0


def _goes_on(line: _Line, after: _Line, *, is_top: bool) -> bool:
    """Whether ``after`` goes on with what the full ``line`` breaks off."""
    if not after.words or _is_row(line.words) or _is_row(after.words):
        return False
    last, first = line.words[-1], after.words[0]
    if first in _INSIDE or last in _OPENED:
        return True
    if last in _ENDS or IN_BRACKETS.fullmatch(line.words):
        return False
    if _cuts_a_label(line, after, alone=False):
        return True
    label = _LABEL.match(after.words)
    if _opens(after) and not (label is not None and len(label["word"]) == 1):
        return False
    is_heading = mark_at(line.words, 0, len(line.words)) is not None
    if is_heading and DONE.match(after.words):
        return False
    is_heading = is_heading or line.words.lstrip().startswith(_ABOUT)
    if is_heading and first.isdigit():
        return True
    return not ((is_heading or is_top) and _FINISHED.search(line.words))
