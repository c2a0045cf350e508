"""Refusals as pages (错误页): the status follows from the class, the sentence is the refusal's own."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.accounts import selectors as accounts

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from zhenggai.domain.errors import ZhenggaiError
    from zhenggai.web.requests import WebRequest

log = logging.getLogger(__name__)


def refusal_page(request: HttpRequest, refusal: ZhenggaiError) -> HttpResponse:
    """The page of a refusal that has no form to go back to."""
    return _page(request, refusal.status, refusal.message.render(_))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Page of a request that could not be understood (400)."""
    return _page(
        request,
        _noted(400, exception),
        _(
            "This request could not be understood, so nothing was changed. "
            "Go back, load the page again and repeat it."
        ),
    )


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Page of something that may not be done (403)."""
    return _page(
        request,
        _noted(403, exception),
        _(
            "Your posts do not permit this, so nothing was changed. "
            "The administrator can tell you whose task it is."
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Page of an address that names nothing this person may see (404)."""
    return _page(
        request,
        _noted(404, exception),
        _(
            "There is nothing at this address, or it is not yours to see. "
            "Your own inspections are on the start page."
        ),
    )


def not_by_this_way(request: HttpRequest, answer: HttpResponseBase) -> HttpResponse:
    """Page of an address that takes only what a form sends, or only gives (405)."""
    response = _page(
        request,
        405,
        _(
            "This address does something only when a form is sent to it, so nothing was changed. "
            "Open the page that has the button."
        ),
    )
    response.headers["Allow"] = answer.headers.get("Allow", "")
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Page of a form whose safety mark is missing or out of date (403)."""
    log.warning("A form was refused because its CSRF mark did not fit: %s", reason)
    return _page(
        request,
        403,
        _(
            "This form is no longer valid, so nothing was changed: you have signed in again since it was "
            "opened, or the browser keeps no cookies. Go back, copy what you typed, load the page again and "
            "send it once more."
        ),
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """Page of a form sent after the sign-in had ended (403)."""
    return _page(
        request,
        403,
        _(
            "You are no longer signed in, so nothing was stored. Go back: what you typed is still there. "
            "Copy it, sign in again and send it once more."
        ),
    )


def server_error(_request: HttpRequest) -> HttpResponse:
    """Page of a fault of ours (500); it asks nothing of the database, which may be what failed."""
    return HttpResponse(render_to_string("errors/server_error.html"), status=500)


def _noted(status: int, exception: Exception | None) -> int:
    """The status, after a line in the log that names the kind of fault and nobody."""
    log.info("A request was answered with %s: %s", status, type(exception).__name__)
    return status


def _page(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    context: dict[str, Any] = {"status": status, "sentence": sentence}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and not hasattr(request, "actor"):
        # an address without a view: the menu is there all the same
        web = cast("WebRequest", request)
        web.actor = accounts.actor_of(user, timezone.localdate(web.at))
    response = render(request, "errors/refusal.html", context, status=status)
    # a part of a page that asked by htmx shows the refusal as a whole page
    response["HX-Retarget"] = "body"
    response["HX-Reswap"] = "innerHTML"
    response["HX-Reselect"] = "body > *"
    return response
