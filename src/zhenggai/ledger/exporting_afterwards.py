"""What came after closing, and outcomes, as rows of the files (导出：销号之后)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.documents.ledger import AfterwardsRow, OutcomeRow, RecheckRow, StageRow
from zhenggai.domain.lifecycle import FINAL_STAGES

if TYPE_CHECKING:
    from zhenggai.ledger.models import Finding, Outcome


def afterwards_row(finding: Finding) -> AfterwardsRow:
    """Re-checks, stages, origin and successors of a finding loaded with `facts.PIECES`."""
    successors = list(finding.successors.all())
    days = [each.due_on for each in finding.recheck_dates.all() if each.ended_at is None]
    return AfterwardsRow(
        origin=finding.origin.number if finding.origin else "",
        rebound=finding.rebound,
        successors=tuple(each.number for each in successors),
        is_back=any(each.stage not in FINAL_STAGES for each in successors),
        recheck_on=days[0] if days else None,
        rechecks=tuple(
            RecheckRow(each.checked_on, each.holds, each.text, each.by.name, each.next_on)
            for each in finding.rechecks.all()
        ),
        stages=tuple(
            StageRow(each.round, each.goal, each.due, timezone.localtime(each.at))
            for each in finding.stage_starts.all()
        ),
    )


def outcome_row(outcome: Outcome) -> OutcomeRow:
    """One outcome with the title of what proves it."""
    return OutcomeRow(
        kind=outcome.kind,
        quantity=f"{outcome.quantity:f}",
        happened_on=outcome.happened_on,
        evidence=outcome.evidence.title,
        is_counted=outcome.withdrawn_at is None and outcome.evidence.withdrawn_at is None,
    )
