"""One finding on its way from the text to its fields (具体问题)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import answers, items, status, wording
from zhenggai.reading.interpreting.dates import due_day
from zhenggai.reading.interpreting.labels import BESIDE, META, NAMING, Field, Label
from zhenggai.reading.interpreting.wrapped import is_wrapped
from zhenggai.reading.outline_lines import GLYPHS

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from zhenggai.reading.interpreting.labels import LabelIndex


@dataclass(slots=True)
class Passage:
    """A stretch of one finding and what it is; ``label`` is null where nothing is printed before it.

    ``lead`` is where the words before a status (该问题) begin. ``meta`` holds leader, unit and deadline of
    the measures of one row; ``of_item`` marks a cell that belongs to those measures alone. ``name`` is that
    of a column whose words mean nothing without it (问题金额).
    """

    field: Field
    start: int
    end: int
    label: Label | None = None
    rule: str = "label"
    lead: int | None = None
    meta: Mapping[Field, str] | None = None
    of_item: bool = False
    name: str | None = None


@dataclass(slots=True)
class Draft:
    """What is known of one finding before its number in the document is."""

    number: str | None
    title: str
    start: int
    end: int
    heading: tuple[int, int] | None = None
    theme: str | None = None
    group: str | None = None
    organisation: str | None = None
    passages: list[Passage] = field(default_factory=list)
    per_item: frozenset[Field] = frozenset()
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    rule: str = "heading"

    def of(self, *fields: Field) -> list[Passage]:
        """The passages of the given fields, in order, without those of one measure."""
        return [passage for passage in self.passages if passage.field in fields and not passage.of_item]

    def by_field(self) -> dict[Field, list[Passage]]:
        """The passages of every field, in order, without those of one measure; details are the problem's."""
        found: dict[Field, list[Passage]] = {}
        for passage in self.passages:
            if not passage.of_item:
                kind = Field.PROBLEM if passage.field is Field.DETAIL else passage.field
                found.setdefault(kind, []).append(passage)
        return found

    def has(self, *fields: Field) -> bool:
        """Whether there is a passage of one of the given fields."""
        return any(passage.field in fields for passage in self.passages)


