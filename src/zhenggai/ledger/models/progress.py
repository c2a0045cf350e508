"""What those who verify say of the progress of the work (核查认定). Guarded by triggers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from zhenggai.domain.closing import REASON_MIN
from zhenggai.domain.lifecycle import Progress
from zhenggai.ledger.models.closed_lists import choices_of, known
from zhenggai.ledger.models.findings import Finding


class ProgressView(models.Model):
    """How far somebody who verifies sees the work (核查认定), beside the unit's claim; never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="progress_views")
    round = models.PositiveIntegerField()
    progress = models.CharField(max_length=20, choices=choices_of(Progress))
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=known("progress", Progress), name="ledger_progressview_known"),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), REASON_MIN),
                name="ledger_progressview_reasoned",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.progress}"
