"""A piece of evidence and what its file shows (佐证页与预览), without anything of the file being executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.messages import msg
from zhenggai.files.errors import BlobLostError, PreviewBusyError
from zhenggai.files.previews import PICTURE, THUMBNAIL, page_preview, picture_preview
from zhenggai.ledger import selectors
from zhenggai.ledger.opening import evidence_shown
from zhenggai.ledger.reuse import evidence_reuse
from zhenggai.web.evidence_page import EvidencePage
from zhenggai.web.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.files.models import Blob
    from zhenggai.files.previews import Preview
    from zhenggai.web.requests import WebRequest


@require_safe
def evidence(request: WebRequest, evidence_id: int) -> HttpResponse:
    """What is said of a piece of evidence, and what its file shows."""
    row = selectors.evidence_get(request.actor, evidence_id)
    finding = selectors.finding_get(request.actor, row.finding_id)
    piece = next(each for each in finding.evidence.all() if each.pk == row.pk)
    page = EvidencePage(finding, piece, evidence_reuse(request.actor, finding), request.GET.get("from", ""))
    context = {"finding": finding, "row": piece, "page": page, "labels": LABELS}
    return render(request, "evidence/page.html", context)


@require_safe
def thumbnail(request: WebRequest, evidence_id: int) -> HttpResponse:
    """A small picture of a picture, for lists."""
    return _shown(request, evidence_id, lambda blob: picture_preview(blob, THUMBNAIL))


@require_safe
def picture(request: WebRequest, evidence_id: int) -> HttpResponse:
    """A picture as large as a screen."""
    return _shown(request, evidence_id, lambda blob: picture_preview(blob, PICTURE))


@require_safe
def pdf_page(request: WebRequest, evidence_id: int, number: int) -> HttpResponse:
    """A page of a PDF as a picture."""
    return _shown(request, evidence_id, lambda blob: page_preview(blob, number))


def _shown(request: WebRequest, evidence_id: int, draw: Callable[[Blob], Preview]) -> HttpResponse:
    return drawn(request, evidence_shown(request.actor, evidence_id).blob, draw)


def drawn(request: WebRequest, blob: Blob, draw: Callable[[Blob], Preview]) -> HttpResponse:
    """The picture, drawn by us; asked for again it is asked again who may see it."""
    mark = f'"{blob.sha256[:32]}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified(headers={"ETag": mark})
    try:
        preview = draw(blob)
    except (PreviewBusyError, BlobLostError) as refused:
        return HttpResponse(
            refused.message.render(_),
            status=refused.status,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": "5"},
        )
    if not preview.picture:
        raise NotFoundError(msg("Of this file there is no such picture; download the file itself."))
    return HttpResponse(
        preview.picture,
        content_type=preview.media_type,
        headers={
            "ETag": mark,
            "Cache-Control": "private, no-cache",
            "Content-Disposition": "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )
