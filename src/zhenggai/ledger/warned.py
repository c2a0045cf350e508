"""When a warning holds no more (预警失效): the day was moved, or what had to be done by it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F, Q

from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.inbox.services import notices_supersede
from zhenggai.ledger.models import DeadlineWarning

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

_BATCH: Final = 500
_FINAL: Final = [stage.value for stage in FINAL_STAGES]


def warning_key(warning_id: int) -> str:
    """The key under which people were told of a warning."""
    return f"warning:{warning_id}"


def warnings_follow(finding_id: int, *, at: datetime) -> None:
    """Ends the warnings of a finding that its change leaves without ground, once that is committed.

    Asked of every change with one query, so that no kind of change has to be known here.
    """
    # a fault here never undoes or hides the change; what is left over, the daily job ends
    transaction.on_commit(partial(warnings_end, at=at, finding_ids=[finding_id]), robust=True)


def warnings_begin_anew(finding_id: int, *, at: datetime) -> None:
    """Ends the warnings of a finding that another unit was given (重新预警): that unit is still to be told.

    The next run tells the step that has come, to whom the rules name now.
    """
    rows = DeadlineWarning.objects.filter(finding=finding_id, ended_at__isnull=True)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    DeadlineWarning.objects.filter(pk__in=ids).update(ended_at=at)
    notices_supersede(keys=[warning_key(each) for each in ids], at=at)


def warnings_end(*, at: datetime, finding_ids: Collection[int] | None = None) -> int:
    """Ends the warnings that hold no more and takes their unread notices as read (撤销预警); how many.

    Of these findings, or of all; two statements for each 500 warnings.
    """
    rows = DeadlineWarning.objects.filter(ended_at__isnull=True)
    if finding_ids is not None:
        rows = rows.filter(finding__in=finding_ids)
    moved = Q(finding__due__isnull=True) | ~Q(finding__due=F("due"))
    measure_moved = Q(measure__due__isnull=True) | ~Q(measure__due=F("due"))
    is_over = Q(measure__done_at__isnull=False) | Q(measure__dropped_at__isnull=False)
    stale = rows.filter(
        Q(finding__stage__in=_FINAL)
        | (Q(measure__isnull=True) & moved)
        | (Q(measure__isnull=False) & (measure_moved | is_over))
    )
    ids = list(stale.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        with transaction.atomic():
            DeadlineWarning.objects.filter(pk__in=batch).update(ended_at=at)
            notices_supersede(keys=[warning_key(each) for each in batch], at=at)
    return len(ids)
