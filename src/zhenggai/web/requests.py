"""What a request carries once the middleware has seen it (请求)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from datetime import datetime

    from django_htmx.middleware import HtmxDetails

    from zhenggai.accounts.kinds import SignInEnd
    from zhenggai.domain.actor import Actor


class WebRequest(HttpRequest):
    """A request with its actor and its moment.

    ``actor`` is who asks (only on pages that need a sign-in); ``at`` is the aware moment of the request.
    ``sign_in_id`` is the sign-in that the request belongs to, ``with_factor`` whether that one asked for a
    code; ``ended_why`` says why there is none any more.
    """

    actor: Actor
    at: datetime
    sign_in_id: int | None
    with_factor: bool
    ended_why: SignInEnd | None
    htmx: HtmxDetails
