"""Headings without a number: a theme by its label, one unit after another, the plans at the end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.labels import ANSWERS, TELLING, Field, LabelIndex
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline_lines import Paragraph

_SHORT = 40
_OF_THE_WHOLE = re.compile(
    r"(?:下一?步|下一?阶段|后续|今后)(?:的)?工作(?:安排|打算|计划|思路|重点)|下一步安排|后续安排"
)
"""What comes next for all findings, rather than for the one it stands under (下一步整改措施)."""


def without_number(text: str, prose: Sequence[Paragraph], index: LabelIndex) -> dict[int, int]:
    """Where headings without number begin in ``text``, each with the place of its title."""
    found: dict[int, int] = {}
    themes = {label.start: label.end for label in index.labels if label.field is Field.THEME}
    units: list[int] = []
    for line, after in pairwise(prose):
        unit = (
            text[line.end - 1] == "况"
            and line.end - line.start <= _SHORT
            and text.endswith("整改情况", line.start, line.end)
        )
        if not unit and line.start not in themes:
            continue
        if mark_at(text, after.start, after.end) is None:
            continue
        if not unit:
            found[line.start] = themes[line.start]
        elif wording.unit_of(text[line.start : line.end]):
            units.append(line.start)
    if len(units) > 1:
        found.update((start, start) for start in units)
    plans = plans_at_the_end(text, prose, index)
    if plans is not None:
        found[plans[0]] = plans[1]
    return found


def plans_at_the_end(text: str, prose: Sequence[Paragraph], index: LabelIndex) -> tuple[int, int] | None:
    """Where the one paragraph that leads to the plans of the whole (下一步工作安排：) and its title begin.

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
    return line.start, text.index(label.word, label.start)
