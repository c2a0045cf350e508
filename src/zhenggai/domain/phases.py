"""Where the work on a whole inspection stands (整改阶段), for whoever looks after many of them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.planning import PlanState

if TYPE_CHECKING:
    from datetime import date


class Phase(StrEnum):
    """Where the work on an inspection stands, in its order (整改阶段)."""

    NO_FINDINGS = "no_findings"
    PLANNING = "planning"
    PLAN_WAITS = "plan_waits"
    CONCENTRATED = "concentrated"
    SUSTAINED = "sustained"
    TO_EVALUATE = "to_evaluate"
    EVALUATED = "evaluated"


PHASE_LABELS: Final[dict[Phase, str]] = {
    Phase.NO_FINDINGS: msg("no findings yet"),
    Phase.PLANNING: msg("plan is being made"),
    Phase.PLAN_WAITS: msg("plan waits for approval"),
    Phase.CONCENTRATED: msg("concentrated work"),
    Phase.SUSTAINED: msg("work goes on"),
    Phase.TO_EVALUATE: msg("to be evaluated"),
    Phase.EVALUATED: msg("evaluated"),
}


def phase_of(
    *,
    findings: int,
    open_findings: int,
    plan_required: bool,
    plan_state: PlanState | None,
    concentrated_until: date | None,
    on: date,
    is_evaluated: bool,
) -> Phase:
    """Where the work stands on a day (整改阶段判定).

    ``plan_state``: of the latest plan. ``is_evaluated``: since the last finding was closed. Findings that are
    open count more than an evaluation: what came back is worked on again.
    """
    if not findings:
        return Phase.NO_FINDINGS
    if not open_findings:
        return Phase.EVALUATED if is_evaluated else Phase.TO_EVALUATE
    if plan_state is PlanState.SUBMITTED:
        return Phase.PLAN_WAITS
    if plan_required and plan_state is not PlanState.APPROVED:
        return Phase.PLANNING
    if concentrated_until is not None and on > concentrated_until:
        return Phase.SUSTAINED
    return Phase.CONCENTRATED
