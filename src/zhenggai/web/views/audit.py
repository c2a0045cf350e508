"""The trail of accounts and sign-ins (账号与登录留痕): the audit administrator's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhenggai.accounts import selectors
from zhenggai.accounts.events import ACCOUNT_EVENT_KINDS
from zhenggai.trail import selectors as trail
from zhenggai.web.ledger_list import Paging
from zhenggai.web.timeline import entry_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

ENTRIES_PER_PAGE: Final = 100
# a chain this long is checked with every look at it; a longer one when asked
CHECKED_AT_ONCE: Final = 2_000


@require_safe
def audit(request: WebRequest) -> HttpResponse:
    """Everything that happened to people, posts and sign-ins, newest first; the chain is checked."""
    chain = selectors.accounts_chain(request.actor)
    kind = request.GET.get("kind", "")
    kind = kind if kind in ACCOUNT_EVENT_KINDS else ""
    every = trail.events_of(chain)
    # the chain also counts documents handed in, which are no business of an administrator
    rows = every.filter(name__startswith=f"accounts.{kind}." if kind else "accounts.")
    page = request.GET.get("page", "")
    total = rows.count()
    pages = max(1, -(-total // ENTRIES_PER_PAGE))
    number = min(max(1, int(page)), pages) if page.isascii() and page.isdigit() and len(page) < 10 else 1
    first = (number - 1) * ENTRIES_PER_PAGE
    views = trail.event_views(rows.order_by("-seq")[first : first + ENTRIES_PER_PAGE])
    is_checked = every.count() <= CHECKED_AT_ONCE or request.GET.get("check") == "yes"
    names = selectors.names_of({view.subject_id for view in views if view.subject_kind == "person"})
    context = {
        "entries": [entry_of(view) for view in views],
        "names": names,
        "kinds": ACCOUNT_EVENT_KINDS,
        "kind": kind,
        "reports": trail.verify(chain) if is_checked else [],
        "is_checked": is_checked,
        "paging": Paging(number, pages, ENTRIES_PER_PAGE, total),
    }
    return render(request, "trail/accounts.html", context)
