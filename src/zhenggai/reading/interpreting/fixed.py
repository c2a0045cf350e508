"""Findings whose labels are headings (环保销号公示: 一、反馈问题 二、整改目标 三、整改措施 …)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.drafts import Draft, Passage, cut, with_status
from zhenggai.reading.interpreting.labels import Field, Label, LabelIndex
from zhenggai.reading.interpreting.trail import title_field
from zhenggai.reading.interpreting.wording import clean, is_problem
from zhenggai.reading.outline_marks import ordinal

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
_COUNTED = re.compile(
    rf"{_COUNT}(?=(?:整改|反馈)*(?:问题|任务|事项)|[)）])|(?<=问题|任务|清单|事项|意见){_COUNT}(?=[予完整已的进])"
)
_NUMERAL = r"[一二三四五六七八九十百]{1,4}|\d{1,3}"
_COUNTED_TOGETHER = re.compile(
    rf"第(?P<n>(?:(?:{_NUMERAL})[、,，和及与至到—~-]*第?){{2,20}})[项条](?=[^。；;\n]{{0,30}}(?:问题|任务|事项|销号|整改))"
)
_ONE_NUMERAL = re.compile(_NUMERAL)
_UP_TO = re.compile(r"[至到—~-]+第?")
_MOST_COUNTED = 50
_STATED = re.compile(r"[。；;\n]")


def named_in(text: str, area: Span) -> re.Match[str] | None:
    """The one problem that ``area`` quotes (第8项“…”问题), or null where it quotes none or several."""
    found = [
        hit
        for hit in _QUOTED.finditer(text, area.start, area.end)
        if hit["n"] or hit["t"] == "问题" or is_problem(hit["q"])
    ]
    return found[0] if len({hit["q"] for hit in found}) == 1 else None


def of_lead(text: str, lead: Span, top: int, drafts: list[Draft]) -> list[Draft]:
    """``drafts`` with the numbers that title or lead give them, or the problems that ``lead`` quotes.

    The title stands before the lead, from ``top`` on (反馈意见第二十七项问题整改销号公示). A list of numbers
    (对第3、5项予以销号) is shared out in order where there are as many findings.
    """
    if not drafts:
        return _quoted(text, lead)
    if any(draft.number is not None for draft in drafts):
        return drafts
    counts = list(_COUNTED.finditer(text, top, lead.end))
    if len(drafts) == 1 and len({count[0] for count in counts}) == 1:
        drafts[0].number = counts[0][0]
        drafts[0].marks.append((*counts[0].span(), "number"))
    numbers = _together(text, top, lead.end)
    if len(drafts) > 1 and len(numbers) == len(drafts):
        for draft, (number, place) in zip(drafts, numbers, strict=True):
            draft.number = number
            draft.marks.append((*place, "number"))
    return drafts


def _quoted(text: str, lead: Span) -> list[Draft]:
    """The problems that ``lead`` counts and quotes (第3项“…”问题), each with what it says of it."""
    named = named_in(text, lead)
    if named is not None and named["n"] is not None:
        title = clean(named["q"])
        return [Draft(named["n"], title, named.start(), named.end(), named.span("q"), rule="unnumbered")]
    found = [hit for hit in _QUOTED.finditer(text, lead.start, lead.end) if hit["n"]]
    if len({hit["n"] for hit in found}) != len(found) or len(found) < 2:
        return []
    drafts: list[Draft] = []
    for hit, limit in zip(found, [*(after.start() for after in found[1:]), lead.end], strict=True):
        stop = _STATED.search(text, hit.end(), limit)
        end = stop.start() if stop else limit
        draft = Draft(hit["n"], clean(hit["q"]), hit.start(), end, hit.span("q"), rule="unnumbered")
        draft.marks.append((*hit.span("n"), "number"))
        if text[hit.end() : end].strip(" \u3000，,、的和及"):
            draft.passages.extend(with_status(text, Passage(Field.RESULT, hit.end(), end, None, "body")))
        drafts.append(draft)
    return drafts


def _together(text: str, start: int, end: int) -> list[tuple[str, tuple[int, int]]]:
    """The numbers counted in one breath (第3、5项, 第三至五项), each with the place it is printed at."""
    found = _COUNTED_TOGETHER.search(text, start, end)
    if found is None:
        return []
    numbers: list[tuple[str, tuple[int, int]]] = []
    before: re.Match[str] | None = None
    for numeral in _ONE_NUMERAL.finditer(text, *found.span("n")):
        if before is not None and _UP_TO.fullmatch(text, before.end(), numeral.start()):
            first, last = ordinal(before[0]) + 1, ordinal(numeral[0])
            between = range(first, min(last, first + _MOST_COUNTED))
            numbers.extend((f"第{number}项", numeral.span()) for number in between)
        numbers.append((f"第{numeral[0]}项", numeral.span()))
        before = numeral
    return numbers


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
