"""Triggers of what evidence says that it proves (证明对象保护). Part of `zhenggai.ledger.guards`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

LINKS_FINDING: Final = "(SELECT finding_id FROM ledger_evidence WHERE id = NEW.evidence_id)"
LINK_ONCE: Final = (
    "(evidence_id = NEW.evidence_id AND (measure_id = NEW.measure_id OR criterion_id = NEW.criterion_id"
    " OR (person <> '' AND person = NEW.person AND handling = NEW.handling)))"
)
_STANDS: Final = (
    "EXISTS (SELECT 1 FROM ledger_{table} WHERE id = NEW.{table}_id AND dropped_at IS NULL"
    f" AND finding_id = {LINKS_FINDING})"
)


def proving_guards() -> Iterator[Guard]:
    """The trigger that keeps links within the finding, its round, and what stands."""
    yield Guard(
        "ledger_evidencelink",
        "INSERT",
        "insert_elsewhere",
        "NOT EXISTS (SELECT 1 FROM ledger_evidence JOIN ledger_finding"
        " ON ledger_finding.id = ledger_evidence.finding_id"
        " WHERE ledger_evidence.id = NEW.evidence_id AND ledger_evidence.withdrawn_at IS NULL"
        " AND ledger_evidence.round = ledger_finding.round)"
        f" OR (NEW.measure_id IS NOT NULL AND NOT {_STANDS.format(table='measure')})"
        f" OR (NEW.criterion_id IS NOT NULL AND NOT {_STANDS.format(table='criterion')})"
        " OR EXISTS (SELECT 1 FROM ledger_evidencejudgement WHERE evidence_id = NEW.evidence_id)",
        "Evidence proves measures and criteria of its own finding that stand, as it says when it is filed.",
    )
