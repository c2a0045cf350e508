"""How people look at a ledger (台账视图): columns chosen, and lists kept under a name; no record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.ledger.models.inspections import Inspection


class ColumnChoice(models.Model):
    """The columns of the list that somebody chose last (常用栏目), in order; one row for each person."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.person_id)


class LedgerView(models.Model):
    """A list of an inspection kept under a name (自存视图): its filters, order and columns.

    ``query`` is the address's part after the question mark. A shared one is offered to everybody who sees the
    inspection, and shows each what is theirs to see.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="views")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="ledger_view_named"),
            models.UniqueConstraint(fields=["inspection", "person", "name"], name="ledger_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
