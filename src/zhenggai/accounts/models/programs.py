"""Tokens with which other programs act for a person, and what they did once (接口令牌、接口调用)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhenggai.accounts.kinds import SignInEnd, TokenReach
from zhenggai.accounts.models.posts import Person


class ApiToken(models.Model):
    """A token (接口令牌): whoever shows it acts as its person, within its reach, until it ends.

    ``digest`` is the SHA-256 of the token, which is shown once and kept nowhere.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    reach = models.CharField(max_length=10, choices=[(each.value, each.value) for each in TokenReach])
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=20, blank=True, choices=[(why, why) for why in SignInEnd])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reach__in=[each.value for each in TokenReach]), name="accounts_token_reach_known"
            ),
            models.CheckConstraint(condition=~Q(label=""), name="accounts_token_labelled"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="accounts_token_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="accounts_token_end_whole",
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="accounts_token_standing")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.label}"


class ApiCall(models.Model):
    """A call that succeeded under a key of the caller's (幂等调用): the same once more gets the same answer.

    ``request`` is the SHA-256 of what was asked, ``answer`` what was answered.
    """

    key = models.CharField(max_length=100, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    request = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="accounts_call_keyed")]
        indexes = [models.Index(fields=["at"], name="accounts_call_by_moment")]

    def __str__(self) -> str:
        return self.key
