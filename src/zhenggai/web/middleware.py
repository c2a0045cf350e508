"""What happens around every page (中间件): moment, language, sign-in, and refusals shown as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRefresh

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.accounts.kinds import SignInEnd
from zhenggai.domain.actor import needs_factor
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.web import errors
from zhenggai.web.languages import TAGS, is_call, language_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from zhenggai.web.requests import WebRequest

    Respond = Callable[[HttpRequest], HttpResponseBase]


# where the session keeps the id of its sign-in
SIGN_IN: Final = "sign_in"


class RequestContextMiddleware:
    """Sets ``request.at`` and the language; no page but the marked ones is shown without a sign-in."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Reads the clock once and speaks the reader's language."""
        web = cast("WebRequest", request)
        web.at, web.sign_in_id, web.with_factor, web.ended_why = timezone.now(), None, False, None
        _still_signed_in(web)
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", TAGS[language])
        response.headers.setdefault("Vary", "Cookie")
        if not request.path.startswith("/static/"):
            # pages hold personal data: a shared machine's "back" after sign-out must not show them
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Lets a marked view pass; else asks for the sign-in, or names the actor."""
        if is_call(request) or not getattr(view, "login_required", True):
            # a call of a program brings a token instead, and its own room asks for it
            return None
        if not request.user.is_authenticated:
            if request.method == "POST":
                # a redirect would throw away what was typed; the browser's way back does not
                return errors.signed_out(request)
            return _to_sign_in(cast("WebRequest", request))
        web = cast("WebRequest", request)
        if request.user.must_change_password and not getattr(view, "one_time_allowed", False):
            return redirect("password")
        web.actor = accounts.actor_of(request.user, timezone.localdate(web.at))
        needs = needs_factor(web.actor.roles, settings.ZHENGGAI_SECOND_FACTOR)
        if needs and not web.with_factor and not getattr(view, "factor_not_needed", False):
            return redirect("factor")
        return None


def _still_signed_in(request: WebRequest) -> None:
    """Sees that the sign-in behind the session still stands; the session ends where it does not."""
    if not request.user.is_authenticated:
        return
    found = services.sign_in_seen(
        sign_in_id=request.session.get(SIGN_IN),
        person_id=request.user.pk,
        at=request.at,
        is_work=not _is_poll(request),
    )
    if found is None or isinstance(found, SignInEnd):
        request.ended_why = found
        logout(request)
    else:
        request.sign_in_id, request.with_factor = found.pk, found.with_factor


def _is_poll(request: WebRequest) -> bool:
    """Whether the page asks by itself, perhaps with nobody before it; the view is not resolved yet here."""
    if request.method != "GET":
        return False
    try:
        return getattr(resolve(request.path_info).func, "is_poll", False)
    except Resolver404:
        return False


def _to_sign_in(request: WebRequest) -> HttpResponseBase:
    if request.htmx:
        # a part of a page cannot become the sign-in; the page itself is asked for, and leads there and back
        return HttpResponseClientRefresh()
    wanted = {"next": request.get_full_path()}
    if request.ended_why is not None:
        wanted["ended"] = request.ended_why.value
    return redirect(f"{reverse('sign-in')}?{urlencode(wanted)}")


class RefusalMiddleware:
    """Turns a refusal that no view has shown beside its form into a page with its sentence and status."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Puts a sentence where Django answers a wrong method with an empty page."""
        response = self.get_response(request)
        if response.status_code == 405 and not is_call(request):
            return errors.not_by_this_way(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The page of a `ZhenggaiError`; anything else is left to Django."""
        if isinstance(exception, ZhenggaiError):
            return errors.refusal_page(request, exception)
        return None
