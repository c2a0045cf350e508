"""Inspections side by side in words (轮次对比): every number with the way to its list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.figures import FIGURE_LABELS, Figure
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.web.figures_view import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from zhenggai.domain.counting import Rate
    from zhenggai.ledger.inspections_compared import Side

_FIGURES: Final = (
    Figure.ALL,
    Figure.CLOSED_EITHER,
    Figure.OPEN,
    Figure.LIGHT_OVERDUE,
    Figure.REBOUNDS,
    Figure.SENT_BACK,
)
# what stands side by side can be put together by, the first where nothing is asked for
GROUPINGS: Final[dict[str, str]] = {
    "subject": msg("by inspected organisation"),
    "body": msg("by inspecting body"),
    "round": msg("by round"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One inspection; ``rule`` is the number of its counting rule below the table, ``bar`` its rate."""

    inspection: Any
    address: str
    numbers: Sequence[Shown]
    rate: Rate
    rule: int
    bar: int
    people: Decimal
    rules_made: Decimal
    money: Decimal
    is_here: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Inspections that stand together, with the sums of what adds up."""

    name: str
    lines: Sequence[Line]

    @property
    def sums(self) -> list[int]:
        """The sums of the columns of numbers."""
        return [sum(each.number for each in column) for column in zip(*self._columns, strict=True)]

    @property
    def _columns(self) -> list[Sequence[Shown]]:
        return [each.numbers for each in self.lines]


@dataclass(frozen=True, slots=True)
class Compared:
    """The whole table, and the rules its rates were counted by."""

    groups: Sequence[Group]
    rules: Sequence[str]


def compared(sides: Sequence[Side], on: date, by: str = "subject", here: int | None = None) -> Compared:
    """The inspections in groups; ``here``: the one from which one looks at the others."""
    rules = list(dict.fromkeys(each.rate.rule for each in sides))
    named = [(_group(each, by), each) for each in sides]
    named.sort(key=lambda pair: pair[0])
    groups = [
        Group(name, [_line(each, on, rules.index(each.rate.rule) + 1, here) for _name, each in pairs])
        for name, pairs in groupby(named, key=lambda pair: pair[0])
    ]
    return Compared(groups, [rule.sentence.render(_) for rule in rules])


def _group(side: Side, by: str) -> str:
    inspection = side.inspection
    if by == "body":
        body = inspection.inspector_organisation
        return str(body.name) if body else inspection.inspector or _("no inspecting body")
    if by == "round":
        return inspection.round.title if inspection.round else _("in no round")
    return str(inspection.subject.name)


def _line(side: Side, on: date, rule: int, here: int | None) -> Line:
    inspection, day = side.inspection, on.isoformat()
    percent = side.rate.percent
    return Line(
        inspection=inspection,
        address=f"{reverse('inspection-dashboard', args=[inspection.pk])}?on={day}",
        numbers=[_shown(inspection.pk, each, side.counted[each], day) for each in _FIGURES],
        rate=side.rate,
        rule=rule,
        bar=round(percent) if percent is not None else 0,
        people=side.people,
        rules_made=side.outcomes[OutcomeKind.RULES],
        money=side.outcomes[OutcomeKind.MONEY],
        is_here=inspection.pk == here,
    )


def _shown(inspection_id: int, figure: Figure, number: int, day: str) -> Shown:
    query = urlencode({"counted": figure.value, "on": day})
    address = f"{reverse('inspection', args=[inspection_id])}?{query}"
    return Shown(_(FIGURE_LABELS[figure]), number, address)
