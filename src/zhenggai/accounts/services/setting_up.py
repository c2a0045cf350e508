"""How a system gets its first two administrators (首次设置), and how it is saved from the shell (应急)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhenggai.accounts.errors import AlreadySetUpError, NotActiveError, UsernameTakenError
from zhenggai.accounts.kinds import OrganisationKind, SignInEnd, Warrant
from zhenggai.accounts.models import Factor, FactorRemoval, FailedSignIns, Organisation, Person, Post
from zhenggai.accounts.services.keeping_apart import separate
from zhenggai.accounts.services.organisations import kind_checked, names_checked
from zhenggai.accounts.services.passwords import password_checked
from zhenggai.accounts.services.people import person_checked
from zhenggai.accounts.services.signing_in import sign_ins_end_all
from zhenggai.accounts.services.standing import NO_SUCH_PERSON, recorded
from zhenggai.accounts.subjects import account_subject
from zhenggai.domain.actor import ADMIN_ROLES, ROLE_LABELS, Actor, Role
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhenggai.proofs.chain import Json

# whoever may use the shell of the server; a name for the trail, not for a page
SHELL: Final = Actor(0, "zhenggai administrator")


@transaction.atomic
def first_administrators_create(
    *,
    username: str,
    name: str,
    password: str,
    security_username: str,
    security_name: str,
    security_password: str,
    organisation_name: str,
    at: datetime,
    organisation_kind: OrganisationKind | str = OrganisationKind.AUTHORITY,
) -> tuple[Person, Person]:
    """Makes the root organisation with its system and its security administrator (首任管理员), two persons.

    Two are the fewest that can give any further post, since each of those takes both. The password of the
    second is one-time. There is no actor: the first administrator is recorded as having acted.

    Raises:
        AlreadySetUpError: when there is any person.
        UsernameTakenError: when both have one user name.
        InvalidError: when a name, a user name or a password cannot be used, or both have one name.
    """
    if Person.objects.exists():
        raise AlreadySetUpError
    title, short = names_checked(organisation_name, "")
    root = Organisation(name=title, short_name=short, kind=kind_checked(organisation_kind))
    first = person_checked(username=username, name=name, phone="", organisation=root, at=at)
    second = person_checked(
        username=security_username, name=security_name, phone="", organisation=root, at=at
    )
    if first.username == second.username:
        raise UsernameTakenError(username=second.username)
    if _same_name(first.name, second.name):
        raise InvalidError(
            msg(
                "Both administrators are called %(name)s, and the two are different persons. Where two "
                "people really have one name, add what tells them apart, as the unit in brackets; nothing "
                "was stored."
            ),
            name=second.name,
        )
    first.is_founder, first.password_changed_at = True, at
    second.password_reset_at, second.must_change_password = at, True
    for person, given in ((first, password), (second, security_password)):
        password_checked(given, person)
        person.set_password(given)
    try:
        with transaction.atomic():
            Organisation.objects.add_root(instance=root)
            first.save()
            second.password_reset_by = first
            second.save()
    except IntegrityError:
        # somebody else was first by a moment: there is one founder and one first root
        raise AlreadySetUpError from None
    for person, role in ((first, Role.SYSTEM_ADMIN), (second, Role.SECURITY_ADMIN)):
        _post(person, role, Warrant.SET_UP, first, at)
    recorded(
        organisation=root,
        name="accounts.system.set_up",
        actor=Actor(first.pk, first.name),
        at=at,
        subject=("person", first.pk),
        values={
            "person": first.name,
            "username": first.username,
            "security_admin": second.name,
            "security_username": second.username,
            "organisation": root.name,
        },
    )
    return first, second


def _same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for width, case and blanks."""
    folded = ("".join(unicodedata.normalize("NFKC", each).casefold().split()) for each in (one, other))
    return len(set(folded)) == 1


