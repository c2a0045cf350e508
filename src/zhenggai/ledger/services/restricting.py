"""Keeping a finding to listed people (限定知悉范围): restrict, list, take off the list, lift.

Source: DOMAIN §15. What the list does to reading and acting is said by `domain.policy` and
`ledger.visibility`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhenggai.accounts.staff import staff_over
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.fixing import WORKING_ROLES
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.assignable import readers_possible
from zhenggai.ledger.errors import InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.facts import readers_listed
from zhenggai.ledger.keepers import keeps_any
from zhenggai.ledger.models import Finding, FindingReader
from zhenggai.ledger.services.standing import begin, piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from zhenggai.accounts.models import Organisation, Person
    from zhenggai.domain.actor import Actor
    from zhenggai.domain.restricting import RestrictionKind
    from zhenggai.ledger.services.standing import Change

_FAMILY = msg(
    "The fault of this finding came back, and the restriction is lifted from all its findings at once. You "
    "are not on the list of every one of them: somebody who is can lift it. Nothing was changed."
)


@transaction.atomic
def finding_restrict(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    kind: RestrictionKind,
    reason: str,
    reader_ids: Sequence[int] = (),
) -> Finding:
    """Restricts a finding to listed people (限定知悉): whoever does it, and those named, at once.

    Leader, unit and everybody else who is not named lose sight of it with this. Of a fault that came back
    every other finding is restricted with it, to the same people: each of them tells of the others.

    :raises RestrictionStandsError: when it is restricted already.
    :raises InvalidFieldError: when somebody who is named cannot be listed.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    family = _family_locked(finding_id)
    action = Action.FINDING_RESTRICT
    changes = [begin(actor=actor, at=at, action=action, finding_id=finding_id, version=version)]
    changes += [
        begin(actor=actor, at=at, action=action, finding_id=each.pk, version=each.version)
        for each in family
        if not each.restricted
    ]
    for change in changes:
        finding = change.finding
        people = _people(change, [actor.person_id, *reader_ids])
        finding.restricted = kind.value
        finding.restricted_at = at
        finding.restricted_by_id = actor.person_id
        change.say(LedgerEvent.FINDING_RESTRICTED, restriction=kind.value, reason=decision_reason(reason))
        readers_put(change, people)
    fresh, *_others = [change.finish() for change in changes]
    return fresh


@transaction.atomic
def finding_reader_add(
    *, actor: Actor, at: datetime, finding_id: int, version: int, reader_ids: Sequence[int]
) -> Finding:
    """Puts people on the list of a restricted finding (增列知悉人).

    :raises NotRestrictedError: when the finding is not restricted.
    :raises InvalidFieldError: when nobody is named, or somebody cannot be listed.
    :raises StandsOtherwiseError: when one of them is listed already.
    """
    change = begin(actor=actor, at=at, action=Action.READER_ADD, finding_id=finding_id, version=version)
    known = {each.person_id: each.person for each in readers_listed(change.finding)}
    for person_id in reader_ids:
        if person_id in known:
            raise StandsOtherwiseError(
                msg("%(name)s is on the list already; nothing was changed."), name=known[person_id].name
            )
    people = _people(change, reader_ids)
    if not people:
        raise InvalidFieldError(msg("Choose whom to put on the list; nothing was changed."))
    readers_put(change, people)
    return change.finish()


@transaction.atomic
def finding_reader_withdraw(
    *, actor: Actor, at: datetime, finding_id: int, version: int, reader_id: int, reason: str
) -> Finding:
    """Takes a person off the list (移出知悉人), with the reason; the row stays.

    :raises NotRestrictedError: when the finding is not restricted.
    :raises StandsOtherwiseError: when the person is off it already, or nobody would be left to keep it.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.READER_WITHDRAW, finding_id=finding_id, version=version)
    finding = change.finding
    reader: FindingReader = piece(finding, "readers", reader_id)
    if reader.withdrawn_at is not None:
        raise StandsOtherwiseError(
            msg("%(name)s is not on the list any more; nothing was changed."), name=reader.person.name
        )
    others = {each.person_id for each in readers_listed(finding)} - {reader.person_id}
    if not keeps_any(finding, others, timezone.localdate(at)):
        raise StandsOtherwiseError(
            msg(
                "Without %(name)s nobody of the office or the leading group would be on the list, and nobody "
                "could change it any more. Put another one on it first; nothing was changed."
            ),
            name=reader.person.name,
        )
    said = decision_reason(reason)
    _withdraw(change, [reader], said)
    change.say(
        LedgerEvent.READER_WITHDRAWN,
        reader=reader.person.name,
        person_id=reader.person_id,
        reader_id=reader.pk,
        reason=said,
    )
    return change.finish()


@transaction.atomic
def finding_unrestrict(*, actor: Actor, at: datetime, finding_id: int, version: int, reason: str) -> Finding:
    """Lifts the restriction (解除限定), with the reason: from now on posts decide again who sees the finding.

    Of a fault that came back it is lifted from every finding at once.

    :raises StandsOtherwiseError: when the actor is not listed for another finding of the same fault.
    :raises NotRestrictedError: when the finding is not restricted.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    family = [each for each in _family_locked(finding_id) if each.restricted]
    action = Action.FINDING_UNRESTRICT
    changes = [begin(actor=actor, at=at, action=action, finding_id=finding_id, version=version)]
    rows = FindingReader.objects.filter(finding__in=family, person=actor.person_id, withdrawn_at=None)
    if rows.count() != len(family):
        raise StandsOtherwiseError(_FAMILY)
    changes += [
        begin(actor=actor, at=at, action=action, finding_id=each.pk, version=each.version) for each in family
    ]
    fresh, *_others = [_lift(change, decision_reason(reason)) for change in changes]
    return fresh


