"""The case file of one finding (一问题一档), on one page to be read and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhenggai.ledger import selectors
from zhenggai.ledger.case_files import finding_proof
from zhenggai.ledger.rebounds import finding_family
from zhenggai.web.case_file import CaseFile
from zhenggai.web.labels import LABELS
from zhenggai.web.ledger_list import row_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest


@require_safe
def case_file(request: WebRequest, finding_id: int) -> HttpResponse:
    """Everything about one finding, for whoever sees it."""
    row = selectors.finding_get(request.actor, finding_id)
    on = timezone.localdate(request.at)
    file = CaseFile(
        finding=row,
        lit=row_of(row, on, row.inspection.rules),
        on=on,
        at=request.at,
        proof=finding_proof(row),
        family=finding_family(request.actor, row),
    )
    context = {"finding": row, "file": file, "page": file.page, "labels": LABELS}
    return render(request, "finding/file.html", context)
