"""Headings of a text as a tree (提纲): a stack per parent, counts as evidence, the usual order as prior."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenggai.reading.outline_marks import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_AHEAD = 60
_COUNTS = "一二三四五六七八九十百零〇0123456789()-.—．①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(slots=True)
class Heading:
    """One heading. ``[start, end)`` is its whole section, ``[title_start, title_end)`` its printed title.

    ``body_start`` is where the text after the title begins; ``mark`` is null for a heading without a number.
    ``counts_problem`` tells whether its number, or one after it (一、问题一：), is that of a problem;
    ``names_unit`` whether it is the name of a unit, without number, above findings of its own.
    ``nests`` tells that a list begins here below a label (整改措施：), ``closes`` that a label after such a
    list ended it.
    """

    mark: Mark | None
    start: int
    title_start: int
    title_end: int
    body_start: int
    end: int = 0
    counts_problem: bool = False
    names_unit: bool = False
    nests: bool = False
    closes: bool = False
    parent: Heading | None = None
    children: list[Heading] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """Where the text that belongs to this heading alone ends."""
        return self.children[0].start if self.children else self.end

    @property
    def level(self) -> int:
        """Depth, counted from 1."""
        return 1 if self.parent is None else self.parent.level + 1

    @property
    def path(self) -> str | None:
        """Printed number path from the top (二/(一)/1/(1)), or null where this heading has no number."""
        if self.mark is None:
            return None
        numbers: list[str] = []
        heading: Heading | None = self
        while heading is not None:
            if heading.mark is not None:
                number = heading.mark.number
                if not (numbers and numbers[-1].startswith(f"{number}.")):
                    numbers.append(number)
            heading = heading.parent
        return "/".join(reversed(numbers))


def build(headings: Sequence[Heading], end: int) -> list[Heading]:
    """Put ``headings`` (in order of the text) under each other; ``end`` closes the last section."""
    roots: list[Heading] = []
    stack: list[Heading] = []
    for index, heading in enumerate(headings):
        depth = _depth(stack, headings, index)
        for closed in stack[depth:]:
            closed.end = heading.start
        del stack[depth:]
        if stack:
            heading.parent = stack[-1]
            stack[-1].children.append(heading)
        else:
            roots.append(heading)
        stack.append(heading)
    for heading in stack:
        heading.end = end
    return roots


def _depth(stack: list[Heading], headings: Sequence[Heading], index: int) -> int:
    """How many open headings stay open above ``headings[index]``."""
    mark = headings[index].mark
    if not stack:
        return 0
    if mark is None:
        return _of_unit(stack, headings, index) if headings[index].names_unit else 0
    if headings[index].closes:
        stack = _without_nested(stack)
    if mark.kind is MarkKind.DOTTED and (told := _dotted(stack, mark.number)) is not None:
        return told
    same = _innermost(stack, mark)
    if same is not None and headings[index].nests:
        return len(stack)
    if same is not None:
        last = stack[same].mark
        if (
            last is not None
            and mark.ordinal == 1
            and last.ordinal >= 1
            and _nested(headings, index, last.ordinal)
        ):
            return len(stack)
        return same
    if mark.ordinal == 1:
        return _first_of_its_kind(stack, headings, index)
    depth = len(stack)
    goes_on = _counts_on(headings, index)
    while depth and not goes_on and _rank(stack[depth - 1]) >= mark.kind:
        depth -= 1
    return depth


def _of_unit(stack: list[Heading], headings: Sequence[Heading], index: int) -> int:
    """How many open headings stay open above the name of a unit: those that its own findings leave open.

    One unit stands beside the other. The first stands under a heading whose list goes on after it, and under
    what is further out than the findings that follow.
    """
    for place, heading in enumerate(stack):
        if heading.names_unit:
            return place
    following = next((heading.mark for heading in headings[index + 1 :] if heading.mark is not None), None)
    if following is None:
        return 0
    outer = _innermost(stack, following)
    if outer is not None and following.ordinal == 1 + getattr(stack[outer].mark, "ordinal", 0):
        return outer + 1
    return sum(heading.mark is not None and heading.mark.kind < following.kind for heading in stack)


def _without_nested(stack: list[Heading]) -> list[Heading]:
    """The open headings above the list that stands below a label."""
    firsts = (heading.parent.children[0] if heading.parent else heading for heading in stack)
    nested = next((place for place, first in enumerate(firsts) if first.nests), len(stack))
    return stack[:nested]


def _dotted(stack: list[Heading], number: str) -> int | None:
    """Depth that a dotted number says of itself (1.2.1 under 1.2), or null where its parent is missing."""
    parent = number.rpartition(".")[0]
    for place in range(len(stack) - 1, -1, -1):
        mark = stack[place].mark
        if mark is not None and mark.number == parent:
            return place + 1
    return None


def _innermost(stack: list[Heading], mark: Mark) -> int | None:
    """Place in ``stack`` of the list that ``mark`` goes on with: the innermost whose count it continues."""
    fallback: int | None = None
    for place in range(len(stack) - 1, -1, -1):
        open_mark = stack[place].mark
        if open_mark is None or open_mark.kind is not mark.kind:
            continue
        if mark.kind is MarkKind.PROBLEM and mark.ordinal == 1 and _word(open_mark) != _word(mark):
            continue
        if mark.ordinal == open_mark.ordinal + 1:
            return place
        fallback = place if fallback is None else fallback
    return fallback


def _counts_on(headings: Sequence[Heading], index: int) -> bool:
    """Whether the count under one numbered problem goes on under the next one (问题一 1. 2. 问题二 3.)."""
    if index < 2:
        return False
    mark, above, last = (headings[place].mark for place in (index, index - 1, index - 2))
    of = headings[index - 2].parent
    if mark is None or above is None or last is None or of is None or of.mark is None:
        return False
    groups = of.mark.kind is above.kind is MarkKind.PROBLEM and above.ordinal == of.mark.ordinal + 1
    return groups and last.kind is mark.kind and mark.ordinal == last.ordinal + 1


def _first_of_its_kind(stack: list[Heading], headings: Sequence[Heading], index: int) -> int:
    mark = headings[index].mark
    depth = len(stack)
    while depth and mark is not None:
        top = stack[depth - 1]
        if top.mark is None or top.mark.kind is MarkKind.PROBLEM or top.mark.kind < mark.kind:
            return depth
        if _resumes(headings, index, top.mark):
            return depth
        depth -= 1
    return depth


def _resumes(headings: Sequence[Heading], index: int, outer: Mark) -> bool:
    """Whether the list of ``outer`` is gone on with after the list that begins at ``index``."""
    for heading in headings[index + 1 : index + _AHEAD]:
        mark = heading.mark
        if mark is not None and mark.kind is outer.kind:
            return mark.ordinal == outer.ordinal + 1
    return False


def _nested(headings: Sequence[Heading], index: int, last: int) -> bool:
    """Whether a count that restarts at ``index`` is a list inside the item counted ``last``."""
    first = headings[index].mark
    before: int | None = None
    for place in range(index, min(index + _AHEAD, len(headings))):
        mark = headings[place].mark
        if mark is None or first is None or mark.kind < first.kind:
            break
        if mark.kind is first.kind:
            if before is not None and mark.ordinal != before + 1:
                return mark.ordinal == last + 1 and mark.ordinal != 1
            before = mark.ordinal
    return False


def _word(mark: Mark) -> str:
    """The word of a number of problems (反馈意见 of 反馈意见二)."""
    return mark.number.rstrip(_COUNTS)


def _rank(heading: Heading) -> int:
    return -1 if heading.mark is None else int(heading.mark.kind)
