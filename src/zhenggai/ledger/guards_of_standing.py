"""Triggers of state intervals (状态区间保护): no finding stands otherwise than its interval says.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.ledger.guards_of_closing import STAGE_EARNED
from zhenggai.ledger.guards_of_rechecking import NOT_TOLD
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

_FINAL: Final = ", ".join(f"'{stage.value}'" for stage in sorted(FINAL_STAGES))


def standing_guards() -> Iterator[Guard]:
    """The triggers of intervals, and of the stage that they tell of."""
    yield Guard(
        "ledger_stateinterval",
        "INSERT",
        "insert_apart",
        "NEW.until IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM ledger_stateinterval"
        " WHERE finding_id = NEW.finding_id AND until > NEW.since)"
        " OR NOT EXISTS (SELECT 1 FROM ledger_finding"
        " WHERE id = NEW.finding_id AND inspection_id = NEW.inspection_id)",
        "A state interval begins open, in its finding and inspection, and not before an earlier one ended.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_interval",
        # what is closed already, or closes without its closure, is the guards' of closing
        "(NEW.stage <> OLD.stage OR NEW.round <> OLD.round)"
        f" AND OLD.stage NOT IN ({_FINAL})"
        f" AND (NEW.stage NOT IN ({_FINAL}) OR COALESCE(({STAGE_EARNED}), FALSE))"
        f" AND {NOT_TOLD}",
        "A finding stands as its state interval says: the stage changes with an interval that agrees.",
    )
