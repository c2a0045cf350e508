"""Taking a ledger away as a file (台账导出页面): exactly the filtered and sorted list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.file_names import file_name_safe
from zhenggai.inbox.kinds import TargetKind
from zhenggai.inbox.services import notices_mark_seen
from zhenggai.ledger import selectors
from zhenggai.ledger.export_choices import export_choice, export_choice_save
from zhenggai.ledger.export_jobs import (
    ExportStanding,
    export_open,
    export_standing,
    exports_of,
    ledger_book_order,
)
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.exporting_book import BookWish, ledger_book_count, ledger_book_file
from zhenggai.web.forms.exporting import ExportForm
from zhenggai.web.marks import is_poll
from zhenggai.web.refusals import refusal_of, refusal_of_form
from zhenggai.web.views.inspections import filter_form

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.web.refusals import Refusal
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
    refusal: Refusal | None = None
    if request.method == "POST":
        form = ExportForm(request.POST, auto_id="export-%s")
        if form.is_valid():
            choice = form.choice()
            export_choice_save(actor=request.actor, choice=choice)
            wish = BookWish(row.pk, wish.filters, wish.order, choice)
            if ledger_book_count(request.actor, wish) <= settings.ZHENGGAI_EXPORT_AT_ONCE:
                return _book(request, row, wish, on)
            try:
                ledger_book_order(actor=request.actor, at=request.at, wish=wish)
            except ZhenggaiError as error:
                refusal = refusal_of(error)
            else:
                messages.success(
                    request, _("The workbook is being made; your inbox tells you when it is ready.")
                )
                return redirect("exports")
        else:
            refusal = refusal_of_form()
    query = _query(request)
    context = {
        "inspection": row,
        "form": form,
        "columns": list(form.offered()),
        "total": ledger_book_count(request.actor, wish),
        "is_filtered": filters.narrows,
        "query": f"?{query}" if query else "",
        "refusal": refusal,
        "at_once": settings.ZHENGGAI_EXPORT_AT_ONCE,
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


@dataclass(frozen=True, slots=True)
class Made:
    """One workbook of the list, and how far it is."""

    export: Any
    standing: ExportStanding

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        return self.standing.state

    @property
    def done(self) -> int | None:
        """How many findings are written, where that is known."""
        return self.standing.done

    @property
    def total(self) -> int | None:
        """How many there will be."""
        return self.standing.total


@is_poll
@require_safe
def exports(request: WebRequest) -> HttpResponseBase:
    """The workbooks made for this person, and how far those are that are being made."""
    rows = [Made(each, export_standing(each, request.at)) for each in exports_of(request.actor)]
    for row in rows:
        if row.state == "ready":
            notices_mark_seen(target=(TargetKind.EXPORT, row.export.pk), actor=request.actor, at=request.at)
    is_waiting = any(row.state in {"waiting", "running"} for row in rows)
    return render(request, "inspection/exports.html", {"rows": rows, "is_waiting": is_waiting})


@require_safe
def export_download(request: WebRequest, export_id: int) -> HttpResponseBase:
    """A workbook that was made for this person, as long as it is kept."""
    export, file = export_open(request.actor, export_id, request.at)
    on = timezone.localdate(export.made_at)
    return _attached(FileResponse(file, content_type=BOOK_TYPE), export.inspection, on, "xlsx")
