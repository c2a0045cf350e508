"""What people said that a wording in documents means (名称对应), remembered per organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.intake.states import NameKind


class NameMeaning(models.Model):
    """Whom or which unit a wording means for an organisation (名称对应); neither: it stays as stated.

    A later answer takes the place of an earlier one; both stand in the trail.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in NameKind])
    wording = models.CharField(max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "wording"], name="intake_name_once"),
            models.CheckConstraint(
                condition=Q(kind=NameKind.LEADER.value, unit__isnull=True)
                | Q(kind=NameKind.UNIT.value, person__isnull=True),
                name="intake_name_of_its_kind",
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="intake_name_has_wording"),
        ]

    def __str__(self) -> str:
        return self.wording
