"""What the trail says of comments (留言留痕所载), and the rows in the same shape.

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


def _added(facts: Facts, event: EventView) -> None:
    facts.put(
        "comment",
        told_of(event, "comment_id"),
        by_id=event.actor_id,
        withdrawn_by_id=None,
        withdrawn_reason="",
        **told_some(event, "text", "answers_id", "named_ids"),
    )


def _withdrawn(facts: Facts, event: EventView) -> None:
    reason = told_of(event, "reason")
    told = {"withdrawn_by_id": event.actor_id, "withdrawn_reason": reason, "text": ""}
    facts.put("comment", told_of(event, "comment_id"), **told)


COMMENTS_TOLD: Final[dict[str, Callable[[Facts, EventView], None]]] = {
    LedgerEvent.COMMENT_ADDED: _added,
    LedgerEvent.COMMENT_WITHDRAWN: _withdrawn,
}


def comment_rows(finding: Finding, facts: Facts, columns: Callable[[Any], dict[str, Any]]) -> None:
    """Adds the comments of a finding, as the trail tells of them."""
    for row in finding.comments.all():
        named = sorted(each.pk for each in row.named.all())
        facts.put("comment", row.pk, named_ids=named, **columns(row))
