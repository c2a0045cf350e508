"""Triggers of how new situations come to a level and are answered (新情况逐级上报保护).

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.situations import Level, levels_above
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS_FINDING: Final = "(SELECT finding_id FROM ledger_situation WHERE id = NEW.situation_id)"
STEP_ONCE: Final = (
    "(situation_id = NEW.situation_id AND (to_level = NEW.to_level OR from_level = NEW.from_level))"
)
# an answer is somebody else's than whoever raised it
MAY_ANSWER: Final = "NEW.answered_by_id <> OLD.raised_by_id"
MAY_RISE: Final = (
    "OLD.answered_at IS NULL AND EXISTS (SELECT 1 FROM ledger_situationstep"
    " WHERE situation_id = NEW.id AND from_level = OLD.level AND to_level = NEW.level)"
)
_RISES: Final = ", ".join(f"'{low.value}>{high.value}'" for low in Level for high in levels_above(low))


def situation_guards() -> Iterator[Guard]:
    """The triggers that have a situation go up level by level, and follow only what was answered."""
    yield Guard(
        "ledger_situation",
        "INSERT",
        "insert_follows",
        "NEW.answered_at IS NOT NULL OR (NEW.follows_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM ledger_situation WHERE id = NEW.follows_id AND finding_id = NEW.finding_id"
        " AND answered_at IS NOT NULL))",
        "A new situation begins without an answer, and follows an answered one of its own finding.",
    )
    yield Guard(
        "ledger_situationstep",
        "INSERT",
        "insert_step",
        "NOT EXISTS (SELECT 1 FROM ledger_situation AS situation WHERE situation.id = NEW.situation_id"
        " AND situation.answered_at IS NULL AND ("
        "(NEW.from_level = '' AND NEW.to_level = situation.level AND NEW.by_id = situation.raised_by_id)"
        " OR (NEW.from_level = situation.level AND NEW.by_id <> situation.raised_by_id"
        f" AND NEW.from_level || '>' || NEW.to_level IN ({_RISES}))))",
        "A new situation goes up from where it waits, by somebody else than whoever raised it.",
    )
