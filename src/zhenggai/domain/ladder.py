"""The ladder of signatures on a closure (签批梯次), as data: it differs from place to place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Step:
    """One signature (一级签批): who signs; ``confirms`` where the body must not be the one that fixed."""

    name: str
    role: Role
    scope: Scope
    confirms: bool = False

    @property
    def label(self) -> str:
        """The msgid under which the step is shown."""
        return ROLE_LABELS[self.role]


_STEPS: Final = (
    Step("responsible_leader", Role.RESPONSIBLE_LEADER, Scope.OWN),
    Step("verifier", Role.VERIFIER, Scope.SUBJECT, confirms=True),
    Step("office_clerk", Role.OFFICE_CLERK, Scope.SUBJECT, confirms=True),
    Step("leading_group", Role.LEADING_GROUP, Scope.SUBJECT, confirms=True),
    Step("inspector", Role.INSPECTOR, Scope.INSPECTOR, confirms=True),
)
STEPS: Final[dict[str, Step]] = {step.name: step for step in _STEPS}

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


def next_step(ladder: Sequence[Step], signed: Sequence[str]) -> Step | None:
    """The first step without a signature (下一签批步骤); ``None`` when all have signed."""
    return next((step for step in ladder if step.name not in signed), None)
