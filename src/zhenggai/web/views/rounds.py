"""Rounds of inspecting bodies (轮次): which there are, and one with its inspections side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actor import Role
from zhenggai.domain.policy import Action
from zhenggai.ledger import rounds as selectors
from zhenggai.ledger import services
from zhenggai.web.forms.rounds import PutForm, RoundEditForm, RoundForm, TakeOutForm
from zhenggai.web.labels import LABELS
from zhenggai.web.panels import Panel
from zhenggai.web.round_view import compared
from zhenggai.web.verbs import Verb, carry_out, may, panel_of, verb_named

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.forms.plain import PlainForm
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

_CREATE: Final = Verb(
    RoundForm,
    Action.ROUND_CREATE,
    services.round_create,
    gettext_lazy("Open a round"),
    gettext_lazy("The round is open; put inspections in it."),
    "plus",
)
_VERBS: Final[dict[str, Verb]] = {
    "put": Verb(
        PutForm,
        Action.INSPECTION_PUT_IN_ROUND,
        services.inspection_put_in_round,
        gettext_lazy("Put an inspection in this round"),
        gettext_lazy("The inspection stands in this round."),
        "plus",
    ),
    "rename": Verb(
        RoundEditForm,
        Action.ROUND_RENAME,
        services.round_rename,
        gettext_lazy("Change name and days"),
        gettext_lazy("Name and days are stored."),
        "edit",
    ),
    "take-out": Verb(
        TakeOutForm,
        Action.INSPECTION_PUT_IN_ROUND,
        services.inspection_put_in_round,
        gettext_lazy("Take out"),
        gettext_lazy("The inspection stands in no round any more."),
        "minus",
        is_grave=True,
    ),
}


@require_safe
def rounds(request: WebRequest) -> HttpResponse:
    """Every round the reader sees."""
    return _list(request)


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: WebRequest) -> HttpResponse:
    """Opens a round; for the inspecting body's people, and the office over it."""
    if request.method != "POST":
        return redirect("rounds")
    form = RoundForm(request.POST, auto_id="round-create-%s")
    form.offer("body_id", _bodies(request))
    refusal = carry_out(request, _CREATE, form, {})
    return redirect("rounds") if refusal is None else _list(request, form, refusal)


@require_safe
def round_page(request: WebRequest, round_id: int) -> HttpResponse:
    """One round with its inspections side by side."""
    return _page(request, selectors.round_get(request.actor, round_id))


@require_http_methods(["GET", "HEAD", "POST"])
def round_act(request: WebRequest, round_id: int, verb: str) -> HttpResponse:
    """Puts an inspection in a round, takes one out, or changes its name and days."""
    act = verb_named(_VERBS, verb)
    row = selectors.round_get(request.actor, round_id)
    if request.method != "POST":
        return redirect("round", round_id)
    form = act.form(request.POST, auto_id=f"{verb}-%s")
    if isinstance(form, PutForm):
        form.offer("inspection_id", _offered(request, row))
    key: dict[str, Any] = {"round_id": round_id}
    if verb == "take-out":
        key = {"round_id": None, "seen_id": round_id}
    refusal = carry_out(request, act, form, key)
    if refusal is None:
        return redirect("round", round_id)
    return _page(request, row, (verb, form), refusal)


def _list(request: WebRequest, form: PlainForm | None = None, refusal: Refusal | None = None) -> HttpResponse:
    panel = None
    if may(request, _CREATE.action) and not request.actor.administers:
        shown = form or RoundForm(auto_id="round-create-%s")
        if form is None and isinstance(shown, RoundForm):
            shown.offer("body_id", _bodies(request))
        address = reverse("round-create")
        panel = Panel(_CREATE.button, _CREATE.icon, address, "round-create", shown, is_open=form is not None)
    context = {
        "rounds": selectors.rounds_visible(request.actor),
        "panel": panel,
        "refusal": refusal,
        "labels": LABELS,
    }
    return render(request, "round/list.html", context, status=refusal.status if refusal else 200)


def _page(
    request: WebRequest,
    row: Any,
    refused: tuple[str, PlainForm] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    on = timezone.localdate(request.at)
    table = compared(selectors.round_rows(request.actor, row, on), on)
    panels = []
    offered = _offered(request, row)
    if offered or (refused and refused[0] == "put"):
        panel = panel_of(_VERBS["put"], "put", "round-act", row.pk, refused=refused)
        if isinstance(panel.form, PutForm):
            panel.form.offer("inspection_id", offered)
        panels.append(panel)
    if selectors.round_verdict(request.actor, row).allowed:
        start = {"title": row.title, "begins_on": row.begins_on, "ends_on": row.ends_on}
        panels.append(
            panel_of(_VERBS["rename"], "rename", "round-act", row.pk, initial=start, refused=refused)
        )
    for line in table.lines:
        if selectors.may_put(request.actor, line.inspection).allowed:
            inspection_id = line.inspection.pk
            line.panel = panel_of(
                _VERBS["take-out"],
                "take-out",
                "round-act",
                row.pk,
                anchor=f"take-out-{inspection_id}",
                initial={"inspection_id": inspection_id},
            )
    context = {
        "round": row,
        "table": table,
        "panels": panels,
        "refusal": refusal,
        "labels": LABELS,
    }
    return render(request, "round/page.html", context, status=refusal.status if refusal else 200)


def _offered(request: WebRequest, row: Any) -> list[tuple[int, str]]:
    rows = selectors.inspections_offered(request.actor, row)
    return [(each.pk, f"{each.subject.label} · {each.title[:60]}") for each in rows]


def _bodies(request: WebRequest) -> list[tuple[int, str]]:
    """The inspecting bodies for which the reader can open a round."""
    own = list(accounts.organisations_visible(request.actor, Role.INSPECTOR).filter(is_active=True))
    offices = request.actor.paths_of(Role.OFFICE_CLERK)
    over = [
        each
        for each in accounts.inspecting_bodies(request.actor)
        if any(each.path.startswith(path) for path in offices)
    ]
    return [(each.pk, each.name) for each in dict.fromkeys([*own, *over])]
