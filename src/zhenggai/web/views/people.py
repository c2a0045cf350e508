"""Organisations, people and posts (单位、人员、职务): pages of the system and security administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import AtServerAloneError
from zhenggai.accounts.kinds import ORGANISATION_KIND_LABELS, PAST_WHY_LABELS, WARRANT_LABELS
from zhenggai.domain.actor import ADMIN_ROLES, ROLE_LABELS, SIGNING_ROLES
from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.domain.ordering import words_key
from zhenggai.domain.policy import Action
from zhenggai.ledger.handing_over import open_with
from zhenggai.web.forms import people as forms
from zhenggai.web.people_verbs import ORGANISATION_VERBS, PERSON_VERBS, POST_VERBS
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.role_words import ROLES_TOLD
from zhenggai.web.thresholds import back_of
from zhenggai.web.verbs import carry_out, may, only, panel_of, verb_named, whole

if TYPE_CHECKING:
    from zhenggai.web.forms.plain import PlainForm
    from zhenggai.web.panels import Panel
    from zhenggai.web.requests import WebRequest


@require_safe
def people(request: WebRequest) -> HttpResponse:
    """Organisations as a tree; people and posts of the chosen one (all of them without a choice)."""
    return _people_page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_act(request: WebRequest, organisation_id: int, verb: str) -> HttpResponse:
    """Adds below, renames, opens or closes an organisation."""
    act = verb_named(ORGANISATION_VERBS, verb)
    if request.method != "POST":
        return redirect(f"{reverse('people')}?organisation={organisation_id}")
    form = act.form(request.POST, auto_id=f"organisation-{verb}-%s")
    _offer(request, form)
    key = "parent_id" if verb == "add" else "organisation_id"
    refusal = carry_out(request, act, form, {key: organisation_id})
    if refusal is None:
        return redirect(f"{reverse('people')}?organisation={organisation_id}")
    return _people_page(request, organisation_id, (verb, form), refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def person_create(request: WebRequest) -> HttpResponse:
    """Enters a person."""
    only(request, Action.PERSON_MANAGE)
    form = forms.PersonForm(
        request.POST or None, initial={"organisation_id": request.GET.get("organisation", "")}
    )
    form.offer(_organisation_choices(request))
    refusal: Refusal | None = None
    if request.method == "POST":
        if not form.is_valid():
            refusal = refusal_of_form()
        else:
            given = services.one_time_password()
            try:
                person = services.person_create(
                    actor=request.actor, at=request.at, password=given, **form.cleaned_data
                )
            except ZhenggaiError as error:
                refusal = refusal_of(error)
            else:
                return _hand_over(request, person, given, is_new=True)
    context = {"form": form, "refusal": refusal}
    return render(request, "people/new.html", context, status=refusal.status if refusal else 200)


@require_safe
def person(request: WebRequest, person_id: int) -> HttpResponse:
    """One person with posts and what can be done."""
    return _person_page(request, person_id)


def _hand_over(request: WebRequest, person: Any, given: str, *, is_new: bool) -> HttpResponse:
    """The one page on which a one-time password is seen; it is kept nowhere and never comes back."""
    context = {"person": person, "given": given, "is_new": is_new}
    return render(request, "people/one_time.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_act(request: WebRequest, person_id: int, verb: str) -> HttpResponse:
    """Gives a post, edits, sets a one-time password, lifts a wait, closes or opens the account."""
    act = verb_named(PERSON_VERBS, verb)
    if request.method != "POST":
        return redirect("person", person_id)
    form = act.form(request.POST, auto_id=f"{verb}-%s")
    _offer(request, form)
    key: dict[str, Any] = {"person_id": person_id}
    if verb == "reset":
        key["password"] = services.one_time_password()
    refusal = carry_out(request, act, form, key)
    if refusal is None and verb == "reset":
        return _hand_over(request, selectors.person_get(person_id), key["password"], is_new=False)
    if refusal is None:
        return redirect("person", person_id)
    return _person_page(request, person_id, (verb, form), refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def post_act(request: WebRequest, post_id: int, verb: str) -> HttpResponse:
    """Confirms or ends a post."""
    act = verb_named(POST_VERBS, verb)
    others = (Action.POST_SECOND,) if verb == "confirm" else ()
    only(request, act.action, *others)
    post = selectors.post_get(post_id)
    if not may(request, Action.PEOPLE_VIEW):
        return _head_confirms(request, post_id)
    if request.method != "POST":
        return redirect("person", post.person_id)
    form = act.form(request.POST, auto_id=f"post-{post_id}-{verb}-%s")
    refusal = carry_out(request, act, form, {"post_id": post_id}, *others)
    if refusal is None:
        back = back_of(request)
        return redirect(back) if back else redirect("person", post.person_id)
    return _person_page(request, post.person_id, (f"{verb}-{post_id}", form), refusal)


def _head_confirms(request: WebRequest, post_id: int) -> HttpResponse:
    """The head of a leading group is the second hand, and does not see the page of the person."""
    if request.method == "POST":
        services.post_confirm(post_id=post_id, actor=request.actor, at=request.at)
        messages.success(request, str(POST_VERBS["confirm"].done))
    return redirect("groups")


def _people_page(
    request: WebRequest,
    organisation_id: int | None = None,
    refused: tuple[str, PlainForm] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    only(request, Action.PEOPLE_VIEW)
    tree = list(selectors.organisations_visible(request.actor, *selectors.PEOPLE_ROLES))
    wanted = organisation_id or whole(request.GET.get("organisation", ""))
    chosen = next((each for each in tree if each.pk == wanted), None)
    may_confirm, may_manage = may(request, Action.POST_CONFIRM), may(request, Action.PERSON_MANAGE)
    today = timezone.localdate(request.at)
    rows = selectors.people_visible(request.actor, on=today)
    if chosen is not None:
        rows = rows.filter(organisation__path__startswith=chosen.path)
    context = {
        "tree": tree,
        "chosen": chosen,
        # by pinyin, which no database of ours is sure to know
        "people": sorted(rows, key=lambda each: words_key(each.name)),
        "unconfirmed": [
            (
                post,
                panel_of(POST_VERBS["confirm"], "confirm", "post-act", post.pk, anchor=f"confirm-{post.pk}")
                if may_confirm
                else None,
            )
            for post in selectors.posts_unconfirmed(request.actor, today)
        ],
        # several are confirmed one after the other on this page
        "here_again": f"?{urlencode({'next': request.get_full_path()})}" if may_confirm else "",
        "may_confirm": may_confirm,
        "may_manage": may_manage,
        # units are entered below another organisation, and nobody finds that without choosing one
        "top": tree[0] if tree and chosen is None and may_manage else None,
        "panels": _organisation_panels(request, chosen, refused) if chosen is not None and may_manage else [],
        "past": selectors.organisation_past(chosen) if chosen is not None else [],
        "refusal": refusal,
        "labels": {"kinds": ORGANISATION_KIND_LABELS, "roles": ROLE_LABELS, "why": PAST_WHY_LABELS},
    }
    return render(request, "people/list.html", context, status=refusal.status if refusal else 200)


def _organisation_panels(
    request: WebRequest, chosen: Any, refused: tuple[str, PlainForm] | None
) -> list[Panel]:
    start = {
        "edit": {"name": chosen.name, "short_name": chosen.short_name, "is_active": chosen.is_active},
    }
    panels = []
    for verb, act in ORGANISATION_VERBS.items():
        if verb in {"move", "merge"} and (chosen.depth == 1 or chosen.successor_id is not None):
            continue
        panel = panel_of(act, verb, "organisation-act", chosen.pk, initial=start.get(verb), refused=refused)
        panel.is_open = panel.is_open or verb == request.GET.get("open")
        _offer(request, panel.form)
        if isinstance(panel.form, forms.MergeForm):
            hanging = selectors.organisation_hanging(chosen, timezone.localdate(request.at))
            panel.form.say(hanging.people, hanging.posts, hanging.below)
        panels.append(panel)
    return panels


def _person_page(
    request: WebRequest,
    person_id: int,
    refused: tuple[str, PlainForm] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    only(request, Action.PEOPLE_VIEW)
    row = (
        selectors.people_visible(request.actor, on=timezone.localdate(request.at))
        .filter(pk=person_id)
        .first()
    )
    if row is None:
        raise NotFoundError("There is no such person among those you can see.")
    start = {"edit": {"name": row.name, "phone": row.phone}}
    waits_until = selectors.waits_until(row.username, request.at)
    factor = selectors.factor_of(row.pk)
    held = getattr(row, "open_posts", ())
    administers = any(post.role in ADMIN_ROLES and post.confirmed_at for post in held)
    panels = []
    for verb, act in PERSON_VERBS.items():
        if verb == ("activate" if row.is_active else "deactivate") or (verb == "grant" and not row.is_active):
            continue
        lacks = {"unlock": waits_until, "factor": factor}
        if (verb in lacks and lacks[verb] is None) or not may(request, act.action):
            continue
        panel = panel_of(act, verb, "person-act", row.pk, initial=start.get(verb), refused=refused)
        _offer(request, panel.form)
        # without a post the person sees nothing, so that giving one comes next
        panel.is_open = panel.is_open or (verb == "grant" and not held and refused is None)
        if row.pk == request.actor.person_id and verb != "edit":
            panel.is_allowed = False
            panel.reason = _(
                "This is your own account, and nobody decides on their own account. "
                "Another administrator can do it."
            )
        elif verb in {"reset", "factor"} and administers:
            panel.is_allowed = False
            panel.reason = AtServerAloneError(person=row.name, username=row.username).message.render(_)
        panels.append(panel)
    context = {
        "person": row,
        "waits_until": waits_until,
        "open_with": open_with(row.pk),
        "factor": factor,
        "factor_removed_at": selectors.factor_removed_at(row.pk),
        "posts": [(post, _post_panels(request, post, refused)) for post in held],
        "panels": panels,
        "refusal": refusal,
        "signing": SIGNING_ROLES,
        "labels": {"roles": ROLE_LABELS, "warrants": WARRANT_LABELS},
    }
    return render(request, "people/person.html", context, status=refusal.status if refusal else 200)


def _post_panels(request: WebRequest, post: Any, refused: tuple[str, PlainForm] | None) -> list[Panel]:
    return [
        panel_of(act, verb, "post-act", post.pk, anchor=f"{verb}-{post.pk}", refused=refused)
        for verb, act in POST_VERBS.items()
        if (verb == "end" or post.confirmed_at is None or post.waits_for_second) and may(request, act.action)
    ]


def _offer(request: WebRequest, form: Any) -> None:
    """Fills the choices of a form that has some: organisations, and who is acted for."""
    if isinstance(form, forms.OfferingForm | forms.MoveForm):
        form.offer(_organisation_choices(request))
    if isinstance(form, forms.PostForm):
        form.told = ROLES_TOLD
        people = sorted(
            selectors.people_visible(request.actor).filter(is_active=True),
            key=lambda each: words_key(each.name),
        )
        form.offer_people((each.pk, f"{each.name}（{each.organisation.label}）") for each in people)


def _organisation_choices(request: WebRequest) -> list[tuple[int, str]]:
    rows = selectors.organisations_visible(request.actor, *selectors.PEOPLE_ROLES)
    return [(row.pk, "　" * (row.depth - 1) + row.name) for row in rows if row.is_active]
