"""How a ledger list can be filtered and ordered (台账筛选与排序)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from django.db.models import F

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from zhenggai.domain.deadlines import Light
    from zhenggai.domain.figures import Figure
    from zhenggai.domain.lifecycle import Nature, Stage
    from zhenggai.domain.progress import Gap
    from zhenggai.domain.reading import StatedNature, StatedProgress

Row = TypeVar("Row")
PAGE_SIZE: Final = 50


class FindingOrder(StrEnum):
    """An order of the list (排序); each has an index."""

    POSITION = "position"
    NUMBER = "number"
    NUMBER_LAST = "number_last"
    TITLE = "title"
    TITLE_LAST = "title_last"
    THEME = "theme"
    THEME_LAST = "theme_last"
    UNIT = "unit"
    UNIT_LAST = "unit_last"
    LEADER = "leader"
    LEADER_LAST = "leader_last"
    DUE = "due"
    DUE_LAST = "due_last"
    STAGE = "stage"
    STAGE_LAST = "stage_last"
    STATED = "stated"
    STATED_LAST = "stated_last"
    CHANGED = "changed"


ORDER_LABELS: Final[dict[FindingOrder, str]] = {
    FindingOrder.POSITION: msg("as in the document"),
    FindingOrder.NUMBER: msg("number, ascending"),
    FindingOrder.NUMBER_LAST: msg("number, descending"),
    FindingOrder.TITLE: msg("finding, by pinyin"),
    FindingOrder.TITLE_LAST: msg("finding, by pinyin backwards"),
    FindingOrder.THEME: msg("theme, as in the document"),
    FindingOrder.THEME_LAST: msg("theme, last one first"),
    FindingOrder.UNIT: msg("responsible unit, by pinyin"),
    FindingOrder.UNIT_LAST: msg("responsible unit, by pinyin backwards"),
    FindingOrder.LEADER: msg("responsible leader, by pinyin"),
    FindingOrder.LEADER_LAST: msg("responsible leader, by pinyin backwards"),
    FindingOrder.DUE: msg("due date, earliest first"),
    FindingOrder.DUE_LAST: msg("due date, latest first"),
    FindingOrder.STAGE: msg("stage, earliest first"),
    FindingOrder.STAGE_LAST: msg("stage, latest first"),
    FindingOrder.STATED: msg("progress as the document says, least first"),
    FindingOrder.STATED_LAST: msg("progress as the document says, most first"),
    FindingOrder.CHANGED: msg("latest change first"),
}


def _by_key(name: str, *, last: bool) -> tuple[Any, ...]:
    key = F(f"order_key__{name}")
    return (
        key.desc(nulls_last=True) if last else key.asc(nulls_last=True),
        "order_key__position",
    )


# Those kept in the finding itself; every other order is one of `OrderKey`, empty last in either direction.
_OF_FINDING: Final[dict[FindingOrder, tuple[Any, ...]]] = {
    FindingOrder.CHANGED: ("-changed_at", "position"),
}
# the key itself, in which a successor stands after its origin
_PLAIN: Final[dict[FindingOrder, tuple[Any, ...]]] = {FindingOrder.POSITION: ("order_key__position",)}
ORDER_BY: Final[dict[FindingOrder, tuple[Any, ...]]] = {
    order: _PLAIN.get(order)
    or _OF_FINDING.get(order)
    or _by_key(order.value.removesuffix("_last"), last=order.value.endswith("_last"))
    for order in FindingOrder
}


Order = FindingOrder | tuple[FindingOrder, ...]
"""One order, or several, the later ones among what is equal in those before (多重排序)."""
ORDERS_MOST: Final = 3
# what a key orders nothing more behind, since no two findings are equal in it
_TELLS_ALL_APART: Final = frozenset({FindingOrder.POSITION})


def is_keyed(order: FindingOrder) -> bool:
    """Whether the order stands in `OrderKey`."""
    return order not in _OF_FINDING


def keys_of(order: Order) -> tuple[FindingOrder, ...]:
    """The single keys of an order, the first one first; at least one."""
    return (order,) if isinstance(order, FindingOrder) else order


def order_of(keys: Iterable[FindingOrder]) -> Order:
    """The order by these keys (多重排序): each column once, at most three, as in the document for none.

    A key behind one that tells all findings apart orders nothing, and is left out.
    """
    found: dict[str, FindingOrder] = {}
    for key in keys:
        if len(found) == ORDERS_MOST or not _TELLS_ALL_APART.isdisjoint(found.values()):
            break
        found.setdefault(key.value.removesuffix("_last"), key)
    taken = tuple(found.values()) or (FindingOrder.POSITION,)
    return taken[0] if len(taken) == 1 else taken


def order_read(text: str) -> Order:
    """The order that ``unit,due_last`` says; a word that is none orders nothing."""
    known = set(FindingOrder)
    return order_of(FindingOrder(word) for word in text.split(",") if word in known)


def order_said(order: Order) -> str:
    """The order as an address and a kept wish say it."""
    return ",".join(keys_of(order))


def order_by(order: Order) -> tuple[Any, ...]:
    """What the database orders by; findings equal in every key stay as in the document."""
    keys = [ORDER_BY[key] for key in keys_of(order)]
    columns = tuple(key[0] for key in keys)
    return columns if len(keys[-1]) == 1 else (*columns, keys[0][-1])


@dataclass(frozen=True, slots=True)
class FindingFilters:
    """What a list is narrowed to (筛选条件); None or empty narrows nothing.

    ``unstated``: findings of which no document states progress. ``unit_id``: lead or supporting unit.
    ``leader_id``: the responsible leader.
    ``gap``: how the unit's claim stands to the view of who verifies now.
    ``counted`` and ``counted_on``: what a figure counts as that day ended; neither without the other.
    ``overdue_on``: past due and not closed on that day; ``light``: of what is open on ``light_on``.
    ``due_from`` and ``due_to``: the first and last due day. ``under_id``: led by a unit at or below this one;
    ``lead_id``: by this one; ``lead_unset``: by none yet. ``text``: words to be found, from two characters.
    ``nature``: as the office has set it; ``document_id``: the document it came from.
    ``selection_id``: findings that the actor chose together for a batch.
    """

    stage: Stage | None = None
    stated_progress: StatedProgress | None = None
    stated_nature: StatedNature | None = None
    stated_closed: bool | None = None
    unstated: bool = False
    gap: Gap | None = None
    theme_id: int | None = None
    unit_id: int | None = None
    leader_id: int | None = None
    overdue_on: date | None = None
    text: str = ""
    counted: Figure | None = None
    counted_on: date | None = None
    light: Light | None = None
    light_on: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    under_id: int | None = None
    lead_id: int | None = None
    lead_unset: bool = False
    nature: Nature | None = None
    document_id: int | None = None
    selection_id: int | None = None


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
