"""The rectification plan (整改方案): what it must cover, who approves it, and what its approval fixes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.actions import ACTION_LABELS, Action
from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.ladder import PLAN_STEPS, STEPS, Step
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.sentences import listing

if TYPE_CHECKING:
    from collections.abc import Sequence


class PlanState(StrEnum):
    """How a plan, or an amendment of it, stands (方案状态)."""

    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"


PLAN_STATE_LABELS: Final[dict[PlanState, str]] = {
    PlanState.SUBMITTED: msg("waiting for approval"),
    PlanState.SENT_BACK: msg("sent back"),
    PlanState.WITHDRAWN: msg("withdrawn"),
    PlanState.APPROVED: msg("approved"),
}
# while a plan stands so, what it fixes is not changed by hand
FIXING_STATES: Final = frozenset({PlanState.SUBMITTED, PlanState.APPROVED})


class Direction(StrEnum):
    """Which way an indicator has to go (指标方向)."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


DIRECTION_LABELS: Final[dict[Direction, str]] = {
    Direction.AT_LEAST: msg("at least"),
    Direction.AT_MOST: msg("at most"),
}


@dataclass(frozen=True, slots=True)
class PlannedFinding:
    """What coverage looks at (方案覆盖): one finding with how many measures and criteria stand."""

    nature: Nature | None
    has_leader: bool
    has_unit: bool
    has_due: bool
    measures: int
    criteria: int


# what a finding must have for its plan, each with the action that gives it
COVERAGE: Final[tuple[tuple[str, Action], ...]] = (
    (msg("its nature"), Action.FINDING_CLASSIFY),
    (msg("a responsible leader"), Action.FINDING_ASSIGN),
    (msg("a responsible unit"), Action.FINDING_ASSIGN),
    (msg("a due date"), Action.FINDING_ASSIGN),
    (msg("a measure"), Action.MEASURE_ADD),
    (msg("an acceptance criterion"), Action.CRITERION_ADD),
)


def coverage_gaps(finding: PlannedFinding) -> tuple[tuple[Message, Action], ...]:
    """What a finding still lacks for its plan, each with the action that gives it (覆盖检查).

    Long-term work goes without a due date; everything else needs nature, leader, unit, due, a measure and a
    criterion.

    Source: DOMAIN §14 rule 8.
    """
    has = (
        finding.nature is not None,
        finding.has_leader,
        finding.has_unit,
        finding.has_due or finding.nature is Nature.LONG_TERM,
        finding.measures > 0,
        finding.criteria > 0,
    )
    return tuple(
        (Message(name), action)
        for (name, action), is_there in zip(COVERAGE, has, strict=True)
        if not is_there
    )


# Source: DOMAIN §5 (领导小组/党委会 → 巡察办); the shortest is the leading group's own word.
DEFAULT_PLAN_LADDER: Final = (STEPS["leading_group"],)


class PlanLadderError(InvalidError):
    """A ladder on which no plan could be approved (方案审批梯次无效)."""

    code = "plan_ladder"
    template: ClassVar[str] = msg(
        "The approval of a plan needs at least one known step, none twice, each of a body that confirms; "
        "“%(names)s” is no such ladder. Known steps: %(known)s."
    )


def plan_ladder_of(names: Sequence[str] | None) -> tuple[Step, ...]:
    """The steps that approve a plan, by name (方案审批梯次); the default where none are named.

    :raises PlanLadderError: for none, one twice or unknown, or one that does not confirm.
    """
    if names is None:
        return DEFAULT_PLAN_LADDER
    steps = tuple(PLAN_STEPS[name] for name in names if name in PLAN_STEPS)
    if not steps or len(steps) != len(names) or len(set(names)) != len(names):
        raise PlanLadderError(names=", ".join(names), known=", ".join(PLAN_STEPS))
    return steps


@dataclass(frozen=True, slots=True)
class Planning:
    """How a finding stands towards its plan (方案情况).

    ``required``: whether work counts only under an approved plan; ``state``: of the plan that has the
    finding, None where none has; ``is_amended``: whether an amendment waits for approval; ``is_taken_on``:
    whether the unit has accepted the finding.
    """

    required: bool = False
    state: PlanState | None = None
    nature: Nature | None = None
    is_amended: bool = False
    is_taken_on: bool = False

    @property
    def is_fixed(self) -> bool:
        """Whether measures and criteria are the plan's, and no longer changed by hand."""
        return self.state in FIXING_STATES

    @property
    def is_approved(self) -> bool:
        """Whether the finding stands in an approved plan."""
        return self.state is PlanState.APPROVED


# What makes up the plan of a finding: free until the plan is submitted.
DRAWS_UP: Final = frozenset(
    {
        Action.MEASURE_ADD,
        Action.MEASURE_ARRANGE,
        Action.MEASURE_DROP,
        Action.CRITERION_ADD,
        Action.CRITERION_DROP,
    }
)
_DROPS: Final = frozenset({Action.MEASURE_DROP, Action.CRITERION_DROP})
# Work that counts: where a plan is required, only once it is approved.
WORKS: Final = frozenset(
    {
        Action.PROGRESS_REPORT,
        Action.MEASURE_COMPLETE,
        Action.TASK_REPORT,
        Action.EVIDENCE_ADD,
        Action.CRITERION_JUDGE,
        Action.EVIDENCE_JUDGE,
        Action.REQUIREMENT_ANSWER,
        Action.OUTCOME_RECORD,
    }
)


