"""Counts and rates under a printed rule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenggai.domain.counting import (
    DENOMINATOR_LABELS,
    ROUNDING_LABELS,
    CountingRule,
    Denominator,
    Rebounds,
    Rounding,
    Tally,
    rate,
)
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.reading import StatedProgress

TALLY = Tally(
    total=106,
    by_stage={Stage.CLOSED: 90, Stage.STAGE_CLOSED: 8, Stage.RECTIFYING: 8},
    by_stated={StatedProgress.DONE: 98, StatedProgress.SUBSTANTIALLY_DONE: 4, None: 4},
)


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [
        (688, 697, "98.71"),
        (98, 106, "92.45"),
        (1, 8, "12.50"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (0, 5, "0.00"),
        (5, 5, "100.00"),
    ],
)
def test_a_rate_is_its_quotient_rounded_half_up(done, total, percent):
    assert rate(done, total).percent == Decimal(percent)


def test_half_is_rounded_up():
    assert rate(1, 16, CountingRule(places=1)).percent == Decimal("6.3")
    assert rate(1, 2, CountingRule(places=0)).percent == Decimal(50)


def test_there_is_no_rate_of_nothing():
    assert rate(0, 0).percent is None
    assert Tally().closing_rate().percent is None


def test_long_term_work_never_silently_counts_as_closed():
    assert TALLY.closing_rate().done == 90
    assert TALLY.closing_rate(CountingRule(stage_closed_counts=True)).done == 98


def test_substantially_done_counts_only_where_the_rule_says_so():
    assert TALLY.stated_rate().done == 98
    assert TALLY.stated_rate(CountingRule(substantially_done_counts=True)).done == 102


@pytest.mark.parametrize("stage", [True, False])
@pytest.mark.parametrize("substantial", [True, False])
def test_every_rule_says_itself_in_a_sentence(stage, substantial):
    sentence = str(CountingRule(stage, substantial, places=1).sentence)
    assert sentence.startswith("Denominator: findings.")
    assert sentence.endswith("Rounded half up to 1 places.")


def test_what_is_over_can_be_left_out():
    assert rate(688, 697, CountingRule(rounding=Rounding.DOWN)).percent == Decimal("98.70")
    assert str(CountingRule(rounding=Rounding.DOWN).sentence).endswith("Rounded down to 2 places.")


def test_a_rate_of_measures_names_them_and_leaves_the_stages_of_findings_aside():
    rule = CountingRule(denominator=Denominator.MEASURES)
    of_measures = Tally(total=2, by_stage={Stage.CLOSED: 2}, measures=8, measures_done=6).closing_rate(rule)
    assert (of_measures.done, of_measures.total, of_measures.percent) == (6, 8, Decimal("75.00"))
    assert str(rule.sentence) == (
        "Denominator: measures that stand. A measure counts as done once its completion is reported. "
        "Rounded half up to 2 places."
    )
    assert (rule.label, CountingRule().label) == ("rate of measures done", "closing rate")


def test_of_nothing_counted_everything_is_nought():
    assert Tally() == Tally(0, {}, {}, 0, 0, 0, 0, 0, 0, Rebounds(0, 0, 0, 0, 0))


def test_a_stage_at_which_nothing_stands_adds_nothing_to_a_rate():
    tally = Tally(total=5, by_stage={Stage.RECTIFYING: 5}, by_stated={None: 5})
    every = CountingRule(stage_closed_counts=True, substantially_done_counts=True)
    assert (tally.closing_rate(every).done, tally.stated_rate(every).done) == (0, 0)


def test_long_term_work_that_came_back_counts_as_closed_by_no_rule():
    back = Rebounds(successors=2, stage_closed=1, stage_closed_open=1)
    tally = Tally(total=10, by_stage={Stage.STAGE_CLOSED: 6}, rebounds=back)
    rate_ = tally.closing_rate(CountingRule(stage_closed_counts=True))
    assert (rate_.done, rate_.total) == (4, 8)


def test_every_way_of_counting_has_its_word_and_only_measures_speak_of_completion():
    assert set(DENOMINATOR_LABELS) == set(Denominator)
    assert set(ROUNDING_LABELS) == set(Rounding)
    assert "completion" not in str(CountingRule().sentence)
    assert "completion" in str(CountingRule(denominator=Denominator.MEASURES).sentence)
