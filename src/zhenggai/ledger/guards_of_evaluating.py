"""Triggers of evaluations (评估保护): one after the other. Part of `zhenggai.ledger.guards`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

EVALUATED_ONCE: Final = (
    "((inspection_id = NEW.inspection_id AND number = NEW.number) OR supersedes_id = NEW.supersedes_id)"
)


def evaluating_guards() -> Iterator[Guard]:
    """The trigger that has every evaluation follow the one that stood, of the same inspection."""
    yield Guard(
        "ledger_evaluation",
        "INSERT",
        "insert_order",
        "NEW.number <> 1 + (SELECT COUNT(*) FROM ledger_evaluation WHERE inspection_id = NEW.inspection_id)"
        " OR (NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM ledger_evaluation"
        " WHERE id = NEW.supersedes_id AND inspection_id = NEW.inspection_id AND number = NEW.number - 1))",
        "An evaluation supersedes the last one of its inspection, and no other.",
    )
