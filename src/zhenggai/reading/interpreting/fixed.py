"""Findings whose labels are headings (环保销号公示: 一、反馈问题 二、整改目标 三、整改措施 …)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.drafts import Draft, Passage, cut, with_status
from zhenggai.reading.interpreting.labels import Field, Label, LabelIndex
from zhenggai.reading.interpreting.status import is_status, without_subject
from zhenggai.reading.interpreting.trail import title_field
from zhenggai.reading.interpreting.wording import clean, is_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.domain.spans import Span
    from zhenggai.reading.outline import Heading

_PROBLEMS = frozenset({Field.PROBLEM, Field.TASK})
FEWEST = 3
"""As many headings at least must be labels beside each other."""
_OTHERS = frozenset({Field.RESULT, Field.MEASURES, Field.GOAL})


_COUNT = r"第[一二三四五六七八九十百\d]{1,4}[项条]"
_QUOTED = re.compile(
    rf"(?P<n>{_COUNT})?(?:整改|反馈)?(?:问题|任务|事项)?(?:[:：]|中?关于)?[ \u3000]*"
    r"[“\"「](?P<q>[^“”\"「」\n]{6,200})[”\"」](?:等)?(?:的)?(?P<t>问题|整改|任务)"
)
_COUNTED = re.compile(rf"{_COUNT}(?=(?:整改|反馈)*(?:问题|任务|事项)|[)）])")
_COUNTED_ALONE = re.compile(
    rf"(?P<n>{_COUNT})(?:整改|反馈)?(?:问题|任务|事项)?(?:[:：]|中?关于)?[ \u3000]*"
    r"[“\"「](?P<q>[^“”\"「」\n]{4,200})[”\"」]"
)
_COUNTS = re.compile(
    r"第(?P<n>[一二三四五六七八九十百\d]{1,4}"
    r"(?:[项条]?[、和及,，][ \u3000]?第?[一二三四五六七八九十百\d]{1,4}){1,30})(?P<u>[项条])"
    r"(?:反馈|整改)?(?:问题|任务|事项)?"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十百\d]{1,4}")
_DONE_BEFORE = re.compile(r"(?:已|已经|已全部)完成(?:了)?\Z")
_CLAUSE = re.compile(r"(?P<s>[^。；;，,、\n]*)(?P<stop>[。；;，,、\n]|\Z)")


def named_in(text: str, area: Span) -> re.Match[str] | None:
    """The one problem that ``area`` quotes (第8项“…”问题), or null where it quotes none or several."""
    found = [
        hit
        for hit in _QUOTED.finditer(text, area.start, area.end)
        if hit["n"] or hit["t"] == "问题" or is_problem(hit["q"])
    ]
    return found[0] if len({hit["q"] for hit in found}) == 1 else None


def of_lead(text: str, lead: Span, top: int, drafts: list[Draft]) -> list[Draft]:
    """``drafts``, or the problem that ``lead`` counts and quotes; one alone takes the count of the title.

    The title stands before the lead, from ``top`` on (反馈意见第二十七项问题整改销号公示).
    """
    if not drafts:
        several = _several_in(text, lead)
        if several:
            return several
        named = named_in(text, lead)
        if named is None or named["n"] is None:
            return drafts
        title = clean(named["q"])
        draft = Draft(named["n"], title, named.start(), named.end(), named.span("q"), rule="unnumbered")
        return _with_status(text, [draft], named.end(), lead.end)
    counts = list(_COUNTED.finditer(text, top, lead.end))
    if len(drafts) == 1 and drafts[0].number is None and len({count[0] for count in counts}) == 1:
        drafts[0].number = counts[0][0]
        drafts[0].marks.append((*counts[0].span(), "number"))
    return drafts


def _several_in(text: str, lead: Span) -> list[Draft]:
    """The problems that a sentence of ``lead`` counts, quoted (第7项“…”、第12项“…”) or not (第7、12项).

    Without a quotation each is named by the words of the sentence, and only where it states how far they are.
    """
    quoted = [found for found in _COUNTED_ALONE.finditer(text, lead.start, lead.end) if found["q"]]
    if len({found["n"] for found in quoted}) > 1:
        drafts = [
            Draft(found["n"], clean(found["q"]), *found.span(), found.span("q"), rule="unnumbered")
            for found in quoted
        ]
        return _with_status(text, drafts, quoted[-1].end(), lead.end)
    listed = _COUNTS.search(text, lead.start, lead.end)
    if listed is None:
        return []
    begin = max(lead.start, *(text.rfind(stop, lead.start, listed.start()) + 1 for stop in "。；;，,\n"))
    title = clean(text[begin : listed.end()])
    numbers = list(_NUMERAL.finditer(text, listed.start("n"), listed.end("n")))
    drafts = [
        Draft(f"第{number[0]}{listed['u']}", title, *number.span(), number.span(), rule="unnumbered")
        for number in numbers
    ]
    done = _DONE_BEFORE.search(text, begin, listed.start())
    if done is not None:
        for draft in drafts:
            draft.title = clean(text[listed.start() : listed.end()])
            draft.passages.append(Passage(Field.STATUS, *done.span()))
        return drafts if len(numbers) > 1 else []
    stated = _with_status(text, drafts, listed.end(), lead.end)
    return stated if len(numbers) > 1 and all(draft.passages for draft in stated) else []


def _with_status(text: str, drafts: list[Draft], start: int, end: int) -> list[Draft]:
    """``drafts`` with the status that the sentence going on at ``start`` states of them all, if it does."""
    for clause in _CLAUSE.finditer(text, start, end):
        if is_status(clause["s"]):
            place = (clause.end("s") - len(without_subject(clause["s"])), clause.end("s"))
            for draft in drafts:
                draft.passages.append(Passage(Field.STATUS, *place))
            break
        if clause["stop"] in {"。", "\n"}:
            break
    return drafts


def fixed_block(text: str, headings: Sequence[tuple[Heading, str]], lead: Span | None = None) -> Draft | None:
    """The finding that ``headings`` (with their titles) beside each other make up, or null.

    Where none of them is for the problem, ``lead`` may quote it.
    """
    kinds = [title_field(title) for _, title in headings]
    fields = {kind for kind in kinds if kind is not None}
    problem = fields & _PROBLEMS
    if len(fields) + (not problem) < FEWEST or not fields & _OTHERS:
        return None
    named = named_in(text, lead) if lead is not None and not problem else None
    if not problem and named is None:
        return None
    if sum(kind in problem for kind in kinds) > 1 and Field.TASK not in fields:
        return None
    told = [(heading, title, kind) for (heading, title), kind in zip(headings, kinds, strict=True) if kind]
    draft = Draft(None, "", told[0][0].start, told[-1][0].end, None, rule="fixed_headings")
    if named is not None:
        draft.number, draft.title = named["n"], clean(named["q"])
        draft.marks.append((*named.span("q"), "problem"))
    has_problem = Field.PROBLEM in fields
    for heading, title, kind in told:
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
