"""What a person last chose for a file of the ledger (导出选择): that person's alone, and no record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.ledger.models.inspections import Inspection


class ExportChoice(models.Model):
    """The columns and sheets somebody chose last (常用导出栏目), offered again; one for each person.

    ``columns`` are names of `documents.ledger_book.columns`, in order; ``sheets`` of its sheets.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(default=list)
    sheets = models.JSONField(default=list)
    is_merged = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.person_id)


class LedgerExport(models.Model):
    """A workbook that a job makes for one person (后台导出), kept until ``expires_at`` and then gone.

    ``wish`` says which findings, in which order, with what in it; ``token`` names the file on the disk.
    ``is_whole``: the person saw every finding of the inspection when it was made. ``failed_at``: it could
    not be made, since the person sees the inspection no more.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    wish = models.JSONField()
    token = models.CharField(max_length=32, unique=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    is_whole = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(("token__regex", r"^[0-9a-f]{32}$")), name="ledger_ledgerexport_token_hex"
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, expires_at__isnull=True, total__isnull=True)
                | Q(
                    made_at__isnull=False,
                    expires_at__isnull=False,
                    total__isnull=False,
                    failed_at__isnull=True,
                ),
                name="ledger_ledgerexport_made_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="ledger_ledgerexport_own"),
            models.Index(fields=["asked_at"], name="ledger_ledgerexport_asked"),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.person_id}"
