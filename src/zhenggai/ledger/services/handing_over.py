"""Handing open findings over from one responsible leader to another (移交)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import names_of, people_with_role
from zhenggai.domain.actor import Role
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.facts import request_open, worker_ids
from zhenggai.ledger.services.restricting import leader_listed
from zhenggai.ledger.services.standing import begin
from zhenggai.ledger.telling import handed_over_tell
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import chains_lock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from zhenggai.accounts.models import Person
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding
    from zhenggai.ledger.services.standing import Change

HANDED_MOST = 200


@transaction.atomic
def findings_hand_over(
    *, actor: Actor, at: datetime, from_id: int, to_id: int, versions: Mapping[int, int]
) -> list[Finding]:
    """Gives findings that one leader leads to another, all of them or none (移交).

    ``versions`` says of each finding, by its id, how the office saw it. Stage, units, dates and what was
    signed stay; a closure request that waits for the former leader waits for the new one. Who fixed a finding
    or signed another step of its request does not lead it.

    :raises FindingNotFoundError: when one is not there or not the actor's to see.
    :raises ActionDeniedError: when the actor is not of the rectification office.
    :raises StalePageError: when one changed since.
    :raises TransitionError: when one is not assigned yet, or closed.
    :raises StandsOtherwiseError: when one is not the former leader's.
    :raises InvalidFieldError: when nothing or too much is chosen, or the new leader cannot lead one of them.
    """
    if not versions or len(versions) > HANDED_MOST:
        raise InvalidFieldError(
            msg("Choose between 1 and %(most)s findings to hand over; %(count)s are chosen."),
            most=HANDED_MOST,
            count=len(versions),
        )
    # rows by primary key, then the heads of the chains, so that two of these never wait for each other
    changes = [
        begin(
            actor=actor,
            at=at,
            action=Action.FINDING_HAND_OVER,
            finding_id=finding_id,
            version=versions[finding_id],
        )
        for finding_id in sorted(versions)
    ]
    former = names_of([from_id]).get(from_id, "")
    on, known = timezone.localdate(at), dict[str, "Person | None"]()
    for change in changes:
        _handed(change, from_id, _leader(change, to_id, on, known), former)
    chains_lock(*(ChainKey.inspection(change.finding.inspection_id) for change in changes))
    handed_over_tell([change.finding for change in changes], to_id=to_id, by_id=actor.person_id, at=at)
    return [change.finish() for change in changes]


def _leader(change: Change, to_id: int, on: date, known: dict[str, Person | None]) -> Person:
    path = change.finding.inspection.subject.path
    if path not in known:
        known[path] = people_with_role(Role.RESPONSIBLE_LEADER, path, on).filter(pk=to_id).first()
    leader = known[path]
    if leader is None:
        raise InvalidFieldError(
            msg(
                "This person holds no post as responsible leader for the inspected organisation. Choose one "
                "who "
                "does, or have the post granted first; nothing was changed."
            )
        )
    return leader


def _handed(change: Change, from_id: int, leader: Person, former: str) -> None:
    finding = change.finding
    if finding.responsible_leader_id != from_id or leader.pk == from_id:
        raise StandsOtherwiseError(
            msg("“%(finding)s” is not led by the one and taken over by another; nothing was changed."),
            finding=finding.title[:60],
        )
    request = request_open(finding)
    signed = {each.by_id for each in request.signatures.all()} if request else set()
    if leader.pk in worker_ids(finding) | signed:
        raise InvalidFieldError(
            msg(
                "%(leader)s took part in fixing “%(finding)s” or signed another step of its closure request, "
                "and so does not lead it. Choose another leader for it; nothing was changed."
            ),
            leader=leader.name,
            finding=finding.title[:60],
        )
    leader_listed(change, leader)
    finding.responsible_leader = leader
    change.say(
        LedgerEvent.FINDING_HANDED_OVER,
        former_leader=former,
        former_leader_id=from_id,
        leader=leader.name,
        leader_id=leader.pk,
    )
