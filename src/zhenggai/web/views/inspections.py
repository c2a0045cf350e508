"""The ledger of an inspection, opening one, its trail and its documents (台账页面)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import NotPermittedError, ZhenggaiError
from zhenggai.domain.policy import Action, Facts, judge
from zhenggai.domain.spans import Span
from zhenggai.files.selectors import blob_read
from zhenggai.intake.book_selectors import book_of_id
from zhenggai.intake.states import KIND_LABELS
from zhenggai.ledger import profiles, selectors, services
from zhenggai.ledger.evidence_text import evidence_found
from zhenggai.ledger.grouping import GROUP_ORDERS, GROUPING_LABELS, Grouping, group_keys, groups_counted
from zhenggai.ledger.listing import ORDER_LABELS, keys_of, order_of, order_read, order_said
from zhenggai.ledger.milestones import inspection_milestones
from zhenggai.ledger.narrowing_choices import narrowing_choices
from zhenggai.ledger.sight import blacked, places_told
from zhenggai.ledger.viewing import columns_of, views_of
from zhenggai.trail import selectors as trail_selectors
from zhenggai.trail.chains import ChainKey
from zhenggai.web.evaluation_view import evaluated_lines
from zhenggai.web.forms.inspection import FilterForm, InspectionForm
from zhenggai.web.labels import LABELS
from zhenggai.web.ledger_columns import COLUMNS, columns_read, columns_shown, editable, offers, related_of
from zhenggai.web.ledger_list import (
    Paging,
    chips,
    counts,
    grouped,
    heads,
    order_choices,
    rows,
    with_query,
)
from zhenggai.web.profile_view import days_of, profile_choices, title_of, words_of
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.setup_guide import strip_of
from zhenggai.web.source_sheet import source_sheet
from zhenggai.web.timeline import entry_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from zhenggai.ledger.listing import FindingFilters
    from zhenggai.trail.selectors import EventView
    from zhenggai.web.requests import WebRequest

ENTRIES_PER_PAGE: Final = 100
# a chain this long is checked with every look at it; a longer one when asked
CHECKED_AT_ONCE: Final = 2_000
PART_CHARACTERS: Final = 60_000


@require_safe
def inspection(request: WebRequest, inspection_id: int) -> HttpResponse:
    """The ledger as a list: filtered, sorted, counted, page by page."""
    several = request.GET.getlist("order")
    if len(several) > 1:
        # a form with a field for each key; the address says them as one
        return redirect(
            request.path + with_query(request.GET, order=order_said(order_read(",".join(several))))
        )
    on = timezone.localdate(request.at)
    row = selectors.inspection_get(request.actor, inspection_id)
    form = filter_form(request, row)
    filters, order = form.filters(on), form.order_chosen()
    grouping = grouping_of(request)
    if grouping is not None and keys_of(order)[0] not in GROUP_ORDERS[grouping]:
        # the findings of a group stand together, and in it as they were asked for
        order = order_of((GROUP_ORDERS[grouping][0], *keys_of(order)))
    number = _whole(request.GET.get("page", ""), 1)
    tally = selectors.ledger_counts(request.actor, row.pk, on, filters)
    verdicts = selectors.inspection_actions(request.actor, row)
    rule = row.rules.counting
    query = request.GET.copy()
    query.pop("page", None)
    views = views_of(request.actor, row)
    view = next((each for each in views if str(each.pk) == request.GET.get("view", "")), None)
    chosen = columns_read(view.columns if view else columns_of(request.actor))
    columns = [COLUMNS[name] for name in columns_shown(chosen)]
    page = selectors.findings_page(
        request.actor, row.pk, filters, order, number=number, related=related_of(chosen)
    )
    found = evidence_found(row.pk, [each.pk for each in page.rows], filters.text)
    listed = rows(page.rows, on, row.rules, found)
    if grouping is not None:
        keys = group_keys(grouping, [each.pk for each in page.rows])
        listed = grouped(listed, grouping, keys, groups_counted(request.actor, row, grouping, filters, on))
    version = row.profile_version
    # a list that is narrowed or turned over is being worked with, and its figures come first
    is_whole = number == 1 and not form.narrows
    is_seen = verdicts[Action.INSPECTION_VIEW].allowed
    context = {
        "inspection": row,
        "guide": strip_of(request, row) if is_whole else None,
        "evaluations": evaluated_lines(request.actor, row) if is_whole else [],
        "words": words_of(row.rules),
        "days": days_of(inspection_milestones(request.actor, row, on), on, row.rules),
        "profile_title": title_of(version.profile),
        "newer": profiles.version_newer(version),
        "documents": row.documents.all(),
        "form": form,
        "is_filtered": form.narrows,
        "is_part": form.narrows_counts,
        "counted_word": form.counted_word,
        "counted_on": filters.counted_on,
        "chips": chips(request.GET, form.said(_names(filters, is_seen=page.total > 0))),
        "counts": counts(tally, request.GET),
        "rate": tally.closing_rate(rule) if tally.total else None,
        "rate_rule": rule.sentence.render(_),
        "rate_name": rule.label,
        "heads": heads(request.GET, order, columns),
        "order_keys": order_choices(form.order_chosen()),
        "order_words": [(each.value, _(label)) for each, label in ORDER_LABELS.items()],
        "order_kept": [(name, value) for name, value in query.items() if name != "order"],
        "columns": columns,
        "offers": offers(chosen),
        "views": views,
        "view": view,
        "is_whole_seen": is_seen,
        "me": request.actor.person_id,
        "rows": listed,
        "editable": editable(request.actor),
        "grouping": grouping,
        "groupings": [(each.value, _(label)) for each, label in GROUPING_LABELS.items()],
        "wide": len(columns),
        "paging": Paging(page.number, page.pages, page.size, page.total),
        "query": f"?{query.urlencode()}" if query else "",
        "may_see_trail": verdicts[Action.TRAIL_VIEW].allowed,
        "may_see_plan": is_seen,
        "may_confirm": verdicts[Action.INTAKE_CONFIRM].allowed,
        "labels": LABELS,
    }
    return render(request, "inspection/list.html", context)


def grouping_of(request: WebRequest) -> Grouping | None:
    """By what the address asks the list to be grouped; by nothing for any other word."""
    asked = request.GET.get("group", "")
    return Grouping(asked) if asked in set(Grouping) else None


def _names(filters: FindingFilters, *, is_seen: bool) -> dict[str, str]:
    """Whose findings the list shows, in words, where the address names somebody by an id.

    Where nothing is shown an id may be anybody's, and its name is not told.
    """
    names = {}
    if filters.lead_unset:
        names["lead"] = _("findings without a lead unit")
    elif filters.lead_id is not None:
        unit = accounts.organisation_get(filters.lead_id).name if is_seen else "—"
        names["lead"] = _("led by %(unit)s itself") % {"unit": unit}
    if filters.under_id is not None:
        unit = accounts.organisation_get(filters.under_id).name if is_seen else "—"
        names["under"] = _("led by %(unit)s or a unit below it") % {"unit": unit}
    if filters.selection_id is not None:
        names["selection"] = _("findings that you chose together")
    if filters.leader_id is not None:
        person = accounts.names_of([filters.leader_id])[filters.leader_id] if is_seen else "—"
        names["leader"] = _("responsible leader: %(name)s") % {"name": person}
    return names


def filter_form(request: WebRequest, row: Any, query: QueryDict | None = None) -> FilterForm:
    """The filters of the address, or of another list's, with the choices of this ledger."""
    form = FilterForm(request.GET if query is None else query, auto_id="filter-%s")
    form.offer(narrowing_choices(request.actor, row))
    return form


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_create(request: WebRequest) -> HttpResponse:
    """Opens an inspection; for the office of an organisation.

    Raises:
        NotPermittedError: when the reader is of no office.
    """
    organisations = accounts.organisations_visible(request.actor, Role.OFFICE_CLERK)
    choices = [(each.pk, "　" * (each.depth - 1) + each.name) for each in organisations if each.is_active]
    if not choices:
        verdict = judge(request.actor, Action.INSPECTION_CREATE, Facts())
        reason = verdict.reason
        if reason is not None:
            raise NotPermittedError(reason.template, **reason.values)
    form = InspectionForm(request.POST or None)
    bodies = [(each.pk, each.name) for each in accounts.inspecting_bodies(request.actor)]
    form.offer(choices, bodies, profile_choices(request.actor))
    refusal: Refusal | None = None
    if request.method == "POST":
        if not form.is_valid():
            refusal = refusal_of_form()
        else:
            try:
                row = services.inspection_create(actor=request.actor, at=request.at, **form.cleaned_data)
            except ZhenggaiError as error:
                refusal = refusal_of(error)
            else:
                messages.success(
                    request, _("The inspection is open. Five steps set it up; begin with what is missing.")
                )
                return redirect("inspection-setup", row.pk)
    context = {"form": form, "refusal": refusal}
    return render(request, "inspection/new.html", context, status=refusal.status if refusal else 200)


