"""Editing cells of the ledger in place, and taking an edit back (台账就地编辑、撤销)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.domain.policy import Action
from zhenggai.ledger import selectors, services
from zhenggai.ledger.cells import POSSIBLE, Cell, CellWay, cell_way, finding_listed
from zhenggai.ledger.errors import EditStandsError
from zhenggai.ledger.undoing import edit_before, edit_last, edit_latest, edit_of
from zhenggai.ledger.viewing import columns_of, views_of
from zhenggai.web.cell_editor import VERBS, CellEditor, carry_out, editor_of
from zhenggai.web.finding_actions import verb_of
from zhenggai.web.labels import LABELS
from zhenggai.web.ledger_columns import COLUMNS, columns_shown, editable, related_of
from zhenggai.web.ledger_list import counts, row_of
from zhenggai.web.refusals import refusal_of, refusal_of_form
from zhenggai.web.timeline import entry_of
from zhenggai.web.views.inspections import filter_form

if TYPE_CHECKING:
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

# forms with lists of leaders and units
_NAMING = frozenset({Action.FINDING_ASSIGN, Action.FINDING_HAND_OVER, Action.FINDING_TRANSFER})
_CONFLICT: Final = 409


@require_http_methods(["GET", "HEAD", "POST"])
def finding_cell(request: WebRequest, finding_id: int, column: str) -> HttpResponse:
    """The editor of one cell, or why there is none; without scripts, the finding's page at that form."""
    if column not in COLUMNS:
        raise Http404
    finding = selectors.finding_get(request.actor, finding_id)
    if request.method == "POST":
        return _saved(request, finding, column)
    way = cell_way(request.actor, finding, column)
    if not request.htmx:
        return redirect(_on_page(finding, way))
    if not way.verdict.allowed or way.action is None:
        return _editor(request, finding, column, way)
    on = timezone.localdate(request.at)
    return _editor(request, finding, column, way, editor_of(finding, Cell(column), way.action, on))


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_take_back(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Asks whether an edit is to be taken back, the reader's latest where none is named; and does it."""
    inspection = selectors.inspection_get(request.actor, inspection_id)
    data = request.POST if request.method == "POST" else request.GET
    finding_id, seq = (_whole(data.get(name, "")) for name in ("finding", "seq"))
    if finding_id is None or seq is None:
        latest = edit_latest(request.actor, inspection.pk)
        if latest is None:
            return _asked(
                request, inspection, None, None, refusal_of(EditStandsError(EditStandsError.none_template))
            )
        finding_id, seq = latest.subject_id, latest.seq
    finding = selectors.finding_get(request.actor, finding_id)
    if finding.inspection_id != inspection.pk:
        raise Http404
    edit = edit_of(finding, seq)
    refusal: Refusal | None = None
    try:
        if edit is None:
            raise EditStandsError(EditStandsError.none_template)
        if request.method != "POST":
            edit_before(finding, edit)
            return _asked(request, inspection, finding, edit, None)
        services.edit_take_back(
            actor=request.actor,
            at=request.at,
            finding_id=finding_id,
            version=_whole(data.get("version", "")) or 0,
            seq=seq,
        )
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        refusal = refusal_of(error)
        fresh = selectors.finding_get(request.actor, finding_id)
        return _asked(request, inspection, fresh, edit, refusal)
    return _done(request, finding, "", _("The change is taken back; the trail has both."))


def _saved(request: WebRequest, finding: Any, column: str) -> HttpResponse:
    action = VERBS.get(request.POST.get("verb", ""))
    if column not in set(Cell) or action not in POSSIBLE[Cell(column)]:
        raise Http404
    on = timezone.localdate(request.at)
    editor = editor_of(finding, Cell(column), action, on, request.POST)
    if not editor.form.is_valid():
        refusal = refusal_of_form()
    else:
        try:
            carry_out(editor, actor=request.actor, at=request.at, finding=finding)
        except NotFoundError:
            raise
        except ZhenggaiError as error:
            refusal = refusal_of(error)
        else:
            return _done(request, finding, column, editor.done)
    fresh = selectors.finding_get(request.actor, finding.pk)
    typed = request.POST.copy()
    typed["version"] = str(fresh.version)
    if refusal.status == _CONFLICT:
        refusal = refusal.with_fresh(reverse("finding", args=[finding.pk]))
    way = CellWay(action, cell_way(request.actor, fresh, column).verdict)
    # whoever may not do it at all is not told whom it could be given to
    is_shown = way.verdict.allowed or action not in _NAMING
    shown = editor_of(fresh, Cell(column), action, on, typed) if is_shown else None
    return _editor(request, fresh, column, way, shown, refusal)


def _editor(
    request: WebRequest,
    finding: Any,
    column: str,
    way: CellWay,
    editor: CellEditor | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    reason = way.verdict.reason
    context = {
        "finding": finding,
        "column": column,
        "word": _(COLUMNS[column].word),
        "editor": editor,
        "note": way.note.render(_) if way.note else "",
        "reason": reason.render(_) if reason else "",
        "refusal": refusal,
        "address": reverse("finding-cell", args=[finding.pk, column]),
        "page_address": _on_page(finding, way),
        "inspection": finding.inspection,
        "is_page": not request.htmx,
    }
    name = "inspection/cell_edit.html" if request.htmx else "inspection/cell_page.html"
    return render(request, name, context, status=refusal.status if refusal else 200)


def _asked(
    request: WebRequest, inspection: Any, finding: Any, edit: Any, refusal: Refusal | None
) -> HttpResponse:
    context = {
        "inspection": inspection,
        "finding": finding,
        "edit": edit,
        "entry": entry_of(edit) if edit is not None else None,
        "refusal": refusal,
        "may_try": refusal is None,
        "is_page": not request.htmx,
    }
    name = "inspection/take_back.html" if request.htmx else "inspection/cell_page.html"
    return render(request, name, context, status=refusal.status if refusal else 200)


def _done(request: WebRequest, finding: Any, column: str, said: str) -> HttpResponse:
    """The row as it stands now, with the figures above and the way to take the change back."""
    inspection = finding.inspection
    if not request.htmx:
        messages.success(request, said)
        return redirect("inspection", inspection.pk)
    on = timezone.localdate(request.at)
    fresh = selectors.finding_get(request.actor, finding.pk)
    query = QueryDict(urlsplit(request.htmx.current_url or "").query)
    view = next(
        (each for each in views_of(request.actor, inspection) if str(each.pk) == query.get("view", "")), None
    )
    names = columns_shown(view.columns if view else columns_of(request.actor))
    form = filter_form(request, inspection, query)
    tally = selectors.ledger_counts(request.actor, inspection.pk, on, form.filters(on))
    listed = finding_listed(request.actor, finding.pk, related_of(names))
    edit = edit_last(fresh, request.actor.person_id) if column else None
    context = {
        "row": row_of(listed, on, inspection.rules),
        "columns": [COLUMNS[name] for name in names],
        "editable": editable(request.actor),
        "counts": counts(tally, query),
        "finding": fresh,
        "inspection": inspection,
        "said": said,
        "edit": edit if edit is not None and _is_free(fresh, edit) else None,
        "labels": LABELS,
    }
    return render(request, "inspection/cell_saved.html", context)


def _is_free(finding: Any, edit: Any) -> bool:
    try:
        edit_before(finding, edit)
    except EditStandsError:
        return False
    return True


def _on_page(finding: Any, way: CellWay) -> str:
    """Where on the finding's page, or beside it, the same is done without scripts."""
    if way.action is Action.FINDING_HAND_OVER:
        if not way.verdict.allowed:
            return reverse("finding", args=[finding.pk])
        return f"{reverse('hand-over')}?from={finding.responsible_leader_id}"
    anchor = f"#{verb_of(way.action)}" if way.action else ""
    return reverse("finding", args=[finding.pk]) + anchor


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
