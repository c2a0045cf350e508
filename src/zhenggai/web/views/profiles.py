"""Profiles (种类规则): which there are, one with its versions and what changed, and making them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import NotFoundError, NotPermittedError, ZhenggaiError
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.policy import Action
from zhenggai.domain.profile_lines import profile_changes
from zhenggai.ledger import profiles as selectors
from zhenggai.ledger import services
from zhenggai.web.forms.profiles import ProfileForm, ReviseForm, initial_of
from zhenggai.web.labels import LABELS
from zhenggai.web.profile_view import sections_of, title_of
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.verbs import may, only, whole

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest


@require_safe
def profiles(request: WebRequest) -> HttpResponse:
    """Every profile the reader sees: those that come along, and organisations' own."""
    rows = [(row, title_of(row)) for row in selectors.profiles_visible(request.actor)]
    context = {
        "rows": rows,
        "may_create": may(request, Action.PROFILE_CREATE) and not request.actor.administers,
        "labels": LABELS,
    }
    return render(request, "profile/list.html", context)


@require_safe
def profile(request: WebRequest, profile_id: int) -> HttpResponse:
    """One profile: a version line by line, all versions, and what changed between two of them."""
    row = selectors.profile_get(request.actor, profile_id)
    versions = {each.number: each for each in row.versions.all()}
    last = max(versions)
    shown = versions.get(whole(request.GET.get("version", "")) or last, versions[last])
    before = versions.get(whole(request.GET.get("against", "")) or shown.number - 1)
    verdict = selectors.profile_verdict(request.actor, row)
    context = {
        "profile": row,
        "title": title_of(row),
        "versions": list(versions.values()),
        "version": shown,
        "is_newest": shown.number == last,
        "sections": sections_of(shown.rules),
        "before": before if before != shown else None,
        "changes": profile_changes(before.rules, shown.rules) if before and before != shown else (),
        "verdict": verdict,
        "may_create": may(request, Action.PROFILE_CREATE) and not request.actor.administers,
        "labels": LABELS,
    }
    return render(request, "profile/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_create(request: WebRequest) -> HttpResponse:
    """Makes a profile of an organisation's own, beginning with the rules of another."""
    only(request, Action.PROFILE_CREATE)
    if request.method == "POST":
        form = ProfileForm(request.POST)
        form.offer(_organisations(request))
        form.offer_bodies(_bodies(request, _start(request).content))
        if not form.is_valid():
            return _form(request, form, refusal_of_form())
        try:
            made = services.profile_create(
                actor=request.actor,
                at=request.at,
                content=form.content,
                **{name: form.cleaned_data[name] for name in ("owner_id", "kind", "title", "note")},
            )
        except NotFoundError:
            raise
        except ZhenggaiError as error:
            return _form(request, form, refusal_of(error))
        messages.success(request, _("The profile is made; inspections opened from now on can begin with it."))
        return redirect("profile", made.pk)
    start = _start(request)
    form = ProfileForm(initial={**initial_of(start.rules), "kind": start.profile.kind})
    form.offer(_organisations(request))
    form.offer_bodies(_bodies(request, start.content))
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_revise(request: WebRequest, profile_id: int) -> HttpResponse:
    """Makes a new version; inspections keep the one they began with.

    Raises:
        NotPermittedError: when the reader is not of the office of its owner.
    """
    row = selectors.profile_get(request.actor, profile_id)
    verdict = selectors.profile_verdict(request.actor, row)
    if verdict.reason is not None:
        raise NotPermittedError(verdict.reason.template, **verdict.reason.values)
    last = row.versions.all()[0]
    if request.method == "POST":
        form = ReviseForm(request.POST)
        form.offer_bodies(_bodies(request, last.content))
        if not form.is_valid():
            return _form(request, form, refusal_of_form(), row)
        try:
            made = services.profile_revise(
                actor=request.actor,
                at=request.at,
                profile_id=row.pk,
                content=form.content,
                seen_number=form.cleaned_data["seen_number"],
                note=form.cleaned_data["note"],
            )
        except NotFoundError:
            raise
        except ZhenggaiError as error:
            return _form(request, form, refusal_of(error), row)
        messages.success(
            request,
            _("Version %(number)s is made; inspections keep the version they began with.")
            % {"number": made.number},
        )
        return redirect("profile", row.pk)
    form = ReviseForm(initial={**initial_of(last.rules), "seen_number": last.number})
    form.offer_bodies(_bodies(request, last.content))
    return _form(request, form, row=row)


def _start(request: WebRequest) -> Any:
    """The version whose rules a new profile begins with: the one named, or what comes along for 巡察."""
    named = whole(request.GET.get("from", ""))
    if named is not None:
        return selectors.version_get(request.actor, named)
    return selectors.version_default(InspectionKind.INSPECTION, "")


def _organisations(request: WebRequest) -> list[tuple[int, str]]:
    rows = accounts.organisations_visible(request.actor, Role.OFFICE_CLERK)
    return [(each.pk, "　" * (each.depth - 1) + each.name) for each in rows if each.is_active]


def _bodies(request: WebRequest, content: Any) -> list[tuple[int, str]]:
    """The bodies that can take part in a joint review, those that the rules name already among them."""
    there = {each.pk: each.label for each in accounts.inspecting_bodies(request.actor)}
    named = content.get("steps", {}).get("joint_review", {}).get("bodies", ())
    return list({**{each["organisation_id"]: each["name"] for each in named}, **there}.items())


def _form(request: WebRequest, form: Any, refusal: Refusal | None = None, row: Any = None) -> HttpResponse:
    context = {
        "form": form,
        "refusal": refusal,
        "profile": row,
        "title": title_of(row) if row is not None else "",
    }
    return render(request, "profile/form.html", context, status=refusal.status if refusal else 200)
