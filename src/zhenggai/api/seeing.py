"""What other programs may look at (接口查询): inspections, ledgers, findings and files."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Path, Query, Router, Schema

from zhenggai.api.asked import ID_MOST, FindingsQuery, LedgerFileQuery
from zhenggai.api.errors import FilterUnknownError
from zhenggai.api.files import export_answer, export_said, ledger_answer
from zhenggai.api.shown import finding_said, inspection_said, page_said
from zhenggai.api.shown_comments import comments_said
from zhenggai.api.shown_reports import sheet_said, unit_said
from zhenggai.api.shown_situations import situations_said
from zhenggai.documents.word.package import MEDIA_TYPE
from zhenggai.domain.file_names import file_name_safe
from zhenggai.ledger import commenting, reporting, selectors
from zhenggai.ledger.closing_papers import closing_paper
from zhenggai.ledger.evaluating import evaluated
from zhenggai.ledger.export_jobs import export_get
from zhenggai.ledger.papers import Paper
from zhenggai.ledger.plan_papers import plan_paper
from zhenggai.ledger.situations import situations_of

router = Router()


@router.get("/inspections", summary="inspections")
def inspections(request: Any) -> dict[str, Any]:
    """The inspections that the person sees, the newest first."""
    rows = list(selectors.inspections_visible(request.actor))
    standing = evaluated([row.pk for row in rows])
    return {"inspections": [inspection_said(row, standing.get(row.pk)) for row in rows]}


@router.get("/inspections/{inspection_id}/findings", summary="ledger")
def findings(request: Any, inspection_id: int, query: Query[FindingsQuery]) -> dict[str, Any]:
    """One page of a ledger, narrowed and ordered."""
    _known_only(request, FindingsQuery)
    on = timezone.localdate(request.at)
    filters = query.filters(on)
    page = selectors.findings_page(request.actor, inspection_id, filters, query.keys, number=query.page)
    return page_said(page, on)


def _known_only(request: Any, known: type[Schema]) -> None:
    unknown = set(request.GET) - set(known.model_fields)
    if unknown:
        # what is not known would narrow nothing, and the answer would hold more than was asked for
        raise FilterUnknownError(name=min(unknown), known=", ".join(known.model_fields))


@router.get("/inspections/{inspection_id}/ledger.{kind}", summary="ledger as a file")
def ledger_file(
    request: Any, inspection_id: int, kind: Literal["xlsx", "csv", "json"], query: Query[LedgerFileQuery]
) -> HttpResponseBase:
    """The whole ledger, narrowed and ordered, as a workbook (xlsx), CSV or JSON.

    Of a workbook ``form`` is short, full or custom, ``columns`` and ``sheets`` are names parted by commas,
    ``merged`` says whether themes stand in merged cells. A workbook of more findings than are written at once
    is made in the background: 202, with the address to ask how far it is.
    """
    _known_only(request, LedgerFileQuery)
    return ledger_answer(request, inspection_id, kind, query)


@router.get("/exports/{export_id}", summary="large workbook")
def export(request: Any, export_id: Annotated[int, Path(ge=1, le=ID_MOST)]) -> dict[str, Any]:
    """How far a large workbook is that the person asked for, and where its file is once it is made."""
    return export_said(export_get(request.actor, export_id), request.at)


@router.get("/exports/{export_id}/ledger.xlsx", summary="file of a large workbook")
def export_file(request: Any, export_id: Annotated[int, Path(ge=1, le=ID_MOST)]) -> HttpResponseBase:
    """The large workbook, until its time is over."""
    return export_answer(request, export_id)


@router.get("/inspections/{inspection_id}/report-requests", summary="report requests")
def report_requests(request: Any, inspection_id: int) -> dict[str, Any]:
    """What the office asked the units to report, with how many have; the latest due day first."""
    on = timezone.localdate(request.at)
    sheets = reporting.report_sheets(request.actor, inspection_id, on)
    return {"report_requests": [sheet_said(each) for each in sheets]}


@router.get("/report-requests/{request_id}", summary="report request")
def report_request(request: Any, request_id: int) -> dict[str, Any]:
    """One report request by unit, those first that have not reported (未报名单)."""
    sheet = reporting.report_sheet(request.actor, request_id, timezone.localdate(request.at))
    return {**sheet_said(sheet), "units": [unit_said(each) for each in sheet.units]}


@router.get("/inspections/{inspection_id}/situations", summary="new situations")
def situations(request: Any, inspection_id: int) -> dict[str, Any]:
    """The new situations of an inspection, the open ones first by the day by which they are answered."""
    on = timezone.localdate(request.at)
    return situations_said(situations_of(request.actor, inspection_id, on))


@router.get("/findings/{finding_id}", summary="finding")
def finding(request: Any, finding_id: int) -> dict[str, Any]:
    """One finding with all that hangs on it, how each gate stands, and what the person may do now."""
    row = selectors.finding_get(request.actor, finding_id)
    return finding_said(request.actor, row, timezone.localdate(request.at))


@router.get("/inspections/{inspection_id}/plan-table", summary="plan table")
def plan_table(request: Any, inspection_id: int) -> HttpResponse:
    """The plan of an inspection as it stands now, as a Word table to sign (整改方案表)."""
    return _saved(plan_paper(request.actor, inspection_id, request.at))


@router.get("/findings/{finding_id}/closing-form", summary="closing form")
def closing_form(request: Any, finding_id: int) -> HttpResponse:
    """The form with which a closing is applied for, as a Word document to sign (销号申请单)."""
    return _saved(closing_paper(request.actor, [finding_id], request.at))


@router.get("/findings/{finding_id}/comments", summary="comments")
def comments(
    request: Any, finding_id: int, page: Annotated[int, Query(ge=1, le=ID_MOST)] = 1
) -> dict[str, Any]:
    """What people wrote about a finding, the newest first, and whom the person may name in a comment."""
    row = commenting.finding_commented(request.actor, finding_id)
    people = commenting.people_concerned(row, timezone.localdate(request.at))
    return {
        **comments_said(commenting.comments_page(row, page)),
        "people": [{"id": each.person_id, "name": each.label} for each in people],
    }


@router.get("/evidence/{evidence_id}/file", summary="evidence file")
def evidence_file(request: Any, evidence_id: int) -> FileResponse:
    """The file of a piece of evidence, byte for byte, never to be shown in place."""
    evidence, file = selectors.evidence_open(request.actor, evidence_id)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=file_name_safe(evidence.file_name),
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _saved(paper: Paper) -> HttpResponse:
    """A paper as a file to be saved."""
    response = HttpResponse(paper.data, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=paper.name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
