"""A ledger as a file for a program (接口导出): by the same services as the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from zhenggai.ledger.export_choices import choice_of
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.exporting_book import BookWish, ledger_book_file

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from zhenggai.api.asked import LedgerFileQuery

_STREAMED: Final = {
    "csv": (ledger_export_csv, "text/csv; charset=utf-8"),
    "json": (ledger_export_json, "application/json; charset=utf-8"),
}
_BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ledger_answer(request: Any, inspection_id: int, kind: str, query: LedgerFileQuery) -> HttpResponseBase:
    """The file as an answer, never to be shown in place.

    :raises InspectionNotFoundError: when there is none or the person cannot see it.
    """
    on = timezone.localdate(request.at)
    filters = query.filters(on)
    if kind in _STREAMED:
        export, media_type = _STREAMED[kind]
        pieces = export(request.actor, inspection_id, on, filters, query.order)
        answer: HttpResponseBase = StreamingHttpResponse(pieces, content_type=media_type)
        answer["Content-Disposition"] = f'attachment; filename="ledger-{inspection_id}.{kind}"'
    else:
        sheets = None if query.sheets is None else query.sheets.split(",")
        choice = choice_of(query.form, query.columns.split(","), sheets, is_merged=query.merged)
        wish = BookWish(inspection_id, filters, query.order, choice)
        answer = FileResponse(
            ledger_book_file(actor=request.actor, at=request.at, wish=wish),
            as_attachment=True,
            filename=f"ledger-{inspection_id}.xlsx",
            content_type=_BOOK_TYPE,
        )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
