"""The own sign-ins (本人登录记录): where one is signed in, and ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zhenggai.accounts import selectors, services
from zhenggai.accounts.kinds import SIGN_IN_END_LABELS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

PAST_MOST: Final = 20


@require_safe
def sign_ins(request: WebRequest) -> HttpResponse:
    """Where this person is signed in, and the last sign-ins that are over."""
    standing, past = selectors.sign_ins_shown(request.actor.person_id, request.at, PAST_MOST)
    context = {
        "standing": standing,
        "past": past,
        "here": request.sign_in_id,
        "labels": {"ends": SIGN_IN_END_LABELS},
    }
    return render(request, "access/sign_ins.html", context)


@require_POST
def sign_in_end(request: WebRequest, sign_in_id: int) -> HttpResponse:
    """Ends one of the own sign-ins."""
    services.sign_in_end(sign_in_id=sign_in_id, actor=request.actor, at=request.at)
    messages.success(request, _("That sign-in is ended."))
    return redirect("sign-ins")


@require_POST
def sign_ins_end_others(request: WebRequest) -> HttpResponse:
    """Ends every own sign-in but this one."""
    ended = services.sign_ins_end_others(keep_id=request.sign_in_id or 0, actor=request.actor, at=request.at)
    said = ngettext("%(count)s other sign-in is ended.", "%(count)s other sign-ins are ended.", ended)
    messages.success(request, said % {"count": ended})
    return redirect("sign-ins")
