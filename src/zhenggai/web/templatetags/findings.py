"""Template tags of the ledger and of the finding page (台账与问题页标签)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhenggai.domain.case import REQUIREMENT_LABELS, Requirement
from zhenggai.domain.deadlines import LIGHT_LABELS, Light
from zhenggai.domain.extending import DeadlineKind
from zhenggai.domain.policy import Action
from zhenggai.domain.reading import StatedProgress
from zhenggai.web.finding_actions import ACTIONS, verb_of
from zhenggai.web.labels import DEADLINE_MARKS, STATED_PROGRESS_LABELS

if TYPE_CHECKING:
    from zhenggai.web.finding_page import FindingPage
    from zhenggai.web.ledger_list import Row
    from zhenggai.web.profile_view import Day, Lit

register = template.Library()


@register.simple_tag
def light_mark(lit: Row | Day | Lit) -> SafeString:
    """The light of a deadline: a dot and a word, never the colour alone."""
    light = lit.light
    if light is Light.NONE or (lit.is_closed and light is not Light.OVERDUE):
        return SafeString()
    name, label, colour = light.value, _(LIGHT_LABELS[light]), lit.colour.value
    if light is Light.OVERDUE:
        text = _("%(days)s days overdue") % {"days": lit.days_overdue}
        # known for ever, but of a closed one nobody needs to hurry any more
        name, colour = ("past", "grey") if lit.is_closed else (name, colour)
    elif lit.days_left:
        text = _("%(days)s days left") % {"days": lit.days_left}
    else:
        text = _("due today")
    return format_html(
        '<span class="light light-{} colour-{}" title="{}">{}</span>', name, colour, label, text
    )


@register.simple_tag
def deadline_marks(row: Row) -> SafeString:
    """What else a deadline says: days it was overdue before, what is asked, whether the work rests."""
    said = []
    if row.days_overdue and row.light is not Light.OVERDUE:
        said.append(("past", _("%(days)s days overdue before") % {"days": row.days_overdue}))
    if row.asked:
        said.append(("closure_requested", _(DEADLINE_MARKS[DeadlineKind(row.asked)])))
    if row.is_suspended:
        said.append(("suspended", _("suspended")))
    return format_html_join("", ' <span class="mark mark-{}">{}</span>', said)


@register.simple_tag
def claim_mark(finding: Any, *, short: bool = False) -> SafeString:
    """What the document says of the state (原件称…), marked as a claim; nothing where it says nothing.

    ``short`` leaves the words before it to a column's head.
    """
    if not finding.status_text and not finding.stated_progress:
        return SafeString()
    said = finding.status_text or _(STATED_PROGRESS_LABELS[StatedProgress(finding.stated_progress)])
    text = f"“{said}”" if short else _("document says: %(state)s") % {"state": said}
    return format_html('<span class="mark mark-claim">{}</span>', text)


@register.simple_tag
def source_link(piece: Any) -> SafeString:
    """A link to the place in the document that a claim comes from; nothing without a document."""
    if not piece.document_id:
        return SafeString()
    address = reverse("source", args=[piece.document_id])
    if piece.span_start is not None:
        address += f"?start={piece.span_start}&end={piece.span_end}#here"
    return format_html('<a class="source-link" href="{}">{}</a>', address, _("in the document"))


@register.simple_tag
def required_marks(finding: Any) -> SafeString:
    """Which requirements the office has set for a finding."""
    if None in {finding.money_required, finding.people_required, finding.cause_required}:
        return format_html('<span class="unset">{}</span>', _("not set yet"))
    wanted = [
        _(REQUIREMENT_LABELS[kind])
        for kind, required in (
            (Requirement.MONEY, finding.money_required),
            (Requirement.PEOPLE, finding.people_required),
            (Requirement.SIMILAR, True),
            (Requirement.CAUSE, finding.cause_required),
        )
        if required
    ]
    return format_html("{}", _(", ").join(wanted))


@register.simple_tag
def remedy_link(page: FindingPage, remedy: Action) -> SafeString:
    """The way to the action that meets a gate."""
    act = ACTIONS.get(verb_of(remedy))
    if act is None and remedy in {Action.PLAN_SUBMIT, Action.PLAN_SIGN}:
        address = reverse("inspection-plan", args=[page.finding.inspection_id])
        return format_html('<a class="gate-remedy" href="{}">{}</a>', address, _("To the plan"))
    if act is None:
        return SafeString()
    anchor = page.anchor_of(act.verb)
    return format_html('<a class="gate-remedy" href="#{}">{}</a>', anchor, act.name)


@register.filter
def mark_of(finding: Any) -> str:
    """A finding with the version that is shown, as a ticked box sends it."""
    return f"{finding.pk}-{finding.version}"


@register.filter
def plain_number(value: Any) -> str:
    """A decimal without the noughts at its end, with thousands apart."""
    return "" if value is None else f"{value.normalize():,f}"


@register.inclusion_tag("panel.html", takes_context=True)
def act(context: template.Context, page: FindingPage, verb: str) -> dict[str, Any]:
    """The button of an action on the finding, greyed with its reason where it is not possible."""
    return _shown(context, page.panel(verb), small=False)


@register.inclusion_tag("panel_if.html", takes_context=True)
def act_if_allowed(
    context: template.Context, page: FindingPage, verb: str, object_id: int | None = None
) -> dict[str, Any]:
    """The button of an action on one row, greyed where it is this row that cannot have it; else nothing."""
    panel = page.panel(verb, object_id) if verb in ACTIONS else None
    if panel is not None and not panel.is_allowed and not (object_id and page.panel(verb).is_allowed):
        panel = None
    return _shown(context, panel, small=object_id is not None)


@register.inclusion_tag("panel_if.html", takes_context=True)
def act_if_refused(context: template.Context, page: FindingPage, verb: str) -> dict[str, Any]:
    """The greyed button, with its reason, of an action on rows; nothing where the rows have their own."""
    panel = page.panel(verb)
    return _shown(context, None if panel.is_allowed else panel, small=False)


def _shown(context: template.Context, panel: Any, *, small: bool) -> dict[str, Any]:
    return {"panel": panel, "small": small, "csrf_token": context.get("csrf_token")}
