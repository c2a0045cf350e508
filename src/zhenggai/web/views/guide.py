"""The guided set-up of an inspection (整改启动引导): what is done, what is missing, whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.accounts.selectors import inspecting_bodies
from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.ledger.setting_up import inspection_to_set_up, may_set_up
from zhenggai.web.forms.completing import CompleteForm
from zhenggai.web.labels import LABELS
from zhenggai.web.panels import Panel
from zhenggai.web.profile_view import title_of, words_of
from zhenggai.web.setup_guide import guide_of
from zhenggai.web.verbs import Verb, carry_out

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest


_COMPLETE: Final = Verb(
    CompleteForm,
    Action.INSPECTION_COMPLETE,
    services.inspection_complete,
    gettext_lazy("Enter what is missing"),
    gettext_lazy("It is entered; days that follow from it are shown."),
    "edit",
)


@require_safe
def inspection_setup(request: WebRequest, inspection_id: int) -> HttpResponse:
    """The five steps of an inspection; read-only for those who see it and do not set it up."""
    return _page(request, inspection_to_set_up(request.actor, inspection_id))


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_complete(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Enters the feedback day or the inspecting body, where the inspection does not say it yet."""
    row = inspection_to_set_up(request.actor, inspection_id)
    if request.method != "POST":
        return redirect("inspection-setup", row.pk)
    form = CompleteForm(request.POST, auto_id="complete-%s")
    form.ask(form.fields.keys(), _bodies(request))
    refusal = carry_out(request, _COMPLETE, form, {"inspection_id": row.pk})
    return redirect("inspection-setup", row.pk) if refusal is None else _page(request, row, form, refusal)


def _bodies(request: WebRequest) -> list[tuple[int, str]]:
    return [(each.pk, each.name) for each in inspecting_bodies(request.actor)]


def _panel(request: WebRequest, row: Any, form: CompleteForm | None) -> Panel | None:
    """The button that enters what is missing; nothing where nothing is, or where it is not the reader's."""
    said = {
        "feedback_on": row.feedback_on,
        "inspector": row.inspector,
        "inspector_organisation_id": row.inspector_organisation_id,
    }
    missing = [name for name, value in said.items() if not value]
    if not missing or not may_set_up(request.actor, row):
        return None
    shown = form
    if shown is None:
        shown = CompleteForm(auto_id="complete-%s")
        shown.ask(missing, _bodies(request))
    address = reverse("inspection-complete", args=[row.pk])
    return Panel(_COMPLETE.button, _COMPLETE.icon, address, "complete", shown, is_open=form is not None)


def _page(
    request: WebRequest, row: Any, form: CompleteForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "panel": _panel(request, row, form),
        "refusal": refusal,
        "inspection": row,
        "words": words_of(row.rules),
        "profile_title": title_of(row.profile_version.profile),
        "guide": guide_of(request, row),
        "may_set_up": may_set_up(request.actor, row),
        "labels": LABELS,
    }
    return render(request, "inspection/setup.html", context, status=refusal.status if refusal else 200)
