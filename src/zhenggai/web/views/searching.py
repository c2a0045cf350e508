"""Searching everything that the reader may see (全局检索)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhenggai.search.tokens import QUERY_MOST
from zhenggai.web.ledger_list import Paging
from zhenggai.web.search_page import PER_PAGE, SHOWN_EACH, Asked, is_kind, section, sections

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest


@require_safe
def search(request: WebRequest) -> HttpResponse:
    """What was found of every kind, or of one page by page; for the window of Ctrl-K the results alone."""
    query = request.GET.get("q", "").strip()[:QUERY_MOST]
    kind, on = request.GET.get("kind", ""), timezone.localdate(request.at)
    paging = None
    if kind and is_kind(request.actor, kind):
        number = request.GET.get("page", "1")
        page = max(int(number) if number.isdecimal() and len(number) < 7 else 1, 1)
        asked = Asked(request.actor, query, on, (page - 1) * PER_PAGE, PER_PAGE)
        one = section(asked, kind)
        found = [one] if one.total else []
        paging = Paging(page, max(1, -(-one.total // PER_PAGE)), PER_PAGE, one.total)
    else:
        found = sections(request.actor, query, on)
    context = {
        "query": query,
        "words": bool(Asked(request.actor, query, on, 0, 0).words),
        "sections": found,
        "total": sum(each.total for each in found),
        "most": SHOWN_EACH,
        "kind": kind,
        "paging": paging,
    }
    return render(request, "search/results.html" if request.htmx else "search/page.html", context)
