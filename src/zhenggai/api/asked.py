"""What a call asks of a ledger (接口查询条件)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from ninja import Schema
from pydantic import Field

from zhenggai.domain.deadlines import Light
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.ledger.listing import ORDERS_MOST, FindingFilters, FindingOrder, order_read

if TYPE_CHECKING:
    from zhenggai.ledger.listing import Order

# what an id can be in either database
ID_MOST: Final = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=ID_MOST)]
_ORDER: Final = "|".join(FindingOrder)


class LedgerQuery(Schema):
    """What a ledger is narrowed to (筛选)."""

    stage: Stage | None = None
    theme: Id | None = None
    unit: Id | None = None
    under: Id | None = None
    leader: Id | None = None
    source: Id | None = None
    nature: Nature | None = None
    overdue: bool = False
    light: Light | None = None
    due_from: date | None = None
    due_to: date | None = None
    text: str = Field(default="", max_length=100)
    order: str = Field(
        default=FindingOrder.POSITION,
        pattern=rf"^(?:{_ORDER})(?:,(?:{_ORDER})){{0,{ORDERS_MOST - 1}}}$",
    )

    def filters(self, on: date) -> FindingFilters:
        """The same as values; overdue, and which light, is as on the day."""
        return FindingFilters(
            stage=self.stage,
            theme_id=self.theme,
            unit_id=self.unit,
            under_id=self.under,
            leader_id=self.leader,
            document_id=self.source,
            nature=self.nature,
            overdue_on=on if self.overdue else None,
            light=self.light,
            light_on=on,
            due_from=self.due_from,
            due_to=self.due_to,
            text=self.text,
        )

    @property
    def keys(self) -> Order:
        """The order by up to three keys."""
        return order_read(self.order)


class FindingsQuery(LedgerQuery):
    """One page of a ledger (分页)."""

    page: int = Field(default=1, ge=1)


class LedgerFileQuery(LedgerQuery):
    """A ledger as a file (导出)."""

    form: Literal["short", "full", "custom"] = "full"
    columns: str = Field(default="", max_length=2_000)
    sheets: str | None = Field(default=None, max_length=200)
    merged: bool = True
