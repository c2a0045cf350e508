"""What an office would do next to get a finding closed (顺推一步), so that a random walk gets somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.closing_model import (
    CLERK,
    EXTENSION,
    GROUP,
    HANDLER,
    HEAD,
    INSPECTOR,
    KINDS,
    LEADER,
    MEMBER,
    VERIFIER,
    step_next,
)
from zhenggai.domain.actions import Action
from zhenggai.domain.case import Requirement
from zhenggai.domain.lifecycle import Nature, Stage

if TYPE_CHECKING:
    from domain.closing_model import Rules, State

Step = tuple[Action, int, object]


def onward(state: State, rules: Rules) -> Step:
    """The next step of the usual way; it may be refused, as anybody's may."""
    if state.stage in {Stage.REGISTERED, Stage.ASSIGNED, Stage.ACCEPTED, Stage.RECTIFYING}:
        return _prepared(state) or _carried_out(state)
    if state.stage is Stage.CLOSURE_REQUESTED:
        return _cleared(state) or _signed(state, rules)
    if state.stage is Stage.STAGE_CLOSED:
        return Action.STAGE_BEGIN, CLERK, None
    return Action.RECHECK_RECORD, VERIFIER, True


def _prepared(state: State) -> Step | None:
    if state.nature is None:
        return Action.FINDING_CLASSIFY, CLERK, Nature.TIME_BOUND
    for number in range(len(KINDS)):
        if state.applies[number] is None:
            return Action.FINDING_CLASSIFY, CLERK, (number, number == 0)
    if state.applies[0] and not (state.has_amount and state.applies_by[0] == CLERK):
        return Action.FINDING_WEIGH, CLERK, None
    if not state.measure and state.plan is None:
        return Action.MEASURE_ADD, CLERK, None
    if not state.has_criterion and state.plan is None:
        return Action.CRITERION_ADD, CLERK, None
    if state.stage is Stage.REGISTERED:
        return Action.FINDING_ASSIGN, CLERK, None
    if state.stage is Stage.ASSIGNED:
        return Action.FINDING_ACCEPT, HEAD, None
    return _cleared(state)


def _cleared(state: State) -> Step | None:
    if state.is_suspended:
        return Action.SUSPENSION_END, GROUP, None
    if state.pending is not None:
        by = {"responsible_leader": LEADER, "office_clerk": CLERK}
        return Action.DEADLINE_SIGN, by[EXTENSION[len(state.pending_signed)].name], None
    if state.amended_by:
        return Action.AMENDMENT_SIGN, GROUP, None
    if state.hold:
        return Action.HOLD_CLEAR, INSPECTOR if state.hold == "inspector" else CLERK, None
    if state.situation == "open":
        return Action.SITUATION_ANSWER, GROUP, None
    return None


def _carried_out(state: State) -> Step:
    if state.measure == "open":
        return Action.MEASURE_COMPLETE, HANDLER, None
    if state.evidence == "old":
        return Action.EVIDENCE_CARRY_OVER, HANDLER, None
    if state.evidence != "live":
        return Action.EVIDENCE_ADD, HANDLER, None
    if state.stage is Stage.ACCEPTED:
        return Action.PROGRESS_REPORT, HANDLER, None
    judge = INSPECTOR if state.judged and state.judged[1] == INSPECTOR else VERIFIER
    if state.judged is None or not state.judged[0] or not state.judged[2]:
        return Action.CRITERION_JUDGE, judge, True
    if state.effect is None or not state.effect[0]:
        return Action.EVIDENCE_JUDGE, VERIFIER, True
    for kind, applies in (*zip(KINDS, state.applies, strict=True), (Requirement.SIMILAR, True)):
        if applies and kind not in state.answered and kind not in {each for each, _ in state.waived}:
            return Action.REQUIREMENT_ANSWER, HANDLER, kind
    return Action.CLOSURE_REQUEST, HANDLER, state.nature is Nature.LONG_TERM


def _signed(state: State, rules: Rules) -> Step:
    step = step_next(state, rules)
    signed = {each.person_id for each in state.signed}
    if step is not None and step.name == "leading_group":
        return Action.CLOSURE_SIGN, MEMBER if GROUP in signed else GROUP, None
    return Action.CLOSURE_SIGN, CLERK if signed else rules.leader, None
