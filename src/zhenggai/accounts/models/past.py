"""What organisations were called and where they stood before (单位沿革)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.accounts.kinds import PastWhy
from zhenggai.accounts.models.posts import Organisation


class OrganisationPast(models.Model):
    """How an organisation stood until a change (沿革): its names then, and the one above it then."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="past")
    why = models.CharField(max_length=10, choices=[(why, why) for why in PastWhy])
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=50, blank=True)
    parent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=[why.value for why in PastWhy]), name="accounts_past_why_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="accounts_past_named"),
        ]
        indexes = [models.Index(fields=["organisation", "until"], name="accounts_past_by_moment")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.until:%Y-%m-%d}"
