"""How you can be sure (如何放心): what is promised, by which rules, and what is not protected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zhenggai.documents.life_cycle import life_cycle_svg
from zhenggai.domain.actions import ACTION_LABELS, Action
from zhenggai.domain.actor import ADMIN_ROLES, ROLE_LABELS, Role
from zhenggai.domain.case import ClosureCase
from zhenggai.domain.gates import check_gates
from zhenggai.domain.grants import GRANTS
from zhenggai.domain.lifecycle import STAGE_LABELS
from zhenggai.domain.messages import Message
from zhenggai.domain.sentences import listing
from zhenggai.trail.anchoring import anchored_last
from zhenggai.trail.selectors import guards_counted, trail_size
from zhenggai.web.sure_topics import TOPICS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

# What inspectors ask about first: who works, who judges, who signs.
_SHOWN: Final = (
    Action.PROGRESS_REPORT,
    Action.EVIDENCE_ADD,
    Action.CLOSURE_REQUEST,
    Action.CRITERION_JUDGE,
    Action.EVIDENCE_JUDGE,
    Action.REQUIREMENT_WAIVE,
    Action.HOLD_OPEN,
    Action.CLOSURE_SIGN,
    Action.CLOSURE_SEND_BACK,
    Action.RECHECK_RECORD,
    Action.TRAIL_VIEW,
)


@require_safe
def sure(request: WebRequest) -> HttpResponse:
    """The rules as they stand in the program, and facts of this installation, for everybody."""
    case = ClosureCase(on=timezone.localdate(request.at), round=1)
    chains, events = trail_size()
    standing, wanted = guards_counted()
    roles = [role for role in Role if any(role is each for act in _SHOWN for each, _ in GRANTS[act])]
    context = {
        "topics": TOPICS,
        "gates": [gate.title for gate in check_gates(case)],
        "drawing": _drawing(),
        "roles": [ROLE_LABELS[role] for role in roles],
        "rows": [
            (ACTION_LABELS[act], [any(role is each for each, _ in GRANTS[act]) for role in roles])
            for act in _SHOWN
        ],
        "administrators_words": listing(
            [Message(ROLE_LABELS[role]) for role in Role if role in ADMIN_ROLES]
        ).render(gettext),
        "chains": chains,
        "events": events,
        "guards_standing": standing,
        "guards_wanted": wanted,
        "anchored_at": anchored_last(),
    }
    return render(request, "sure/page.html", context)


def _drawing() -> str:
    drawn = life_cycle_svg(
        gettext("Life cycle of a finding"),
        stage_word=lambda stage: gettext(STAGE_LABELS[stage]),
        action_word=lambda action: gettext(ACTION_LABELS[action]),
    )
    return mark_safe(drawn)  # noqa: S308 - its words come from the catalogue and are escaped there
