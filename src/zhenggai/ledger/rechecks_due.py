"""Telling of re-checks whose day has come (回头看到期提醒): once each, to everybody who may carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.holders import holders_of
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import GRANTS, Action, Scope, judge
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.services import News, notices_send, notices_supersede
from zhenggai.jobs.declaring import job_task
from zhenggai.ledger.facts import HEAD, WEIGHED, facts_of
from zhenggai.ledger.models import Finding, RecheckDate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhenggai.jobs.running import JobContext

_AT_ONCE: Final = 200
_HAS_COME: Final = msg(
    "It is to be re-checked by %(on)s: look whether what was closed holds, and record what you see."
)


@job_task(label=msg("Tell of re-checks whose day has come"))
def rechecks_tell(context: JobContext) -> int:
    """Tells of every re-check whose day has come and that was not told of (发送回头看提醒); how many notices.

    200 of them are one transaction with as many queries as one, so that a worker that dies repeats none. A
    day on which nothing ran is caught up.
    """
    at = context.at
    sent, last = 0, 0
    while rows := _untold(timezone.localdate(at), last):
        with transaction.atomic():
            sent += _told(rows, at)
        last = rows[-1].pk
    with context.once() as ending:
        ending.result = sent
    return sent


def recheck_untell(date_id: int, *, at: datetime) -> None:
    """Takes the unread notices of a day that ended as read."""
    notices_supersede(keys=[_key(date_id)], at=at)


def _key(date_id: int) -> str:
    return f"recheck:{date_id}"


def _untold(on: date, last: int) -> list[RecheckDate]:
    rows = RecheckDate.objects.filter(
        ended_at__isnull=True, warned_at__isnull=True, due_on__lte=on, pk__gt=last
    )
    return list(rows.order_by("pk")[:_AT_ONCE])


def _told(rows: Sequence[RecheckDate], at: datetime) -> int:
    on = timezone.localdate(at)
    # who is quicker than the lock has re-checked it, and there is nothing to tell any more
    standing = RecheckDate.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=[row.pk for row in rows], ended_at__isnull=True, warned_at__isnull=True
    )
    held = {row.finding_id: row for row in standing}
    findings = Finding.objects.filter(pk__in=held).select_related(*HEAD).prefetch_related(*WEIGHED)
    facts = {finding.pk: facts_of(finding) for finding in findings}
    seats = {
        (role, path)
        for role, scope in GRANTS[Action.RECHECK_RECORD]
        for each in facts.values()
        if (path := each.inspector_path if scope is Scope.INSPECTOR else each.subject_path) is not None
    }
    people = holders_of(sorted(seats), on) if seats else []
    news = [
        News(
            person_id=actor.person_id,
            kind=NoticeKind.WARNING,
            message=Message(_HAS_COME, {"on": held[finding_id].due_on.isoformat()}),
            key=_key(held[finding_id].pk),
            target=(TargetKind.FINDING, finding_id),
        )
        for finding_id, each in facts.items()
        for actor in people
        if judge(actor, Action.RECHECK_RECORD, each).allowed
    ]
    notices_send(news=news, at=at)
    RecheckDate.objects.filter(pk__in=[row.pk for row in held.values()]).update(warned_at=at)
    return len(news)
