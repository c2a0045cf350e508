"""What can be set, by whom, and how it stands now (设置): one place that leads to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings as installation
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts.kinds import Theme
from zhenggai.accounts.leading import GROUP_ROLES
from zhenggai.domain.actor import ADMIN_ROLES, Role
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.inbox.kinds import RHYTHM_LABELS
from zhenggai.inbox.selectors import rhythm_of
from zhenggai.ledger.profiles import profiles_visible
from zhenggai.ledger.rounds import rounds_visible
from zhenggai.web.context import LOOKS
from zhenggai.web.verbs import may

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

_YOU: Final = msg("set by you, for yourself")
_OFFICE: Final = msg("set by the office of the organisation")
_BODY: Final = msg("set by the inspecting body")
_ADMINISTRATORS: Final = msg("set by the system administrator, confirmed by the security administrator")
_SYSTEM: Final = msg("set by the system administrator")
_INSTALLATION: Final = msg("set by whoever runs the server, before it starts")
_FACTORS: Final = {
    "optional": msg("a second factor is everybody's choice"),
    "administrators": msg("administrators need a second factor"),
    "signing": msg("administrators and who signs need a second factor"),
    "all": msg("everybody needs a second factor"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set; ``address`` is empty where it is not the reader's to open."""

    word: str
    what: str
    by: str
    now: str = ""
    address: str = ""


@require_safe
def settings(request: WebRequest) -> HttpResponse:
    """Everything that can be set, in parts: one's own, the rules of the work, people, the installation."""
    parts = [
        (_("For yourself"), list(_own(request))),
        (_("Rules of the work"), list(_rules(request))),
        (_("People and organisations"), list(_people(request))),
        (_("This installation"), list(_installation(request))),
    ]
    return render(request, "settings/page.html", {"parts": parts})


def _own(request: WebRequest) -> Iterator[Setting]:
    me = request.actor.person_id
    names = dict(installation.LANGUAGES)
    yield Setting(
        _("Language"),
        _("In which language the pages speak to you: in the head of every page."),
        _(_YOU),
        str(names.get(translation.get_language() or "", "")),
    )
    theme = Theme(getattr(request.user, "theme", "") or Theme.DEVICE)
    yield Setting(
        _("Look of the pages"),
        _("Light, dark, or as the device: in the menu under your name."),
        _(_YOU),
        _(LOOKS[theme][0]),
    )
    yield Setting(
        _("Password"),
        _("With it you sign in; a new one ends your other sign-ins."),
        _(_YOU),
        address=reverse("password"),
    )
    has_factor = accounts.factor_of(me) is not None
    yield Setting(
        _("Second factor"),
        _("A code from your phone beside the password."),
        _(_YOU),
        _("is set up") if has_factor else _("is not set up"),
        reverse("factor"),
    )
    yield Setting(
        _("Digest"),
        _("How often what happened is put together for you."),
        _(_YOU),
        _(RHYTHM_LABELS[rhythm_of(me)]),
        reverse("inbox"),
    )
    yield Setting(
        _("My programs"),
        _("Which programs read in your name, and the address of your calendar."),
        _(_YOU),
        address=reverse("tokens"),
    )


def _rules(request: WebRequest) -> Iterator[Setting]:
    works = not request.actor.roles <= ADMIN_ROLES
    count = profiles_visible(request.actor).count() if works else 0
    yield Setting(
        _("Profiles"),
        _("Days, colours, ladders of signatures and counting of inspections; each keeps what it began with."),
        _(_OFFICE),
        ngettext("%(count)s profile", "%(count)s profiles", count) % {"count": count} if works else "",
        reverse("profiles") if works else "",
    )
    count = rounds_visible(request.actor).count() if works else 0
    yield Setting(
        _("Rounds"),
        _("Which inspections belong together, from which day to which."),
        _(_BODY),
        ngettext("%(count)s round", "%(count)s rounds", count) % {"count": count} if works else "",
        reverse("rounds") if works else "",
    )
    yield Setting(
        _("Inspections"),
        _(
            "Set up in five steps: upload the feedback, confirm what was read, assign, set dates and "
            "measures, approve the plan and go."
        ),
        _(_OFFICE),
        address=reverse("inspection-create") if may(request, Action.INSPECTION_CREATE) else "",
    )


def _people(request: WebRequest) -> Iterator[Setting]:
    actor = request.actor
    administers = actor.has(Role.SYSTEM_ADMIN) or actor.has(Role.SECURITY_ADMIN)
    yield Setting(
        _("People, posts, organisations"),
        _("Who works here, in which post, from when to when; organisations with what is below them."),
        _(_ADMINISTRATORS),
        address=reverse("people") if administers else "",
    )
    yield Setting(
        _("Leading groups"),
        _("Head, deputies, members and office of a group; which leader oversees which unit."),
        _(_SYSTEM),
        address=reverse("groups") if any(actor.has(role) for role in GROUP_ROLES) else "",
    )


def _installation(request: WebRequest) -> Iterator[Setting]:
    yield Setting(
        _("Second factor"),
        _("Who cannot sign in without one."),
        _(_INSTALLATION),
        _(_FACTORS[installation.ZHENGGAI_SECOND_FACTOR]),
    )
    yield Setting(
        _("Rules and facts"),
        _("What this installation guarantees: trail, anchors, backups, limits of files."),
        _(_INSTALLATION),
        address=reverse("sure"),
    )
    yield Setting(
        _("Background work"),
        _("Workers and recurring tasks of the whole system."),
        _(_SYSTEM),
        address=reverse("jobs")
        if request.actor.has(Role.SYSTEM_ADMIN) and may(request, Action.JOBS_MANAGE)
        else "",
    )
