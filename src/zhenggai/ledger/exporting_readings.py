"""Indicators with their readings as files have them (导出：指标读数). Part of `zhenggai.ledger.exporting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.documents.indicators import IndicatorRow, ReadingRow
from zhenggai.ledger.readings import readings_of

if TYPE_CHECKING:
    from zhenggai.ledger.models import Criterion, Finding
    from zhenggai.ledger.readings import Reading


def indicator_row(finding: Finding, criterion: Criterion) -> IndicatorRow | None:
    """The indicator of a criterion of a loaded finding; none of a sentence."""
    if not criterion.direction:
        return None
    return IndicatorRow(
        unit=criterion.indicator_unit,
        direction=criterion.direction,
        target=f"{criterion.target:f}",
        baseline=None if criterion.baseline is None else f"{criterion.baseline:f}",
        readings=tuple(_reading(each) for each in readings_of(finding, criterion)),
    )


def _reading(reading: Reading) -> ReadingRow:
    row, distance = reading.row, reading.distance
    return ReadingRow(
        value=f"{row.value:f}",
        measured_on=row.measured_on,
        source=row.figure_source,
        recorded_by=row.recorded_by.name,
        recorded_at=timezone.localtime(row.recorded_at),
        is_reached=distance.is_reached,
        percent=None if distance.percent is None else f"{distance.percent:f}",
        is_withdrawn=row.withdrawn_at is not None,
    )
