"""Failed sign-ins are counted, by account and by address (登录失败计数)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F

from zhenggai.accounts.errors import SignInWaitsError
from zhenggai.accounts.models import FailedSignIns
from zhenggai.accounts.subjects import account_subject, address_subject
from zhenggai.domain.lockout import FORGOTTEN_HOURS, failures_left, wait_minutes

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def try_count(*, username: str, address: str, at: datetime) -> int:
    """Counts a try as failed before its password is looked at; how long the account waits from now on.

    Counting first is what holds against many tries at once: whatever the number of workers, no more
    passwords are looked at than are allowed. `try_forgive` takes the count back after a success.

    Returns:
        Minutes that the account is blocked for, 0 for not at all.

    Raises:
        SignInWaitsError: when the account or the address has to wait; nothing is counted then.
    """
    FailedSignIns.objects.filter(failed_at__lt=at - timedelta(hours=FORGOTTEN_HOURS)).delete()
    rows = [
        (_locked(account_subject(username), at), settings.ZHENGGAI_SIGN_IN_TRIES),
        (_locked(address_subject(address), at), settings.ZHENGGAI_SIGN_IN_TRIES_ADDRESS),
    ]
    until = max((row.blocked_until for row, _ in rows if row.blocked_until), default=at)
    if until > at:
        raise SignInWaitsError(minutes=max(1, -(-int((until - at).total_seconds()) // 60)))
    shared = rows[1][0]
    shared.failures = failures_left(shared.failures, (at - shared.failed_at).total_seconds() / 60)
    waits = []
    for row, allowed in rows:
        row.failures += 1
        row.failed_at = at
        wait = wait_minutes(row.failures, allowed)
        row.blocked_until = at + timedelta(minutes=wait) if wait else None
        row.save(update_fields=["failures", "failed_at", "blocked_until"])
        waits.append(wait)
    return waits[0]


@transaction.atomic
def try_forgive(*, username: str, address: str, whole: bool) -> None:
    """Takes back the count of a try that succeeded.

    ``whole``: the account's failures are forgotten. Of the address only the one is: somebody with an account
    of their own could otherwise go on guessing for ever.
    """
    account = FailedSignIns.objects.filter(subject=account_subject(username))
    if whole:
        account.delete()
    else:
        account.filter(failures__gt=0).update(failures=F("failures") - 1, blocked_until=None)
    FailedSignIns.objects.filter(subject=address_subject(address), failures__gt=0).update(
        failures=F("failures") - 1, blocked_until=None
    )


def _locked(subject: str, at: datetime) -> FailedSignIns:
    FailedSignIns.objects.get_or_create(subject=subject, defaults={"failed_at": at})
    return FailedSignIns.objects.select_for_update(no_key=True).get(subject=subject)
