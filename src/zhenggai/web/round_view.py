"""A round side by side (轮次对照): each inspection in words, and totals of what adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zhenggai.web.profile_view import days_of, lit_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.domain.counting import Rate, Tally
    from zhenggai.ledger.rounds import RoundRow
    from zhenggai.web.panels import Panel
    from zhenggai.web.profile_view import Day, Lit


@dataclass(slots=True)
class Line:
    """One inspection of the round; ``rule`` is the number of its counting rule below the table."""

    inspection: Any
    tally: Tally
    closed: int
    rate: Rate
    rule: int
    plan_state: Any
    plan: Day | None
    next_due: date | None
    lit: Lit
    panel: Panel | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The round side by side, the rules its rates were counted by, and the sums."""

    lines: list[Line]
    rules: list[str]
    findings: int
    closed: int
    overdue: int


def compared(rows: Sequence[RoundRow], on: date) -> Table:
    """The inspections in words, each with its light on a day."""
    rules = list(dict.fromkeys(row.rate.rule for row in rows))
    lines = [_line(row, on, rules.index(row.rate.rule) + 1) for row in rows]
    return Table(
        lines,
        [rule.sentence.render(_) for rule in rules],
        sum(line.tally.total for line in lines),
        sum(line.closed for line in lines),
        sum(line.tally.overdue for line in lines),
    )


def _line(row: RoundRow, on: date, rule: int) -> Line:
    rules = row.inspection.rules
    return Line(
        inspection=row.inspection,
        tally=row.tally,
        closed=sum(row.tally.by_stage.values()),
        rate=row.rate,
        rule=rule,
        plan_state=row.plan_state,
        plan=days_of([row.plan], on, rules)[0] if row.plan else None,
        next_due=row.next_due,
        lit=lit_of(row.next_due, on, rules),
    )
