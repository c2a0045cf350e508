"""The readings of a criterion's indicator, each with its distance to the target (指标读数)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.domain.indicators import target_distance
from zhenggai.domain.planning import Direction

if TYPE_CHECKING:
    from zhenggai.domain.indicators import Distance
    from zhenggai.ledger.models import Criterion, Finding, IndicatorReading


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading, and how it stands towards the target. ``row.withdrawn_at``: it counts no more."""

    row: IndicatorReading
    distance: Distance


def readings_of(finding: Finding, criterion: Criterion) -> list[Reading]:
    """Every reading of a criterion of a loaded finding (全部读数), in the order they were recorded."""
    if criterion.target is None:
        return []
    direction = Direction(criterion.direction)
    return [
        Reading(
            row,
            target_distance(
                row.value, target=criterion.target, direction=direction, baseline=criterion.baseline
            ),
        )
        for row in finding.readings.all()
        if row.criterion_id == criterion.pk
    ]


def reading_last(finding: Finding, criterion: Criterion) -> Reading | None:
    """The last reading that stands (最近读数): of the latest day, of one day the one recorded last."""
    standing = [each for each in readings_of(finding, criterion) if each.row.withdrawn_at is None]
    return max(standing, key=lambda each: (each.row.measured_on, each.row.pk), default=None)
