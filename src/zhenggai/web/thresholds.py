"""Stepping over the door (登录衔接): the session begins, half way where a code is asked for, then whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.auth import login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.domain.errors import NotFoundError
from zhenggai.web.languages import COOKIE, COOKIE_AGE_SECONDS, is_language
from zhenggai.web.middleware import SIGN_IN

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from zhenggai.accounts.models import Person
    from zhenggai.web.requests import WebRequest

HALF: Final = "half_signed_in"
HALF_SECONDS: Final = 300
_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


def let_in(request: WebRequest, person: Person, place: services.Place, *, with_factor: bool) -> HttpResponse:
    """Signs the person in and leads to the page asked for."""
    begun = services.sign_in_begin(person_id=person.pk, place=place, at=request.at, with_factor=with_factor)
    request.session.pop(HALF, None)
    # gives the session a new key: one that somebody laid upon this browser before opens nothing
    login(request, person, _BACKEND)
    request.session[SIGN_IN] = begun.pk
    request.session.clear_expired()
    return spoken(redirect(next_of(request)), person.language, request)


def half_way(request: WebRequest, person: Person) -> None:
    """Notes that the password was right and a code is to come; that alone opens no page."""
    request.session.flush()
    request.session[HALF] = {
        "person": person.pk,
        "at": int(request.at.timestamp()),
        # a password set meanwhile takes the half way back
        "mark": person.get_session_auth_hash(),
    }


def who_is_half_way(request: WebRequest) -> Person | None:
    """Whose password was right within the last five minutes, if still so."""
    half = request.session.get(HALF)
    if not half or not 0 <= request.at.timestamp() - half["at"] <= HALF_SECONDS:
        return None
    try:
        person = accounts.person_get(half["person"])
    except NotFoundError:
        return None
    stands = person.is_active and person.get_session_auth_hash() == half["mark"]
    return person if stands else None


def next_of(request: HttpRequest) -> str:
    """The page asked for, as long as it is one of ours."""
    return back_of(request) or reverse("home")


def back_of(request: HttpRequest) -> str:
    """The page to return to that the address or form names, as long as it is one of ours; else empty."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""


def spoken(response: HttpResponse, code: str, request: WebRequest) -> HttpResponse:
    """The response, with the language kept for the next page where it is one of ours."""
    if is_language(code):
        response.set_cookie(
            COOKIE,
            code,
            max_age=COOKIE_AGE_SECONDS,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response
