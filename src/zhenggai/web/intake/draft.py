"""The two panes of a draft and everything their one form does (双栏确认页)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.intake import selectors, services
from zhenggai.intake.book_selectors import book_of
from zhenggai.intake.compare_errors import ComparisonNeededError
from zhenggai.intake.errors import AlreadyConfirmedError
from zhenggai.intake.fields import DOCUMENT_FIELDS
from zhenggai.web.intake.book_panes import sheet_pane
from zhenggai.web.intake.correcting import VERBS, Doing
from zhenggai.web.intake.pages import Answer, draft_response, legend_of, source_pane
from zhenggai.web.intake.posted import changes_of, press_of, whole_of
from zhenggai.web.refusals import Refusal, refusal_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from zhenggai.intake.services import Saved
    from zhenggai.web.intake.posted import Press
    from zhenggai.web.requests import WebRequest


@require_GET
def intake_page(request: WebRequest, intake_id: int) -> HttpResponse:
    """The original beside its structure, or how the document stands where there is no draft."""
    return draft_response(request, selectors.intake_get(request.actor, intake_id))


@require_GET
def intake_source(request: WebRequest, intake_id: int) -> HttpResponse:
    """The left pane alone, for a page that asks for another stretch of a long original."""
    intake = selectors.intake_get(request.actor, intake_id)
    book = book_of(intake)
    if book is not None:
        pane = sheet_pane(request, intake, book)
        if pane is None:
            return redirect("intake", intake_id)
        return render(request, "intake/source.html", {"intake": intake, "source": pane})
    windows = selectors.windows_of(intake)
    if not windows:
        return redirect("intake", intake_id)
    context = {
        "intake": intake,
        "source": source_pane(request, intake, windows),
        "legend": legend_of(intake),
    }
    return render(request, "intake/source.html", context)


@require_POST
def intake_save(request: WebRequest, intake_id: int) -> HttpResponse:
    """Saves every field of the form, then does what the pressed button says.

    A page with script sends single fields and takes JSON; without, the whole form comes and the page follows.
    """
    if request.headers.get("Accept") == "application/json":
        return _save_quietly(request, intake_id)
    posted = request.POST.dict()
    press = press_of(posted)
    try:
        saved = _save(request, intake_id, posted)
        if not saved.is_whole:
            return _refused(request, intake_id, posted, saved, _refusal_of(saved))
        anchor = _do(request, intake_id, press, posted, saved)
    except AlreadyConfirmedError as error:
        return _to_ledger(request, error)
    except ZhenggaiError as error:
        return _refused(request, intake_id, posted, None, refusal_of(error))
    if press.verb == "save":
        messages.success(request, _("Everything on this page is saved."))
    return _back(request, intake_id, anchor)


@require_POST
def intake_confirm(request: WebRequest, intake_id: int) -> HttpResponse:
    """Saves the form, then makes the draft a ledger, or part of one."""
    posted = request.POST.dict()
    try:
        saved = _save(request, intake_id, posted)
        if not saved.is_whole:
            return _refused(request, intake_id, posted, saved, _refusal_of(saved))
        confirmed = services.intake_confirm(
            actor=request.actor,
            at=request.at,
            intake_id=intake_id,
            version=_seen(posted, saved),
            inspection_id=_chosen_of(posted, "inspection", otherwise="new"),
            new=services.NewInspection(
                title=posted.get("new_title", ""),
                kind=posted.get("new_kind", ""),
                subject_id=whole_of(posted, "new_subject") or 0,
                inspector=posted.get("new_inspector", ""),
                inspector_organisation_id=whole_of(posted, "new_body"),
                feedback_on=DOCUMENT_FIELDS["feedback_on"].take(posted.get("new_feedback_on", "")),
                marking=posted.get("new_marking", "internal"),
                profile_id=_chosen_of(posted, "new_profile", otherwise=""),
                # a box that is not ticked is not sent, so the form says that it asked
                plan_required=(
                    posted.get("new_plan_required") == "yes" if "new_plan_asked" in posted else None
                ),
            ),
            dismiss_rest=posted.get("dismiss_rest") == "yes",
        )
    except AlreadyConfirmedError as error:
        return _to_ledger(request, error)
    except ComparisonNeededError as error:
        return _compare(request, intake_id, posted, error.inspection_id)
    except ZhenggaiError as error:
        return _refused(request, intake_id, posted, None, refusal_of(error))
    messages.success(
        request,
        _("The document is confirmed: %(count)s findings are in the ledger, each as the document states it.")
        % {"count": confirmed.findings},
    )
    return redirect("inspection", confirmed.inspection_id)


def _compare(
    request: WebRequest, intake_id: int, posted: Mapping[str, str], inspection_id: int
) -> HttpResponse:
    """Compares the draft, which the form has saved, with an inspection that has findings."""
    intake = selectors.intake_get(request.actor, intake_id)
    try:
        services.comparison_order(
            actor=request.actor,
            at=request.at,
            intake_id=intake_id,
            version=intake.version,
            inspection_id=inspection_id,
        )
    except AlreadyConfirmedError as error:
        return _to_ledger(request, error)
    except ZhenggaiError as error:
        return _refused(request, intake_id, posted, None, refusal_of(error))
    return redirect("intake-compare", intake_id)


def _save(request: WebRequest, intake_id: int, posted: Mapping[str, str]) -> Saved:
    return services.draft_fields_save(
        actor=request.actor, at=request.at, intake_id=intake_id, changes=changes_of(posted)
    )


def _save_quietly(request: WebRequest, intake_id: int) -> JsonResponse:
    try:
        saved = _save(request, intake_id, request.POST.dict())
    except ZhenggaiError as error:
        return JsonResponse({"sentence": error.message.render(_)}, status=error.status)
    fields = {
        name: {
            "state": outcome.state.value,
            "stored": outcome.stored,
            "began": outcome.fingerprint,
            "sentence": outcome.message.render(_) if outcome.message else "",
        }
        for name, outcome in saved.outcomes.items()
    }
    return JsonResponse({"before": saved.version_before, "version": saved.version, "fields": fields})


def _refusal_of(saved: Saved) -> Refusal:
    conflicts = any(outcome.state == services.FieldState.CONFLICT for outcome in saved.outcomes.values())
    return Refusal(
        _(
            "Some fields were not saved: each says why, and what you typed stands in it. Everything else is "
            "saved, and nothing further was done."
        ),
        409 if conflicts else 422,
    )


def _refused(
    request: WebRequest, intake_id: int, posted: Mapping[str, str], saved: Saved | None, refusal: Refusal
) -> HttpResponse:
    intake = selectors.intake_get(request.actor, intake_id)
    answer = Answer(refusal, saved.outcomes if saved else {}, posted)
    return draft_response(request, intake, answer)


def _to_ledger(request: WebRequest, error: AlreadyConfirmedError) -> HttpResponse:
    """A second confirmation, or a late save, is told so on the ledger that the first one made."""
    messages.warning(request, error.message.render(_))
    return redirect("inspection", error.inspection_id)


def _back(request: WebRequest, intake_id: int, anchor: str) -> HttpResponse:
    query = request.GET.urlencode()
    address = reverse("intake", args=[intake_id]) + (f"?{query}" if query else "")
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)


def _do(request: WebRequest, intake_id: int, press: Press, posted: Mapping[str, str], saved: Saved) -> str:
    """Does what the button says; the anchor of what was touched.

    :raises ZhenggaiError: when it cannot be done.
    """
    act = VERBS.get(press.verb)
    if act is None:
        return ""
    common = {"actor": request.actor, "at": request.at, "intake_id": intake_id}
    return act(Doing(common, press.row_id, posted, _seen(posted, saved)))


def _seen(posted: Mapping[str, str], saved: Saved) -> int:
    """The draft's version that the person had before them; what this very form saved was seen too."""
    seen = whole_of(posted, "version") or 0
    return saved.version if seen == saved.version_before else seen


def _chosen_of(posted: Mapping[str, str], name: str, *, otherwise: str) -> int | None:
    """What was chosen of a list, by its id; null for what is offered ``otherwise``, 0 for what is none."""
    chosen = posted.get(name, otherwise)
    return None if chosen in {"", otherwise} else whole_of(posted, name) or 0
