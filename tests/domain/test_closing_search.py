"""Every order of acts up to a bound, over the pure model: nothing closes but with every gate (有界穷举).

Breadth first from a registered finding, every state met once. A slice frees some of the facts and keeps the
others as they should be; together the slices free all of them, and each has every act of the common way.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest

from closing_oracle import faults_of
from domain import closing_model as model
from domain.closing_model import (
    ADMIN,
    CLERK,
    DEPUTY,
    GROUP,
    HANDLER,
    HEAD,
    INSPECTOR,
    LEADER,
    MEMBER,
    TWO_POSTS,
    VERIFIER,
    Rules,
    State,
)
from domain.closing_moves import VARIANTS, attempt, plan_acts
from zhenggai.domain.actions import Action
from zhenggai.domain.case import Requirement
from zhenggai.domain.gates import GATES, GateState, check_gates
from zhenggai.domain.lifecycle import Nature, Stage

# how many rounds deep: those that ask for fewer end within seconds
DEEP = bool(os.environ.get("ZHENGGAI_PROOF_DEEP"))
# more states than any slice has: one that does not end by itself is no proof
STATES_MOST = 3_000_000 if DEEP else 60_000
SETTLED = State(applies=(False, False, False), applies_by=(CLERK, CLERK, CLERK))


PLAIN = Rules()


class Act(NamedTuple):
    action: Action
    actors: tuple[int, ...]
    ways: tuple[object, ...] = ()


COMMON = (
    Act(Action.FINDING_CLASSIFY, (CLERK,), (Nature.TIME_BOUND,)),
    Act(Action.FINDING_ASSIGN, (CLERK,)),
    Act(Action.FINDING_ACCEPT, (HEAD,)),
    Act(Action.PROGRESS_REPORT, (HANDLER,)),
    Act(Action.MEASURE_ADD, (CLERK,)),
    Act(Action.MEASURE_COMPLETE, (HANDLER,)),
    Act(Action.CRITERION_ADD, (CLERK,)),
    Act(Action.CRITERION_JUDGE, (VERIFIER,)),
    Act(Action.EVIDENCE_ADD, (HANDLER,)),
    Act(Action.EVIDENCE_WITHDRAW, (HANDLER,)),
    Act(Action.EVIDENCE_CARRY_OVER, (HANDLER,)),
    Act(Action.EVIDENCE_JUDGE, (VERIFIER,), (True,)),
    Act(Action.REQUIREMENT_WAIVE, (CLERK,), (Requirement.SIMILAR,)),
    Act(Action.CLOSURE_REQUEST, (HANDLER,)),
    Act(Action.CLOSURE_SIGN, (LEADER, CLERK)),
    Act(Action.CLOSURE_SEND_BACK, (LEADER,)),
    Act(Action.CLOSURE_WITHDRAW, (HANDLER,)),
)


@dataclass(frozen=True)
class Slice:
    """What is free in one search: further acts, the rules, where it begins."""

    acts: tuple[Act, ...]
    rules: Rules = PLAIN
    start: State = SETTLED
    leaves_out: frozenset[Action] = field(default_factory=frozenset)
    rounds: int = 1
    has_plan: bool = False


def requirement(kind: Requirement, *more: Act) -> Slice:
    number = model.KINDS.index(kind)
    start = SETTLED._replace(
        applies=tuple(None if n == number else False for n in range(3)),
        applies_by=tuple(None if n == number else CLERK for n in range(3)),
    )
    return Slice(
        (
            Act(Action.FINDING_CLASSIFY, (CLERK, TWO_POSTS), ((number, True), (number, False))),
            Act(Action.REQUIREMENT_ANSWER, (HANDLER,), (kind,)),
            Act(Action.REQUIREMENT_WAIVE, (CLERK, TWO_POSTS), (kind,)),
            *more,
        ),
        start=start,
    )


SLICES = {
    "rounds": Slice((Act(Action.EVIDENCE_JUDGE, (VERIFIER,), (False,)),), rounds=2),
    "the same elsewhere": Slice(
        (Act(Action.REQUIREMENT_ANSWER, (HANDLER,), (Requirement.SIMILAR,)),), rounds=2
    ),
    "money": requirement(Requirement.MONEY, Act(Action.FINDING_WEIGH, (CLERK, TWO_POSTS))),
    "people": requirement(Requirement.PEOPLE),
    "cause": requirement(Requirement.CAUSE),
    "new matters": Slice(
        (
            Act(Action.SITUATION_RAISE, (HANDLER,)),
            Act(Action.SITUATION_ANSWER, (GROUP, CLERK)),
            Act(Action.HOLD_OPEN, (CLERK, INSPECTOR)),
            Act(Action.HOLD_CLEAR, (CLERK, INSPECTOR)),
        )
    ),
    "plan": Slice(
        (
            Act(Action.PLAN_AMEND, (HEAD,)),
            Act(Action.AMENDMENT_SIGN, (GROUP, TWO_POSTS)),
            Act(Action.AMENDMENT_WITHDRAW, (HEAD,)),
            Act(Action.MEASURE_DROP, (CLERK,)),
            Act(Action.CRITERION_DROP, (CLERK,)),
        ),
        Rules(plan_required=True),
        has_plan=True,
    ),
    "deadline and stages": Slice(
        (
            Act(Action.FINDING_CLASSIFY, (CLERK,), (Nature.LONG_TERM,)),
            Act(Action.EXTENSION_REQUEST, (HANDLER,)),
            Act(Action.LONG_TERM_REQUEST, (HANDLER,)),
            Act(Action.DEADLINE_SIGN, (LEADER, CLERK, DEPUTY)),
            Act(Action.DEADLINE_WITHDRAW, (HANDLER,)),
            Act(Action.SUSPENSION_BEGIN, (CLERK,)),
            Act(Action.SUSPENSION_END, (GROUP,)),
            Act(Action.STAGE_BEGIN, (CLERK,)),
            Act(Action.RECHECK_RECORD, (VERIFIER,)),
            Act(Action.FINDING_REBOUND, (INSPECTOR,)),
        ),
        leaves_out=frozenset({Action.CLOSURE_SEND_BACK}),
        rounds=2,
    ),
    "hands": Slice(
        (
            Act(Action.PROGRESS_REPORT, (TWO_POSTS,)),
            Act(Action.CRITERION_JUDGE, (TWO_POSTS, INSPECTOR, HANDLER)),
            Act(Action.EVIDENCE_JUDGE, (TWO_POSTS, INSPECTOR)),
            Act(Action.REQUIREMENT_WAIVE, (TWO_POSTS, ADMIN), (Requirement.SIMILAR,)),
            Act(Action.CLOSURE_REQUEST, (HEAD, TWO_POSTS)),
            Act(Action.CLOSURE_SIGN, (HANDLER, HEAD, TWO_POSTS, DEPUTY, VERIFIER, ADMIN)),
        ),
    ),
    "a leader who may come to fix": Slice(
        (
            Act(Action.PROGRESS_REPORT, (TWO_POSTS,)),
            Act(Action.EVIDENCE_ADD, (TWO_POSTS,)),
            Act(Action.CLOSURE_SIGN, (TWO_POSTS,)),
            Act(Action.CLOSURE_SEND_BACK, (CLERK,)),
        ),
        Rules(leader=TWO_POSTS),
    ),
    "quorum and paper": Slice(
        (
            Act(Action.CLOSURE_SIGN, (GROUP, MEMBER, DEPUTY)),
            Act(Action.SIGNATURE_RECORD, (CLERK, VERIFIER), (LEADER, GROUP, MEMBER, CLERK, HANDLER)),
            Act(Action.SIGNATURE_CONFIRM, (CLERK, VERIFIER, MEMBER, HANDLER)),
            Act(Action.SIGNATURE_REFUSE, (VERIFIER,)),
        ),
        Rules(ladder="quorum"),
    ),
}


@dataclass
class Found:
    states: int = 0
    tried: int = 0
    closings: int = 0
    closed: set[Stage] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)


def search(of: Slice) -> Found:
    found, queue, known = Found(), deque([of.start]), {of.start}
    acts = [act for act in (*COMMON, *of.acts) if act.action not in of.leaves_out]
    while queue:
        state = queue.popleft()
        for action, actors, ways in acts:
            for actor in actors:
                for way in ways or VARIANTS.get(action, (None,)):
                    found.tried += 1
                    done = attempt(state, of.rules, action, actor, way)
                    if done is None:
                        continue
                    after, given = done
                    judged(found, of.rules, state, after, action, given)
                    follow(of, known, queue, after)
        for _, after in plan_acts(state, of.rules) if of.has_plan or state.successor == "open" else ():
            follow(of, known, queue, after)
        if state.stage is Stage.RECTIFYING:
            found.alone |= what_stands_alone(state, of.rules)
        assert len(known) <= STATES_MOST, "the slice does not end within its bound"
    found.states = len(known)
    return found


def follow(of: Slice, known: set[State], queue: deque[State], after: State) -> None:
    if after.round > of.rounds + DEEP or after.closures > 2:
        return
    if after not in known:
        known.add(after)
        queue.append(after)


def judged(found: Found, rules: Rules, before: State, after: State, action: Action, given: object) -> None:
    if not model.is_final(before) and model.is_final(after):
        assert faults_of(model.seen(before, after, rules, given)) == [], (before, action)
        found.closings += 1
        found.closed.add(after.stage)
    elif model.is_final(before) and not model.is_final(after):
        assert (before.stage, action) == (Stage.STAGE_CLOSED, Action.STAGE_BEGIN)
        assert after.round == before.round + 1
    assert after.closures >= before.closures


EMPTY = model.ClosureCaseKey(State(), Rules(), HANDLER, has_goal=False, signed=())


def what_stands_alone(state: State, rules: Rules) -> set[str]:
    """The one gate that keeps a request from being made, where it is one."""
    key = EMPTY._replace(state=state, rules=rules)
    missing = [each.code for each in check_gates(model.case_of(key)) if each.state is GateState.NOT_MET]
    return set(missing) if len(missing) == 1 else set()


# What each slice finds: the one gate that was missing where everything else was there. A gate that is in no
# list would stand in nobody's way.
ALONE = {
    "rounds": "measures criteria effect similar",
    "the same elsewhere": "measures criteria effect similar",
    "money": "measures criteria effect similar money",
    "people": "measures criteria effect similar people",
    "cause": "measures criteria effect similar cause",
    "new matters": "measures criteria effect similar situations holds",
    "plan": "measures criteria effect similar plan",
    "deadline and stages": "measures criteria effect similar holds stage_goal",
    "hands": "measures criteria effect similar",
    "a leader who may come to fix": "measures criteria effect similar separation",
    "quorum and paper": "measures criteria effect similar",
}


def test_every_gate_is_alone_in_the_way_in_some_slice():
    named = {code for codes in ALONE.values() for code in codes.split()}
    assert named == {each.code for each in check_gates(model.case_of(EMPTY))}
    assert len(named) == len(GATES) == 12


@pytest.mark.parametrize("name", SLICES)
def test_no_order_of_acts_closes_without_every_gate(name, capsys):
    found = search(SLICES[name])
    # closing is possible with every gate: a search that reaches nothing would prove nothing
    stages = {Stage.CLOSED, Stage.STAGE_CLOSED} if name == "deadline and stages" else {Stage.CLOSED}
    assert found.closings > 0
    assert found.closed == stages
    assert found.alone >= set(ALONE[name].split())
    with capsys.disabled():
        sys.stdout.write(
            f"\n{name}: {found.states:,} states, {found.tried:,} acts tried, {found.closings:,} closings\n"
        )
