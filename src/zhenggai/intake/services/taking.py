"""Taking a compared draft into the ledger (比对入账): what was chosen, in one transaction, once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from zhenggai.intake.compare_errors import (
    ComparisonChangedError,
    ComparisonOutdatedError,
    LedgerMovedError,
    NotAllTakenError,
)
from zhenggai.intake.comparisons import ComparisonFigures, figures_of, moved_of, rows_of
from zhenggai.intake.differing import differences_of, is_taken
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.services.comparing import comparison_locked
from zhenggai.intake.services.confirming import draft_settle, rest_dismiss
from zhenggai.intake.services.handing_in import document_of, facts_checked, imported_of
from zhenggai.intake.states import ComparedState
from zhenggai.ledger.compared_findings import ledger_findings
from zhenggai.ledger.imports import ImportedFinding, RestatedFinding
from zhenggai.ledger.services import inspection_lock, ledger_import
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.restating import Part
    from zhenggai.intake.models import ComparedFinding, Comparison
    from zhenggai.ledger.compared_findings import LedgerFinding

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a compared draft; ``left_out`` of its findings are in no ledger."""

    inspection_id: int
    added: int
    changed: int
    unchanged: int
    left_out: int


def comparison_confirm(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    version: int,
    left_out: int = 0,
    dismiss_rest: bool = False,
) -> Taken:
    """Writes what a person chose of a comparison into the ledger (确认比对结果); all of it or nothing.

    ``version`` is the comparison as the person saw it; ``left_out`` how many of the file's findings the
    person said are left out. The document is kept as a further source of every finding that it tells of.

    :raises AlreadyConfirmedError: when it is in a ledger already, with that inspection.
    :raises ComparisonNotFoundError: when this person compares the document with nothing.
    :raises ComparisonChangedError: when something was chosen after ``version``.
    :raises ComparisonOutdatedError: when the draft was changed after it was compared.
    :raises LedgerMovedError: when findings of the ledger were.
    :raises NotAllTakenError: when another number of findings would be left out than was said.
    :raises UnreadLeftError: when stretches wait for a decision and ``dismiss_rest`` is not set.
    """
    with transaction.atomic():
        comparison, figures = comparison_checked(actor, at, intake_id, version=version, left_out=left_out)
        intake = comparison.intake
        dismissed = rest_dismiss(intake, actor, at, dismiss_rest=dismiss_rest)
        under_way = _Taking(actor, comparison)
        ledger_import(
            actor=actor,
            at=at,
            inspection_id=comparison.inspection_id,
            document=document_of(intake),
            findings=under_way.new(),
            total=figures.add,
            restated=under_way.restated(),
        )
        told = {
            "added": figures.add,
            "changed": figures.changed,
            "kept": figures.kept,
            "unchanged": figures.unchanged,
            "left_out": figures.left,
            "missing": figures.missing,
        }
        record(
            chain=ChainKey.inspection(comparison.inspection_id),
            name=IntakeEvent.COMPARED,
            actor=actor,
            at=at,
            subject=("intake", intake.pk),
            values={**told, "asked": figures.ask, "unfit": figures.unfit},
        )
        draft_settle(
            intake,
            comparison.inspection_id,
            actor,
            at,
            {**told, "findings": figures.add, "dismissed_at_the_end": dismissed},
        )
    return Taken(
        comparison.inspection_id,
        figures.add,
        figures.changed,
        figures.kept + figures.unchanged,
        figures.left,
    )


def comparison_checked(
    actor: Actor, at: datetime, intake_id: int, *, version: int, left_out: int
) -> tuple[Comparison, ComparisonFigures]:
    """A comparison that could be taken in, locked, with its figures (核对).

    :raises ComparisonChangedError: and the like, as `comparison_confirm` says.
    """
    comparison = comparison_locked(actor, at, intake_id)
    # two documents for one ledger, one after the other
    inspection_lock(comparison.inspection_id)
    intake = comparison.intake
    if comparison.version != version:
        raise ComparisonChangedError
    if comparison.draft_version != intake.version:
        raise ComparisonOutdatedError(name=intake.name)
    moved = moved_of(actor, comparison)
    if moved:
        raise LedgerMovedError(count=moved)
    figures = figures_of(actor, comparison)
    if figures.left != left_out:
        raise NotAllTakenError(
            count=figures.left, asked=figures.ask, unfit=figures.unfit, chosen=figures.leave_out
        )
    facts_checked(intake)
    return comparison, figures


class _Taking:
    """The rows of a comparison as the ledger takes them, some hundred in memory at a time."""

    def __init__(
        self,
        actor: Actor,
        comparison: Comparison,
    ) -> None:
        self.actor = actor
        self.comparison = comparison

    def new(self) -> Iterator[ImportedFinding]:
        """The findings that are added, in the order of the file."""
        for batch in self._batches(ComparedState.ADD):
            yield from (imported_of(row.draft) for row in batch)

    def restated(self) -> Iterator[RestatedFinding]:
        """The findings of the ledger that the file tells of, with what is taken of each."""
        for batch in self._batches(ComparedState.SAME):
            ids = [row.finding_id for row in batch if row.finding_id is not None]
            found = ledger_findings(self.actor, self.comparison.inspection_id, ids)
            for row in batch:
                finding = found.get(row.finding_id or 0)
                if finding is None:
                    raise LedgerMovedError(count=1)
                yield self._restated(row, finding)

    def _batches(self, state: ComparedState) -> Iterator[list[ComparedFinding]]:
        left = rows_of(self.comparison, state.value).iterator(chunk_size=_AT_ONCE)
        while batch := list(islice(left, _AT_ONCE)):
            yield batch

    def _restated(self, row: ComparedFinding, finding: LedgerFinding) -> RestatedFinding:
        said = imported_of(row.draft)
        values: dict[str, Any] = {}
        places: dict[str, Any] = {}
        items = {}
        for each in differences_of(said, finding, row.draft.spans):
            if not self._is_taken(row, each.part):
                continue
            values |= each.after
            places |= each.places
            items[each.part.value] = each.items
        return RestatedFinding(
            finding_id=finding.id,
            version=row.finding_version or 0,
            span=said.span,
            values=values,
            places=places,
            measures=items.get("measures", ()),
            actions=items.get("actions", ()),
        )

    def _is_taken(self, row: ComparedFinding, part: Part) -> bool:
        return part.value not in row.barred and is_taken(part, row.chosen, self.comparison.rules)
