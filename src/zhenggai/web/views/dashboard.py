"""The dashboard of an inspection (一张图)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.domain.forecasting import FORECAST_RULE
from zhenggai.ledger import selectors
from zhenggai.ledger.dashboard import dashboard_on, likely_late
from zhenggai.web.dashboard_view import ROWS_SHOWN, Board
from zhenggai.web.forms.inspection import DashboardForm
from zhenggai.web.profile_view import words_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

REFRESH_SECONDS: Final = 300
_IDS: Final = "dashboard-%s"


@require_safe
def inspection_dashboard(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Where the trouble is, as a day ended; today where none or a later one is named."""
    row = selectors.inspection_get(request.actor, inspection_id)
    today = timezone.localdate(request.at)
    form = DashboardForm(request.GET, auto_id=_IDS)
    form.is_valid()
    asked = form.cleaned_data.get("on")
    on = min(asked, today) if asked else today
    dashboard = dashboard_on(request.actor, row, on, form.cleaned_data.get("under"))
    context = {
        "inspection": row,
        "words": words_of(row.rules),
        "form": form
        if form.errors
        else DashboardForm({**request.GET.dict(), "on": on}, auto_id="dashboard-%s"),
        "on": on,
        "is_today": on == today,
        "is_to_come": asked is not None and asked > today,
        "at": request.at,
        "board": Board(dashboard, likely_late(dashboard, request.actor), form.cleaned_data.get("by", "")),
        "dashboard": dashboard,
        "figures": dashboard.figures,
        "rule": dashboard.figures.rule.sentence.render(_),
        "rate_name": dashboard.figures.rule.label,
        "forecast_rule": FORECAST_RULE.sentence.render(_),
        "rows_shown": ROWS_SHOWN,
    }
    if not form.cleaned_data.get("screen"):
        return render(request, "inspection/dashboard.html", context)
    response = render(request, "inspection/dashboard_screen.html", {**context, "is_screen": True})
    # a screen on the wall has nobody to press anything; said by the server, it needs no script
    response["Refresh"] = str(REFRESH_SECONDS)
    return response
