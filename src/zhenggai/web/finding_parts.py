"""Parts of the finding's page (问题页的组成), as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zhenggai.domain.case import REQUIREMENT_LABELS, Requirement
from zhenggai.domain.ladder import step_shown

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.ladder import Step
    from zhenggai.domain.messages import Message
    from zhenggai.web.forms.finding import ActionForm
    from zhenggai.web.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Tried:
    """A refused try: which form, about which row, with what was typed, and the file that is kept."""

    verb: str
    object_id: int | None
    form: ActionForm
    refusal: Refusal
    kept_name: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion or a piece of evidence with its judgements; ``now`` is the one that counts.

    ``is_carried``: whether that was given in an earlier round.
    """

    row: Any
    judgements: tuple[Any, ...]
    now: Any | None
    is_live: bool = True
    may_carry: bool = False
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class PastRequest:
    """A request that was sent back or withdrawn, with the criteria that its return names."""

    row: Any
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature. ``factor_removed_at``: when somebody else last took the second factor away before it.

    ``acted_for``: for whom the signer acted (代理).
    """

    row: Any
    factor_removed_at: datetime | None = None
    acted_for: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder with its signatures; ``awaited`` names whose word it still waits for."""

    step: Step
    signatures: tuple[Signed, ...]
    is_next: bool
    is_done: bool = False
    awaited: tuple[str, ...] = ()

    @property
    def shown(self) -> Message:
        """The step in words."""
        return step_shown(self.step)


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement: whether it applies and how it is met in this round."""

    name: str
    required: bool | None
    answers: tuple[Any, ...]


def requirement_rows(finding: Any) -> list[RequirementRow]:
    """What must also be dealt with, of a loaded finding, and how it is answered in its round."""
    required = {
        Requirement.MONEY: finding.money_required,
        Requirement.PEOPLE: finding.people_required,
        Requirement.SIMILAR: True,
        Requirement.CAUSE: finding.cause_required,
    }
    answers = [each for each in finding.requirement_answers.all() if each.round == finding.round]
    return [
        RequirementRow(
            _(REQUIREMENT_LABELS[kind]),
            needed,
            tuple(each for each in answers if each.requirement == kind),
        )
        for kind, needed in required.items()
    ]
