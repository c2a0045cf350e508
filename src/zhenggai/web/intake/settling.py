"""Reading again, setting aside, taking up, and the original to take away (收件的其他操作)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhenggai.domain.file_names import file_name_safe
from zhenggai.intake import selectors, services
from zhenggai.intake.candidates import candidate_archive
from zhenggai.intake.states import IntakeState

if TYPE_CHECKING:
    from zhenggai.web.requests import WebRequest


@require_POST
def intake_read_again(request: WebRequest, intake_id: int) -> HttpResponse:
    """Has a kept document read once more."""
    intake = services.intake_read_again(actor=request.actor, at=request.at, intake_id=intake_id)
    if intake.state == IntakeState.DRAFT:
        messages.success(request, _("The document has been read; this is its draft."))
    return redirect("intake", intake_id=intake_id)


@require_POST
def intake_abandon(request: WebRequest, intake_id: int) -> HttpResponse:
    """Sets a document aside with a reason."""
    reason = request.POST.get("reason", "")
    services.intake_abandon(actor=request.actor, at=request.at, intake_id=intake_id, reason=reason)
    messages.success(request, _("The document is set aside; it can be taken up again at any time."))
    return redirect("intake", intake_id=intake_id)


@require_POST
def intake_reopen(request: WebRequest, intake_id: int) -> HttpResponse:
    """Takes up a document that was set aside."""
    services.intake_reopen(actor=request.actor, at=request.at, intake_id=intake_id)
    messages.success(request, _("The document is taken up again, as it stood when it was set aside."))
    return redirect("intake", intake_id=intake_id)


@require_GET
def intake_original(request: WebRequest, intake_id: int) -> FileResponse:
    """The bytes as they were handed in, always to be saved, never shown as a page of ours."""
    intake = selectors.intake_get(request.actor, intake_id)
    return FileResponse(
        selectors.original_open(intake),
        as_attachment=True,
        filename=file_name_safe(intake.name),
        content_type="application/octet-stream",
    )


@require_GET
def intake_sample(request: WebRequest, intake_id: int) -> HttpResponse:
    """The document with its structure as people left it, for teaching the reader."""
    intake = selectors.intake_get(request.actor, intake_id)
    headers = {"Content-Disposition": f'attachment; filename="sample-{intake.pk}.zip"'}
    return HttpResponse(candidate_archive(intake), content_type="application/zip", headers=headers)
