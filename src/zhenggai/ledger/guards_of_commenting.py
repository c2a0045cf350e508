"""Triggers of comments (留言保护): an answer stays with what it answers. Part of `zhenggai.ledger.guards`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator


def commenting_guards() -> Iterator[Guard]:
    """The trigger that keeps answers at one level, within their finding."""
    yield Guard(
        "ledger_comment",
        "INSERT",
        "insert_elsewhere",
        "NEW.answers_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_comment"
        " WHERE id = NEW.answers_id AND finding_id = NEW.finding_id AND answers_id IS NULL)",
        "An answer belongs to a comment of the same finding that is no answer itself.",
    )
