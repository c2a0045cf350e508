"""The one life cycle of a finding (问题的生命周期): where the work stands, and what moves it."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Final

from zhenggai.domain.actions import ACTION_LABELS, Action
from zhenggai.domain.errors import NotAllowedNowError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.sentences import listing


class Stage(StrEnum):
    """Where the work on a finding stands (环节); one value, moved only by the table below."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    RECTIFYING = "rectifying"
    CLOSURE_REQUESTED = "closure_requested"
    STAGE_CLOSED = "stage_closed"
    CLOSED = "closed"


class Nature(StrEnum):
    """Nature of the rectification (整改类型)."""

    IMMEDIATE = "immediate"
    TIME_BOUND = "time_bound"
    LONG_TERM = "long_term"


class Progress(StrEnum):
    """Progress as the unit claims it (整改进度), beside the stage and never moving it to closed."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBSTANTIALLY_DONE = "substantially_done"
    DONE = "done"


STAGE_LABELS: Final[dict[Stage, str]] = {
    Stage.REGISTERED: msg("registered"),
    Stage.ASSIGNED: msg("assigned"),
    Stage.ACCEPTED: msg("accepted"),
    Stage.RECTIFYING: msg("rectifying"),
    Stage.CLOSURE_REQUESTED: msg("closure requested"),
    Stage.STAGE_CLOSED: msg("closed for this stage"),
    Stage.CLOSED: msg("closed"),
}
NATURE_LABELS: Final[dict[Nature, str]] = {
    Nature.IMMEDIATE: msg("immediate"),
    Nature.TIME_BOUND: msg("by a date"),
    Nature.LONG_TERM: msg("long-term"),
}
PROGRESS_LABELS: Final[dict[Progress, str]] = {
    Progress.NOT_STARTED: msg("not started"),
    Progress.IN_PROGRESS: msg("in progress"),
    Progress.SUBSTANTIALLY_DONE: msg("substantially done"),
    Progress.DONE: msg("done"),
}

FINAL_STAGES: Final = frozenset({Stage.STAGE_CLOSED, Stage.CLOSED})
_STAY_OPEN: Final = (Stage.REGISTERED, Stage.ASSIGNED, Stage.ACCEPTED, Stage.RECTIFYING)
_AT_WORK: Final = (Stage.ACCEPTED, Stage.RECTIFYING)


def _stays(action: Action, *stages: Stage) -> dict[tuple[Stage, Action], Stage]:
    return {(stage, action): stage for stage in stages}


def _to(target: Stage, action: Action, *stages: Stage) -> dict[tuple[Stage, Action], Stage]:
    return {(stage, action): target for stage in stages}


# What a closure rests on (measures, criteria, evidence, requirements) changes only while no request stands:
# nothing can be added or taken away under the hands of those who sign, and nothing after them.
# Judging and raising what is new stay possible then, because they can only hinder the closure.
TRANSITIONS: Final[dict[tuple[Stage, Action], Stage]] = {
    **_stays(Action.FINDING_CLASSIFY, *_STAY_OPEN),
    **_stays(Action.FINDING_WEIGH, *_STAY_OPEN),
    **_to(Stage.ASSIGNED, Action.FINDING_ASSIGN, *_STAY_OPEN),
    **_to(Stage.ACCEPTED, Action.FINDING_ACCEPT, Stage.ASSIGNED),
    # what a unit does not take on, or gives away, the office assigns anew
    **_to(Stage.REGISTERED, Action.FINDING_DECLINE, Stage.ASSIGNED),
    **_to(Stage.REGISTERED, Action.FINDING_TRANSFER, Stage.ASSIGNED, *_AT_WORK),
    # Another leader for the same work: the unit need not accept anew, and a request that stands goes on.
    **_stays(Action.FINDING_HAND_OVER, Stage.ASSIGNED, *_AT_WORK, Stage.CLOSURE_REQUESTED),
    **_to(Stage.RECTIFYING, Action.PROGRESS_REPORT, *_AT_WORK),
    # a view beside the unit's claim: it moves nothing
    **_stays(Action.PROGRESS_JUDGE, *_AT_WORK, Stage.CLOSURE_REQUESTED),
    # who sees a finding can change at any stage, also after closing: nothing of the closure does
    **_stays(Action.FINDING_RESTRICT, *Stage),
    **_stays(Action.FINDING_UNRESTRICT, *Stage),
    **_stays(Action.READER_ADD, *Stage),
    **_stays(Action.READER_WITHDRAW, *Stage),
    **_stays(Action.MEASURE_ADD, *_STAY_OPEN),
    **_stays(Action.MEASURE_ARRANGE, *_STAY_OPEN),
    **_stays(Action.MEASURE_DROP, *_STAY_OPEN),
    **_to(Stage.RECTIFYING, Action.TASK_REPORT, *_AT_WORK),
    **_to(Stage.RECTIFYING, Action.MEASURE_COMPLETE, *_AT_WORK),
    **_stays(Action.CRITERION_ADD, *_STAY_OPEN),
    **_stays(Action.CRITERION_DROP, *_STAY_OPEN),
    **_stays(Action.CRITERION_JUDGE, Stage.RECTIFYING, Stage.CLOSURE_REQUESTED),
    # A figure judges nothing, and of long-term work it is measured between its stages too. What is in sight
    # of those who sign is not taken back under their hands.
    **_stays(Action.READING_RECORD, *_AT_WORK, Stage.CLOSURE_REQUESTED, Stage.STAGE_CLOSED),
    **_stays(Action.READING_WITHDRAW, *_AT_WORK, Stage.STAGE_CLOSED),
    **_to(Stage.RECTIFYING, Action.EVIDENCE_ADD, *_AT_WORK),
    **_stays(Action.EVIDENCE_WITHDRAW, *_AT_WORK),
    **_stays(Action.EVIDENCE_CARRY_OVER, Stage.RECTIFYING),
    **_stays(Action.EVIDENCE_JUDGE, Stage.RECTIFYING, Stage.CLOSURE_REQUESTED),
    **_stays(Action.REQUIREMENT_ANSWER, Stage.RECTIFYING),
    **_stays(Action.REQUIREMENT_WAIVE, *_AT_WORK),
    **_stays(Action.SITUATION_RAISE, *_AT_WORK, Stage.CLOSURE_REQUESTED),
    **_stays(Action.SITUATION_PASS_UP, Stage.ASSIGNED, *_AT_WORK, Stage.CLOSURE_REQUESTED),
    **_stays(Action.SITUATION_ANSWER, Stage.ASSIGNED, *_AT_WORK, Stage.CLOSURE_REQUESTED),
    **_stays(Action.HOLD_OPEN, *_STAY_OPEN, Stage.CLOSURE_REQUESTED),
    **_stays(Action.HOLD_CLEAR, *_STAY_OPEN, Stage.CLOSURE_REQUESTED),
    **_stays(Action.PLAN_AMEND, *_STAY_OPEN),
    **_stays(Action.AMENDMENT_SIGN, *_STAY_OPEN),
    **_stays(Action.AMENDMENT_SEND_BACK, *_STAY_OPEN),
    **_stays(Action.AMENDMENT_WITHDRAW, *_STAY_OPEN),
    # asked for by who has taken the work on; decided wherever the finding stands meanwhile
    **_stays(Action.EXTENSION_REQUEST, *_AT_WORK),
    **_stays(Action.LONG_TERM_REQUEST, *_AT_WORK),
    **_stays(Action.DEADLINE_SIGN, *_STAY_OPEN),
    **_stays(Action.DEADLINE_SEND_BACK, *_STAY_OPEN),
    **_stays(Action.DEADLINE_WITHDRAW, *_STAY_OPEN),
    **_stays(Action.SUSPENSION_BEGIN, Stage.ASSIGNED, *_AT_WORK, Stage.CLOSURE_REQUESTED),
    **_stays(Action.SUSPENSION_END, *_STAY_OPEN, Stage.CLOSURE_REQUESTED),
    **_to(Stage.CLOSURE_REQUESTED, Action.CLOSURE_REQUEST, Stage.RECTIFYING),
    **_stays(Action.CLOSURE_SIGN, Stage.CLOSURE_REQUESTED),
    **_stays(Action.SIGNATURE_RECORD, Stage.CLOSURE_REQUESTED),
    **_stays(Action.SIGNATURE_CONFIRM, Stage.CLOSURE_REQUESTED),
    **_stays(Action.SIGNATURE_REFUSE, Stage.CLOSURE_REQUESTED),
    **_to(Stage.RECTIFYING, Action.CLOSURE_SEND_BACK, Stage.CLOSURE_REQUESTED),
    **_to(Stage.RECTIFYING, Action.CLOSURE_WITHDRAW, Stage.CLOSURE_REQUESTED),
    **_to(Stage.CLOSED, Action.CLOSURE_COMPLETE, Stage.CLOSURE_REQUESTED),
    # a fact of the work, which closes nothing
    **_stays(Action.OUTCOME_RECORD, Stage.RECTIFYING),
    **_stays(Action.OUTCOME_WITHDRAW, Stage.RECTIFYING),
    # What comes after closing touches nothing of the closure; long-term work goes on, in a round of its own.
    **_stays(Action.RECHECK_SET, Stage.STAGE_CLOSED, Stage.CLOSED),
    **_stays(Action.RECHECK_RECORD, Stage.STAGE_CLOSED, Stage.CLOSED),
    **_stays(Action.FINDING_REBOUND, Stage.STAGE_CLOSED, Stage.CLOSED),
    **_to(Stage.RECTIFYING, Action.STAGE_BEGIN, Stage.STAGE_CLOSED),
}

# What nobody does by hand, or only where an amendment or a request about the deadline waits,
# or what is no work: not named among what is possible.
_NOT_OFFERED: Final = frozenset(
    {
        Action.CLOSURE_COMPLETE,
        Action.AMENDMENT_SIGN,
        Action.AMENDMENT_SEND_BACK,
        Action.AMENDMENT_WITHDRAW,
        Action.DEADLINE_SIGN,
        Action.DEADLINE_SEND_BACK,
        Action.DEADLINE_WITHDRAW,
        Action.SUSPENSION_BEGIN,
        Action.SUSPENSION_END,
        Action.FINDING_RESTRICT,
        Action.FINDING_UNRESTRICT,
        Action.READER_ADD,
        Action.READER_WITHDRAW,
    }
)
# Views, accounts and intake are not moves of a finding.
MOVES: Final = frozenset(action for _, action in TRANSITIONS)


class TransitionError(NotAllowedNowError):
    """The action is not possible at this stage (``stage``, ``action``, ``possible``)."""

    code = "transition"
    template: ClassVar[str] = msg(
        "You cannot %(action)s while the finding is “%(stage)s”. Possible now: %(possible)s."
    )
    final_template: ClassVar[str] = msg(
        "You cannot %(action)s any more: the finding is “%(stage)s”, and a closure is never edited. "
        "A fault that comes back is registered as a finding of its own. Possible now: %(possible)s."
    )

    def __init__(self, stage: Stage, action: Action) -> None:
        self.stage = stage
        self.action = action
        self.possible = possible_actions(stage)
        super().__init__(
            self.final_template if stage in FINAL_STAGES else self.template,
            action=Message(ACTION_LABELS[action]),
            stage=Message(STAGE_LABELS[stage]),
            possible=listing([Message(ACTION_LABELS[each]) for each in self.possible]),
        )


def possible_actions(stage: Stage) -> tuple[Action, ...]:
    """The actions the table allows at this stage, in the order of `Action` (可做的动作)."""
    return tuple(action for action in Action if (stage, action) in TRANSITIONS and action not in _NOT_OFFERED)


def next_stage(stage: Stage, action: Action, nature: Nature | None) -> Stage:
    """The stage after the action (下一环节). Long-term work (长期坚持) closes for its stage only.

    :raises TransitionError: when the table does not have the action at this stage, or when a finding would
        be closed whose nature is not set.

    Source: DOMAIN §3 (stage), §5 rule 8.
    """
    target = TRANSITIONS.get((stage, action))
    if target is None or (action is Action.CLOSURE_COMPLETE and nature is None):
        raise TransitionError(stage, action)
    if target is Stage.CLOSED and nature is Nature.LONG_TERM:
        return Stage.STAGE_CLOSED
    return target
