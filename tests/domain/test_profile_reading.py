"""What a profile may say at most, and how what it says otherwise is told."""

from __future__ import annotations

import hashlib
import math

import pytest

from domain.test_profiles import content
from zhenggai.domain.profile_reading import Place, ProfileFieldError, members, text
from zhenggai.domain.profiles import content_digest, profile_from


def test_a_text_of_the_greatest_length_is_taken_and_a_longer_one_shown_by_its_beginning():
    assert text(Place("promise"), "长" * 61, 61) == "长" * 61
    with pytest.raises(ProfileFieldError) as refused:
        text(Place("promise"), "长" * 61, 60)
    assert "长" * 60 in str(refused.value)
    assert "长" * 61 not in str(refused.value)


def test_all_of_a_closed_list_are_some_of_it():
    assert members(Place("warned"), ["b", "a"], ["a", "b"]) == ("a", "b")


def test_the_digest_is_of_the_canonical_form():
    wanted = hashlib.sha256('{"a":1,"b":"县"}'.encode()).hexdigest()
    assert content_digest({"b": "县", "a": 1}) == wanted
    with pytest.raises(ValueError, match="not JSON compliant"):
        content_digest(math.nan)


@pytest.mark.parametrize(("path", "most"), [("counting.places", 4), ("time.evaluation_months", 60)])
def test_a_number_is_taken_up_to_its_greatest(path, most):
    profile_from(content(path, most))
    with pytest.raises(ProfileFieldError):
        profile_from(content(path, most + 1))


def test_an_answer_is_given_within_250_working_days_at_most():
    profile_from({**content(), "answers": {"answer_working_days": 250, "near_working_days": 3}})
    with pytest.raises(ProfileFieldError):
        profile_from({**content(), "answers": {"answer_working_days": 251, "near_working_days": 3}})


def test_the_shortest_answer_and_a_plan_as_long_as_its_period_are_taken():
    said = {**content(), "answers": {"answer_working_days": 1, "near_working_days": 0}}
    assert profile_from(said).answers.near_working_days == 0
    said["time"]["plan_months"] = said["time"]["concentrated_months"]
    assert profile_from(said).time.plan_months == said["time"]["concentrated_months"]
