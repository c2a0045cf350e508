"""The guided set-up of an inspection (整改启动引导): what is done, what is missing, whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhenggai.ledger.setting_up import inspection_to_set_up, may_set_up
from zhenggai.web.labels import LABELS
from zhenggai.web.profile_view import title_of, words_of
from zhenggai.web.setup_guide import guide_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest


@require_safe
def inspection_setup(request: WebRequest, inspection_id: int) -> HttpResponse:
    """The five steps of an inspection; read-only for those who see it and do not set it up."""
    row = inspection_to_set_up(request.actor, inspection_id)
    context = {
        "inspection": row,
        "words": words_of(row.rules),
        "profile_title": title_of(row.profile_version.profile),
        "guide": guide_of(request, row),
        "may_set_up": may_set_up(request.actor, row),
        "labels": LABELS,
    }
    return render(request, "inspection/setup.html", context)
