"""How a ledger list can be filtered and ordered (台账筛选与排序)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from django.db.models import F

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.domain.lifecycle import Stage
    from zhenggai.domain.reading import StatedNature, StatedProgress

Row = TypeVar("Row")
PAGE_SIZE: Final = 50


class FindingOrder(StrEnum):
    """An order of the list (排序); each has an index."""

    POSITION = "position"
    DUE = "due"
    DUE_LAST = "due_last"
    STAGE = "stage"
    STATED = "stated"
    CHANGED = "changed"


ORDER_LABELS: Final[dict[FindingOrder, str]] = {
    FindingOrder.POSITION: msg("as in the document"),
    FindingOrder.DUE: msg("due date, earliest first"),
    FindingOrder.DUE_LAST: msg("due date, latest first"),
    FindingOrder.STAGE: msg("stage"),
    FindingOrder.STATED: msg("progress as the document says"),
    FindingOrder.CHANGED: msg("latest change first"),
}

ORDER_BY: Final[dict[FindingOrder, tuple[Any, ...]]] = {
    FindingOrder.POSITION: ("position",),
    FindingOrder.DUE: (F("due").asc(nulls_last=True), "position"),
    FindingOrder.DUE_LAST: (F("due").desc(nulls_last=True), "position"),
    FindingOrder.STAGE: ("stage", "position"),
    FindingOrder.STATED: ("stated_progress", "position"),
    FindingOrder.CHANGED: ("-changed_at", "position"),
}


@dataclass(frozen=True, slots=True)
class FindingFilters:
    """What a list is narrowed to (筛选条件); None or empty narrows nothing.

    ``unstated``: findings of which no document states progress. ``unit_id``: lead or supporting unit.
    ``overdue_on``: past due and not closed on that day. ``text``: words to be found, from two characters on.
    """

    stage: Stage | None = None
    stated_progress: StatedProgress | None = None
    stated_nature: StatedNature | None = None
    stated_closed: bool | None = None
    unstated: bool = False
    theme_id: int | None = None
    unit_id: int | None = None
    overdue_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list (分页): ``number`` counts from 1 and is moved into the range that exists."""

    rows: Sequence[Row] = field(default_factory=tuple)
    total: int = 0
    number: int = 1
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))