@transaction.atomic
def administrator_password_reset(*, username: str, password: str, at: datetime) -> Person:
    """Sets a one-time password for an administrator, from the shell of the server (应急重置密码).

    On the pages nobody does, since whoever set another administrator's password could act as both. A wait
    after failed sign-ins is lifted, a second factor taken away, and every sign-in ends.

    Raises:
        NotFoundError: when nobody signs in under the name.
        NotActiveError: when the account is closed.
        NotAllowedNowError: when the person administers nothing.
    """
    person = _locked(username)
    if not person.posts.filter(
        role__in=sorted(ADMIN_ROLES), ended_on__isnull=True, confirmed_at__isnull=False
    ).exists():
        raise NotAllowedNowError(
            msg(
                "%(person)s is no administrator. The security administrator sets the password of everybody "
                "else, on the page of the person."
            ),
            person=person.name,
        )
    password_checked(password, person)
    person.set_password(password)
    person.password_reset_at, person.password_reset_by = at, None
    person.must_change_password = True
    person.save(update_fields=["password", "password_reset_at", "password_reset_by", "must_change_password"])
    FailedSignIns.objects.filter(subject=account_subject(person.username)).delete()
    if Factor.objects.filter(person=person, confirmed_at__isnull=False).delete()[0]:
        FactorRemoval.objects.create(person=person, at=at)
        _recorded(person, "accounts.factor.removed", at, {"person": person.name, "from": Warrant.SHELL.value})
    sign_ins_end_all(person, SignInEnd.PASSWORD, SHELL, at)
    _recorded(person, "accounts.password.reset", at, {"person": person.name, "from": Warrant.SHELL.value})
    return person


@transaction.atomic
def administrator_appoint(*, username: str, role: Role, at: datetime) -> Post:
    """Gives an administrator's post that nobody holds, from the shell of the server (应急任职).

    Raises:
        NotFoundError: when nobody signs in under the name.
        NotActiveError: when the account is closed.
        NotAllowedNowError: when somebody holds the post at the root organisation.
        SeparationError: when the person signs, or is another of the three administrators.
        InvalidError: when the role administers nothing.
    """
    person = _locked(username)
    if role not in ADMIN_ROLES:
        raise InvalidError(
            msg("“%(role)s” does not administer, and is given on the pages."), role=Message(ROLE_LABELS[role])
        )
    holding = Post.objects.filter(
        role=role,
        organisation__depth=1,
        ended_on__isnull=True,
        confirmed_at__isnull=False,
        person__is_active=True,
    ).select_related("person")
    if there := holding.first():
        raise NotAllowedNowError(
            msg(
                "%(person)s is “%(role)s” already, so a further one is given on the pages, by two. If "
                "%(person)s cannot sign in, set a new password with “zhenggai administrator %(username)s”."
            ),
            person=there.person.name,
            username=there.person.username,
            role=Message(ROLE_LABELS[role]),
        )
    separate(person, role, timezone.localdate(at))
    Post.objects.filter(
        person=person, organisation__depth=1, role=role, ended_on__isnull=True, confirmed_at__isnull=True
    ).update(ended_on=timezone.localdate(at))
    post = _post(person, role, Warrant.SHELL, person, at)
    _recorded(
        person,
        "accounts.post.granted",
        at,
        {
            "person": person.name,
            "organisation": post.organisation.name,
            "role": role.value,
            "from": Warrant.SHELL.value,
        },
    )
    return post


def _locked(username: str) -> Person:
    try:
        found = Person.objects.get_by_natural_key(username)
    except Person.DoesNotExist:
        raise NotFoundError(NO_SUCH_PERSON) from None
    person = (
        Person.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=found.pk)
    )
    if not person.is_active:
        raise NotActiveError(msg("The account of %(person)s is closed."), person=person.name)
    return person


def _post(person: Person, role: Role, warrant: Warrant, by: Person, at: datetime) -> Post:
    root: Organisation = Organisation.objects.get(path=person.organisation.root_path)
    return Post.objects.create(
        person=person,
        organisation=root,
        role=role,
        started_on=timezone.localdate(at),
        granted_by=by,
        confirmed_by=by,
        confirmed_at=at,
        warrant=warrant,
    )


def _recorded(person: Person, name: str, at: datetime, values: Mapping[str, Json]) -> None:
    recorded(
        organisation=person.organisation,
        name=name,
        actor=SHELL,
        at=at,
        subject=("person", person.pk),
        values=values,
    )
