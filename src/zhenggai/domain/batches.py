"""Doing one thing to many findings (批量办理): what can be done so, and how far it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg

CHOSEN_MOST: Final = 10_000
"""Findings that one goes with; more are narrowed and taken in parts."""
AT_ONCE_MOST: Final = 200
"""Findings for which the person waits; with more a job does it."""


class ManyAction(StrEnum):
    """What is done to each of the findings chosen (批量操作)."""

    ASSIGN = "assign"
    CLASSIFY = "classify"
    DUE = "due"
    HAND_OVER = "hand_over"
    ACCEPT = "accept"
    MEASURE = "measure"
    CRITERION = "criterion"
    COMMENT = "comment"


MANY_LABELS: Final[dict[ManyAction, str]] = {
    ManyAction.ASSIGN: msg("Assign"),
    ManyAction.CLASSIFY: msg("Set nature and requirements"),
    ManyAction.DUE: msg("Set or extend the deadline"),
    ManyAction.HAND_OVER: msg("Hand over to another leader"),
    ManyAction.ACCEPT: msg("Accept"),
    ManyAction.MEASURE: msg("Add a measure"),
    ManyAction.CRITERION: msg("Add an acceptance criterion"),
    ManyAction.COMMENT: msg("Write a comment"),
}


class BatchState(StrEnum):
    """How far it is (批量办理进度): chosen, being tried, tried, being done, done."""

    CHOSEN = "chosen"
    TRYING = "trying"
    TRIED = "tried"
    DOING = "doing"
    DONE = "done"


BATCH_LABELS: Final[dict[BatchState, str]] = {
    BatchState.CHOSEN: msg("no action chosen yet"),
    BatchState.TRYING: msg("being looked at"),
    BatchState.TRIED: msg("waits for your word"),
    BatchState.DOING: msg("being done"),
    BatchState.DONE: msg("gone through"),
}


class RowState(StrEnum):
    """How it stands with one of them (明细状态).

    After the trial it is ``ready`` or ``barred``; then ``done``, ``refused``, or ``changed`` meanwhile.
    """

    WAITING = "waiting"
    READY = "ready"
    BARRED = "barred"
    DONE = "done"
    REFUSED = "refused"
    CHANGED = "changed"


ROW_LABELS: Final[dict[RowState, str]] = {
    RowState.WAITING: msg("yet to be looked at"),
    RowState.READY: msg("can be done"),
    RowState.BARRED: msg("cannot be done"),
    RowState.DONE: msg("carried out"),
    RowState.REFUSED: msg("turned down"),
    RowState.CHANGED: msg("changed meanwhile"),
}