@require_safe
def trail(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Everything that happened in an inspection, newest first; the chain is checked."""
    row = selectors.inspection_get(request.actor, inspection_id)
    number = max(1, _whole(request.GET.get("page", ""), 1))
    first = (number - 1) * ENTRIES_PER_PAGE
    views = selectors.inspection_timeline(request.actor, row.pk, first=first, count=ENTRIES_PER_PAGE)
    chain = ChainKey.inspection(row.pk)
    total = trail_selectors.events_of(chain).count()
    is_checked = total <= CHECKED_AT_ONCE or request.GET.get("check") == "yes"
    context = {
        "inspection": row,
        "entries": [entry_of(view) for view in views],
        "numbers": _numbers(request, row.pk, views),
        "reports": trail_selectors.verify(chain) if is_checked else [],
        "is_checked": is_checked,
        "paging": Paging(number, max(1, -(-total // ENTRIES_PER_PAGE)), ENTRIES_PER_PAGE, total),
    }
    return render(request, "trail/page.html", context)


def _numbers(request: WebRequest, inspection_id: int, views: Sequence[EventView]) -> dict[int, str]:
    """Number, or title where there is none, of the findings that the events are about and the reader sees."""
    wanted = {view.subject_id for view in views if view.subject_kind == "finding"}
    seen = selectors.findings_visible(request.actor, inspection_id).filter(pk__in=wanted)
    return {pk: number or title for pk, number, title in seen.values_list("pk", "number", "title")}


@require_safe
def source(request: WebRequest, document_id: int) -> HttpResponse:
    """The restored text of a document with one place marked, part by part where it is long.

    Of a workbook it is the sheet, with the cell named and marked.
    """
    document = selectors.document_get(request.actor, document_id)
    written = blob_read(document.text_sha256).decode("utf-8")
    places = places_told(request.actor, document, written)
    text = blacked(written, places) if places else written
    start = min(_whole(request.GET.get("start", ""), 0), len(text))
    end = min(max(start, _whole(request.GET.get("end", ""), start)), len(text))
    context: dict[str, Any] = {
        "document": document,
        "kinds": KIND_LABELS,
        "is_blacked": bool(places),
        "back": reverse("inspection", args=[document.inspection_id]),
    }
    book = book_of_id(document.intake_id)
    if book is not None:
        asked_part = _whole(request.GET.get("part", ""), 0) or None
        chosen = Span(start, end) if start < end else None
        sheet = source_sheet(book, chosen, asked_part, text, places)
        if sheet is not None:
            return render(request, "source/sheet.html", {**context, "sheet": sheet})
    parts = max(1, -(-len(text) // PART_CHARACTERS))
    asked = _whole(request.GET.get("part", ""), start // PART_CHARACTERS + 1)
    part = min(max(1, asked), parts)
    low, high = (part - 1) * PART_CHARACTERS, min(part * PART_CHARACTERS, len(text))
    if low <= start < high:
        # the whole of a marked place is shown, across the border of a part too
        high = max(high, end)
        before, marked, after = text[low:start], text[start:end], text[end:high]
    else:
        before, marked, after = text[low:high], "", ""
    context |= {"before": before, "marked": marked, "after": after, "part": part, "parts": parts}
    return render(request, "source/page.html", context)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
