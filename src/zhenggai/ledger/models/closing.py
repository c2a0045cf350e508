"""Closing: requests, signatures, returns and closures. Guarded by triggers, see `zhenggai.ledger.guards`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from zhenggai.domain.closing import REASON_MIN, ClosureKind, RequestState
from zhenggai.domain.returning import ReturnGround
from zhenggai.ledger.models.findings import Finding


class ClosureRequest(models.Model):
    """A request to close a finding (申请销号); one stands at a time.

    ``promise``: the very text that whoever requested affirmed (真实性承诺), empty where none was asked.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="closure_requests")
    round = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    statement = models.TextField()
    promise = models.TextField(blank=True)
    stage_goal = models.TextField(blank=True)
    recheck_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(each.value, each.value) for each in RequestState],
        default=RequestState.OPEN.value,
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in RequestState]),
                name="ledger_request_state_known",
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="ledger_request_stated"),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN.value, decided_at__isnull=True)
                | (~Q(state=RequestState.OPEN.value) & Q(decided_at__isnull=False)),
                name="ledger_request_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["finding"],
                condition=Q(state=RequestState.OPEN.value),
                name="ledger_request_open_once",
            ),
            models.UniqueConstraint(
                fields=["finding", "round"],
                condition=Q(state=RequestState.GRANTED.value),
                name="ledger_request_granted_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"


class Signature(models.Model):
    """One signature on a request (签批): one person, one step; never changed.

    ``body``: for which body of a joint review; ``acting_for``: for whom the signer acted (代);
    ``record``: where it was given on paper or by a meeting (纸质).
    ``password_reset_at``: when somebody else had last set the signer's password, where that is to be shown
    beside the signature; ``password_changed_at``: when the signer's sign-in had set another one since.
    """

    request = models.ForeignKey(ClosureRequest, on_delete=models.PROTECT, related_name="signatures")
    step = models.CharField(max_length=50)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    body = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    record = models.OneToOneField(
        "ledger.SignatureRecord",
        on_delete=models.PROTECT,
        related_name="signature",
        null=True,
        blank=True,
    )
    password_reset_at = models.DateTimeField(null=True, blank=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "by"], name="ledger_signature_person_once"),
            models.UniqueConstraint(
                fields=["request", "step", "body"],
                condition=Q(body__isnull=False),
                name="ledger_signature_body_once",
            ),
            models.UniqueConstraint(
                fields=["request", "acting_for"],
                condition=Q(acting_for__isnull=False),
                name="ledger_signature_acting_once",
            ),
            models.CheckConstraint(condition=~Q(step=""), name="ledger_signature_has_step"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.step}"


class ReturnRecord(models.Model):
    """A request sent back (退回), with its reviewer and reason; never changed.

    ``criteria``: the ids of those that failed, judged again in the new round. ``redo_by``: until when the
    reviewer asks to work again; a proposal that moves no due date.
    """

    request = models.OneToOneField(ClosureRequest, on_delete=models.PROTECT, related_name="returned")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    ground = models.CharField(
        max_length=10,
        choices=[(each.value, each.value) for each in ReturnGround],
        default=ReturnGround.OTHER.value,
    )
    criteria = models.JSONField(default=list, blank=True)
    redo_by = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), REASON_MIN),
                name="ledger_return_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=[each.value for each in ReturnGround]),
                name="ledger_return_ground_known",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason[:50]


class Closure(models.Model):
    """A closing (销号), or of long-term work the closing of a stage (阶段销号); never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="closures")
    round = models.PositiveIntegerField()
    request = models.OneToOneField(ClosureRequest, on_delete=models.PROTECT, related_name="closure")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in ClosureKind])
    at = models.DateTimeField()
    stage_goal = models.TextField(blank=True)
    recheck_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "round"], name="ledger_closure_once"),
            models.CheckConstraint(
                condition=Q(kind=ClosureKind.CLOSED.value)
                | (Q(kind=ClosureKind.STAGE_CLOSED.value, recheck_on__isnull=False) & ~Q(stage_goal="")),
                name="ledger_closure_stage_names_goal",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.kind}"
