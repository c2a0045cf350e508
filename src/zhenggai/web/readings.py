"""Readings of an indicator on the pages (指标读数的展示): in words, as a table, and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zhenggai.domain.planning import DIRECTION_LABELS
from zhenggai.ledger.readings import reading_last, readings_of
from zhenggai.web.reading_chart import Mark, chart_of

if TYPE_CHECKING:
    from decimal import Decimal

    from zhenggai.ledger.readings import Reading
    from zhenggai.web.reading_chart import Chart


@dataclass(frozen=True)
class IndicatorPart:
    """The indicator of one criterion with its readings."""

    finding: Any
    row: Any

    @cached_property
    def readings(self) -> list[Reading]:
        """Every reading, the latest day first, of one day the one recorded last."""
        found = readings_of(self.finding, self.row)
        return sorted(found, key=lambda each: (each.row.measured_on, each.row.pk), reverse=True)

    @property
    def standing(self) -> list[Reading]:
        """Those that were not withdrawn, in the order of their days."""
        return [each for each in reversed(self.readings) if each.row.withdrawn_at is None]

    @cached_property
    def chart(self) -> Chart | None:
        """The picture; None where nothing stands that could be drawn."""
        marks = [
            Mark(each.row.measured_on, each.row.value, each.distance.is_reached) for each in self.standing
        ]
        return chart_of(marks, self.row.target, self.row.baseline) if marks else None

    @property
    def said(self) -> str:
        """What the picture shows, in sentences: target, baseline, first and last reading."""
        first, last = self.standing[0].row, self.standing[-1]
        parts = [
            _("Target: %(way)s %(target)s %(unit)s.")
            % {
                "way": _(DIRECTION_LABELS[self.row.direction]),
                "target": plain(self.row.target),
                "unit": self.row.indicator_unit,
            }
        ]
        if self.row.baseline is not None:
            parts.append(_("Baseline: %(value)s.") % {"value": plain(self.row.baseline)})
        parts.append(
            _("Readings: %(count)s, from %(first)s (%(first_on)s) to %(last)s (%(last_on)s).")
            % {
                "count": len(self.standing),
                "first": plain(first.value),
                "first_on": first.measured_on.isoformat(),
                "last": plain(last.row.value),
                "last_on": last.row.measured_on.isoformat(),
            }
        )
        return " ".join([*parts, distance_said(last, self.row)])


def plain(value: Decimal) -> str:
    """A decimal without the noughts at its end, with thousands apart."""
    return f"{value.normalize():,f}"


def distance_said(reading: Reading, criterion: Any) -> str:
    """How a reading stands towards the target, in a sentence."""
    distance = reading.distance
    if distance.is_reached:
        return _("The target is reached.")
    left = {"left": plain(distance.left), "unit": criterion.indicator_unit}
    if distance.percent is None:
        return _("The target is not reached: %(left)s %(unit)s are missing.") % left
    return _(
        "The target is not reached: %(left)s %(unit)s are missing, %(percent)s %% of the way are done."
    ) % {**left, "percent": f"{distance.percent:f}"}


def last_said(finding: Any, criterion: Any) -> str:
    """The last reading and whether it reaches the target; what a judge reads beside the question."""
    last = reading_last(finding, criterion)
    if last is None:
        return _("No reading of the indicator is recorded yet.")
    said = _("Last reading: %(value)s %(unit)s on %(day)s (%(source)s).") % {
        "value": plain(last.row.value),
        "unit": criterion.indicator_unit,
        "day": last.row.measured_on.isoformat(),
        "source": last.row.figure_source,
    }
    return f"{said} {distance_said(last, criterion)}"


def criterion_named(finding: Any, said: Any) -> Any | None:
    """The criterion with an indicator that a form is about, by what it says in its hidden field."""
    measured = (each for each in finding.criteria.all() if each.direction)
    return next((each for each in measured if str(each.pk) == str(said)), None)
