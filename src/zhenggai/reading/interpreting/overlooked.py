"""Problems named where no finding was read: pointed at, so that a person looks (未识读的问题)."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from zhenggai.domain.messages import msg
from zhenggai.domain.reading import SectionRole
from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.interpreting.drafts import Draft
    from zhenggai.reading.outline import Heading

WHY_OVERLOOKED = msg("Problems are named here, but not in a form that findings are taken from.")
_HOLDERS = frozenset(
    {
        SectionRole.FINDINGS,
        SectionRole.LONG_TERM,
        SectionRole.THEME,
        SectionRole.GROUP,
        SectionRole.OTHER,
    }
)
"""The parts that may hold findings by their headings."""
_NAMES = re.compile(
    # 问 first: that lets the search skip.
    r"问(?<![。；;：:\n]问)题(?:[,，]?(?:主要|突出|集中|具体)*(?:表现)?(?:是|有|为|在|包括|如下)?[:：]"
    r"|[,，](?:主要|突出|集中|具体)+(?:表现)?(?:是|有|为|在|包括))"
)
_AIMED = re.compile(
    r"(?<![^\s。；;：:，,])(?:[一二三四五六七八九十]{1,3}是)?(?:关于|针对)[^。；;：:\n]{4,60}?问题[,，:：]"
)
_FAULTS = re.compile(r"(?<![^\s。；;：:，,])[一二三四五六七八九十]{1,3}是(?P<q>[^。；;，,：:\n]{3,40})")
_STOP = re.compile(r"[。\n]")
_COUNTED = re.compile(r"\s*[二三四五六七八九十]{1,3}是")
_ALL_OF_THEM = re.compile(r"反馈|指出|上述|以上|发现|[0-9一二三四五六七八九十]+[个项条类]")


def _sentence_end(text: str, place: int, limit: int) -> int:
    found = _STOP.search(text, place, limit)
    return found.end() if found else limit


def within(
    areas: Sequence[Span], sections: Sequence[tuple[Heading, SectionRole]], drafts: Sequence[Draft]
) -> Sequence[Span]:
    """Where to look: all ``areas`` where nothing was read, else those of parts that hold no finding."""
    if not drafts:
        return areas
    starts = sorted(draft.start for draft in drafts)
    begins = [area.start for area in areas]

    def reach(places: Sequence[int], heading: Heading) -> tuple[int, int]:
        return bisect_left(places, heading.start), bisect_left(places, heading.end)

    empty = [
        heading for heading, role in sections if role in _HOLDERS and len(set(reach(starts, heading))) == 1
    ]
    return [
        Span(max(area.start, heading.body_start), area.end)
        for heading in empty
        for area in areas[slice(*reach(begins, heading))]
    ]


def overlooked(text: str, areas: Sequence[Span], *, faults: bool) -> list[Span]:
    """The sentences of ``areas`` that name problems (主要问题是：…), one span where they touch.

    With ``faults`` also those that count what is wrong without the word (一是学习不深入，…).
    """
    spans: list[Span] = []
    for area in areas:
        places = [found.start() for found in _NAMES.finditer(text, area.start, area.end)]
        places += [
            found.start()
            for found in _AIMED.finditer(text, area.start, area.end)
            if not _ALL_OF_THEM.search(found[0])
        ]
        places += [
            found.start()
            for found in (_FAULTS.finditer(text, area.start, area.end) if faults else ())
            if wording.is_fault(found["q"])
        ]
        for place in sorted(places):
            # what was covered is not looked at again: one sentence may name problems by the thousand
            begin = max(area.start, spans[-1].end if spans else 0)
            if place < begin:
                continue
            start = max(begin, *(text.rfind(stop, begin, place) + 1 for stop in "。；;\n"))
            end = _sentence_end(text, place, area.end)
            while _COUNTED.match(text, end, area.end):
                end = _sentence_end(text, end, area.end)
            if spans and start <= spans[-1].end:
                spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
            else:
                spans.append(Span(start, end))
    return spans
