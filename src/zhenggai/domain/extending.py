"""Moving a deadline (延期、申请长期整改) and suspending the work (暂停): what may be asked for, and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.actions import ACTION_LABELS, Action
from zhenggai.domain.closing import RequestState
from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.grants import Scope
from zhenggai.domain.ladder import STEPS
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.domain.ladder import Step


class DeadlineKind(StrEnum):
    """What a request about the deadline asks for (期限申请种类)."""

    EXTENSION = "extension"
    LONG_TERM = "long_term"


DEADLINE_KIND_LABELS: Final[dict[DeadlineKind, str]] = {
    DeadlineKind.EXTENSION: msg("extension"),
    DeadlineKind.LONG_TERM: msg("long-term rectification"),
}

DEADLINE_STATE_LABELS: Final[dict[RequestState, str]] = {
    RequestState.OPEN: msg("waiting for approval"),
    RequestState.SENT_BACK: msg("sent back"),
    RequestState.WITHDRAWN: msg("withdrawn"),
    RequestState.GRANTED: msg("approved"),
}

# Source: DOMAIN §7 (two approvals); which two is the place's choice, made in its profile.
DEFAULT_EXTENSION_LADDER: Final = (STEPS["responsible_leader"], STEPS["office_clerk"])
# Steps that approve it: each is one person's, and none is of the unit that asks.
EXTENSION_STEPS: Final = {
    name: step for name, step in STEPS.items() if step.is_personal and step.scope is not Scope.UNIT
}


class ExtensionLadderError(InvalidError):
    """A ladder on which no extension could be approved by two others (延期审批梯次无效)."""

    code = "extension_ladder"
    template: ClassVar[str] = msg(
        "The approval of an extension needs at least two different known steps, the last of which confirms; "
        "“%(names)s” is no such ladder. Known steps: %(known)s."
    )


def extension_ladder_of(names: Sequence[str]) -> tuple[Step, ...]:
    """The steps that approve an extension, by name (延期审批梯次).

    :raises ExtensionLadderError: for fewer than two, one twice, one unknown, or a last that confirms nothing.
    """
    steps = tuple(EXTENSION_STEPS[name] for name in names if name in EXTENSION_STEPS)
    is_whole = len(steps) == len(names) == len(set(names))
    if len(steps) < 2 or not is_whole or not steps[-1].confirms:
        raise ExtensionLadderError(names=", ".join(names), known=", ".join(EXTENSION_STEPS))
    return steps


@dataclass(frozen=True, slots=True)
class DeadlineFacts:
    """How a finding stands towards its deadline (期限情况).

    ``due``: the day in force; ``pending``: what a request that waits asks for; ``is_plan_waiting``: whether
    the plan with the finding, which says its day and nature, waits for approval.
    """

    due: date | None = None
    nature: Nature | None = None
    pending: DeadlineKind | None = None
    is_plan_waiting: bool = False
    is_suspended: bool = False


class DeadlinePendingError(NotAllowedNowError):
    """A request about the deadline waits already (已有在办期限申请): one at a time."""

    code = "deadline_pending"
    template: ClassVar[str] = msg(
        "You cannot %(action)s: the request for “%(kind)s” is not decided yet, and one waits at a time. "
        "Withdraw it or wait for the decision; nothing was changed."
    )


class NoDeadlineRequestError(NotAllowedNowError):
    """No request about the deadline waits (无在办期限申请)."""

    code = "no_deadline_request"
    template: ClassVar[str] = msg(
        "You cannot %(action)s: none waits for this finding. The page lists those that were decided; nothing "
        "was changed."
    )


class NoDeadlineError(NotAllowedNowError):
    """There is no deadline to move, or it is long-term already (无时限可延)."""

    code = "no_deadline"
    template: ClassVar[str] = msg(
        "This finding is kept at for the long term without a due date, so there is none to extend. Its next "
        "re-check is named when its stage is closed; nothing was changed."
    )
    long_term_template: ClassVar[str] = msg(
        "This finding is long-term already, so it cannot be asked for again. A due date that it has can be "
        "extended; nothing was changed."
    )
    unset_template: ClassVar[str] = msg(
        "The nature of this finding is not set, so it cannot become another. The office sets it first; "
        "nothing was changed."
    )


class DeadlinePlanWaitsError(NotAllowedNowError):
    """The plan that says the deadline waits for approval (方案待批)."""

    code = "deadline_plan_waits"
    template: ClassVar[str] = msg(
        "You cannot %(action)s while the plan with this finding waits for approval, because the plan says "
        "its due date and nature. Wait until the plan is decided; nothing was changed."
    )


class DueNotLaterError(InvalidError):
    """A new day that is no later one (新时限不晚于现行时限): ``due`` in force, ``on`` today."""

    code = "due_not_later"
    template: ClassVar[str] = msg(
        "The new due date %(new_due)s is not later than both the due date in force, %(due)s, and today, "
        "%(on)s. Give a later day; nothing was changed."
    )
    past_template: ClassVar[str] = msg(
        "The new due date %(new_due)s has passed while the request waited. Send it back, so that a later day "
        "is asked for; nothing was changed."
    )


class RecheckPastError(InvalidError):
    """A first re-check that is not to come (首次复查日期已过)."""

    code = "recheck_past"
    template: ClassVar[str] = msg(
        "The first re-check on %(recheck_on)s is not in the future; give a later day. Nothing was changed."
    )


class SuspendedError(NotAllowedNowError):
    """The work on the finding is suspended (已暂停)."""

    code = "suspended"
    template: ClassVar[str] = msg(
        "You cannot %(action)s while the work on this finding is suspended. The office or the leading group "
        "resumes it first; until then the deadline runs on and can be extended. Nothing was changed."
    )
    again_template: ClassVar[str] = msg(
        "The work on this finding is suspended already; resume it first. Nothing was changed."
    )


class NotSuspendedError(NotAllowedNowError):
    """The work on the finding is not suspended (未暂停)."""

    code = "not_suspended"
    template: ClassVar[str] = msg(
        "The work on this finding is not suspended, so there is nothing to resume. Nothing was changed."
    )


_ASKS: Final = frozenset({Action.EXTENSION_REQUEST, Action.LONG_TERM_REQUEST})
_DECIDES: Final = frozenset({Action.DEADLINE_SIGN, Action.DEADLINE_SEND_BACK, Action.DEADLINE_WITHDRAW})
# Work and closing rest while the work is suspended. What arranges, hinders or answers goes on: so does asking
# for more time, because the clock runs on.
RESTS: Final = frozenset(
    {
        Action.PROGRESS_REPORT,
        Action.TASK_REPORT,
        Action.MEASURE_COMPLETE,
        Action.CRITERION_JUDGE,
        Action.EVIDENCE_ADD,
        Action.EVIDENCE_WITHDRAW,
        Action.EVIDENCE_CARRY_OVER,
        Action.EVIDENCE_JUDGE,
        Action.REQUIREMENT_ANSWER,
        Action.REQUIREMENT_WAIVE,
        Action.OUTCOME_RECORD,
        Action.OUTCOME_WITHDRAW,
        Action.CLOSURE_REQUEST,
        Action.CLOSURE_SIGN,
        Action.SIGNATURE_RECORD,
        Action.SIGNATURE_CONFIRM,
    }
)


def check_deadline(action: Action, facts: DeadlineFacts) -> None:
    """Refuses what the deadline, a request about it or a suspension stands against (期限约束).

    :raises DeadlinePendingError: for asking while a request waits.
    :raises NoDeadlineError: for an extension of no day, or for long-term work that it is already.
    :raises DeadlinePlanWaitsError: for asking or approving while the plan waits that says the day.
    :raises NoDeadlineRequestError: for deciding where none waits.
    :raises SuspendedError: for work and closing while suspended, or suspending twice.
    :raises NotSuspendedError: for resuming what is not suspended.

    Source: DOMAIN §3 (suspension), §7 and §14 rule 4.
    """
    named = {"action": Message(ACTION_LABELS[action])}
    if facts.is_suspended and action in RESTS:
        raise SuspendedError(**named)
    if action is Action.SUSPENSION_BEGIN and facts.is_suspended:
        raise SuspendedError(SuspendedError.again_template)
    if action is Action.SUSPENSION_END and not facts.is_suspended:
        raise NotSuspendedError
    if action in _ASKS:
        _check_asking(action, facts)
    if action in _DECIDES and facts.pending is None:
        raise NoDeadlineRequestError(**named)
    if action in _ASKS | {Action.DEADLINE_SIGN} and facts.is_plan_waiting:
        raise DeadlinePlanWaitsError(**named)


def _check_asking(action: Action, facts: DeadlineFacts) -> None:
    if facts.pending is not None:
        raise DeadlinePendingError(
            action=Message(ACTION_LABELS[action]), kind=Message(DEADLINE_KIND_LABELS[facts.pending])
        )
    if action is Action.EXTENSION_REQUEST and facts.due is None:
        raise NoDeadlineError
    if action is Action.LONG_TERM_REQUEST and facts.nature is Nature.LONG_TERM:
        raise NoDeadlineError(NoDeadlineError.long_term_template)
    if action is Action.LONG_TERM_REQUEST and facts.nature is None:
        raise NoDeadlineError(NoDeadlineError.unset_template)


def check_due_later(new_due: date, due: date, on: date) -> None:
    """Refuses a new day that is no extension (延期日期校验).

    :raises DueNotLaterError: where it is not later than both the day in force and today.
    """
    if new_due <= max(due, on):
        raise DueNotLaterError(new_due=new_due.isoformat(), due=due.isoformat(), on=on.isoformat())


def check_due_to_come(new_due: date, on: date) -> None:
    """Refuses to grant a day that passed while the request waited (延期日期已过).

    :raises DueNotLaterError: where it lies before today.
    """
    if new_due < on:
        raise DueNotLaterError(DueNotLaterError.past_template, new_due=new_due.isoformat())


def check_recheck_ahead(recheck_on: date, on: date) -> None:
    """Refuses a first re-check that is not to come (首次复查日期校验).

    :raises RecheckPastError: where it is today or before.
    """
    if recheck_on <= on:
        raise RecheckPastError(recheck_on=recheck_on.isoformat())
