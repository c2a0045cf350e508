"""A ledger as a file for a program (接口导出): by the same services as the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import FileResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone

from zhenggai.ledger.export_choices import choice_of
from zhenggai.ledger.export_jobs import export_open, export_standing, ledger_book_order
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.exporting_book import BookWish, ledger_book_count, ledger_book_file

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponseBase

    from zhenggai.api.asked import LedgerFileQuery
    from zhenggai.ledger.models import LedgerExport

_STREAMED: Final = {
    "csv": (ledger_export_csv, "text/csv; charset=utf-8"),
    "json": (ledger_export_json, "application/json; charset=utf-8"),
}
_BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ledger_answer(request: Any, inspection_id: int, kind: str, query: LedgerFileQuery) -> HttpResponseBase:
    """The file as an answer, never to be shown in place; where it is a large workbook, where it will be.

    :raises ExportsWaitingError: when the person waits for five others.
    :raises InspectionNotFoundError: when there is none or the person cannot see it.
    """
    on = timezone.localdate(request.at)
    filters = query.filters(on)
    if kind in _STREAMED:
        export, media_type = _STREAMED[kind]
        pieces = export(request.actor, inspection_id, on, filters, query.keys)
        answer: HttpResponseBase = StreamingHttpResponse(pieces, content_type=media_type)
        answer["Content-Disposition"] = f'attachment; filename="ledger-{inspection_id}.{kind}"'
    else:
        sheets = None if query.sheets is None else query.sheets.split(",")
        choice = choice_of(query.form, query.columns.split(","), sheets, is_merged=query.merged)
        wish = BookWish(inspection_id, filters, query.keys, choice)
        if ledger_book_count(request.actor, wish) > settings.ZHENGGAI_EXPORT_AT_ONCE:
            return _ordered(request, wish)
        answer = _book(ledger_book_file(actor=request.actor, at=request.at, wish=wish), inspection_id)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _ordered(request: Any, wish: BookWish) -> HttpResponseBase:
    """202: a job makes the workbook; the answer says where it is to be asked for."""
    export = ledger_book_order(actor=request.actor, at=request.at, wish=wish)
    said = export_said(export, request.at)
    answer = JsonResponse(said, status=202)
    answer["Location"] = said["address"]
    return answer


def export_said(export: LedgerExport, at: datetime) -> dict[str, Any]:
    """A workbook that was ordered: how far it is, and where its file is once it is made (导出进度)."""
    standing = export_standing(export, at)
    address = f"/api/1/exports/{export.pk}"
    return {
        "id": export.pk,
        "inspection": export.inspection_id,
        "address": address,
        "state": standing.state,
        "done": standing.done,
        "total": standing.total,
        "file": f"{address}/ledger.xlsx" if standing.state == "ready" else None,
        "expires_at": export.expires_at.isoformat() if export.expires_at is not None else None,
    }


def export_answer(request: Any, export_id: int) -> HttpResponseBase:
    """The file of a workbook that was ordered.

    :raises ExportGoneError: when it is not there, not the person's, or holds what is not his to see any more.
    """
    export, file = export_open(request.actor, export_id, request.at)
    answer = _book(file, export.inspection_id)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _book(file: Any, inspection_id: int) -> FileResponse:
    return FileResponse(
        file, as_attachment=True, filename=f"ledger-{inspection_id}.xlsx", content_type=_BOOK_TYPE
    )
