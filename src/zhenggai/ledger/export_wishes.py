"""Which workbook somebody wants, as it is kept until a job makes it (导出要求的保存)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from zhenggai.documents.plain import plain_value
from zhenggai.domain.deadlines import Light
from zhenggai.domain.figures import Figure
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.domain.progress import Gap
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.ledger.export_choices import CUSTOM, choice_of
from zhenggai.ledger.exporting_book import BookWish
from zhenggai.ledger.listing import FindingFilters, order_read, order_said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_READ: dict[str, Callable[[Any], Any]] = {
    "stage": Stage,
    "nature": Nature,
    "stated_progress": StatedProgress,
    "stated_nature": StatedNature,
    "gap": Gap,
    "overdue_on": date.fromisoformat,
    "counted": Figure,
    "counted_on": date.fromisoformat,
    "light": Light,
    "light_on": date.fromisoformat,
    "due_from": date.fromisoformat,
    "due_to": date.fromisoformat,
}


def wish_said(wish: BookWish) -> dict[str, Any]:
    """The wish as JSON (导出要求 → JSON), but for its inspection."""
    return {
        "filters": plain_value(asdict(wish.filters)),
        "order": order_said(wish.order),
        "columns": list(wish.choice.columns),
        "sheets": [each.value for each in wish.choice.sheets],
        "is_merged": wish.choice.is_merged,
    }


def wish_of(inspection_id: int, said: Mapping[str, Any]) -> BookWish:
    """The wish that `wish_said` wrote (JSON → 导出要求)."""
    filters = {
        name: _READ[name](value) if name in _READ and value is not None else value
        for name, value in said["filters"].items()
    }
    return BookWish(
        inspection_id,
        FindingFilters(**filters),
        order_read(said["order"]),
        choice_of(CUSTOM, said["columns"], said["sheets"], is_merged=said["is_merged"]),
    )
