"""What editing a cell of the ledger list is (台账单元格编辑): setting a field, or asking as the rules say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, Verdict
from zhenggai.domain.restating import BAR_SENTENCES, Part, bar_of
from zhenggai.ledger.deadlines import DEADLINES_LISTED
from zhenggai.ledger.errors import FindingNotFoundError
from zhenggai.ledger.facts import planning_of
from zhenggai.ledger.models import Finding
from zhenggai.ledger.selectors import finding_actions
from zhenggai.ledger.visibility import findings_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.planning import Planning


class Cell(StrEnum):
    """A cell that people set (可填单元格)."""

    UNIT = "unit"
    LEADER = "leader"
    SUPPORTING = "supporting"
    DUE = "due"
    NATURE = "nature"
    REQUIREMENTS = "requirements"


POSSIBLE: Final[dict[Cell, tuple[Action, ...]]] = {
    Cell.UNIT: (Action.FINDING_ASSIGN, Action.FINDING_TRANSFER),
    Cell.LEADER: (Action.FINDING_ASSIGN, Action.FINDING_HAND_OVER),
    Cell.SUPPORTING: (Action.FINDING_ASSIGN,),
    Cell.DUE: (Action.FINDING_ASSIGN, Action.EXTENSION_REQUEST),
    Cell.NATURE: (Action.FINDING_CLASSIFY, Action.LONG_TERM_REQUEST),
    Cell.REQUIREMENTS: (Action.FINDING_CLASSIFY,),
}
"""What a cell's edit can be, whatever the finding: who may do none of it is offered no editor."""
_WORDS: Final[dict[str, Part]] = {
    "number": Part.NUMBER,
    "title": Part.TITLE,
    "theme": Part.THEME,
    "group": Part.THEME,
}
_WORDS_FREE: Final = msg(
    "These are the words of the document. Take its corrected version in with “Import a document”: every "
    "difference is shown, and you choose which are taken."
)
_STATED: Final = msg("This is what the document says, and a later document changes it; nobody types it here.")
_WORKED_OUT: Final = msg(
    "This follows from what happened to the finding, and nobody types it; the finding's page has what can be "
    "done."
)
_NOT_TAKEN_ON: Final = frozenset({Stage.REGISTERED, Stage.ASSIGNED})


@dataclass(frozen=True, slots=True)
class CellWay:
    """What editing a cell of one finding is for one person.

    ``action``: what is done, none where nobody ever types into the column; ``verdict``: whether, and why not;
    ``note``: in what it differs from changing a field.
    """

    action: Action | None
    verdict: Verdict
    note: Message | None = None


def cell_way(actor: Actor, finding: Finding, column: str) -> CellWay:
    """What the edit of a cell of a finding from `finding_get` would be now (单元格编辑方式)."""
    if column not in set(Cell):
        return CellWay(None, Verdict(allowed=False, reason=_why_nobody(finding, column)))
    planning = planning_of(finding)
    verdicts = dict(finding_actions(actor, finding))
    asked = _asked(finding, Cell(column), planning)
    action = next((each for each in asked if verdicts[each].allowed), asked[0])
    return CellWay(action, verdicts[action], _note(action, finding, planning))


def finding_listed(actor: Actor, finding_id: int, related: Sequence[str] = ()) -> Finding:
    """One finding as a row of its list; ``related`` is what chosen columns show besides.

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    """
    rows = Finding.objects.filter(findings_shown(actor), pk=finding_id)
    rows = rows.select_related("theme", "group", "lead_unit", "responsible_leader")
    finding = next(iter(rows.prefetch_related(*DEADLINES_LISTED, *related).order_by()), None)
    if finding is None:
        raise FindingNotFoundError
    return finding


def _asked(finding: Finding, cell: Cell, planning: Planning) -> tuple[Action, ...]:
    is_registered = finding.stage == Stage.REGISTERED
    if cell is Cell.UNIT:
        return (Action.FINDING_ASSIGN,) if is_registered else POSSIBLE[cell]
    if cell is Cell.LEADER:
        # another leader for the same work: the unit need not accept anew
        has_leader = finding.responsible_leader_id is not None and not is_registered
        return (Action.FINDING_HAND_OVER,) if has_leader else (Action.FINDING_ASSIGN,)
    if cell is Cell.DUE:
        is_set = finding.first_due is not None or (finding.nature == Nature.LONG_TERM and not is_registered)
        return (Action.EXTENSION_REQUEST,) if is_set else (Action.FINDING_ASSIGN,)
    if cell is Cell.NATURE and finding.nature:
        is_free = finding.stage in _NOT_TAKEN_ON and not planning.is_fixed
        return (Action.FINDING_CLASSIFY,) if is_free else (Action.LONG_TERM_REQUEST,)
    return (POSSIBLE[cell][0],)


def _note(action: Action, finding: Finding, planning: Planning) -> Message | None:
    """What somebody who expects to change a field is told."""
    if action is Action.FINDING_ASSIGN and finding.stage not in _NOT_TAKEN_ON:
        return Message(_NOTES_PLANNED[action] if planning.is_approved else _ACCEPTS_ANEW)
    notes = _NOTES_PLANNED if planning.is_approved else _NOTES
    return Message(notes[action]) if action in notes else None


def _why_nobody(finding: Finding, column: str) -> Message:
    if column == "stated":
        return Message(_STATED)
    if column not in _WORDS:
        return Message(_WORKED_OUT)
    is_judged = any(each.judgements.all() for each in finding.criteria.all()) or any(
        each.judgements.all() for each in finding.evidence.all()
    )
    bar = bar_of(
        _WORDS[column],
        stage=Stage(finding.stage),
        planning=planning_of(finding),
        is_rebound=finding.origin_id is not None,
        is_judged=is_judged,
    )
    return Message(_WORDS_FREE if bar is None else BAR_SENTENCES[bar])


_ACCEPTS_ANEW: Final = msg(
    "The unit has taken the finding on. Assigned anew it waits until the unit accepts again."
)
_NOTES: Final[dict[Action, str]] = {
    Action.FINDING_TRANSFER: msg(
        "This asks the office to give the finding to another unit; the finding goes back to it for that."
    ),
    Action.EXTENSION_REQUEST: msg(
        "A due date once set changes only by a request that is approved: this asks for an extension."
    ),
    Action.LONG_TERM_REQUEST: msg(
        "The unit has taken the finding on with this nature: this asks for long-term rectification."
    ),
}
_NOTES_PLANNED: Final[dict[Action, str]] = {
    Action.FINDING_ASSIGN: msg(
        "The plan is approved: this assigns the finding anew, and the unit accepts again. What the plan says "
        "of measures and criteria stays."
    ),
    Action.FINDING_HAND_OVER: msg(
        "The plan is approved: this hands the finding over to another leader. Stage, dates and signatures "
        "stay."
    ),
    Action.FINDING_TRANSFER: msg(
        "The plan is approved: this asks the office to give the finding to another unit."
    ),
    Action.EXTENSION_REQUEST: msg(
        "The plan is approved: this asks for an extension. The due date stands until then."
    ),
    Action.LONG_TERM_REQUEST: msg(
        "The plan is approved: this asks for long-term rectification. The nature stands until then."
    ),
}
