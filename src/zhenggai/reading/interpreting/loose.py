"""Findings without numbers: 问题： blocks, 关于“…”问题 lines, bare lines before 整改情况：."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import spoken, wording
from zhenggai.reading.interpreting.aimed import HOW_MANY, LAYOUT, aimed_at, named_alone
from zhenggai.reading.interpreting.drafts import Draft, Passage, cut
from zhenggai.reading.interpreting.labels import ANSWERS, Field
from zhenggai.reading.interpreting.opened import from_heading
from zhenggai.reading.outline import before_bullet
from zhenggai.reading.outline_lines import GLYPHS
from zhenggai.reading.outline_marks import MarkKind, mark_at, ordinal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.reading.interpreting.labels import Label, LabelIndex
    from zhenggai.reading.interpreting.trail import Titles
    from zhenggai.reading.outline import Heading
    from zhenggai.reading.outline_lines import Paragraph
    from zhenggai.reading.outline_marks import Mark

_LINE = re.compile(r"[^\n]+")
_NAMED = re.compile(r"(?:关于|针对|对于?)[ \u3000]*+[“\"「『][^\n]{2,160}")
_ABOUT = re.compile(rf"[ \u3000]*+(?:[(（]?\d{{1,2}}[)）.、．][ \u3000]*+)?{_NAMED.pattern}")
_NAMES_FIRST = re.compile(
    r"\s*(?:关于|针对|对于?)[ \u3000]*[“\"「『][^“”\"「」『』\n]{2,100}[”\"」』](?:等)?(?:的)?问题"
    r"(?:的)?(?:整改)?[,，:：]"
)
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
_COUNTED_ON = re.compile(r"(?<![^\s。；;：:])[一二三四五六七八九十]{1,3}是")
"""What is counted before: then a sentence is a further item (一是…。二是…。整改状态：), no first problem."""
_BY_LINE = re.compile(
    r"(?<=\n)[ \u3000]*+(?P<n>[一二三四五六七八九十]{1,3})是[,，]?(?P<q>[^。；;：:\n]{4,60})[。；;]"
)
_BY_BULLET = re.compile(
    rf"(?<=\n)[ \u3000]*+(?:[—－–-]{{1,2}}|[{GLYPHS}])[ \u3000]*+(?P<q>[^。；;：:\n]{{4,60}})[。；;]"
)
_BARE_MOST = 90


class _Opening(NamedTuple):
    """Where a finding begins; ``title_end`` is its beginning too where only a label opens it."""

    start: int
    title_end: int


def loose(
    text: str,
    index: LabelIndex,
    default: Field,
    start: int,
    end: int,
    *,
    aimed: bool = False,
    themed: bool = False,
    sole: bool = False,
) -> list[Draft]:
    """The findings without numbers in ``text[start:end]``; ``default`` is what text under no label is.

    With ``aimed`` also those that a paragraph names one after another, each with its status, or where it is
    ``themed`` (under the heading of a theme) with what was done. With ``sole``, where the text is all that
    stands under a heading that announces findings, those that its sentences begin with.
    """
    labels = index.within(start, end)
    by_line = by_lines(text, start, end) if aimed and not labels else []
    if by_line:
        drafts = [_counted(text, index, default, found, stop) for found, stop in by_line]
        if any(draft.has(Field.STATUS) for draft in drafts):
            return drafts
    if not (labels or sole or _may_name(text, start, end)):
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
    pieces = aimed_at(text, start, end, themed=themed) if aimed else []
    if not pieces and sole and not labels:
        pieces = named_alone(text, start, end)
    if pieces:
        return [_counted(text, index, default, found, stop) for found, stop in pieces]
    openings = _openings(text, labels, start, end)
    drafts = []
    for place, opening in enumerate(openings):
        stop = openings[place + 1].start if place + 1 < len(openings) else end
        stop = before_bullet(text, opening.start, stop)
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
    return _numbered(text, drafts)


def _numbered(text: str, drafts: list[Draft]) -> list[Draft]:
    """``drafts``, each with the number behind its label (反馈问题：2.…) where those of all count on."""
    marked: list[tuple[Draft, Passage, Mark]] = []
    for draft in drafts:
        problem = draft.passages[0] if draft.passages and not draft.title else None
        if problem is None or problem.field is not Field.PROBLEM:
            return drafts
        start = problem.end - len(text[problem.start : problem.end].lstrip(" \u3000"))
        mark = mark_at(text, start, problem.end)
        last = marked[-1][2] if marked else mark
        if mark is None or last is None or mark[:2] != (last.kind, last.ordinal + bool(marked)):
            return drafts
        marked.append((draft, problem, mark))
    for draft, problem, mark in marked if len(marked) > 1 else ():
        draft.number, problem.start = mark.number, mark.end
        draft.marks.append((mark.start, mark.end, Field.NUMBER))
    return drafts


def is_block(
    text: str, index: LabelIndex, titles: Titles, heading: Heading, names: Callable[[Heading], bool]
) -> bool:
    """Whether findings without numbers stand under ``heading``, with its children as their items.

    ``names`` tells whether a heading names a problem.
    """
    labels = index.within(heading.body_start, heading.end)
    problems = [label.start for label in labels if label.field is Field.PROBLEM]
    if not problems or problems[0] >= heading.own_end:
        return False
    if len(problems) < 2 and (
        not (wording.is_theme(titles.of(heading)) or _is_only_number(text, labels))
        or text[heading.body_start : problems[0]].strip(" \u3000\n。:：")
    ):
        return False
    opening = {label.start for label in labels}
    return all(child.start not in opening for child in heading.children) and not any(
        map(names, heading.children)
    )


def _is_only_number(text: str, labels: Sequence[Label]) -> bool:
    """Whether the problem is the only one of ``labels`` with a number: one alone of a list."""
    numbered = [label for label in labels if not text.startswith(label.word, label.start)]
    return len(labels) > 1 and [label.field for label in numbered] == [Field.PROBLEM]


def counts_aloud(
    text: str,
    index: LabelIndex,
    start: int,
    end: int,
    title: str,
    *,
    of_feedback: bool,
    trusted: bool,
    aimed: bool = False,
) -> bool:
    """Whether ``text[start:end]`` under the heading ``title`` counts the findings of its theme.

    ``of_feedback``: in feedback, where problems may stand alone; ``trusted``: under other findings there.
    ``aimed``: where a paragraph may name problems one after another, as in ``loose``.
    """
    labels = index.within(start, end)
    said = bool(labels) and text.find("是", start, labels[0].start) >= 0
    named = _may_name(text, start, end)
    if not (said or named or of_feedback):
        return False
    theme = wording.is_theme(title)
    if theme and (names_first(text, start, end) or len(counted_about(text, start, end)) > 1):
        return True
    if theme and aimed and aimed_at(text, start, end, themed=True):
        return True
    if wording.is_fault(title) and not theme:
        return False
    if said and counted_aloud(text, labels, start):
        return True
    return of_feedback and trusted and len(spoken.counted(text, start, end)) > 1


def _may_name(text: str, start: int, end: int) -> bool:
    """Whether problems may be named in ``text[start:end]``: about one (关于) or counted (一是…问题)."""
    if text.find("于", start, end) >= 0 or text.find("对", start, end) >= 0:
        return True
    return text.find("一是", start, end) >= 0 and text.find("问题", start, end) >= 0


def counted_about(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The sentences of ``text[start:end]`` that name problems one by one (一是关于“…”的问题。)."""
    counted = list(_COUNTED.finditer(text, start, end))
    if len(counted) > 1:
        return counted
    plain = (found for found in _PLAIN.finditer(text, start, end) if found["q"])
    return [found for found in plain if not HOW_MANY.search(found["q"])]


