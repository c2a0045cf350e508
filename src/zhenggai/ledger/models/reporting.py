"""Report requests and who was asked (填报通知). Guarded by triggers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhenggai.domain.reporting import ReminderStep
from zhenggai.ledger.models.closed_lists import choices_of, known
from zhenggai.ledger.models.findings import Finding
from zhenggai.ledger.models.inspections import Inspection


class ReportRequest(models.Model):
    """What the office asks its units to report on (填报通知): a period, and by when; at most withdrawn.

    ``digest``: SHA-256 of whom it asks, which the trail holds too.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="report_requests")
    title = models.CharField(max_length=200)
    first_on = models.DateField()
    last_on = models.DateField()
    due_on = models.DateField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="ledger_reportrequest_titled"),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on"), due_on__gte=F("first_on")),
                name="ledger_reportrequest_days",
            ),
            models.UniqueConstraint(
                fields=["inspection", "first_on", "last_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="ledger_reportrequest_period_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="ledger_reportrequest_withdrawn_whole",
            ),
        ]
        indexes = [models.Index(fields=["withdrawn_at", "due_on"], name="ledger_reportrequest_by_due")]
        ordering = ["-due_on", "-id"]

    def __str__(self) -> str:
        return self.title


class ReportRequestItem(models.Model):
    """One finding on which one unit is asked to report (填报事项), as the request found it; never changed."""

    request = models.ForeignKey(ReportRequest, on_delete=models.PROTECT, related_name="items")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="reports_asked")
    unit = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "finding", "unit"], name="ledger_reportrequestitem_once"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.finding_id} {self.unit_id}"


class ReportReminder(models.Model):
    """That a unit was reminded of a request (催报), so that no step is told twice; by hand once a day."""

    request = models.ForeignKey(ReportRequest, on_delete=models.PROTECT, related_name="reminders")
    unit = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=choices_of(ReminderStep))
    sent_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=known("step", ReminderStep), name="ledger_reportreminder_known"),
            models.UniqueConstraint(
                fields=["request", "unit", "step"],
                condition=~Q(step=ReminderStep.BY_HAND.value),
                name="ledger_reportreminder_step_once",
            ),
            models.UniqueConstraint(
                fields=["request", "unit", "sent_on"],
                condition=Q(step=ReminderStep.BY_HAND.value),
                name="ledger_reportreminder_by_hand_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.unit_id} {self.step}"
