"""Who is listed to see a restricted finding (受限问题知悉人). Guarded by triggers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.ledger.models.findings import Finding


class FindingReader(models.Model):
    """A person listed to see a restricted finding (知悉人).

    Taken off the list, the row stays with who did so and why.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="ledger_reader_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="ledger_reader_withdrawn_whole",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.person_id}"