# blanks that no end of a line follows are kept, and passed over at once
_WRAP = re.compile(
    r"(?<![。；;：:！？!?\n])(?:[ \u3000\t]*+\n[ \u3000\t]*+"
    rf"(?![{GLYPHS}]|[(（]?\d{{1,2}}[)）.、．](?!\d))|(?P<kept>[ \u3000\t]++))"
)
_BLANK = f" \u3000\n。；;，,?？{GLYPHS}"
_OPENING_BLANK = _BLANK + "（("
_VALUE_BLANK = f" \u3000\n。；;，,）)、{GLYPHS}"
_PER_ITEM = frozenset({Field.LEADER, Field.PERSON, Field.LEAD_UNIT, Field.SUPPORTING, Field.DUE})
_NEXT_MEASURE = re.compile(
    r"\n[ \u3000]*(?=(?:[(（]\d{1,2}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳])[^\n]{2,300}\n\s*\Z)"
)
_NUMBERED_LINE = re.compile(
    r"(?:(?<=\n)|(?<=[:：]))[ \u3000]*(?:[(（]\d{1,2}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳])"
)
_VALUE_END = re.compile(r"[\n。；;]")
_BRACKETS = re.compile(r"[（(）)】]")
_STATUS_END = re.compile(r"[\n。]")
_SENTENCE = re.compile(r"(?P<s>[^。；;！!\n]+)")
_FIRST_MOST = 40
_TITLE_MOST = 40
_FIRST_CLAUSE = re.compile(r"(?P<s>(?:(?:截至)?目前[,，])?[^,，。；;！!\n、]{2,12})[,，](?=[^,，。；;]{2})")
_LAST = re.compile(r"[。；;！!\n]\s*+(?P<s>[^。；;！!\n]{2,40})[。；;\s]*+\Z")
_LAST_CLAUSE = re.compile(
    r"[,，]\s*(?P<s>(?:(?:(?:该|此|本|上述|以上)(?:项|个|类)?)?(?:问题|事项|任务))?(?:目前|现)?[已正均][^。；;，,\n]{0,6}(?:整改|销号|改善)[^。；;，,\n]{0,8}"
    r"|(?:该|此|本|上述|以上)?问题(?:均|全部)?已(?:全部|彻底|有效|得到|妥善|基本)*解决"
    r"|(?:[该此本](?:项|个)?(?:问题|事项|任务)\n?)?(?:整改|改善)(?:(?:已|均|全部)*(?:完成|到位|完毕)|中)|(?:完成|持续)整改|(?:一致)?(?:同意|准予)(?:予以)?销号|(?P<bare>(?:现|目前)?已(?:全部)?完成)"
    r"|[^。；;，,\n]{0,6}(?:完成|到位|成效)(?:整改)?[,，]?并?[将需]?(?:长期|持续|不断|常态化?)[^。；;，,\n]{2,8})[。；;.\s]*+\Z"
)
_CLOSING_BRACKET = re.compile(r"[(（【\[]\s*+(?P<s>[^()（）【】\[\]\n]{2,30})\s*+[)）】\]][。；;\s]*+\Z")
_STATUS_AND_DAY = re.compile(
    r"(?P<s>[^,，；;]{2,14})[,，；;](?:预计|计划|力争|拟)?(?:于|在)?(?P<d>20[^,，；;]{3,20})"
)
_DAY_AND_STATUS = re.compile(
    r"(?P<d>[^,，；;]{4,24}?)[ \u3000]*[,，；;][ \u3000]*(?P<s>[^,，；;]{2,14}?)[。\s]*"
)
_GOES_ON = re.compile(
    r"(?:目前)?(?:正在?|持续|有序|稳步|长期)(?:有序|稳步|持续|加快|按计划)?(?:推进|开展|实施|落实|办理)中?[。\s]*"
)
_OPENING_BRACKET = re.compile(r"\s*+[(（【\[]\s*+(?P<s>[^()（）【】\[\]\n]{2,30})\s*+[)）】\]][。；;，,]?")
_OF_PROBLEM = re.compile(
    r"(?:截至[^,，。]{2,14}[,，])?(?:目前[,，]?)?(?:该|此|本|这|上述|以上)(?:项|个|类|些)*(?:具体"
    r"|反馈)?(?:问题|任务|事项|项)"
)


def cut(
    text: str, index: LabelIndex, start: int, end: int, default: Field
) -> tuple[list[Passage], frozenset[Field]]:
    """``text[start:end]`` apart at its labels; other text is ``default``, or the problem before a result.

    The second value holds what of leader, unit and deadline is printed for every measure.
    """
    labels = list(index.within(start, end))
    per_item: frozenset[Field] = frozenset()
    printed = [label.field for label in labels]
    if len(set(printed)) < len(printed):
        words = Counter(label.word for label in labels if label.field in _PER_ITEM)
        per_item = frozenset(label.field for label in labels if words[label.word] > 1)
        labels = [label for label in labels if label.field not in per_item]
    passages: list[Passage] = []
    answered = Field.RESULT in printed or Field.MEASURES in printed
    first = labels[0].start if labels else end
    if text[start:first].strip(_OPENING_BLANK):
        opening = Field.PROBLEM if answered and not _done_before(text, start, labels, end) else default
        told = answers.answering(text, start, first) if answered and opening is Field.PROBLEM else None
        passages.extend(_opening(text, Passage(opening, start, first, None, "body"), told, printed))
    one_by_one = _answered_one_by_one(text, labels)
    for place, label in enumerate(labels):
        stop = labels[place + 1].start if place + 1 < len(labels) else end
        if one_by_one and label.field is Field.RESULT:
            passages.extend(_answer(text, Passage(label.field, label.end, stop, label)))
            continue
        if label.field not in META and label.field not in NAMING:
            passages.extend(with_status(text, Passage(label.field, label.end, stop, label)))
            continue
        value = _value_end(text, label, stop)
        passages.extend(_value_and_status(text, Passage(label.field, label.end, value, label)))
        if text[value:stop].strip(_VALUE_BLANK):
            going_on = Field.RESULT if answered else default
            passages.extend(with_status(text, Passage(going_on, value, stop, None, "body")))
    return _agreed(text, passages) if one_by_one else passages, per_item


