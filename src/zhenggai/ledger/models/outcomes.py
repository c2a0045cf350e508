"""What came of the work in numbers (成效). Guarded by triggers, see `zhenggai.ledger.guards`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.ledger.models.closed_lists import choices_of, known
from zhenggai.ledger.models.findings import Finding


class Outcome(models.Model):
    """One outcome of a finding (成效): how many, or how much in yuan, with the evidence that proves it.

    ``happened_on``: the day of the fact. Never edited; withdrawn only with a reason. Counted while its
    evidence stands.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="outcomes")
    round = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=choices_of(OutcomeKind))
    quantity = models.DecimalField(max_digits=16, decimal_places=2)
    evidence = models.ForeignKey("ledger.Evidence", on_delete=models.PROTECT, related_name="outcomes")
    happened_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=known("kind", OutcomeKind), name="ledger_outcome_kind_known"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="ledger_outcome_positive"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="ledger_outcome_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["kind", "finding"], name="ledger_outcome_by_kind")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"
