"""The help of the pages (页面帮助): a list of all, and one of each; for everybody, signed in or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.web.help import HELP, PARTS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.help import Help
    from zhenggai.web.requests import WebRequest


@login_not_required
@require_safe
def help_list(request: WebRequest) -> HttpResponse:
    """Every page with what it is for, in parts."""
    parts = [(_(part), [_said(name, each) for name, each in helps.items()]) for part, helps in PARTS]
    return render(request, "help/list.html", {"parts": parts})


@login_not_required
@require_safe
def help_page(request: WebRequest, name: str) -> HttpResponse:
    """The help of one page; for the window of F1 its text alone.

    :raises Http404: when no page has that name.
    """
    if name not in HELP:
        raise Http404
    template = "help/text.html" if request.htmx else "help/page.html"
    return render(request, template, {"help": _said(name, HELP[name]), "is_alone": bool(request.htmx)})


def _said(name: str, each: Help) -> dict[str, object]:
    return {
        "name": name,
        "title": _(each.title),
        "purpose": _(each.purpose),
        "can": [_(one) for one in each.can],
    }
