"""What somebody does to many findings at once (批量办理): which, what, and what became of each; no record.

The record of each change is the finding's own, as its service wrote it; this is a person's worksheet.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from zhenggai.domain.batches import BatchState, ManyAction, RowState
from zhenggai.ledger.models.closed_lists import known
from zhenggai.ledger.models.findings import Finding
from zhenggai.ledger.models.inspections import Inspection


class Batch(models.Model):
    """Findings chosen together, and what is to be done to them (批量办理); its person's alone.

    ``wish`` is what is set, as JSON; ``run`` counts the trials, so that no older page confirms a newer one.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(max_length=20, blank=True)
    wish = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=BatchState.CHOSEN.value)
    run = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=known("state", BatchState), name="ledger_batch_state_known"),
            models.CheckConstraint(
                condition=known("action", ManyAction, blank=True), name="ledger_batch_action_known"
            ),
        ]
        indexes = [models.Index(fields=["person", "inspection", "-id"], name="ledger_batch_own")]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.action} {self.state}"


class BatchRow(models.Model):
    """One finding among several (批量办理明细): as it stood at the trial, and what became of it.

    ``version`` is that of the trial, and the finding is changed only while it holds. ``changes`` are words
    from → to; ``reason`` is the sentence of a refusal. Both are kept as templates until they are read.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, default=RowState.WAITING.value)
    changes = models.JSONField(default=list, blank=True)
    reason = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=known("state", RowState), name="ledger_batchrow_state_known"),
            models.UniqueConstraint(fields=["batch", "finding"], name="ledger_batchrow_once"),
        ]
        indexes = [models.Index(fields=["batch", "state", "position"], name="ledger_batchrow_state")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.finding_id} {self.state}"
