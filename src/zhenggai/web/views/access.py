"""Sign-in, sign-out, own password, language (登录、退出、本人密码、语言)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.accounts.kinds import SIGN_IN_END_LABELS, SignInEnd
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.web.forms.access import PasswordForm, SignInForm
from zhenggai.web.languages import is_language
from zhenggai.web.marks import factor_not_needed, one_time_allowed
from zhenggai.web.places import place_of
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.thresholds import half_way, let_in, next_of, spoken

if TYPE_CHECKING:
    from django.http import HttpRequest

    from zhenggai.web.requests import WebRequest


_ENDS: dict[str, str] = {why.value: label for why, label in SIGN_IN_END_LABELS.items()}
DEMO_SIGN_INS = "demo_sign_ins.json"


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: WebRequest) -> HttpResponse:
    """Signs a person in; an empty system leads to its first set-up."""
    if not accounts.people_exist():
        return redirect("setup")
    form = SignInForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST":
        if not form.is_valid():
            refusal = refusal_of_form()
        else:
            try:
                return _signed_in(request, form)
            except ZhenggaiError as error:
                refusal = refusal_of(error)
    context = {
        "form": form,
        "refusal": refusal,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "ended": _ENDS.get(request.GET.get("ended", "")),
        "demo_sign_ins": _demo_sign_ins(),
    }
    return render(request, "access/sign_in.html", context, status=refusal.status if refusal else 200)


def _signed_in(request: WebRequest, form: SignInForm) -> HttpResponse:
    place = place_of(request)
    person = services.sign_in(**form.cleaned_data, place=place, at=request.at)
    if accounts.factor_of(person.pk) is None:
        return let_in(request, person, place, with_factor=False)
    half_way(request, person)
    return redirect(f"{reverse('sign-in-code')}?{urlencode({'next': next_of(request)})}")


@login_not_required
@require_POST
def sign_out(request: WebRequest) -> HttpResponse:
    """Ends the session."""
    if request.user.is_authenticated and request.sign_in_id is not None:
        actor = accounts.actor_of(request.user, timezone.localdate(request.at))
        services.sign_in_end(
            sign_in_id=request.sign_in_id, actor=actor, at=request.at, why=SignInEnd.SIGNED_OUT
        )
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("sign-in")


@factor_not_needed
@one_time_allowed
@sensitive_post_parameters("present", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: WebRequest) -> HttpResponse:
    """Changes the own password; other sessions of the person end."""
    form = PasswordForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST":
        refusal = _change_password(request, form)
        if refusal is None:
            messages.success(request, _("Your password is changed. You are signed out everywhere else."))
            return redirect("home")
    context = {"form": form, "refusal": refusal, "must": getattr(request.user, "must_change_password", False)}
    return render(request, "access/password.html", context, status=refusal.status if refusal else 200)


def _change_password(request: WebRequest, form: PasswordForm) -> Refusal | None:
    if not form.is_valid():
        return refusal_of_form()
    try:
        person = services.password_change(
            actor=request.actor,
            at=request.at,
            old_password=form.cleaned_data["present"],
            new_password=form.cleaned_data["password"],
            keep_id=request.sign_in_id,
            place=place_of(request),
        )
    except ZhenggaiError as error:
        return refusal_of(error)
    update_session_auth_hash(request, person)
    return None


@login_not_required
@require_POST
def language(request: WebRequest) -> HttpResponse:
    """Switches the language of the pages and remembers it."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and is_language(code):
        actor = accounts.actor_of(request.user, timezone.localdate(request.at))
        services.language_choose(language=code, actor=actor, at=request.at)
    return spoken(redirect(next_of(request)), code, request)


@require_POST
def theme(request: WebRequest) -> HttpResponse:
    """Keeps how the person wants the pages to look."""
    services.theme_choose(theme=request.POST.get("theme", ""), actor=request.actor, at=request.at)
    return redirect(next_of(request))


@login_not_required
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Says that the server answers and the database does too; for watchdogs."""
    accounts.people_exist()
    return JsonResponse({"state": "ok"})


def _demo_sign_ins() -> list[dict[str, Any]]:
    """The invented people of the demonstration, as `make demo` wrote them beside its database."""
    if not settings.ZHENGGAI_DEMO:
        return []
    path = Path(settings.ZHENGGAI_DATA_DIR) / DEMO_SIGN_INS
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return found
