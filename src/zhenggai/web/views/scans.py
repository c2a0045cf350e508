"""Scans of signatures and files of re-checks (附件页与预览), shown as evidence is: nothing of a file runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.domain.ladder import STEPS
from zhenggai.domain.paper import RECORD_KIND_LABELS, RecordKind
from zhenggai.files.previews import PICTURE, page_preview, picture_preview
from zhenggai.ledger import selectors
from zhenggai.ledger.opening import recheck_get, signature_record_get
from zhenggai.web.evidence_page import KeptFilePage
from zhenggai.web.views.evidence import drawn

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest


@require_safe
def signature(request: WebRequest, record_id: int) -> HttpResponse:
    """A signature given elsewhere with its scan."""
    row = signature_record_get(request.actor, record_id)
    facts = [
        (_("Signed by"), row.signer.name if row.signer else ""),
        (_("Number of the minutes"), row.number),
        (_("Step"), _(STEPS[row.step].label)),
        (_("Signed or decided on"), _day(row.held_on)),
        (_("Code on the form"), row.form_code),
        (_("Recorded by"), _by(row.recorded_by, row.recorded_at)),
        (_("Confirmed by"), _by(row.confirmed_by, row.confirmed_at)),
        (_("Refused by"), _by(row.refused_by, row.refused_at)),
        (_("Reason"), row.refused_reason),
    ]
    page = KeptFilePage(
        finding=selectors.finding_get(request.actor, row.request.finding_id),
        row=row,
        title=_(RECORD_KIND_LABELS[RecordKind(row.kind)]),
        facts=facts,
        said=row.note,
        download_name="signature-scan",
        picture_name="signature-picture",
        page_name="signature-pdf-page",
        asked=request.GET.get("from", ""),
    )
    return _page(request, page)


@require_safe
def signature_picture(request: WebRequest, record_id: int) -> HttpResponse:
    """A scan that is a picture, as large as a screen."""
    row = signature_record_get(request.actor, record_id)
    return drawn(request, row.blob, lambda blob: picture_preview(blob, PICTURE))


@require_safe
def signature_page(request: WebRequest, record_id: int, number: int) -> HttpResponse:
    """A page of a scan that is a PDF, as a picture."""
    row = signature_record_get(request.actor, record_id)
    return drawn(request, row.blob, lambda blob: page_preview(blob, number))


@require_safe
def recheck(request: WebRequest, recheck_id: int) -> HttpResponse:
    """A re-check with the file that was filed with it."""
    row, _blob = recheck_get(request.actor, recheck_id)
    page = KeptFilePage(
        finding=selectors.finding_get(request.actor, row.finding_id),
        row=row,
        title=_("File of a re-check"),
        facts=[
            (_("Day of the re-check"), _day(row.checked_on)),
            (_("Outcome"), _("it holds") if row.holds else _("it does not hold")),
            (_("Recorded by"), _by(row.by, row.at)),
        ],
        said=row.text,
        download_name="recheck-download",
        picture_name="recheck-picture",
        page_name="recheck-pdf-page",
        asked=request.GET.get("from", ""),
    )
    return _page(request, page)


@require_safe
def recheck_picture(request: WebRequest, recheck_id: int) -> HttpResponse:
    """The file of a re-check that is a picture, as large as a screen."""
    _row, kept = recheck_get(request.actor, recheck_id)
    return drawn(request, kept, lambda blob: picture_preview(blob, PICTURE))


@require_safe
def recheck_page(request: WebRequest, recheck_id: int, number: int) -> HttpResponse:
    """A page of the file of a re-check that is a PDF, as a picture."""
    _row, kept = recheck_get(request.actor, recheck_id)
    return drawn(request, kept, lambda blob: page_preview(blob, number))


def _page(request: WebRequest, page: KeptFilePage) -> HttpResponse:
    context = {"finding": page.finding, "row": page.row, "page": page}
    return render(request, "evidence/kept.html", context)


def _day(day: date) -> str:
    return day.isoformat()


def _by(person: Any, at: datetime | None) -> str:
    return f"{person.name} · {timezone.localtime(at):%Y-%m-%d %H:%M}" if person and at else ""
