"""Tokens for other programs (接口令牌): made by a person, shown once, ended by hand or with the sign-ins."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from zhenggai.accounts.errors import PasswordWrongError, TokensManyError
from zhenggai.accounts.kinds import SignInEnd, TokenReach
from zhenggai.accounts.models import ApiToken, Person
from zhenggai.accounts.services.counting import try_count, try_forgive
from zhenggai.accounts.services.signing_in import Place, sign_in_failed
from zhenggai.accounts.services.standing import line_checked, person_locked, recorded
from zhenggai.accounts.services.token_ends import ended
from zhenggai.domain.errors import InvalidError, NotFoundError, ZhenggaiError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor

PREFIX: Final = "zg_"
TOKENS_MOST: Final = 10
DAYS_MOST: Final = 366
SEEN_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A new token; ``secret`` is shown now and never again."""

    token: ApiToken
    secret: str


def token_make(
    *, label: str, reach: TokenReach, days: int, password: str, place: Place, actor: Actor, at: datetime
) -> TokenMade:
    """Makes a token for a program of the actor's own (生成接口令牌), good for ``days`` days.

    The password is asked for once more and counted like a sign-in: a session left open makes no key that
    outlives it.

    :raises SignInWaitsError: when too many tries failed; nothing was looked at.
    :raises PasswordWrongError: when the password is not the actor's.
    :raises InvalidError: when the label is empty or too long, or the days are none or more than 366.
    :raises TokensManyError: when ten stand already.
    """
    username = Person.objects.values_list("username", flat=True).get(pk=actor.person_id)
    minutes = try_count(username=username, address=place.address, at=at)
    try:
        made = _made(label, reach, days, password, actor, at)
    except PasswordWrongError:
        sign_in_failed(username=username, place=place, minutes=minutes, at=at)
        raise
    except ZhenggaiError:
        # the password was right, what was asked for is not possible
        try_forgive(username=username, address=place.address, whole=False)
        raise
    try_forgive(username=username, address=place.address, whole=True)
    return made


@transaction.atomic
def _made(label: str, reach: TokenReach, days: int, password: str, actor: Actor, at: datetime) -> TokenMade:
    person = person_locked(actor.person_id, actor)
    if not person.check_password(password):
        raise PasswordWrongError
    line = line_checked(label, most=100, missing=msg("Say which program the token is for; it is made then."))
    if not 1 <= days <= DAYS_MOST:
        raise InvalidError(
            msg(
                "A token is good for 1 to %(most)s days, and %(days)s is none of them; choose another number."
            ),
            most=DAYS_MOST,
            days=days,
        )
    standing = ApiToken.objects.filter(person=person, ended_at__isnull=True, expires_at__gt=at)
    if standing.count() >= TOKENS_MOST:
        raise TokensManyError(most=TOKENS_MOST)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person,
        label=line,
        digest=digest_of(secret),
        reach=TokenReach(reach).value,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    recorded(
        organisation=person.organisation,
        name="accounts.token.made",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={"label": line, "reach": token.reach, "expires": token.expires_at.isoformat()},
    )
    return TokenMade(token, secret)


@transaction.atomic
def token_end(*, token_id: int, actor: Actor, at: datetime) -> None:
    """Ends one of the actor's own tokens (停用接口令牌).

    :raises NotFoundError: when it is not the actor's, or has ended already.
    """
    person = person_locked(actor.person_id, actor)
    row = ApiToken.objects.filter(pk=token_id, person=person, ended_at__isnull=True).first()
    if row is None:
        raise NotFoundError(msg("There is no such token of yours that still stands; load the page again."))
    ended(row, SignInEnd.ELSEWHERE, actor, at, person)


def token_seen(*, secret: str, at: datetime) -> ApiToken | None:
    """The standing token behind a secret (核验接口令牌), its person with it, and notes that it was used.

    :returns: None for an unknown, ended or expired one, and for one whose person may not sign in now.
    """
    if not secret.startswith(PREFIX) or len(secret) > 100 or not secret.isascii():
        return None
    rows = ApiToken.objects.select_related("person").filter(digest=digest_of(secret), ended_at__isnull=True)
    row = next(iter(rows.order_by()), None)
    if row is None or row.expires_at <= at or not row.person.is_active or row.person.must_change_password:
        return None
    if row.seen_at is None or at - row.seen_at >= SEEN_EVERY:
        ApiToken.objects.filter(pk=row.pk, ended_at__isnull=True).update(seen_at=at)
    return row


def digest_of(secret: str) -> str:
    """A plain digest is enough: nobody can try out 256 bits of chance."""
    return hashlib.sha256(secret.encode()).hexdigest()
