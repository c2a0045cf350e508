"""Requests about the deadline (延期、申请长期整改) and suspensions (暂停). Guarded by triggers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from zhenggai.domain.closing import REASON_MIN, RequestState
from zhenggai.domain.extending import DeadlineKind
from zhenggai.ledger.models.findings import Finding
from zhenggai.ledger.models.planning import Approval

_OPEN = RequestState.OPEN.value
_REFUSED = [RequestState.SENT_BACK.value, RequestState.WITHDRAWN.value]


class DeadlineRequest(models.Model):
    """A request for another due day (延期) or for long-term work (申请长期整改); one waits at a time.

    ``asked_on``: the day in Asia/Shanghai on which it was asked; ``due_before``: the due day in force then;
    ``new_due`` of an extension alone, ``stage_goal`` and ``recheck_on`` (first re-check) of long-term work
    alone.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="deadline_requests")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in DeadlineKind])
    asked_on = models.DateField()
    due_before = models.DateField()
    new_due = models.DateField(null=True, blank=True)
    stage_goal = models.TextField(blank=True)
    recheck_on = models.DateField(null=True, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in RequestState], default=_OPEN
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(state=_OPEN), name="ledger_deadlinerequest_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in RequestState]),
                name="ledger_deadlinerequest_state_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=DeadlineKind.EXTENSION.value,
                    new_due__gt=F("due_before"),
                    stage_goal="",
                    recheck_on__isnull=True,
                )
                | (
                    Q(kind=DeadlineKind.LONG_TERM.value, new_due__isnull=True, recheck_on__isnull=False)
                    & ~Q(stage_goal="")
                ),
                name="ledger_deadlinerequest_says_what",
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), REASON_MIN),
                name="ledger_deadlinerequest_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(state=_OPEN, decided_at__isnull=True, decided_by__isnull=True, decided_reason="")
                | Q(
                    state=RequestState.GRANTED.value,
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    decided_reason="",
                )
                | (
                    Q(state__in=_REFUSED, decided_at__isnull=False, decided_by__isnull=False)
                    & Q(GreaterThanOrEqual(Length("decided_reason"), REASON_MIN))
                ),
                name="ledger_deadlinerequest_decided_whole",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.kind} {self.state}"


class DeadlineSignature(Approval):
    """One approval of a request about the deadline (期限审批): one person, one step; never changed.

    ``acting_for``: for whom the signer acted (代).
    """

    request = models.ForeignKey(DeadlineRequest, on_delete=models.PROTECT, related_name="signatures")
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "step"], name="ledger_deadlinesignature_step_once"),
            models.UniqueConstraint(fields=["request", "by"], name="ledger_deadlinesignature_person_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.step}"


class Suspension(models.Model):
    """A time during which the work on a finding is suspended (暂停); it does not stop the clock."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="suspensions")
    reason = models.TextField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(ended_at__isnull=True), name="ledger_suspension_open_once"
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), REASON_MIN), name="ledger_suspension_reasoned"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_reason="")
                | (
                    Q(ended_at__gte=F("begun_at"), ended_by__isnull=False)
                    & Q(GreaterThanOrEqual(Length("ended_reason"), REASON_MIN))
                ),
                name="ledger_suspension_ended_whole",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.begun_at:%Y-%m-%d}"
