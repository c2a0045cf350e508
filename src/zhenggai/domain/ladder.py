"""The ladder of signatures on a closure (签批梯次), as data: it differs from place to place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.grants import Scope
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.sentences import listing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


class StepKind(StrEnum):
    """How a step is signed (签批方式).

    ``one`` person; ``all`` of several people, or one of each of several bodies, in any order; a ``quorum`` of
    several; ``collective``: the decision of a meeting, by its minutes.
    """

    ONE = "one"
    ALL = "all"
    QUORUM = "quorum"
    COLLECTIVE = "collective"


STEP_KIND_LABELS: Final[dict[StepKind, str]] = {
    StepKind.ONE: msg("one person signs"),
    StepKind.ALL: msg("all of them sign"),
    StepKind.QUORUM: msg("so many of them sign"),
    StepKind.COLLECTIVE: msg("a meeting decides, by its minutes"),
}


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a joint review (联合审核单位); ``name`` as it was when the rules were made."""

    organisation_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step (一级签批): who signs, and how; ``confirms`` where the body must not be the one that fixed.

    ``kinds``: how it can be signed, the first where nothing else is said. ``count``: signatures that a quorum
    takes. ``bodies``: each signs by a person of its own.
    """

    name: str
    role: Role
    scope: Scope
    confirms: bool = False
    kinds: tuple[StepKind, ...] = (StepKind.ONE,)
    kind: StepKind = StepKind.ONE
    count: int = 1
    bodies: tuple[Body, ...] = ()

    @property
    def label(self) -> str:
        """The msgid under which the step is shown."""
        return _LABELS.get(self.name) or ROLE_LABELS[self.role]

    @property
    def is_personal(self) -> bool:
        """Whether one person's signature is enough, as everywhere plans are approved."""
        return self.kinds[0] is StepKind.ONE

    @property
    def calls(self) -> bool:
        """Whether those who are to sign it are named when closure is requested (须点名)."""
        return self.kind is StepKind.QUORUM or (self.kind is StepKind.ALL and not self.bodies)

    @property
    def needed(self) -> int:
        """How many signatures it takes at least; of ``all`` those called, every one of them."""
        if self.kind is StepKind.QUORUM:
            return self.count
        return max(1, len(self.bodies))


_SEVERAL: Final = (StepKind.ONE, StepKind.ALL, StepKind.QUORUM, StepKind.COLLECTIVE)
_STEPS: Final = (
    # for the unit that fixed, so it confirms nothing
    Step("unit_head", Role.UNIT_HEAD, Scope.UNIT),
    Step("responsible_leader", Role.RESPONSIBLE_LEADER, Scope.OWN),
    Step("verifier", Role.VERIFIER, Scope.SUBJECT, confirms=True, kinds=_SEVERAL),
    Step("office_clerk", Role.OFFICE_CLERK, Scope.SUBJECT, confirms=True, kinds=_SEVERAL),
    Step("leading_group", Role.LEADING_GROUP, Scope.SUBJECT, confirms=True, kinds=_SEVERAL),
    Step(
        "party_committee",
        Role.LEADING_GROUP,
        Scope.SUBJECT,
        confirms=True,
        kinds=(StepKind.COLLECTIVE, StepKind.QUORUM),
        kind=StepKind.COLLECTIVE,
    ),
    Step("inspector", Role.INSPECTOR, Scope.INSPECTOR, confirms=True, kinds=_SEVERAL),
    Step(
        "joint_review",
        Role.INSPECTOR,
        Scope.REVIEW,
        confirms=True,
        kinds=(StepKind.ALL,),
        kind=StepKind.ALL,
    ),
)
STEPS: Final[dict[str, Step]] = {step.name: step for step in _STEPS}
_LABELS: Final = {
    "party_committee": msg("party committee"),
    "joint_review": msg("joint review"),
}
# Steps that approve a plan: each is one person's.
PLAN_STEPS: Final = {name: step for name, step in STEPS.items() if step.confirms and step.is_personal}

# Source: DOMAIN §5; the shortest ladder on which the rules there can hold.
DEFAULT_LADDER: Final = (STEPS["responsible_leader"], STEPS["office_clerk"])


class LadderError(InvalidError):
    """A ladder on which the rules of closing could not hold (签批梯次无效)."""

    code = "ladder"
    template: ClassVar[str] = msg(
        "A ladder of signatures needs at least two different known steps, the last of which confirms for a "
        "body that did not fix; “%(names)s” is no such ladder. Known steps: %(known)s."
    )


def ladder_of(names: Sequence[str] | None) -> tuple[Step, ...]:
    """The ladder by the names of its steps (签批梯次); the default where none are named.

    :raises LadderError: for fewer than two steps, one twice or unknown, a last one that does not confirm.
    """
    if names is None:
        return DEFAULT_LADDER
    steps = tuple(STEPS[name] for name in names if name in STEPS)
    if len(steps) < 2 or len(set(names)) != len(names) or len(steps) != len(names) or not steps[-1].confirms:
        raise LadderError(names=", ".join(names), known=", ".join(STEPS))
    return steps


def step_shown(step: Step) -> Message:
    """A step in words (签批步骤说明): its name, and how it is signed where not by one person."""
    name = Message(step.label)
    if step.bodies:
        bodies = listing([Message("%(value)s", {"value": each.name}) for each in step.bodies])
        return Message(msg("%(step)s (%(bodies)s)"), {"step": name, "bodies": bodies})
    if step.kind is StepKind.QUORUM:
        return Message(msg("%(step)s (%(count)s of them sign)"), {"step": name, "count": step.count})
    if step.kind is StepKind.ONE:
        return name
    return Message(msg("%(step)s (%(how)s)"), {"step": name, "how": Message(STEP_KIND_LABELS[step.kind])})


@dataclass(frozen=True, slots=True)
class Given:
    """A signature that counts (有效签批): at which step, by whom, for which body, acting for whom (代)."""

    step: str
    person_id: int
    body_id: int | None = None
    acting_for_id: int | None = None


def signers(given: Iterable[Given]) -> frozenset[int]:
    """Everybody whose word has been given (已签批人员): who signed, and for whom somebody acting did."""
    known = tuple(given)
    acted_for = {each.acting_for_id for each in known if each.acting_for_id is not None}
    return frozenset({each.person_id for each in known} | acted_for)


def is_signed(step: Step, given: Sequence[Given], called: Collection[int] = ()) -> bool:
    """Whether a step has all its signatures (该步是否签齐); ``called``: who was called to sign it.

    Of ``all`` whoever was called counts as heard who signed this step or another one: nobody signs two.
    """
    mine = [each for each in given if each.step == step.name]
    if step.bodies:
        return {each.organisation_id for each in step.bodies} <= {each.body_id for each in mine}
    if len(mine) < step.needed:
        return False
    return step.kind is not StepKind.ALL or signers(given) >= set(called)


def bodies_open(step: Step, given: Sequence[Given]) -> tuple[Body, ...]:
    """The bodies that have not signed a step yet (未签单位)."""
    signed = {each.body_id for each in given if each.step == step.name}
    return tuple(each for each in step.bodies if each.organisation_id not in signed)


def next_step(ladder: Sequence[Step], signed: Sequence[str]) -> Step | None:
    """The first step without a signature (下一签批步骤); ``None`` when all have signed.

    For ladders on which every step is one person's.
    """
    return next((step for step in ladder if step.name not in signed), None)
