"""Papers to be signed (纸质文书): the plan as a table, and the form of a closing, as Word documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.documents.word.package import MEDIA_TYPE
from zhenggai.domain.policy import Action
from zhenggai.ledger.closing_papers import closing_paper
from zhenggai.ledger.plan_papers import plan_paper, submitted_plan_paper
from zhenggai.ledger.signing_many import closures_to_sign
from zhenggai.web.verbs import only
from zhenggai.web.views.signing import versions_ticked

if TYPE_CHECKING:
    from zhenggai.ledger.papers import Paper
    from zhenggai.web.requests import WebRequest


@require_safe
def inspection_plan_paper(request: WebRequest, inspection_id: int) -> HttpResponse:
    """The plan of an inspection as it stands now."""
    return saved(plan_paper(request.actor, inspection_id, request.at))


@require_safe
def plan_paper_submitted(request: WebRequest, plan_id: int) -> HttpResponse:
    """One plan as it was submitted."""
    return saved(submitted_plan_paper(request.actor, plan_id, request.at))


@require_safe
def closing_form(request: WebRequest, finding_id: int) -> HttpResponse:
    """The closing form of one finding."""
    return saved(closing_paper(request.actor, [finding_id], request.at))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_forms(request: WebRequest) -> HttpResponse:
    """The closing forms of what is ticked, or of everything that waits for the reader's signature.

    Ticked ones are posted only because the boxes stand in a form that is; nothing is changed.
    """
    only(request, Action.CLOSURE_SIGN)
    ids = list(versions_ticked(request.POST.getlist("finding")))
    if not ids:
        found, _total = closures_to_sign(request.actor, timezone.localdate(request.at))
        ids = [each.finding.pk for each in found]
    if not ids:
        raise Http404
    return saved(closing_paper(request.actor, ids, request.at))


def saved(paper: Paper) -> HttpResponse:
    """A paper as a file to be saved."""
    response = HttpResponse(paper.data, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=paper.name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
