"""Making profiles and their versions (制定、修订规则); nothing of an existing version ever changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import (
    actor_standing,
    names_of,
    organisation_get,
    organisation_root_id,
    organisation_root_path,
    organisations_below,
)
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.inspections import INSPECTION_KIND_LABELS, InspectionKind
from zhenggai.domain.ladder import Body
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, Facts
from zhenggai.domain.profile_reading import ProfileFieldError
from zhenggai.domain.profiles import profile_content, profile_digest, profile_from
from zhenggai.ledger.errors import (
    ActionDeniedError,
    NameTakenError,
    ProfileElsewhereError,
    ProfileNotFoundError,
    ProfileOfOtherKindError,
    ProfileStaleError,
    ProfileUnchangedError,
)
from zhenggai.ledger.models import Profile, ProfileBody, ProfileVersion
from zhenggai.ledger.profiles import profile_verdict, profiles_visible, version_default, versions_for
from zhenggai.ledger.services.standing import cleaned, text_required
from zhenggai.ledger.visibility import permit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.accounts.models import Organisation
    from zhenggai.domain.actor import Actor
    from zhenggai.domain.profiles import Profile as Rules

NOTE_MOST = 500


@transaction.atomic
def profile_create(
    *,
    actor: Actor,
    at: datetime,
    owner_id: int,
    kind: InspectionKind,
    title: str,
    content: Any,
    note: str,
) -> Profile:
    """Makes a profile of an organisation's own, with its first version (制定规则).

    ``note``: on what it rests, or why it is made.

    :raises NotFoundError: when there is no such organisation, or it is closed.
    :raises ActionDeniedError: when the actor is not of the office over it.
    :raises NameTakenError: when it has one of this kind and title.
    :raises ProfileFieldError: and the other refusals of `profile_from`.
    """
    owner = organisation_get(owner_id)
    actor = actor_standing(actor, timezone.localdate(at))
    permit(actor, Action.PROFILE_CREATE, Facts(subject_path=owner.path))
    if not owner.is_active:
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    named = text_required(title, msg("Title"), 200)
    if Profile.objects.filter(owner=owner, kind=InspectionKind(kind).value, title=named).exists():
        raise NameTakenError(title=named)
    profile = Profile(owner=owner, kind=InspectionKind(kind).value, title=named, created_at=at)
    version = _version(profile, 1, content, actor, at, note)
    cleaned(profile)
    profile.save()
    version.profile = profile
    _put(version)
    _tell(version, LedgerEvent.PROFILE_CREATED, actor, at)
    return profile


@transaction.atomic
def profile_revise(
    *, actor: Actor, at: datetime, profile_id: int, seen_number: int, content: Any, note: str
) -> ProfileVersion:
    """Makes a new version of a profile (修订规则); inspections keep the one they began with.

    ``seen_number``: the newest version as the page showed it.

    :raises ProfileNotFoundError: when there is none or the actor does not see it.
    :raises ActionDeniedError: when the actor is not of the office of its owner, or it comes along.
    :raises ProfileStaleError: when a version was made meanwhile.
    :raises ProfileUnchangedError: when it says what the last one says.
    :raises ProfileFieldError: and the other refusals of `profile_from`.
    """
    actor = actor_standing(actor, timezone.localdate(at))
    profile = (
        Profile.objects.select_for_update(of=("self",), no_key=True)
        .select_related("owner")
        .filter(pk=profile_id)
    )
    row = profile.first()
    if row is None or not profiles_visible(actor).filter(pk=row.pk).exists():
        raise ProfileNotFoundError
    verdict = profile_verdict(actor, row)
    if not verdict.allowed:
        raise ActionDeniedError(reason=verdict.reason)
    last = ProfileVersion.objects.filter(profile=row).latest("number")
    if last.number != seen_number:
        who = names_of([last.made_by_id]).get(last.made_by_id, "") if last.made_by_id else ""
        raise ProfileStaleError(number=last.number, who=who)
    version = _version(row, last.number + 1, content, actor, at, note)
    # of what it says, since a version of before says less than all of it
    if version.digest == profile_digest(last.rules):
        raise ProfileUnchangedError(number=last.number)
    _put(version)
    _tell(version, LedgerEvent.PROFILE_REVISED, actor, at)
    return version


def version_chosen(
    actor: Actor, kind: InspectionKind, subject: Organisation, profile_id: int | None
) -> ProfileVersion:
    """The version an inspection of an organisation begins with (适用规则): the newest.

    :raises ProfileNotFoundError: when there is none such, or the actor does not see it.
    :raises ProfileElsewhereError: when it is neither its own, nor of one above, nor a default.
    :raises ProfileOfOtherKindError: when it is for another kind.
    """
    if profile_id is None:
        return version_default(kind, subject.path)
    profile = profiles_visible(actor).filter(pk=profile_id).first()
    if profile is None:
        raise ProfileNotFoundError
    version = versions_for(subject.path).filter(profile=profile).first()
    if version is None:
        raise ProfileElsewhereError(title=profile.title, subject=subject.name)
    its = InspectionKind(version.profile.kind)
    if kind not in {its, InspectionKind.OTHER}:
        raise ProfileOfOtherKindError(
            title=version.profile.title,
            its=Message(INSPECTION_KIND_LABELS[its]),
            kind=Message(INSPECTION_KIND_LABELS[kind]),
        )
    return version


def _version(
    profile: Profile, number: int, content: Any, actor: Actor, at: datetime, note: str
) -> ProfileVersion:
    """A version not stored yet, its content checked and in canonical form."""
    rules = _with_bodies(profile_from(content), profile)
    version = ProfileVersion(
        profile=profile,
        number=number,
        content=profile_content(rules),
        digest=profile_digest(rules),
        made_by_id=actor.person_id,
        made_at=at,
        note=text_required(note, msg("Basis or reason"), NOTE_MOST),
    )
    cleaned(version)
    return version


def _with_bodies(rules: Rules, profile: Profile) -> Rules:
    """The rules with the bodies of a joint review by the names they have.

    :raises ProfileFieldError: when one is no open organisation of the same tree.
    """
    wanted = {body.organisation_id for step in rules.ladder for body in step.bodies}
    if not wanted or profile.owner is None:
        return rules
    there = organisations_below(organisation_root_path(profile.owner.path)).filter(pk__in=wanted)
    names = dict(there.values_list("pk", "name"))
    for step in rules.ladder:
        for body in step.bodies:
            if body.organisation_id not in names:
                raise ProfileFieldError(
                    field=f"steps.{step.name}.bodies", value=body.name, possible=Message(_BODY)
                )
    ladder = tuple(
        replace(
            step,
            bodies=tuple(Body(each.organisation_id, names[each.organisation_id]) for each in step.bodies),
        )
        for step in rules.ladder
    )
    return replace(rules, ladder=ladder)


def _put(version: ProfileVersion) -> None:
    """Stores a version with the bodies that it names."""
    version.save()
    ProfileBody.objects.bulk_create(
        ProfileBody(version=version, step=step.name, organisation_id=body.organisation_id)
        for step in version.rules.ladder
        for body in step.bodies
    )


_BODY: Final = msg("an open organisation of the same tree")


def _tell(version: ProfileVersion, event: LedgerEvent, actor: Actor, at: datetime) -> None:
    profile = version.profile
    if profile.owner is None:
        raise AssertionError(f"profile {profile.pk} comes along and is never changed")
    record(
        chain=ChainKey.organisation(organisation_root_id(profile.owner.path)),
        name=event,
        actor=actor,
        at=at,
        subject=("profile", profile.pk),
        values={
            "title": profile.title,
            "kind": profile.kind,
            "organisation_id": profile.owner.pk,
            "organisation": profile.owner.name,
            "number": version.number,
            "digest": version.digest,
            "content": version.content,
            "note": version.note,
        },
    )
