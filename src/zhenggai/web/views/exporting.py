"""Taking a ledger away as a file (台账导出页面): exactly the filtered and sorted list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.domain.file_names import file_name_safe
from zhenggai.ledger import selectors
from zhenggai.ledger.export_choices import export_choice, export_choice_save
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.exporting_book import BookWish, ledger_book_count, ledger_book_file
from zhenggai.web.forms.exporting import ExportForm
from zhenggai.web.refusals import refusal_of_form
from zhenggai.web.views.inspections import filter_form

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from zhenggai.web.requests import WebRequest

Answer = TypeVar("Answer", bound=HttpResponseBase)
EXPORTS: Final = {
    "csv": (ledger_export_csv, "text/csv; charset=utf-8"),
    "json": (ledger_export_json, "application/json; charset=utf-8"),
}
BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def inspection_export(request: WebRequest, inspection_id: int, kind: str) -> StreamingHttpResponse:
    """Exactly the filtered and sorted list as a file, not only the page that is shown."""
    on = timezone.localdate(request.at)
    row = selectors.inspection_get(request.actor, inspection_id)
    form = filter_form(request, row)
    export, media_type = EXPORTS[kind]
    pieces = export(request.actor, row.pk, on, form.filters(on), form.order_chosen())
    response = StreamingHttpResponse(pieces, content_type=media_type)
    return _attached(response, row, on, kind)


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_book(request: WebRequest, inspection_id: int) -> HttpResponseBase:
    """Chooses columns and sheets of a workbook, and hands it out; the choice is offered again."""
    on = timezone.localdate(request.at)
    row = selectors.inspection_get(request.actor, inspection_id)
    filters = filter_form(request, row)
    wish = BookWish(row.pk, filters.filters(on), filters.order_chosen())
    form = ExportForm.of(export_choice(request.actor))
    if request.method == "POST":
        form = ExportForm(request.POST, auto_id="export-%s")
        if form.is_valid():
            choice = form.choice()
            export_choice_save(actor=request.actor, choice=choice)
            return _book(request, row, BookWish(row.pk, wish.filters, wish.order, choice), on)
    refusal = refusal_of_form() if form.is_bound else None
    query = _query(request)
    context = {
        "inspection": row,
        "form": form,
        "columns": list(form.offered()),
        "total": ledger_book_count(request.actor, wish),
        "is_filtered": filters.narrows,
        "query": f"?{query}" if query else "",
        "refusal": refusal,
    }
    return render(request, "inspection/export.html", context, status=refusal.status if refusal else 200)


def _query(request: WebRequest) -> str:
    """The filters of the address; a page of the list is no part of what is taken away."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _book(request: WebRequest, row: Any, wish: BookWish, on: date) -> HttpResponseBase:
    file = ledger_book_file(actor=request.actor, at=request.at, wish=wish)
    return _attached(FileResponse(file, content_type=BOOK_TYPE), row, on, "xlsx")


def _attached(response: Answer, row: Any, on: date, kind: str) -> Answer:
    name = file_name_safe(f"{row.title[:60]}-{on.isoformat()}.{kind}")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
