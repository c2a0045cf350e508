"""The tokens of a person's programs (接口令牌查询)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.accounts.models import ApiToken

if TYPE_CHECKING:
    from datetime import datetime

PAST_MOST: Final = 20


def tokens_shown(person_id: int, at: datetime) -> tuple[list[ApiToken], list[ApiToken]]:
    """The tokens of a person that stand, and the last that are over, the newest first; two queries."""
    rows = ApiToken.objects.filter(person_id=person_id).order_by("-made_at", "-pk")
    standing = list(rows.filter(ended_at__isnull=True, expires_at__gt=at))
    return standing, list(rows.exclude(ended_at__isnull=True, expires_at__gt=at)[:PAST_MOST])
