"""What the interface tells of new situations (新情况返回内容)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhenggai.ledger.situations import clock_of

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.situations import Clock
    from zhenggai.ledger.situations import Line, Sheet


def situation_said(row: Any, on: date) -> dict[str, Any]:
    """One situation of a finding with its way up, loaded with its people, and its clock on a day."""
    return {
        **_plain(row, clock_of(row, on)),
        "steps": [
            {
                "from": each.from_level or None,
                "to": each.to_level,
                "passed_over": each.passed_over,
                "analysis": each.analysis or None,
                "by": each.by.name,
                "at": timezone.localtime(each.at).isoformat(),
            }
            for each in row.steps.all()
        ],
    }


def situations_said(sheet: Sheet) -> dict[str, Any]:
    """The situations of an inspection, the open ones first, with how many there are."""
    count = sheet.count
    return {
        "raised": count.raised,
        "answered": count.answered,
        "answered_late": count.answered_late,
        "open": count.open,
        "overdue": count.overdue,
        "without_due": count.undated,
        "situations": [_line(each) for each in (*sheet.open, *sheet.answered)],
    }


def _line(line: Line) -> dict[str, Any]:
    return {"finding": line.situation.finding_id, **_plain(line.situation, line.clock)}


def _plain(row: Any, clock: Clock) -> dict[str, Any]:
    return {
        "id": row.pk,
        "text": row.text,
        "raised_by": row.raised_by.name,
        "raised_at": timezone.localtime(row.raised_at).isoformat(),
        "follows": row.follows_id,
        "waits_with": row.level if clock.is_open else None,
        "due": clock.due.isoformat() if clock.due else None,
        "due_reckoned": clock.is_reckoned,
        "days_open": clock.days_open,
        "days_late": clock.days_late,
        "answer": row.answer or None,
        "answered_by": row.answered_by.name if row.answered_by else None,
        "answered_at": timezone.localtime(row.answered_at).isoformat() if row.answered_at else None,
    }
