"""Leading groups and oversight (领导小组、分管): who belongs to them, and the second hand of their heads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.accounts import leading, selectors
from zhenggai.accounts.kinds import GROUP_PLACE_LABELS, GroupPlace
from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.ordering import words_key
from zhenggai.domain.policy import Action
from zhenggai.web.forms.leading import ChoosingForm
from zhenggai.web.group_verbs import (
    GROUP_SET_UP,
    GROUP_VERBS,
    OVERSIGHT_SET,
    OVERSIGHT_VERBS,
    SEAT_VERBS,
)
from zhenggai.web.panels import Panel
from zhenggai.web.people_verbs import POST_VERBS
from zhenggai.web.thresholds import back_of
from zhenggai.web.verbs import carry_out, may, only, panel_of, verb_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from zhenggai.web.forms.plain import PlainForm
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest
    from zhenggai.web.verbs import Verb

Refused = tuple[str, "PlainForm"]
_PLACES = list(GroupPlace)


@dataclass(slots=True)
class GroupCard:
    """One leading group as the page shows it: seats in their order, those that ended apart."""

    group: Any
    seats: list[tuple[Any, list[Panel]]]
    past: list[Any]
    panels: list[Panel]
    waiting: list[tuple[Any, Panel]]


@dataclass(slots=True)
class _Offers:
    """The choices of the page's forms, asked for once and only where a form shows them."""

    request: WebRequest
    known: dict[str, list[tuple[Any, Any]]] = field(default_factory=dict)

    def fill(self, panel: Panel) -> Panel:
        """The same panel, its choices filled."""
        if isinstance(panel.form, ChoosingForm):
            for name in panel.form.fields:
                if name in _CHOICES:
                    panel.form.offer(name, self.of(name))
        return panel

    def of(self, name: str) -> list[tuple[Any, Any]]:
        """The choices of a field."""
        kind = _CHOICES[name]
        if kind not in self.known:
            self.known[kind] = _choices(self.request, kind)
        return self.known[kind]


_CHOICES = {
    "organisation_id": "organisations",
    "office_unit_id": "organisations",
    "person_id": "people",
    "unit_id": "units",
    "leader_id": "leaders",
}


