"""Triggers of closing (销号保护): no closure without its signatures and everything it rests on.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.closing import RequestState
from zhenggai.domain.fixing import Reach
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.ledger.guards_of_rechecking import NEXT_STAGE
from zhenggai.ledger.guards_of_requirements import REQUIREMENT_LOWERED, REQUIREMENT_OPEN
from zhenggai.ledger.guards_of_restricting import ONLY_RESTRICTED
from zhenggai.ledger.guards_of_returning import JUDGED_MET
from zhenggai.ledger.guards_of_signing import ALL_SIGNED, FIXED
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_SIGNATURES: Final = 2

_FINAL: Final = ", ".join(f"'{stage.value}'" for stage in sorted(FINAL_STAGES))
_OPEN: Final = RequestState.OPEN.value
_GRANTED: Final = RequestState.GRANTED.value
_CLOSURE_EARNED: Final = f"""
    EXISTS (
        SELECT 1 FROM ledger_closurerequest
        WHERE id = NEW.request_id AND finding_id = NEW.finding_id AND round = NEW.round
        AND state IN ('{_OPEN}', '{_GRANTED}'))
    AND (SELECT COUNT(DISTINCT by_id) FROM ledger_signature WHERE request_id = NEW.request_id) >=
    {LEAST_SIGNATURES} AND NOT EXISTS (
        SELECT 1 FROM ledger_signature
        JOIN ledger_closurerequest ON ledger_closurerequest.id = ledger_signature.request_id
        WHERE ledger_signature.request_id = NEW.request_id AND ledger_signature.by_id =
        ledger_closurerequest.by_id)
    AND {ALL_SIGNED}
"""
_SIGNER: Final = {"finding": "ledger_closurerequest.finding_id", "person": "NEW.by_id"}
# What is left open stops a closure, whoever writes it: measures, criteria, situations, holds.
_LEFT_OPEN: Final = f"""
    NOT EXISTS (
        SELECT 1 FROM ledger_measure WHERE finding_id = NEW.finding_id AND dropped_at IS NULL)
    OR NOT EXISTS (
        SELECT 1 FROM ledger_criterion WHERE finding_id = NEW.finding_id AND dropped_at IS NULL)
    OR EXISTS (
        SELECT 1 FROM ledger_measure
        WHERE finding_id = NEW.finding_id AND done_at IS NULL AND dropped_at IS NULL)
    OR EXISTS (
        SELECT 1 FROM ledger_planamendment WHERE finding_id = NEW.finding_id AND state = 'submitted')
    OR EXISTS (
        SELECT 1 FROM ledger_finding
        JOIN ledger_inspection ON ledger_inspection.id = ledger_finding.inspection_id
        LEFT JOIN ledger_plan ON ledger_plan.id = ledger_finding.plan_id
        WHERE ledger_finding.id = NEW.finding_id AND (ledger_inspection.plan_required
            OR ledger_plan.state = 'submitted') AND COALESCE(ledger_plan.state, '') <> 'approved')
    OR EXISTS (SELECT 1 FROM ledger_deadlinerequest WHERE finding_id = NEW.finding_id AND state = 'open')
    OR EXISTS (SELECT 1 FROM ledger_suspension WHERE finding_id = NEW.finding_id AND ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM ledger_situation WHERE finding_id = NEW.finding_id AND answered_at IS NULL)
    OR EXISTS (SELECT 1 FROM ledger_hold WHERE finding_id = NEW.finding_id AND cleared_at IS NULL)
    OR {REQUIREMENT_OPEN}
    OR EXISTS (
        SELECT 1 FROM ledger_criterion WHERE finding_id = NEW.finding_id AND dropped_at IS NULL
        AND NOT {JUDGED_MET})
    OR NOT EXISTS (
        SELECT 1 FROM ledger_evidencejudgement
        JOIN ledger_evidence ON ledger_evidence.id = ledger_evidencejudgement.evidence_id
        WHERE ledger_evidence.finding_id = NEW.finding_id AND ledger_evidence.round = NEW.round
        AND ledger_evidence.withdrawn_at IS NULL AND ledger_evidencejudgement.effect
        AND ledger_evidencejudgement.id = (
            SELECT MAX(later.id) FROM ledger_evidencejudgement AS later
            WHERE later.evidence_id = ledger_evidence.id))
