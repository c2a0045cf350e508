"""Changes of passwords (密码)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.errors import NotOnOneselfError, PasswordRefusedError, PasswordWrongError
from zhenggai.accounts.kinds import SignInEnd
from zhenggai.accounts.models import Person
from zhenggai.accounts.selectors import actor_standing
from zhenggai.accounts.services.counting import try_count, try_forgive
from zhenggai.accounts.services.signing_in import Place, sign_in_failed, sign_ins_end_all
from zhenggai.accounts.services.standing import (
    administered_wholly,
    administrators_elsewhere,
    person_locked,
    recorded,
)
from zhenggai.domain.actions import Action
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor

PASSWORD_MOST = 200
UNKNOWN_PLACE: Final = Place("")
# letters and digits that nobody mistakes for each other when they are read out
_PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"
_REASONS: Final[dict[str, str]] = {
    "password_too_short": msg("It has fewer than %(min_length)s characters."),
    "password_too_similar": msg("It is too much like the user name or the name."),
    "password_names_holder": msg("It holds the user name or the name, or a piece of them, or their pinyin."),
    "password_few": msg("It has fewer than %(least)s different characters."),
    "password_too_common": msg("It is one of the passwords that are guessed first."),
    "password_entirely_numeric": msg("It is made of digits alone."),
}


def one_time_password() -> str:
    """A password to be handed over and changed at the first sign-in (一次性密码); 79 bits of chance."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(4)) for _ in range(4))


@transaction.atomic
def password_reset(*, person_id: int, password: str, actor: Actor, at: datetime) -> Person:
    """Sets a one-time password for somebody else (重置密码); it stays visible beside later signatures.

    Every sign-in of the person ends, and the next one opens nothing but the change of this password.

    Raises:
        NotFoundError: when the person is not the actor's to see.
        NotPermittedError: when it is the actor himself or another administrator, or the actor is not security
            administrator of every organisation that the person has a post in.
        PasswordRefusedError: when the password is too weak.
    """
    person = person_locked(person_id, actor)
    if person.pk == actor.person_id:
        raise NotOnOneselfError
    today = timezone.localdate(at)
    administered_wholly(actor_standing(actor, today), person, today, Action.PASSWORD_RESET)
    administrators_elsewhere(person)
    password_checked(password, person)
    person.set_password(password)
    person.password_reset_at, person.password_reset_by_id = at, actor.person_id
    person.must_change_password = True
    person.save(update_fields=["password", "password_reset_at", "password_reset_by", "must_change_password"])
    sign_ins_end_all(person, SignInEnd.PASSWORD, actor, at)
    recorded(
        organisation=person.organisation,
        name="accounts.password.reset",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={"person": person.name},
    )
    return person


def password_change(
    *,
    old_password: str,
    new_password: str,
    actor: Actor,
    at: datetime,
    keep_id: int | None = None,
    place: Place = UNKNOWN_PLACE,
) -> Person:
    """Sets the actor's own password (修改密码); every sign-in but the one with the id ``keep_id`` ends.

    Counted like a sign-in, before the present password is looked at: a session left open or stolen is no
    way to guess it.

    Raises:
        SignInWaitsError: when too many tries failed; nothing was looked at.
        PasswordWrongError: when the present password is not the one given.
        PasswordRefusedError: when the new one is too weak, or the present one.
    """
    username = Person.objects.values_list("username", flat=True).get(pk=actor.person_id)
    minutes = try_count(username=username, address=place.address, at=at)
    try:
        person = _changed(old_password, new_password, actor, at, keep_id)
    except PasswordWrongError:
        sign_in_failed(username=username, place=place, minutes=minutes, at=at)
        raise
    except PasswordRefusedError:
        # the present one was right
        try_forgive(username=username, address=place.address, whole=False)
        raise
    try_forgive(username=username, address=place.address, whole=True)
    return person


@transaction.atomic
def _changed(old_password: str, new_password: str, actor: Actor, at: datetime, keep_id: int | None) -> Person:
    person = person_locked(actor.person_id, actor)
    if not person.check_password(old_password):
        raise PasswordWrongError
    if new_password == old_password:
        raise PasswordRefusedError(reasons=Message(msg("It is the present one; choose another.")))
    password_checked(new_password, person)
    person.set_password(new_password)
    person.password_changed_at = at
    person.must_change_password = False
    person.save(update_fields=["password", "password_changed_at", "must_change_password"])
    sign_ins_end_all(person, SignInEnd.PASSWORD, actor, at, keep_id=keep_id)
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
