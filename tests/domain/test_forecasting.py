"""The rule by which findings are likely to be late, and its sentence."""

from __future__ import annotations

import pytest

from zhenggai.domain.forecasting import FORECAST_RULE, ForecastRule


@pytest.mark.parametrize(
    ("left", "done", "measures", "behind"),
    [
        (14, 0, 0, True),
        (14, 0, 1, True),
        (14, 1, 2, False),
        (14, 1, 3, True),
        (8, 1, 2, False),
        (7, 1, 2, True),
        (7, 2, 2, False),
        (0, 3, 3, False),
    ],
)
def test_work_is_behind_when_its_measures_are(left, done, measures, behind):
    assert FORECAST_RULE.is_behind(left, done, measures) is behind


def test_the_rule_says_its_days():
    sentence = str(ForecastRule(20, 5, 30).sentence)
    assert "Due within 20 days" in sentence
    assert "within 5 days, not all of them" in sentence
    assert "no progress report in that time" in sentence
    assert "longer than 30 days" in sentence


def test_the_rule_that_holds_is_a_fortnight_a_week_and_a_fortnight():
    assert ForecastRule(near_days=14, last_days=7, silent_days=14) == FORECAST_RULE
