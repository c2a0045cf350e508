"""The ladder of signatures on a closure (签批梯次), as data: it differs from place to place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.domain.actor import ROLE_LABELS, Role
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


# Source: DOMAIN §5; the default is the shortest ladder on which the rules there can hold.
DEFAULT_LADDER: Final = (
    Step("responsible_leader", Role.RESPONSIBLE_LEADER, Scope.OWN),
    Step("office_clerk", Role.OFFICE_CLERK, Scope.SUBJECT, confirms=True),
)


def next_step(ladder: Sequence[Step], signed: Sequence[str]) -> Step | None:
    """The first step without a signature (下一签批步骤); ``None`` when all have signed."""
    return next((step for step in ladder if step.name not in signed), None)
