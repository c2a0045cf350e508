"""The list of received documents, and receiving one (收件列表与接收)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.intake import selectors
from zhenggai.intake.errors import NothingHandedInError, TwiceHandedInError, UploadTooLargeError
from zhenggai.intake.services import intake_receive
from zhenggai.intake.states import STATE_LABELS, IntakeState
from zhenggai.web.intake.forms import UploadForm
from zhenggai.web.intake.quota import QuotaHandler
from zhenggai.web.intake.sentences import became_of
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpResponse

    from zhenggai.intake.services import Receipt
    from zhenggai.web.requests import WebRequest

MEBIBYTE = 1024 * 1024


@require_GET
def intake_list(request: WebRequest) -> HttpResponse:
    """Every document this person can work on, newest first, by state."""
    counts = selectors.intake_counts(request.actor)
    rows = selectors.intakes_visible(request.actor)
    state = request.GET.get("state", "")
    if state in set(IntakeState):
        rows = rows.filter(state=state)
    else:
        state = ""
    page = Paginator(rows, selectors.INTAKES_PER_PAGE).get_page(request.GET.get("page"))
    states = [("", _("all documents"), counts["all"])]
    states += [(value.value, _(STATE_LABELS[value]), counts[value.value]) for value in IntakeState]
    context = {
        "page": page,
        "states": states,
        "state": state,
        "labels": STATE_LABELS,
        "may_upload": bool(selectors.may_upload(request.actor)),
    }
    return render(request, "intake/list.html", context)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def intake_upload(request: WebRequest) -> HttpResponse:
    """Receives a file or pasted text; the limit is set before the form is read."""
    quota = QuotaHandler(request, settings.ZHENGGAI_MAX_UPLOAD_BYTES)
    request.upload_handlers.insert(0, quota)
    response: HttpResponse = _upload(request, quota)
    return response


@csrf_protect
def _upload(request: WebRequest, quota: QuotaHandler) -> HttpResponse:
    roles = selectors.may_upload(request.actor)
    organisations = list(accounts.organisations_visible(request.actor, *roles)) if roles else []
    form = UploadForm(request.POST or None, request.FILES or None)
    form.offer(organisations)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            receipt = _receive(request, form, quota)
        except ZhenggaiError as error:
            refusal = refusal_of(error)
        else:
            if receipt is not None:
                if not receipt.is_new:
                    messages.info(request, became_of(receipt.intake))
                return redirect("intake", intake_id=receipt.intake.pk)
            refusal = refusal_of_form()
    context: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "organisations": organisations,
        "limit_mib": settings.ZHENGGAI_MAX_UPLOAD_BYTES // MEBIBYTE,
    }
    return render(request, "intake/upload.html", context, status=refusal.status if refusal else 200)


def _receive(request: WebRequest, form: UploadForm, quota: QuotaHandler) -> Receipt | None:
    """The receipt, or nothing where the form itself says what is missing.

    :raises ZhenggaiError: when the document cannot be taken.
    """
    if quota.exceeded_by:
        raise UploadTooLargeError(name=quota.exceeded_by, limit=quota.max_bytes // MEBIBYTE)
    if not form.is_valid():
        return None
    file: UploadedFile[Any] | None = request.FILES.get("file")
    text: str = form.cleaned_data["text"]
    if file is not None and text.strip():
        raise TwiceHandedInError
    if file is None and not text.strip():
        raise NothingHandedInError
    if file is not None:
        content: Any = file
        name = file.name or ""
    else:
        content = io.BytesIO(text.replace("\r\n", "\n").encode("utf-8", "replace"))
        name = form.cleaned_data["name"] or _("Pasted text") + ".txt"
    return intake_receive(
        actor=request.actor,
        at=request.at,
        organisation_id=form.cleaned_data["organisation_id"],
        content=content,
        name=name,
    )
