"""What was measured of an indicator (指标读数). Guarded by triggers, see `zhenggai.ledger.guards`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from zhenggai.domain.closing import REASON_MIN
from zhenggai.domain.indicators import READING_DIGITS, READING_PLACES
from zhenggai.ledger.models.findings import Finding


class IndicatorReading(models.Model):
    """One reading of a criterion's indicator (指标读数), in its unit, with where the figure comes from.

    ``measured_on``: the day of the figure. Never edited; withdrawn only by whoever recorded it, with a
    reason. It judges nothing.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="readings")
    criterion = models.ForeignKey("ledger.Criterion", on_delete=models.PROTECT, related_name="readings")
    value = models.DecimalField(max_digits=READING_DIGITS, decimal_places=READING_PLACES)
    measured_on = models.DateField()
    figure_source = models.CharField(max_length=500)
    evidence = models.ForeignKey(
        "ledger.Evidence", on_delete=models.PROTECT, related_name="readings", null=True, blank=True
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(figure_source=""), name="ledger_indicatorreading_sourced"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(
                    GreaterThanOrEqual(Length("withdrawn_reason"), REASON_MIN),
                    withdrawn_at__isnull=False,
                    withdrawn_by=models.F("recorded_by"),
                ),
                name="ledger_indicatorreading_withdrawn_by_its_own",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.value}"
