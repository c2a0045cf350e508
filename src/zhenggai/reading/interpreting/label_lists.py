"""Numbered lists below a label that fills its line (整改措施：), whatever words their items contain."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.labels import ANSWERS, TELLING, Field, LabelIndex
from zhenggai.reading.interpreting.status import is_said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.reading.interpreting.labels import Label
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


def status_of_all(
    index: LabelIndex,
    titles: Titles,
    heading: Heading,
    telling: Sequence[Heading],
    names_a_problem: Callable[[Heading], bool],
) -> bool:
    """Whether the only label below ``heading``, a problem, states how far it is, behind the last of its acts.

    ①签订责任书420份。②清理可燃物36公里。整改进度：已完成。 ``telling`` are the children with labels.
    """
    children, title = heading.children, titles.of(heading)
    if any(child is not children[-1] for child in telling):
        return False
    if len(children) < 2 and not wording.names_its_problem(title):
        return False
    if wording.is_theme(title) or wording.is_generic(title) or not names_a_problem(heading):
        return False
    if any(map(names_a_problem, children)):
        return False
    last = children[-1]
    below = [label for label in index.within(last.start, last.end) if label.field in TELLING]
    return all(label.field is Field.STATUS or _says_only_how_far(titles.text, label) for label in below)


def _says_only_how_far(text: str, label: Label) -> bool:
    """Whether nothing but a status stands behind the label of a result (整改情况：完成)."""
    end = text.find("\n", label.end)
    return label.field is Field.RESULT and is_said(text[label.end : end if end >= 0 else len(text)])


def _answered(index: LabelIndex, item: Heading, *, last: bool) -> bool:
    """Whether ``item`` has labels of its own; behind the ``last`` one those of the finding go on."""
    return any(
        label.field is Field.PROBLEM or (label.field in ANSWERS and not last)
        for label in index.within(item.start, item.end)
    )
