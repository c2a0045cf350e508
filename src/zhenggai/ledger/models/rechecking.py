"""What comes after closing: re-checks, next stages, rebounds. Guarded by `guards_of_rechecking`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from zhenggai.domain.closing import REASON_MIN
from zhenggai.domain.rechecking import ReboundGround
from zhenggai.ledger.models.closed_lists import choices_of, known
from zhenggai.ledger.models.findings import Finding


class RecheckDate(models.Model):
    """A day by which a closed finding is to be re-checked (回头看日期); one stands at a time.

    It came with the closing of a stage, with a re-check that holds, or was set by hand with a ``reason``.
    ``ended_at``: when the re-check was carried out, the day brought forward, or the next stage begun.
    ``warned_at``: when people were told that it has come.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="recheck_dates")
    round = models.PositiveIntegerField()
    due_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(ended_at__isnull=True), name="ledger_recheckdate_open_once"
            ),
        ]
        indexes = [models.Index(fields=["ended_at", "due_on"], name="ledger_recheckdate_by_day")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.due_on}"


class Recheck(models.Model):
    """A re-check of a closed finding (回头看): whether it holds, with what was seen; never changed.

    ``due_on`` is the day that stood for it, None where it was carried out without one. ``next_on``: the next.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="rechecks")
    round = models.PositiveIntegerField()
    due_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField()
    holds = models.BooleanField()
    text = models.TextField()
    next_on = models.DateField(null=True, blank=True)
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    file_name = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("text"), REASON_MIN), name="ledger_recheck_worded"
            ),
            models.CheckConstraint(
                condition=Q(holds=True) | Q(next_on__isnull=True), name="ledger_recheck_next_where_it_holds"
            ),
            models.CheckConstraint(
                condition=Q(blob__isnull=True, file_name="") | (Q(blob__isnull=False) & ~Q(file_name="")),
                name="ledger_recheck_file_whole",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:50]


class StageStart(models.Model):
    """The beginning of the next stage of long-term work (下一阶段): its goal and its day; never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="stage_starts")
    round = models.PositiveIntegerField()
    goal = models.TextField()
    due = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "round"], name="ledger_stagestart_once"),
            models.CheckConstraint(condition=~Q(goal=""), name="ledger_stagestart_names_goal"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.goal[:50]


class Rebound(models.Model):
    """How a fault came back (反弹): its successor, and why what was closed does not hold; never changed.

    ``finding`` is the successor; ``of`` the one that does not hold, its origin or an earlier successor.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="rebounds")
    of = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="rebounded")
    ground = models.CharField(max_length=20, choices=choices_of(ReboundGround))
    reason = models.TextField()
    recheck = models.ForeignKey(
        Recheck, on_delete=models.PROTECT, related_name="rebounds", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding"], name="ledger_rebound_once"),
            models.UniqueConstraint(fields=["recheck"], name="ledger_rebound_of_recheck_once"),
            models.CheckConstraint(
                condition=known("ground", ReboundGround), name="ledger_rebound_ground_known"
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), REASON_MIN), name="ledger_rebound_reasoned"
            ),
            models.CheckConstraint(
                condition=Q(ground=ReboundGround.RECHECK.value, recheck__isnull=False)
                | (~Q(ground=ReboundGround.RECHECK.value) & Q(recheck__isnull=True)),
                name="ledger_rebound_from_recheck",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason[:50]
