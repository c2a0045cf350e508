"""Keeping what somebody has typed of a report and not sent (保存草稿)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.ledger import drafts

if TYPE_CHECKING:
    from zhenggai.web.requests import WebRequest


@require_POST
def progress_draft(request: WebRequest, finding_id: int) -> HttpResponse:
    """Saves the draft of the person who is signed in; a script gets a status, a form its page back.

    Raises:
        NotFoundError: when there is no such finding, or it is not the reader's to see.
        ZhenggaiError: when it cannot be saved, for a script.
    """
    said = {name: request.POST.get(name, "") for name in drafts.FIELDS}
    chosen = {name: request.POST.getlist(name) for name in drafts.CHOSEN}
    known = request.POST.get("reports", "")
    reports = int(known) if known.isascii() and known.isdigit() and len(known) < 10 else None
    is_script = "application/json" in request.headers.get("Accept", "")
    try:
        drafts.progress_draft_save(
            actor=request.actor,
            at=request.at,
            finding_id=finding_id,
            said={**said, **chosen},
            reports=reports,
        )
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        if is_script:
            raise
        messages.error(request, error.message.render(_))
    else:
        if is_script:
            return HttpResponse(status=204)
        messages.success(request, _("The draft is saved; only you see it."))
    return redirect(f"{reverse('finding', args=[finding_id])}#progress-report")
