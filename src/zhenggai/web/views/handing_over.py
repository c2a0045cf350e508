"""Handing over (移交): what is open with a leader, listed, and given to another by the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zhenggai.accounts.selectors import names_of
from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.domain.lifecycle import STAGE_LABELS
from zhenggai.domain.messages import msg
from zhenggai.domain.ordering import words_key
from zhenggai.domain.policy import Action
from zhenggai.ledger import handing_over as selectors
from zhenggai.ledger import services
from zhenggai.ledger.services.handing_over import HANDED_MOST
from zhenggai.web.forms.finding import HandOverForm
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.verbs import only, whole

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: WebRequest) -> HttpResponse:
    """Leaders with open findings; of the one chosen, every finding, to be given to another."""
    only(request, Action.FINDING_HAND_OVER)
    data = request.POST if request.method == "POST" else request.GET
    from_id = whole(data.get("from", ""))
    if from_id is None:
        return _overview(request)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    today = timezone.localdate(request.at)
    leaders = selectors.leaders_to_take_over(request.actor, from_id, today)
    leaders.sort(key=lambda each: words_key(each.name))
    form.offer((str(each.pk), f"{each.name}（{each.organisation.label}）") for each in leaders)
    refusal: Refusal | None = None
    if request.method == "POST":
        versions = _versions(request.POST.getlist("finding"))
        if not form.is_valid():
            refusal = refusal_of_form()
        else:
            try:
                handed = services.findings_hand_over(
                    actor=request.actor,
                    at=request.at,
                    from_id=from_id,
                    versions=versions,
                    **form.cleaned_data,
                )
            except NotFoundError:
                raise
            except ZhenggaiError as error:
                refusal = refusal_of(error)
            else:
                said = ngettext(
                    "%(count)s finding is handed over.", "%(count)s findings are handed over.", len(handed)
                )
                messages.success(request, said % {"count": len(handed)})
                return redirect("hand-over")
    return _of_one(request, from_id, form, refusal)


def _overview(request: WebRequest) -> HttpResponse:
    today = timezone.localdate(request.at)
    context = {
        "people": selectors.work_open(request.actor, today),
        "units": selectors.units_unmanned(request.actor, today),
    }
    return render(request, "finding/handing_over.html", context)


def _of_one(request: WebRequest, from_id: int, form: HandOverForm, refusal: Refusal | None) -> HttpResponse:
    rows = list(selectors.findings_led(request.actor, from_id)[:HANDED_MOST])
    # the name of somebody who leads nothing that the reader sees is not the reader's to learn
    if not rows:
        raise NotFoundError(msg("There is no open finding with this person among those you can see."))
    chosen = _versions(request.POST.getlist("finding"))
    context: dict[str, Any] = {
        "rows": [(row, row.pk in chosen or request.method != "POST") for row in rows],
        "from_id": from_id,
        "name": names_of([from_id]).get(from_id, ""),
        "form": form,
        "refusal": refusal,
        "labels": {"stages": STAGE_LABELS},
    }
    return render(request, "finding/hand_over.html", context, status=refusal.status if refusal else 200)


def _versions(marks: list[str]) -> dict[int, int]:
    """Of each finding ticked, the version that was seen: ``id:version``."""
    found: dict[int, int] = {}
    for mark in marks:
        finding_id, _sign, version = mark.partition(":")
        key, seen = whole(finding_id), whole(version)
        if key is not None and seen is not None:
            found[key] = seen
    return found
