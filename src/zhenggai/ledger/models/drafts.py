"""What a person has typed of a report and not sent (填报草稿): that person's alone, and no record."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from zhenggai.ledger.models.findings import Finding


class ProgressDraft(models.Model):
    """A draft of a progress report (进展草稿), one for each person and finding; deleted with the report.

    ``said`` holds what was typed, by the names of the form's fields. Nobody but the person is shown it.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="progress_drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "person"], name="ledger_progressdraft_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.person_id}"
