"""Report with a photo (带照片填报): one screen for a phone, one press from the start page."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.policy import Action
from zhenggai.files.errors import FileTooLargeError
from zhenggai.ledger import selectors, services
from zhenggai.ledger.drafts import progress_draft_of
from zhenggai.web.forms.photo_report import PhotoReportForm
from zhenggai.web.forms.progress import DraftPlace
from zhenggai.web.kept_files import file_keep, file_kept, name_kept
from zhenggai.web.ledger_list import row_of
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.thresholds import back_of
from zhenggai.web.uploads import upload_refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

MEBIBYTE = 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def finding_report(request: WebRequest, finding_id: int) -> HttpResponse:
    """The form of a report with a photo; sent, the reader is back where the next one waits."""
    row = selectors.finding_get(request.actor, finding_id)
    if request.method != "POST":
        draft = progress_draft_of(request.actor, row)
        said = {"progress": row.progress or Progress.IN_PROGRESS.value} | (dict(draft.said) if draft else {})
        return _page(request, row, _form(request, row, None, {"version": row.version, **said}))
    form = _form(request, row, request.POST)
    # a photo can take long to arrive: it is filed when it is there
    request.at = timezone.now()
    if upload_refused(request):
        most = settings.ZHENGGAI_MAX_STORED_BYTES // MEBIBYTE
        return _refused(request, finding_id, refusal_of(FileTooLargeError(most_mib=most)))
    if not form.is_valid():
        return _refused(request, finding_id, refusal_of_form())
    if form.photo is None and form.mark and not name_kept(request, form.mark):
        told = _(
            "Nothing was stored: a report that had a photo is not sent without it. What you typed is kept."
        )
        return _refused(request, finding_id, Refusal(told, 422))
    try:
        with ExitStack() as opened:
            _report(request, finding_id, form, opened)
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        return _refused(request, finding_id, refusal_of(error))
    messages.success(request, _("The progress of “%(title)s” is reported.") % {"title": row.title[:40]})
    return redirect(back_of(request) or reverse("finding", args=[finding_id]))


def _report(request: WebRequest, finding_id: int, form: PhotoReportForm, opened: ExitStack) -> None:
    values = dict(form.cleaned_data)
    values.pop("object_id", None)
    file, name = form.photo, form.photo.name if form.photo else ""
    if file is None and name_kept(request, form.mark):
        kept, name = file_kept(request, form.mark)
        file = opened.enter_context(kept)
    given = {"actor": request.actor, "at": request.at, "finding_id": finding_id, **values}
    if file is None:
        services.progress_report(**given)
        return
    title = _("Photo of %(day)s") % {"day": timezone.localdate(request.at).isoformat()}
    services.progress_report_with_photo(**given, file=file, file_name=name, title=title)


def _form(
    request: WebRequest, row: Any, data: Mapping[str, Any] | None, initial: Mapping[str, Any] | None = None
) -> PhotoReportForm:
    form = PhotoReportForm(data, request.FILES or None, initial=initial, auto_id="report-%s")
    form.about(row)
    live = [each for each in row.evidence.all() if each.withdrawn_at is None and each.round == row.round]
    form.offer("evidence_ids", [(str(each.pk), each.title) for each in live])
    reports = sum(each.by_id == request.actor.person_id for each in row.progress_reports.all())
    draft = progress_draft_of(request.actor, row)
    form.place = DraftPlace(
        reverse("progress-draft", args=[row.pk]),
        request.actor.person_id,
        reports,
        draft.saved_at if draft else None,
    )
    return form


def _refused(request: WebRequest, finding_id: int, refusal: Refusal) -> HttpResponse:
    """The page as it stands now, with what was typed and the photo kept."""
    row = selectors.finding_get(request.actor, finding_id)
    data = request.POST.copy()
    data["version"] = str(row.version)
    upload = request.FILES.get("file")
    mark = request.POST.get("kept", "")
    if mark and not name_kept(request, mark):
        data["kept"] = ""
        if upload is None:
            refusal = refusal.with_extra(_("The photo of your last try is no longer kept; choose it again."))
    if upload is not None:
        kept = file_keep(request, upload) if refusal.status in {409, 422} else None
        data["kept"] = kept.mark if kept else ""
        if kept is None:
            refusal = refusal.with_extra(_("The file could not be kept; choose it again."))
    if refusal.status == 409:
        refusal = refusal.with_fresh(reverse("finding-report", args=[finding_id]))
    return _page(request, row, _form(request, row, data), refusal)


def _page(
    request: WebRequest, row: Any, form: PhotoReportForm, refusal: Refusal | None = None
) -> HttpResponse:
    on = timezone.localdate(request.at)
    verdicts = dict(selectors.finding_actions(request.actor, row))
    may = verdicts[Action.PROGRESS_REPORT]
    kept_name = name_kept(request, str(form["kept"].value() or ""))
    if not verdicts[Action.EVIDENCE_ADD].allowed:
        form.without_photo()
    context = {
        "finding": row,
        "lit": row_of(row, on, row.inspection.rules),
        "form": form,
        "refusal": refusal,
        "kept_name": kept_name,
        "is_allowed": may.allowed,
        "reason": may.reason.render(_) if may.reason else "",
        "way_back": back_of(request) or reverse("home"),
    }
    return render(request, "finding/report.html", context, status=refusal.status if refusal else 200)
