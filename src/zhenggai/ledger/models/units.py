"""Units that work, or ever worked, on a finding (配合单位、整改单位)."""

from __future__ import annotations

from django.db import models

from zhenggai.domain.fixing import Reach
from zhenggai.ledger.models.findings import Finding, choices_of, known


class SupportingUnit(models.Model):
    """A unit that supports the work on a finding (配合单位)."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="supporting")
    unit = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="supporting")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "unit"], name="ledger_supporting_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.unit_id}"


class FixingUnit(models.Model):
    """A unit to which the work on a finding was ever given (整改单位), lead or supporting; never changed.

    Assigning the finding to others does not take it away: the body that confirms is not the unit that fixed.
    ``reach`` says whose work it is, as the tree stood when the unit was given it (`domain.fixing.Reach`).
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="fixing_units")
    unit = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    reach = models.CharField(max_length=10, choices=choices_of(Reach), default=Reach.EVERYBODY.value)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "unit", "reach"], name="ledger_fixingunit_once"),
            models.CheckConstraint(condition=known("reach", Reach), name="ledger_fixingunit_reach_known"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.unit_id}"
