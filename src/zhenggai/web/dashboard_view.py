"""The dashboard of an inspection in words and shapes (一张图): every number with the way to its list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.ageing import AGE_LABELS, AgeClass
from zhenggai.domain.counting import rate
from zhenggai.domain.deadlines import LIGHT_LABELS
from zhenggai.domain.figures import (
    FIGURE_LABELS,
    LATE_AGES,
    LIGHTS,
    OPEN_AGES,
    OUTCOMES,
    OVERDUE_AGES,
    STATES,
    Figure,
)
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import PEOPLE
from zhenggai.domain.ranking import Share, places
from zhenggai.web.burning_chart import chart_of
from zhenggai.web.dashboard_parts import (
    AgeRow,
    Bar,
    Cell,
    Coming,
    Head,
    Ranked,
    RankedRow,
    Sampled,
    Segment,
    Tile,
    UnitRow,
)
from zhenggai.web.figures_view import Sheet, Shown, Sum
from zhenggai.web.forms.inspection import NOBODY
from zhenggai.web.profile_view import lit_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhenggai.ledger.dashboard import Branch, Dashboard

_LEVELS: Final = 4
BAR: Final = 100


@dataclass(frozen=True, slots=True)
class Criterion:
    """What units are ranked by: a part of a whole, and which end is the better one."""

    name: str
    word: str
    part: Figure
    whole: Figure
    is_more_better: bool = False


CRITERIA: Final = (
    Criterion("closed", msg("closed"), Figure.CLOSED, Figure.ALL, is_more_better=True),
    Criterion("overdue", msg("overdue"), Figure.LIGHT_OVERDUE, Figure.OPEN),
    Criterion("reports", msg("late reports"), Figure.REPORTS_LATE, Figure.REPORTS_DUE),
    Criterion("returned", msg("sent back"), Figure.SENT_BACK, Figure.ASKED_TO_CLOSE),
)
_OF: Final[dict[str, str]] = {
    "closed": msg("of all its findings without rebounds"),
    "overdue": msg("of its open findings, rebounds among them"),
    "reports": msg("of its findings on which a report fell due"),
    "returned": msg("of its findings whose closing was asked for"),
}
_TILES: Final = (
    (Figure.OPEN, msg("open"), ""),
    (Figure.LIGHT_OVERDUE, msg("overdue"), "late"),
    (Figure.LIGHT_VERY_NEAR, msg("due very soon"), "near"),
    (Figure.LIKELY_LATE, msg("likely to be late"), "near"),
    (Figure.REBOUNDS_OPEN, msg("rebounds that are open"), "late"),
)


class Board:
    """Everything that the page draws, of one dashboard."""

    def __init__(
        self, dashboard: Dashboard, coming: Sequence[Any] = (), by: str = "", rows: int | None = None
    ) -> None:
        """``rows``: how many units each table shows; all where None is said."""
        self.dashboard = dashboard
        self._rows = rows
        self._ledger = reverse("inspection", args=[dashboard.inspection.pk])
        self.burning = dashboard.burning
        self.chart = chart_of(dashboard.burning)
        self._coming = coming
        self.sheet = Sheet(dashboard.inspection, dashboard.figures)
        closed, *others = CRITERIA
        if dashboard.figures.rule.stage_closed_counts:
            closed = replace(closed, part=Figure.CLOSED_EITHER)
        self._criteria = (closed, *others)
        self.by = next((each for each in self._criteria if each.name == by), closed)
        root = dashboard.inspection.subject_id
        self._whole = {} if dashboard.at.pk == root else {"under": dashboard.at.pk}

    @property
    def everything(self) -> Shown:
        """Every finding that is no rebound: the denominator."""
        return self.shown(Figure.ALL)

    @property
    def total(self) -> int:
        """How many findings there are, rebounds among them."""
        counted = self.dashboard.figures.counted
        return counted[Figure.ALL] + counted[Figure.REBOUNDS]

    @property
    def outcomes(self) -> list[Sum]:
        """What came of the work, noughts too."""
        return [
            replace(each, findings=self.shown(OUTCOMES[kind]))
            for kind, each in zip(OUTCOMES, self.sheet.outcomes, strict=True)
        ]

    @property
    def things(self) -> list[Sum]:
        """What came of the work, but for people held to account, who are one sum."""
        return [each for kind, each in zip(OUTCOMES, self.outcomes, strict=True) if kind not in PEOPLE]

    @property
    def tiles(self) -> list[Tile]:
        """What a leader looks at first."""
        return [
            Tile(_(word), shown, tone if shown.number else "")
            for figure, word, tone in _TILES
            for shown in (self.shown(figure),)
        ]

    @property
    def trouble(self) -> list[tuple[str, Shown]]:
        """The units with most overdue findings, at most three."""
        found = [
            (self._name(each), self._of(each, Figure.LIGHT_OVERDUE))
            for each in self.dashboard.branches
            if each.counted[Figure.LIGHT_OVERDUE]
        ]
        return sorted(found, key=lambda each: -each[1].number)[:3]

    @property
    def heads(self) -> list[Head]:
        """The columns of the heat map, the most urgent first."""
        colours = self.dashboard.inspection.rules.colours
        return [Head(light, _(LIGHT_LABELS[light]), colours[light]) for light in LIGHTS]

    @property
    def heat(self) -> list[UnitRow]:
        """Open findings by unit and light: those with most trouble first."""
        most = max(
            (each.counted[figure] for each in self.dashboard.branches for figure in LIGHTS.values()),
            default=0,
        )
        heads = self.heads
        rows = sorted(self._open, key=lambda each: [-each.counted[figure] for figure in LIGHTS.values()])
        return [
            UnitRow(
                self._name(each),
                each.unit.pk if each.unit and each.is_divided else None,
                [
                    Cell(shown, head, level_of(shown.number, most))
                    for head in heads
                    for shown in (self._of(each, LIGHTS[head.light]),)
                ],
                self._of(each, Figure.OPEN),
            )
            for each in rows[: self._rows]
        ]

    @property
    def heat_all(self) -> int:
        """How many units the heat map has, those that it does not show among them."""
        return len(self._open)

    @property
    def _open(self) -> list[Branch]:
        return [each for each in self.dashboard.branches if each.counted[Figure.OPEN]]

    @property
    def heat_sums(self) -> list[Shown]:
        """The sums of the heat map's columns, and of all."""
        return [self.shown(each) for each in (*LIGHTS.values(), Figure.OPEN)]

    @property
    def ages(self) -> list[AgeRow]:
        """How long findings are open or overdue, and how late others were finished."""
        columns = (OPEN_AGES, OVERDUE_AGES, LATE_AGES)
        counted = self.dashboard.counted
        most = [max(counted[figure] for figure in column.values()) for column in columns]
        return [
            AgeRow(
                _(AGE_LABELS[each]),
                [
                    Bar(shown, length_of(shown.number, longest))
                    for column, longest in zip(columns, most, strict=True)
                    for shown in (self.shown(column[each]),)
                ],
            )
            for each in AgeClass
        ]

    @property
    def age_sums(self) -> list[int]:
        """The sums of the columns of `ages`."""
        rows = self.ages
        return [sum(row.bars[place].shown.number for row in rows) for place in range(3)]

    @property
    def segments(self) -> list[Segment]:
        """Where the findings stand, as one bar; the states that nobody is in have no width."""
        total = self.everything.number
        found, before = [], 0
        for figure in STATES:
            shown = self.shown(figure)
            start = length_of(before, total, 1000)
            before += shown.number
            found.append(Segment(figure, shown, start, length_of(before, total, 1000) - start))
        return found

    @property
    def behind(self) -> int:
        """How many more are open than planned."""
        return self.burning.open_now - self.burning.planned_now

    @property
    def open(self) -> Shown:
        """What is open as the day ends."""
        return self.shown(Figure.OPEN)

    @property
    def samples(self) -> list[Sampled]:
        """The numbers of the chart, each day with its list."""
        samples = self.chart.samples if self.chart else ()
        return [
            Sampled(each.on, self._listed(Figure.OPEN, each.open, self._whole, each.on), each.planned)
            for each in samples
        ]

    @property
    def likely(self) -> list[Shown]:
        """How many are likely to be late, and which of the two signs they show."""
        return [
            self.shown(each)
            for each in (Figure.LIKELY_LATE, Figure.LIKELY_LATE_BEHIND, Figure.LIKELY_LATE_SILENT)
        ]

    @property
    def coming(self) -> list[Coming]:
        """The first of those that are likely to be late."""
        rules, on = self.dashboard.inspection.rules, self.dashboard.on
        return [Coming(each, each.due_then, lit_of(each.due_then, on, rules)) for each in self._coming]

    @property
    def ranking(self) -> list[RankedRow]:
        """The units by what they are ranked by; who is equal has the same place."""
        branches = [each for each in self.dashboard.branches if each.unit is not None]
        standing = [
            places(
                [Share(each.counted[one.part], each.counted[one.whole]) for each in branches],
                is_more_better=one.is_more_better,
            )
            for one in self._criteria
        ]
        chosen = standing[self._criteria.index(self.by)]
        order = sorted(range(len(branches)), key=lambda number: (chosen[number] is None, chosen[number] or 0))
        return [
            RankedRow(
                self._name(branches[number]),
                [
                    self._ranked(branches[number], one, place[number])
                    for one, place in zip(self._criteria, standing, strict=True)
                ],
                chosen[number],
            )
            for number in order[: self._rows]
        ]

    @property
    def ranking_all(self) -> int:
        """How many units the ranking has."""
        return sum(1 for each in self.dashboard.branches if each.unit is not None)

    @property
    def criteria(self) -> list[tuple[Criterion, str, str]]:
        """What units can be ranked by, each in words with its denominator."""
        return [(each, _(each.word), _(_OF[each.name])) for each in self._criteria]

    def shown(self, figure: Figure) -> Shown:
        """One figure of everything that the page counts."""
        counted: Mapping[Figure, int] = self.dashboard.counted
        number = counted[figure] if figure in counted else self.dashboard.figures.counted.get(figure, 0)
        return self._listed(figure, number, self._whole)

    def _of(self, branch: Branch, figure: Figure) -> Shown:
        led: dict[str, Any] = {"lead": NOBODY}
        if branch.unit is not None:
            led = {"under" if branch.is_whole else "lead": branch.unit.pk}
        return self._listed(figure, branch.counted[figure], led)

    def _listed(self, figure: Figure, number: int, led: Mapping[str, Any], on: date | None = None) -> Shown:
        day = (on or self.dashboard.on).isoformat()
        query = urlencode({"counted": figure.value, "on": day, **led})
        return Shown(_(FIGURE_LABELS[figure]), number, f"{self._ledger}?{query}")

    def _ranked(self, branch: Branch, one: Criterion, place: int | None) -> Ranked:
        part, whole = (self._of(branch, figure) for figure in (one.part, one.whole))
        rule = self.dashboard.figures.rule
        return Ranked(part, whole, rate(part.number, whole.number, rule).percent, place)

    def _name(self, branch: Branch) -> str:
        if branch.unit is None:
            return _("no lead unit yet")
        name = str(branch.unit.name)
        return name if branch.unit.pk != self.dashboard.at.pk else _("%(unit)s itself") % {"unit": name}


def level_of(number: int, most: int) -> int:
    """How deep a cell is shaded: 0 for nought, else from 1 to 4 by its share of the most."""
    return -(-_LEVELS * number // most) if most else 0


def length_of(number: int, most: int, whole: int = BAR) -> int:
    """How long a bar is; what is not nought can be seen."""
    if not most:
        return 0
    return max(round(whole * number / most), 1 if number else 0)
