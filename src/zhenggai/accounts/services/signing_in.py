"""Signing in and out (登录、退出). Each is recorded in the chain of the root organisation, with the address.

These services have no actor: nobody is signed in yet. What a stranger does is recorded under no person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.contrib.auth import authenticate
from django.db import transaction

from zhenggai.accounts.errors import NotActiveError, SignInRefusedError
from zhenggai.accounts.kinds import SignInEnd
from zhenggai.accounts.models import Factor, FailedSignIns, Organisation, Person, SignIn
from zhenggai.accounts.services.counting import try_count, try_forgive
from zhenggai.accounts.services.standing import judged, person_locked, recorded
from zhenggai.accounts.services.token_ends import tokens_end_all
from zhenggai.accounts.sign_in_times import overdue
from zhenggai.accounts.subjects import account_subject
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Actor
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhenggai.proofs.chain import Json

NOBODY: Final = Actor(0, "—")
SEEN_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sits (登录地点): ``address`` of the network, ``device`` in a few words."""

    address: str
    device: str = ""


def sign_in(*, username: str, password: str, place: Place, at: datetime) -> Person:
    """Sees that user name and password belong together (登录验证); `sign_in_begin` comes next.

    A name that nobody has takes the same steps as any other, and so the same time. The try is counted in a
    transaction of its own before the password is looked at.

    Raises:
        SignInWaitsError: when too many tries failed; nothing was looked at.
        SignInRefusedError: when they do not belong together, or the account is closed.
    """
    minutes = try_count(username=username, address=place.address, at=at)
    person = authenticate(username=username, password=password)
    if not isinstance(person, Person):
        sign_in_failed(username=username, place=place, minutes=minutes, at=at)
        raise SignInRefusedError
    if Factor.objects.filter(person=person, confirmed_at__isnull=False).exists():
        # only this try: who knows the password must not be able to guess codes for ever
        try_forgive(username=username, address=place.address, whole=False)
    return person


@transaction.atomic
def sign_in_begin(*, person_id: int, place: Place, at: datetime, with_factor: bool = False) -> SignIn:
    """Notes that the person is signed in from now on (登录), and forgets the tries that failed before.

    To be called once `sign_in` has let the password pass, and `factor_check` the code, if one is asked for.

    Raises:
        SignInRefusedError: when the account was closed meanwhile.
    """
    person = (
        Person.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=person_id)
    )
    has_factor = Factor.objects.filter(person=person, confirmed_at__isnull=False).exists()
    if not person.is_active or (has_factor and not with_factor):
        raise SignInRefusedError
    try_forgive(username=person.username, address=place.address, whole=True)
    for row in SignIn.objects.filter(person=person, ended_at__isnull=True):
        why = overdue(row, at)
        if why is not None:
            _end(row, why, NOBODY, at, person)
    row = SignIn.objects.create(
        person=person,
        device=place.device[:100],
        address=place.address[:45],
        started_at=at,
        seen_at=at,
        with_factor=with_factor,
    )
    _recorded(person, "accounts.sign_in.began", _self(person), at, _where(place))
    return row


@transaction.atomic
def sign_in_failed(*, username: str, place: Place, minutes: int, at: datetime) -> None:
    """Records a try that failed (登录失败), and that the account waits from now on (锁定)."""
    person = _holder(username)
    names = ["accounts.sign_in.failed", *(["accounts.sign_in.locked"] if minutes else [])]
    for name in names:
        values = _where(place)
        if name.endswith("locked"):
            values["minutes"] = minutes
        _recorded(person, name, NOBODY, at, values)


def sign_in_seen(
    *, sign_in_id: object, person_id: int, at: datetime, is_work: bool = True
) -> SignIn | SignInEnd | None:
    """Asks, with every page, whether the sign-in still stands, and notes at most once a minute that it does.

    ``is_work`` is false for what a page asks for by itself: that keeps no sign-in from idling out.

    Returns:
        The sign-in; why it ended; None where there never was such a one.
    """
    if not isinstance(sign_in_id, int):
        return None
    row = SignIn.objects.filter(pk=sign_in_id, person_id=person_id).first()
    if row is None:
        return None
    if row.ended_at is not None:
        return SignInEnd(row.ended_why)
    why = overdue(row, at)
    if why is not None:
        with transaction.atomic():
            person = Person.objects.select_related("organisation").get(pk=person_id)
            _end(row, why, NOBODY, at, person)
        return why
    if is_work and at - row.seen_at >= SEEN_EVERY:
        SignIn.objects.filter(pk=row.pk, ended_at__isnull=True).update(seen_at=at)
    return row


