"""The day of the next re-check (回头看日期): set, and ended by whatever makes it pointless."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.ledger.models import RecheckDate
from zhenggai.ledger.rechecks_due import recheck_untell
from zhenggai.ledger.services.standing import cleaned

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.ledger.models import Finding
    from zhenggai.ledger.services.standing import Change


def recheck_standing(finding: Finding) -> RecheckDate | None:
    """The day of the next re-check that stands (待回头看日期)."""
    return RecheckDate.objects.filter(finding=finding, ended_at__isnull=True).first()


def recheck_begin(change: Change, on: date, *, reason: str = "") -> None:
    """Has a day stand for the next re-check; whatever stood before was ended."""
    row = RecheckDate(
        finding=change.finding,
        round=change.finding.round,
        due_on=on,
        by_id=change.actor.person_id,
        at=change.at,
        reason=reason,
    )
    cleaned(row)
    row.save()


def recheck_end(finding: Finding, *, at: datetime) -> None:
    """Ends the day that stands, if one does; who was told that it has come need not look any more."""
    row = recheck_standing(finding)
    if row is not None:
        RecheckDate.objects.filter(pk=row.pk).update(ended_at=at)
        # a fault here never undoes the change; a notice too many leads to a finding that says how it stands
        transaction.on_commit(partial(recheck_untell, row.pk, at=at), robust=True)
