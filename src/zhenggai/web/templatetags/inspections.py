"""The pages of one inspection side by side (检查项目的各个页面)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.policy import Action
from zhenggai.ledger import selectors
from zhenggai.web.profile_view import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

register = template.Library()
# what these show is narrowed by the same words in their address
_LISTS = frozenset({"inspection", "inspection-schedule"})


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of an inspection, as a way to it from the others."""

    address: str
    icon: str
    word: str
    is_here: bool


@register.inclusion_tag("inspection/tabs.html", takes_context=True)
def inspection_tabs(context: template.Context, here: str) -> dict[str, Any]:
    """The ways between the pages of ``context['inspection']``; ``here`` is the name of this one's address.

    Only those that the reader may open. The schedule is of the same list where one is narrowed.
    """
    inspection = context["inspection"]
    found = _ways(context, here)
    return {
        "title": inspection.title,
        "tabs": [
            Tab(
                reverse(name, args=[inspection.pk]) + (query if name != here else ""),
                icon,
                word,
                name == here,
            )
            for name, icon, word, query in found
        ],
    }


def _ways(context: template.Context, here: str) -> Iterator[tuple[str, str, str, str]]:
    inspection, query = context["inspection"], context.get("query") or ""
    if here not in _LISTS:
        query = ""
    verdicts = selectors.inspection_actions(context["request"].actor, inspection)
    yield "inspection", "table", _("Ledger list"), query
    yield "inspection-tree", "sitemap", _("Tree"), ""
    yield "inspection-dashboard", "target", _("Dashboard"), ""
    yield "inspection-schedule", "timeline", _("Schedule"), query
    yield "inspection-figures", "report-search", _("Figures"), ""
    yield "inspection-reports", "clipboard-list", _("Report requests"), ""
    yield "inspection-situations", "alert-circle", _("New situations"), ""
    if verdicts[Action.INSPECTION_VIEW].allowed:
        yield "inspection-plan", "checklist", words_of(inspection.rules)["plan"], ""
        yield "inspection-setup", "list-check", _("Set-up"), ""
    yield "inspection-evaluate", "rubber-stamp", _("Evaluation"), ""
    if verdicts[Action.TRAIL_VIEW].allowed:
        yield "trail", "fingerprint", _("Trail"), ""
