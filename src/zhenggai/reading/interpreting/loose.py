"""Findings without numbers: 问题： blocks, 关于“…”问题 lines, bare lines before 整改情况：."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.drafts import Draft, cut, from_heading
from zhenggai.reading.interpreting.labels import ANSWERS, Field
from zhenggai.reading.outline_lines import GLYPHS
from zhenggai.reading.outline_marks import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.interpreting.labels import Label, LabelIndex

_LINE = re.compile(r"[^\n]+")
_NAMED = re.compile(r"(?:关于|针对|对于?)[ \u3000]*+[“\"「『][^\n]{2,160}")
_ABOUT = re.compile(rf"[ \u3000]*+(?:[(（]?\d{{1,2}}[)）.、．][ \u3000]*+)?{_NAMED.pattern}")
_COUNTED = re.compile(
    r"(?:(?<=[。；;\n])|(?<![^ \u3000]))"
    r"(?P<n>[一二三四五六七八九十]{1,3})是(?:针对|关于|对于?)[ \u3000]*"
    r"[“\"「『](?P<q>[^“”\"「」『』\n]{4,100})[”\"」』](?:等)?(?:的)?问题(?:的)?(?:整改)?[。,，:：]"
)
_PLAIN = re.compile(
    rf"(?:(?<=\n)|(?<![^ \u3000]))(?:[ \u3000]*+(?:[-—－–]{{1,2}}|[{GLYPHS}])?[ \u3000]*+"
    r"(?:关于|针对)(?P<q>(?![“\"「『][^”\"」』\n]{2,100}[”\"」』](?:等)?(?:的)?(?:问题|方面))[^。；;：:\n]{4,100}?)(?:的)?问题(?:的)?(?:整改)?(?:情况)?[。：:]"
    # blanks that lead nowhere are passed over at once, not tried one by one
    r"|[ \u3000]++)"
)
_ALOUD = re.compile(
    r"(?<![^\s。；;：:])(?P<n>[一二三四五六七八九十]{1,3})是(?P<q>[^。；;：:\n]{4,100})[。；;：:]?\s*\Z"
)
_ALOUD_MOST = 120
_LAYOUT = " \u3000\n"
_BARE_MOST = 90


class _Opening(NamedTuple):
    """Where a finding begins; ``title_end`` is its beginning too where only a label opens it."""

    start: int
    title_end: int


def loose(text: str, index: LabelIndex, default: Field, start: int, end: int) -> list[Draft]:
    """The findings without numbers in ``text[start:end]``; ``default`` is what text under no label is."""
    labels = index.within(start, end)
    if not labels and text.find("于", start, end) < 0 and text.find("对", start, end) < 0:
        return []
    counted = counted_about(text, start, end)
    if len(counted) > 1:
        return [
            _counted(text, index, default, found, following)
            for found, following in zip(
                counted, [*(after.start() for after in counted[1:]), end], strict=True
            )
        ]
    aloud = counted_aloud(text, labels, start)
    if aloud:
        stops = [*(after.start("n") for after in aloud[1:]), end]
        return [_counted(text, index, default, found, stop) for found, stop in zip(aloud, stops, strict=True)]
    openings = _openings(text, labels, start, end)
    drafts: list[Draft] = []
    for place, opening in enumerate(openings):
        stop = openings[place + 1].start if place + 1 < len(openings) else end
        run_on = wording.run_on(text, opening.start, opening.title_end)
        heading = (opening.start, run_on.end() if run_on else opening.title_end)
        title, state = from_heading(text, heading) if heading[1] > heading[0] else ("", None)
        if run_on:
            title = wording.clean(run_on["quoted"] or run_on["bare"])
        draft = Draft(None, title, opening.start, stop, heading if title else None, rule="unnumbered")
        draft.passages, draft.per_item = cut(text, index, heading[1], stop, default)
        if state is not None:
            draft.passages.insert(0, state)
        drafts.append(draft)
    return drafts


def counted_about(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The sentences of ``text[start:end]`` that name problems one by one (一是关于“…”的问题。)."""
    counted = list(_COUNTED.finditer(text, start, end))
    if len(counted) > 1:
        return counted
    return [found for found in _PLAIN.finditer(text, start, end) if found["q"]]


def counted_aloud(text: str, labels: Sequence[Label], start: int) -> list[re.Match[str]]:
    """The sentences after ``start`` that count problems, each before a label (一是…。整改情况：)."""
    found: list[re.Match[str]] = []
    before = start
    for label in labels:
        low, before = max(before, label.start - _ALOUD_MOST), label.start
        if label.field not in ANSWERS or text.find("是", low, label.start) < 0:
            continue
        sentence = _ALOUD.search(text, low, label.start)
        if sentence is None:
            continue
        goes_on = not found or ordinal(sentence["n"]) == ordinal(found[-1]["n"]) + 1
        if goes_on and wording.is_problem(sentence["q"]):
            found.append(sentence)
    return found


def _counted(text: str, index: LabelIndex, default: Field, found: re.Match[str], end: int) -> Draft:
    """A finding that one sentence of a paragraph opens (一是针对“…”问题。)."""
    title = wording.unwrap(found["q"]).title
    number = found.groupdict().get("n")
    start = found.start("n") if number else found.start() + len(found[0]) - len(found[0].lstrip(_LAYOUT))
    draft = Draft(number, title, start, end, found.span("q"), rule="unnumbered")
    draft.passages, draft.per_item = cut(text, index, found.end(), end, default)
    return draft


def _openings(text: str, labels: Sequence[Label], start: int, end: int) -> list[_Opening]:
    openings: list[_Opening] = []
    by_start = {label.start: place for place, label in enumerate(labels)}
    following = 0
    for found in _LINE.finditer(text, start, end):
        line = found[0]
        begin = found.start() + len(line) - len(line.lstrip(f" \u3000\t{GLYPHS}"))
        place = by_start.get(begin)
        if place is not None:
            if labels[place].field in {Field.PROBLEM, Field.TASK}:
                openings.append(_Opening(begin, begin))
            continue
        while following < len(labels) and labels[following].start < found.end():
            following += 1
        after = labels[following] if following < len(labels) else None
        about = _ABOUT.fullmatch(line.rstrip())
        apart = wording.bracket(line) if about else None
        if about and (
            wording.unwrap(apart[0] if apart else line).wrapped or wording.run_on(text, begin, found.end())
        ):
            openings.append(_Opening(begin, found.end()))
        elif 4 <= len(line.strip()) <= _BARE_MOST and after is not None and after.field in ANSWERS:
            next_to = not text[found.end() : after.start].strip()
            if next_to and wording.is_problem(wording.clean(line)):
                openings.append(_Opening(begin, found.end()))
    return openings
