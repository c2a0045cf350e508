"""Triggers of what comes after closing (销号后保护): re-checks, next stages, successors.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.ledger.models import Finding
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

_FINAL: Final = ", ".join(f"'{stage.value}'" for stage in sorted(FINAL_STAGES))
NOT_TOLD: Final = (
    "NOT EXISTS (SELECT 1 FROM ledger_stateinterval WHERE finding_id = NEW.id AND until IS NULL"
    " AND stage = NEW.stage AND round = NEW.round)"
)
# What the beginning of a stage changes of a finding that is closed for the one before; nothing else does.
_BEGINS: Final = ("stage", "round", "due", "first_due", "progress", "version", "changed_at")
NEXT_STAGE: Final = (
    f"OLD.stage = '{Stage.STAGE_CLOSED.value}' AND NEW.stage = '{Stage.RECTIFYING.value}'"
    " AND NEW.round = OLD.round + 1 AND NEW.version = OLD.version + 1 AND NEW.progress = ''"
    " AND NEW.first_due = COALESCE(OLD.first_due, NEW.due)"
    " AND EXISTS (SELECT 1 FROM ledger_stagestart"
    " WHERE finding_id = NEW.id AND round = NEW.round AND due = NEW.due)"
    f" AND NOT ({NOT_TOLD}) AND "
    + " AND ".join(
        f"NEW.{field.attname} IS NOT DISTINCT FROM OLD.{field.attname}"
        for field in Finding._meta.concrete_fields  # noqa: SLF001  # the documented Meta API
        if field.attname not in _BEGINS
    )
)
_CLOSED: Final = f"SELECT 1 FROM ledger_finding WHERE id = NEW.finding_id AND stage IN ({_FINAL})"
# A successor that is open, of the finding that the row is about or of its origin.
_CAME_BACK: Final = (
    "EXISTS (SELECT 1 FROM ledger_finding AS successor JOIN ledger_finding AS about ON"
    " successor.origin_id = COALESCE(about.origin_id, about.id)"
    f" WHERE about.id = NEW.{{column}} AND successor.id <> {{besides}} AND successor.stage NOT IN ({_FINAL}))"
)


def rechecking_guards(fixed: str) -> Iterator[Guard]:
    """The triggers of what comes after closing; ``fixed``: whether a person took part in fixing a finding."""
    yield Guard(
        "ledger_recheck",
        "INSERT",
        "insert_open",
        f"NOT EXISTS ({_CLOSED} AND round = NEW.round)"
        f" OR {_CAME_BACK.format(column='finding_id', besides='NEW.finding_id')}",
        "Only what is closed is re-checked, and not while its successor is open.",
    )
    yield Guard(
        "ledger_recheck",
        "INSERT",
        "insert_fixed",
        "EXISTS (SELECT 1 FROM ledger_closurerequest"
        " WHERE finding_id = NEW.finding_id AND by_id = NEW.by_id)"
        f" OR {fixed.format(finding='NEW.finding_id', person='NEW.by_id')}",
        "Nobody re-checks what he took part in fixing or submitted.",
    )
    yield Guard(
        "ledger_recheckdate",
        "INSERT",
        "insert_ended",
        "NEW.ended_at IS NOT NULL OR NEW.warned_at IS NOT NULL",
        "A day of a re-check begins by standing.",
    )
    yield Guard(
        "ledger_stagestart",
        "INSERT",
        "insert_early",
        "NOT EXISTS (SELECT 1 FROM ledger_finding WHERE id = NEW.finding_id"
        f" AND stage = '{Stage.STAGE_CLOSED.value}' AND round + 1 = NEW.round)",
        "A stage begins where the one before is closed, in the round after it.",
    )
    yield Guard(
        "ledger_rebound",
        "INSERT",
        "insert_elsewhere",
        "NOT EXISTS (SELECT 1 FROM ledger_finding AS successor"
        " JOIN ledger_finding AS about ON successor.origin_id = COALESCE(about.origin_id, about.id)"
        f" WHERE successor.id = NEW.finding_id AND about.id = NEW.of_id AND about.stage IN ({_FINAL}))"
        f" OR {_CAME_BACK.format(column='of_id', besides='NEW.finding_id')}"
        " OR (NEW.recheck_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_recheck"
        " WHERE id = NEW.recheck_id AND finding_id = NEW.of_id AND NOT holds))",
        "A successor is that of a closed finding, the only open one, and of the re-check that failed.",
    )
    yield Guard(
        "ledger_finding",
        "INSERT",
        "insert_rebound",
        "NEW.origin_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM ledger_finding AS origin"
        " WHERE origin.id = NEW.origin_id AND origin.inspection_id = NEW.inspection_id"
        " AND origin.origin_id IS NULL) OR EXISTS (SELECT 1 FROM ledger_finding AS successor"
        f" WHERE successor.origin_id = NEW.origin_id AND successor.stage NOT IN ({_FINAL})))",
        "A successor stands in the ledger of its origin, which is none itself, and one is open at a time.",
    )
    yield Guard(
        "ledger_outcome",
        "INSERT",
        "insert_unproven",
        "NEW.withdrawn_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM ledger_evidence"
        " WHERE id = NEW.evidence_id AND finding_id = NEW.finding_id AND withdrawn_at IS NULL)",
        "An outcome is proved by evidence of its own finding that stands.",
    )
    yield Guard(
        "ledger_evidence",
        "INSERT",
        "insert_earlier_stage",
        "NEW.carried_from_id IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_evidence AS earlier"
        " JOIN ledger_closure ON ledger_closure.finding_id = earlier.finding_id"
        " WHERE earlier.id = NEW.carried_from_id AND ledger_closure.round >= earlier.round)",
        "What closed an earlier stage is carried over into no later one.",
    )
