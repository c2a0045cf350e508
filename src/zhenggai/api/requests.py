"""What a call carries once its token is known (接口请求)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.accounts.kinds import TokenReach
    from zhenggai.domain.actor import Actor


class ApiRequest(HttpRequest):
    """A call with its actor, the aware moment it came, and what its token reaches."""

    actor: Actor
    at: datetime
    reach: TokenReach
