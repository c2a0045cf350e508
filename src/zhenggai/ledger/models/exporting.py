"""What a person last chose for a file of the ledger (导出选择): that person's alone, and no record."""

from __future__ import annotations

from django.conf import settings
from django.db import models


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