"""
_NOT_FIXING: Final = (
    "NOT EXISTS (SELECT 1 FROM ledger_fixingunit WHERE finding_id = {finding} AND unit_id = {unit}"
    f" AND reach <> '{Reach.WORKING.value}')"
)
_KEEPS_UNITS: Final = "The ledger keeps every unit that a finding was given to; this one is not among them."
STAGE_EARNED: Final = f"""
    OLD.stage = '{Stage.CLOSURE_REQUESTED.value}' AND EXISTS (
        SELECT 1 FROM ledger_closure
        JOIN ledger_closurerequest ON ledger_closurerequest.id = ledger_closure.request_id
        WHERE ledger_closure.finding_id = NEW.id AND ledger_closure.round = NEW.round
        AND ledger_closure.kind = NEW.stage AND ledger_closurerequest.state = '{_GRANTED}')
"""


def closing_guards() -> Iterator[Guard]:
    """The triggers of requests, signatures, closures and stages."""
    yield Guard(
        "ledger_closurerequest",
        "INSERT",
        "insert_decided",
        f"NEW.state <> '{_OPEN}'",
        "A closure request begins open.",
    )
    yield Guard(
        "ledger_closurerequest",
        "UPDATE",
        "update_granted",
        f"NEW.state = '{_GRANTED}'"
        " AND NOT EXISTS (SELECT 1 FROM ledger_closure WHERE ledger_closure.request_id = NEW.id)",
        "A closure request is granted only with its closure.",
    )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_own",
        "EXISTS (SELECT 1 FROM ledger_closurerequest"
        f" WHERE id = NEW.request_id AND (by_id = NEW.by_id OR state <> '{_OPEN}'))",
        "Nobody signs his own closure request, and nobody signs one that is decided.",
    )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_fixed",
        "EXISTS (SELECT 1 FROM ledger_closurerequest"
        f" WHERE id = NEW.request_id AND ({FIXED.format(**_SIGNER)}))",
        "Nobody signs for what he took part in fixing.",
    )
    yield Guard(
        "ledger_closure",
        "INSERT",
        "insert_open",
        f"COALESCE(({_LEFT_OPEN}), TRUE)",
        "A closure needs every measure done, every criterion met, an effect and every requirement shown, and "
        "nothing left open.",
    )
    yield Guard(
        "ledger_closure",
        "INSERT",
        "insert_unearned",
        f"NOT COALESCE(({_CLOSURE_EARNED}), FALSE)",
        "A closure needs a request and every signature of its ladder: the signatures of two people at least, "
        "neither of them who requested.",
    )
    yield Guard(
        "ledger_finding",
        "INSERT",
        "insert_closed",
        f"NEW.stage <> '{Stage.REGISTERED.value}'",
        "A finding begins registered, whatever a document says of it.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_closed",
        f"OLD.stage IN ({_FINAL}) AND NOT ({ONLY_RESTRICTED}) AND NOT COALESCE(({NEXT_STAGE}), FALSE)",
        "A closed finding is never changed; a fault that comes back is a finding of its own.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_requirement",
        REQUIREMENT_LOWERED,
        "A requirement that applies is never taken back, and what a finding names is never lowered; the "
        "office signs that it does not apply.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_unit",
        "NEW.lead_unit_id IS NOT NULL AND NEW.lead_unit_id IS DISTINCT FROM OLD.lead_unit_id"
        f" AND {_NOT_FIXING.format(finding='NEW.id', unit='NEW.lead_unit_id')}",
        _KEEPS_UNITS,
    )
    yield Guard(
        "ledger_supportingunit",
        "INSERT",
        "insert_unit",
        _NOT_FIXING.format(finding="NEW.finding_id", unit="NEW.unit_id"),
        _KEEPS_UNITS,
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_unearned",
        # what is closed already is the guard's before
        f"NEW.stage IN ({_FINAL}) AND OLD.stage NOT IN ({_FINAL}) AND NOT COALESCE(({STAGE_EARNED}), FALSE)",
        "A finding is closed only by its closure.",
    )
