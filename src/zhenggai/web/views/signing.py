"""All that waits for one person's signature on one page, signed with one action (批量签批页)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.ladder import step_shown
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.ledger.plans import plans_waiting
from zhenggai.ledger.services.signing_many import Outcome
from zhenggai.ledger.signing_many import amendments_to_sign, closures_to_sign, findings_named
from zhenggai.web.forms.signing import SignForm
from zhenggai.web.labels import LABELS
from zhenggai.web.ledger_list import row_of
from zhenggai.web.refusals import refusal_of, refusal_of_form
from zhenggai.web.verbs import only, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from zhenggai.domain.gates import GateResult
    from zhenggai.ledger.services.signing_many import SignedOne
    from zhenggai.ledger.signing_many import ToSign
    from zhenggai.web.ledger_list import Row
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

OUTCOME_LABELS: Final[dict[Outcome, str]] = {
    Outcome.SIGNED: msg("signed"),
    Outcome.CLOSED: msg("signed and closed"),
    Outcome.ALREADY: msg("signed already"),
    Outcome.REFUSED: msg("not signed"),
}


@dataclass(frozen=True, slots=True)
class SignRow:
    """One request on the page, with its deadline, its step in words, and its gates with their evidence."""

    one: ToSign
    lit: Row
    is_ticked: bool

    @property
    def step(self) -> Any:
        """The step in words."""
        return step_shown(self.one.step)

    @property
    def gates(self) -> list[tuple[GateResult, list[Any]]]:
        """Each gate with the evidence that meets it."""
        pieces = {each.pk: each for each in self.one.finding.evidence.all()}
        return [(gate, [pieces[id_] for id_ in gate.evidence if id_ in pieces]) for gate in self.one.gates]

    @property
    def gates_met(self) -> int:
        """How many gates do not stand in the way."""
        return sum(not gate.missing for gate in self.one.gates)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: WebRequest) -> HttpResponse:
    """Requests whose next step the reader may sign, several signed at once; plans and amendments linked."""
    only(request, Action.CLOSURE_SIGN)
    if request.method != "POST":
        return _page(request, SignForm())
    form = SignForm(request.POST)
    versions = versions_ticked(request.POST.getlist("finding"))
    if not form.is_valid():
        return _page(request, form, refusal_of_form(), ticked=versions)
    try:
        done = services.closures_sign(
            actor=request.actor, at=request.at, versions=versions, note=form.cleaned_data["note"]
        )
    except ZhenggaiError as error:
        return _page(request, form, refusal_of(error), ticked=versions)
    return _page(request, SignForm(), done=done)


def _page(
    request: WebRequest,
    form: SignForm,
    refusal: Refusal | None = None,
    *,
    ticked: dict[int, int] | None = None,
    done: Sequence[SignedOne] = (),
) -> HttpResponse:
    on = timezone.localdate(request.at)
    found, total = closures_to_sign(request.actor, on)
    chosen = ticked or {}
    rows = [
        SignRow(each, row_of(each.finding, on, each.finding.inspection.rules), each.finding.pk in chosen)
        for each in found
    ]
    titles = findings_named(request.actor, [each.finding_id for each in done])
    context = {
        "form": form,
        "refusal": refusal,
        "rows": rows,
        "more": total - len(rows),
        "ready": sum(each.one.is_open for each in rows),
        "plans": plans_waiting(request.actor),
        "amendments": amendments_to_sign(request.actor),
        "done": [(each, titles.get(each.finding_id)) for each in done],
        "outcomes": OUTCOME_LABELS,
        "labels": LABELS,
    }
    return render(request, "finding/sign.html", context, status=refusal.status if refusal else 200)


def versions_ticked(marks: Sequence[str]) -> dict[int, int]:
    """Findings with the version that the page showed, as ticked boxes send them; anything else is none."""
    pairs = ((whole(left), whole(right)) for left, _, right in (mark.partition("-") for mark in marks))
    return {left: right for left, right in pairs if left is not None and right is not None}
