"""The own programs (接口令牌): which tokens stand, making one, ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhenggai.accounts import services
from zhenggai.accounts.kinds import SIGN_IN_END_LABELS, TOKEN_REACH_LABELS, TokenReach
from zhenggai.accounts.tokens import tokens_shown
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.web.forms.access import TokenForm
from zhenggai.web.places import place_of
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.views.calendar import feed_address

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.accounts.services import TokenMade
    from zhenggai.web.requests import WebRequest


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: WebRequest) -> HttpResponse:
    """The tokens of this person's programs; a new one is shown on this one answer alone."""
    form = TokenForm(request.POST or None)
    refusal: Refusal | None = None
    made: TokenMade | None = None
    if request.method == "POST":
        if not form.is_valid():
            refusal = refusal_of_form()
        else:
            try:
                made = services.token_make(
                    **form.cleaned_data, place=place_of(request), actor=request.actor, at=request.at
                )
            except ZhenggaiError as error:
                refusal = refusal_of(error)
    standing, past = tokens_shown(request.actor.person_id, request.at)
    context = {
        "form": TokenForm() if made else form,
        "refusal": refusal,
        "made": made,
        "feed": feed_address(request, made.secret)
        if made and made.token.reach == TokenReach.CALENDAR
        else "",
        "standing": standing,
        "past": past,
        "labels": {"reaches": TOKEN_REACH_LABELS, "ends": SIGN_IN_END_LABELS},
    }
    return render(request, "access/tokens.html", context, status=refusal.status if refusal else 200)


def _is_feed(made: TokenMade) -> bool:
    """Whether the token goes with an address for calendars."""
    return bool(made.token.reach == TokenReach.CALENDAR)


@require_POST
def token_end(request: WebRequest, token_id: int) -> HttpResponse:
    """Ends one of the own tokens."""
    services.token_end(token_id=token_id, actor=request.actor, at=request.at)
    messages.success(request, _("That token is ended; its program can do nothing any more."))
    return redirect("tokens")
