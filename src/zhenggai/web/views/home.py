"""The start page (首页): what waits, what is awaited, what changed, and the inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.policy import Action
from zhenggai.inbox import selectors as inbox
from zhenggai.intake import selectors as intake
from zhenggai.intake.states import STATE_LABELS, IntakeState
from zhenggai.ledger import selectors
from zhenggai.ledger.awaiting import awaited
from zhenggai.ledger.changed import findings_changed
from zhenggai.ledger.evaluating import evaluations_waiting
from zhenggai.ledger.overdue_led import findings_led
from zhenggai.ledger.plans import plans_waiting
from zhenggai.ledger.reporting import reports_waiting
from zhenggai.ledger.signing_many import gates_standing
from zhenggai.ledger.waiting import findings_waiting
from zhenggai.ledger.watching import inspections_watched
from zhenggai.web.home_page import WAITING_WORDS, awaited_groups, groups, news
from zhenggai.web.inbox_page import shown
from zhenggai.web.labels import LABELS
from zhenggai.web.ledger_list import row_of
from zhenggai.web.preparing_page import preparation_of
from zhenggai.web.profile_view import lit_of
from zhenggai.web.setup_guide import first_guide, strip_of
from zhenggai.web.watched_view import watched_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Inspection
    from zhenggai.ledger.waiting import Waiting
    from zhenggai.web.requests import WebRequest
    from zhenggai.web.setup_guide import Guide

DRAFTS_MOST: Final = 5
NOTICES_MOST: Final = 4
_IN_HAND: Final = (IntakeState.RECEIVED, IntakeState.DRAFT)


@require_safe
def home(request: WebRequest) -> HttpResponse:
    """What waits for this person and for whom they wait, what changed since, and the inspections they see."""
    actor, on = request.actor, timezone.localdate(request.at)
    roles = [label for role, label in ROLE_LABELS.items() if actor.has(role)]
    may_upload = bool(intake.may_upload(actor))
    in_hand = intake.intakes_visible(actor).filter(state__in=_IN_HAND)[:DRAFTS_MOST]
    drafts = list(in_hand) if may_upload else []
    waiting = [each for each in findings_waiting(actor, on) if each.action in WAITING_WORDS]
    plans = plans_waiting(actor)
    reports = reports_waiting(actor, on)
    evaluations = evaluations_waiting(actor)
    inspects = actor.has(Role.INSPECTOR) and not actor.administers
    table = None
    if inspects:
        watched = inspections_watched(actor, on, plans, evaluations)
        table = watched_table(watched, on, request.GET.get("sort", ""))
    led = findings_led(actor, on)
    to_sign = [row for each in waiting if each.action is Action.CLOSURE_SIGN for row in each.rows]
    others = awaited(actor)
    since = accounts.last_here(actor.person_id, request.sign_in_id)
    changes, has_more = findings_changed(actor, since) if since else ([], False)
    unread = inbox.notices_listed(actor.person_id, is_unread=True)[:NOTICES_MOST]
    inspections = [] if inspects else list(selectors.inspections_visible(actor, on))
    context = {
        "roles": roles,
        "first": _first_guide(request, drafts) if may_upload and not inspects and not inspections else None,
        "guide": _strip(request, inspections, waiting),
        "on": on,
        "waiting": groups(waiting, on, gates_standing(to_sign, on)),
        "plans": plans,
        "reports": reports,
        "drafts": drafts,
        "evaluations": [(each, lit_of(each.due, on, each.inspection.rules)) for each in evaluations],
        "table": table,
        "led": led,
        "led_rows": [row_of(each, on, each.inspection.rules) for each in led.rows] if led else [],
        "to_sign_all": sum(each.total for each in waiting if each.action is Action.CLOSURE_SIGN),
        "waiting_all": sum(group.total for group in waiting)
        + sum(len(each) for each in (plans, reports, evaluations))
        + len(drafts),
        "late_all": sum(group.late for group in waiting),
        "soon_all": sum(group.soon for group in waiting),
        "awaited": awaited_groups(others, request.at),
        "awaited_all": sum(group.total for group in others),
        "since": since,
        "news": news(changes),
        "has_more_news": has_more,
        "notices": [] if actor.administers else shown(actor, unread, on),
        "intake_states": STATE_LABELS,
        "inspections": inspections,
        "is_of_one": len(table.lines) == 1 if table else None,
        "may_create": actor.has(Role.OFFICE_CLERK) and not actor.administers,
        "may_upload": may_upload,
        "preparing": preparation_of(request) if _prepares(actor) else None,
        "labels": LABELS,
    }
    return render(request, "home.html", context)


def _first_guide(request: WebRequest, documents: Iterable[Any]) -> Guide:
    """The five steps of whoever sees no inspection yet, off the documents in hand."""
    keys: dict[str, list[int]] = {state: [] for state in _IN_HAND}
    for each in documents:
        keys[each.state].append(each.pk)
    return first_guide(request, keys[IntakeState.DRAFT], keys[IntakeState.RECEIVED])


def _strip(request: WebRequest, inspections: list[Inspection], waiting: Iterable[Waiting]) -> Guide | None:
    """The way into the set-up of the only inspection, while none of its findings is assigned.

    Later, and where there are several, each has its way on its own pages: nobody's day begins with it then.
    """
    if len(inspections) != 1:
        return None
    to_assign = sum(each.total for each in waiting if each.action is Action.FINDING_ASSIGN)
    if to_assign != getattr(inspections[0], "findings_count", None):
        return None
    return strip_of(request, inspections[0])


def _prepares(actor: Actor) -> bool:
    """Whether people and posts are the reader's work, and inspections are not."""
    return actor.administers and (actor.has(Role.SYSTEM_ADMIN) or actor.has(Role.SECURITY_ADMIN))
