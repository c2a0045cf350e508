"""The start page (首页): what waits, what is awaited, what changed, and the inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.inbox import selectors as inbox
from zhenggai.intake import selectors as intake
from zhenggai.intake.states import STATE_LABELS, IntakeState
from zhenggai.ledger import selectors
from zhenggai.ledger.awaiting import awaited
from zhenggai.ledger.changed import findings_changed
from zhenggai.ledger.plans import plans_waiting
from zhenggai.ledger.reporting import reports_waiting
from zhenggai.ledger.waiting import findings_waiting
from zhenggai.web.home_page import WAITING_WORDS, awaited_groups, groups, news
from zhenggai.web.inbox_page import shown
from zhenggai.web.labels import LABELS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

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
    others = awaited(actor)
    since = accounts.last_here(actor.person_id, request.sign_in_id)
    changes, has_more = findings_changed(actor, since) if since else ([], False)
    unread = inbox.notices_listed(actor.person_id, is_unread=True)[:NOTICES_MOST]
    context = {
        "roles": roles,
        "on": on,
        "waiting": groups(waiting, on),
        "plans": plans,
        "reports": reports,
        "drafts": drafts,
        "waiting_all": sum(group.total for group in waiting) + len(plans) + len(reports) + len(drafts),
        "late_all": sum(group.late for group in waiting),
        "soon_all": sum(group.soon for group in waiting),
        "awaited": awaited_groups(others, request.at),
        "awaited_all": sum(group.total for group in others),
        "since": since,
        "news": news(changes),
        "has_more_news": has_more,
        "notices": [] if actor.administers else shown(actor, unread, on),
        "intake_states": STATE_LABELS,
        "inspections": selectors.inspections_visible(actor, on),
        "may_create": actor.has(Role.OFFICE_CLERK) and not actor.administers,
        "may_upload": may_upload,
        "labels": LABELS,
    }
    return render(request, "home.html", context)
