"""What the interface tells of readings of an indicator (接口返回：指标读数)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhenggai.ledger.readings import readings_of

if TYPE_CHECKING:
    from zhenggai.ledger.readings import Reading


def readings_said(finding: Any, criterion: Any) -> list[dict[str, Any]]:
    """The readings of a criterion, in the order they were recorded; none of a sentence."""
    return [_reading(each) for each in readings_of(finding, criterion)]


def _reading(reading: Reading) -> dict[str, Any]:
    row, distance = reading.row, reading.distance
    return {
        "id": row.pk,
        "value": f"{row.value:f}",
        "measured_on": row.measured_on.isoformat(),
        "source": row.figure_source,
        "evidence_id": row.evidence_id,
        "recorded_by": row.recorded_by.name,
        "recorded_at": timezone.localtime(row.recorded_at).isoformat(),
        "withdrawn_at": timezone.localtime(row.withdrawn_at).isoformat() if row.withdrawn_at else None,
        "withdrawn_reason": row.withdrawn_reason or None,
        "reached": distance.is_reached,
        "left": f"{distance.left:f}",
        "percent": None if distance.percent is None else f"{distance.percent:f}",
    }
