"""Where the title of a finding ends and what is told of it begins (标题与正文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading.interpreting import answers, wording
from zhenggai.reading.interpreting.drafts import Passage, from_heading
from zhenggai.reading.interpreting.labels import Field, LabelIndex

if TYPE_CHECKING:
    from zhenggai.reading.outline import Heading

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
        end = start + len(text[start:body].rstrip(" \u3000,，:：\n"))
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
