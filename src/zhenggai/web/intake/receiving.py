"""The list of received documents, and receiving one (收件列表与接收)."""

from __future__ import annotations

import io
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.file_names import file_name_of
from zhenggai.intake import selectors
from zhenggai.intake.errors import NothingHandedInError, TwiceHandedInError, UploadTooLargeError
from zhenggai.intake.services import intake_receive
from zhenggai.intake.states import STATE_LABELS, IntakeState
from zhenggai.web.intake.forms import UploadForm
from zhenggai.web.intake.sentences import became_of
from zhenggai.web.kept_files import file_keep, file_kept, name_kept
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.uploads import upload_refused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpResponse

    from zhenggai.intake.models import Intake
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


@require_http_methods(["GET", "POST"])
def intake_upload(request: WebRequest) -> HttpResponse:
    """Receives a file or pasted text; a refused file is kept, so that it need not be sent again."""
    roles = selectors.may_upload(request.actor)
    organisations = list(accounts.organisations_visible(request.actor, *roles)) if roles else []
    form = UploadForm(request.POST or None, request.FILES or None)
    form.offer(organisations)
    refusal: Refusal | None = None
    elsewhere: tuple[Intake, ...] = ()
    kept_name = ""
    if request.method == "POST":
        # an upload can take hours to arrive: it is received now, not when its first byte came
        request.at = timezone.now()
        try:
            receipt = _receive(request, form)
        except ZhenggaiError as error:
            refusal = refusal_of(error)
            elsewhere = getattr(error, "intakes", ())
            keeps = organisations and not isinstance(error, TwiceHandedInError)
        else:
            if receipt is not None:
                if not receipt.is_new:
                    messages.info(request, became_of(receipt.intake))
                return redirect("intake", intake_id=receipt.intake.pk)
            refusal, keeps = refusal_of_form(), bool(organisations)
        form, kept_name = _again(request, keeps=bool(keeps))
        form.offer(organisations)
    context: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "elsewhere": elsewhere,
        "labels": STATE_LABELS,
        "kept_name": kept_name,
        "organisations": organisations,
        "limit_mib": settings.ZHENGGAI_MAX_UPLOAD_BYTES // MEBIBYTE,
        "most_mib": settings.ZHENGGAI_MAX_STORED_BYTES // MEBIBYTE,
    }
    return render(request, "intake/upload.html", context, status=refusal.status if refusal else 200)


def _receive(request: WebRequest, form: UploadForm) -> Receipt | None:
    """The receipt, or nothing where the form itself says what is missing.

    :raises ZhenggaiError: when the document cannot be taken.
    """
    refused = upload_refused(request)
    if refused:
        raise UploadTooLargeError(name=refused, limit=settings.ZHENGGAI_MAX_STORED_BYTES // MEBIBYTE)
    if not form.is_valid():
        return None
    file: UploadedFile[Any] | None = request.FILES.get("file")
    text: str = form.cleaned_data["text"]
    kept_name = "" if file else name_kept(request, form.cleaned_data["kept"])
    if (file is not None or kept_name) and text.strip():
        raise TwiceHandedInError
    if file is None and not kept_name and not text.strip():
        raise NothingHandedInError
    with ExitStack() as opened:
        content: Any
        if file is not None:
            content, name = file, file.name or ""
        elif kept_name:
            content, name = file_kept(request, form.cleaned_data["kept"])
            opened.enter_context(content)
        else:
            content = io.BytesIO(text.replace("\r\n", "\n").encode("utf-8", "replace"))
            name = file_name_of(form.cleaned_data["name"] or _("Pasted text"))
        return intake_receive(
            actor=request.actor,
            at=request.at,
            organisation_id=form.cleaned_data["organisation_id"],
            content=content,
            name=name,
            is_about_both=form.cleaned_data["is_about_both"],
        )


def _again(request: WebRequest, *, keeps: bool) -> tuple[UploadForm, str]:
    """The form as it was sent, and the name of the file that is kept for the next try."""
    data = request.POST.copy()
    data["is_about_both"] = ""
    upload = request.FILES.get("file")
    kept_name = name_kept(request, data.get("kept", "")) if keeps and upload is None else ""
    if keeps and upload is not None:
        kept = file_keep(request, upload)
        data["kept"], kept_name = (kept.mark, kept.name) if kept else ("", "")
    if not kept_name:
        data["kept"] = ""
    return UploadForm(data, request.FILES or None), kept_name
