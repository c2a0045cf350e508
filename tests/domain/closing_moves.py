"""What each act does to the facts of the pure model, as its service does it (动作的效果)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.closing_model import (
    CLERK,
    EXTENSION,
    INSPECTOR,
    KINDS,
    LADDERS,
    State,
    allowed,
    passes,
    signs_as,
    step_next,
)
from zhenggai.domain.actions import Action
from zhenggai.domain.case import Requirement
from zhenggai.domain.extending import DeadlineKind
from zhenggai.domain.ladder import Given, is_signed
from zhenggai.domain.lifecycle import Nature, Stage, next_stage
from zhenggai.domain.planning import WORKS, PlanState

if TYPE_CHECKING:
    from domain.closing_model import Rules

# what makes whoever does it one who fixed
WORK = frozenset(
    {
        Action.PROGRESS_REPORT,
        Action.TASK_REPORT,
        Action.MEASURE_COMPLETE,
        Action.EVIDENCE_ADD,
        Action.EVIDENCE_WITHDRAW,
        Action.EVIDENCE_CARRY_OVER,
        Action.REQUIREMENT_ANSWER,
        Action.CLOSURE_REQUEST,
    }
)
VARIANTS: dict[Action, tuple[object, ...]] = {
    Action.FINDING_CLASSIFY: (
        Nature.TIME_BOUND,
        Nature.LONG_TERM,
        *((n, value) for n in range(len(KINDS)) for value in (True, False)),
    ),
    Action.CRITERION_JUDGE: (True, False),
    Action.EVIDENCE_JUDGE: (True, False),
    Action.REQUIREMENT_ANSWER: tuple(Requirement),
    Action.REQUIREMENT_WAIVE: tuple(Requirement),
    Action.CLOSURE_REQUEST: (False, True),
    Action.CLOSURE_SEND_BACK: (False, True),
    Action.RECHECK_RECORD: (True, False),
}


def attempt(
    state: State, rules: Rules, action: Action, actor: int, how: object
) -> tuple[State, Given | None] | None:
    """The state after the act and the signature it gave; None where it is refused or changes nothing."""
    target = allowed(state, rules, action, actor)
    if target is None:
        return None
    given = None
    if action in {Action.CLOSURE_SIGN, Action.SIGNATURE_CONFIRM}:
        done = _signed(state, rules, action, actor)
        if done is None:
            return None
        after, given = done
    else:
        changed = _EFFECTS[action](state, rules, actor, how)
        if changed is None:
            return None
        after = changed._replace(stage=target)
    if action in WORK:
        after = after._replace(workers=after.workers | {actor})
    return (after, given) if after != state else None


def _signed(state: State, rules: Rules, action: Action, actor: int) -> tuple[State, Given] | None:
    if action is Action.CLOSURE_SIGN:
        given = signs_as(state, rules, actor)
    else:
        step = step_next(state, rules)
        if state.record is None or step is None or state.record[0] != step.name or state.record[1] == actor:
            return None
        # the signer could sign at this moment, by a post of his own
        if allowed(state, rules, Action.CLOSURE_SIGN, state.record[1]) is None:
            return None
        given = signs_as(state, rules, state.record[1])
        state = state._replace(record=None)
    if given is None:
        return None
    last = (given.step, given.person_id)
    if not passes(state, rules, state.submitter, has_goal=state.has_goal, last=last):
        return None
    every = (*state.signed, given)
    if not all(is_signed(step, every, ()) for step in LADDERS[rules.ladder]):
        return state._replace(signed=every), given
    stage = next_stage(state.stage, Action.CLOSURE_COMPLETE, state.nature)
    closed = state._replace(
        stage=stage, signed=(), submitter=0, record=None, closures=state.closures + 1, recheck=state.has_goal
    )
    return closed, given


def _classify(state: State, rules: Rules, actor: int, how: object) -> State | None:
    if isinstance(how, Nature):
        by_hand = state.nature is None or (how is Nature.LONG_TERM and not state.is_taken_on)
        waits = state.pending is not None or state.plan is PlanState.SUBMITTED
        if not by_hand or waits or (state.nature is None and how is Nature.LONG_TERM and state.is_taken_on):
            return None
        return state._replace(nature=how, has_due=state.has_due and how is not Nature.LONG_TERM)
    number, value = how  # type: ignore[misc]
    if state.applies[number] is True:
        return None  # never taken back, and said again it is nothing new
    applies, by = list(state.applies), list(state.applies_by)
    applies[number], by[number] = value, actor
    return state._replace(applies=tuple(applies), applies_by=tuple(by))


def _new_round(state: State) -> State:
    return state._replace(
        round=state.round + 1,
        evidence="old" if state.evidence in {"live", "old"} else "",
        effect=None,
        answered=frozenset(),
        waived=(),
        judged=None,
        is_carried=False,
        signed=(),
        record=None,
        submitter=0,
        has_goal=False,
    )


def _send_back(state: State, rules: Rules, actor: int, how: object) -> State:
    after = _new_round(state)
    if how is False and state.judged is not None and state.judged[0]:
        return after._replace(judged=state.judged, is_carried=True)
    return after


def _stage_begin(state: State, rules: Rules, actor: int, how: object) -> State:
    after = _new_round(state)
    return after._replace(evidence="shut" if state.evidence else "", has_due=True, recheck=False)


def _deadline_sign(state: State, rules: Rules, actor: int, how: object) -> State:
    signed = (*state.pending_signed, actor)
    if len(signed) < len(EXTENSION):
        return state._replace(pending_signed=signed)
    after = state._replace(pending=None, pending_by=0, pending_signed=())
    return (
        after._replace(nature=Nature.LONG_TERM, has_due=False)
        if state.pending is DeadlineKind.LONG_TERM
        else after
    )


def _request(state: State, rules: Rules, actor: int, how: object) -> State | None:
    has_goal = bool(how) and state.nature is Nature.LONG_TERM
    as_worked = state._replace(workers=state.workers)
    if not passes(as_worked, rules, actor, has_goal=has_goal, last=None):
        return None
    return state._replace(submitter=actor, has_goal=has_goal)


def _evidence_add(state: State, rules: Rules, actor: int, how: object) -> State | None:
    if state.evidence == "live":
        return None
    judged = state.judged and (state.judged[0], state.judged[1], False)
    return state._replace(evidence="live", effect=None, judged=judged, answered=frozenset())


def _judge(state: State, rules: Rules, actor: int, how: object) -> State | None:
    if not state.has_criterion or (how and state.evidence != "live"):
        return None
    return state._replace(judged=(bool(how), actor, state.evidence == "live"), is_carried=False)


def _measure_add(state: State, rules: Rules, actor: int, how: object) -> State:
    return state._replace(measure="open")


def _recheck(state: State, rules: Rules, actor: int, how: object) -> State:
    if how:
        return state._replace(recheck=True)
    return state._replace(successor="open", recheck=False)


def _record(state: State, rules: Rules, actor: int, how: object) -> State | None:
    step = step_next(state, rules)
    signer = int(how) if isinstance(how, int) else 0
    if (
        step is None
        or state.record is not None
        or signer in {0, actor}
        or signs_as(state, rules, signer) is None
    ):
        return None
    if allowed(state, rules, Action.CLOSURE_SIGN, signer) is None:
        return None
    return state._replace(record=(step.name, signer, actor))


def _if(condition: bool, state: State, **values: object) -> State | None:
    return state._replace(**values) if condition else None


_LIVE = "live"
_EFFECTS = {
    Action.FINDING_CLASSIFY: _classify,
    Action.FINDING_WEIGH: lambda s, r, a, h: s._replace(
        has_amount=True, applies=(True, *s.applies[1:]), applies_by=(a, *s.applies_by[1:])
    ),
    Action.FINDING_ASSIGN: lambda s, r, a, h: _if(
        s.nature is not None,
        s,
        has_due=s.has_due or s.nature is not Nature.LONG_TERM,
        is_taken_on=s.is_taken_on,
    ),
    Action.FINDING_ACCEPT: lambda s, r, a, h: s._replace(is_taken_on=True),
    Action.FINDING_DECLINE: lambda s, r, a, h: s,
    Action.FINDING_TRANSFER: lambda s, r, a, h: s,
    Action.FINDING_HAND_OVER: lambda s, r, a, h: None,
    Action.FINDING_RESTRICT: lambda s, r, a, h: None,
    Action.FINDING_UNRESTRICT: lambda s, r, a, h: None,
    Action.READER_ADD: lambda s, r, a, h: None,
    Action.READER_WITHDRAW: lambda s, r, a, h: None,
    Action.PROGRESS_REPORT: lambda s, r, a, h: s,
    Action.PROGRESS_JUDGE: lambda s, r, a, h: None,
    Action.TASK_REPORT: lambda s, r, a, h: _if(s.measure == "open", s, measure="done"),
    Action.MEASURE_ADD: _measure_add,
    Action.MEASURE_ARRANGE: lambda s, r, a, h: None,
    Action.MEASURE_DROP: lambda s, r, a, h: _if(bool(s.measure), s, measure=""),
    Action.MEASURE_COMPLETE: lambda s, r, a, h: _if(s.measure == "open", s, measure="done"),
    Action.CRITERION_ADD: lambda s, r, a, h: _if(True, s, has_criterion=True, judged=None, is_carried=False),
    Action.CRITERION_DROP: lambda s, r, a, h: _if(
        s.has_criterion, s, has_criterion=False, judged=None, is_carried=False
    ),
    Action.CRITERION_JUDGE: _judge,
    Action.READING_RECORD: lambda s, r, a, h: None,
    Action.READING_WITHDRAW: lambda s, r, a, h: None,
    Action.EVIDENCE_ADD: _evidence_add,
    Action.EVIDENCE_WITHDRAW: lambda s, r, a, h: _if(s.evidence == _LIVE, s, evidence="withdrawn"),
    Action.EVIDENCE_CARRY_OVER: lambda s, r, a, h: _if(s.evidence == "old", s, evidence=_LIVE),
    Action.EVIDENCE_JUDGE: lambda s, r, a, h: _if(s.evidence == _LIVE, s, effect=(bool(h), a)),
    Action.REQUIREMENT_ANSWER: lambda s, r, a, h: _if(
        s.evidence == _LIVE and _applies(s, h), s, answered=s.answered | {h}
    ),
    Action.REQUIREMENT_WAIVE: lambda s, r, a, h: _if(
        _applies(s, h) and h not in {kind for kind, _ in s.waived}, s, waived=(*s.waived, (h, a))
    ),
    Action.SITUATION_RAISE: lambda s, r, a, h: s._replace(situation="open"),
    # where it waits is nothing that a closing rests on
    Action.SITUATION_PASS_UP: lambda s, r, a, h: None,
    Action.SITUATION_ANSWER: lambda s, r, a, h: _if(s.situation == "open", s, situation="answered"),
    Action.HOLD_OPEN: lambda s, r, a, h: _if(not s.hold, s, hold="inspector" if a == INSPECTOR else "office"),
    Action.HOLD_CLEAR: lambda s, r, a, h: _if(bool(s.hold), s, hold=""),
    Action.PLAN_AMEND: lambda s, r, a, h: s._replace(amended_by=a),
    Action.AMENDMENT_SIGN: lambda s, r, a, h: s._replace(amended_by=0, measure="open"),
    Action.AMENDMENT_SEND_BACK: lambda s, r, a, h: s._replace(amended_by=0),
    Action.AMENDMENT_WITHDRAW: lambda s, r, a, h: s._replace(amended_by=0),
    Action.EXTENSION_REQUEST: lambda s, r, a, h: s._replace(pending=DeadlineKind.EXTENSION, pending_by=a),
    Action.LONG_TERM_REQUEST: lambda s, r, a, h: s._replace(pending=DeadlineKind.LONG_TERM, pending_by=a),
    Action.DEADLINE_SIGN: _deadline_sign,
    Action.DEADLINE_SEND_BACK: lambda s, r, a, h: s._replace(pending=None, pending_by=0, pending_signed=()),
    Action.DEADLINE_WITHDRAW: lambda s, r, a, h: s._replace(pending=None, pending_by=0, pending_signed=()),
    Action.SUSPENSION_BEGIN: lambda s, r, a, h: s._replace(is_suspended=True),
    Action.SUSPENSION_END: lambda s, r, a, h: s._replace(is_suspended=False),
    Action.CLOSURE_REQUEST: _request,
    Action.SIGNATURE_RECORD: _record,
    Action.SIGNATURE_REFUSE: lambda s, r, a, h: _if(s.record is not None, s, record=None),
    Action.CLOSURE_SEND_BACK: _send_back,
    Action.CLOSURE_WITHDRAW: lambda s, r, a, h: _if(
        not s.signed, s, submitter=0, has_goal=False, record=None
    ),
    Action.OUTCOME_RECORD: lambda s, r, a, h: _if(s.evidence == _LIVE, s, has_outcome=True),
    Action.OUTCOME_WITHDRAW: lambda s, r, a, h: _if(s.has_outcome, s, has_outcome=False),
    Action.RECHECK_SET: lambda s, r, a, h: s._replace(recheck=True),
    Action.RECHECK_RECORD: _recheck,
    Action.FINDING_REBOUND: lambda s, r, a, h: s._replace(successor="open", recheck=False),
    Action.STAGE_BEGIN: _stage_begin,
}


def _applies(state: State, kind: object) -> bool:
    return kind is Requirement.SIMILAR or state.applies[KINDS.index(kind)] is True  # type: ignore[arg-type]


def plan_acts(state: State, rules: Rules) -> list[tuple[str, State]]:
    """What happens to the plan with the finding, and to its successor: acts on other things than it."""
    acts = []
    covered = state.nature and state.measure and state.has_criterion and state.stage is not Stage.REGISTERED
    is_open = state.stage in {Stage.ASSIGNED, Stage.ACCEPTED, Stage.RECTIFYING}
    if state.plan is None and covered and is_open and state.pending is None:
        acts.append(("plan.submit", state._replace(plan=PlanState.SUBMITTED)))
    if state.plan is PlanState.SUBMITTED:
        acts.append(("plan.sign", state._replace(plan=PlanState.APPROVED)))
        acts.append(("plan.send_back", state._replace(plan=None)))
    if state.successor == "open":
        acts.append(("successor closes", state._replace(successor="closed")))
    return acts


__all__ = ["CLERK", "VARIANTS", "WORK", "WORKS", "attempt", "plan_acts"]
