"""Findings whose labels are headings (环保销号公示: 一、反馈问题 二、整改目标 三、整改措施 …)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading.interpreting.drafts import Draft, Passage, cut, with_status
from zhenggai.reading.interpreting.labels import Field, Label, LabelIndex
from zhenggai.reading.interpreting.trail import title_field
from zhenggai.reading.interpreting.wording import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline import Heading

_PROBLEMS = frozenset({Field.PROBLEM, Field.TASK})
FEWEST = 3
"""As many headings at least must be labels beside each other."""
_OTHERS = frozenset({Field.RESULT, Field.MEASURES, Field.GOAL})


def fixed_block(text: str, headings: Sequence[tuple[Heading, str]]) -> Draft | None:
    """The finding that ``headings`` (with their titles) beside each other make up, or null."""
    kinds = [title_field(title) for _, title in headings]
    fields = {kind for kind in kinds if kind is not None}
    problem = fields & _PROBLEMS
    if len(fields) < FEWEST or not problem or not fields & _OTHERS:
        return None
    if sum(kind in problem for kind in kinds) > 1 and Field.TASK not in fields:
        return None
    named = [(heading, title, kind) for (heading, title), kind in zip(headings, kinds, strict=True) if kind]
    draft = Draft(None, "", named[0][0].start, named[-1][0].end, None, rule="fixed_headings")
    has_problem = Field.PROBLEM in fields
    for heading, title, kind in named:
        filled = Field.PROBLEM if kind is Field.TASK and not has_problem else kind
        label = Label(filled, title, heading.start, heading.body_start)
        passage = Passage(filled, heading.body_start, heading.end, label, "fixed_heading")
        draft.passages.extend(with_status(text, passage))
    return draft


def from_children(
    text: str, index: LabelIndex, heading: Heading, labelled: Sequence[Heading], default: Field
) -> list[Passage]:
    """The passages of a finding whose children from the first of ``labelled`` on are its labels."""
    first = labelled[0]
    passages, _ = cut(text, index, heading.body_start, first.start, Field.PROBLEM)
    for child in heading.children:
        if child.start < first.start:
            continue
        title = clean(text[child.title_start : child.title_end])
        kind = title_field(title)
        label = Label(kind, title, child.start, child.body_start) if kind else None
        inner, _ = cut(text, index, child.body_start, child.end, kind or default)
        if inner and inner[0].label is None:
            inner[0].field = kind or inner[0].field
            inner[0].label = label
        passages.extend(inner)
    return passages