def _opening(text: str, passage: Passage, told: int | None, printed: Sequence[Field]) -> list[Passage]:
    """What stands before the first label: the problem, and from the place ``told`` on the answer to it."""
    if told is None:
        return with_status(text, passage)
    answer = Field.RESULT if Field.RESULT in printed else Field.MEASURES
    problem = replace(passage, end=told)
    before = with_status(text, problem) if text[passage.start : told].strip(_OPENING_BLANK) else []
    return [*before, *with_status(text, replace(passage, field=answer, start=told))]


def _done_before(text: str, start: int, labels: Sequence[Label], end: int) -> bool:
    """Whether what was done stands before the only answer, a status (一是…。整改完成情况：已完成).

    Below a heading that says what follows (…问题的整改情况) what is counted was done.
    """
    answers = [place for place, label in enumerate(labels) if label.field in {Field.RESULT, Field.MEASURES}]
    if len(answers) != 1 or labels[answers[0]].field is Field.MEASURES:
        return False
    place = answers[0]
    stop = labels[place + 1].start if place + 1 < len(labels) else end
    pieces = items.split(text, start, labels[0].start)
    if not status.is_said(text[labels[place].end : stop]):
        return len(pieces) > 1 and wording.tells_results(text[max(0, start - _TITLE_MOST) : start])
    return len(pieces) > 1 or not any(wording.is_problem(text[low:high]) for low, high in pieces)


def _answered_one_by_one(text: str, labels: Sequence[Label]) -> bool:
    """Whether every measure is followed by what became of it: measure, result, measure, result."""
    measures = [place for place, label in enumerate(labels) if label.field is Field.MEASURES]
    if not measures:
        return False
    rest = labels[measures[0] + 1 :]
    results = [label for label in rest if label.field is Field.RESULT]
    if len(results) < 2:
        return False
    if len(measures) > 1:
        return results[0].start < labels[measures[1]].start < results[-1].start
    numbered = _NUMBERED_LINE.findall(text, results[0].end, results[1].start)
    following = _NEXT_MEASURE.search(text, results[0].end, results[1].start)
    alone = following is not None and bool(text[results[0].end : following.start()].strip())
    return alone and len(numbered) == 1


def _answer(text: str, passage: Passage) -> list[Passage]:
    """The result of one measure, and the next measure where it stands on the line before its own result."""
    following = _NEXT_MEASURE.search(text, passage.start, passage.end)
    if following is None:
        return [passage]
    begin = following.end()
    return [
        Passage(passage.field, passage.start, following.start(), passage.label),
        Passage(Field.MEASURES, begin, passage.end, None, "body"),
    ]


def _agreed(text: str, passages: list[Passage]) -> list[Passage]:
    """``passages`` with their status apart only where the results of all measures state the same one."""
    apart = [
        with_status(text, replace(passage)) if passage.field is Field.RESULT else [passage]
        for passage in passages
    ]
    said = [
        {status.stated(text[piece.start : piece.end]) for piece in pieces if piece.field is Field.STATUS}
        for passage, pieces in zip(passages, apart, strict=True)
        if passage.field is Field.RESULT
    ]
    agreed = bool(said) and all(len(states) == 1 and states == said[0] for states in said)
    return [piece for pieces in apart for piece in pieces] if agreed else passages


