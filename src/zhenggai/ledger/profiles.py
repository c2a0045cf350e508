"""What is asked about profiles (规则查询): which there are, their versions, and which an inspection takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, Subquery

from zhenggai.accounts.selectors import below
from zhenggai.domain.actor import ADMIN_ROLES
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, Facts, Verdict, judge
from zhenggai.domain.profiles import seeded_kind
from zhenggai.ledger.errors import ProfileNotFoundError
from zhenggai.ledger.models import Inspection, Profile, ProfileVersion
from zhenggai.ledger.visibility import inspections_seen, paths_above

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

_SEEDED: Final = msg(
    "These rules come along and are never changed. The office of an organisation can make its own from them."
)


def profiles_visible(actor: Actor) -> QuerySet[Profile]:
    """The profiles the actor sees (可见规则): those that come along first, then by organisation.

    Those of organisations at, above or below one of the actor's posts, and those of inspections the actor
    sees. Each with ``last_number``, its newest version, and ``inspections_count`` of those seen.
    """
    paths = tuple({grant.path for grant in actor.grants if grant.role not in ADMIN_ROLES})
    above = {each for path in paths for each in paths_above(path)}
    seen = Inspection.objects.filter(inspections_seen(actor))
    used = seen.values("profile_version__profile_id")
    rows = Profile.objects.filter(
        Q(owner__isnull=True) | Q(owner__path__in=above) | below("owner__path", paths) | Q(pk__in=used)
    )
    counted = (
        seen.filter(profile_version__profile_id=OuterRef("pk"))
        .order_by()
        .values("profile_version__profile_id")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        rows.select_related("owner")
        .annotate(last_number=Max("versions__number"), inspections_count=Subquery(counted))
        .order_by(F("owner__path").asc(nulls_first=True), "pk")
    )


def profile_get(actor: Actor, profile_id: int) -> Profile:
    """One profile with its versions, the newest first.

    :raises ProfileNotFoundError: when there is none or the actor cannot see it.
    """
    versions = ProfileVersion.objects.select_related("made_by").order_by("-number")
    rows = profiles_visible(actor).prefetch_related(Prefetch("versions", versions))
    profile = rows.filter(pk=profile_id).first()
    if profile is None:
        raise ProfileNotFoundError
    return profile


def profile_verdict(actor: Actor, profile: Profile) -> Verdict:
    """Whether the actor can make a new version (能否修订), and if not, why; nobody of what comes along."""
    if profile.owner is None:
        return Verdict(allowed=False, reason=Message(_SEEDED))
    return judge(actor, Action.PROFILE_REVISE, Facts(subject_path=profile.owner.path))


def version_get(actor: Actor, version_id: int) -> ProfileVersion:
    """One version of a profile the actor sees.

    :raises ProfileNotFoundError: when there is none or the actor cannot see it.
    """
    rows = ProfileVersion.objects.select_related("profile__owner")
    version = rows.filter(pk=version_id, profile__in=profiles_visible(actor).values("pk")).first()
    if version is None:
        raise ProfileNotFoundError
    return version


def versions_for(path: str) -> QuerySet[ProfileVersion]:
    """The newest version of each profile that an inspection at ``path`` can begin with (可选规则)."""
    newest = (
        ProfileVersion.objects.filter(profile_id=OuterRef("profile_id"))
        .order_by("-number")
        .values("number")[:1]
    )
    return (
        ProfileVersion.objects.filter(
            Q(profile__owner__isnull=True) | Q(profile__owner__path__in=paths_above(path)),
            number=Subquery(newest),
        )
        .select_related("profile__owner")
        .order_by(F("profile__owner__path").asc(nulls_first=True), "profile__kind", "profile_id")
    )


def version_default(kind: InspectionKind, path: str) -> ProfileVersion:
    """The version an inspection begins with where none is chosen (默认规则).

    That of the organisation itself or of the nearest above it that has a profile of the kind, of several the
    one made last; else the one that comes along.
    """
    return versions_default(path)[kind]


def versions_default(path: str) -> dict[InspectionKind, ProfileVersion]:
    """The version an inspection of each kind begins with at ``path`` where none is chosen; one query."""
    found: dict[InspectionKind, ProfileVersion] = {}
    # of paths above one place the longest is the nearest, and the last in their order
    for version in versions_for(path):
        found[InspectionKind(version.profile.kind)] = version
    return {kind: found.get(kind) or found[seeded_kind(kind)] for kind in InspectionKind}


def version_newer(version: ProfileVersion) -> ProfileVersion | None:
    """The newest version of the same profile, where it is newer (更新版本)."""
    rows = ProfileVersion.objects.filter(profile_id=version.profile_id, number__gt=version.number)
    return rows.order_by("-number").first()
