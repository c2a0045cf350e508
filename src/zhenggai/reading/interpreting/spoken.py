"""Problems that one paragraph counts aloud (主要问题：一是…；二是…), as feedback prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import items, wording
from zhenggai.reading.interpreting.drafts import Draft, Passage
from zhenggai.reading.interpreting.labels import Field
from zhenggai.reading.outline_marks import ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.domain.spans import Span

_ANNOUNCED = re.compile(r"(?:问题|不足|短板|薄弱环节)[^。；;：:\n一]{0,16}[:：,，。]?\s*(?=一是)")
_NUMBER = re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})是[,，:：]?\s*\Z")
_TITLE = re.compile(r"[^。；;！？\n]+")


def announced(text: str, areas: Iterable[Span]) -> list[Draft]:
    """The problems of the first paragraph of ``areas`` that says that problems follow and counts them."""
    for area in areas:
        found = _ANNOUNCED.search(text, area.start, area.end)
        drafts = counted(text, found.end(), area.end) if found else []
        if drafts:
            return drafts
    return []


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
    return drafts if problems * 2 > len(drafts) else []
