"""What the finding's page shows of its deadline (期限部分): every day it had, what is asked, who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.closing import RequestState
from zhenggai.domain.deadlines import is_asked_in_time
from zhenggai.domain.extending import DeadlineKind
from zhenggai.domain.ladder import next_step
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Stage
from zhenggai.domain.policy import Action
from zhenggai.ledger.deadlines import deadline_request_open, suspension_open
from zhenggai.web.finding_plan import Approval

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ASKS: Final = ("extension-request", "long-term-request")
_DECIDES: Final = ("deadline-sign", "deadline-send-back", "deadline-withdraw")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request about the deadline with whether it came too late, and its signatures."""

    row: Any
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits."""
        return bool(self.row.state == RequestState.OPEN)

    @property
    def is_extension(self) -> bool:
        """Whether it asks for another day."""
        return bool(self.row.kind == DeadlineKind.EXTENSION)


@dataclass(frozen=True)
class FindingDeadline:
    """How a finding stands towards its deadline."""

    finding: Any

    @property
    def requests(self) -> list[Asked]:
        """Everything that was asked, the newest first."""
        rows = reversed(self.finding.deadline_requests.all())
        return [Asked(row, not is_asked_in_time(row.asked_on, row.due_before)) for row in rows]

    @property
    def waiting(self) -> Asked | None:
        """The request that waits."""
        return next((each for each in self.requests if each.is_open), None)

    @property
    def ladder(self) -> list[Approval]:
        """The steps that decide on the request that waits, with the signatures that stand."""
        waiting = self.waiting
        if waiting is None:
            return []
        steps = self.finding.inspection.rules.extension_ladder
        signed = {each.step: each for each in waiting.row.signatures.all()}
        coming = next_step(steps, list(signed))
        return [Approval(step, signed.get(step.name), step == coming) for step in steps]

    @property
    def suspension(self) -> Any | None:
        """The suspension that lasts."""
        return suspension_open(self.finding)

    @property
    def past_suspensions(self) -> list[Any]:
        """Suspensions that ended, the newest first."""
        return [each for each in reversed(self.finding.suspensions.all()) if each.ended_at is not None]

    @property
    def measures_of_their_own(self) -> list[Any]:
        """Open measures with a day of their own, which no extension moves."""
        return [
            each
            for each in self.finding.measures.all()
            if each.due is not None and each.done_at is None and each.dropped_at is None
        ]

    @property
    def verbs(self) -> Sequence[str]:
        """What can be done about the deadline as things stand."""
        if Stage(self.finding.stage) in FINAL_STAGES:
            return ()
        if deadline_request_open(self.finding) is not None:
            return _DECIDES
        if self.finding.nature == Nature.LONG_TERM and self.finding.due is None:
            return ()
        return _ASKS

    @property
    def resting_verb(self) -> str:
        """Whether the work is suspended or resumed next."""
        return "suspension-end" if self.suspension else "suspension-begin"

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say: a finding that has no day yet says nothing."""
        return bool(self.finding.first_due or self.requests or self.finding.suspensions.all())


def _closing(finding: Any, _object_id: int | None) -> dict[str, Any]:
    """Goal and re-check of the first stage as its request named them; of a later one its goal."""
    if stages := list(finding.stage_starts.all()):
        return {"stage_goal": stages[-1].goal}
    granted = [
        each
        for each in finding.deadline_requests.all()
        if each.kind == DeadlineKind.LONG_TERM and each.state == RequestState.GRANTED
    ]
    return {"stage_goal": granted[-1].stage_goal, "recheck_on": granted[-1].recheck_on} if granted else {}


DEADLINE_STARTS: Final[dict[Action, Callable[[Any, int | None], dict[str, Any]]]] = {
    Action.CLOSURE_REQUEST: _closing
}
