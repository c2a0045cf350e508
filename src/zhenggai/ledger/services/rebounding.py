"""Faults that come back (反弹): the successor of a closed finding, which nothing of the closure does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.domain.rechecking import (
    GROUNDS_BY_HAND,
    ReboundGround,
    ReboundStandsError,
    rebound_number,
)
from zhenggai.ledger.errors import InvalidFieldError
from zhenggai.ledger.facts import HEAD, readers_listed
from zhenggai.ledger.intervals import intervals_create
from zhenggai.ledger.models import Finding, FindingReader, Inspection, Rebound
from zhenggai.ledger.order_keys import order_keys_create
from zhenggai.ledger.plan_content import texts_digest
from zhenggai.ledger.search_text import finding_text_put
from zhenggai.ledger.services.recheck_days import recheck_end
from zhenggai.ledger.services.standing import begin, cleaned
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import Entry, record_all

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Recheck
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def finding_rebound(
    *, actor: Actor, at: datetime, finding_id: int, version: int, ground: ReboundGround, reason: str
) -> Finding:
    """Registers that the fault of a closed finding came back (登记反弹), as a spot check or complaint shows.

    The finding stays closed and its closure as it is; the successor goes through the whole life cycle.

    :raises ReboundStandsError: when it has come back already and the successor is open.
    :raises InvalidFieldError: for a ground that is not registered by hand.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    ledger_lock(finding_id)
    change = begin(actor=actor, at=at, action=Action.FINDING_REBOUND, finding_id=finding_id, version=version)
    rebound_refused(change.finding)
    if ground not in GROUNDS_BY_HAND:
        raise InvalidFieldError(
            msg("A re-check that fails registers the rebound by itself: record it; nothing was changed.")
        )
    successor_register(change, ground=ReboundGround(ground), reason=decision_reason(reason))
    return change.finish()


def ledger_lock(finding_id: int) -> None:
    """Locks the inspection of a finding first, as whatever adds to its ledger does.

    Of one fault the origin and its successors are different rows: what looks at all of them takes this lock.
    """
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True).filter(findings=finding_id)
    rows.values_list("pk", flat=True).first()


def rebound_refused(finding: Finding) -> None:
    """Refuses what a fault that has come back already leaves without ground.

    :raises ReboundStandsError: when a successor of the finding's origin, or of itself, is open.
    """
    first_id = finding.origin_id or finding.pk
    waiting = Finding.objects.filter(origin_id=first_id).exclude(pk=finding.pk)
    row = waiting.exclude(stage__in=[stage.value for stage in FINAL_STAGES]).first()
    if row is not None:
        raise ReboundStandsError(number=row.number)


def successor_register(
    change: Change, *, ground: ReboundGround, reason: str, recheck: Recheck | None = None
) -> Finding:
    """Registers the successor of the finding that changes (登记反弹问题), under the lock of its ledger.

    It says of itself what its origin says, and claims nothing that a document claims of that. Of a restricted
    finding the same people are listed.
    """
    of, at = change.finding, change.at
    first = of.origin or of
    times = 1 + Finding.objects.filter(origin=first).count()
    last = Finding.objects.filter(inspection_id=of.inspection_id).aggregate(last=Max("position"))["last"]
    row = Finding(
        inspection=of.inspection,
        theme=of.theme,
        group=of.group,
        position=last + 1,
        number=rebound_number(first.number, times),
        title=of.title,
        problem=of.problem,
        organisation_label=of.organisation_label,
        origin=first,
        rebound=times,
        restricted=of.restricted,
        restricted_at=at if of.restricted else None,
        restricted_by_id=change.actor.person_id if of.restricted else None,
        registered_at=at,
        changed_at=at,
    )
    cleaned(row)
    row.save(force_insert=True)
    order_keys_create([row])
    intervals_create([row], at=at)
    finding_text_put(row)
    link = Rebound(
        finding=row,
        of=of,
        ground=ground.value,
        reason=reason,
        recheck=recheck,
        by_id=change.actor.person_id,
        at=at,
    )
    cleaned(link)
    link.save()
    # while its successor is open nobody re-checks the finding, and nothing waits for that
    recheck_end(of, at=at)
    entries = [Entry(LedgerEvent.FINDING_REGISTERED, ("finding", row.pk), _said(row, link))]
    entries += _restricted(change, row, reason)
    record_all(chain=ChainKey.inspection(row.inspection_id), entries=entries, actor=change.actor, at=at)
    change.say(
        LedgerEvent.FINDING_REBOUNDED,
        rebound_id=link.pk,
        successor_id=row.pk,
        number=row.number,
        ground=ground.value,
        reason=reason,
        recheck_id=recheck.pk if recheck else None,
    )
    return Finding.objects.select_related(*HEAD).order_by().get(pk=row.pk)


def _restricted(change: Change, row: Finding, reason: str) -> list[Entry]:
    """The list of a restricted finding's successor: who was on that of the finding."""
    if not row.restricted:
        return []
    every: dict[str, Any] = {"stage": row.stage, "version": row.version}
    told: dict[str, Any] = {"restriction": row.restricted, "reason": reason, **every}
    entries = [Entry(LedgerEvent.FINDING_RESTRICTED, ("finding", row.pk), told)]
    for listed in readers_listed(change.finding):
        reader = FindingReader.objects.create(
            finding=row, person_id=listed.person_id, granted_by_id=change.actor.person_id, at=change.at
        )
        names: dict[str, Any] = {"reader": listed.person.name, "person_id": listed.person_id}
        names["reader_id"] = reader.pk
        entries.append(Entry(LedgerEvent.READER_ADDED, ("finding", row.pk), {**names, **every}))
    return entries


def _said(row: Finding, link: Rebound) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "status_text": row.status_text,
        "stated_progress": row.stated_progress,
        "stated_nature": row.stated_nature,
        "stated_closed": row.stated_closed,
        "document_id": row.document_id,
        "stated_measures": texts_digest([]),
        "origin_id": row.origin_id,
        "rebound": row.rebound,
        "rebound_of_id": link.of_id,
        "ground": link.ground,
        "reason": link.reason,
        "stage": row.stage,
        "version": row.version,
    }
