"""When a sign-in runs out of time (登录超时)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from zhenggai.accounts.kinds import SignInEnd

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.accounts.models import SignIn


def overdue(row: SignIn, at: datetime) -> SignInEnd | None:
    """Why the sign-in ran out of time, if it did: idle for too long, or begun too long ago."""
    if at - row.started_at >= timedelta(hours=settings.ZHENGGAI_SESSION_HOURS):
        return SignInEnd.LONG
    if at - row.seen_at >= timedelta(minutes=settings.ZHENGGAI_SESSION_IDLE_MINUTES):
        return SignInEnd.IDLE
    return None
