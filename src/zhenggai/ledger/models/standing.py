"""How findings stood, from when until when. Guarded by triggers, see `zhenggai.ledger.guards_of_standing`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.domain.standing import IntervalSource
from zhenggai.ledger.models.closed_lists import choices_of, known
from zhenggai.ledger.models.findings import Finding
from zhenggai.ledger.models.inspections import Inspection

# What of a finding each interval keeps.
KEPT = ("stage", "round", "nature", "progress", "due")


class StateInterval(models.Model):
    """How a finding stood from one moment until another (状态区间); the one without an end holds now.

    Written with each change of what it keeps, by the service that makes the change. A moment ``at`` lies in
    it where ``since`` <= ``at`` < ``until``; one that ends as it begins holds at no moment. ``source`` says
    whence it is known. ``inspection`` is the finding's own, for the index.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="intervals")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(max_length=20, choices=choices_of(Stage))
    round = models.PositiveIntegerField()
    nature = models.CharField(max_length=20, choices=choices_of(Nature), blank=True)
    progress = models.CharField(max_length=20, choices=choices_of(Progress), blank=True)
    due = models.DateField(null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    source = models.CharField(
        max_length=10, choices=choices_of(IntervalSource), default=IntervalSource.RECORDED.value
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(until__isnull=True), name="ledger_interval_open_once"
            ),
            models.CheckConstraint(condition=known("stage", Stage), name="ledger_interval_stage_known"),
            models.CheckConstraint(
                condition=known("nature", Nature, blank=True), name="ledger_interval_nature_known"
            ),
            models.CheckConstraint(
                condition=known("progress", Progress, blank=True), name="ledger_interval_progress_known"
            ),
            models.CheckConstraint(
                condition=known("source", IntervalSource), name="ledger_interval_source_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="ledger_interval_forward"
            ),
        ]
        indexes = [
            models.Index(fields=["inspection", "until", "since"], name="ledger_interval_by_moment"),
            models.Index(fields=["finding", "since"], name="ledger_interval_by_finding"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.stage} {self.since}"
