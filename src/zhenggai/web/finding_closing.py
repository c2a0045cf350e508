"""How closing stands on the finding's page (问题页销号部分): request, signatures, returns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhenggai.accounts.selectors import factor_removals
from zhenggai.domain.closing import RequestState
from zhenggai.domain.ladder import next_step
from zhenggai.domain.lifecycle import Stage
from zhenggai.web.finding_parts import PastRequest, Rung

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def _returned(request: Any) -> Any:
    return request.returned


@dataclass
class FindingClosing:
    """Closing of one loaded finding; ``timeline`` is its trail in words."""

    finding: Any
    timeline: Sequence[Any] = ()

    @cached_property
    def request(self) -> Any | None:
        """The closure request that stands: open, or granted."""
        standing = {RequestState.OPEN.value, RequestState.GRANTED.value}
        rows = [each for each in self.finding.closure_requests.all() if each.state in standing]
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
        """The closing, if there is one."""
        rows = list(self.finding.closures.all())
        return rows[-1] if rows else None

    @property
    def ladder(self) -> list[Rung]:
        """The steps of signing with the signatures that stand."""
        steps = self.finding.inspection.rules.ladder
        signed = {each.step: each for each in self.request.signatures.all()} if self.request else {}
        is_open = self.request is not None and self.request.state == RequestState.OPEN
        coming = next_step(steps, list(signed)) if is_open else None
        removals = factor_removals({each.by_id for each in signed.values()}) if signed else {}
        rungs = [Rung(step, signed.get(step.name), step == coming) for step in steps]
        acted = {entry.signed: entry.acted_for for entry in self.timeline if entry.acted_for}
        for rung in rungs:
            if rung.signature is not None:
                rung.acted_for = acted.get((rung.signature.request_id, rung.step.name), "")
                moments = removals.get(rung.signature.by_id, [])
                rung.factor_removed_at = max((at for at in moments if at <= rung.signature.at), default=None)
        return rungs
