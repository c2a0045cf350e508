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
from zhenggai.ledger.inspections_compared import COMPARED_MOST, inspections_compared, kin_of
from zhenggai.web.compared_view import GROUPINGS, compared
from zhenggai.web.dashboard_view import Board
from zhenggai.web.forms.inspection import DashboardForm
from zhenggai.web.profile_view import words_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

REFRESH_SECONDS: Final = 300
KIN_MOST: Final = 8
ROWS: Final = 10
SCREEN_ROWS: Final = 7
_IDS: Final = "dashboard-%s"


@require_safe
def dashboard(request: WebRequest) -> HttpResponse:
    """Every inspection that the reader sees, side by side as a day ended."""
    today = timezone.localdate(request.at)
    form = DashboardForm(request.GET, auto_id=_IDS)
    form.is_valid()
    asked = form.cleaned_data.get("on")
    on = min(asked, today) if asked else today
    chosen = form.cleaned_data.get("by", "")
    by = chosen if chosen in GROUPINGS else next(iter(GROUPINGS))
    sides = inspections_compared(request.actor, on)
    context = {
        "form": form if form.errors else DashboardForm({"on": on, "by": by}, auto_id=_IDS),
        "on": on,
        "is_today": on == today,
        "is_to_come": asked is not None and asked > today,
        "table": compared(sides, on, by),
        "groupings": GROUPINGS.items(),
        "by": by,
        "is_cut": len(sides) == COMPARED_MOST,
        "most": COMPARED_MOST,
    }
    return render(request, "dashboard/page.html", context)


@require_safe
def inspection_dashboard(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Where the trouble is, as a day ended; today where none or a later one is named."""
    row = selectors.inspection_get(request.actor, inspection_id)
    today = timezone.localdate(request.at)
    form = DashboardForm(request.GET, auto_id=_IDS)
    form.is_valid()
    asked = form.cleaned_data.get("on")
    on = min(asked, today) if asked else today
    counted = dashboard_on(request.actor, row, on, form.cleaned_data.get("under"))
    is_screen = form.cleaned_data.get("screen")
    rows = SCREEN_ROWS if is_screen else None if form.cleaned_data.get("units") == "all" else ROWS
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
        "board": Board(counted, likely_late(counted, request.actor), form.cleaned_data.get("by", ""), rows),
        "dashboard": counted,
        "figures": counted.figures,
        "rule": counted.figures.rule.sentence.render(_),
        "rate_name": counted.figures.rule.label,
        "forecast_rule": FORECAST_RULE.sentence.render(_),
    }
    if not is_screen:
        kin = inspections_compared(request.actor, on, kin_of(row), KIN_MOST)
        if len(kin) > 1:
            context["table"] = compared(kin, on, here=row.pk)
        return render(request, "inspection/dashboard.html", context)
    response = render(request, "inspection/dashboard_screen.html", {**context, "is_screen": True})
    # a screen on the wall has nobody to press anything; said by the server, it needs no script
    response["Refresh"] = str(REFRESH_SECONDS)
    return response
