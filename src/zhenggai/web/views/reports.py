"""Report requests of an inspection (填报通知): who was asked, who has reported, who has not (未报名单)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.documents.csv import csv_bytes
from zhenggai.domain.policy import Action
from zhenggai.inbox.kinds import TargetKind
from zhenggai.inbox.services import notices_mark_seen
from zhenggai.ledger import reporting, selectors, services
from zhenggai.web.forms.reports import ReportRemindForm, ReportRequestForm, ReportWithdrawForm
from zhenggai.web.labels import LABELS
from zhenggai.web.panels import Panel
from zhenggai.web.thresholds import back_of
from zhenggai.web.verbs import Verb, carry_out, panel_of, verb_named

if TYPE_CHECKING:
    from zhenggai.ledger.reporting import Sheet
    from zhenggai.web.forms.plain import PlainForm
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

_REQUEST: Final = Verb(
    ReportRequestForm,
    Action.REPORTS_REQUEST,
    services.reports_request,
    gettext_lazy("Ask the units to report"),
    gettext_lazy("The units are asked to report, and their people are told."),
    "send",
)
_VERBS: Final[dict[str, Verb]] = {
    "remind": Verb(
        ReportRemindForm,
        Action.REPORTS_REMIND,
        services.reports_remind,
        gettext_lazy("Remind who has not reported"),
        gettext_lazy("Every unit that has not reported is reminded."),
        "send",
    ),
    "withdraw": Verb(
        ReportWithdrawForm,
        Action.REPORTS_WITHDRAW,
        services.reports_withdraw,
        gettext_lazy("Withdraw the request"),
        gettext_lazy("The request is withdrawn; nobody owes a report for it."),
        "ban",
        is_grave=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_reports(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Every request of an inspection with how many have reported; the office issues another one here."""
    row = selectors.inspection_get(request.actor, inspection_id)
    form, refusal = None, None
    if request.method == "POST":
        form = ReportRequestForm(request.POST, auto_id="request-%s")
        refusal = carry_out(request, _REQUEST, form, {"inspection_id": inspection_id})
        if refusal is None:
            return redirect("inspection-reports", inspection_id)
    on = timezone.localdate(request.at)
    panel = None
    if reporting.report_verdicts(request.actor, row)[Action.REPORTS_REQUEST].allowed:
        address = reverse("inspection-reports", args=[inspection_id])
        shown = form or ReportRequestForm(auto_id="request-%s")
        panel = Panel(_REQUEST.button, _REQUEST.icon, address, "request", shown, is_open=form is not None)
    context = {
        "inspection": row,
        "sheets": reporting.report_sheets(request.actor, inspection_id, on),
        "on": on,
        "panel": panel,
        "refusal": refusal,
    }
    return render(request, "report/list.html", context, status=refusal.status if refusal else 200)


@require_safe
def report_request(request: WebRequest, request_id: int) -> HttpResponse:
    """One request by unit, those first that have not reported."""
    sheet = reporting.report_sheet(request.actor, request_id, timezone.localdate(request.at))
    notices_mark_seen(target=(TargetKind.REPORTS, request_id), actor=request.actor, at=request.at)
    return _page(request, sheet)


@require_http_methods(["GET", "HEAD", "POST"])
def report_request_act(request: WebRequest, request_id: int, verb: str) -> HttpResponse:
    """Reminds who has not reported, or withdraws the request."""
    act = verb_named(_VERBS, verb)
    sheet = reporting.report_sheet(request.actor, request_id, timezone.localdate(request.at))
    if request.method != "POST":
        return redirect("report-request", request_id)
    form = act.form(request.POST, auto_id=f"{verb}-%s")
    refusal = carry_out(request, act, form, {"request_id": request_id})
    if refusal is None:
        return redirect(back_of(request) or reverse("report-request", args=[request_id]))
    return _page(request, sheet, (verb, form), refusal)


@require_safe
def reports_missing(request: WebRequest, request_id: int) -> HttpResponse:
    """Who has not reported, one finding a line, as a table (未报名单)."""
    on = timezone.localdate(request.at)
    sheet = reporting.report_sheet(request.actor, request_id, on)
    heading = [
        _("Responsible unit"),
        _("Number"),
        _("Finding"),
        _("Stage"),
        _("Report by"),
        _("Days late"),
    ]
    rows = [
        [
            unit.unit.name,
            line.item.finding.number,
            line.item.finding.title,
            _(LABELS["stages"][line.item.finding.stage]),
            sheet.request.due_on.isoformat(),
            line.days_late,
        ]
        for unit in sheet.missing_units
        for line in unit.missing
    ]
    response = HttpResponse(csv_bytes(heading, rows), content_type="text/csv; charset=utf-8")
    name = f"{sheet.request.title[:60]}-{_('not reported')}-{on.isoformat()}.csv"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _page(
    request: WebRequest,
    sheet: Sheet,
    refused: tuple[str, PlainForm] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    row = sheet.request
    verdicts = reporting.report_verdicts(request.actor, row.inspection)
    panels: list[Panel] = []
    if sheet.is_standing:
        panels = [
            panel_of(_VERBS[verb], verb, "report-request-act", row.pk, refused=refused)
            for verb, action in (("remind", Action.REPORTS_REMIND), ("withdraw", Action.REPORTS_WITHDRAW))
            if verdicts[action].allowed and (verb != "remind" or sheet.missing_units)
        ]
    context: dict[str, Any] = {
        "sheet": sheet,
        "row": row,
        "inspection": row.inspection,
        "on": timezone.localdate(request.at),
        "panels": panels,
        "names": "、".join(each.unit.name for each in sheet.missing_units),
        "labels": LABELS,
        "refusal": refusal,
    }
    return render(request, "report/page.html", context, status=refusal.status if refusal else 200)
