"""What figures make up: states sum up to all, and rates leave rebounds out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.domain.counting import CountingRule, Rebounds, Tally
from zhenggai.domain.deadlines import Light
from zhenggai.domain.figures import (
    CLAIMS,
    DASHBOARD,
    FIGURE_LABELS,
    LATE_AGES,
    LIGHTS,
    NATURES,
    OPEN_AGES,
    OPEN_FIGURES,
    OVERDUE_AGES,
    REBOUND_STATES,
    SHEET,
    STATED,
    STATES,
    Figure,
    tally_of,
)
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Progress, Stage
from zhenggai.domain.reading import StatedProgress


def counted(**numbers):
    return {figure: numbers.get(figure.value, 0) for figure in Figure}


def test_every_figure_has_its_word():
    assert set(FIGURE_LABELS) == set(Figure)
    assert len(set(FIGURE_LABELS.values())) == len(Figure)
    assert {each.value for each in OPEN_FIGURES} == {each.value for each in Stage if each not in FINAL_STAGES}


def test_a_rebound_stands_outside_the_denominator_and_its_origin_is_not_closed():
    numbers = counted(all=10, closed=6, stage_closed=1, came_back=2, came_back_stage_closed=1, rectifying=1)
    numbers |= {Figure.REBOUNDS: 3, Figure.REBOUNDS_OPEN: 2, Figure.REBOUNDS_CLOSED: 1}
    tally = tally_of(numbers, (8, 6))
    assert (tally.total, tally.denominator) == (13, 10)
    # closed here are also the origin that came back and the rebound that was closed
    assert tally.by_stage[Stage.CLOSED] == 6 + 1 + 1
    assert (tally.closing_rate().done, tally.closing_rate().total) == (6, 10)
    assert tally.closing_rate(CountingRule(stage_closed_counts=True)).done == 7
    assert (tally.measures, tally.measures_done) == (8, 6)


def test_what_documents_say_is_a_share_of_findings_that_are_no_rebounds():
    tally = Tally(total=4, rebounds=Rebounds(successors=2))
    assert tally.stated_rate().total == 2


NUMBERS = st.integers(0, 400)


@given(st.fixed_dictionaries(dict.fromkeys((*STATES, *REBOUND_STATES), NUMBERS)), NUMBERS)
def test_the_stages_sum_up_to_all_findings_and_no_rate_exceeds_a_hundred(drawn, staged):
    numbers = counted() | drawn
    numbers[Figure.CAME_BACK_STAGE_CLOSED] = min(staged, numbers[Figure.CAME_BACK])
    numbers[Figure.ALL] = sum(drawn[each] for each in STATES)
    numbers[Figure.REBOUNDS] = sum(drawn[each] for each in REBOUND_STATES)
    tally = tally_of(numbers)
    # open rebounds stand at a stage that this tally does not tell apart
    assert sum(tally.by_stage.values()) == tally.total - numbers[Figure.REBOUNDS_OPEN]
    for rule in (CountingRule(), CountingRule(stage_closed_counts=True)):
        rate = tally.closing_rate(rule)
        assert 0 <= rate.done <= rate.total == numbers[Figure.ALL]
        assert rate.percent is None or Decimal(0) <= rate.percent <= Decimal(100)
    assert tally.closing_rate().done == numbers[Figure.CLOSED]


def test_every_nature_and_state_that_is_said_is_counted_and_every_rebound_stands_somewhere():
    assert set(NATURES) == {None, *Nature}
    assert set(CLAIMS) == {None, *Progress}
    assert set(STATED) == {None, *StatedProgress}
    assert set(REBOUND_STATES) == {
        Figure.REBOUNDS_OPEN,
        Figure.REBOUNDS_STAGE_CLOSED,
        Figure.REBOUNDS_CLOSED,
    }


@pytest.mark.parametrize("table", [NATURES, CLAIMS, STATED])
def test_what_is_not_said_is_counted_too(table):
    assert None in table
    assert len(set(table.values())) == len(table)


def test_rebounds_are_overdue_too_and_measures_are_told_or_none():
    tally = tally_of(counted(overdue=3) | {Figure.REBOUNDS_OVERDUE: 2})
    assert (tally.overdue, tally.measures, tally.measures_done) == (5, 0, 0)


def test_the_dashboard_has_its_own_figures_and_shares_two_with_the_page_of_figures():
    reports = {Figure.REPORTS_DUE, Figure.REPORTS_LATE}
    every = list(Figure)
    own = set(every[every.index(Figure.OPEN) :]) - reports
    assert set(DASHBOARD) == own | {Figure.ALL, Figure.CLOSED}
    assert len(DASHBOARD) == len(set(DASHBOARD))
    assert list(SHEET) == [each for each in every if each not in own | reports]


def test_open_findings_stand_at_one_light_the_most_urgent_first_and_at_one_age():
    assert list(LIGHTS) == [Light.OVERDUE, Light.VERY_NEAR, Light.NEAR, Light.FAR, Light.NONE]
    for table, prefix in (
        (LIGHTS, "light_"),
        (OPEN_AGES, "open_"),
        (OVERDUE_AGES, "overdue_"),
        (LATE_AGES, "late_"),
    ):
        assert {each for each in Figure if each.startswith(prefix)} == set(table.values())
