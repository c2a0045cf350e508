"""Where the title of a finding ends and what is told of it begins (标题与正文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import answers, status, wording
from zhenggai.reading.interpreting.drafts import Passage
from zhenggai.reading.interpreting.labels import Field, LabelIndex

if TYPE_CHECKING:
    from zhenggai.reading.outline import Heading

_BLANK = " \u3000\n。；;，,"
_BEFORE_TITLE = re.compile(r"\s*+[(（【\[]\s*+(?P<s>[^()（）【】\[\]\n]{2,30})\s*+[)）】\]][。；;，,]?")
_NAMES = frozenset({Field.PROBLEM, Field.DETAIL, Field.TASK})


class Opened(NamedTuple):
    """The title of a finding, a status beside it, where it is printed, and where the text after it begins.

    ``told`` is the passage of a problem that stands behind its own label before the title.
    """

    title: str
    state: Passage | None
    printed: tuple[int, int]
    body: int
    told: Passage | None = None


def opened(text: str, index: LabelIndex, heading: Heading, *, answering: bool) -> Opened:
    """The title of ``heading`` apart from what it goes on with.

    Where the document is ``answering``, a title may go on with what was done (…的问题，已取消…).
    """
    start, end = heading.title_start, max(heading.title_end, heading.title_start)
    told = [label for label in index.within(heading.start, heading.title_start) if label.field in _NAMES]
    if told:
        printed = (told[0].end, heading.title_end)
        title, state = from_heading(text, printed)
        problem = Passage(Field.PROBLEM, *printed, told[0])
        return Opened(title, state, printed, body_of(text, heading, answering=answering), problem)
    run_on = wording.run_on(text, start, end)
    if run_on:
        title = wording.clean(run_on["quoted"] or run_on["bare"])
        return Opened(title, None, (start, run_on.end()), run_on.end())
    body = body_of(text, heading, answering=answering)
    if body < end:
        end = start + len(text[start:body].rstrip(" \u3000,，:：—–\n"))
    title, state = from_heading(text, (start, end))
    return Opened(title, state, (start, end), body)


def body_of(text: str, heading: Heading, *, answering: bool) -> int:
    """Where the text after the title of ``heading`` begins, within its line where the title goes on."""
    start, end = heading.title_start, max(heading.title_end, heading.title_start)
    run_on = wording.run_on(text, start, end)
    if run_on:
        return run_on.end()
    apart = answers.swallowed(text, start, end) if answering else None
    return heading.body_start if apart is None else apart[1]


def from_heading(text: str, title: tuple[int, int]) -> tuple[str, Passage | None]:
    """Title of a finding from its printed heading, apart from a status in brackets around it."""
    start, end = title
    printed = text[start:end]
    state: Passage | None = None
    before = _BEFORE_TITLE.match(printed)
    if before is not None and status.is_said(before["s"]) and printed[before.end() :].strip(_BLANK):
        low, high = before.span("s")
        state = Passage(Field.STATUS, start + low, start + high, None, "heading_bracket")
        rest = printed[before.end() :].strip(" \u3000\n（(【[")
        return wording.unwrap(rest).title, state
    apart = wording.bracket(printed)
    if apart is not None and status.is_said(apart[1]):
        place = start + printed.rindex(apart[1])
        state = Passage(Field.STATUS, place, place + len(apart[1]), None, "heading_bracket")
        printed = apart[0]
    return wording.unwrap(printed.rstrip(" \u3000\n（(【[")).title, state