@require_safe
def groups(request: WebRequest) -> HttpResponse:
    """Leading groups with their seats, posts that wait for a head's word, and who oversees what."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request: WebRequest) -> HttpResponse:
    """Sets up a leading group."""
    return _act(request, GROUP_SET_UP, "group-create", {})


@require_http_methods(["GET", "HEAD", "POST"])
def group_act(request: WebRequest, group_id: int, verb: str) -> HttpResponse:
    """Gives a place in a leading group, changes or dissolves it."""
    return _act(request, verb_named(GROUP_VERBS, verb), f"{verb}-{group_id}", {"group_id": group_id})


@require_http_methods(["GET", "HEAD", "POST"])
def group_seat_act(request: WebRequest, seat_id: int, verb: str) -> HttpResponse:
    """Confirms a head, or ends a place."""
    return _act(request, verb_named(SEAT_VERBS, verb), f"seat-{verb}-{seat_id}", {"seat_id": seat_id})


@require_http_methods(["GET", "HEAD", "POST"])
def oversight_set(request: WebRequest) -> HttpResponse:
    """Says who oversees a unit."""
    return _act(request, OVERSIGHT_SET, "oversight-set", {})


@require_http_methods(["GET", "HEAD", "POST"])
def oversight_act(request: WebRequest, oversight_id: int, verb: str) -> HttpResponse:
    """Ends an oversight."""
    act = verb_named(OVERSIGHT_VERBS, verb)
    return _act(request, act, f"oversight-{verb}-{oversight_id}", {"oversight_id": oversight_id})


def _act(request: WebRequest, act: Verb, anchor: str, key: dict[str, Any]) -> HttpResponse:
    if request.method != "POST":
        return redirect("groups")
    only(request, act.action)
    form = act.form(request.POST, auto_id=f"{anchor}-%s")
    offers = _Offers(request)
    if isinstance(form, ChoosingForm):
        for name in form.fields:
            if name in _CHOICES:
                form.offer(name, offers.of(name))
    refusal = carry_out(request, act, form, key)
    if refusal is None:
        return redirect(f"{reverse('groups')}{_way_back(request)}")
    return _page(request, (anchor, form), refusal)


def _way_back(request: WebRequest) -> str:
    """The query that keeps the page to return to, from one form to the next."""
    back = back_of(request)
    return f"?{urlencode({'next': back})}" if back else ""


def _page(
    request: WebRequest, refused: Refused | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    only(request, Action.GROUP_VIEW)
    today = timezone.localdate(request.at)
    offers = _Offers(request)
    rows = list(leading.groups_visible(request.actor))
    oversights = list(leading.oversights_visible(request.actor))
    context = {
        "cards": [_card(request, group, offers, refused) for group in rows if group.ended_on is None],
        "dissolved": [group for group in rows if group.ended_on is not None],
        "oversights": [
            (row, _end_of_oversight(request, row, refused))
            for row in oversights
            if row.ended_on is None or row.ended_on > today
        ],
        "past_oversights": [row for row in oversights if row.ended_on and row.ended_on <= today],
        "set_up": offers.fill(_new(GROUP_SET_UP, "group-create", refused))
        if may(request, Action.GROUP_MANAGE)
        else None,
        "oversee": offers.fill(_new(OVERSIGHT_SET, "oversight-set", refused))
        if may(request, Action.OVERSIGHT_MANAGE)
        else None,
        "refusal": refusal,
        "back": back_of(request),
        "way_back": _way_back(request),
        "today": today,
        "labels": {"places": GROUP_PLACE_LABELS, "roles": ROLE_LABELS},
    }
    return render(request, "people/groups.html", context, status=refusal.status if refusal else 200)


def _card(request: WebRequest, group: Any, offers: _Offers, refused: Refused | None) -> GroupCard:
    today = timezone.localdate(request.at)
    seats = sorted(group.seats.all(), key=lambda seat: (_PLACES.index(seat.place), seat.started_on, seat.pk))
    held = [seat for seat in seats if seat.ended_on is None or seat.ended_on > today]
    start: Mapping[str, dict[str, Any]] = {
        "edit": {"name": group.name, "basis": group.basis, "office_unit_id": group.office_unit_id}
    }
    panels = [
        offers.fill(
            panel_of(
                act,
                verb,
                "group-act",
                group.pk,
                anchor=f"{verb}-{group.pk}",
                initial=start.get(verb),
                refused=refused,
            )
        )
        for verb, act in GROUP_VERBS.items()
        if may(request, act.action)
    ]
    waiting = [
        (
            post,
            panel_of(POST_VERBS["confirm"], "confirm", "post-act", post.pk, anchor=f"second-{post.pk}"),
        )
        for post in leading.posts_for_head(request.actor, group, today)
    ]
    return GroupCard(
        group,
        [(seat, _seat_panels(request, seat, refused)) for seat in held],
        [seat for seat in seats if seat not in held],
        panels,
        waiting,
    )


def _seat_panels(request: WebRequest, seat: Any, refused: Refused | None) -> list[Panel]:
    return [
        panel_of(act, verb, "group-seat-act", seat.pk, anchor=f"seat-{verb}-{seat.pk}", refused=refused)
        for verb, act in SEAT_VERBS.items()
        if may(request, act.action)
        and (seat.confirmed_at is None if verb == "confirm" else seat.ended_on is None)
    ]


def _end_of_oversight(request: WebRequest, row: Any, refused: Refused | None) -> list[Panel]:
    if row.ended_on is not None or not may(request, Action.OVERSIGHT_MANAGE):
        return []
    anchor = f"oversight-end-{row.pk}"
    return [panel_of(OVERSIGHT_VERBS["end"], "end", "oversight-act", row.pk, anchor=anchor, refused=refused)]


def _new(act: Verb, name: str, refused: Refused | None) -> Panel:
    is_refused = refused is not None and refused[0] == name
    form = refused[1] if refused and is_refused else act.form(auto_id=f"{name}-%s")
    return Panel(act.button, act.icon, reverse(name), name, form, is_open=is_refused)


def _choices(request: WebRequest, kind: str) -> list[tuple[Any, Any]]:
    actor = request.actor
    if kind == "organisations":
        rows = selectors.organisations_visible(actor, *selectors.PEOPLE_ROLES).filter(is_active=True)
        return [(row.pk, "　" * (row.depth - 1) + row.name) for row in rows]
    if kind == "units":
        return [(row.pk, "　" * (row.depth - 1) + row.name) for row in leading.units_overseen_possible(actor)]
    today = timezone.localdate(request.at)
    if kind == "leaders":
        roots = sorted({grant.path[:4] for grant in actor.grants})
        people = [
            each
            for root in roots
            for each in selectors.people_with_role(Role.RESPONSIBLE_LEADER, root, today)
        ]
    else:
        people = list(selectors.people_visible(actor).filter(is_active=True))
    people.sort(key=lambda each: words_key(each.name))
    return [
        (
            each.pk,
            _("%(name)s (%(organisation)s)") % {"name": each.name, "organisation": each.organisation.label},
        )
        for each in people
    ]
