"""Problems listed under one heading and answered under another (一、存在问题 … 二、整改情况)."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.drafts import Draft, Passage, cut
from zhenggai.reading.interpreting.labels import ANSWERS, Field, LabelIndex
from zhenggai.reading.interpreting.trail import Place, Titles, theme_and_group, title_field
from zhenggai.reading.outline_marks import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline import Heading

_LISTS = re.compile(
    r"(?:存在|发现|反馈|查出|指出|反映|主要|突出)(?:的)?(?:主要|具体|突出)?(?:问题|隐患|不足)(?:清单)?$|^问题(?:清单)?$|^缺失(?:情形|事项|项目)?$"
    r"|^(?:巡[察视]|审计|督察)?反馈的?意见$"
)
_ANSWERED = re.compile(
    r"^(?:问题|反馈问题|审计问题|隐患)?(?:的)?整改(?:工作)?(?:的)?(?:具体)?(?:落实|进展|完成)?(?:情况|措施|结果|成效)$"
    r"|^改善(?:情形|情况|结果|办理情形)$"
)
_COUNT = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_REFERS = re.compile(rf"(?:问题|意见|事项|任务)(?P<a>{_COUNT})|第(?P<b>{_COUNT})[个项条]")
_AIMED = re.compile(
    rf"(?:针对|关于|对于?)(?:上述)?(?:(?:反馈)?(?:问题|意见|事项|任务)(?:{_COUNT})|第(?:{_COUNT})[个项条])(?:的?问题)?[,，:：]"
)
_LIKE = 0.6
_COMPARED = 60

Key = tuple[int, ...]


class Paired(NamedTuple):
    """A heading that lists problems, one that answers them, and which answer is whose."""

    listed: Heading
    answering: Heading
    default: Field
    pairs: Sequence[tuple[Heading, Heading]]

    def drafts(
        self, text: str, index: LabelIndex, titles: Titles, heading: Heading, place: Place
    ) -> list[Draft]:
        """The findings under ``heading``: each where it is answered, with its problem as it was listed."""
        result: list[Draft] = []
        if heading is self.listed:
            return result
        for problem, answer in self.pairs:
            between = [] if problem.parent is self.listed else [problem.parent]
            theme, group = theme_and_group([*place.trail, *filter(None, between)], titles)
            title = wording.unwrap(titles.of(problem)).title
            named = _alike(titles.of(problem), titles.of(answer))
            printed = (answer.title_start, answer.title_end) if named else None
            draft = Draft(
                answer.path, title, answer.start, answer.end, printed, theme, group, place.organisation
            )
            aimed = _AIMED.match(text, answer.title_start, answer.end)
            begin = answer.body_start if named else aimed.end() if aimed else answer.title_start
            draft.passages, draft.per_item = cut(text, index, begin, answer.end, self.default)
            if text[problem.body_start : problem.end].strip(" \u3000\n。"):
                draft.passages.insert(
                    0, Passage(Field.PROBLEM, problem.body_start, problem.end, None, "body")
                )
            draft.marks.append((problem.title_start, problem.title_end, "problem"))
            result.append(draft)
        return result


def paired(headings: Sequence[Heading], titles: Titles, index: LabelIndex) -> Paired | None:
    """The problems and answers of two of ``headings``, where each answer is certainly that of one problem."""
    place = next((at for at, heading in enumerate(headings) if lists(heading, titles, index)), None)
    fields = [] if place is None else [title_field(titles.of(heading)) for heading in headings]
    if place is None or Field.GOAL in fields:
        return None
    for heading, field in zip(headings[place + 1 :], fields[place + 1 :], strict=True):
        if field in {Field.RESULT, Field.MEASURES} or _ANSWERED.search(titles.of(heading)):
            pairs = _pairs(headings[place], heading, titles)
            default = Field.MEASURES if field is Field.MEASURES else Field.RESULT
            return Paired(headings[place], heading, default, pairs) if pairs else None
    return None


def lists_several(headings: Sequence[Heading], titles: Titles, index: LabelIndex) -> bool:
    """Whether one of ``headings`` lists or answers problems, and not the fixed ones of one problem."""
    return any(
        lists(heading, titles, index) or _answers_several(heading, titles) for heading in headings
    ) and not any(title_field(titles.of(heading)) is Field.GOAL for heading in headings)


def _answers_several(heading: Heading, titles: Titles) -> bool:
    """Whether ``heading`` (问题整改情况) answers problems that its children name themselves, two at least."""
    named = [titles.of(child) for child in heading.children]
    return (
        len(named) > 1
        and title_field(titles.of(heading)) is Field.RESULT
        and all(_names_a_problem(title) for title in named)
    )


def _names_a_problem(title: str) -> bool:
    return wording.unwrap(title).wrapped or (
        wording.is_problem(wording.first_clause(title)) and not wording.is_act(title)
    )


def lists(heading: Heading, titles: Titles, index: LabelIndex) -> bool:
    """Whether ``heading`` only lists problems, two at least, and answers none of them."""
    return (
        len(heading.children) > 1
        and _LISTS.search(titles.of(heading)) is not None
        and not any(label.field in ANSWERS for label in index.within(heading.start, heading.end))
    )


def _leaves(heading: Heading, depth: int) -> dict[Key, Heading] | None:
    """The headings ``depth`` levels below ``heading`` by their counts; null where one is counted twice."""
    leaves: dict[Key, Heading] = {}
    level: list[tuple[Key, Heading]] = [((), heading)]
    for _ in range(depth):
        level = [
            ((*key, child.mark.ordinal), child)
            for key, parent in level
            for child in parent.children
            if child.mark is not None
        ]
    leaves.update(level)
    return leaves if len(leaves) == len(level) else None


def _pairs(listed: Heading, answering: Heading, titles: Titles) -> list[tuple[Heading, Heading]]:
    depth = 2 if all(child.children for child in listed.children) else 1
    problems, answers = _leaves(listed, depth), _leaves(answering, depth)
    if problems is None or answers is None or len(problems) < 2 or list(problems) != list(answers):
        return []
    pairs = [(problem, answers[key]) for key, problem in problems.items()]
    if all(_belongs(problem, answer, titles) for problem, answer in pairs):
        return pairs
    return []


def _belongs(problem: Heading, answer: Heading, titles: Titles) -> bool:
    """Whether ``answer`` names ``problem``, refers to its number, or names no problem of its own."""
    said = titles.of(answer)
    if _alike(titles.of(problem), said):
        return True
    refers = _REFERS.search(said[:20])
    if refers is not None:
        return problem.mark is not None and ordinal(refers["a"] or refers["b"]) == problem.mark.ordinal
    return not (wording.unwrap(said).wrapped or wording.is_problem(wording.first_clause(said)))


def _alike(problem: str, answer: str) -> bool:
    one, other = wording.unwrap(problem).title[:_COMPARED], wording.unwrap(answer).title[:_COMPARED]
    if one in other or other in one:
        return min(len(one), len(other)) * 5 >= max(len(one), len(other)) * 2
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKE
