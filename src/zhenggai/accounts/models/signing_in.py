"""Sign-ins, what fails of them, and second factors (登录、登录失败、第二验证方式)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.accounts.kinds import SignInEnd
from zhenggai.accounts.models.posts import Person


class SignIn(models.Model):
    """A sign-in on one device (登录): from ``started_at`` until ``ended_at``, or until it ran out of time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sign_ins")
    device = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=45, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=20, blank=True, choices=[(why, why) for why in SignInEnd])
    with_factor = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="accounts_sign_in_end_whole",
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="accounts_sign_in_standing")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.started_at:%Y-%m-%d}"


class FailedSignIns(models.Model):
    """Failed sign-ins in a row, of one account or from one address (登录失败计数).

    ``subject`` is a keyed digest for a user name, also for one that nobody has, and the address itself for an
    address. Each try counts before its password is looked at, so that many at once are no way around.
    """

    subject = models.CharField(max_length=80, unique=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["failed_at"], name="accounts_failed_by_moment")]

    def __str__(self) -> str:
        return f"{self.subject[:16]} {self.failures}"


class Factor(models.Model):
    """A person's second factor (第二验证方式): codes of an authenticator app.

    ``secret`` is encrypted with a key that is not in the database. It counts once ``confirmed_at`` is set;
    ``last_step`` is the last half minute whose code was used.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="factor")
    secret = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}"


class RecoveryCode(models.Model):
    """A code for when the second factor is not at hand (备用码), kept as a keyed digest and good for once."""

    factor = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="accounts_recovery_once")]

    def __str__(self) -> str:
        return f"{self.factor_id}"


class FactorRemoval(models.Model):
    """Somebody else took a person's second factor away (解除第二验证方式); it shows beside signatures."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="factor_removals")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="accounts_factor_removal")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"
