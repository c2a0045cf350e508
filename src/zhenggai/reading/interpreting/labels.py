"""Field labels (整改情况：、责任单位：) and column names of ledgers, each with its synonyms (DOMAIN §9)."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.label_words import (
    ANSWERS,
    BESIDE,
    COLUMN_ONLY,
    INLINE,
    META,
    MOST,
    NAMING,
    TELLING,
    WORDS,
    Field,
    field_of,
)
from zhenggai.reading.interpreting.status import is_said
from zhenggai.reading.outline_marks import Mark, MarkKind, mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline_lines import Paragraph

__all__ = [
    "ANSWERS",
    "BESIDE",
    "META",
    "NAMING",
    "TELLING",
    "Field",
    "Label",
    "LabelIndex",
    "below_labels",
    "column",
    "field_of",
    "labels_of",
    "numbered_labels",
]

_ENDINGS = frozenset(word[-1] for word in INLINE).union("况效果展施度论见价间导员人位门室系")
# One class of first letters: that lets the search skip.
_END = re.compile(r"[】\]〗」:：](?:(?<![:：])[ \u3000]*[:：])?")
_RUN = re.compile(r"[\u4e00-\u9fff]*\Z")
_REMARK = re.compile(r"[(（][^()（）\n]{0,12}[)）]\Z")
_TITLE = "问题清单"
"""A label that is the title of a document where it fills its first line."""
_SHORT = 12
_LONGEST = max(map(len, INLINE))
_NUMBERED = re.compile(
    r"(?P<number>(?P<section>[一二三四五六七八九十]{1,2}[、.．])"
    r"|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]{1,2}|[①-⒛])?"
    r"[ \u3000]*[【\[〖「]?[ \u3000]*\Z"
)
_NUMBER_ENDS = frozenset("、.．)）【[〖「 \u3000") | frozenset(map(chr, range(ord("①"), ord("⒛") + 1)))
_VALUED = frozenset(
    {
        Field.LEADER, Field.PERSON, Field.LEAD_UNIT, Field.SUPPORTING, Field.OVERSEER, Field.DUE,
        Field.ANSWERABLE,
    }
)  # fmt: skip
_VALUE_MOST = 40
_RUN_ON_LEAST = 3
_ENDS_VALUE = re.compile(r"[。；;\n]")
_BOUNDARY = frozenset("\n 。；;，,！？!?】])）(（|\t\u3000、•●◆■▪►★☆▲△◇□※▶➢")


_BLANK_WORD = re.compile(r"[ \u3000]*(?P<w>[\u4e00-\u9fff]{3,14})[ \u3000]+(?=\S)")
_BLANK_FIELDS = _VALUED | {Field.PROBLEM, Field.GOAL, Field.MEASURES, Field.RESULT, Field.STATUS}

_COLUMN_BESIDE = re.compile(
    r"(?:序号|[\u4e00-\u9fff]{2,6}(?:措施|情况|时限|期限|单位|部门|领导|问题|内容|状态)|责任人|备注)"
    r"(?=[ \u3000]|\Z)"
)
_NEXT_WORD = re.compile(r"(?<=[ \u3000])(?=[\u4e00-\u9fff]{3,14}[ \u3000])")
_BESIDE_MOST = 120


class Label(NamedTuple):
    """One printed label: what it stands for and ``[start, end)`` with its colon and brackets."""

    field: Field
    word: str
    start: int
    end: int


def labels_of(text: str, lines: Sequence[Paragraph]) -> list[Label]:
    """All field labels of ``text`` in order; one without a colon must fill one of ``lines``."""
    hits: list[Label] = []
    of_sections: list[Label] = []
    """Numbered labels that end their line (一、整改目标：): headings, unless others of them open a line."""
    in_line = False
    for found in _END.finditer(text):
        name = _name_before(text, found.start())
        if name is None:
            continue
        (start, stop), end = name, found.end()
        word = text[start:stop]
        begin, of_section = start, False
        if start and text[start - 1] in _NUMBER_ENDS:
            prefix = cast("re.Match[str]", _NUMBERED.search(text, max(0, start - 8), start))
            begin = prefix.start() if prefix[0].strip() else start
            of_section = prefix["section"] is not None
        if begin and text[begin - 1] not in _BOUNDARY and not _runs_on(text, hits, start, word):
            continue
        if word == _TITLE and not text[:begin].strip() and text[end : end + 1] in {"", "\n"}:
            continue
        label = Label(cast("Field", field_of(word)), word, begin, end)
        if of_section and (end == len(text) or text[end : end + 3].lstrip(" \u3000").startswith("\n")):
            of_sections.append(label)
            continue
        in_line = in_line or (of_section and label.field in {Field.PROBLEM, Field.TASK})
        hits.extend(_with_remark(text, label, stop, found.start()))
    if in_line:
        hits.extend(of_sections)
    for start, end, _ in lines:
        is_title = start == lines[0].start and text[start:end] == _TITLE
        if end - start <= _SHORT and WORDS.get(text[start:end]) in _ALONE and not is_title:
            hits.append(Label(WORDS[text[start:end]], text[start:end], start, end))
    hits.extend(_before_blanks(text, lines))
    hits.sort(key=itemgetter(2))
    return hits


def _with_remark(text: str, label: Label, stop: int, colon: int) -> list[Label]:
    """``label``, whose name ends at ``stop``, and before it the status that its remark is (…（已完成）：)."""
    remark = text[stop:colon].strip(" \u3000")
    if label.field not in ANSWERS or not remark or not is_said(remark[1:-1]):
        return [label]
    inside = text.index(remark, stop)
    end = inside + len(remark) - 1
    return [Label(Field.STATUS, label.word, label.start, inside + 1), label._replace(start=end)]


def _before_blanks(text: str, lines: Sequence[Paragraph]) -> list[Label]:
    """Labels that a blank parts from what they say (责任单位　财务科), where two kinds stand together."""
    found: list[Label] = []
    together = False
    before: Field | None = None
    for start, end, _ in lines:
        label = _before_blank(text, start, end)
        together = together or (before is not None and label is not None and before is not label.field)
        before = None
        while label is not None:
            found.append(label)
            before = label.field
            label = _beside(text, label, end)
    return found if together else []


def _before_blank(text: str, start: int, end: int) -> Label | None:
    """The label with a blank behind it at ``start``; the names of columns are none."""
    name = _BLANK_WORD.match(text, start, end)
    field = field_of(name["w"]) if name is not None and name["w"] not in COLUMN_ONLY else None
    if name is None or field not in _BLANK_FIELDS or _COLUMN_BESIDE.match(text, name.end(), end):
        return None
    return Label(field, name["w"], start, name.end())


def _beside(text: str, label: Label, end: int) -> Label | None:
    """The next label with a blank behind it on the line of ``label``, which holds a short value."""
    if label.field not in _VALUED:
        return None
    for word in _NEXT_WORD.finditer(text, label.end, min(end, label.end + _BESIDE_MOST)):
        following = _before_blank(text, word.start(), end)
        if following is not None:
            return following
    return None


def _runs_on(text: str, before: Sequence[Label], start: int, word: str) -> bool:
    """Whether the label at ``start`` ends the value of the one before it (责任人：张示例责任单位：教务处)."""
    if not before or before[-1].field not in _VALUED or len(word) < _RUN_ON_LEAST:
        return False
    value = text[before[-1].end : start]
    return 0 < len(value.strip()) <= _VALUE_MOST and _ENDS_VALUE.search(value) is None


def _name_before(text: str, end: int) -> tuple[int, int] | None:
    """``[start, stop)`` of the longest name of a label before ``end``; a remark in brackets may follow it."""
    stop = end
    while stop and text[stop - 1] in " \u3000":
        stop -= 1
    if stop and text[stop - 1] in ")）":
        remark = _REMARK.search(text, max(0, stop - 14), stop)
        stop = remark.start() if remark else 0
    if not stop or text[stop - 1] not in _ENDINGS:
        return None
    for start in range(max(0, stop - _LONGEST), stop):
        if text[start:stop] in INLINE:
            if start and text[start - 1] not in _BOUNDARY:
                break
            return start, stop
    else:
        start = stop
    whole = cast("re.Match[str]", _RUN.search(text, max(0, stop - MOST), stop)).start()
    if whole < start and text[whole:stop] not in COLUMN_ONLY and field_of(text[whole:stop]) is not None:
        return whole, stop
    return (start, stop) if start < stop else None


def below_labels(text: str, labels: Sequence[Label], lines: Sequence[Paragraph]) -> set[int]:
    """Where the paragraphs begin that stand directly below an answer's label with nothing behind it."""
    ends = [label.end for label in labels if label.field in ANSWERS or label.field is Field.GOAL]
    found: set[int] = set()
    place = 0
    for line in lines:
        while place < len(ends) and ends[place] <= line.start:
            place += 1
        if (
            place
            and "\n" in text[ends[place - 1] : line.start]
            and not text[ends[place - 1] : line.start].strip()
        ):
            found.add(line.start)
    return found