@transaction.atomic
def sign_in_end(*, sign_in_id: int, actor: Actor, at: datetime, why: SignInEnd = SignInEnd.ELSEWHERE) -> None:
    """Ends one of the actor's own sign-ins (结束登录).

    Raises:
        NotFoundError: when it is not the actor's, or has ended already.
    """
    person = person_locked(actor.person_id, actor)
    row = SignIn.objects.filter(pk=sign_in_id, person=person, ended_at__isnull=True).first()
    if row is None or not _end(row, why, actor, at, person):
        raise NotFoundError(msg("There is no such sign-in of yours that still stands; load the page again."))


@transaction.atomic
def sign_ins_end_others(*, keep_id: int, actor: Actor, at: datetime) -> int:
    """Ends every sign-in of the actor but the present one (结束其他登录); how many."""
    person = person_locked(actor.person_id, actor)
    return sign_ins_end_all(person, SignInEnd.ELSEWHERE, actor, at, keep_id=keep_id)


def sign_ins_end_all(
    person: Person, why: SignInEnd, actor: Actor, at: datetime, *, keep_id: int | None = None
) -> int:
    """Ends every standing sign-in of a locked person, within the transaction of the change; how many.

    What ends them because something became of the account ends the tokens of its programs too.
    """
    if why is not SignInEnd.ELSEWHERE:
        tokens_end_all(person, why, actor, at)
    standing = SignIn.objects.filter(person=person, ended_at__isnull=True).order_by("pk")
    rows = standing if keep_id is None else standing.exclude(pk=keep_id)
    return sum(_end(row, why, actor, at, person) for row in rows)


@transaction.atomic
def sign_in_lock_lift(*, person_id: int, actor: Actor, at: datetime) -> Person:
    """Lets somebody sign in at once whose tries failed too often (解除锁定).

    Raises:
        NotFoundError: when the person is not the actor's to see.
        NotPermittedError: when the actor is not the one who lifts locks there.
        NotActiveError: when the account does not wait.
    """
    person = person_locked(person_id, actor)
    judged(actor, Action.LOCK_LIFT, person.organisation)
    waiting = FailedSignIns.objects.filter(
        subject=account_subject(person.username), blocked_until__gt=at
    ).delete()[0]
    if not waiting:
        raise NotActiveError(
            msg("The account of %(person)s does not wait; nothing was changed."), person=person.name
        )
    _recorded(person, "accounts.sign_in.unlocked", actor, at, {"person": person.name})
    return person


def _end(row: SignIn, why: SignInEnd, actor: Actor, at: datetime, person: Person) -> bool:
    ended = SignIn.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at, ended_why=why.value)
    if ended:
        values: dict[str, Json] = {"address": row.address, "device": row.device, "why": why.value}
        _recorded(person, "accounts.sign_in.ended", actor, at, values)
    return bool(ended)


def _holder(username: str) -> Person | None:
    try:
        return Person.objects.get_by_natural_key(username)
    except Person.DoesNotExist:
        return None


def _first_root() -> Organisation:
    root: Organisation = Organisation.objects.filter(depth=1).order_by("pk")[0]
    return root


def _self(person: Person) -> Actor:
    return Actor(person.pk, person.name)


def _where(place: Place) -> dict[str, Json]:
    return {"address": place.address[:45], "device": place.device[:100]}


def _recorded(
    person: Person | None, name: str, actor: Actor, at: datetime, values: Mapping[str, Json]
) -> None:
    organisation = person.organisation if person else _first_root()
    subject = ("person", person.pk) if person else ("organisation", organisation.pk)
    recorded(organisation=organisation, name=name, actor=actor, at=at, subject=subject, values=values)
