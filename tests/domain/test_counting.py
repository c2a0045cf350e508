"""Counts and rates under a printed rule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenggai.domain.counting import DEFAULT_RULE, CountingRule, Tally, counting_rule, rate
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


def test_the_rule_belongs_to_the_profile():
    assert counting_rule({}) == DEFAULT_RULE
    assert counting_rule({"counting": {"stage_closed_counts": True, "places": 1}}) == CountingRule(
        stage_closed_counts=True, places=1
    )
