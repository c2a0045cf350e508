"""Problems that one paragraph counts or lists (主要问题：一是…；二是…), as feedback prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import items, wording
from zhenggai.reading.interpreting.drafts import Draft, Passage
from zhenggai.reading.interpreting.labels import Field
from zhenggai.reading.outline_marks import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence


_ANNOUNCED = re.compile(r"(?:问题|不足|短板|薄弱环节)[^。；;：:\n一]{0,16}[:：,，。]?\s*(?=一是)")
_LISTED = re.compile(
    r"(?:问题|不足|短板|薄弱环节)[,，]?(?:主要|突出|集中|具体)*(?:表现)?(?:是|有|为|在|包括|如下)?[:：]\s*(?!一是)"
)
_LABEL_MOST = 4
"""Letters before 问题 where the words are but a label (主要问题：)."""
_DEMANDS = re.compile(
    r"要求|希望|建议|针对|对此|下一?步|巡[察视]组|同时|此外|以上|上述|对巡|会议|[^,，]{2,12}(?:强调|指出|表示)"
)
_PIECE = re.compile(r"[^。；;！？\n]+")
_NUMBER = re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})是[,，:：]?\s*\Z")
_ROW = re.compile(r"[^\n]+")
_TITLE = re.compile(r"[^。；;！？\n]+")


def may_list(drafts: Sequence[Draft]) -> bool:
    """Whether nothing was read but, at most, one label with all that follows it (主要问题：A；B；C。)."""
    return not drafts or (len(drafts) == 1 and drafts[0].heading is None and drafts[0].rule == "unnumbered")


def announced(text: str, areas: Sequence[Span]) -> list[Draft]:
    """The problems that follow where ``areas`` first say that problems do, counted (一是…；二是…) or not."""
    for area in areas:
        found = _ANNOUNCED.search(text, area.start, area.end)
        drafts = counted(text, found.end(), area.end) if found else []
        if drafts:
            return drafts
    for place, area in enumerate(areas):
        found = _LISTED.search(text, area.start, area.end)
        if found is None:
            continue
        below = [other for other in areas[place + 1 :] if found.end() >= area.end]
        if below and text.startswith("一是", below[0].start):
            # one paragraph counts them all, or each is one of its own
            one = any(text.startswith("二是", other.start) for other in below[1:2])
            return counted(text, below[0].start, below[-1].end if one else below[0].end)
        drafts = listed(text, [Span(found.end(), area.end), *below])
        if drafts:
            if found.start() - area.start <= _LABEL_MOST:
                drafts[0].start = area.start
            return drafts
    return []


def listed(text: str, areas: Sequence[Span]) -> list[Draft]:
    """The problems that ``areas`` list without a count, one beside the other (A；B；C。 or A。B。C。).

    Parts between semicolons are one each, sentences else; the first that is no problem ends the list.
    """
    drafts: list[Draft] = []
    for area in areas:
        for piece in _PIECE.finditer(text, area.start, area.end):
            start, end = items.trimmed(text, *piece.span())
            title = wording.clean(text[start:end])
            if not title:
                continue
            if not wording.is_problem(wording.first_clause(title)) or _DEMANDS.match(title):
                return drafts if len(drafts) > 1 else []
            drafts.append(Draft(None, title, start, end, (start, end), rule="listed"))
            after = text[piece.end() : piece.end() + 1]
            if after not in "；;" and len(drafts) > 1 and text[drafts[0].end] in "；;":
                return drafts
    return drafts if len(drafts) > 1 else []


def under_theme(text: str, start: int, end: int, *, themed: bool) -> list[Draft]:
    """The problems under one heading of feedback: counted, or ``themed`` (…方面) one on each line."""
    return counted(text, start, end) or (by_lines(text, start, end) if themed else [])


def by_lines(text: str, start: int, end: int) -> list[Draft]:
    """The problems that the lines of ``text[start:end]`` name one each, or one line in its sentences.

    None where one of them is no problem: then the lines go on telling of the first.
    """
    lines = [
        items.trimmed(text, *found.span()) for found in _ROW.finditer(text, start, end) if found[0].strip()
    ]
    if len(lines) < 2:
        return listed(text, [Span(start, end)])
    drafts: list[Draft] = []
    for line in lines:
        found = _TITLE.match(text, line.start, line.end)
        stop = found.end() if found else line.end
        title = wording.clean(text[line.start : stop])
        if not wording.is_problem(wording.first_clause(title)) or _DEMANDS.match(title):
            return []
        draft = Draft(None, title, line.start, line.end, (line.start, stop), rule="listed")
        if text[stop : line.end].strip(" 。；;"):
            draft.passages.append(Passage(Field.PROBLEM, stop, line.end, None, "body"))
        drafts.append(draft)
    return drafts


def counted(text: str, start: int, end: int) -> list[Draft]:
    """The problems that ``text[start:end]`` counts (一是…二是…); none where most of it are no problems."""
    drafts: list[Draft] = []
    for piece in items.split(text, start, end):
        number = _NUMBER.search(text, max(start, piece.start - 6), piece.start)
        if number is None or ordinal(number["n"]) != len(drafts) + 1:
            break
        title = _TITLE.match(text, piece.start, piece.end)
        stop = title.end() if title else piece.end
        draft = Draft(
            number["n"],
            wording.clean(text[piece.start : stop]),
            number.start("n"),
            piece.end,
            (piece.start, stop),
            rule="counted_aloud",
        )
        if text[stop : piece.end].strip(" 。；;\n"):
            draft.passages.append(Passage(Field.PROBLEM, stop, piece.end, None, "body"))
        drafts.append(draft)
    problems = sum(wording.is_problem(draft.title) for draft in drafts)
    return drafts if problems * 2 > len(drafts) or (problems and not _any_deed(drafts)) else []


def _any_deed(drafts: Sequence[Draft]) -> bool:
    return any(wording.is_deed(draft.title) or _DEMANDS.match(draft.title) for draft in drafts)
