"""What a closure request asks of those who sign (应签事项). Guarded by triggers, see `guards_of_signing`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.domain.ladder import StepKind
from zhenggai.ledger.models.closing import ClosureRequest
from zhenggai.ledger.models.profiles import ProfileVersion


class RequestStep(models.Model):
    """One step that a request has to pass (应签步骤), by the rules of its inspection; never changed.

    ``needed``: how many signatures it takes at least; of ``all`` without bodies also everybody called.
    """

    request = models.ForeignKey(ClosureRequest, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    step = models.CharField(max_length=50)
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in StepKind])
    needed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="ledger_requeststep_place_once"),
            models.UniqueConstraint(fields=["request", "step"], name="ledger_requeststep_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in StepKind]) & Q(needed__gte=1),
                name="ledger_requeststep_whole",
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.step}"


class CalledSigner(models.Model):
    """Somebody called to sign a step of several (应签人员), by the posts at the request; never changed."""

    request = models.ForeignKey(ClosureRequest, on_delete=models.PROTECT, related_name="called")
    step = models.CharField(max_length=50)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "step", "person"], name="ledger_calledsigner_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.step} {self.person_id}"


class ProfileBody(models.Model):
    """A body that a version names for a joint review (联合审核单位), as its content says; never changed.

    A row of its own, so that what its people see is found by a join.
    """

    version = models.ForeignKey(ProfileVersion, on_delete=models.PROTECT, related_name="bodies")
    step = models.CharField(max_length=50)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "step", "organisation"], name="ledger_profilebody_once"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.step} {self.organisation_id}"
