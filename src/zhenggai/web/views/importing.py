"""Importing organisations, people and posts (批量导入): choose, look at the trial, import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.accounts.importing.outcomes import ROW_STATE_LABELS
from zhenggai.accounts.importing.tables import BYTES_MOST, TableUnreadableError
from zhenggai.accounts.importing.template import template_bytes
from zhenggai.accounts.services import accounts_import, accounts_import_try
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.web.forms.plain import PlainForm
from zhenggai.web.kept_files import file_keep, file_kept, name_kept
from zhenggai.web.refusals import refusal_of, refusal_of_form
from zhenggai.web.uploads import upload_refused
from zhenggai.web.verbs import only

if TYPE_CHECKING:
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

SHOWN_MOST = 300
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(PlainForm):
    """The spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(".xlsx, .xls, or .csv in UTF-8 or GB18030; at most 5 MiB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


@require_safe
def import_template(request: WebRequest) -> HttpResponse:
    """The workbook to be filled in."""
    only(request, Action.PERSON_MANAGE)
    response = HttpResponse(template_bytes(), content_type=XLSX)
    name = _("Organisations and people.xlsx")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: WebRequest) -> HttpResponse:
    """Without a file its form; with one the trial; with what was looked at, the import itself."""
    only(request, Action.PERSON_MANAGE)
    if request.method != "POST":
        return _form_page(request, ImportForm())
    # a file can take long to arrive: what it does happens now
    request.at = timezone.now()
    if request.POST.get("agreed"):
        return _imported(request)
    form = ImportForm(request.POST, request.FILES)
    if upload_refused(request) or not form.is_valid():
        return _form_page(request, form, refusal_of_form())
    upload = form.cleaned_data["file"]
    if upload.size > BYTES_MOST:
        too_large = TableUnreadableError(name=upload.name, why=Message(msg("it is larger than 5 MiB")))
        return _form_page(request, form, refusal_of(too_large))
    try:
        plan = accounts_import_try(
            content=upload.read(), name=upload.name, actor=request.actor, at=request.at
        )
    except ZhenggaiError as error:
        return _form_page(request, form, refusal_of(error))
    kept = file_keep(request, upload)
    return _plan_page(request, plan, kept.mark if kept else "", upload.name)


def _imported(request: WebRequest) -> HttpResponse:
    mark = request.POST.get("kept", "")
    name = name_kept(request, mark)
    if not name:
        raise Http404
    with file_kept(request, mark)[0] as file:
        content = file.read()
    given: dict[str, Any] = {"content": content, "name": name, "actor": request.actor, "at": request.at}
    try:
        plan, passwords = accounts_import(agreed=request.POST["agreed"], **given)
    except ZhenggaiError as error:
        return _plan_page(request, accounts_import_try(**given), mark, name, refusal_of(error))
    messages.success(request, _("The spreadsheet is imported."))
    context = {
        "plan": plan,
        "people": [
            (each.label, each.username, passwords[each.username]) for each in plan.made if each.username
        ],
        "proposed": [each for each in plan.made if each.is_proposed],
    }
    return render(request, "people/imported.html", context)


def _form_page(request: WebRequest, form: ImportForm, refusal: Refusal | None = None) -> HttpResponse:
    context = {"form": form, "refusal": refusal}
    return render(request, "people/import.html", context, status=refusal.status if refusal else 200)


def _plan_page(
    request: WebRequest, plan: Any, mark: str, name: str, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "plan": plan,
        "kept": mark,
        "name": name,
        "form": ImportForm(),
        "refusal": refusal,
        "notes": [each for each in plan.outcomes if each.note],
        "shown": plan.outcomes[:SHOWN_MOST],
        "more": max(0, len(plan.outcomes) - SHOWN_MOST),
        "unknown": [sheet for sheet in plan.sheets if sheet.kind is None or sheet.unknown],
        "labels": {"states": ROW_STATE_LABELS},
    }
    return render(request, "people/import_plan.html", context, status=refusal.status if refusal else 200)