def _value_and_status(text: str, passage: Passage) -> list[Passage]:
    """A deadline and, where brackets after it hold one (2031年6月底（已完成）), the status apart."""
    if passage.field is Field.DUE and status.stated(text[passage.start : passage.end]).progress is not None:
        return [replace(passage, field=Field.STATUS)]
    apart = (
        _DAY_AND_STATUS.fullmatch(text, passage.start, passage.end) if passage.field is Field.DUE else None
    )
    if apart is not None and due_day(apart["d"].strip()) and status.stated(apart["s"]).progress is not None:
        passage.end = apart.end("d")
        return [passage, Passage(Field.STATUS, *apart.span("s"), None, "due_bracket")]
    closing = (
        _CLOSING_BRACKET.search(text, passage.start, passage.end) if passage.field is Field.DUE else None
    )
    if closing is None or not status.is_status(closing["s"]):
        return [passage]
    passage.end = closing.start()
    return [passage, Passage(Field.STATUS, closing.start("s"), closing.end("s"), None, "due_bracket")]


def _value_end(text: str, label: Label, limit: int) -> int:
    start = label.end
    while start < limit and text[start] in " \u3000\n\t":
        start += 1
    pattern = _STATUS_END if label.field is Field.STATUS else _VALUE_END
    found = pattern.search(text, start, limit)
    end = found.start() if found else limit
    depth = 0
    for bracket in _BRACKETS.finditer(text, start, end):
        place = bracket.start()
        if text[place] in "（(":
            depth += 1
        else:
            depth -= 1
            if depth < 0:
                return place
    return end


def with_status(text: str, passage: Passage) -> list[Passage]:
    """``passage`` and, where it opens or closes with a status (该问题已完成整改。), that status apart."""
    if passage.field not in {Field.RESULT, Field.MEASURES, Field.PROBLEM}:
        return [passage]
    start, end = passage.start, passage.end
    while start < end and text[start] in " \u3000\n":
        start += 1
    if passage.label is not None and _GOES_ON.fullmatch(text, start, end):
        return [Passage(Field.STATUS, start, end, passage.label)]
    opening = _OPENING_BRACKET.match(text, start, end)
    if opening is not None and status.is_said(opening["s"]):
        return _around(text, passage, opening.start("s"), opening.end("s"), opening.start(), opening.end())
    first = _first_said(text, start, end, labelled=passage.label is not None)
    if first is not None:
        return _around(text, passage, *first.span("s"), *first.span())
    window = max(start, end - 80)
    closing = _CLOSING_BRACKET.search(text, window, end)
    if closing is not None and status.is_said(closing["s"]):
        begin, stop = _with_said_before(text, max(start, window), closing)
        return _around(text, passage, begin, stop, min(begin, closing.start()), closing.end())
    dated = _STATUS_AND_DAY.fullmatch(text, *closing.span("s")) if closing else None
    if closing and dated and status.is_status(dated["s"]) and due_day(dated["d"]):
        pieces = _around(text, passage, *dated.span("s"), *closing.span())
        return [*pieces, Passage(Field.DUE, *dated.span("d"), None, "due_bracket")]
    return _ending(text, passage, start, window)


def told(text: str, passage: Passage, beside: Container[Field]) -> list[Passage]:
    """A result and, where it opens or closes with a status and no cell ``beside`` it has one, that apart."""
    if passage.field is not Field.RESULT or Field.STATUS in beside:
        return [passage]
    pieces = with_status(text, passage)
    return pieces if len(pieces) > 1 else [passage]


def _with_said_before(text: str, low: int, bracket: re.Match[str]) -> tuple[int, int]:
    """``[start, end)`` of a status in a ``bracket``, or with its sentence where that is one too.

    整改完成（长期坚持）
    """
    begin = max(low, *(text.rfind(stop, low, bracket.start()) + 1 for stop in "。；;\n"))
    if status.is_status(text[begin : bracket.start()]):
        return begin, bracket.end("s") + 1
    return bracket.span("s")


