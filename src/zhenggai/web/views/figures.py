"""The figures of an inspection as of a day (时点统计页)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.ledger import selectors
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.situations import situations_counted
from zhenggai.web.figures_view import Sheet
from zhenggai.web.forms.inspection import FiguresForm
from zhenggai.web.profile_view import words_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest


@require_safe
def inspection_figures(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Every figure with the list that it counts, as a day ended; today where none or a later one is named."""
    row = selectors.inspection_get(request.actor, inspection_id)
    today = timezone.localdate(request.at)
    form = FiguresForm(request.GET or None, auto_id="figures-%s")
    asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    on = min(asked, today) if asked else today
    figures = figures_on(request.actor, row, on)
    context = {
        "inspection": row,
        "words": words_of(row.rules),
        "form": form
        if form.is_bound and form.errors
        else FiguresForm(initial={"on": on}, auto_id="figures-%s"),
        "on": on,
        "is_today": on == today,
        "is_to_come": asked is not None and asked > today,
        "sheet": Sheet(row, figures),
        "figures": figures,
        "situations": situations_counted(request.actor, row, on),
        "rule": figures.rule.sentence.render(_),
        "rate_name": figures.rule.label,
    }
    return render(request, "inspection/figures.html", context)
