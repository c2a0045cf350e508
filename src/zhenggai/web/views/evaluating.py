"""Evaluating how an inspection was put right (整改评估页)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhenggai.domain.policy import Action
from zhenggai.domain.terms import MilestoneKind
from zhenggai.ledger import selectors, services
from zhenggai.ledger.errors import EvaluationStaleError
from zhenggai.ledger.evaluating import evaluate_verdict
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.milestones import inspection_milestones
from zhenggai.web.evaluation_view import basis_now, evaluated_lines
from zhenggai.web.forms.evaluating import EvaluationForm
from zhenggai.web.profile_view import days_of, words_of
from zhenggai.web.verbs import Verb, carry_out

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

_EVALUATE: Final = Verb(
    EvaluationForm,
    Action.INSPECTION_EVALUATE,
    services.inspection_evaluate,
    gettext_lazy("Evaluate the rectification"),
    gettext_lazy("The evaluation stands, and the office of the inspected organisation is told."),
    "report-search",
)


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_evaluate(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Every evaluation of an inspection; who may, grades it here with the figures of today before them."""
    row = selectors.inspection_get(request.actor, inspection_id)
    form, refusal = EvaluationForm(auto_id="evaluate-%s"), None
    if request.method == "POST":
        form = EvaluationForm(request.POST, auto_id="evaluate-%s")
        form.grades(row.rules.grades)
        refusal = carry_out(request, _EVALUATE, form, {"inspection_id": row.pk})
        if refusal is None:
            return redirect("inspection-evaluate", row.pk)
    evaluations = evaluated_lines(request.actor, row)
    standing = evaluations[0].row.number if evaluations else 0
    if refusal is None or refusal.status == EvaluationStaleError.status:
        # the page that says what came between shows it, so what was typed may be sent on from here
        form = EvaluationForm(
            {**request.POST.dict(), "seen_number": standing} if refusal else None,
            initial={"seen_number": standing},
            auto_id="evaluate-%s",
        )
    form.grades(row.rules.grades)
    on = timezone.localdate(request.at)
    verdict = evaluate_verdict(request.actor, row)
    milestones = inspection_milestones(request.actor, row, on)
    context = {
        "inspection": row,
        "words": words_of(row.rules),
        "days": days_of(
            [each for each in milestones if each.kind is MilestoneKind.EVALUATION], on, row.rules
        ),
        "evaluations": evaluations,
        "form": form,
        "act": _EVALUATE,
        "verdict": verdict,
        "basis": basis_now(figures_on(request.actor, row, on)) if verdict.allowed else None,
        "on": on,
        "refusal": refusal,
    }
    return render(request, "evaluation/page.html", context, status=refusal.status if refusal else 200)
