"""Findings whose labels are headings (环保销号公示: 一、反馈问题 二、整改目标 三、整改措施 …)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.drafts import Draft, Passage, cut, with_status
from zhenggai.reading.interpreting.labels import Field, Label, LabelIndex
from zhenggai.reading.interpreting.status import is_status, without_subject
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
_COUNTED_QUOTE = re.compile(
    rf"(?P<n>{_COUNT})(?:整改|反馈)?(?:问题|任务|事项)?(?:[:：]|中?关于)?[ \u3000]*"
    r"[“\"「](?P<q>[^“”\"「」\n]{4,200})[”\"」](?:等)?(?:的)?(?:问题|整改|任务)?"
)
_NUMERAL = r"(?:[一二三四五六七八九十百]{1,4}|\d{1,3})"
_AND = r"[项条]?[ \u3000]?[、,，和及与至到—~-]{1,2}[ \u3000]?第?"
_COUNTED_TOGETHER = re.compile(
    rf"第(?P<n>{_NUMERAL}(?:{_AND}{_NUMERAL}){{1,30}})(?P<u>[项条])"
    r"(?=[^。；;\n]{0,30}(?:问题|任务|事项|销号|整改))(?:反馈|整改)?(?:问题|任务|事项)?"
)
_ONE_NUMERAL = re.compile(_NUMERAL)
_UP_TO = re.compile(r"[项条]?[ \u3000]?[至到—~-]{1,2}[ \u3000]?第?")
_MOST_COUNTED = 50
_STATED = re.compile(r"[。；;\n]")
_BESIDE = " \u3000，,、的和及与"
"""What stands between problems that a sentence lists before it says something of them all."""
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
    """``drafts`` with the numbers that title or lead give them, or the problems that ``lead`` quotes.

    The title stands before the lead, from ``top`` on (反馈意见第二十七项问题整改销号公示). A list of numbers
    (对第3、5项予以销号) is shared out in order where there are as many findings.
    """
    if not drafts:
        return _quoted(text, lead) or _listed(text, lead)
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
    """The problems that ``lead`` counts and quotes (第3项“…”问题), each with what it says of it.

    A status that stands behind several of them is that of each (第7项“…”、第12项“…”问题，已完成整改).
    """
    found = list(_COUNTED_QUOTE.finditer(text, lead.start, lead.end))
    if len(found) < 2:
        named = named_in(text, lead)
        if named is None or named["n"] is None:
            return []
        title = clean(named["q"])
        draft = Draft(named["n"], title, named.start(), named.end(), named.span("q"), rule="unnumbered")
        return _with_status([draft], _stated(text, named.end(), lead.end))
    if len({hit["n"] for hit in found}) != len(found):
        return []
    drafts: list[Draft] = []
    alone: list[Draft] = []
    for hit, limit in zip(found, [*(after.start() for after in found[1:]), lead.end], strict=True):
        stop = _STATED.search(text, hit.end(), limit)
        end = stop.start() if stop else limit
        draft = Draft(hit["n"], clean(hit["q"]), hit.start(), hit.end(), hit.span("q"), rule="unnumbered")
        draft.marks.append((*hit.span("n"), "number"))
        drafts.append(draft)
        said = end - len(text[hit.end() : end].lstrip(_BESIDE))
        if said == end:
            alone.append(draft)
            continue
        draft.end = end
        stated = _stated(text, said, end)
        told = text[said : stated.start() if stated else end].rstrip(_BESIDE)
        if told:
            result = Passage(Field.RESULT, said, said + len(told), None, "body")
            draft.passages.extend(with_status(text, result))
        _with_status([*alone, draft], stated)
        alone = []
    return drafts


def _listed(text: str, lead: Span) -> list[Draft]:
    """The problems that a sentence of ``lead`` counts without quoting them (第7、12项).

    Each is named by the words of the sentence, and only where it states how far they are.
    """
    listed = _COUNTED_TOGETHER.search(text, lead.start, lead.end)
    if listed is None:
        return []
    begin = max(lead.start, *(text.rfind(stop, lead.start, listed.start()) + 1 for stop in "。；;，,\n"))
    done = _DONE_BEFORE.search(text, begin, listed.start())
    title = clean(text[listed.start() if done else begin : listed.end()])
    drafts = [
        Draft(number, title, *place, place, rule="unnumbered") for number, place in _numbers(text, listed)
    ]
    if done is None:
        stated = _stated(text, listed.end(), lead.end)
        return _with_status(drafts, stated) if stated else []
    for draft in drafts:
        draft.passages.append(Passage(Field.STATUS, *done.span()))
    return drafts


def _stated(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first clause of the sentence going on at ``start`` that is a status, or null."""
    for clause in _CLAUSE.finditer(text, start, end):
        if is_status(clause["s"]):
            return clause
        if clause["stop"] in {"。", "\n"}:
            break
    return None


def _with_status(drafts: list[Draft], stated: re.Match[str] | None) -> list[Draft]:
    """``drafts``, each with the status of the clause ``stated`` where there is one."""
    if stated is not None:
        place = (stated.end("s") - len(without_subject(stated["s"])), stated.end("s"))
        for draft in drafts:
            draft.passages.append(Passage(Field.STATUS, *place))
    return drafts


def _together(text: str, start: int, end: int) -> list[tuple[str, tuple[int, int]]]:
    """The numbers counted in one breath (第3、5项, 第三至五项), each with the place it is printed at."""
    found = _COUNTED_TOGETHER.search(text, start, end)
    return _numbers(text, found) if found else []


def _numbers(text: str, listed: re.Match[str]) -> list[tuple[str, tuple[int, int]]]:
    numbers: list[tuple[str, tuple[int, int]]] = []
    before: re.Match[str] | None = None
    for numeral in _ONE_NUMERAL.finditer(text, *listed.span("n")):
        if before is not None and _UP_TO.fullmatch(text, before.end(), numeral.start()):
            first, last = ordinal(before[0]) + 1, ordinal(numeral[0])
            between = range(first, min(last, first + _MOST_COUNTED))
            up_to = (before.end(), numeral.start())
            numbers.extend((f"第{number}{listed['u']}", up_to) for number in between)
        numbers.append((f"第{numeral[0]}{listed['u']}", numeral.span()))
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
