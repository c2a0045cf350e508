"""What a gate answers (销号条件的结论): met, not applicable, or not met with what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from zhenggai.domain.actions import Action
    from zhenggai.domain.case import ClosureCase


class GateState(StrEnum):
    """How a gate stands (条件状态)."""

    MET = "met"
    NOT_APPLICABLE = "not_applicable"
    NOT_MET = "not_met"


GATE_STATE_LABELS: Final[dict[GateState, str]] = {
    GateState.MET: msg("met"),
    GateState.NOT_APPLICABLE: msg("not applicable"),
    GateState.NOT_MET: msg("not met"),
}


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate's answer (一项销号条件的结论).

    ``missing`` holds whole sentences, empty unless not met; ``evidence`` the ids that meet it; ``remedy`` the
    action that helps.
    """

    code: str
    title: Message
    state: GateState
    missing: tuple[Message, ...] = ()
    evidence: tuple[int, ...] = ()
    remedy: Action | None = None
    note: Message | None = field(default=None)


def is_independent(case: ClosureCase, person_id: int | None) -> bool:
    """Whether a judgement of this person counts (独立性): it is of somebody outside work and units."""
    return person_id is not None and person_id not in case.insider_ids and took_no_part(case, person_id)


def took_no_part(case: ClosureCase, person_id: int) -> bool:
    """Whether the person neither submits nor fixed (未经手)."""
    return person_id != case.submitter_id and person_id not in case.worker_ids


def gate_result(
    code: str,
    title: str,
    missing: list[Message],
    evidence: tuple[int, ...],
    remedy: Action,
) -> GateResult:
    """Met with its evidence, or not met with what is missing and the action that would meet it."""
    if missing:
        return GateResult(code, Message(title), GateState.NOT_MET, tuple(missing), (), remedy)
    return GateResult(code, Message(title), GateState.MET, evidence=evidence)
