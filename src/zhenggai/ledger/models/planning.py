"""The plan of an inspection (整改方案), its approval, and its amendments. Guarded by triggers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from zhenggai.domain.closing import REASON_MIN
from zhenggai.domain.planning import PlanState
from zhenggai.ledger.models.findings import Finding
from zhenggai.ledger.models.inspections import Inspection

_STATES = [(each.value, each.value) for each in PlanState]
_OPEN = PlanState.SUBMITTED.value
_REFUSED = [PlanState.SENT_BACK.value, PlanState.WITHDRAWN.value]


def _decided(name: str) -> list[models.CheckConstraint]:
    """A decision is whole: its moment, and what was not approved with who and why."""
    undecided = Q(state=_OPEN, decided_at__isnull=True, decided_by__isnull=True, decided_reason="")
    approved = Q(state=PlanState.APPROVED.value, decided_at__isnull=False, decided_by__isnull=False)
    refused = Q(state__in=_REFUSED, decided_at__isnull=False, decided_by__isnull=False)
    reasoned = GreaterThanOrEqual(Length("decided_reason"), REASON_MIN)
    return [
        models.CheckConstraint(
            condition=undecided | approved | (refused & Q(reasoned)), name=f"ledger_{name}_decided_whole"
        )
    ]


class Approval(models.Model):
    """One step of an approval (审批): one person, one step; never changed.

    ``acting_for``: for whom the signer acted (代).
    """

    step = models.CharField(max_length=50)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        abstract = True


class Plan(models.Model):
    """A plan as it was submitted (整改方案): the findings it has are its items; one waits at a time.

    ``number`` counts the inspection's plans: what is registered later comes into a further one. ``digest``
    is the SHA-256 of its items (`ledger.plan_content`), in hex.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    statement = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=_STATES, default=_OPEN)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="ledger_plan_number_once"),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(state=_OPEN), name="ledger_plan_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in PlanState]), name="ledger_plan_state_known"
            ),
            *_decided("plan"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.number}"


class PlanItem(models.Model):
    """One finding in a plan, with its measures and criteria as they were submitted; never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="plan_items")
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "finding"], name="ledger_planitem_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.finding_id}"


class PlanSignature(Approval):
    """One step of a plan's approval (方案审批): one person, one step; never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "step"], name="ledger_plansignature_step_once"),
            models.UniqueConstraint(fields=["plan", "by"], name="ledger_plansignature_person_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.step}"


class PlanAmendment(models.Model):
    """A change of what an approved plan says of one finding (方案调整); one waits at a time.

    ``content`` is what `domain.amending.amended_content` makes: what is added and dropped, and of every
    measure that is arranged anew how it stood when this was proposed and how it is to stand.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="amendments")
    content = models.JSONField()
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=_STATES, default=_OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(state=_OPEN), name="ledger_amendment_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in PlanState]), name="ledger_amendment_state_known"
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), REASON_MIN), name="ledger_amendment_reasoned"
            ),
            *_decided("amendment"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"


class AmendmentSignature(Approval):
    """One step of an amendment's approval (调整审批); never changed."""

    amendment = models.ForeignKey(PlanAmendment, on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["amendment", "step"], name="ledger_amendmentsignature_step_once"),
            models.UniqueConstraint(fields=["amendment", "by"], name="ledger_amendmentsignature_person_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.step}"


class Refusal(models.Model):
    """An assignment that its unit did not take on, or gave away (退回交办、申请转办); never changed.

    ``to_unit``: whom the unit names instead, for a transfer.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="refusals")
    unit = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), REASON_MIN), name="ledger_refusal_reasoned"
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.unit_id}"
