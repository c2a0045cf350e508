"""What the finding's page shows of its plan (问题页的方案部分), and how the forms about it begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from zhenggai.domain.ladder import next_step
from zhenggai.domain.planning import PlanState
from zhenggai.domain.policy import Action
from zhenggai.web.finding_actions import ACTIONS, verb_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.domain.ladder import Step
    from zhenggai.domain.profiles import Profile


@dataclass(frozen=True, slots=True)
class Approval:
    """One step of an approval with its signature, if it has one."""

    step: Step
    signature: Any | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class Amending:
    """An amendment in words: what it adds and drops, who signed."""

    row: Any
    measures: tuple[str, ...]
    criteria: tuple[str, ...]
    dropped_measures: tuple[str, ...]
    dropped_criteria: tuple[str, ...]
    due: str


def approvals(rules: Profile, row: Any) -> list[Approval]:
    """The steps that approve a plan or an amendment, with the signatures that stand."""
    steps = rules.plan_ladder
    signed = {each.step: each for each in row.signatures.all()}
    coming = next_step(steps, list(signed)) if row.state == PlanState.SUBMITTED else None
    return [Approval(step, signed.get(step.name), step == coming) for step in steps]


def remedy_of(finding_id: int, action: Action) -> tuple[str, Any]:
    """Where a finding is given what it lacks: the action's address on its page, and its name."""
    act = ACTIONS[verb_of(action)]
    return f"{reverse('finding', args=[finding_id])}#{act.verb}", act.name


def open_tasks(measure: Any) -> list[Any]:
    """The parts of a measure that are not reported yet."""
    return [each for each in measure.tasks.all() if each.done_at is None and each.dropped_at is None]


@dataclass(frozen=True)
class FindingPlan:
    """How a finding stands towards its plan."""

    finding: Any

    @property
    def row(self) -> Any | None:
        """The plan that was submitted last with the finding."""
        return self.finding.plan

    @property
    def is_required(self) -> bool:
        """Whether work counts only under an approved plan."""
        return bool(self.finding.inspection.plan_required)

    @property
    def is_approved(self) -> bool:
        """Whether the finding stands in an approved plan."""
        return self.row is not None and self.row.state == PlanState.APPROVED

    @property
    def amendments(self) -> list[Amending]:
        """Every amendment, the newest first."""
        return [self._amending(each) for each in reversed(self.finding.amendments.all())]

    @property
    def waiting(self) -> Amending | None:
        """The amendment that waits for approval."""
        return next((each for each in self.amendments if each.row.state == PlanState.SUBMITTED), None)

    @property
    def ladder(self) -> list[Approval]:
        """The steps that approve the amendment that waits."""
        waiting = self.waiting
        return approvals(self.finding.inspection.rules, waiting.row) if waiting else []

    def _amending(self, row: Any) -> Amending:
        measures = {each.pk: each.text for each in self.finding.measures.all()}
        criteria = {each.pk: each.text for each in self.finding.criteria.all()}
        said = row.content
        return Amending(
            row,
            measures=tuple(said["measures"]),
            criteria=tuple(said["criteria"]),
            dropped_measures=tuple(measures[pk] for pk in said["drop_measures"]),
            dropped_criteria=tuple(criteria[pk] for pk in said["drop_criteria"]),
            due=said["due"] or "",
        )


def _weighing(finding: Any, _object_id: int | None) -> dict[str, Any]:
    names = ("emphasis", "key_area", "money_to_recover", "people_to_deal_with", "systemic_cause")
    return {name: getattr(finding, name) for name in names}


def _arranging(finding: Any, object_id: int | None) -> dict[str, Any]:
    for measure in finding.measures.all():
        if measure.pk == object_id:
            return {
                "leader_id": measure.leader_id,
                "due": measure.due,
                "requirement": measure.requirement,
                "unit_ids": [each.unit_id for each in measure.tasks.all() if each.dropped_at is None],
            }
    return {}


PLANNED_STARTS: Final[dict[Action, Callable[[Any, int | None], dict[str, Any]]]] = {
    Action.FINDING_WEIGH: _weighing,
    Action.MEASURE_ARRANGE: _arranging,
}
