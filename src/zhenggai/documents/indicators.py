"""Indicators and their readings as rows of the files (指标与读数)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading of an indicator (指标读数), in its unit, as text; ``percent`` of the way to the target."""

    value: str
    measured_on: date
    source: str
    recorded_by: str
    recorded_at: datetime
    is_reached: bool
    percent: str | None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What a criterion is measured by (指标): numbers as text; readings in the order they were recorded."""

    unit: str
    direction: str
    target: str
    baseline: str | None
    readings: tuple[ReadingRow, ...] = ()

    @property
    def words(self) -> str:
        """The readings that stand by their days, each with its source, in one line; empty where none does."""
        standing = sorted(
            (each for each in self.readings if not each.is_withdrawn), key=lambda each: each.measured_on
        )
        return "；".join(
            f"{each.measured_on}：{_plain(each.value)}{self.unit}（{each.source}）" for each in standing
        )


def _plain(number: str) -> str:
    """A decimal without the noughts at its end."""
    return number.rstrip("0").rstrip(".") if "." in number else number
