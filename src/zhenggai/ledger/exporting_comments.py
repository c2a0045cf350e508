"""Comments as files have them (留言导出). Part of `zhenggai.ledger.exporting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.documents.comments import CommentRow

if TYPE_CHECKING:
    from zhenggai.ledger.models import Comment, Finding


def comment_rows(finding: Finding) -> tuple[CommentRow, ...]:
    """Every comment of a finding loaded with `facts.COMMENTED`."""
    return tuple(comment_row(each) for each in finding.comments.all())


def comment_row(comment: Comment) -> CommentRow:
    """One comment with the names of whom it names; withdrawn, with who took it back."""
    return CommentRow(
        id=comment.pk,
        answers=comment.answers_id,
        text=comment.text,
        by=comment.by.name,
        at=timezone.localtime(comment.at),
        named=tuple(each.name for each in comment.named.all()),
        withdrawn_by=comment.withdrawn_by.name if comment.withdrawn_by else None,
        withdrawn_at=None if comment.withdrawn_at is None else timezone.localtime(comment.withdrawn_at),
        withdrawn_reason=comment.withdrawn_reason,
    )
