"""New situations as rows of the files (导出：新情况新问题)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.documents.ledger import SituationRow
from zhenggai.ledger.answer_days import answer_day

if TYPE_CHECKING:
    from zhenggai.ledger.models import Situation


def situation_row(situation: Situation) -> SituationRow:
    """One situation loaded with its people."""
    return SituationRow(
        text=situation.text,
        raised_by=situation.raised_by.name,
        raised_at=timezone.localtime(situation.raised_at),
        level=situation.level,
        due=answer_day(situation),
        answer=situation.answer,
        answered_by=situation.answered_by.name if situation.answered_by else None,
        answered_at=timezone.localtime(situation.answered_at) if situation.answered_at else None,
    )
