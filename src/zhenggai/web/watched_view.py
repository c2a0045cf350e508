"""The start page of an inspecting body in words (巡察机构首页): its organisations side by side, sortable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.figures import Figure
from zhenggai.domain.messages import msg
from zhenggai.domain.phases import PHASE_LABELS
from zhenggai.domain.planning import PLAN_STATE_LABELS, PlanState
from zhenggai.domain.terms import MilestoneKind
from zhenggai.web.profile_view import days_of, lit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zhenggai.domain.counting import Rate
    from zhenggai.domain.phases import Phase
    from zhenggai.ledger.watching import Watched
    from zhenggai.web.profile_view import Day, Lit

# how the rows can be ordered: by the word of the address, with whether the most comes first
_KEYS: Final[dict[str, tuple[str, Callable[[Watched], Any], bool]]] = {
    "organisation": (msg("Organisation"), lambda each: each.inspection.subject.path, False),
    "phase": (msg("Stage of the work"), lambda each: list(PHASE_LABELS).index(each.phase), False),
    "open": (msg("Open"), lambda each: each.side.counted[Figure.OPEN], True),
    "overdue": (msg("Overdue"), lambda each: (each.overdue, each.soon), True),
    "rate": (msg("Closing rate"), lambda each: _percent(each.side.rate), False),
    "plan": (msg("Plan"), lambda each: (not each.plan_is_mine, each.plan is not None), False),
    "report": (
        msg("Last report"),
        lambda each: each.reported_on.toordinal() if each.reported_on else 0,
        False,
    ),
    "evaluation": (
        msg("Evaluation"),
        lambda each: (not each.is_mine_to_evaluate, each.evaluation is None),
        False,
    ),
}
_FIRST: Final = "overdue"


@dataclass(frozen=True, slots=True)
class Head:
    """A column by which the rows can be ordered; ``sorted`` for readers who do not see the arrow."""

    name: str
    word: str
    address: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Line:
    """One inspection in words; ``rule`` is the number of its counting rule below the table."""

    inspection: Any
    phase: Phase
    phase_word: str
    findings: int
    open: int
    overdue: int
    soon: int
    lit: Lit
    rate: Rate
    bar: int
    rule: int
    plan: Any
    plan_word: str
    plan_is_mine: bool
    plan_day: Day | None
    reported_on: date | None
    silent_days: int | None
    evaluation: Any
    evaluation_day: Day | None
    is_mine_to_evaluate: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The rows in the order asked for, their heads, and the rules their rates were counted by."""

    heads: Sequence[Head]
    lines: Sequence[Line]
    rules: Sequence[str]
    overdue: int
    soon: int


def watched_table(rows: Sequence[Watched], on: date, asked: str = "") -> Table:
    """The inspections side by side; ``asked``: the key of the address, with a minus to turn round."""
    name, is_turned = asked.removeprefix("-"), asked.startswith("-")
    if name not in _KEYS:
        name, is_turned = _FIRST, False
    _word, key, is_most_first = _KEYS[name]
    ordered = sorted(rows, key=key, reverse=is_most_first != is_turned)
    rules = list(dict.fromkeys(each.side.rate.rule for each in rows))
    return Table(
        heads=[_head(each, name, is_turned=is_turned) for each in _KEYS],
        lines=[_line(each, on, rules.index(each.side.rate.rule) + 1) for each in ordered],
        rules=[rule.sentence.render(_) for rule in rules],
        overdue=sum(each.overdue for each in rows),
        soon=sum(each.soon for each in rows),
    )


def _head(name: str, chosen: str, *, is_turned: bool) -> Head:
    word, _key, is_most_first = _KEYS[name]
    is_chosen = name == chosen
    turn = "-" if is_chosen and not is_turned else ""
    falls = is_most_first != is_turned
    said = ("descending" if falls else "ascending") if is_chosen else ""
    return Head(name, _(word), f"{reverse('home')}?sort={turn}{name}#inspections-heading", said)


def _line(row: Watched, on: date, rule: int) -> Line:
    rules, percent = row.inspection.rules, row.side.rate.percent
    days = {each.kind: each for each in days_of(row.milestones.values(), on, rules)}
    return Line(
        inspection=row.inspection,
        phase=row.phase,
        phase_word=_(PHASE_LABELS[row.phase]),
        findings=row.side.counted[Figure.ALL],
        open=row.side.counted[Figure.OPEN],
        overdue=row.overdue,
        soon=row.soon,
        lit=lit_of(row.next_due, on, rules),
        rate=row.side.rate,
        bar=round(percent) if percent is not None else 0,
        rule=rule,
        plan=row.plan,
        plan_word=_(PLAN_STATE_LABELS[PlanState(row.plan.state)]) if row.plan else "",
        plan_is_mine=row.plan_is_mine,
        plan_day=days.get(MilestoneKind.PLAN),
        reported_on=row.reported_on,
        silent_days=(on - row.reported_on).days if row.reported_on else None,
        evaluation=row.evaluation,
        evaluation_day=days.get(MilestoneKind.EVALUATION),
        is_mine_to_evaluate=row.is_mine_to_evaluate,
    )


def _percent(rate: Rate) -> Any:
    return -1 if rate.percent is None else rate.percent