def _family_locked(finding_id: int) -> list[Finding]:
    """The other findings of a fault that came back (同源问题), in order, locked before any is changed."""
    own = Finding.objects.filter(pk=finding_id).values_list("origin_id", flat=True).first()
    family = Q(pk=own or finding_id) | Q(origin=own or finding_id)
    rows = Finding.objects.select_for_update(of=("self",), no_key=True).filter(family).order_by("pk")
    return [each for each in rows if each.pk != finding_id]


def _lift(change: Change, said: str) -> Finding:
    finding = change.finding
    readers = readers_listed(finding)
    finding.restricted = ""
    finding.restricted_at = finding.restricted_by_id = None
    change.say(
        LedgerEvent.FINDING_UNRESTRICTED,
        reason=said,
        reader_ids=[each.pk for each in readers],
    )
    fresh = change.finish()
    # the last one leaves the list of a finding that is not restricted any more
    _withdraw(change, readers, said)
    return fresh


def readers_put(change: Change, people: Iterable[Person]) -> None:
    """Puts people on the list of the finding that changes."""
    for person in people:
        row = FindingReader.objects.create(
            finding=change.finding, person=person, granted_by_id=change.actor.person_id, at=change.at
        )
        change.say(LedgerEvent.READER_ADDED, reader=person.name, person_id=person.pk, reader_id=row.pk)
    change.renew("readers")


def leader_listed(change: Change, leader: Person, *, list_leader: bool = False) -> None:
    """Refuses a leader who does not see the finding, or lists that person where this was asked for.

    :raises InvalidFieldError: when a restricted finding would be led by somebody who is not on its list.
    """
    finding = change.finding
    if not finding.restricted or leader.pk in {each.person_id for each in readers_listed(finding)}:
        return
    if not list_leader:
        raise InvalidFieldError(
            msg(
                "The finding is restricted, and %(name)s is not on its list, so would not see what there is "
                "to lead. Say that the leader is put on the list, or choose one who is on it; nothing was "
                "changed."
            ),
            name=leader.name,
        )
    readers_put(change, _people(change, [leader.pk]))


def unit_listed(change: Change, unit: Organisation) -> None:
    """Refuses a unit of which nobody sees the finding.

    :raises InvalidFieldError: when no handler or head of it is on the list of a restricted finding.
    """
    finding = change.finding
    if not finding.restricted:
        return
    workers = staff_over(unit.path, sorted(WORKING_ROLES), timezone.localdate(change.at))
    if not workers.filter(pk__in=[each.person_id for each in readers_listed(finding)]).exists():
        raise InvalidFieldError(
            msg(
                "The finding is restricted, and no handler or head of “%(unit)s” is on its list, so nobody "
                "there could work on it. Put one of them on the list first; nothing was changed."
            ),
            unit=unit.name,
        )


def _people(change: Change, person_ids: Iterable[int]) -> list[Person]:
    wanted = list(dict.fromkeys(person_ids))
    possible = readers_possible(change.finding, timezone.localdate(change.at))
    people = {each.pk: each for each in possible.filter(pk__in=wanted)}
    if len(people) != len(wanted):
        raise InvalidFieldError(
            msg(
                "Somebody chosen holds no post that works here, or administers, and cannot be on the list. "
                "Choose others; nothing was changed."
            )
        )
    return [people[each] for each in wanted]


def _withdraw(change: Change, readers: Sequence[FindingReader], reason: str) -> None:
    for reader in readers:
        reader.withdrawn_at = change.at
        reader.withdrawn_by_id = change.actor.person_id
        reader.withdrawn_reason = reason
        reader.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
