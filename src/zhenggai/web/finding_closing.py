"""How closing stands on the finding's page (问题页销号部分): request, signatures, returns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from zhenggai.accounts.selectors import factor_removals
from zhenggai.domain.closing import RequestState
from zhenggai.domain.ladder import STEPS, bodies_open, is_signed, signers
from zhenggai.domain.lifecycle import Stage
from zhenggai.ledger.signing import called_to, given_of, step_standing
from zhenggai.web.finding_parts import PastRequest, Rung, Signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from zhenggai.domain.ladder import Given, Step


_PERSONAL: Final = frozenset(name for name, step in STEPS.items() if step.is_personal)


def _returned(request: Any) -> Any:
    return request.returned


@dataclass
class FindingClosing:
    """Closing of one loaded finding; ``timeline`` is its trail in words."""

    finding: Any
    timeline: Sequence[Any] = ()

    @cached_property
    def request(self) -> Any | None:
        """The closure request that stands in this round: open, or granted."""
        standing = {RequestState.OPEN.value, RequestState.GRANTED.value}
        requests = [each for each in self.finding.closure_requests.all() if each.round == self.finding.round]
        rows = [each for each in requests if each.state in standing]
        return rows[-1] if rows else None

    @property
    def past_requests(self) -> list[PastRequest]:
        """Requests that were sent back or withdrawn, newest first."""
        past = {RequestState.SENT_BACK.value, RequestState.WITHDRAWN.value}
        texts = {each.pk: each.text for each in self.finding.criteria.all()}
        return [
            PastRequest(each, tuple(texts[id_] for id_ in _returned(each).criteria if id_ in texts))
            if each.state == RequestState.SENT_BACK
            else PastRequest(each)
            for each in self.finding.closure_requests.all()
            if each.state in past
        ][::-1]

    @property
    def redo_by(self) -> date | None:
        """Until when to work again, as the return that began this round says."""
        back = [each.row for each in self.past_requests if each.row.state == RequestState.SENT_BACK]
        current = [each for each in back if each.round == self.finding.round - 1]
        is_at_work = self.finding.stage == Stage.RECTIFYING
        day: date | None = _returned(current[0]).redo_by if current and is_at_work else None
        return day

    @property
    def closure(self) -> Any | None:
        """The closing of this round, if there is one."""
        rows = [each for each in self.finding.closures.all() if each.round == self.finding.round]
        return rows[-1] if rows else None

    @property
    def ladder(self) -> list[Rung]:
        """The steps of signing with the signatures that stand."""
        steps, request = self.finding.inspection.rules.ladder, self.request
        rows = list(request.signatures.all()) if request is not None else []
        is_open = request is not None and request.state == RequestState.OPEN
        coming = step_standing(steps, request) if request is not None and is_open else None
        removals = factor_removals({each.by_id for each in rows}) if rows else {}
        acted = {entry.signed: entry.acted_for for entry in self.timeline if entry.acted_for}
        signed = [self._signed(each, acted, removals) for each in rows]
        return [
            Rung(
                step,
                tuple(each for each in signed if each.row.step == step.name),
                step == coming,
                is_done=request is not None and self._is_done(step, given_of(request)),
                awaited=self._awaited(step) if is_open and step == coming else (),
            )
            for step in steps
        ]

    @property
    def records(self) -> list[Any]:
        """What was recorded as signed elsewhere on the request that stands, and is not confirmed."""
        rows = self.request.records.all() if self.request is not None else ()
        return [each for each in rows if each.confirmed_at is None]

    def _is_done(self, step: Step, given: tuple[Given, ...]) -> bool:
        called = called_to(self.request, step) if self.request is not None else None
        return is_signed(step, given, called or ())

    def _awaited(self, step: Step) -> tuple[str, ...]:
        """Whose word is still awaited at the step that comes next: people called, or bodies, by name."""
        given = given_of(self.request)
        if step.bodies:
            return tuple(each.name for each in bodies_open(step, given))
        if not step.calls:
            return ()
        heard = signers(given)
        called = self.request.called.all() if self.request is not None else ()
        return tuple(
            each.person.name for each in called if each.step == step.name and each.person_id not in heard
        )

    def _signed(self, row: Any, acted: Mapping[Any, str], removals: Mapping[int, list[datetime]]) -> Signed:
        moments = removals.get(row.by_id, [])
        # signatures before the column was there: for whom they were given, only the trail says
        told = acted.get((row.request_id, row.step), "") if row.step in _PERSONAL else ""
        return Signed(
            row,
            factor_removed_at=max((at for at in moments if at <= row.at), default=None),
            acted_for=row.acting_for.name if row.acting_for else told,
        )
