"""What the guided set-up of an inspection looks at, and what it says (启动引导的事实与步骤)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from zhenggai.domain.actions import Action
    from zhenggai.domain.actor import Role
    from zhenggai.domain.messages import Message
    from zhenggai.domain.planning import PlanState


class SetupStep(StrEnum):
    """A step of the set-up (启动步骤), in their order; the last two are what the steps rest on."""

    UPLOAD = "upload"
    CONFIRM = "confirm"
    ASSIGN = "assign"
    DATES = "dates"
    GO = "go"
    INSPECTION = "inspection"
    PEOPLE = "people"


SETUP_STEP_LABELS: Final[dict[SetupStep, str]] = {
    SetupStep.UPLOAD: msg("Upload the feedback"),
    SetupStep.CONFIRM: msg("Confirm what was read"),
    SetupStep.ASSIGN: msg("Assign leader and unit"),
    SetupStep.DATES: msg("Set dates and measures"),
    SetupStep.GO: msg("Approve the plan and go"),
    SetupStep.INSPECTION: msg("The inspection"),
    SetupStep.PEOPLE: msg("Leading group and people"),
}


class StepState(StrEnum):
    """How a step stands (步骤状态); ``later``: what it builds on is not there yet."""

    DONE = "done"
    OPEN = "open"
    LATER = "later"


STEP_STATE_LABELS: Final[dict[StepState, str]] = {
    StepState.DONE: msg("finished"),
    StepState.OPEN: msg("to do"),
    StepState.LATER: msg("comes later"),
}


class Standing(StrEnum):
    """What a sentence tells (事项状态); ``told``: good to know, and nothing waits for it."""

    DONE = "done"
    MISSING = "missing"
    TOLD = "told"


STANDING_LABELS: Final[dict[Standing, str]] = {
    Standing.DONE: msg("in place"),
    Standing.MISSING: msg("missing"),
    Standing.TOLD: msg("to know"),
}


class Turn(StrEnum):
    """Whose turn it is (轮到谁)."""

    NOBODY = "nobody"
    OFFICE = "office"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    APPROVER = "approver"


class Way(StrEnum):
    """Where a step is done (办理入口)."""

    LEDGER = "ledger"
    ROUNDS = "rounds"
    GROUPS = "groups"
    UPLOAD = "upload"
    INTAKE = "intake"
    DRAFT = "draft"
    READING = "reading"
    PLANNING = "planning"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of one of the ladders, by its msgid, and the names of those who can sign it today (可签批人)."""

    label: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """How a leading group stands on a day (领导小组情况); names are empty where nobody has the place."""

    name: str
    organisation: str
    head: str = ""
    is_head_confirmed: bool = False
    office: str = ""
    office_head: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """What findings lack for their plan (缺项): how many do, and the first of them in their order."""

    what: str
    action: Action
    count: int
    finding_id: int


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """How the plan submitted last stands (方案情况); ``next_role`` signs next, None once it is decided."""

    number: int
    state: PlanState
    next_role: Role | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """What the steps are derived from (启动情况); findings are counted as far as the reader sees them.

    Of ``findings`` ``planned`` stand in an approved plan, and ``to_plan`` in none that stands; ``uncovered``
    of those lack something. ``units`` are the units of the subject, ``overseen`` those with a leader.
    """

    has_feedback_day: bool = False
    has_inspecting_body: bool = False
    has_round: bool = False
    group: GroupStanding | None = None
    rungs: tuple[Rung, ...] = ()
    units: int = 0
    overseen: int = 0
    documents: int = 0
    drafts: int = 0
    being_read: int = 0
    findings: int = 0
    is_plan_required: bool = False
    planned: int = 0
    to_plan: int = 0
    uncovered: int = 0
    lacks: tuple[Lack, ...] = ()
    plan: PlanStanding | None = None
    to_accept: int = 0
    working: int = 0
    requested: int = 0
    closed: int = 0

    @property
    def awaited(self) -> Role | None:
        """Whose signature the plan waits for."""
        return self.plan.next_role if self.plan else None


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of a step; ``names`` are people, ``finding_id`` and ``action`` where it is put right."""

    standing: Standing
    sentence: Message
    names: tuple[str, ...] = ()
    finding_id: int | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its sentences, whose turn it is, and the way to the page that does it."""

    step: SetupStep
    state: StepState
    points: tuple[Point, ...]
    turn: Turn
    turn_said: Message
    way: Way
