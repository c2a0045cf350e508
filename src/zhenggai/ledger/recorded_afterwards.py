"""What the trail says of what comes after closing (销号后留痕所载), and the rows in the same shape.

Part of `zhenggai.ledger.recorded` and `zhenggai.ledger.comparing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.ledger.told import Facts, told_of, told_some

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.ledger.models import Finding
    from zhenggai.trail.selectors import EventView

ROWS_AFTERWARDS: Final = (
    "recheck_dates",
    "rechecks__blob",
    "stage_starts",
    "rebounded",
    "outcomes",
    "readings",
)
"""What of a finding is loaded for `rows_afterwards`."""


def _recheck_set(facts: Facts, event: EventView) -> None:
    facts.put("recheck_day", 0, on=told_of(event, "recheck_on"))


def _rechecked(facts: Facts, event: EventView) -> None:
    next_on = told_of(event, "recheck_on")
    facts.put(
        "recheck",
        told_of(event, "recheck_id"),
        by_id=event.actor_id,
        holds=event.name == LedgerEvent.RECHECK_HELD,
        next_on=next_on,
        **told_some(event, "checked_on", "round", "text", "sha256", "file_name"),
    )
    facts.put("recheck_day", 0, on=next_on)


def _stage_begun(facts: Facts, event: EventView) -> None:
    told = {"goal": told_of(event, "stage_goal"), **told_some(event, "due")}
    facts.put("stage_start", told_of(event, "round"), by_id=event.actor_id, **told)
    facts.put("finding", 0, progress="", **told_some(event, "round", "due"))
    first = facts.found["finding", 0].get("first_due")
    facts.put("finding", 0, first_due=first or told_of(event, "due"))
    facts.put("recheck_day", 0, on=None)


def _rebounded(facts: Facts, event: EventView) -> None:
    told = {
        "finding_id": told_of(event, "successor_id"),
        **told_some(event, "ground", "reason", "recheck_id"),
    }
    facts.put("rebound", told_of(event, "rebound_id"), by_id=event.actor_id, **told)
    facts.put("recheck_day", 0, on=None)


def _outcome_recorded(facts: Facts, event: EventView) -> None:
    told = {"kind": told_of(event, "outcome"), "withdrawn_by_id": None, "withdrawn_reason": ""}
    told |= told_some(event, "round", "quantity", "evidence_id", "happened_on")
    facts.put("outcome", told_of(event, "outcome_id"), by_id=event.actor_id, **told)


def _outcome_withdrawn(facts: Facts, event: EventView) -> None:
    told = {"withdrawn_by_id": event.actor_id, "withdrawn_reason": told_of(event, "reason")}
    facts.put("outcome", told_of(event, "outcome_id"), **told)


def _reading_recorded(facts: Facts, event: EventView) -> None:
    told = {"withdrawn_by_id": None, "withdrawn_reason": ""}
    told |= told_some(event, "criterion_id", "value", "measured_on", "figure_source", "evidence_id")
    facts.put("reading", told_of(event, "reading_id"), recorded_by_id=event.actor_id, **told)


def _reading_withdrawn(facts: Facts, event: EventView) -> None:
    told = {"withdrawn_by_id": event.actor_id, "withdrawn_reason": told_of(event, "reason")}
    facts.put("reading", told_of(event, "reading_id"), **told)


TELLERS_AFTERWARDS: Final[dict[str, Callable[[Facts, EventView], None]]] = {
    LedgerEvent.OUTCOME_RECORDED: _outcome_recorded,
    LedgerEvent.OUTCOME_WITHDRAWN: _outcome_withdrawn,
    LedgerEvent.READING_RECORDED: _reading_recorded,
    LedgerEvent.READING_WITHDRAWN: _reading_withdrawn,
    LedgerEvent.RECHECK_SET: _recheck_set,
    LedgerEvent.RECHECK_HELD: _rechecked,
    LedgerEvent.RECHECK_FAILED: _rechecked,
    LedgerEvent.STAGE_BEGUN: _stage_begun,
    LedgerEvent.FINDING_REBOUNDED: _rebounded,
}


def rows_afterwards(finding: Finding, facts: Facts, columns: Callable[[Any], dict[str, Any]]) -> None:
    """Adds the rows of what came after closing, as the trail tells of them."""
    for row in finding.rechecks.all():
        facts.put("recheck", row.pk, sha256=row.blob.sha256 if row.blob else None, **columns(row))
    for start in finding.stage_starts.all():
        facts.put("stage_start", start.round, **columns(start))
    for rebound in finding.rebounded.all():
        facts.put("rebound", rebound.pk, **columns(rebound))
    for outcome in finding.outcomes.all():
        facts.put("outcome", outcome.pk, **columns(outcome))
    for reading in finding.readings.all():
        facts.put("reading", reading.pk, **columns(reading))
    days = list(finding.recheck_dates.all())
    # a rebound, too, says that no day stands, also of a finding for which none ever did
    if days or finding.rechecks.all() or finding.rebounded.all():
        standing = [each.due_on for each in days if each.ended_at is None]
        facts.put("recheck_day", 0, on=standing[0] if standing else None)
