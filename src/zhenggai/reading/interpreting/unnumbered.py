"""Headings without a number: a theme by its label (问题类别：党的领导方面), one unit after another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.labels import Field, LabelIndex
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline_lines import Paragraph

_SHORT = 40


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
    return found