class PlanFixedError(NotAllowedNowError):
    """Measures and criteria are the plan's (方案已定): they change only through an amendment."""

    code = "plan_fixed"
    template: ClassVar[str] = msg(
        "You cannot %(action)s: the plan with this finding is approved, and what it says changes only "
        "through an amendment that is approved in turn. Propose an amendment; nothing was changed."
    )
    submitted_template: ClassVar[str] = msg(
        "You cannot %(action)s while the plan with this finding waits for approval. Withdraw the plan, or "
        "wait for its approval and propose an amendment; nothing was changed."
    )
    taken_on_template: ClassVar[str] = msg(
        "You cannot %(action)s: the unit has taken the finding on, and nobody approves what goes by hand. "
        "Submit a plan and propose an amendment of it; nothing was changed."
    )


class PlanNotApprovedError(NotAllowedNowError):
    """Work does not count yet (方案未批准): the plan is not approved."""

    code = "plan_not_approved"
    template: ClassVar[str] = msg(
        "You cannot %(action)s yet: work on this finding counts once its plan is approved, and no approved "
        "plan has it. Only what is to be fixed at once is worked on before. Nothing was changed."
    )


class NothingToAmendError(NotAllowedNowError):
    """No approved plan has the finding (无可调整的方案): it is still changed by hand."""

    code = "nothing_to_amend"
    template: ClassVar[str] = msg(
        "No approved plan has this finding, so there is nothing to amend: add and drop measures and criteria "
        "directly. Nothing was changed."
    )
    pending_template: ClassVar[str] = msg(
        "An amendment of this finding's plan waits for approval already, and there is one at a time. "
        "Withdraw it or wait until it is decided; nothing was changed."
    )


class NoAmendmentError(NotAllowedNowError):
    """No amendment of the finding's plan waits (无待批调整)."""

    code = "no_amendment"
    template: ClassVar[str] = msg(
        "No amendment of this finding's plan waits for approval, so there is none to decide. Nothing was "
        "changed."
    )


# What can be done to an amendment while it waits.
_DECIDES: Final = frozenset({Action.AMENDMENT_SIGN, Action.AMENDMENT_SEND_BACK, Action.AMENDMENT_WITHDRAW})


def check_planning(action: Action, planning: Planning) -> None:
    """Refuses what the plan stands against (方案约束): the plan's own content, work before it, amending none.

    :raises PlanFixedError: for a change by hand of what a submitted or approved plan fixes.
    :raises PlanNotApprovedError: for work before the required plan is approved; 立行立改 does not wait.
    :raises NothingToAmendError: for an amendment where no plan is approved, or one waits already.
    :raises NoAmendmentError: for deciding on an amendment where none waits.

    Source: DOMAIN §5, after plan approval measures and criteria change only through an amendment.
    """
    named = {"action": Message(ACTION_LABELS[action])}
    if action is Action.FINDING_ASSIGN and planning.state is PlanState.SUBMITTED:
        raise PlanFixedError(PlanFixedError.submitted_template, **named)
    if action in _DROPS and planning.is_taken_on and not (planning.required or planning.is_fixed):
        raise PlanFixedError(PlanFixedError.taken_on_template, **named)
    if action in DRAWS_UP and planning.is_fixed:
        template = None if planning.is_approved else PlanFixedError.submitted_template
        raise PlanFixedError(template, **named)
    is_early = planning.required and not planning.is_approved and planning.nature is not Nature.IMMEDIATE
    if action in WORKS and is_early:
        raise PlanNotApprovedError(**named)
    if action in _DECIDES and not planning.is_amended:
        raise NoAmendmentError
    if action is Action.PLAN_AMEND and not planning.is_approved:
        raise NothingToAmendError
    if action is Action.PLAN_AMEND and planning.is_amended:
        raise NothingToAmendError(NothingToAmendError.pending_template)


class PlanIncompleteError(NotAllowedNowError):
    """A plan that leaves findings uncovered (方案未覆盖): ``count`` of ``total``; ``titles``: the first."""

    code = "plan_incomplete"
    template: ClassVar[str] = msg(
        "The plan cannot be submitted yet: %(count)s of %(total)s findings lack nature, leader, unit, due "
        "date, measure or criterion: %(titles)s. The page lists what each lacks; nothing was changed."
    )

    def __init__(self, count: int, total: int, titles: Sequence[str]) -> None:
        super().__init__(
            None,
            count=count,
            total=total,
            titles=listing([Message(msg("“%(title)s”"), {"title": title}) for title in titles]),
        )


class NothingToPlanError(NotAllowedNowError):
    """No finding is left to plan (无待定问题)."""

    code = "nothing_to_plan"
    template: ClassVar[str] = msg(
        "Every finding of this inspection stands in a plan already, or there is none; there is nothing to "
        "submit. A new finding can be planned once it is registered."
    )


class AmendmentEmptyError(InvalidError):
    """An amendment that changes nothing, or leaves nothing (方案调整无效)."""

    code = "amendment_empty"
    template: ClassVar[str] = msg(
        "The amendment changes nothing: name a measure or criterion to add or to drop, or arrange a measure "
        "otherwise. Nothing was changed."
    )
    empties_template: ClassVar[str] = msg(
        "The amendment would leave the finding without a %(what)s, and every finding keeps at least one. Add "
        "another in the same amendment; nothing was changed."
    )
