"""Changes to people (人员变更)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhenggai.accounts.errors import (
    NotActiveError,
    NotOnOneselfError,
    UsernameInvalidError,
    UsernameTakenError,
)
from zhenggai.accounts.kinds import Language, SignInEnd, Theme
from zhenggai.accounts.models import Organisation, Person
from zhenggai.accounts.renames import Named, renamed
from zhenggai.accounts.services.passwords import password_checked
from zhenggai.accounts.services.posts import posts_end_all
from zhenggai.accounts.services.signing_in import sign_ins_end_all
from zhenggai.accounts.services.standing import (
    administered_wholly,
    judged,
    line_checked,
    organisation_locked,
    person_locked,
    recorded,
)
from zhenggai.accounts.usernames import username_folded, username_is_valid
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Actor
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from datetime import datetime

_NO_NAME = msg("The person has no name; give the one to be shown beside what they do.")


@transaction.atomic
def person_create(
    *,
    organisation_id: int,
    username: str,
    name: str,
    password: str,
    phone: str = "",
    must_change_password: bool = True,
    actor: Actor,
    at: datetime,
) -> Person:
    """Opens an account for a person of an organisation (新增人员). Without a post it may do nothing.

    ``must_change_password`` is false for invented people alone, whose passwords are printed anyway.

    Raises:
        NotFoundError: when the organisation is not the actor's to see.
        NotPermittedError: when the actor does not administer it.
        NotActiveError: when it is closed.
        UsernameInvalidError: when the user name cannot be used.
        UsernameTakenError: when somebody else has it.
        PasswordRefusedError: when the password is too weak.
        InvalidError: when the name is missing or something is too long.
    """
    organisation = _taking_people(organisation_id, actor)
    person = person_checked(username=username, name=name, phone=phone, organisation=organisation, at=at)
    password_checked(password, person)
    return _opened(person, make_password(password), actor, at, must_change_password=must_change_password)


@transaction.atomic
def person_open(
    *,
    organisation_id: int,
    username: str,
    name: str,
    phone: str,
    hashed: str,
    actor: Actor,
    at: datetime,
) -> Person:
    """As `person_create`, with a one-time password hashed before: hashing many takes long.

    Raises:
        NotFoundError: when the organisation is not the actor's to see.
        NotPermittedError: when the actor does not administer it.
        NotActiveError: when it is closed.
        UsernameInvalidError: when the user name cannot be used.
        UsernameTakenError: when somebody else has it.
        InvalidError: when the name is missing or something is too long.
    """
    organisation = _taking_people(organisation_id, actor)
    person = person_checked(username=username, name=name, phone=phone, organisation=organisation, at=at)
    return _opened(person, hashed, actor, at, must_change_password=True)


def _taking_people(organisation_id: int, actor: Actor) -> Organisation:
    organisation = organisation_locked(organisation_id, actor)
    judged(actor, Action.PERSON_MANAGE, organisation)
    if not organisation.is_active:
        raise NotActiveError(
            msg("%(organisation)s is closed and takes no further people; open it again first."),
            organisation=organisation.name,
        )
    return organisation


def _opened(person: Person, hashed: str, actor: Actor, at: datetime, *, must_change_password: bool) -> Person:
    organisation, person.password = person.organisation, hashed
    # somebody else knows this password until the person sets one
    person.password_reset_at, person.password_reset_by_id = at, actor.person_id
    person.must_change_password = must_change_password
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise UsernameTakenError(username=person.username) from None
    recorded(
        organisation=organisation,
        name="accounts.person.created",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={
            "person": person.name,
            "username": person.username,
            "phone": person.phone,
            "organisation": organisation.name,
        },
    )
    return person


@transaction.atomic
def person_edit(*, person_id: int, name: str, phone: str, actor: Actor, at: datetime) -> Person:
    """Changes the name or telephone number of a person (修改人员信息).

    Raises:
        NotFoundError: when the person is not the actor's to see.
        NotPermittedError: when the actor does not administer every organisation the person has a post in.
        InvalidError: when the name is missing or something is too long.
    """
    person = person_locked(person_id, actor)
    administered_wholly(actor, person, timezone.localdate(at))
    before: dict[str, str] = {"name": person.name, "phone": person.phone}
    after = {
        "name": line_checked(name, most=100, missing=_NO_NAME),
        "phone": line_checked(phone, most=40, missing=_NO_NAME, required=False),
    }
    if before == after:
        return person
    person.name, person.phone = after["name"], after["phone"]
    person.full_clean(validate_unique=False)
    person.save(update_fields=["name", "phone"])
    renamed(Named.PERSON, person.pk, person.name)
    recorded(
        organisation=person.organisation,
        name="accounts.person.edited",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={"before": before, "after": after},
    )
    return person


@transaction.atomic
def person_deactivate(*, person_id: int, actor: Actor, at: datetime) -> Person:
    """Closes the account of a person and ends every post (停用人员); what the person did stays.

    Raises:
        NotFoundError: when the person is not the actor's to see.
        NotPermittedError: when it is the actor himself, or the actor does not administer every organisation
            that the person has a post in.
        NotActiveError: when the account is closed already.
    """
    person = person_locked(person_id, actor)
    if person.pk == actor.person_id:
        raise NotOnOneselfError
    administered_wholly(actor, person, timezone.localdate(at))
    if not person.is_active:
        raise NotActiveError(
            msg("The account of %(person)s is closed already; nothing was changed."), person=person.name
        )
    ended = posts_end_all(person, timezone.localdate(at))
    person.is_active = False
    person.save(update_fields=["is_active"])
    sign_ins_end_all(person, SignInEnd.CLOSED, actor, at)
    recorded(
        organisation=person.organisation,
        name="accounts.person.deactivated",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={"person": person.name, "posts_ended": ended},
    )
    return person


@transaction.atomic
def person_activate(*, person_id: int, actor: Actor, at: datetime) -> Person:
    """Opens the closed account of a person again (启用人员), without any post.

    Raises:
        NotFoundError: when the person is not the actor's to see.
        NotPermittedError: when the actor does not administer the person's organisation.
        NotActiveError: when the account is open, or its organisation is closed.
    """
    person = person_locked(person_id, actor)
    judged(actor, Action.PERSON_MANAGE, person.organisation)
    if person.is_active:
        raise NotActiveError(
            msg("The account of %(person)s is open already; nothing was changed."), person=person.name
        )
    if not person.organisation.is_active:
        raise NotActiveError(
            msg("%(organisation)s is closed and takes no further people; open it again first."),
            organisation=person.organisation.name,
        )
    person.is_active = True
    person.save(update_fields=["is_active"])
    recorded(
        organisation=person.organisation,
        name="accounts.person.activated",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={"person": person.name},
    )
    return person


@transaction.atomic
def language_choose(*, language: Language | str, actor: Actor, at: datetime) -> Person:
    """Keeps the language in which the actor wants the pages (界面语言).

    Raises:
        InvalidError: when the language is not offered.
    """
    try:
        chosen = Language(language)
    except ValueError:
        raise InvalidError(
            msg("“%(language)s” is not offered; choose a language from the list."),
            language=str(language)[:20],
        ) from None
    return _preference_kept("language", chosen, actor, at)


@transaction.atomic
def theme_choose(*, theme: Theme | str, actor: Actor, at: datetime) -> Person:
    """Keeps how the actor wants the pages to look (界面外观).

    Raises:
        InvalidError: when there is no such look.
    """
    try:
        chosen = Theme(theme)
    except ValueError:
        raise InvalidError(
            msg("“%(theme)s” is not offered; choose light, dark, or as the device is set."),
            theme=str(theme)[:20],
        ) from None
    return _preference_kept("theme", chosen, actor, at)


def _preference_kept(name: str, chosen: Language | Theme, actor: Actor, at: datetime) -> Person:
    """Keeps and records what a person chose for their own pages; the same again changes nothing."""
    person = person_locked(actor.person_id, actor)
    before = getattr(person, name)
    if before == chosen:
        return person
    setattr(person, name, chosen)
    person.save(update_fields=[name])
    recorded(
        organisation=person.organisation,
        name=f"accounts.{name}.chosen",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={"before": before, "after": str(chosen)},
    )
    return person


def person_checked(
    *, username: str, name: str, phone: str, organisation: Organisation, at: datetime
) -> Person:
    """A person as they would be kept, not saved yet.

    Raises:
        UsernameInvalidError: when the user name cannot be used.
        InvalidError: when the name is missing or something is too long.
    """
    folded = username_folded(username)
    if not username_is_valid(folded):
        raise UsernameInvalidError(
            username=ascii(username)[1:61] if not username.isprintable() else username[:60]
        )
    return Person(
        username=folded,
        name=line_checked(name, most=100, missing=_NO_NAME),
        phone=line_checked(phone, most=40, missing=_NO_NAME, required=False),
        organisation=organisation,
        created_at=at,
    )
