"""What a document says of a finding and a reading has no field for (整改目标、原因分析、督导单位、备注)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.messages import msg
from zhenggai.domain.reading import PartKind
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import status
from zhenggai.reading.interpreting.labels import NAMING, Field
from zhenggai.reading.interpreting.parts import WHY_STRAY, claim

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from zhenggai.domain.spans import Span
    from zhenggai.reading.interpreting.drafts import Draft, Passage
    from zhenggai.reading.interpreting.labels import LabelIndex
    from zhenggai.reading.interpreting.parts import Claim

WHY_NO_FIELD = msg(
    "This is said of a finding, and a reading has no field for it (a goal, a cause, a supervising unit, "
    "a remark); it stands here as printed."
)
_NOTHING = re.compile(r"[-—–/／\\无。\s]*")
_NEVER = frozenset({Field.GOAL, Field.CAUSE, Field.OVERSEER, Field.REMARK})


def is_without_field(text: str, passage: Passage, draft: Draft, told: Container[Field]) -> bool:
    """Whether no field will hold what ``passage`` says; all fields in its ``draft`` are ``told``."""
    printed = text[passage.start : passage.end].strip()
    if passage.field in _NEVER:
        return _NOTHING.fullmatch(printed) is None
    if passage.field is Field.PERSON:
        return Field.LEADER in told
    if passage.field is Field.TASK:
        return Field.PROBLEM in told or Field.DETAIL in told or draft.heading is not None
    if passage.field is Field.NATURE:
        return status.stated(printed).nature is None
    if passage.field not in NAMING:
        return False
    last = next(one for one in reversed(draft.passages) if one.field is passage.field)
    other = getattr(draft, passage.field.value)
    return passage is not last or (other is not None and printed not in other)


def left_around(text: str, index: LabelIndex, areas: Iterable[Span], claims: Sequence[Claim]) -> list[Claim]:
    """What stands after labels of a finding in ``areas`` (lead and closing) where no finding holds it."""
    heard = {one.start for one in claims if one.kind is not PartKind.FIELD}
    left: list[Claim] = []
    for area in areas:
        end = -1
        for label in index.within(area.start, area.end):
            if label.field not in NAMING and label.start not in heard:
                if end < label.end:
                    stop = text.find("\n", label.end, area.end)
                    end = stop if stop >= 0 else area.end
                left.append(claim(label.start, end, PartKind.UNREAD, WHY_STRAY, "unclaimed"))
    return left