def by_lines(text: str, start: int, end: int) -> list[tuple[re.Match[str], int]]:
    """The problems that lines of ``text[start:end]`` count, each with the end of what its line goes on with.

    一是学习不深入。开展学习12次。已整改到位。 A bullet at every line (●学习不深入。…) does for a count.
    None where one of the lines begins with no problem.
    """
    opened: list[re.Match[str]] = []
    if text.find("一是", start, end) >= 0:
        opened = list(_BY_LINE.finditer(text, start, end))
        counts = [ordinal(found["n"]) for found in opened]
        if counts != list(range(1, len(opened) + 1)):
            return []
    opened = opened or list(_BY_BULLET.finditer(text, start, end))
    if len(opened) < 2:
        return []
    if not all(wording.is_problem(found["q"]) and not wording.is_act(found["q"]) for found in opened):
        return []
    stops = [after.start() for after in opened[1:]]
    of_one_line = all(
        "\n" not in text[found.end() : stop].strip() for found, stop in zip(opened, stops, strict=False)
    )
    line = text.find("\n", opened[-1].end(), end) if of_one_line else -1
    return list(zip(opened, [*stops, end if line < 0 else line], strict=True))


def names_first(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins with a quoted problem that goes on (针对“…”的问题，一是…)."""
    return _NAMES_FIRST.match(text, start, end) is not None


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
        if not found and _COUNTED_ON.search(text, start, sentence.start("n")):
            continue
        goes_on = not found or ordinal(sentence["n"]) == ordinal(found[-1]["n"]) + 1
        if goes_on and wording.is_problem(sentence["q"]):
            found.append(sentence)
    return found


def _counted(text: str, index: LabelIndex, default: Field, found: re.Match[str], end: int) -> Draft:
    """A finding that one sentence of a paragraph opens (一是针对“…”问题。)."""
    title = wording.unwrap(found["q"]).title
    number = found.groupdict().get("n")
    start = found.start("n") if number else found.start() + len(found[0]) - len(found[0].lstrip(LAYOUT))
    draft = Draft(number, title, start, end, found.span("q"), rule="unnumbered")
    draft.passages, draft.per_item = cut(text, index, found.end(), end, default)
    return draft


def _openings(text: str, labels: Sequence[Label], start: int, end: int) -> list[_Opening]:
    openings: list[_Opening] = []
    by_start = {label.start: place for place, label in enumerate(labels)}
    following = 0
    last: Label | None = None
    for found in _LINE.finditer(text, start, end):
        line = found[0]
        begin = found.start() + len(line) - len(line.lstrip(f" \u3000\t{GLYPHS}"))
        place = by_start.get(begin)
        if place is not None:
            named = place and labels[place - 1].field is Field.NUMBER and openings
            if (
                labels[place].field in {Field.PROBLEM, Field.TASK}
                and not (named and openings[-1].start == labels[place - 1].start)
            ) or (labels[place].field is Field.NUMBER and _is_problem_next(labels, place)):
                openings.append(_Opening(begin, begin))
                last = labels[place]
            continue
        while following < len(labels) and labels[following].start < found.end():
            following += 1
        after = labels[following] if following < len(labels) else None
        about = _ABOUT.fullmatch(line.rstrip()) or _NAMES_FIRST.match(line)
        apart = wording.bracket(line) if about else None
        if about and (
            wording.unwrap(apart[0] if apart else line).wrapped or wording.run_on(text, begin, found.end())
        ):
            openings.append(_Opening(begin, found.end()))
        elif _COUNTED_ON.match(line.lstrip()) and _COUNTED_ON.search(text, start, begin):
            continue
        elif 4 <= len(line.strip()) <= _BARE_MOST and after is not None and after.field in ANSWERS:
            next_to = not text[found.end() : after.start].strip()
            if last is not None and not text[last.end : begin].strip():
                continue
            if next_to and wording.is_problem(wording.clean(line)):
                openings.append(_Opening(begin, found.end()))
    return openings


def _is_problem_next(labels: Sequence[Label], place: int) -> bool:
    """Whether the label at ``place`` is the number of the problem behind it (受理编号：X1 反映情况：…)."""
    return place + 1 < len(labels) and labels[place + 1].field in {Field.PROBLEM, Field.TASK}


def before_loose(index: LabelIndex, lines: Sequence[Paragraph], first: int) -> int:
    """Where a finding without number begins before ``first``, the place of the first heading or table."""
    telling = [
        label
        for label in index.within(0, first)
        if label.field in {Field.PROBLEM, Field.TASK, Field.RESULT, Field.MEASURES}
    ]
    if not telling:
        return first
    start = telling[0].start
    numbers = [label for label in index.within(0, start) if label.field is Field.NUMBER]
    if numbers and _is_problem_next([numbers[-1], telling[0]], 0):
        return numbers[-1].start
    if telling[0].field in {Field.RESULT, Field.MEASURES}:
        return max((line.start for line in lines if line.end <= start), default=start)
    return start


def swallowed_by_loose(index: LabelIndex, roots: Sequence[Heading]) -> int:
    """How many headings at the start are items of a finding without number (整改情况： above 1. 2.)."""
    if not roots:
        return 0
    fields = {label.field for label in index.within(0, roots[0].start)}
    if not (fields & {Field.PROBLEM, Field.TASK} and fields & {Field.RESULT, Field.MEASURES}):
        return 0
    count = 0
    for heading in roots:
        if heading.mark is None or heading.mark.kind < MarkKind.DIGIT:
            break
        count += 1
    return count
