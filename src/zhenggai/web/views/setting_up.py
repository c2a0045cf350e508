"""The first set-up (首次设置): root organisation, system administrator, security administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.accounts.setup_token import setup_token_fits, setup_token_spend
from zhenggai.domain.errors import NotAllowedNowError, ZhenggaiError
from zhenggai.web.forms.access import SetupForm
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.accounts.models import Person
    from zhenggai.web.requests import WebRequest


@login_not_required
@sensitive_post_parameters("password", "again", "token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: WebRequest) -> HttpResponse:
    """Makes the first two administrators (首任管理员): only while nobody exists, and only with the token.

    Raises:
        NotAllowedNowError: when somebody can already sign in.
    """
    if accounts.people_exist():
        raise NotAllowedNowError(
            "The first administrators have been set up already. "
            "Sign in; further people are entered by the system administrator."
        )
    form = SetupForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST":
        given = services.one_time_password()
        made = _set_up(request, form, given)
        if not isinstance(made, Refusal):
            context = {"first": made[0], "second": made[1], "given": given}
            return render(request, "access/set_up.html", context)
        refusal = made
    context = {"form": form, "refusal": refusal}
    return render(request, "access/setup.html", context, status=refusal.status if refusal else 200)


def _set_up(request: WebRequest, form: SetupForm, given: str) -> tuple[Person, Person] | Refusal:
    if not form.is_valid():
        return refusal_of_form()
    data = form.cleaned_data
    if not setup_token_fits(data["token"]):
        return Refusal(
            _(
                "This is not the set-up token of this system. “zhenggai serve” prints it where the server "
                "was started; copy it from there."
            ),
            403,
        )
    try:
        made = services.first_administrators_create(
            username=data["username"],
            name=data["name"],
            password=data["password"],
            security_username=data["security_username"],
            security_name=data["security_name"],
            security_password=given,
            organisation_name=data["organisation_name"],
            at=request.at,
        )
    except ZhenggaiError as error:
        return refusal_of(error)
    setup_token_spend()
    return made
