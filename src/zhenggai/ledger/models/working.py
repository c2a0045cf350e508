"""What happens while a finding is worked on: reports, new situations and holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from zhenggai.domain.case import HoldKind
from zhenggai.domain.closing import REASON_MIN
from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.situations import AnswerReminder, Level
from zhenggai.ledger.models.closed_lists import choices_of, known
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
    # where it waits, or waited when it was answered; what was raised before there were levels, at the office
    level = models.CharField(max_length=20, choices=choices_of(Level), default=Level.OFFICE.value)
    # none of what was raised before there was a clock
    due_on = models.DateField(null=True, blank=True)
    # the answered one that it takes up again
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="followed_by", null=True, blank=True
    )
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="ledger_situation_has_text"),
            models.CheckConstraint(condition=known("level", Level), name="ledger_situation_level_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="ledger_situation_answered_whole",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:50]


class SituationStep(models.Model):
    """A new situation comes to a level (逐级上报): raised, or passed up with its analysis; never changed.

    ``from_level`` is empty where it was raised. ``passed_over``: levels at which nobody holds the post.
    """

    situation = models.ForeignKey(Situation, on_delete=models.PROTECT, related_name="steps")
    from_level = models.CharField(max_length=20, choices=choices_of(Level), blank=True)
    to_level = models.CharField(max_length=20, choices=choices_of(Level))
    passed_over = models.JSONField(default=list, blank=True)
    analysis = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["situation", "to_level"], name="ledger_situationstep_once"),
            models.UniqueConstraint(fields=["situation", "from_level"], name="ledger_situationstep_on_once"),
            models.CheckConstraint(condition=known("to_level", Level), name="ledger_situationstep_to_known"),
            models.CheckConstraint(
                condition=Q(from_level="", analysis="")
                | Q(
                    GreaterThanOrEqual(Length("analysis"), REASON_MIN),
                    from_level__in=[each.value for each in Level],
                ),
                name="ledger_situationstep_analysed",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.to_level}"


class SituationReminder(models.Model):
    """A reminder of an answer that was sent (已发催答), so that nobody is told of the same step twice."""

    situation = models.ForeignKey(Situation, on_delete=models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=10, choices=choices_of(AnswerReminder))
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["situation", "step"], name="ledger_situationreminder_once"),
            models.CheckConstraint(
                condition=known("step", AnswerReminder), name="ledger_situationreminder_known"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.step}"


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
