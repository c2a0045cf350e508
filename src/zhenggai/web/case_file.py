"""The case file of a finding (一问题一档): everything about it in the order in which an inspector reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhenggai.accounts.selectors import factor_removals
from zhenggai.domain.closing import RequestState
from zhenggai.ledger.carrying import is_carried, judgement_standing
from zhenggai.ledger.commenting import comment_threads
from zhenggai.web.finding_afterwards import FindingAfterwards
from zhenggai.web.finding_deadline import FindingDeadline
from zhenggai.web.finding_page import FindingPage
from zhenggai.web.finding_parts import Judged, Signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from zhenggai.ledger.case_files import FileProof
    from zhenggai.ledger.commenting import Thread
    from zhenggai.web.ledger_list import Row


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence in the index: its place (``2-3`` is the third of round 2) and its judgements."""

    place: str
    row: Any
    judgements: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request to close, how it was given and decided; ``criteria`` are those a return has judged again."""

    row: Any
    signatures: tuple[Signed, ...]
    records: tuple[Any, ...]
    returned: Any | None = None
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRound:
    """One round of rectification (一轮整改): its evidence, its requests, and the closing that ended it."""

    number: int
    exhibits: tuple[Exhibit, ...]
    requests: tuple[Request, ...]
    closures: tuple[Any, ...]
    answers: tuple[Any, ...]


@dataclass
class CaseFile:
    """The file of one finding, loaded with everything, as it stands at the moment ``at``."""

    finding: Any
    lit: Row
    on: date
    at: datetime
    proof: FileProof
    family: Sequence[Any] = ()

    @cached_property
    def page(self) -> FindingPage:
        """The same as the finding's page says it, for what is said the same."""
        return FindingPage(self.finding, verdicts={}, gates=(), lit=self.lit, on=self.on, family=self.family)

    @property
    def afterwards(self) -> FindingAfterwards:
        """What came after closing."""
        return self.page.afterwards

    @property
    def deadline(self) -> FindingDeadline:
        """How the deadline was set and moved."""
        return self.page.deadline

    @property
    def moves(self) -> list[Any]:
        """Everything that was asked about the deadline, the oldest first."""
        return self.deadline.requests[::-1]

    @property
    def comments(self) -> Sequence[Thread]:
        """What people wrote, each with its answers."""
        return comment_threads(self.finding)

    @cached_property
    def places(self) -> dict[int, str]:
        """By piece of evidence its place in the index."""
        counted: dict[int, int] = {}
        found = {}
        for row in self.finding.evidence.all():
            counted[row.round] = counted.get(row.round, 0) + 1
            found[row.pk] = f"{row.round}-{counted[row.round]}"
        return found

    @cached_property
    def criteria(self) -> list[tuple[Judged, list[tuple[Any, str]]]]:
        """Criteria in their order, each judgement with the places of the evidence that it rests on."""
        found = []
        for row in self.finding.criteria.all():
            now = judgement_standing(self.finding, row)
            judgements = tuple(row.judgements.all())
            carried = now is not None and is_carried(self.finding, now)
            judged = Judged(row, judgements, now, is_live=row.dropped_at is None, is_carried=carried)
            found.append((judged, [(each, self._rests_on(each)) for each in judgements]))
        return found

    @cached_property
    def rounds(self) -> list[FileRound]:
        """Every round, the first first."""
        evidence = self._by_round(self.finding.evidence.all())
        requests = self._by_round(self.finding.closure_requests.all())
        closures = self._by_round(self.finding.closures.all())
        answers = self._by_round(self.finding.requirement_answers.all())
        return [
            FileRound(
                number,
                tuple(
                    Exhibit(self.places[row.pk], row, tuple(row.judgements.all())) for row in evidence[number]
                ),
                tuple(self._request(row) for row in requests[number]),
                tuple(closures[number]),
                tuple(answers[number]),
            )
            for number in range(1, self.finding.round + 1)
        ]

    def _by_round(self, rows: Sequence[Any]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {number: [] for number in range(1, self.finding.round + 1)}
        for row in rows:
            found[row.round].append(row)
        return found

    def _rests_on(self, judgement: Any) -> str:
        return "、".join(self.places[each.pk] for each in judgement.evidence.all())

    def _request(self, row: Any) -> Request:
        texts = {each.pk: each.text for each in self.finding.criteria.all()}
        returned = row.returned if row.state == RequestState.SENT_BACK else None
        named = tuple(texts[id_] for id_ in returned.criteria if id_ in texts) if returned is not None else ()
        signed = tuple(self._signed(each) for each in row.signatures.all())
        return Request(row, signed, tuple(row.records.all()), returned, named)

    @cached_property
    def _removals(self) -> Mapping[int, list[datetime]]:
        rows = self.finding.closure_requests.all()
        people = {each.by_id for row in rows for each in row.signatures.all()}
        return factor_removals(people) if people else {}

    def _signed(self, row: Any) -> Signed:
        taken = [at for at in self._removals.get(row.by_id, ()) if at <= row.at]
        return Signed(
            row,
            factor_removed_at=max(taken, default=None),
            acted_for=row.acting_for.name if row.acting_for else "",
        )
