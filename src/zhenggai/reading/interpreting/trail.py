"""What the headings above a finding say: its theme (方面), its group (大项), or a label of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.labels import META, TELLING, WORDS, Field
from zhenggai.reading.outline_marks import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.reading.outline import Heading

_LABEL_TITLES = TELLING | META


def title_field(title: str) -> Field | None:
    """The field whose label a heading consists of (一、整改目标), or null."""
    name = re.sub(r"[\s:：【】\[\]]|[(（].*?[)）]", "", title)
    kind = WORDS.get(name)
    return kind if kind in _LABEL_TITLES else None


def theme_and_group(
    trail: Sequence[Heading], title: Callable[[Heading], str]
) -> tuple[str | None, str | None]:
    """Theme (方面) and group (大项) of a finding under the headings ``trail``, outermost first."""
    names = [wording.named(title(heading)) for heading in trail if heading.mark is not None]
    if not names:
        return None, None
    if len(names) > 1:
        return names[0], names[-1]
    mark = trail[-1].mark
    counted = mark is not None and mark.kind >= MarkKind.DIGIT
    return (None, names[0]) if counted and not wording.is_theme(names[0]) else (names[0], None)
