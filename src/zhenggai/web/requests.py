"""What a request carries once the middleware has seen it (请求)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from datetime import datetime

    from django_htmx.middleware import HtmxDetails

    from zhenggai.domain.actor import Actor


class WebRequest(HttpRequest):
    """A request with its actor and its moment.

    ``actor`` is who asks (only on pages that need a sign-in); ``at`` is the aware moment of the request.
    """

    actor: Actor
    at: datetime
    htmx: HtmxDetails
