"""What the shell of every page needs (页面框架)."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from zhenggai.accounts.kinds import Theme
from zhenggai.accounts.leading import GROUP_ROLES
from zhenggai.domain.actor import ADMIN_ROLES, Role
from zhenggai.domain.messages import msg
from zhenggai.inbox.selectors import COUNTED_MOST, unread_count
from zhenggai.intake import selectors as intake
from zhenggai.jobs.services import jobs_root_path
from zhenggai.web.help import HELP
from zhenggai.web.languages import TAGS

LOOKS: Final = {
    Theme.LIGHT: (msg("Light"), "sun"),
    Theme.DARK: (msg("Dark"), "moon"),
    Theme.DEVICE: (msg("As the device"), "device-desktop"),
}

if TYPE_CHECKING:
    from django.http import HttpRequest

    from zhenggai.domain.actor import Actor


def shell(request: HttpRequest) -> dict[str, Any]:
    """``shell`` of the templates: language, its tag, the signed-in person's label and what the menu offers.

    Asks the database for nothing but the unread notices, once, where a template shows them; a page without
    an actor (sign-in, errors before it) has no menu.
    """
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    chosen = getattr(getattr(request, "user", None), "theme", "") or Theme.DEVICE
    return {
        "shell": {
            "tag": TAGS.get(translation.get_language() or "", "zh-Hans"),
            "language": translation.get_language(),
            "languages": [
                {"code": code, "name": name, "tag": TAGS[code]} for code, name in settings.LANGUAGES
            ],
            "look": _look(chosen),
            "looks": [
                {"code": theme.value, "word": _(word), "icon": icon, "is_chosen": theme == chosen}
                for theme, (word, icon) in LOOKS.items()
            ],
            "actor": actor,
            "unread": cache(partial(_unread, actor)),
            "administers": actor is not None and actor.administers,
            "works": actor is not None and not actor.roles <= ADMIN_ROLES,
            "may_people": actor is not None
            and (actor.has(Role.SYSTEM_ADMIN) or actor.has(Role.SECURITY_ADMIN)),
            "may_groups": actor is not None and any(actor.has(role) for role in GROUP_ROLES),
            "may_jobs": actor is not None and jobs_root_path(actor) is not None,
            "may_audit": actor is not None and actor.has(Role.AUDIT_ADMIN),
            "here": match.url_name if match else "",
            "help": match.url_name if match and match.url_name in HELP else "",
            "section": _section(request.path),
            "may_upload": actor is not None and bool(intake.may_upload(actor)),
            "demo": settings.ZHENGGAI_DEMO,
        }
    }


def _look(chosen: str) -> str:
    """The look that the pages are sent with; empty where the device decides."""
    return "" if chosen == Theme.DEVICE else chosen


def _unread(actor: Actor | None) -> str:
    """How many notices the reader has not read, for the menu; empty for none."""
    count = unread_count(actor.person_id) if actor is not None else 0
    return f"{COUNTED_MOST - 1}+" if count >= COUNTED_MOST else str(count or "")


def _section(path: str) -> str:
    """The part of the menu an address belongs to: its first step."""
    return path.strip("/").partition("/")[0]
