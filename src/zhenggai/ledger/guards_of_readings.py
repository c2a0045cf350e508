"""Triggers of readings of indicators (指标读数保护). Part of `zhenggai.ledger.guards`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.actions import Action
from zhenggai.domain.lifecycle import TRANSITIONS, Stage
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator


def _at_work(action: Action) -> str:
    stages = ", ".join(f"'{each.value}'" for each in Stage if (each, action) in TRANSITIONS)
    return f"EXISTS (SELECT 1 FROM ledger_finding WHERE id = NEW.finding_id AND stage IN ({stages}))"


# What stood when a stage was closed is not taken back.
MAY_WITHDRAW: Final = (
    f"{_at_work(Action.READING_WITHDRAW)} AND NOT EXISTS (SELECT 1 FROM ledger_closure"
    " WHERE finding_id = NEW.finding_id AND at >= OLD.recorded_at)"
)


def reading_guards() -> Iterator[Guard]:
    """The triggers that keep a reading with an indicator of its own finding, while that is worked on."""
    yield Guard(
        "ledger_indicatorreading",
        "INSERT",
        "insert_unmeasured",
        "NEW.withdrawn_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM ledger_criterion"
        " WHERE id = NEW.criterion_id AND finding_id = NEW.finding_id AND dropped_at IS NULL"
        " AND direction <> '')"
        " OR (NEW.evidence_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_evidence"
        " WHERE id = NEW.evidence_id AND finding_id = NEW.finding_id AND withdrawn_at IS NULL))",
        "A reading is of an indicator of its own finding that stands, with evidence of that finding.",
    )
    yield Guard(
        "ledger_indicatorreading",
        "INSERT",
        "insert_settled",
        f"NOT {_at_work(Action.READING_RECORD)}",
        "A reading is recorded while the finding is worked on.",
    )
