"""What later documents say of a finding (后来文件的说法); guarded, see `zhenggai.ledger.guards`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhenggai.ledger.models.findings import Finding
from zhenggai.ledger.models.inspections import SourceDocument


class SourceMention(models.Model):
    """Where a later document tells of a finding that was in the ledger already (再次出现); never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="mentions")
    document = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="mentions")
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "document"], name="ledger_mention_once"),
            models.CheckConstraint(
                condition=Q(span_start__isnull=True, span_end__isnull=True)
                | Q(span_start__isnull=False, span_end__gte=F("span_start")),
                name="ledger_mention_span_whole",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.document_id}"


class ClaimUpdate(models.Model):
    """What a person took of a later document (采用后来文件的说法); never changed.

    ``version`` is the finding's with it. ``fields``: column → ``before``, ``after`` and the ``places`` in the
    document's restored text. A finding's claims and words change with such a row, and never otherwise.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="claim_updates")
    document = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="claim_updates")
    version = models.PositiveIntegerField()
    fields = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "version"], name="ledger_claimupdate_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.version}"
