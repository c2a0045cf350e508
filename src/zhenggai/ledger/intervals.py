"""Keeping how findings stand, from when until when (状态区间): with each change, by those who make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.ledger.models import StateInterval
from zhenggai.ledger.models.standing import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.ledger.models import Finding

_BATCH: Final = 500


def intervals_create(findings: Sequence[Finding], *, at: datetime) -> None:
    """Writes the first interval of findings that are new, with their ids."""
    StateInterval.objects.bulk_create([_row(each, at) for each in findings], batch_size=_BATCH)


def interval_put(finding: Finding, *, at: datetime) -> None:
    """Ends the interval that holds and begins the next, where the finding stands otherwise from now on.

    To be called under the finding's row lock and before its row is written: the database takes no stage that
    no interval tells of. A clock that went back never has an interval end before it began.
    """
    last = StateInterval.objects.filter(finding=finding, until__isnull=True).first()
    if last is not None:
        if _kept(last) == _kept(finding):
            return
        at = max(at, last.since)
        StateInterval.objects.filter(pk=last.pk, until__isnull=True).update(until=at)
    _row(finding, at).save(force_insert=True)


def _row(finding: Finding, at: datetime) -> StateInterval:
    kept = {name: getattr(finding, name) for name in KEPT}
    return StateInterval(finding=finding, inspection_id=finding.inspection_id, since=at, **kept)


def _kept(row: Any) -> list[Any]:
    return [getattr(row, name) for name in KEPT]
