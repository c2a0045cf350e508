"""Changes of passwords (密码)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from zhenggai.accounts.errors import NotOnOneselfError, PasswordRefusedError, PasswordWrongError
from zhenggai.accounts.services.standing import administered_wholly, person_locked, recorded
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.accounts.models import Person
    from zhenggai.domain.actor import Actor

PASSWORD_MOST = 200
_REASONS: Final[dict[str, str]] = {
    "password_too_short": msg("It has fewer than %(min_length)s characters."),
    "password_too_similar": msg("It is too much like the user name or the name."),
    "password_too_common": msg("It is one of the passwords that are guessed first."),
    "password_entirely_numeric": msg("It is made of digits alone."),
}


@transaction.atomic
def password_reset(*, person_id: int, password: str, actor: Actor, at: datetime) -> Person:
    """Sets the password of somebody else (重置密码); it stays visible beside later signatures.

    Raises:
        NotFoundError: when the person is not the actor's to see.
        NotPermittedError: when it is the actor himself, or the actor does not administer every organisation
            that the person has a post in.
        PasswordRefusedError: when the password is too weak.
    """
    person = person_locked(person_id, actor)
    if person.pk == actor.person_id:
        raise NotOnOneselfError
    administered_wholly(actor, person)
    password_checked(password, person)
    person.set_password(password)
    person.password_reset_at = at
    person.save(update_fields=["password", "password_reset_at"])
    recorded(
        organisation=person.organisation,
        name="accounts.password.reset",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={"person": person.name},
    )
    return person


@transaction.atomic
def password_change(*, old_password: str, new_password: str, actor: Actor, at: datetime) -> Person:
    """Sets the actor's own password (修改密码).

    Raises:
        PasswordWrongError: when the present password is not the one given.
        PasswordRefusedError: when the new one is too weak.
    """
    person = person_locked(actor.person_id, actor)
    if not person.check_password(old_password):
        raise PasswordWrongError
    password_checked(new_password, person)
    person.set_password(new_password)
    person.password_changed_at = at
    person.save(update_fields=["password", "password_changed_at"])
    recorded(
        organisation=person.organisation,
        name="accounts.password.changed",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={},
    )
    return person


def password_checked(password: str, person: Person) -> None:
    """Asks the validators of the settings.

    Raises:
        PasswordRefusedError: with every reason as a sentence.
    """
    if len(password) > PASSWORD_MOST or "\x00" in password:
        raise PasswordRefusedError(
            reasons=Message(
                msg("It has more than %(most)s characters, or one that cannot be typed."),
                {"most": PASSWORD_MOST},
            )
        )
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PasswordRefusedError(
            reasons=_sentences([_reason(each) for each in error.error_list])
        ) from error


def _reason(error: ValidationError) -> Any:
    template = _REASONS.get(error.code or "")
    return Message(template, error.params or {}) if template else " ".join(error.messages)


def _sentences(parts: list[Any]) -> Any:
    together = parts[-1]
    for part in reversed(parts[:-1]):
        together = Message(msg("%(first)s %(rest)s"), {"first": part, "rest": together})
    return together
