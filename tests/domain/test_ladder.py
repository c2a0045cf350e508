"""The ladder of signatures as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhenggai.domain.ladder import (
    DEFAULT_LADDER,
    PLAN_STEPS,
    STEP_KIND_LABELS,
    STEPS,
    Body,
    Given,
    LadderError,
    Step,
    StepKind,
    bodies_open,
    is_signed,
    ladder_of,
    next_step,
    signers,
    step_shown,
)
from zhenggai.domain.ladder_reading import ladder_with, steps_said
from zhenggai.domain.profile_reading import ProfileClashError, ProfileFieldError, ProfileKeyError


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


BODIES = [{"organisation_id": 7, "name": "纪委监委示例"}, {"organisation_id": 8, "name": "组织部示例"}]
NAMES = ("responsible_leader", "leading_group", "party_committee", "joint_review")
SAID = {
    "leading_group": {"kind": "quorum", "count": 3},
    "party_committee": {"kind": "collective"},
    "joint_review": {"kind": "all", "bodies": BODIES},
}


def several(name: str, said: object = None) -> Step:
    """One step as it is signed."""
    ladder = (STEPS["responsible_leader"], STEPS[name])
    return ladder_with(ladder, {} if said is None else {name: said})[1]


def test_every_way_of_signing_has_its_word():
    assert set(STEP_KIND_LABELS) == set(StepKind)
    assert set(PLAN_STEPS) == {"verifier", "office_clerk", "leading_group", "inspector"}


def test_how_steps_are_signed_reads_back_as_it_was_said():
    ladder = ladder_with(ladder_of(NAMES), SAID)
    assert steps_said(ladder) == SAID
    assert ladder_with(ladder_of(NAMES), steps_said(ladder)) == ladder
    assert steps_said(DEFAULT_LADDER) == {}
    assert ladder_with(DEFAULT_LADDER, {}) == DEFAULT_LADDER
    assert [step.needed for step in ladder] == [1, 3, 1, 2]
    assert [step.calls for step in ladder] == [False, True, False, False]
    assert several("leading_group", {"kind": "one"}) == STEPS["leading_group"]
    assert several("leading_group", {"kind": "all"}).calls
    assert several("party_committee").kind is StepKind.COLLECTIVE


@pytest.mark.parametrize(
    ("name", "said", "error", "words"),
    [
        ("leading_group", {"kind": "quorum"}, ProfileKeyError, "lacks “steps.leading_group.count”"),
        ("leading_group", {"kind": "quorum", "count": 1}, ProfileFieldError, "from 2 to 30"),
        ("leading_group", {"kind": "quorum", "count": 31}, ProfileFieldError, "from 2 to 30"),
        ("leading_group", {"kind": "most"}, ProfileFieldError, "one, all, quorum, collective"),
        ("leading_group", "all", ProfileFieldError, "“steps.leading_group.kind”"),
        ("leading_group", {"kind": "all", "count": 2}, ProfileKeyError, "no “steps.leading_group.count”"),
        ("party_committee", {"kind": "one"}, ProfileFieldError, "possible is collective, quorum"),
        ("joint_review", None, ProfileClashError, "at least 2 bodies"),
        ("joint_review", {"kind": "all", "bodies": BODIES[:1]}, ProfileClashError, "at least 2 bodies"),
        ("joint_review", {"kind": "all", "bodies": "x"}, ProfileClashError, "at least 2 bodies"),
        (
            "joint_review",
            {"kind": "all", "bodies": [*BODIES, BODIES[0]]},
            ProfileClashError,
            "none of them twice",
        ),
        ("joint_review", {"kind": "all", "bodies": [*BODIES, 9]}, ProfileFieldError, "bodies.3"),
        ("joint_review", {"kind": "quorum"}, ProfileFieldError, "possible is all"),
        ("responsible_leader", {"kind": "all"}, ProfileFieldError, "possible is one"),
    ],
)
def test_a_way_in_which_a_step_is_not_signed_is_refused(name, said, error, words):
    with pytest.raises(error) as refusal:
        several(name, said)
    assert words in str(refusal.value)


def test_a_step_that_is_not_on_the_ladder_is_signed_in_no_way():
    with pytest.raises(ProfileKeyError, match=r"knows no “steps\.verifier”"):
        ladder_with(DEFAULT_LADDER, {"verifier": {"kind": "all"}})
    with pytest.raises(ProfileFieldError, match="“steps” of the profile"):
        ladder_with(DEFAULT_LADDER, ["verifier"])


def test_a_step_is_shown_with_how_it_is_signed():
    shown = [str(step_shown(step)) for step in ladder_with(ladder_of(NAMES), SAID)]
    assert shown == [
        "responsible leader",
        "leading group (3 of them sign)",
        "party committee (a meeting decides, by its minutes)",
        "joint review (纪委监委示例, 组织部示例)",
    ]


def test_one_signature_is_enough_for_one_person_and_for_a_meeting():
    for step in (STEPS["responsible_leader"], several("party_committee")):
        assert not is_signed(step, [])
        assert not is_signed(step, [Given("other", 1)])
        assert is_signed(step, [Given(step.name, 1)])


def test_a_meeting_confirms_and_the_head_of_a_unit_signs_for_it():
    confirming = {name for name, step in STEPS.items() if step.confirms}
    assert set(STEPS) - confirming == {"unit_head", "responsible_leader"}
    assert "party_committee" in confirming


def test_two_people_of_one_body_are_no_joint_review():
    step = replace(STEPS["joint_review"], bodies=(Body(7, "甲"), Body(8, "乙")))
    assert not is_signed(step, [Given(step.name, 1, 7), Given(step.name, 2, 7)])
    assert is_signed(step, [Given(step.name, 1, 7), Given(step.name, 2, 8)])


@pytest.mark.parametrize(
    ("bodies", "error"),
    [
        ([(1, "甲"), (2**53, "乙" * 200)], None),
        ([(0, "甲"), (2, "乙")], ProfileFieldError),
        ([(1, "甲"), (2**53 + 1, "乙")], ProfileFieldError),
        ([(1, "甲"), (2, "乙" * 201)], ProfileFieldError),
        ([(each, "甲") for each in range(1, 11)], None),
        ([(each, "甲") for each in range(1, 12)], ProfileClashError),
    ],
)
def test_bodies_of_a_joint_review_are_known_by_number_and_name(bodies, error):
    listed = [{"organisation_id": number, "name": name} for number, name in bodies]
    said = {"joint_review": {"kind": "all", "bodies": listed}}
    ladder = ladder_of(["responsible_leader", "joint_review"])
    if error is None:
        assert len(ladder_with(ladder, said)[1].bodies) == len(bodies)
    else:
        with pytest.raises(error):
            ladder_with(ladder, said)


def test_a_quorum_takes_its_number():
    step = several("leading_group", {"kind": "quorum", "count": 2})
    assert not is_signed(step, [Given("leading_group", 1)], {1, 2, 3})
    assert is_signed(step, [Given("leading_group", 1), Given("leading_group", 2)], {1, 2, 3})


def test_all_takes_the_word_of_everybody_called_whichever_step_it_was_given_at():
    step = several("leading_group", {"kind": "all"})
    assert not is_signed(step, [Given("office_clerk", 1)], {1})
    assert not is_signed(step, [Given("leading_group", 1)], {1, 2})
    assert is_signed(step, [Given("leading_group", 1), Given("office_clerk", 2)], {1, 2})
    assert is_signed(step, [Given("leading_group", 1), Given("leading_group", 5, acting_for_id=2)], {1, 2})
    assert signers([Given("leading_group", 5, acting_for_id=2)]) == {2, 5}


def test_a_joint_review_takes_every_body():
    step = several("joint_review", SAID["joint_review"])
    given = [Given("joint_review", 1, body_id=8)]
    assert bodies_open(step, given) == (Body(7, "纪委监委示例"),)
    assert not is_signed(step, given)
    assert is_signed(step, [*given, Given("joint_review", 2, body_id=7)])
