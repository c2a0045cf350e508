"""What the interface tells of comments (留言返回内容)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenggai.ledger.commenting import THREADS_PER_PAGE
from zhenggai.ledger.exporting_comments import comment_row

if TYPE_CHECKING:
    from zhenggai.ledger.commenting import ThreadPage


def comments_said(page: ThreadPage) -> dict[str, Any]:
    """One page of threads, each with its answers; a withdrawn comment has no text."""
    return {
        "page": page.number,
        "pages": max(1, -(-page.total // THREADS_PER_PAGE)),
        "total": page.total,
        "comments": [
            {**_said(thread.comment), "answered_by": [_said(each) for each in thread.answers]}
            for thread in page.threads
        ],
    }


def _said(comment: Any) -> dict[str, Any]:
    row = comment_row(comment)
    return {
        "id": row.id,
        "text": row.text or None,
        "by": row.by,
        "at": row.at.isoformat(timespec="seconds"),
        "named": list(row.named),
        "withdrawn_by": row.withdrawn_by,
        "withdrawn_at": None if row.withdrawn_at is None else row.withdrawn_at.isoformat(timespec="seconds"),
        "withdrawn_reason": row.withdrawn_reason or None,
    }
