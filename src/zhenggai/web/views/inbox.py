"""The inbox (收件箱): notices and digests, what is read, and how often a digest comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zhenggai.inbox import selectors, services
from zhenggai.inbox.kinds import NOTICE_KIND_LABELS, RHYTHM_LABELS, NoticeKind, Rhythm
from zhenggai.web.inbox_page import address_of, shown
from zhenggai.web.ledger_list import Paging

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

_UNREAD: Final = "unread"


@require_safe
def inbox(request: WebRequest) -> HttpResponse:
    """The reader's notices, the newest first; all, unread or of one kind."""
    me, asked = request.actor.person_id, request.GET.get("kind", "")
    kind = NoticeKind(asked) if asked in set(NoticeKind) else None
    is_unread = request.GET.get("state", "") == _UNREAD
    rows = selectors.notices_listed(me, kind=kind, is_unread=is_unread)
    total, size = rows.count(), selectors.NOTICES_PER_PAGE
    pages = max(1, -(-total // size))
    number = request.GET.get("page", "1")
    page = min(max(int(number) if number.isdecimal() and len(number) < 10 else 1, 1), pages)
    context = {
        "notices": shown(
            request.actor, rows[(page - 1) * size : page * size], timezone.localdate(request.at)
        ),
        "paging": Paging(page, pages, size, total),
        "kinds": [(each.value, _(label)) for each, label in NOTICE_KIND_LABELS.items()],
        "kind": kind.value if kind else "",
        "is_unread": is_unread,
        "is_filtered": is_unread or kind is not None,
        "rhythm": selectors.rhythm_of(me).value,
        "rhythms": [(each.value, _(label)) for each, label in RHYTHM_LABELS.items()],
    }
    return render(request, "inbox/page.html", context)


@require_POST
def notice_open(request: WebRequest, notice_id: int) -> HttpResponse:
    """Marks a notice as read and leads to what it is about."""
    notice = services.notice_mark_read(notice_id=notice_id, actor=request.actor, at=request.at)
    return redirect(address_of(request.actor, notice))


@require_POST
def notice_read(request: WebRequest, notice_id: int) -> HttpResponse:
    """Marks a notice as read and stays in the inbox."""
    services.notice_mark_read(notice_id=notice_id, actor=request.actor, at=request.at)
    return redirect("inbox")


@require_POST
def notices_read(request: WebRequest) -> HttpResponse:
    """Marks every notice as read."""
    count = services.notices_mark_all_read(actor=request.actor, at=request.at)
    said = ngettext("%(count)s notice is marked as read.", "%(count)s notices are marked as read.", count)
    messages.success(request, said % {"count": count})
    return redirect("inbox")


@require_POST
def digest_choose(request: WebRequest) -> HttpResponse:
    """Says how often the digest comes."""
    rhythm = services.digest_choose(rhythm=request.POST.get("rhythm", ""), actor=request.actor)
    said = {
        Rhythm.DAILY: _("The digest comes every working day from now on."),
        Rhythm.WEEKLY: _("The digest comes once a week from now on."),
        Rhythm.NONE: _("No digest comes any more; single notices do as before."),
    }
    messages.success(request, said[rhythm])
    return redirect("inbox")
