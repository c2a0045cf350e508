"""Findings put under other headings by hand (人工归类); guarded, see `zhenggai.ledger.guards`."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models

from zhenggai.ledger.models.findings import Finding

# Of what restating changes, the columns that change with a row of this table as well.
PLACED: Final = ("theme_id", "group_id")


class FindingPlacing(models.Model):
    """That somebody put a finding elsewhere in the tree (人工归类); never changed.

    ``version`` is the finding's with it. ``fields``: ``theme_id`` and ``group_id``, as far as they changed,
    each with ``before``, ``after`` and the titles ``from``, ``to``; and ``follows``, the finding after which
    it was put, where it was put between others. Theme and group of a finding change with such a row or with
    a `ClaimUpdate`, and never otherwise.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="placings")
    version = models.PositiveIntegerField()
    fields = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "version"], name="ledger_findingplacing_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.version}"
