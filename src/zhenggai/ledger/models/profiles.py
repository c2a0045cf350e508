"""Profiles with their versions, and rounds (种类规则、轮次). Profiles are guarded by triggers."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.profiles import Profile as Rules
from zhenggai.domain.profiles import profile_from

_KINDS = [kind.value for kind in InspectionKind]
_KIND_CHOICES = [(kind, kind) for kind in _KINDS]


class Profile(models.Model):
    """The rules for one kind of inspection (种类规则), never changed itself; its versions say them.

    ``owner``: the organisation whose rules they are, for itself and everything below; None for those that
    come along, one a kind.
    """

    kind = models.CharField(max_length=20, choices=_KIND_CHOICES)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="profiles", null=True, blank=True
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="ledger_profile_titled"),
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="ledger_profile_kind_known"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(owner__isnull=True), name="ledger_profile_seeded_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "kind", "title"],
                condition=Q(owner__isnull=False),
                name="ledger_profile_title_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class ProfileVersion(models.Model):
    """One version of a profile, never changed (规则版本); ``made_by`` is None for what came along.

    ``content`` is the whole of it (`domain.profiles.profile_content`), ``digest`` its SHA-256 in hex.
    """

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "number"], name="ledger_profileversion_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ledger_profileversion_counted"),
        ]
        ordering = ["profile", "number"]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.number}"

    @cached_property
    def rules(self) -> Rules:
        """What the version says, as a value."""
        return profile_from(self.content)


class Round(models.Model):
    """One round of an inspecting body (轮次、批次): many inspected organisations, each its own inspection."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=_KIND_CHOICES)
    body = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="rounds")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="ledger_round_titled"),
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="ledger_round_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="ledger_round_in_order",
            ),
            models.UniqueConstraint(fields=["body", "title"], name="ledger_round_title_once"),
        ]
        ordering = ["-begins_on", "-id"]

    def __str__(self) -> str:
        return self.title
