"""What happens while a finding is worked on: reports, new situations and holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.domain.case import HoldKind
from zhenggai.domain.lifecycle import Progress
from zhenggai.ledger.models.findings import Finding


class ProgressReport(models.Model):
    """A report of a unit (进展反馈): its claim of progress and what it did; never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="progress_reports")
    round = models.PositiveIntegerField()
    progress = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Progress])
    # the share of the work that the unit claims to have done, a whole number of per cent
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    narrative = models.TextField()
    # pieces of the report's round that show what it says
    evidence = models.ManyToManyField("ledger.Evidence", related_name="progress_reports", blank=True)
    # for which of the finding's units it was made; none for reports of before that was noted
    unit_ids = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__in=[each.value for each in Progress]),
                name="ledger_progressreport_known",
            ),
            models.CheckConstraint(condition=~Q(narrative=""), name="ledger_progressreport_says_something"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="ledger_progressreport_percent"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.progress}"


class Situation(models.Model):
    """A new situation or problem met on the way (新情况新问题); nothing stays without an answer."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="situations")
    text = models.TextField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="ledger_situation_has_text"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="ledger_situation_answered_whole",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:50]


class Hold(models.Model):
    """What keeps a finding from being closed until it is cleared (未了事项)."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in HoldKind])
    reference = models.CharField(max_length=200)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in HoldKind]), name="ledger_hold_known"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="ledger_hold_has_reference"),
            models.CheckConstraint(
                condition=Q(
                    cleared_at__isnull=True,
                    cleared_by__isnull=True,
                    cleared_reason="",
                )
                | (Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(cleared_reason="")),
                name="ledger_hold_cleared_whole",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
