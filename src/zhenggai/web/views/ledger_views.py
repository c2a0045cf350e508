"""How the ledger is looked at (台账视图): columns chosen, lists kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.ledger import selectors
from zhenggai.ledger.viewing import (
    QUERY_MOST,
    columns_choose,
    columns_of,
    view_remove,
    view_save,
)
from zhenggai.web.ledger_columns import COLUMNS, columns_posted, columns_read

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

# what of an address is no part of a list
_NOT_KEPT = ("page", "view", "csrfmiddlewaretoken")


@require_POST
def ledger_columns(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Keeps which columns the reader wants; none ticked, or its button, brings those of the house back."""
    selectors.inspection_get(request.actor, inspection_id)
    places = {name: request.POST.get(f"place-{name}", "") for name in COLUMNS}
    chosen = columns_posted(request.POST.getlist("columns"), places)
    columns_choose(actor=request.actor, columns=() if "house" in request.POST else chosen)
    return redirect(_list(inspection_id, _kept(request.POST.get("query", ""))))


@require_POST
def ledger_view_save(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Keeps the list as it is narrowed, ordered and cut, under a name."""
    query = _kept(request.POST.get("query", ""))
    try:
        view = view_save(
            actor=request.actor,
            at=request.at,
            inspection_id=inspection_id,
            name=request.POST.get("name", ""),
            # what somebody ticked is nobody else's, and gone after a while
            query=_kept(query, "selection"),
            columns=columns_read(columns_of(request.actor)),
            is_shared=request.POST.get("is_shared") == "yes",
        )
    except ZhenggaiError as error:
        if error.status == 404:
            raise
        messages.error(request, error.message.render(_))
        return redirect(_list(inspection_id, query))
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return redirect(_list(inspection_id, f"{query}&view={view.pk}" if query else f"view={view.pk}"))


@require_POST
def ledger_view_remove(request: WebRequest, inspection_id: int, view_id: int) -> HttpResponse:
    """Removes a list that the reader keeps."""
    view_remove(actor=request.actor, inspection_id=inspection_id, view_id=view_id)
    messages.success(request, _("The view is removed."))
    return redirect("inspection", inspection_id)


def _kept(text: str, *besides: str) -> str:
    """The part of an address that is the list itself."""
    query = QueryDict(text.removeprefix("?")[: QUERY_MOST * 2], mutable=True)
    for name in (*_NOT_KEPT, *besides):
        query.pop(name, None)
    return query.urlencode()


def _list(inspection_id: int, query: str) -> str:
    return reverse("inspection", args=[inspection_id]) + (f"?{query}" if query else "")
