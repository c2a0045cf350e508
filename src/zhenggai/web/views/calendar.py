"""Calendar, schedule and subscription (日历、甘特图、日历订阅)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.accounts.kinds import TokenReach
from zhenggai.documents.calendar_file import DayEntry, calendar_file
from zhenggai.domain.actor import needs_factor
from zhenggai.domain.days import day_read, is_day_possible
from zhenggai.domain.messages import msg
from zhenggai.ledger import selectors
from zhenggai.ledger.listing import FindingOrder
from zhenggai.ledger.occasions import OCCASION_LABELS, occasions
from zhenggai.ledger.official_calendar import official_calendar
from zhenggai.ledger.schedule import spells
from zhenggai.web.calendar_page import LISTED_MOST, address_of, lists, month_of, span_of, weeks
from zhenggai.web.ledger_list import Paging, row_of
from zhenggai.web.schedule_page import schedule_of
from zhenggai.web.views.inspections import filter_form

if TYPE_CHECKING:
    from zhenggai.ledger.occasions import Occasion
    from zhenggai.web.requests import WebRequest

_BEFORE: Final = timedelta(days=31)
_AFTER: Final = timedelta(days=366)
LEGEND: Final = {
    "open": msg("time until the deadline"),
    "extended": msg("granted beyond the first deadline"),
    "late": msg("beyond the deadline"),
    "done": msg("done in time"),
    "rest": msg("no deadline set"),
}
_PRODUCT: Final = "-//Zhenggai//Calendar//ZH"


@require_safe
def calendar(request: WebRequest) -> HttpResponse:
    """A month of what is due, owed and looked at again; one day or one inspection of it, if asked for."""
    today = timezone.localdate(request.at)
    month = month_of(request.GET.get("month", ""), today)
    chosen = day_read(request.GET.get("day", ""))
    asked = request.GET.get("inspection", "")
    inspection = None
    if asked.isdecimal() and len(asked) <= 18:
        inspection = selectors.inspection_get(request.actor, int(asked))
    if chosen is not None and not is_day_possible(chosen):
        chosen = None
    if chosen is not None:
        month = month_of(chosen.isoformat()[:7], today)
    first, last = span_of(month)
    found, has_more = occasions(
        request.actor, first, last, today, inspection_id=inspection.pk if inspection else None
    )
    if chosen is None:
        listed = [each for each in found if each.on.month == month.month and each.on.year == month.year]
    else:
        listed = [each for each in found if each.on == chosen]
    context = {
        "month": month,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": (month + timedelta(days=31)).replace(day=1),
        "today": today,
        "chosen": chosen,
        "inspection": inspection,
        "weeks": weeks(month, found, official_calendar(), today, chosen),
        "days": lists(listed, today),
        "weekdays": [_(WEEKDAYS_ABBR[place]) for place in range(7)],
        "number": len(listed),
        "listed_most": LISTED_MOST,
        "has_more": has_more,
    }
    return render(request, "calendar/page.html", context)


@require_safe
def schedule(request: WebRequest, inspection_id: int) -> HttpResponse:
    """The findings of a list, as it is narrowed, as bars from their beginning to their deadline."""
    today = timezone.localdate(request.at)
    row = selectors.inspection_get(request.actor, inspection_id)
    form = filter_form(request, row)
    filters, order = form.filters(today), form.order_chosen()
    number = request.GET.get("page", "")
    page = selectors.findings_page(
        request.actor,
        row.pk,
        filters,
        FindingOrder.DUE if order is FindingOrder.POSITION else order,
        number=int(number) if number.isdecimal() and len(number) < 10 else 1,
    )
    drawn = spells(page.rows)
    shown = [row_of(each.finding, today, row.rules) for each in drawn]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "inspection": row,
        "schedule": schedule_of(drawn, shown, today),
        "legend": [(kind, _(word)) for kind, word in LEGEND.items()],
        "paging": Paging(page.number, page.pages, page.size, page.total),
        "is_filtered": form.narrows,
        "query": f"?{query.urlencode()}" if query else "",
    }
    return render(request, "calendar/schedule.html", context)


@login_not_required
@require_safe
def feed(request: WebRequest, secret: str) -> HttpResponse:
    """The calendar of the person whose token the address carries, as a file; restricted findings stay here.

    An address that no standing token for the calendar stands behind is none of ours, and says nothing more.
    """
    token = services.token_seen(secret=secret, at=request.at)
    if token is None or token.reach != TokenReach.CALENDAR:
        raise Http404
    today = timezone.localdate(request.at)
    actor = accounts.actor_of(token.person, today)
    if (
        needs_factor(actor.roles, settings.ZHENGGAI_SECOND_FACTOR)
        and accounts.factor_of(token.person_id) is None
    ):
        raise Http404
    found, _more = occasions(actor, today - _BEFORE, today + _AFTER, today)
    with translation.override(token.person.language or settings.LANGUAGE_CODE):
        entries = [_entry(request, each) for each in found if not each.is_restricted]
        body = calendar_file(
            _("Rectification ledger: %(name)s") % {"name": actor.label},
            entries,
            at=request.at.replace(microsecond=0),
            product=_PRODUCT,
        )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="zhenggai.ics"'
    return response


def _entry(request: WebRequest, occasion: Occasion) -> DayEntry:
    return DayEntry(
        uid=f"{occasion.kind.value}-{occasion.row_id}-{occasion.on.isoformat()}@{request.get_host()}",
        on=occasion.on,
        title=f"{_(OCCASION_LABELS[occasion.kind])}: {occasion.title}",
        text=occasion.inspection,
        address=request.build_absolute_uri(address_of(occasion)),
    )


def feed_address(request: WebRequest, secret: str) -> str:
    """The address under which a token for the calendar is subscribed to."""
    return request.build_absolute_uri(reverse("calendar-feed", args=[secret]))
