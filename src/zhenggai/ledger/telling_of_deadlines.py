"""Who is told of requests about the deadline and of suspensions (期限消息). Part of `ledger.telling`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.extending import DEADLINE_KIND_LABELS, DeadlineKind
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.inbox.kinds import NoticeKind
from zhenggai.ledger.deadlines import deadline_request_open, deadline_step_next

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zhenggai.ledger.telling import Told

    Teller = Callable[[Told], Iterator[tuple[int, NoticeKind, Message]]]


def _all(ids: Iterable[int], kind: NoticeKind, template: str, /, **values: Any) -> Iterator[Any]:
    for person_id in ids:
        yield person_id, kind, Message(template, values)


def _to_sign(told: Told) -> Iterator[Any]:
    """Whoever decides next; nobody once it is decided."""
    request, step = deadline_request_open(told.finding), deadline_step_next(told.finding)
    if request is None or step is None:
        return
    signers = told.may(Action.DEADLINE_SIGN)
    role = Message(step.label)
    if request.new_due is not None:
        values = {"role": role, "due": request.new_due.isoformat()}
        yield from _all(signers, NoticeKind.TO_SIGN, _EXTENSION_TO_SIGN, **values)
    else:
        yield from _all(signers, NoticeKind.TO_SIGN, _LONG_TERM_TO_SIGN, role=role)


def _sent_back(told: Told) -> Iterator[Any]:
    kind = Message(DEADLINE_KIND_LABELS[DeadlineKind(told.values["deadline_kind"])])
    values = {"kind": kind, "reason": told.values["reason"]}
    return _all(_asker(told), NoticeKind.SENT_BACK, _SENT_BACK, **values)


def _granted(told: Told) -> Iterator[Any]:
    """Who asked, the unit, its leader and the office learn the day in force."""
    people = [
        *_asker(told),
        *told.still_see(told.finding.responsible_leader_id),
        *told.may(Action.EXTENSION_REQUEST),
        *told.may(Action.FINDING_ASSIGN),
    ]
    if told.finding.due is not None:
        return _all(people, NoticeKind.DEADLINE, _EXTENDED, due=told.finding.due.isoformat())
    return _all(people, NoticeKind.DEADLINE, _MADE_LONG_TERM, recheck_on=told.values["recheck_on"])


def _suspended(told: Told) -> Iterator[Any]:
    return _all(_working(told), NoticeKind.SUSPENSION, _SUSPENDED, reason=told.values["reason"])


def _resumed(told: Told) -> Iterator[Any]:
    return _all(_working(told), NoticeKind.SUSPENSION, _RESUMED, reason=told.values["reason"])


def _working(told: Told) -> list[int]:
    return [*told.still_see(told.finding.responsible_leader_id), *told.may(Action.PROGRESS_REPORT)]


def _asker(told: Told) -> list[int]:
    id_ = told.values["deadline_request_id"]
    return told.still_see(*(each.by_id for each in told.finding.deadline_requests.all() if each.pk == id_))


_EXTENSION_TO_SIGN: Final = msg(
    "An extension until %(due)s is asked for, and the next approval, as %(role)s, is yours to give."
)
_LONG_TERM_TO_SIGN: Final = msg(
    "Long-term rectification is asked for, and the next approval, as %(role)s, is yours to give."
)
_SENT_BACK: Final = msg("The request for “%(kind)s” was sent back; the due date stays. Reason: %(reason)s")
_EXTENDED: Final = msg("The extension is granted: it is due on %(due)s from now on.")
_MADE_LONG_TERM: Final = msg(
    "It is long-term from now on, without a due date; the first re-check is on %(recheck_on)s."
)
_SUSPENDED: Final = msg("The work is suspended; the deadline runs on. Reason: %(reason)s")
_RESUMED: Final = msg("The work is resumed. Reason: %(reason)s")
DEADLINE_TELLERS: Final[dict[LedgerEvent, Teller]] = {
    LedgerEvent.EXTENSION_REQUESTED: _to_sign,
    LedgerEvent.LONG_TERM_REQUESTED: _to_sign,
    LedgerEvent.DEADLINE_SIGNED: _to_sign,
    LedgerEvent.DEADLINE_SENT_BACK: _sent_back,
    LedgerEvent.EXTENSION_GRANTED: _granted,
    LedgerEvent.LONG_TERM_GRANTED: _granted,
    LedgerEvent.SUSPENSION_BEGUN: _suspended,
    LedgerEvent.SUSPENSION_ENDED: _resumed,
}
