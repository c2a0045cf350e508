"""The ladder of signatures as data."""

from __future__ import annotations

import pytest

from zhenggai.domain.ladder import DEFAULT_LADDER, STEPS, LadderError, ladder_of, next_step


def test_by_default_the_leader_signs_and_the_office_confirms():
    assert [step.name for step in DEFAULT_LADDER] == ["responsible_leader", "office_clerk"]
    assert [step.confirms for step in DEFAULT_LADDER] == [False, True]
    assert [step.label for step in DEFAULT_LADDER] == ["responsible leader", "rectification office"]
    assert ladder_of(None) == DEFAULT_LADDER


def test_a_place_can_name_a_longer_ladder():
    names = ["responsible_leader", "office_clerk", "leading_group", "inspector"]
    assert [step.name for step in ladder_of(names)] == names


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["office_clerk"],
        ["office_clerk", "office_clerk"],
        ["office_clerk", "responsible_leader"],
        ["responsible_leader", "office_clerk", "nobody"],
        ["handler", "administrator"],
    ],
)
def test_a_ladder_on_which_the_rules_could_not_hold_is_refused(names):
    with pytest.raises(LadderError) as refusal:
        ladder_of(names)
    assert "at least two different known steps" in str(refusal.value)


def test_the_next_step_is_the_first_without_a_signature():
    assert next_step(DEFAULT_LADDER, []) is STEPS["responsible_leader"]
    assert next_step(DEFAULT_LADDER, ["responsible_leader"]) is STEPS["office_clerk"]
    assert next_step(DEFAULT_LADDER, ["responsible_leader", "office_clerk"]) is None
