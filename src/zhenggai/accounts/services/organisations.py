"""Changes to organisations (单位变更)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.errors import NotActiveError
from zhenggai.accounts.kinds import OrganisationKind, PastWhy
from zhenggai.accounts.models import Organisation, OrganisationPast, Person, Post
from zhenggai.accounts.renames import Named, renamed
from zhenggai.accounts.selectors import open_on
from zhenggai.accounts.services.standing import judged, line_checked, organisation_locked, recorded
from zhenggai.domain.actions import Action
from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor

DEEPEST = 60


@transaction.atomic
def organisation_create(
    *,
    parent_id: int,
    name: str,
    short_name: str = "",
    kind: OrganisationKind | str = OrganisationKind.UNIT,
    actor: Actor,
    at: datetime,
) -> Organisation:
    """Adds an organisation below another (新增单位).

    A root organisation is made with the first administrator only.

    Raises:
        NotFoundError: when the parent is not the actor's to see.
        NotPermittedError: when the actor does not administer the parent.
        NotAllowedNowError: when the parent is closed or has an organisation of this name already.
        InvalidError: when a name is missing or too long, or the kind is unknown.
    """
    parent = organisation_locked(parent_id, actor)
    judged(actor, Action.ORGANISATION_MANAGE, parent)
    if not parent.is_active:
        raise NotActiveError(
            msg("%(organisation)s is closed and takes no further organisation; open it again first."),
            organisation=parent.name,
        )
    if parent.depth >= DEEPEST:
        raise InvalidError(
            msg("Organisations can lie %(most)s levels deep; this one would lie deeper."), most=DEEPEST
        )
    names = names_checked(name, short_name)
    name_free(parent.path, parent.depth + 1, names[0])
    organisation: Organisation = Organisation.objects.add_child(
        parent, instance=Organisation(name=names[0], short_name=names[1], kind=kind_checked(kind))
    )
    recorded(
        organisation=organisation,
        name="accounts.organisation.created",
        actor=actor,
        at=at,
        subject=("organisation", organisation.pk),
        values={
            "name": names[0],
            "short_name": names[1],
            "kind": str(organisation.kind),
            "parent": parent.name,
        },
    )
    return organisation


@transaction.atomic
def organisation_edit(
    *,
    organisation_id: int,
    name: str,
    short_name: str,
    is_active: bool,
    actor: Actor,
    at: datetime,
) -> Organisation:
    """Renames an organisation, closes it or opens it again (单位更名、停用、启用).

    Raises:
        NotFoundError: when it is not the actor's to see.
        NotPermittedError: when the actor does not administer it.
        NotAllowedNowError: when it is to be closed while people, posts or open organisations hang on it, or a
            sister organisation has the name.
        InvalidError: when a name is missing or too long.
    """
    organisation = organisation_locked(organisation_id, actor)
    judged(actor, Action.ORGANISATION_MANAGE, organisation)
    names = names_checked(name, short_name)
    before = (organisation.name, organisation.short_name, organisation.is_active)
    if before == (*names, is_active):
        return organisation
    if names[0] != organisation.name:
        name_free(organisation.path[: -organisation.steplen], organisation.depth, names[0])
    if organisation.is_active and not is_active:
        _nothing_hangs_on(organisation, timezone.localdate(at))
    successor = organisation.successor
    if is_active and successor is not None:
        raise NotAllowedNowError(
            msg("%(organisation)s was merged into %(successor)s and stays closed; nothing was changed."),
            organisation=organisation.name,
            successor=successor.name,
        )
    if before[:2] != names:
        past_kept(organisation, PastWhy.RENAMED, at)
    organisation.name, organisation.short_name = names
    organisation.is_active = is_active
    organisation.full_clean(validate_unique=False)
    organisation.save(update_fields=["name", "short_name", "is_active"])
    renamed(Named.ORGANISATION, organisation.pk, organisation.label)
    recorded(
        organisation=organisation,
        name="accounts.organisation.edited",
        actor=actor,
        at=at,
        subject=("organisation", organisation.pk),
        values={
            "before": {"name": before[0], "short_name": before[1], "is_active": before[2]},
            "after": {"name": names[0], "short_name": names[1], "is_active": is_active},
        },
    )
    return organisation


def past_kept(organisation: Organisation, why: PastWhy, at: datetime) -> None:
    """Keeps how an organisation stands, before it changes (沿革)."""
    parent_path = str(organisation.path)[: -organisation.steplen]
    OrganisationPast.objects.create(
        organisation=organisation,
        why=why,
        name=organisation.name,
        short_name=organisation.short_name,
        parent=Organisation.objects.filter(path=parent_path).first(),
        until=at,
    )


def names_checked(name: str, short_name: str) -> tuple[str, str]:
    """Name and short name as they are kept.

    Raises:
        InvalidError: when one is too long or the name is missing.
    """
    missing = msg("The organisation has no name; give the one it uses in documents.")
    return (
        line_checked(name, most=200, missing=missing),
        line_checked(short_name, most=50, missing=missing, required=False),
    )


def kind_checked(kind: OrganisationKind | str) -> OrganisationKind:
    """The kind of organisation.

    Raises:
        InvalidError: when it is unknown.
    """
    try:
        return OrganisationKind(kind)
    except ValueError:
        raise InvalidError(
            msg("“%(kind)s” is no kind of organisation; choose one from the list."), kind=str(kind)[:40]
        ) from None


def name_free(parent_path: str, depth: int, name: str) -> None:
    """Sees that no organisation has the name at a place.

    Raises:
        NotAllowedNowError: when one has it.
    """
    if Organisation.objects.filter(path__startswith=parent_path, depth=depth, name=name).exists():
        raise NotAllowedNowError(
            msg("There is an organisation “%(name)s” at this place already. Use it, or choose another name."),
            name=name,
        )


def _nothing_hangs_on(organisation: Organisation, on: date) -> None:
    below = {"path__startswith": organisation.path}
    if organisation.path == organisation.root_path:
        raise NotAllowedNowError(
            msg("%(organisation)s is the root organisation and stays open."), organisation=organisation.name
        )
    if (
        Person.objects.filter(organisation__path__startswith=organisation.path, is_active=True).exists()
        or Post.objects.filter(open_on(on), organisation__path__startswith=organisation.path).exists()
        or Organisation.objects.filter(**below, is_active=True).exclude(pk=organisation.pk).exists()
    ):
        raise NotAllowedNowError(
            msg(
                "%(organisation)s still has people, posts or open organisations below it. Close or move "
                "those first; "
                "nothing was changed."
            ),
            organisation=organisation.name,
        )
