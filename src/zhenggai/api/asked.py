"""What a call asks of a ledger (接口查询条件)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from ninja import Schema
from pydantic import Field

from zhenggai.domain.lifecycle import Stage
from zhenggai.ledger.listing import FindingFilters, FindingOrder

if TYPE_CHECKING:
    from datetime import date

# what an id can be in either database
ID_MOST: Final = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=ID_MOST)]


class LedgerQuery(Schema):
    """What a ledger is narrowed to (筛选)."""

    stage: Stage | None = None
    theme: Id | None = None
    unit: Id | None = None
    overdue: bool = False
    text: str = Field(default="", max_length=100)
    order: FindingOrder = FindingOrder.POSITION

    def filters(self, on: date) -> FindingFilters:
        """The same as values; overdue is what is on the day."""
        return FindingFilters(
            stage=self.stage,
            theme_id=self.theme,
            unit_id=self.unit,
            overdue_on=on if self.overdue else None,
            text=self.text,
        )


class FindingsQuery(LedgerQuery):
    """One page of a ledger (分页)."""

    page: int = Field(default=1, ge=1)


class LedgerFileQuery(LedgerQuery):
    """A ledger as a file (导出)."""

    form: Literal["short", "full", "custom"] = "full"
    columns: str = Field(default="", max_length=2_000)
    sheets: str | None = Field(default=None, max_length=200)
    merged: bool = True
