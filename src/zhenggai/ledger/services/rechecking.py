"""Looking at closed findings again (回头看): setting the day, recording what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.file_names import file_name_safe
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.policy import Action
from zhenggai.domain.rechecking import ReboundGround, next_recheck, recheck_day, recheck_set_on
from zhenggai.files.services import blob_store
from zhenggai.ledger.models import Recheck
from zhenggai.ledger.services.rebounding import ledger_lock, rebound_refused, successor_register
from zhenggai.ledger.services.recheck_days import recheck_begin, recheck_end, recheck_standing
from zhenggai.ledger.services.standing import begin, cleaned

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.files.models import Blob
    from zhenggai.files.services import Stream
    from zhenggai.ledger.models import Finding


@transaction.atomic
def recheck_set(
    *, actor: Actor, at: datetime, finding_id: int, version: int, on: date, reason: str
) -> Finding:
    """Sets the day of the next re-check of a closed finding (设定回头看日期), or brings it forward.

    :raises RecheckDayError: when it is past.
    :raises RecheckPutOffError: when a day stands that is not later.
    :raises ReboundStandsError: when the fault has come back and its successor is open.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.RECHECK_SET, finding_id=finding_id, version=version)
    rebound_refused(change.finding)
    standing = recheck_standing(change.finding)
    stands_on = standing.due_on if standing else None
    on = recheck_set_on(on, stands_on=stands_on, today=timezone.localdate(at))
    said = decision_reason(reason)
    recheck_end(change.finding, at=at)
    recheck_begin(change, on, reason=said)
    change.say(LedgerEvent.RECHECK_SET, recheck_on=on.isoformat(), reason=said)
    return change.finish()


def recheck_record(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    on: date,
    holds: bool,
    text: str,
    next_on: date | None = None,
    file: Stream | bytes | None = None,
    file_name: str = "",
) -> Finding:
    """Records a re-check of a closed finding (登记回头看结果): it holds, or the fault has come back.

    One that fails registers the successor at once. The closure stays as it is in either case.

    :raises RecheckDayError: when a day cannot be, or the next one is missing or named where it does not hold.
    :raises ReboundStandsError: when the fault has come back already and its successor is open.
    :raises ReasonTooShortError: when what was seen is told in fewer than 10 characters.
    :raises FileTooLargeError: when the file is larger than the setting allows.
    """
    blob: Blob | None = None
    if file is not None:
        with transaction.atomic():
            begin(actor=actor, at=at, action=Action.RECHECK_RECORD, finding_id=finding_id, version=version)
        blob = blob_store(file, at=at, max_bytes=settings.ZHENGGAI_MAX_STORED_BYTES)
    with transaction.atomic():
        ledger_lock(finding_id)
        change = begin(
            actor=actor, at=at, action=Action.RECHECK_RECORD, finding_id=finding_id, version=version
        )
        finding, today = change.finding, timezone.localdate(at)
        rebound_refused(finding)
        standing = recheck_standing(finding)
        row = Recheck(
            finding=finding,
            round=finding.round,
            due_on=standing.due_on if standing else None,
            checked_on=recheck_day(on, closed_on=_closed_on(finding), today=today),
            holds=holds,
            text=decision_reason(text),
            next_on=next_recheck(
                next_on, holds=holds, is_long_term=change.stage is Stage.STAGE_CLOSED, today=today
            ),
            blob=blob,
            file_name=file_name_safe(file_name) if blob else "",
            by_id=actor.person_id,
            at=at,
        )
        cleaned(row)
        row.save()
        recheck_end(finding, at=at)
        if row.next_on is not None:
            recheck_begin(change, row.next_on)
        change.say(
            LedgerEvent.RECHECK_HELD if holds else LedgerEvent.RECHECK_FAILED,
            recheck_id=row.pk,
            round=row.round,
            checked_on=row.checked_on.isoformat(),
            text=row.text,
            recheck_on=row.next_on.isoformat() if row.next_on else None,
            sha256=blob.sha256 if blob else None,
            file_name=row.file_name,
        )
        if not holds:
            successor_register(change, ground=ReboundGround.RECHECK, reason=row.text, recheck=row)
        return change.finish()


def _closed_on(finding: Finding) -> date:
    return timezone.localdate(max(each.at for each in finding.closures.all()))
