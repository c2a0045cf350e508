"""The second factor (第二验证方式): set up, asked for, taken away."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.errors import CodeRefusedError, NotActiveError, NotOnOneselfError
from zhenggai.accounts.kinds import SignInEnd
from zhenggai.accounts.models import Factor, FactorRemoval, Person, RecoveryCode, SignIn
from zhenggai.accounts.sealing import digest_of, sealed, unsealed
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
from zhenggai.domain.actor import Actor
from zhenggai.domain.errors import NotAllowedNowError
from zhenggai.domain.messages import msg
from zhenggai.domain.totp import SECRET_BYTES, step_fitting, typed_folded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhenggai.proofs.chain import Json

RECOVERY_CODES: Final = 10
_PLAIN: Final = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def factor_begin(*, actor: Actor, at: datetime) -> bytes:
    """A secret for the actor's app (绑定动态口令); the one begun and not confirmed before stays the same.

    Raises:
        NotAllowedNowError: when the actor has a second factor already.
    """
    person = person_locked(actor.person_id, actor)
    there = Factor.objects.filter(person=person).first()
    if there is not None and there.confirmed_at is not None:
        raise NotAllowedNowError(
            msg("You have a second factor already. Take it away first, with a code of it, to set up another.")
        )
    secret = unsealed(there.secret) if there else None
    if secret is None:
        secret = secrets.token_bytes(SECRET_BYTES)
        Factor.objects.update_or_create(
            person=person, defaults={"secret": sealed(secret), "created_at": at, "last_step": None}
        )
    return secret


@transaction.atomic
def factor_confirm(*, code: str, sign_in_id: int, actor: Actor, at: datetime) -> list[str]:
    """Takes the factor into use once a code of it fits (启用动态口令); every other sign-in ends.

    Returns:
        Ten recovery codes, which are kept as digests alone.

    Raises:
        NotAllowedNowError: when none was begun.
        CodeRefusedError: when the code does not fit.
    """
    person = person_locked(actor.person_id, actor)
    factor = (
        Factor.objects.select_for_update(no_key=True).filter(person=person, confirmed_at__isnull=True).first()
    )
    if factor is None:
        raise NotAllowedNowError(msg("No second factor was begun; load the page again and begin there."))
    step = step_fitting(unsealed(factor.secret) or b"", code, at, None)
    if step is None:
        raise CodeRefusedError
    factor.confirmed_at, factor.last_step = at, step
    factor.save(update_fields=["confirmed_at", "last_step"])
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=digest_of(typed_folded(each))) for each in codes
    )
    sign_ins_end_all(person, SignInEnd.FACTOR, actor, at, keep_id=sign_in_id)
    SignIn.objects.filter(pk=sign_in_id, person=person).update(with_factor=True)
    _recorded(person, "accounts.factor.set_up", actor, at, {})
    return codes


def factor_check(*, person_id: int, code: str, place: Place, at: datetime) -> None:
    """Sees that the code is one of the person's app, or a recovery code not used yet (验证动态口令).

    Counted like a password, before it is looked at.

    Raises:
        SignInWaitsError: when too many tries failed; nothing was looked at.
        CodeRefusedError: when it does not fit or was used already.
    """
    person = Person.objects.select_related("organisation").get(pk=person_id)
    minutes = try_count(username=person.username, address=place.address, at=at)
    if not _spent(person, code, place, at):
        sign_in_failed(username=person.username, place=place, minutes=minutes, at=at)
        raise CodeRefusedError


def factor_remove_own(*, code: str, place: Place, sign_in_id: int, actor: Actor, at: datetime) -> None:
    """Takes the actor's own factor away, with a code of it (停用动态口令), to set up another.

    Raises:
        SignInWaitsError: when too many tries failed.
        CodeRefusedError: when the code does not fit, or there is no factor.
    """
    factor_check(person_id=actor.person_id, code=code, place=place, at=at)
    with transaction.atomic():
        person = person_locked(actor.person_id, actor)
        try_forgive(username=person.username, address=place.address, whole=False)
        _gone(person)
        sign_ins_end_all(person, SignInEnd.FACTOR, actor, at, keep_id=sign_in_id)
        SignIn.objects.filter(pk=sign_in_id, person=person).update(with_factor=False)
        _recorded(person, "accounts.factor.removed", actor, at, {"person": person.name})


@transaction.atomic
def factor_remove(*, person_id: int, actor: Actor, at: datetime) -> Person:
    """Takes the lost factor of somebody else away (解除他人动态口令); that shows beside later signatures.

    Raises:
        NotFoundError: when the person is not the actor's to see.
        NotPermittedError: when it is the actor himself or another administrator, or the actor is not security
            administrator of every organisation that the person has a post in.
        NotActiveError: when the person has none.
    """
    person = person_locked(person_id, actor)
    if person.pk == actor.person_id:
        raise NotOnOneselfError
    today = timezone.localdate(at)
    administered_wholly(actor_standing(actor, today), person, today, Action.FACTOR_REMOVE)
    administrators_elsewhere(person)
    _gone(person)
    FactorRemoval.objects.create(person=person, at=at)
    sign_ins_end_all(person, SignInEnd.FACTOR, actor, at)
    _recorded(person, "accounts.factor.removed", actor, at, {"person": person.name})
    return person


@transaction.atomic
def _spent(person: Person, code: str, place: Place, at: datetime) -> bool:
    """Whether the code fits, and has not been used; from now on it has."""
    factor = (
        Factor.objects.select_for_update(no_key=True)
        .filter(person=person, confirmed_at__isnull=False)
        .first()
    )
    if factor is None:
        return False
    secret = unsealed(factor.secret) or secrets.token_bytes(SECRET_BYTES)
    step = step_fitting(secret, code, at, factor.last_step)
    if step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return True
    unused = RecoveryCode.objects.filter(
        factor=factor, digest=digest_of(typed_folded(code)), used_at__isnull=True
    )
    if unused.update(used_at=at) != 1:
        return False
    left = factor.recovery_codes.filter(used_at__isnull=True).count()
    values: dict[str, Json] = {"address": place.address, "device": place.device, "left": left}
    _recorded(person, "accounts.factor.recovery_used", Actor(person.pk, person.name), at, values)
    return True


def _gone(person: Person) -> None:
    if not Factor.objects.filter(person=person, confirmed_at__isnull=False).delete()[0]:
        raise NotActiveError(msg("%(person)s has no second factor; nothing was changed."), person=person.name)


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(5)) for _ in range(2))


def _recorded(person: Person, name: str, actor: Actor, at: datetime, values: Mapping[str, Json]) -> None:
    recorded(
        organisation=person.organisation,
        name=name,
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values=values,
    )