_ALONE = frozenset(
    {
        Field.PROBLEM,
        Field.TASK,
        Field.GOAL,
        Field.MEASURES,
        Field.RESULT,
        Field.STATUS,
        Field.DUE,
        Field.LEAD_UNIT,
        Field.LEADER,
        Field.PERSON,
        Field.SUPPORTING,
    }
)


def numbered_labels(text: str, labels: Sequence[Label]) -> set[int]:
    """Places of labels with a number (2.整改措施：) that are parts of one finding, not findings."""
    marks = [
        (label, mark_at(text, label.start, label.end))
        for label in labels
        if not text.startswith(label.word, label.start)
    ]
    numbered = [
        (label, mark) for label, mark in marks if mark is not None and mark.kind is not MarkKind.PROBLEM
    ]
    places: set[int] = set()
    counted: set[tuple[str, int]] = set()
    # what counts on somewhere is one of a list where it stands alone, too
    listing = {
        label.word
        for (label, mark), (after, follows) in pairwise(numbered)
        if after.word == label.word and follows.ordinal == mark.ordinal + 1 == 2
    }
    for place, (label, mark) in enumerate(numbered):
        if _heads_problems(text, label, numbered[place + 1 : place + 2]):
            continue
        before = (label.word, mark.ordinal - 1) in counted
        counted.add((label.word, mark.ordinal))
        again = place + 1 < len(numbered) and (
            numbered[place + 1][0].word == label.word and numbered[place + 1][1].ordinal == mark.ordinal + 1
        )
        alone = mark.ordinal == 1 and label.word in listing
        if label.field in {Field.DETAIL, Field.TASK} and (before or again or alone):
            continue
        if label.field is not Field.PROBLEM:
            places.add(label.start)
        elif place + 1 < len(numbered):
            following, after = numbered[place + 1]
            if (
                after.kind is mark.kind
                and after.ordinal == mark.ordinal + 1
                and following.field is not Field.PROBLEM
            ):
                places.add(label.start)
    return places


def _heads_problems(text: str, label: Label, following: Sequence[tuple[Label, Mark]]) -> bool:
    """Whether a numbered label is the heading of the problems below it (（二）整改情况：⏎1.反馈意见：…)."""
    return any(
        label.field is Field.RESULT
        and after.field is Field.PROBLEM
        and mark.ordinal == 1
        and "\n" in text[label.end : after.start]
        and not text[label.end : after.start].strip()
        for after, mark in following
    )


class LabelIndex:
    """All labels of a text, found by place."""

    def __init__(self, text: str, lines: Sequence[Paragraph] = ()) -> None:
        self.labels = labels_of(text, lines)
        self.starts = [label.start for label in self.labels]

    def within(self, start: int, end: int) -> Sequence[Label]:
        """The labels that begin inside ``[start, end)``."""
        return self.labels[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


_COLUMN_COUNT = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,2}[、.．]|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、.．])"
)


def column(cell: str) -> Field | None:
    """What a column of a ledger named ``cell`` holds, or null where the name is not known."""
    name = re.sub(r"[(（].*?[)）]|[\s:：()（）]", "", _COLUMN_COUNT.sub("", cell))
    return field_of(name)
