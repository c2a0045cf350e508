"""Comments in the files of a ledger (留言导出)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment (留言); ``answers`` is the id of the one it answers. Withdrawn it has no text any more."""

    id: int
    answers: int | None
    text: str
    by: str
    at: datetime
    named: tuple[str, ...]
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
