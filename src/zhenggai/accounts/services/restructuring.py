"""Organisations moved below another and merged into another (单位调整隶属、合并), keeping what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from zhenggai.accounts.errors import NotActiveError
from zhenggai.accounts.kinds import PastWhy, SignInEnd
from zhenggai.accounts.models import Organisation, Oversight, Person, Post
from zhenggai.accounts.moves import Move, moved
from zhenggai.accounts.selectors import actor_standing, open_on
from zhenggai.accounts.services.groups import groups_dissolve_all
from zhenggai.accounts.services.keeping_apart import somebody_else_administers
from zhenggai.accounts.services.organisations import DEEPEST, name_free, past_kept
from zhenggai.accounts.services.signing_in import sign_ins_end_all
from zhenggai.accounts.services.standing import judged, organisation_locked, recorded
from zhenggai.domain.actions import Action
from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor


@transaction.atomic
def organisation_move(*, organisation_id: int, parent_id: int, actor: Actor, at: datetime) -> Organisation:
    """Moves an organisation with everything below it under another (调整隶属); where it stood is kept.

    Raises:
        NotFoundError: when one of them is not the actor's to see.
        NotPermittedError: when the actor does not administer both.
        NotAllowedNowError: when it is the root, would lie below itself, in another tree or where it lies
            already, or a sister there has its name.
        NotActiveError: when the new place is closed.
        InvalidError: when it would lie too deep.
    """
    organisation, parent = _both(organisation_id, parent_id, actor, at)
    if organisation.successor_id is not None:
        raise NotAllowedNowError(
            msg("%(organisation)s was merged into another and moves with that one; nothing was changed."),
            organisation=organisation.name,
        )
    if _parent_path(organisation) == parent.path:
        raise NotAllowedNowError(
            msg("%(organisation)s lies below %(parent)s already; nothing was changed."),
            organisation=organisation.name,
            parent=parent.name,
        )
    return _move(organisation, parent, actor, at)


@transaction.atomic
def organisation_merge(*, organisation_id: int, into_id: int, actor: Actor, at: datetime) -> Organisation:
    """Merges an organisation into another (合并), which is its successor from then on.

    Its people work there, what lay below it lies below that one, its posts, oversight and leading group end,
    and it stays on record, closed, below its successor: whoever holds a post there goes on with its findings.

    Raises:
        NotFoundError: when one of them is not the actor's to see.
        NotPermittedError: when the actor does not administer both.
        NotAllowedNowError: when it is the root or merged already, the other lies below it or in another tree,
            a sister there has a name, or a post is the last of an administrator.
        NotActiveError: when the successor is closed.
        InvalidError: when something would lie too deep.
    """
    _people_locked(organisation_id, actor)
    organisation, heir = _both(organisation_id, into_id, actor, at)
    if organisation.successor_id is not None:
        raise NotAllowedNowError(
            msg("%(organisation)s was merged already; nothing was changed."), organisation=organisation.name
        )
    if organisation.path.startswith(heir.path):
        raise NotAllowedNowError(
            msg(
                "%(organisation)s lies below %(into)s, and merged into it nobody could tell who fixed from "
                "who confirms. Merge it into a unit beside it, or close it; nothing was changed."
            ),
            organisation=organisation.name,
            into=heir.name,
        )
    today = timezone.localdate(at)
    posts = _posts_end(organisation, today, actor, at)
    groups_dissolve_all(organisation, today)
    overseen = Oversight.objects.select_for_update(no_key=True).filter(open_on(today), unit=organisation)
    for row in overseen.order_by("pk"):
        row.ended_on = max(today, row.started_on)
        row.save(update_fields=["ended_on"])
    children = list(
        Organisation.objects.filter(
            path__startswith=organisation.path, depth=organisation.depth + 1
        ).order_by("path")
    )
    for child in children:
        _move(Organisation.objects.get(pk=child.pk), Organisation.objects.get(pk=heir.pk), actor, at)
    organisation.refresh_from_db()
    heir.refresh_from_db()
    left = frozenset({organisation.pk, *_left(organisation, heir)})
    past_kept(organisation, PastWhy.MERGED, at)
    former = Organisation.objects.get(path=_parent_path(organisation))
    if _parent_path(organisation) != heir.path:
        _deep_enough(organisation, heir)
        name_free(heir.path, heir.depth + 1, organisation.name)
        Organisation.objects.move(organisation, heir, "last-child")
        organisation = Organisation.objects.get(pk=organisation.pk)
    organisation.is_active, organisation.successor = False, heir
    organisation.save(update_fields=["is_active", "successor"])
    people = Person.objects.filter(organisation=organisation).order_by("pk")
    names = list(people.values_list("name", flat=True))
    # the first of several is enough: what merged lies below its successor, and with it below the next
    people.filter(merged_from__isnull=True).update(merged_from=organisation)
    people.update(organisation=heir)
    moved(
        Move(
            heir.pk,
            Organisation.objects.get(pk=heir.pk).path,
            left,
            at,
            actor,
            moved_path=organisation.path,
            former_id=_gone(former, organisation.path),
            is_merged=True,
        )
    )
    recorded(
        organisation=heir,
        name="accounts.organisation.merged",
        actor=actor,
        at=at,
        subject=("organisation", organisation.pk),
        values={
            "organisation": organisation.name,
            "into": heir.name,
            "people": names,
            "posts_ended": posts,
            "below": [child.name for child in children],
        },
    )
    return organisation


def _people_locked(organisation_id: int, actor: Actor) -> None:
    """Locks everybody whom a merger concerns, before any organisation, as every service here does."""
    holders = Post.objects.filter(organisation_id=organisation_id, ended_on__isnull=True).values("person_id")
    concerned = Q(organisation_id=organisation_id) | Q(pk__in=holders) | Q(pk=actor.person_id)
    list(Person.objects.select_for_update(of=("self",), no_key=True).filter(concerned).order_by("pk"))


def _both(
    organisation_id: int, other_id: int, actor: Actor, at: datetime
) -> tuple[Organisation, Organisation]:
    """The organisation and the one it goes to, the tree locked, as far as one can go to the other."""
    standing = actor_standing(actor, timezone.localdate(at))
    first = organisation_locked(organisation_id, actor)
    # every row of the tree: a path read before another move would lead elsewhere after it
    list(
        Organisation.objects.select_for_update(no_key=True)
        .filter(path__startswith=first.root_path)
        .order_by("pk")
    )
    organisation = organisation_locked(organisation_id, actor)
    other = organisation_locked(other_id, actor)
    for each in (organisation, other):
        judged(standing, Action.ORGANISATION_MANAGE, each)
    names = {"organisation": organisation.name, "other": other.name}
    if organisation.path == organisation.root_path:
        raise NotAllowedNowError(
            msg("%(organisation)s is the root organisation and stays where it is."), **names
        )
    if other.root_path != organisation.root_path:
        raise NotAllowedNowError(
            msg(
                "%(other)s lies in another tree, whose trail is another chain, so %(organisation)s cannot go "
                "there. Enter it there anew and close it here; nothing was changed."
            ),
            **names,
        )
    if other.path.startswith(organisation.path):
        raise NotAllowedNowError(
            msg(
                "%(other)s is %(organisation)s itself or lies below it. Choose one that lies elsewhere; "
                "nothing was changed."
            ),
            **names,
        )
    if not other.is_active:
        raise NotActiveError(
            msg("%(organisation)s is closed and takes no further organisation; open it again first."),
            organisation=other.name,
        )
    return organisation, other


def _move(organisation: Organisation, parent: Organisation, actor: Actor, at: datetime) -> Organisation:
    """Moves within a locked tree, keeps where it stood, tells who rests on it, and records it."""
    _deep_enough(organisation, parent)
    name_free(parent.path, parent.depth + 1, organisation.name)
    former = Organisation.objects.get(path=_parent_path(organisation))
    left = _left(organisation, parent)
    past_kept(organisation, PastWhy.MOVED, at)
    Organisation.objects.move(organisation, parent, "last-child")
    fresh: Organisation = Organisation.objects.get(pk=organisation.pk)
    moved(
        Move(
            fresh.pk, fresh.path, left, at, actor, moved_path=fresh.path, former_id=_gone(former, fresh.path)
        )
    )
    recorded(
        organisation=fresh,
        name="accounts.organisation.moved",
        actor=actor,
        at=at,
        subject=("organisation", fresh.pk),
        values={"organisation": fresh.name, "former": former.name, "parent": parent.name},
    )
    return fresh


def _parent_path(organisation: Organisation) -> str:
    return str(organisation.path)[: -organisation.steplen]


def _gone(former: Organisation, path: str) -> int | None:
    """The organisation that stood above, unless it still does."""
    return None if path.startswith(former.path) else former.pk


def _left(organisation: Organisation, parent: Organisation) -> frozenset[int]:
    """The organisations above it that will not be above it below the other."""
    path, step = organisation.path, organisation.steplen
    above = [path[:end] for end in range(step, len(path), step) if not parent.path.startswith(path[:end])]
    return frozenset(Organisation.objects.filter(path__in=above).values_list("pk", flat=True))


def _deep_enough(organisation: Organisation, parent: Organisation) -> None:
    below = Organisation.objects.filter(path__startswith=organisation.path)
    deepest = below.aggregate(deepest=Max("depth"))["deepest"]
    if parent.depth + 1 + deepest - organisation.depth > DEEPEST:
        raise InvalidError(
            msg("Organisations can lie %(most)s levels deep; this one would lie deeper."), most=DEEPEST
        )


def _posts_end(organisation: Organisation, today: date, actor: Actor, at: datetime) -> int:
    """Ends every post seated in the organisation itself; how many."""
    posts = list(
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "person")
        .filter(open_on(today), organisation=organisation)
        .order_by("pk")
    )
    for post in posts:
        somebody_else_administers(post)
        post.ended_on = max(today, post.started_on)
        post.save(update_fields=["ended_on"])
        sign_ins_end_all(post.person, SignInEnd.POST, actor, at)
        recorded(
            organisation=organisation,
            name="accounts.post.ended",
            actor=actor,
            at=at,
            subject=("person", post.person_id),
            values={
                "person": post.person.name,
                "organisation": organisation.name,
                "role": post.role,
                "ended_on": post.ended_on.isoformat(),
            },
        )
    return len(posts)
