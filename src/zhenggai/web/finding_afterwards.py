"""What the finding's page shows of what came after closing (问题页：销号之后)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.policy import Action
from zhenggai.domain.rechecking import REBOUND_GROUND_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

GROUNDS: Final = dict(REBOUND_GROUND_LABELS)
_OFFERED: Final = (Action.RECHECK_RECORD, Action.STAGE_BEGIN, Action.RECHECK_SET, Action.FINDING_REBOUND)


@dataclass(frozen=True, slots=True)
class FindingAfterwards:
    """Re-checks, stages, origin and successors of one finding. ``family`` are the others the reader sees."""

    finding: Any
    on: date
    family: Sequence[Any] = ()

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show: it is closed, was closed for a stage, or came back."""
        row = self.finding
        return row.stage in FINAL_STAGES or bool(row.closures.all()) or row.origin_id is not None

    @property
    def is_closed(self) -> bool:
        """Whether the finding is closed, for good or for its stage."""
        return self.finding.stage in FINAL_STAGES

    @property
    def due_on(self) -> date | None:
        """By which day it is to be re-checked."""
        days = [each.due_on for each in self.finding.recheck_dates.all() if each.ended_at is None]
        return days[0] if days else None

    @property
    def days_late(self) -> int:
        """For how many days the re-check is overdue."""
        return max(0, (self.on - self.due_on).days) if self.due_on else 0

    @property
    def origin(self) -> Any | None:
        """The finding whose fault came back, where the reader sees it."""
        return next((each for each in self.family if each.pk == self.finding.origin_id), None)

    @property
    def rebound(self) -> Any | None:
        """Why this finding was registered, where it is a successor."""
        return next(iter(self.finding.rebounds.all()), None)

    @property
    def successors(self) -> list[Any]:
        """Successors of the finding, or beside it of the same origin."""
        return [each for each in self.family if each.origin_id is not None]

    @property
    def is_back(self) -> bool:
        """Whether the fault has come back and a successor is open; also one that the reader does not see."""
        return any(each.stage not in FINAL_STAGES for each in self.finding.successors.all())

    @property
    def stages(self) -> list[tuple[Any, Any | None]]:
        """Closings of long-term work, each with the stage that it closed, where that was begun here."""
        begun = {each.round: each for each in self.finding.stage_starts.all()}
        first = 1
        found = []
        for closure in self.finding.closures.all():
            found.append((closure, begun.get(first)))
            first = closure.round + 1
        return found if self.finding.stage == Stage.STAGE_CLOSED or begun else []

    @property
    def stage_now(self) -> Any | None:
        """The stage that is being worked on, where it is not the first."""
        begun = list(self.finding.stage_starts.all())
        return begun[-1] if begun and not self.is_closed else None

    @property
    def verbs(self) -> list[str]:
        """What can be done, as things stand."""
        if not self.is_closed:
            return []
        return [
            each.value.replace(".", "-").replace("_", "-")
            for each in _OFFERED
            if each is not Action.STAGE_BEGIN or self.finding.stage == Stage.STAGE_CLOSED
        ]
