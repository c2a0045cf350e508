"""Numbered lists below a label that fills its line (整改措施：), whatever words their items contain."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.labels import ANSWERS, Field, LabelIndex

if TYPE_CHECKING:
    from zhenggai.reading.interpreting.trail import Titles
    from zhenggai.reading.outline import Heading


def belongs_to_labels(index: LabelIndex, titles: Titles, heading: Heading) -> bool:
    """Whether the children of ``heading``, a finding by its words, are items of the labels above them.

    Where a label stands inside such a list, its items are findings with labels of their own.
    """
    children, title = heading.children, titles.of(heading)
    themed = wording.is_theme(title) and not wording.is_fault(title)
    if not children[0].nests or wording.is_generic(title) or themed:
        return False
    if any(wording.unwrap(titles.of(child)).wrapped for child in children):
        return False
    inside = [child for child, after in pairwise(children) if not after.nests] + children[-1:]
    return not any(_answered(index, child, last=child is children[-1]) for child in inside)


def _answered(index: LabelIndex, item: Heading, *, last: bool) -> bool:
    """Whether ``item`` has labels of its own; behind the ``last`` one those of the finding go on."""
    return any(
        label.field is Field.PROBLEM or (label.field in ANSWERS and not last)
        for label in index.within(item.start, item.end)
    )
