"""Headings without a number: a theme by its label, one unit after another, the plans at the end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.labels import ANSWERS, TELLING, Field, LabelIndex
from zhenggai.reading.outline import Unnumbered
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.reading.interpreting.labels import Label

_SHORT = 40
_LEAST = 2
"""One unit alone is who the document is about, or who it is sent to."""
_PROBLEM_MOST = 90
_OPENS = frozenset({Field.PROBLEM, Field.TASK, Field.THEME, Field.GROUP})
_ABOUT = re.compile(r"(?:关于|针对|对于?)[ \u3000]*(?:[“\"「『]|[^。\n]{2,80}(?:问题|方面))")
_DRESSED = re.compile(
    r"[(（](?P<inner>[^()（）:：。；;，,\n]{3,36})[)）][:：]?"
    r"|(?:[*_#]{1,3}|[【\[〔〖《<])?[ \u3000]*"
    r"(?P<name>[^*_#【】\[\]〔〕〖〗《》<>:：。；;，,\n]{3,36}?)"
    r"[ \u3000]*(?:[*_]{1,3}|[】\]〕〗》>])?[ \u3000]*[:：]?"
)
_OF_THE_WHOLE = re.compile(
    r"(?:下一?步|下一?阶段|后续|今后)(?:的)?工作(?:安排|打算|计划|思路|重点)|下一步安排|后续安排"
)
"""What comes next for all findings, rather than for the one it stands under (下一步整改措施)."""


class _Line(NamedTuple):
    """A line that a unit's name fills: where it stands among the lines, and whether a finding follows."""

    start: int
    place: int
    heading: Unnumbered
    unit: str
    opens: bool


def without_number(
    text: str, prose: Sequence[Paragraph], index: LabelIndex, end: int
) -> dict[int, Unnumbered]:
    """Where headings without number begin in ``text`` before ``end``, each with the place of its title."""
    labels = {label.start: label for label in index.labels}
    lines = [line for line in prose if line.kind is not ParagraphKind.PAGE and line.start < end]
    found = {
        line.start: Unnumbered(labels[line.start].end, line.end)
        for line, after in pairwise(lines)
        if line.start in labels
        and labels[line.start].field is Field.THEME
        and mark_at(text, after.start, after.end) is not None
    }
    found.update((unit.start, unit.heading) for unit in _units(text, lines, labels))
    plans = plans_at_the_end(text, prose, index)
    if plans is not None:
        found[plans[0]] = plans[1]
    return found


def plans_at_the_end(
    text: str, prose: Sequence[Paragraph], index: LabelIndex
) -> tuple[int, Unnumbered] | None:
    """Where the one paragraph that leads to the plans of the whole (下一步工作安排：) begins, and its title.

    Null where findings say what comes next each for itself, or where another finding follows.
    """
    leading = [label for label in index.labels if _OF_THE_WHOLE.fullmatch(label.word)]
    if len(leading) != 1:
        return None
    label = leading[0]
    line = next((line for line in prose if line.start <= label.start < line.end), None)
    if line is None or line.start != label.start or mark_at(text, line.start, line.end) is not None:
        return None
    before = [other for other in index.within(0, label.start) if other.field in TELLING]
    after = [
        other for other in index.within(label.end, len(text)) if other.field in {*ANSWERS, Field.PROBLEM}
    ]
    named = [
        other
        for other in prose
        if other.start < label.start and mark_at(text, other.start, other.end) is not None
    ]
    if after or (len(named) < 2 and len({other.word for other in before}) >= len(before)):
        return None
    return line.start, Unnumbered(text.index(label.word, label.start), line.end)


def _units(text: str, lines: Sequence[Paragraph], labels: Mapping[int, Label]) -> list[_Line]:
    """The lines that say whose findings follow; none where there are not two units with findings at least."""
    named = [
        unit
        for place, line in enumerate(lines[:-1])
        if line.end - line.start <= _SHORT
        and line.kind is ParagraphKind.PROSE
        and not (place and _asks_for_a_value(text, lines[place - 1], labels))
        and (unit := _unit(text, place, lines, labels)) is not None
    ]
    opening = [unit for unit in named if unit.opens]
    if len({unit.unit for unit in opening}) < _LEAST or _stands_below(text, lines, opening[0], labels):
        return []
    places = {unit.place for unit in named}
    first = opening[0].place
    return [unit for unit in named if unit.place >= first and unit.place + 1 not in places]


def _stands_below(text: str, lines: Sequence[Paragraph], unit: _Line, labels: Mapping[int, Label]) -> bool:
    """Whether the first unit stands below a finding, as who is to set it right, rather than above its own."""
    after = lines[unit.place + 1]
    mark = mark_at(text, after.start, after.end)
    if mark is not None:
        return mark.ordinal > 1
    return any(start < unit.start and label.field in _OPENS for start, label in labels.items())


def _unit(text: str, place: int, lines: Sequence[Paragraph], labels: Mapping[int, Label]) -> _Line | None:
    line, after = lines[place], lines[place + 1]
    label = labels.get(line.start)
    if label is not None and label.field is not Field.ORGANISATION:
        return None
    dressed = _DRESSED.fullmatch(text, line.start if label is None else label.end, line.end)
    if dressed is None:
        return None
    name = dressed.lastgroup or "name"
    unit = wording.unit_of(dressed[name])
    if unit is None or wording.is_deed(unit) or wording.is_problem(unit):
        return None
    counted = after.kind is ParagraphKind.ROW or mark_at(text, after.start, after.end) is not None
    opens = counted or (label is None and _opens_finding(text, lines[place + 1 : place + 3], labels))
    if label is not None and not opens:
        return None
    return _Line(line.start, place, Unnumbered(*dressed.span(name), names_unit=True), unit, opens)


def _opens_finding(text: str, lines: Sequence[Paragraph], labels: Mapping[int, Label]) -> bool:
    """Whether a finding begins on the first of ``lines``, or on the second where a label fills the first."""
    line, below = lines[0], lines[1:]
    label = labels.get(line.start)
    if label is not None:
        alone = _asks_for_a_value(text, line, labels) and below
        return label.field in _OPENS or bool(alone and mark_at(text, below[0].start, below[0].end))
    if _ABOUT.match(text, line.start, line.end):
        return True
    return line.end - line.start <= _PROBLEM_MOST and wording.is_problem(text[line.start : line.end])


def _asks_for_a_value(text: str, line: Paragraph, labels: Mapping[int, Label]) -> bool:
    """Whether a label fills ``line``, so that the line below it is what the label asks for."""
    label = labels.get(line.start)
    return label is not None and not text[label.end : line.end].strip(" \u3000")
