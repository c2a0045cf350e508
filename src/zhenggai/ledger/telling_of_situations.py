"""Who is told of new situations (新情况消息): those with whom they wait. Part of `ledger.telling`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.situations import LEVEL_LABELS, Level
from zhenggai.inbox.kinds import NoticeKind
from zhenggai.ledger.answer_days import answer_day
from zhenggai.ledger.facts import facts_of
from zhenggai.ledger.situations_at import people_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zhenggai.ledger.models import Situation
    from zhenggai.ledger.telling import Told

    Teller = Callable[[Told], Iterator[tuple[int, NoticeKind, Message]]]


def _all(ids: Iterable[int], template: str, /, **values: Any) -> Iterator[Any]:
    for person_id in ids:
        yield person_id, NoticeKind.SITUATION, Message(template, values)


def _situation(told: Told) -> Situation:
    return next(each for each in told.finding.situations.all() if each.pk == told.values["situation_id"])


def _waits(told: Told) -> Iterator[Any]:
    """Those at the level it has come to; whoever raised it learns that it was passed up."""
    row = _situation(told)
    level = Level(told.values["level"])
    people = people_at(level, facts_of(told.finding, row.raised_by_id), told.on)
    due = answer_day(row, told.finding.inspection.rules).isoformat()
    yield from _all([each.person_id for each in people], _WAITS, due=due)
    if "analysis" in told.values:
        raiser = told.still_see(row.raised_by_id)
        yield from _all(raiser, _PASSED_UP, level=Message(LEVEL_LABELS[level]))


def _answered(told: Told) -> Iterator[Any]:
    """Whoever raised it, and those who passed it up."""
    row = _situation(told)
    yield from _all(told.still_see(row.raised_by_id), _ANSWERED)
    passed = [each.by_id for each in row.steps.all() if each.by_id != row.raised_by_id]
    yield from _all(told.still_see(*passed), _ANSWERED_ABOVE)


_WAITS: Final = msg("A new situation waits with you; it is to be answered by %(due)s, or passed up.")
_PASSED_UP: Final = msg("The new situation that you raised is passed up; it waits with: %(level)s.")
_ANSWERED: Final = msg("The new situation that you raised is answered.")
_ANSWERED_ABOVE: Final = msg("The new situation that you passed up is answered.")

SITUATION_TELLERS: Final[dict[LedgerEvent, Teller]] = {
    LedgerEvent.SITUATION_RAISED: _waits,
    LedgerEvent.SITUATION_PASSED_UP: _waits,
    LedgerEvent.SITUATION_ANSWERED: _answered,
}
