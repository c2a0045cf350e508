"""What the interface tells of report requests (填报通知返回内容)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhenggai.ledger.reporting import Sheet, UnitLine


def sheet_said(sheet: Sheet) -> dict[str, Any]:
    """One report request with its counts, of what this person may see."""
    row = sheet.request
    return {
        "id": row.pk,
        "inspection": row.inspection_id,
        "title": row.title,
        "first_on": row.first_on.isoformat(),
        "last_on": row.last_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "withdrawn": row.withdrawn_at is not None,
        "units_asked": sheet.asked_units,
        "units_missing": len(sheet.missing_units),
        "findings_owed": sheet.owed,
        "findings_missing": sheet.missing,
        "findings_late": sheet.late,
    }


def unit_said(line: UnitLine) -> dict[str, Any]:
    """What one unit was asked and has reported."""
    return {
        "unit": line.unit.name,
        "owed": line.owed,
        "findings": [
            {
                "id": each.item.finding_id,
                "number": each.item.finding.number,
                "title": each.item.finding.title,
                "reported_on": each.reported_on.isoformat() if each.reported_on else None,
                "missing": each.is_missing,
                "days_late": each.days_late,
            }
            for each in line.items
        ],
    }
