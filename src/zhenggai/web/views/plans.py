"""The plan of an inspection (整改方案): what it covers, who approves it, and each plan as submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.domain.policy import Action, Facts, judge
from zhenggai.domain.terms import MilestoneKind
from zhenggai.ledger import plans, services
from zhenggai.ledger.milestones import inspection_milestones
from zhenggai.web.finding_plan import approvals, remedy_of
from zhenggai.web.forms.planning import PlanForm, PlanNoteForm, PlanReasonForm, PrepareForm
from zhenggai.web.labels import LABELS
from zhenggai.web.ledger_list import Paging
from zhenggai.web.panels import Panel
from zhenggai.web.profile_view import days_of, words_of
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.setup_guide import strip_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from zhenggai.domain.policy import Verdict
    from zhenggai.web.forms.plain import PlainForm
    from zhenggai.web.requests import WebRequest

ITEMS_PER_PAGE: Final = 50
# the verb in the address: action, form, service, button, icon, whether it is grave
_VERBS: Final[dict[str, tuple[Action, type[PlainForm], Callable[..., Any], str, bool]]] = {
    "sign": (Action.PLAN_SIGN, PlanNoteForm, services.plan_sign, "signature", False),
    "send-back": (Action.PLAN_SEND_BACK, PlanReasonForm, services.plan_send_back, "rotate-clockwise", True),
    "withdraw": (Action.PLAN_WITHDRAW, PlanReasonForm, services.plan_withdraw, "arrow-back-up", True),
}


@require_safe
def inspection_plan(request: WebRequest, inspection_id: int) -> HttpResponse:
    """How the plan of an inspection stands: covered or not, waiting, approved; and its amendments."""
    return _overview(request, inspection_id)


@require_POST
def plan_submit(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Submits the plan of every finding that stands in none."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _overview(request, inspection_id, form, refusal_of_form())
    try:
        services.plan_submit(
            actor=request.actor, at=request.at, inspection_id=inspection_id, **form.cleaned_data
        )
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        return _overview(request, inspection_id, form, refusal_of(error))
    messages.success(request, _("The plan is submitted; the first signature is awaited."))
    return redirect("inspection-plan", inspection_id)


@require_POST
def plan_prepare(request: WebRequest, inspection_id: int) -> HttpResponse:
    """Sets the same for every finding that is ticked, and says of each what became of it."""
    row, _planned = plans.planned_get(request.actor, inspection_id)
    form = _prepare_form(request, row, request.POST)
    if not form.is_valid():
        return _overview(request, inspection_id, prepare=form, refusal=refusal_of_form())
    chosen = [pair for text in request.POST.getlist("finding") if (pair := _chosen(text))]
    try:
        prepared = services.findings_prepare(
            actor=request.actor,
            at=request.at,
            inspection_id=row.pk,
            chosen=chosen,
            preparation=services.Preparation(**form.cleaned_data),
        )
    except ZhenggaiError as error:
        return _overview(request, inspection_id, prepare=form, refusal=refusal_of(error))
    refused = [each for each in prepared if each.refusal]
    done = len(prepared) - len(refused)
    if not refused:
        messages.success(
            request,
            ngettext("%(count)s finding is prepared.", "%(count)s findings are prepared.", done)
            % {"count": done},
        )
        return redirect("inspection-plan", inspection_id)
    said = ngettext(
        "%(done)s findings are prepared, %(count)s is refused; each says why.",
        "%(done)s findings are prepared, %(count)s are refused; each says why.",
        len(refused),
    ) % {"done": done, "count": len(refused)}
    titles = plans.titles_of(request.actor, row, [each.finding_id for each in refused])
    extras = tuple(
        f"{titles[each.finding_id]}: {each.refusal.render(_)}"
        if each.finding_id in titles
        else each.refusal.render(_)
        for each in refused
        if each.refusal
    )
    return _overview(request, inspection_id, prepare=form, refusal=Refusal(said, 409, extras=extras))


def _chosen(text: str) -> tuple[int, int] | None:
    """A ticked finding: its id and the version that was shown, ``12-3``."""
    finding_id, _dash, version = text.partition("-")
    is_whole = all(part.isascii() and part.isdigit() and len(part) < 19 for part in (finding_id, version))
    return (int(finding_id), int(version)) if is_whole else None


def _prepare_form(request: WebRequest, row: Any, data: Any = None) -> PrepareForm:
    form = PrepareForm(data, auto_id="prepare-%s")
    path, on = row.subject.path, timezone.localdate(request.at)
    leaders = accounts.people_with_role(Role.RESPONSIBLE_LEADER, path, on)
    form.offer(
        [(str(each.pk), f"{each.name}（{each.organisation.label}）") for each in leaders],
        [(str(each.pk), each.name) for each in accounts.organisations_below(path)],
    )
    return form


@require_safe
def plan(request: WebRequest, plan_id: int) -> HttpResponse:
    """One plan as it was submitted, finding by finding."""
    return _plan(request, plan_id)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_act(request: WebRequest, plan_id: int, verb: str) -> HttpResponse:
    """Signs a plan, sends it back or withdraws it; refused, the page says why and keeps what was typed."""
    if verb not in _VERBS:
        raise Http404
    if request.method != "POST":
        # the address of a refused form, loaded again
        return redirect("plan", plan_id)
    _action, form_type, service, _icon, _grave = _VERBS[verb]
    form = form_type(request.POST, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _plan(request, plan_id, (verb, form, refusal_of_form()))
    try:
        row = service(actor=request.actor, at=request.at, plan_id=plan_id, **form.cleaned_data)
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        return _plan(request, plan_id, (verb, form, refusal_of(error)))
    done = {
        "sign": _("The plan is approved.")
        if row.state == "approved"
        else _("Your signature on the plan stands."),
        "send-back": _("The plan is sent back; its findings can be changed again."),
        "withdraw": _("The plan is withdrawn; its findings can be changed again."),
    }
    messages.success(request, done[verb])
    return redirect("plan", plan_id)


def _overview(
    request: WebRequest,
    inspection_id: int,
    form: PlainForm | None = None,
    refusal: Refusal | None = None,
    prepare: PrepareForm | None = None,
) -> HttpResponse:
    row, planned = plans.planned_get(request.actor, inspection_id)
    verdict = plans.submit_verdict(request.actor, row, planned)
    may_prepare = judge(request.actor, Action.FINDING_ASSIGN, Facts(subject_path=row.subject.path)).allowed
    panel = Panel(
        _("Submit the plan"),
        "send",
        reverse("plan-submit", args=[row.pk]),
        "plan-submit",
        form or PlanForm(auto_id="plan-submit-%s"),
        is_open=form is not None,
        is_allowed=verdict.allowed,
        reason=verdict.reason.render(_) if verdict.reason else "",
    )
    gaps = [
        (gap.finding, [(what, remedy_of(gap.finding.pk, act)) for what, act in gap.lacks])
        for gap in planned.gaps
    ]
    on = timezone.localdate(request.at)
    milestones = inspection_milestones(request.actor, row, on)
    found = [each for each in milestones if each.kind is MilestoneKind.PLAN]
    context = {
        "inspection": row,
        "guide": strip_of(request, row),
        "words": words_of(row.rules),
        "days": days_of(found, on, row.rules),
        "planned": planned,
        "gaps": gaps,
        "more_gaps": planned.gap_count - len(planned.gaps),
        "submit": panel,
        "prepare": (prepare or _prepare_form(request, row)) if planned.gaps and may_prepare else None,
        "is_prepare_open": prepare is not None,
        "ticked": request.POST.getlist("finding") if prepare is not None else [],
        "refusal": refusal,
        "labels": LABELS,
    }
    return render(request, "inspection/plan.html", context, status=refusal.status if refusal else 200)


def _plan(
    request: WebRequest, plan_id: int, tried: tuple[str, PlainForm, Refusal] | None = None
) -> HttpResponse:
    row, verdicts = plans.plan_get(request.actor, plan_id)
    number = _whole(request.GET.get("page", ""))
    shown = plans.plan_items(request.actor, row)
    total = shown.count()
    pages = max(1, -(-total // ITEMS_PER_PAGE))
    number = min(max(1, number), pages)
    items = shown[(number - 1) * ITEMS_PER_PAGE : number * ITEMS_PER_PAGE]
    context = {
        "plan": row,
        "inspection": row.inspection,
        "ladder": approvals(row.inspection.rules, row),
        "items": list(items),
        "not_shown": plans.items_kept_from(request.actor, row) if _may_sign(verdicts) else 0,
        "paging": Paging(number, pages, ITEMS_PER_PAGE, total),
        "panels": [_panel(plan_id, verb, verdicts, tried) for verb in _VERBS] if verdicts else [],
        "refusal": tried[2] if tried else None,
        "labels": LABELS,
    }
    return render(request, "inspection/plan_content.html", context, status=tried[2].status if tried else 200)


def _may_sign(verdicts: dict[Action, Verdict]) -> bool:
    return Action.PLAN_SIGN in verdicts and verdicts[Action.PLAN_SIGN].allowed


def _panel(
    plan_id: int,
    verb: str,
    verdicts: dict[Action, Verdict],
    tried: tuple[str, PlainForm, Refusal] | None,
) -> Panel:
    action, form_type, _service, icon, is_grave = _VERBS[verb]
    words = {
        "sign": _("Approve the plan"),
        "send-back": _("Send the plan back"),
        "withdraw": _("Withdraw the plan"),
    }
    is_tried = tried is not None and tried[0] == verb
    verdict = verdicts[action]
    return Panel(
        words[verb],
        icon,
        reverse("plan-act", args=[plan_id, verb]),
        f"plan-{verb}",
        tried[1] if tried and is_tried else form_type(auto_id=f"{verb}-%s"),
        is_open=is_tried,
        is_grave=is_grave,
        is_allowed=verdict.allowed,
        reason=verdict.reason.render(_) if verdict.reason else "",
    )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
