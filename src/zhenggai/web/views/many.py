"""Many findings at once (批量办理页): chosen in the ledger, looked at, confirmed, told of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhenggai.documents.csv import csv_bytes
from zhenggai.domain.batches import (
    BATCH_LABELS,
    MANY_LABELS,
    ROW_LABELS,
    BatchState,
    ManyAction,
    RowState,
)
from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.ledger import selectors
from zhenggai.ledger.batch_jobs import (
    batch_do,
    batch_get,
    batch_go_on,
    batch_rows,
    batch_standing,
    batch_try,
    batches_of,
)
from zhenggai.ledger.closing_papers import closing_paper
from zhenggai.ledger.services.batching import batch_make, findings_of_batch
from zhenggai.web.ledger_list import Paging
from zhenggai.web.many import many_choices, many_form, many_panels, many_rows, report_rows
from zhenggai.web.marks import is_poll
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.verbs import whole
from zhenggai.web.views.inspections import filter_form
from zhenggai.web.views.papers import saved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.web.forms.many import ManyForm
    from zhenggai.web.many import ManyRow
    from zhenggai.web.requests import WebRequest

ROWS_PER_PAGE: Final = 50
_AT_ONCE: Final = 500
_FORMS_MOST: Final = 40


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_many(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Chooses the findings ticked, or the whole list as it is narrowed; lists what was chosen before."""
    row = selectors.inspection_get(request.actor, inspection_id)
    if request.method != "POST":
        context = {
            "inspection": row,
            "batches": batches_of(request.actor, row),
            "actions": MANY_LABELS,
            "states": BATCH_LABELS,
        }
        return render(request, "inspection/many_list.html", context)
    query = request.POST.get("query", "").removeprefix("?")
    form = filter_form(request, row, QueryDict(query))
    ticked = [id_ for text in request.POST.getlist("finding") if (id_ := whole(text)) is not None]
    try:
        batch = batch_make(
            actor=request.actor,
            at=request.at,
            inspection_id=row.pk,
            finding_ids=None if request.POST.get("take") == "all" else ticked,
            filters=form.filters(timezone.localdate(request.at)),
            order=form.order_chosen(),
        )
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        messages.error(request, error.message.render(_))
        return redirect(reverse("inspection", args=[row.pk]) + (f"?{query}" if query else ""))
    return redirect("many", batch.pk)


@is_poll
@require_safe
def many(request: WebRequest, batch_id: int) -> HttpResponse:
    """What was chosen, what can be done to it, what that would change, or what became of each."""
    return _page(request, batch_get(request.actor, batch_id))


@require_POST
def many_try(request: WebRequest, batch_id: int) -> HttpResponse:
    """Looks at what an action would do to each; nothing is changed."""
    batch = batch_get(request.actor, batch_id)
    asked = request.POST.get("action", "")
    if asked == "go-on":
        batch_go_on(actor=request.actor, at=request.at, batch_id=batch_id)
        return redirect("many", batch_id)
    if asked not in set(ManyAction):
        return _page(request, batch, refusal_of_form())
    form = many_form(batch, ManyAction(asked), request.POST)
    form.offer(many_choices(request, batch))
    if not form.is_valid():
        return _page(request, batch, refusal_of_form(), form)
    try:
        batch_try(
            actor=request.actor,
            at=request.at,
            batch_id=batch_id,
            action=ManyAction(asked),
            wish=form.wish(),
        )
    except ZhenggaiError as error:
        return _page(request, batch_get(request.actor, batch_id), refusal_of(error), form)
    return redirect("many", batch_id)


@require_POST
def many_do(request: WebRequest, batch_id: int) -> HttpResponse:
    """Does it to those that can, each by its own service; pressed twice, once."""
    try:
        batch_do(
            actor=request.actor, at=request.at, batch_id=batch_id, run=whole(request.POST.get("run", "")) or 0
        )
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        return _page(request, batch_get(request.actor, batch_id), refusal_of(error))
    return redirect("many", batch_id)


@require_safe
def many_report(request: WebRequest, batch_id: int) -> HttpResponse:
    """What would become, or became, of each finding, as a table for a spreadsheet."""
    batch = batch_get(request.actor, batch_id)
    heading = [_("Number"), _("Finding"), _("State"), _("Changes"), _("Why not")]
    # written whole, while the reader's language holds
    table = csv_bytes(heading, report_rows(_all_rows(request, batch)))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="report-{batch.pk}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def many_forms(request: WebRequest, batch_id: int) -> HttpResponse:
    """The closing forms of the findings chosen, as far as they are seen; the first forty."""
    batch = batch_get(request.actor, batch_id)
    ids = list(batch_rows(batch).values_list("finding_id", flat=True)[:_FORMS_MOST])
    seen = findings_of_batch(batch, ids, request.actor)
    return saved(closing_paper(request.actor, [each for each in ids if each in seen], request.at))


def _all_rows(request: WebRequest, batch: Any) -> Iterator[ManyRow]:
    rows = batch_rows(batch)
    for first in range(0, batch.total, _AT_ONCE):
        yield from many_rows(request, batch, list(rows[first : first + _AT_ONCE]))


def _page(
    request: WebRequest, batch: Any, refusal: Refusal | None = None, form: ManyForm | None = None
) -> HttpResponse:
    standing = batch_standing(batch)
    state = request.GET.get("state", "")
    shown = RowState(state) if state in set(RowState) else None
    page = Paginator(batch_rows(batch, shown), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    counts = [(each, standing.counts[each]) for each in RowState if standing.counts[each]]
    is_open = batch.state in {BatchState.CHOSEN, BatchState.TRIED}
    context = {
        "batch": batch,
        "inspection": batch.inspection,
        "standing": standing,
        "counts": counts,
        "row_words": ROW_LABELS,
        "shown": shown,
        "ready": standing.counts[RowState.READY],
        "barred": standing.counts[RowState.BARRED],
        "done": standing.counts[RowState.DONE],
        "kept": standing.counts[RowState.REFUSED] + standing.counts[RowState.CHANGED],
        "action": _(MANY_LABELS[ManyAction(batch.action)]) if batch.action else "",
        "panels": many_panels(request, batch, form) if is_open else [],
        "rows": many_rows(request, batch, list(page)),
        "paging": Paging(page.number, page.paginator.num_pages, ROWS_PER_PAGE, page.paginator.count),
        "forms_most": _FORMS_MOST,
        "is_moving": batch.state in {BatchState.TRYING, BatchState.DOING},
        "refusal": refusal,
    }
    return render(request, "inspection/many.html", context, status=refusal.status if refusal else 200)
