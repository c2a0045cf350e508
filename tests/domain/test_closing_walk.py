"""Steps taken at random over the pure model, judged by an oracle that knows nothing of the code (随机行走).

Whoever acts and how is drawn from a seed; most draws are refused, as they should be. Beside the states a
diary keeps who did what, from which the oracle judges what the states themselves say.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass, field, replace

import pytest

from closing_oracle import faults_of
from domain import closing_model as model
from domain.closing_model import PEOPLE, Rules, State
from domain.closing_moves import VARIANTS, attempt, plan_acts
from domain.closing_way import onward
from zhenggai.domain.actions import Action
from zhenggai.domain.lifecycle import FINAL_STAGES, MOVES, Nature, Stage

STEPS = int(os.environ.get("ZHENGGAI_PROOF_STEPS", "250000"))
LIFE = 400
# how often somebody does what the usual way asks for next
ONWARD = 0.2
# Who does the work, in the words of the domain: reports, completes, files, withdraws, answers, asks.
DOES_THE_WORK = {
    "progress.report", "task.report", "measure.complete", "evidence.add", "evidence.withdraw",
    "evidence.carry_over", "requirement.answer", "closure.request",
}  # fmt: skip
ACTIONS = sorted(MOVES - {Action.CLOSURE_COMPLETE})
ON_PAPER = (
    Action.SIGNATURE_RECORD,
    Action.SIGNATURE_RECORD,
    Action.SIGNATURE_CONFIRM,
    Action.SIGNATURE_REFUSE,
)
RULES = [
    Rules(),
    Rules(ladder="quorum"),
    Rules(plan_required=True),
    Rules(leader=model.TWO_POSTS),
    Rules(ladder="quorum", plan_required=True),
]


@dataclass
class Diary:
    """What was done to one finding, kept apart from its states."""

    workers: set[int] = field(default_factory=set)
    requested_by: int | None = None
    signed: list[int] = field(default_factory=list)
    closures: int = 0

    def writes(self, action: Action, actor: int) -> None:
        if action.value in DOES_THE_WORK:
            self.workers.add(actor)
        if action.value == "closure.request":
            self.requested_by, self.signed = actor, []


@dataclass
class Walk:
    taken: int = 0
    moved: int = 0
    lives: int = 0
    closings: int = 0
    stages: int = 0
    rebounds: int = 0
    done: set[str] = field(default_factory=set)


def walk(steps: int, seed: int) -> Walk:
    chance, told = random.Random(seed), Walk()
    people = sorted(PEOPLE)
    while told.taken < steps:
        told.lives += 1
        rules, state, diary = chance.choice(RULES), State(), Diary()
        for _ in range(min(LIFE, steps - told.taken)):
            told.taken += 1
            if chance.random() < 0.03 and (acts := plan_acts(state, rules)):
                state = chance.choice(acts)[1]
                continue
            if chance.random() < ONWARD:
                action, actor, how = onward(state, rules)
            else:
                on_paper = state.stage is Stage.CLOSURE_REQUESTED and chance.random() < 0.4
                action, actor = chance.choice(ON_PAPER if on_paper else ACTIONS), chance.choice(people)
                ways = VARIANTS.get(action) or (people if action is Action.SIGNATURE_RECORD else (None,))
                how = chance.choice(ways)
            done = attempt(state, rules, action, actor, how)
            if done is None:
                continue
            after, given = done
            diary.writes(action, actor)
            told.moved += 1
            told.done.add(action.value)
            if given is not None:
                diary.signed += [given.person_id]
            judged(told, rules, diary, state, after, action, given)
            state = after
            told.rebounds += action is Action.FINDING_REBOUND
    return told


def judged(told, rules, diary, before, after, action, given):
    was, is_ = before.stage in FINAL_STAGES, after.stage in FINAL_STAGES
    assert after.closures >= before.closures
    assert after.workers == diary.workers
    if is_ and not was:
        facts = model.seen(before, after, rules, given)
        # the hands are those of the diary, whatever the state says
        assert [each.person for each in facts.signatures] == diary.signed
        facts = replace(facts, workers=frozenset(diary.workers), submitter=diary.requested_by)
        assert faults_of(facts) == [], (before, action)
        told.closings += after.stage is Stage.CLOSED
        told.stages += after.stage is Stage.STAGE_CLOSED
        diary.closures += 1
    elif was and not is_:
        assert (before.stage, action) == (Stage.STAGE_CLOSED, Action.STAGE_BEGIN)
        assert after.round == before.round + 1
    elif was:
        # nothing after closing touches what closed it
        for name in ("measure", "judged", "evidence", "effect", "answered", "waived", "workers", "closures"):
            assert getattr(after, name) == getattr(before, name)
    if before.nature is Nature.LONG_TERM:
        assert after.nature is Nature.LONG_TERM
        assert after.stage is not Stage.CLOSED
    if before.has_due and not after.has_due:
        assert after.nature is Nature.LONG_TERM
    if after.round > before.round:
        assert not after.signed
        assert not after.submitter
    assert after.closures == diary.closures


def test_no_random_order_of_acts_closes_what_is_not_fixed(capsys):
    told = walk(STEPS, seed=20260302)
    assert told.taken == STEPS
    if STEPS >= 100_000:
        # a walk that closes nothing would prove nothing
        assert told.closings > 50
        assert told.stages > 20
        assert told.done >= {each.value for each in ACTIONS} - NOT_WALKED
    with capsys.disabled():
        sys.stdout.write(
            f"\n{told.taken:,} steps, {told.moved:,} of them allowed, {told.lives:,} findings, "
            f"{told.closings:,} closed, {told.stages:,} stages closed, {told.rebounds:,} rebounds\n"
        )


# what changes nothing that a closing rests on
NOT_WALKED = {
    "finding.hand_over", "finding.restrict", "finding.unrestrict", "reader.add", "reader.withdraw",
    "measure.arrange", "progress.judge", "situation.pass_up", "reading.record", "reading.withdraw",
}  # fmt: skip


@pytest.mark.parametrize("broken", ["measure", "judged", "effect", "situation", "hold", "workers"])
def test_the_oracle_notices_what_is_broken(broken):
    """A walk judged by an oracle that finds nothing would prove nothing either."""
    good = State(
        stage=Stage.CLOSURE_REQUESTED, nature=Nature.TIME_BOUND, measure="done", has_criterion=True,
        judged=(True, model.VERIFIER, True), evidence="live", effect=(True, model.VERIFIER),
        applies=(False, False, False), applies_by=(model.CLERK,) * 3,
        waived=((model.Requirement.SIMILAR, model.CLERK),), workers=frozenset({model.HANDLER}),
        submitter=model.HANDLER, signed=(model.Given("responsible_leader", model.LEADER),),
    )  # fmt: skip
    last = model.Given("office_clerk", model.CLERK)
    closed = good._replace(stage=Stage.CLOSED)
    assert faults_of(model.seen(good, closed, Rules(), last)) == []
    wrong = {
        "measure": "open",
        "judged": (True, model.HANDLER, True),
        "effect": None,
        "situation": "open",
        "hold": "office",
        "workers": frozenset({model.LEADER}),
    }
    bad = good._replace(**{broken: wrong[broken]})
    assert faults_of(model.seen(bad, closed, Rules(), last))
