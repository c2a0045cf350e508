"""The life cycle, its matrix written out by hand: stage by action."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zhenggai.domain.lifecycle import (
    FINAL_STAGES,
    MOVES,
    NATURE_LABELS,
    PROGRESS_LABELS,
    STAGE_LABELS,
    Nature,
    Progress,
    Stage,
    TransitionError,
    next_stage,
    possible_actions,
)
from zhenggai.domain.policy import Action

# One column a stage: registered, assigned, accepted, rectifying, closure requested, stage closed, closed.
# R registered, A assigned, C accepted, W rectifying, Q closure requested, S, E closed; - refused.
MATRIX = """
finding.classify       R A C W - - -
finding.weigh          R A C W - - -
finding.assign         A A A A - - -
finding.accept         - C - - - - -
finding.decline        - R - - - - -
finding.transfer       - R R R - - -
finding.hand_over      - A C W Q - -
finding.restrict       R A C W Q S E
finding.unrestrict     R A C W Q S E
reader.add             R A C W Q S E
reader.withdraw        R A C W Q S E
progress.report        - - W W - - -
progress.judge         - - C W Q - -
measure.add            R A C W - - -
measure.arrange        R A C W - - -
measure.drop           R A C W - - -
task.report            - - W W - - -
measure.complete       - - W W - - -
criterion.add          R A C W - - -
criterion.drop         R A C W - - -
criterion.judge        - - - W Q - -
reading.record         - - C W Q S -
reading.withdraw       - - C W - S -
evidence.add           - - W W - - -
evidence.withdraw      - - C W - - -
evidence.carry_over    - - - W - - -
evidence.judge         - - - W Q - -
requirement.answer     - - - W - - -
requirement.waive      - - C W - - -
situation.raise        - - C W Q - -
situation.pass_up      - A C W Q - -
situation.answer       - A C W Q - -
hold.open              R A C W Q - -
hold.clear             R A C W Q - -
plan.amend             R A C W - - -
amendment.sign         R A C W - - -
amendment.send_back    R A C W - - -
amendment.withdraw     R A C W - - -
extension.request      - - C W - - -
long_term.request      - - C W - - -
deadline.sign          R A C W - - -
deadline.send_back     R A C W - - -
deadline.withdraw      R A C W - - -
suspension.begin       - A C W Q - -
suspension.end         R A C W Q - -
closure.request        - - - Q - - -
closure.sign           - - - - Q - -
signature.record       - - - - Q - -
signature.confirm      - - - - Q - -
signature.refuse       - - - - Q - -
closure.send_back      - - - - W - -
closure.withdraw       - - - - W - -
closure.complete       - - - - E - -
outcome.record         - - - W - - -
outcome.withdraw       - - - W - - -
recheck.set            - - - - - S E
recheck.record         - - - - - S E
finding.rebound        - - - - - S E
stage.begin            - - - - - W -
"""
STAGES = dict(zip("RACWQSE", Stage, strict=True))
CELLS = [
    (Action(name), stage, STAGES.get(cell))
    for name, *cells in (line.split() for line in MATRIX.strip().splitlines())
    for stage, cell in zip(Stage, cells, strict=True)
]
NATURES = [Nature.IMMEDIATE, Nature.TIME_BOUND]


def test_the_matrix_has_every_move():
    assert {action for action, _, _ in CELLS} == MOVES


@pytest.mark.parametrize(("action", "stage", "target"), CELLS)
def test_the_table_is_the_matrix(action, stage, target):
    for nature in NATURES:
        if target is None:
            with pytest.raises(TransitionError):
                next_stage(stage, action, nature)
        else:
            assert next_stage(stage, action, nature) is target


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("action", sorted(set(Action) - MOVES))
def test_what_is_no_move_of_a_finding_is_refused_at_every_stage(action, stage):
    with pytest.raises(TransitionError):
        next_stage(stage, action, Nature.IMMEDIATE)


def test_long_term_work_is_closed_for_its_stage_only():
    assert (
        next_stage(Stage.CLOSURE_REQUESTED, Action.CLOSURE_COMPLETE, Nature.LONG_TERM) is Stage.STAGE_CLOSED
    )
    for action in MOVES:
        for stage in Stage:
            try:
                assert next_stage(stage, action, Nature.LONG_TERM) is not Stage.CLOSED
            except TransitionError:
                continue


def test_a_finding_without_a_nature_is_never_closed():
    with pytest.raises(TransitionError):
        next_stage(Stage.CLOSURE_REQUESTED, Action.CLOSURE_COMPLETE, None)


def test_a_refusal_says_how_things_stand_and_what_is_possible():
    with pytest.raises(TransitionError) as refusal:
        next_stage(Stage.ASSIGNED, Action.CLOSURE_REQUEST, Nature.IMMEDIATE)
    assert str(refusal.value) == (
        "You cannot request closure while the finding is “assigned”. Possible now: set nature and "
        "requirements, say what the finding weighs, assign the finding, accept the finding, decline the "
        "assignment, ask for a transfer, hand findings over to another leader, add a measure, arrange who "
        "carries out a measure, drop a measure, "
        "add an acceptance criterion, drop an acceptance criterion, pass a new situation up, answer a new "
        "situation, put the "
        "finding on hold, clear a hold, propose an amendment of the plan."
    )
    assert refusal.value.code == "transition"
    assert refusal.value.possible[0] is Action.FINDING_CLASSIFY


@pytest.mark.parametrize("stage", sorted(FINAL_STAGES))
def test_a_refusal_after_closing_says_that_a_closure_stays_and_what_is_possible(stage):
    with pytest.raises(TransitionError, match="never edited") as refusal:
        next_stage(stage, Action.MEASURE_ADD, Nature.IMMEDIATE)
    is_stage = stage is Stage.STAGE_CLOSED
    goes_on = [Action.STAGE_BEGIN] if is_stage else []
    measured = [Action.READING_RECORD, Action.READING_WITHDRAW] if is_stage else []
    after = [*measured, Action.RECHECK_SET, Action.RECHECK_RECORD, *goes_on, Action.FINDING_REBOUND]
    assert list(possible_actions(stage)) == after
    assert "set the day of a re-check, record a re-check, " in str(refusal.value)


def test_both_ways_of_being_closed_are_final():
    assert frozenset({Stage.STAGE_CLOSED, Stage.CLOSED}) == FINAL_STAGES


def test_closing_itself_is_never_offered():
    assert all(Action.CLOSURE_COMPLETE not in possible_actions(stage) for stage in Stage)


def test_every_value_has_its_label():
    assert set(STAGE_LABELS) == set(Stage)
    assert set(NATURE_LABELS) == set(Nature)
    assert set(PROGRESS_LABELS) == set(Progress)


class Finding(RuleBasedStateMachine):
    """Any order of actions on one finding."""

    def __init__(self):
        super().__init__()
        self.stage = Stage.REGISTERED
        self.nature = None
        self.requests = 0

    @rule(nature=st.sampled_from(Nature))
    @precondition(lambda self: self.stage is Stage.REGISTERED)
    def classify(self, nature):
        self.nature = nature

    @rule(action=st.sampled_from(sorted(MOVES)))
    def act(self, action):
        before = self.stage
        try:
            self.stage = next_stage(before, action, self.nature)
        except TransitionError:
            return
        self.requests += action is Action.CLOSURE_REQUEST
        # what is done to a closed finding leaves it closed
        if self.stage in FINAL_STAGES and self.stage is not before:
            assert before is Stage.CLOSURE_REQUESTED
            assert action is Action.CLOSURE_COMPLETE

    @invariant()
    def closed_only_after_a_request_and_by_nature(self):
        if self.stage in FINAL_STAGES:
            assert self.requests
            assert (self.stage is Stage.STAGE_CLOSED) is (self.nature is Nature.LONG_TERM)


Finding.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, derandomize=True)
TestAnyOrderOfActions = Finding.TestCase
