"""What of a later file may be taken: claims until a closing is asked for, words until they are taken on."""

from __future__ import annotations

import pytest

from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.planning import Planning, PlanState
from zhenggai.domain.restating import BAR_SENTENCES, PART_LABELS, TAKEN_AT_FIRST, WORDING, Bar, Part, bar_of

FREE = Planning()
# by stage: why words, measures and claims are not taken there
STAGES = {
    Stage.REGISTERED: (None, None, None),
    Stage.ASSIGNED: (None, None, None),
    Stage.ACCEPTED: (Bar.TAKEN_ON, None, None),
    Stage.RECTIFYING: (Bar.TAKEN_ON, None, None),
    Stage.CLOSURE_REQUESTED: (Bar.SIGNING,) * 3,
    Stage.STAGE_CLOSED: (Bar.CLOSED,) * 3,
    Stage.CLOSED: (Bar.CLOSED,) * 3,
}


@pytest.mark.parametrize("stage", list(Stage))
def test_the_stage_says_what_is_taken(stage: Stage) -> None:
    said = tuple(
        bar_of(part, stage=stage, planning=FREE, is_rebound=False, is_judged=False)
        for part in (Part.TITLE, Part.MEASURES, Part.STATUS)
    )
    assert said == STAGES[stage]


@pytest.mark.parametrize(
    ("planning", "bar"),
    [
        (Planning(required=True), None),
        (Planning(required=True, state=PlanState.SENT_BACK), None),
        (Planning(required=True, state=PlanState.SUBMITTED), Bar.PLANNED),
        (Planning(required=True, state=PlanState.APPROVED), Bar.PLANNED),
        (Planning(is_amended=True), Bar.PLANNED),
    ],
)
def test_what_a_plan_has_goes_through_an_amendment(planning: Planning, bar: Bar | None) -> None:
    for part in Part:
        said = bar_of(part, stage=Stage.ASSIGNED, planning=planning, is_rebound=False, is_judged=False)
        assert said is (bar if part in {*WORDING, Part.MEASURES} else None)


def test_a_fault_that_came_back_keeps_its_words() -> None:
    said = {
        part: bar_of(part, stage=Stage.ASSIGNED, planning=FREE, is_rebound=True, is_judged=False)
        for part in Part
    }
    assert {part for part, bar in said.items() if bar is Bar.REBOUND} == WORDING


def test_words_by_which_work_was_judged_stay_while_claims_and_measures_go_on() -> None:
    for stage in (Stage.REGISTERED, Stage.ASSIGNED):
        said = {
            part: bar_of(part, stage=stage, planning=FREE, is_rebound=False, is_judged=True) for part in Part
        }
        assert {part for part, bar in said.items() if bar is Bar.JUDGED} == WORDING
        assert {bar for part, bar in said.items() if part not in WORDING} == {None}


def test_claims_are_taken_at_first_and_nothing_else() -> None:
    assert TAKEN_AT_FIRST.isdisjoint({*WORDING, Part.MEASURES})
    assert set(PART_LABELS) == set(Part)
    assert set(BAR_SENTENCES) == set(Bar)


def test_the_words_of_a_finding_are_number_title_problem_and_where_it_stands() -> None:
    assert {"number", "title", "problem", "theme"} == WORDING