def _first_said(text: str, start: int, end: int, *, labelled: bool) -> re.Match[str] | None:
    """The sentence or clause that ``text[start:end]`` begins with, where it is a status."""
    first = _SENTENCE.match(text, start, end)
    short = first is not None and first.end() - start <= _FIRST_MOST
    if first is not None and text.startswith("\n", first.end(), end) and is_wrapped(text, first.end()):
        return None
    if first is not None and short:
        alone = labelled and text.startswith("\n", first.end(), end)
        if status.is_status(first[0]) or (alone and _GOES_ON.fullmatch(first[0])):
            return first
    if not labelled:
        return None
    clause = _FIRST_CLAUSE.match(text, start, end)
    if clause is not None and status.stated(clause["s"]).progress is not None:
        return clause
    return first if first is not None and short and status.is_said(first[0]) else None


def _ending(text: str, passage: Passage, start: int, window: int) -> list[Passage]:
    """``passage`` and the status that its last sentence or clause is."""
    end = passage.end
    last = _LAST.search(text, window, end)
    if last is not None and text[last.start()] == "\n" and is_wrapped(text, last.start()):
        last = None
    dated = _STATUS_AND_DAY.fullmatch(text, *last.span("s")) if last else None
    if last and dated and status.is_status(dated["s"]) and due_day(dated["d"]):
        pieces = _around(text, passage, *dated.span("s"), *last.span("s"))
        return [*pieces, Passage(Field.DUE, *dated.span("d"), None, "sentence")]
    if last is not None and last.start("s") > start and status.is_status(last["s"]):
        before = (
            "\n"
            in text[passage.start : last.start("s")][len(text[passage.start : last.start("s")].rstrip()) :]
        )
        said = last["s"].strip()
        done = status.stated(said).progress is not None and "办结" not in said
        if before or _OF_PROBLEM.match(said) or "整改" in said or done:
            return _around(text, passage, last.start("s"), last.end("s"), last.start("s"), last.end())
    if last is not None and last.start("s") > start and _GOES_ON.fullmatch(last["s"]):
        return _around(text, passage, last.start("s"), last.end("s"), last.start("s"), last.end())
    clause = _LAST_CLAUSE.search(text, window, end)
    if clause is not None and clause["bare"] and len(items.split(text, start, end)) > 1:
        return [passage]
    if clause is not None and answers.is_of_others(text, window, *clause.span("s")):
        return [passage]
    if clause is not None and clause.start("s") > start and status.is_status(clause["s"]):
        return _around(text, passage, clause.start("s"), clause.end("s"), clause.start("s"), clause.end())
    return [passage]


def _around(
    text: str, passage: Passage, start: int, end: int, outer_start: int, outer_end: int
) -> list[Passage]:
    printed = status.without_subject(text[start:end])
    begin = max(start, text.find(printed[:2], start, end))
    state = Passage(Field.STATUS, begin, end, None, "sentence", lead=start)
    pieces = [state]
    if text[passage.start : outer_start].strip(_BLANK):
        pieces.insert(0, Passage(passage.field, passage.start, outer_start, passage.label, passage.rule))
    if text[outer_end : passage.end].strip(_BLANK):
        label = passage.label if pieces[0] is state else None
        pieces.append(Passage(passage.field, outer_end, passage.end, label, passage.rule))
    if len(pieces) == 1:
        state.label = passage.label
    return pieces


def whole(text: str, passages: Sequence[Passage]) -> str | None:
    """The wording of ``passages`` together, wrapped lines joined; null where there is none.

    An amount or a reason beside a problem or result stands behind the name of its column or label.
    """
    parts = []
    for passage in passages:
        piece = items.trimmed(text, passage.start, passage.end)
        stop = piece.end
        while stop < passage.end and text[stop] in "。；;":
            stop += 1
        wording_ = text[piece.start : stop]
        if "\n" in wording_:
            wording_ = _WRAP.sub(r"\g<kept>", wording_)
        if wording_ and passage.field in BESIDE:
            name = passage.name or (passage.label.word if passage.label else "")
            wording_ = f"{name}：{wording_}"
        if wording_:
            parts.append(wording_)
    return "\n".join(parts) or None
