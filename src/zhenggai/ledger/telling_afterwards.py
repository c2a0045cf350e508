"""Who is told of what happens after closing (销号后告知). Part of `zhenggai.ledger.telling`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.inbox.kinds import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.ledger.telling import Teller, Told

_REBOUNDED: Final = msg(
    "What was closed does not hold: the fault came back and is registered as %(number)s. Reason: %(reason)s"
)
_STAGE_BEGUN: Final = msg("The next stage begins, due on %(due)s. Its goal: %(goal)s")


def _rebounded(told: Told) -> Iterator[Any]:
    values = {"number": told.values["number"], "reason": told.values["reason"]}
    yield from _everybody(told, NoticeKind.SENT_BACK, Message(_REBOUNDED, values))


def _stage_begun(told: Told) -> Iterator[Any]:
    values = {"due": told.values["due"], "goal": told.values["stage_goal"]}
    yield from _everybody(told, NoticeKind.ASSIGNED, Message(_STAGE_BEGUN, values))


def _everybody(told: Told, kind: NoticeKind, message: Message) -> Iterator[Any]:
    """Leader, those who fixed and the office: the work is theirs again."""
    leader = told.still_see(told.finding.responsible_leader_id)
    for person_id in (*leader, *told.may(Action.CLOSURE_REQUEST), *told.may(Action.FINDING_ASSIGN)):
        yield person_id, kind, message


TELLERS_AFTERWARDS: Final[dict[LedgerEvent, Teller]] = {
    LedgerEvent.FINDING_REBOUNDED: _rebounded,
    LedgerEvent.STAGE_BEGUN: _stage_begun,
}
