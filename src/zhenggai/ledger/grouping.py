"""The list of a ledger in groups (台账分组小计): by theme, unit or leader, each with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q

from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.messages import msg
from zhenggai.ledger.listing import FindingFilters, FindingOrder
from zhenggai.ledger.models import OrderKey
from zhenggai.ledger.narrowing import findings_listed, overdue_on

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Inspection


class Grouping(StrEnum):
    """By what a list stands in groups; the values are names of keys that lists are ordered by."""

    THEME = "theme"
    UNIT = "unit"
    LEADER = "leader"


GROUPING_LABELS: Final[dict[Grouping, str]] = {
    Grouping.THEME: msg("Theme"),
    Grouping.UNIT: msg("Responsible unit"),
    Grouping.LEADER: msg("Responsible leader"),
}
# the orders in which the findings of a group stand together; the first one where another is asked for
GROUP_ORDERS: Final[dict[Grouping, tuple[FindingOrder, FindingOrder]]] = {
    Grouping.THEME: (FindingOrder.THEME, FindingOrder.THEME_LAST),
    Grouping.UNIT: (FindingOrder.UNIT, FindingOrder.UNIT_LAST),
    Grouping.LEADER: (FindingOrder.LEADER, FindingOrder.LEADER_LAST),
}


@dataclass(frozen=True, slots=True)
class GroupTally:
    """Of one group, over all pages of the list: its findings, those closed, those overdue."""

    total: int
    closed: int
    overdue: int


def group_keys(grouping: Grouping, finding_ids: Collection[int]) -> dict[int, Any]:
    """To which group each finding of a page belongs, by the key it is ordered by; one query.

    A finding nobody leads yet belongs to what its document says, as it is shown and ordered.
    """
    rows = OrderKey.objects.filter(finding__in=finding_ids)
    return dict(rows.values_list("finding_id", grouping.value))


def groups_counted(
    actor: Actor, inspection: Inspection, grouping: Grouping, filters: FindingFilters, on: date
) -> dict[Any, GroupTally]:
    """By key the figures of each group of the narrowed list, as far as the actor sees it; one query."""
    rows = findings_listed(actor, inspection, filters, GROUP_ORDERS[grouping][0]).order_by()
    final = [stage.value for stage in FINAL_STAGES]
    counted = rows.values_list(f"order_key__{grouping.value}").annotate(
        total=Count("pk"),
        closed=Count("pk", filter=Q(stage__in=final)),
        overdue=Count("pk", filter=overdue_on(on)),
    )
    return {key: GroupTally(total, closed, overdue) for key, total, closed, overdue in counted}
