"""The second factor (第二验证方式): its code at the sign-in, setting it up, taking it away."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.domain.actor import needs_factor
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.web.forms.access import CodeForm, FirstCodeForm
from zhenggai.web.marks import factor_not_needed
from zhenggai.web.places import place_of
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.thresholds import let_in, who_is_half_way

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

ISSUER = "Zhenggai"


@login_not_required
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: WebRequest) -> HttpResponse:
    """Asks for the code after the password was right."""
    person = who_is_half_way(request)
    if person is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST":
        if not form.is_valid():
            refusal = refusal_of_form()
        else:
            place = place_of(request)
            try:
                services.factor_check(
                    person_id=person.pk, code=form.cleaned_data["code"], place=place, at=request.at
                )
                return let_in(request, person, place, with_factor=True)
            except ZhenggaiError as error:
                refusal = refusal_of(error)
    context = {
        "form": form,
        "refusal": refusal,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "access/code.html", context, status=refusal.status if refusal else 200)


@factor_not_needed
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: WebRequest) -> HttpResponse:
    """Sets the own second factor up, or shows that there is one."""
    if accounts.factor_of(request.actor.person_id) is not None:
        return redirect("factor") if request.method == "POST" else _there(request)
    form = FirstCodeForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST":
        if not form.is_valid():
            refusal = refusal_of_form()
        else:
            try:
                codes = services.factor_confirm(
                    code=form.cleaned_data["code"],
                    sign_in_id=request.sign_in_id or 0,
                    actor=request.actor,
                    at=request.at,
                )
                return render(request, "access/recovery_codes.html", {"codes": codes})
            except ZhenggaiError as error:
                refusal = refusal_of(error)
    secret = services.factor_begin(actor=request.actor, at=request.at)
    key = base64.b32encode(secret).decode("ascii").rstrip("=")
    username = accounts.person_get(request.actor.person_id).username
    context = {
        "form": form,
        "refusal": refusal,
        "key": " ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        "picture": _picture(key, username),
        "must": needs_factor(request.actor.roles, settings.ZHENGGAI_SECOND_FACTOR),
    }
    return render(request, "access/factor.html", context, status=refusal.status if refusal else 200)


@factor_not_needed
@sensitive_post_parameters("code")
@require_POST
def factor_remove(request: WebRequest) -> HttpResponse:
    """Takes the own second factor away, with a code of it."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _there(request, form, refusal_of_form())
    try:
        services.factor_remove_own(
            code=form.cleaned_data["code"],
            place=place_of(request),
            sign_in_id=request.sign_in_id or 0,
            actor=request.actor,
            at=request.at,
        )
    except ZhenggaiError as error:
        return _there(request, form, refusal_of(error))
    messages.success(request, _("The second factor is taken away; set up another one here."))
    return redirect("factor")


def _there(request: WebRequest, form: Any = None, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "form": form or CodeForm(),
        "refusal": refusal,
        "factor": accounts.factor_of(request.actor.person_id),
        "left": accounts.recovery_codes_left(request.actor.person_id),
    }
    return render(request, "access/factor_there.html", context, status=refusal.status if refusal else 200)


def _picture(key: str, username: str) -> SafeString:
    """What the app photographs, drawn here: the key goes to no other place."""
    label = f"{quote(ISSUER)}:{quote(username)}"
    address = f"otpauth://totp/{label}?{urlencode({'secret': key, 'issuer': ISSUER})}"
    drawn = segno.make(address, error="m", micro=False)
    # the drawing is made of numbers alone; the address is not in it as text
    return SafeString(drawn.svg_inline(scale=4, border=4, omitsize=True))
