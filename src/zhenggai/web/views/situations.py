"""New situations of an inspection (新情况新问题): what waits, where and since when, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhenggai.ledger.situations import situations_of
from zhenggai.web.labels import LABELS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest


@require_safe
def inspection_situations(request: WebRequest, inspection_id: int) -> HttpResponse:
    """The open ones by the day by which they are answered, then the answered ones with their days."""
    sheet = situations_of(request.actor, inspection_id, timezone.localdate(request.at))
    context = {"sheet": sheet, "inspection": sheet.inspection, "count": sheet.count, "labels": LABELS}
    return render(request, "situation/list.html", context)
