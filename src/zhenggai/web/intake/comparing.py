"""Comparing a draft with a ledger, choosing, and taking it in (台账比对页)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.restating import Part
from zhenggai.intake import comparisons, services
from zhenggai.intake.compare_errors import ComparisonNotFoundError
from zhenggai.intake.compare_progress import compare_progress
from zhenggai.intake.errors import AlreadyConfirmedError
from zhenggai.intake.states import ComparedState
from zhenggai.web.intake.compared_pages import compare_response
from zhenggai.web.intake.posted import whole_of
from zhenggai.web.marks import is_poll
from zhenggai.web.refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

_FIELD = re.compile(r"row-([0-9]{1,18})-([a-z_]{1,20})")
_STATE = re.compile(r"(same|add|leave_out)(?::([0-9]{1,18}))?")
_FOR_ALL = re.compile(r"all:([a-z_]{1,20}):(file|ledger)")
_FIND = re.compile(r"find:([0-9]{1,18})")
_WORDS_MOST = 100
_PARTS = set(Part)


@require_GET
def intake_compare(request: WebRequest, intake_id: int) -> HttpResponse:
    """The draft beside the ledger as a dry run: what would be added, changed, left; nothing is written."""
    try:
        comparison = comparisons.comparison_get(request.actor, intake_id)
    except ComparisonNotFoundError as error:
        messages.warning(request, error.message.render(_))
        return redirect("intake", intake_id)
    if comparison.intake.inspection_id is not None:
        return redirect("inspection", comparison.intake.inspection_id)
    return compare_response(request, comparison)


@is_poll
@require_GET
def intake_compare_progress(request: WebRequest, intake_id: int) -> HttpResponse:
    """How far a job is with it, alone for a page with script; once there is none, the page is loaded anew."""
    comparison = comparisons.comparison_get(request.actor, intake_id)
    busy = compare_progress(intake_id, request.actor.person_id)
    if busy is None:
        return HttpResponseClientRefresh() if request.htmx else redirect("intake-compare", intake_id)
    context = {"intake": comparison.intake, "busy": busy}
    return render(request, "intake/compare_progress.html", context)


@require_POST
def intake_compare_make(request: WebRequest, intake_id: int) -> HttpResponse:
    """Compares anew, with the draft and the ledger as they stand now."""
    comparison = comparisons.comparison_get(request.actor, intake_id)
    try:
        made = services.comparison_order(
            actor=request.actor,
            at=request.at,
            intake_id=intake_id,
            version=comparison.intake.version,
            inspection_id=comparison.inspection_id,
        )
    except AlreadyConfirmedError as error:
        return _to_ledger(request, error)
    except ZhenggaiError as error:
        return _refused(request, intake_id, error)
    if made is not None:
        messages.success(request, _("Compared again, with the draft and the ledger as they stand now."))
    return redirect("intake-compare", intake_id)


@require_POST
def intake_compare_choose(request: WebRequest, intake_id: int) -> HttpResponse:
    """Keeps what was chosen on the page, and what a button says for all rows."""
    posted = request.POST.dict()
    for_all = _FOR_ALL.fullmatch(posted.get("do", ""))
    try:
        comparison = _choose(request, intake_id, posted, whole_of(posted, "version") or 0)
        if for_all is not None and for_all[1] in _PARTS:
            services.comparison_choose(
                actor=request.actor,
                at=request.at,
                intake_id=intake_id,
                version=comparison,
                for_all={Part(for_all[1]): for_all[2] == "file"},
            )
    except AlreadyConfirmedError as error:
        return _to_ledger(request, error)
    except ZhenggaiError as error:
        return _refused(request, intake_id, error)
    query = request.GET.copy()
    for name in ("find", "words"):
        query.pop(name, None)
    sought = _FIND.fullmatch(posted.get("do", ""))
    anchor = ""
    if sought is not None:
        query["find"], query["words"] = sought[1], posted.get(f"words-{sought[1]}", "").strip()[:_WORDS_MOST]
        anchor = f"#row-{sought[1]}"
    else:
        messages.success(request, _("Your choices are kept; nothing is in the ledger yet."))
    address = reverse("intake-compare", args=[intake_id])
    return HttpResponseRedirect(f"{address}?{query.urlencode()}{anchor}" if query else address)


@require_POST
def intake_compare_confirm(request: WebRequest, intake_id: int) -> HttpResponse:
    """Keeps what was chosen on the page, then takes the draft into the ledger."""
    posted = request.POST.dict()
    try:
        version = _choose(request, intake_id, posted, whole_of(posted, "version") or 0)
        taken = services.comparison_take(
            actor=request.actor,
            at=request.at,
            intake_id=intake_id,
            version=version,
            left_out=whole_of(posted, "left_out") or 0,
            dismiss_rest=posted.get("dismiss_rest") == "yes",
        )
    except AlreadyConfirmedError as error:
        return _to_ledger(request, error)
    except ZhenggaiError as error:
        return _refused(request, intake_id, error)
    if taken is None:
        return redirect("intake-compare", intake_id)
    messages.success(
        request,
        _(
            "The document is in the ledger: %(added)s findings were added, %(changed)s changed as you chose, "
            "%(unchanged)s stay as they were, %(left_out)s were left out."
        )
        % {
            "added": taken.added,
            "changed": taken.changed,
            "unchanged": taken.unchanged,
            "left_out": taken.left_out,
        },
    )
    return redirect("inspection", taken.inspection_id)


@require_POST
def intake_compare_again(request: WebRequest, intake_id: int) -> HttpResponse:
    """Makes a new draft of a document that is in the ledger, to be compared with it."""
    intake = services.intake_compare_again(actor=request.actor, at=request.at, intake_id=intake_id)
    messages.info(
        request, _("This is a new draft of the same document. Choose the inspection to compare it with.")
    )
    return redirect("intake", intake.pk)


def _choose(request: WebRequest, intake_id: int, posted: Mapping[str, str], version: int) -> int:
    """Keeps the choices of the form; the version of the comparison with them.

    :raises ZhenggaiError: when they cannot be kept.
    """
    comparison = services.comparison_choose(
        actor=request.actor,
        at=request.at,
        intake_id=intake_id,
        version=version,
        rows=choices_of(posted),
    )
    return comparison.version


def choices_of(posted: Mapping[str, str]) -> dict[int, services.RowChoice]:
    """What the form says of each row; what is none of its words counts as not said."""
    states: dict[int, tuple[ComparedState, int | None]] = {}
    parts: dict[int, dict[Part, bool]] = {}
    for name, value in posted.items():
        found = _FIELD.fullmatch(name)
        if found is None:
            continue
        row_id = int(found[1])
        said = _STATE.fullmatch(value)
        if found[2] == "state" and said is not None:
            states[row_id] = (ComparedState(said[1]), int(said[2]) if said[2] else None)
        elif found[2] in _PARTS and value in {"file", "ledger"}:
            parts.setdefault(row_id, {})[Part(found[2])] = value == "file"
    choices = {}
    for row_id in sorted(states.keys() | parts.keys()):
        state, finding_id = states.get(row_id, (None, None))
        choices[row_id] = services.RowChoice(state, finding_id, parts.get(row_id, {}))
    return choices


def _refused(request: WebRequest, intake_id: int, error: ZhenggaiError) -> HttpResponse:
    comparison = comparisons.comparison_get(request.actor, intake_id)
    return compare_response(request, comparison, refusal_of(error))


def _to_ledger(request: WebRequest, error: AlreadyConfirmedError) -> HttpResponse:
    messages.warning(request, error.message.render(_))
    return redirect("inspection", error.inspection_id)
