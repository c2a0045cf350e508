"""Deadlines of which people were warned (已发预警), so that nobody is warned of the same step twice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.domain.profiles import WARNED_LIGHTS
from zhenggai.ledger.models.findings import Finding, Measure


class DeadlineWarning(models.Model):
    """One step of warning of one deadline (预警): of a finding, or of a measure with a day of its own.

    Notices are cleared away in time, this stays. ``ended_at``: when the day was moved or what had to be done
    was; a new day, and the same day set anew after another, begins from the start.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="warnings")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="warnings", null=True, blank=True
    )
    due = models.DateField()
    light = models.CharField(max_length=10, choices=[(each.value, each.value) for each in WARNED_LIGHTS])
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "due", "light"],
                condition=Q(measure__isnull=True, ended_at__isnull=True),
                name="ledger_warning_once",
            ),
            models.UniqueConstraint(
                fields=["measure", "due", "light"],
                condition=Q(measure__isnull=False, ended_at__isnull=True),
                name="ledger_warning_of_measure_once",
            ),
            models.CheckConstraint(
                condition=Q(light__in=[each.value for each in WARNED_LIGHTS]),
                name="ledger_warning_light_known",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.light}"
