"""Telling units what they are asked to report, and reminding those that have not (填报提醒、催报).

One notice a person and step, whatever the number of findings; a step is told once, and a day on which nothing
ran is caught up by the step that has come by then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.holders import holders_of
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, judge
from zhenggai.domain.reporting import ReminderStep, reminder_step
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.sending import send_or_log
from zhenggai.inbox.services import News, notices_replace, notices_send, notices_supersede
from zhenggai.jobs.declaring import job_task
from zhenggai.ledger.facts import HEAD, WEIGHED, facts_of
from zhenggai.ledger.models import Finding, ReportReminder, ReportRequest
from zhenggai.ledger.reporting import UNIT_ROLES, items_missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date, datetime

    from zhenggai.jobs.running import JobContext
    from zhenggai.ledger.models import ReportRequestItem

_AT_ONCE: Final = 200
# Reports that nobody made for longer are for people to ask after, not for a job to look at each day.
_LOOKED_BACK: Final = timedelta(days=92)
_SENTENCES: Final[dict[ReminderStep | None, str]] = {
    None: msg("“%(title)s”: report on %(count)s findings of your unit by %(due)s."),
    ReminderStep.DUE: msg("“%(title)s”: reports on %(count)s findings of your unit are due today, %(due)s."),
    ReminderStep.OVERDUE: msg(
        "“%(title)s”: reports on %(count)s findings of your unit were due on %(due)s and are overdue."
    ),
    ReminderStep.BY_HAND: msg(
        "“%(title)s”: the office asks for the reports on %(count)s findings of your unit, due on %(due)s."
    ),
}


@job_task(label=msg("Remind units that have not reported"))
def reports_remind_due(context: JobContext) -> int:
    """Reminds the units of every request whose due day has come or is over (自动催报); how many notices.

    Each request is one transaction, so that a worker that dies repeats none.
    """
    at, sent = context.at, 0
    on = timezone.localdate(at)
    come = ReportRequest.objects.filter(
        withdrawn_at__isnull=True, due_on__lte=on, due_on__gte=on - _LOOKED_BACK
    )
    for request_id in list(come.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            sent += _remind(request_id, on, at)
    with context.once() as ending:
        ending.result = sent
    return sent


def requested_tell(request: ReportRequest, *, by_id: int, at: datetime) -> None:
    """Tells everybody who reports for a unit that was asked, once the request is committed."""
    news = partial(_asked_news, request, by_id, timezone.localdate(at))
    transaction.on_commit(partial(send_or_log, news, at, TargetKind.REPORTS.value, request.pk))


def reminded_tell(request: ReportRequest, unit_ids: Collection[int], *, by_id: int, at: datetime) -> None:
    """Tells the people of these units that the office waits, once that is committed."""
    news = partial(_reminded_news, request, frozenset(unit_ids), by_id, timezone.localdate(at))
    transaction.on_commit(partial(send_or_log, news, at, TargetKind.REPORTS.value, request.pk))


def reports_untell(request: ReportRequest, *, at: datetime) -> None:
    """Takes the unread notices of a request as read: nobody owes it any more."""
    notices_supersede(keys=_keys(request), at=at)


def _remind(request_id: int, on: date, at: datetime) -> int:
    request = ReportRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request_id)
    step = reminder_step(request.due_on, on)
    if step is None or request.withdrawn_at is not None:
        return 0
    told = request.reminders.filter(step=step.value).values_list("unit_id", flat=True)
    missing = items_missing(request, on)
    units = sorted(missing.keys() - set(told))
    if not units:
        return 0
    earlier = _keys(request)
    ReportReminder.objects.bulk_create(
        ReportReminder(request=request, unit_id=each, step=step.value, sent_on=on, sent_at=at)
        for each in units
    )
    news = list(_news(request, [each for unit in units for each in missing[unit]], step, on))
    # what was told before and is unread says no more than this does
    notices_replace(told={(each.person_id, key) for each in news for key in earlier}, at=at)
    notices_send(news=news, at=at)
    return len(news)


def _asked_news(request: ReportRequest, by_id: int, on: date) -> Iterator[News]:
    missing = items_missing(request, on)
    return _news(request, [each for items in missing.values() for each in items], None, on, by_id)


def _reminded_news(request: ReportRequest, unit_ids: Collection[int], by_id: int, on: date) -> Iterator[News]:
    missing = items_missing(request, on)
    items = [each for unit_id in unit_ids for each in missing.get(unit_id, ())]
    return _news(request, items, ReminderStep.BY_HAND, on, by_id)


def _news(
    request: ReportRequest,
    items: Iterable[ReportRequestItem],
    step: ReminderStep | None,
    on: date,
    by_id: int | None = None,
) -> Iterator[News]:
    """One notice for each person who may report on some of the items, with how many they are."""
    for person_id, count in sorted(_people(items, on).items()):
        values = {"title": request.title, "count": count, "due": request.due_on.isoformat()}
        yield News(
            person_id=person_id,
            kind=NoticeKind.REPORT,
            message=Message(_SENTENCES[step], values),
            key=_key(request.pk, step, on),
            target=(TargetKind.REPORTS, request.pk),
            by_id=by_id,
        )


def _people(items: Iterable[ReportRequestItem], on: date) -> Counter[int]:
    """On how many of the items each person may report; five queries and some for each 200 findings."""
    units: dict[int, set[str]] = defaultdict(set)
    for item in items:
        units[item.finding_id].add(item.unit.path)
    paths = {path for each in units.values() for path in each}
    people = holders_of([(role, path) for role in UNIT_ROLES for path in sorted(paths)], on)
    counts: Counter[int] = Counter()
    ids = sorted(units)
    for start in range(0, len(ids), _AT_ONCE):
        rows = Finding.objects.filter(pk__in=ids[start : start + _AT_ONCE]).select_related(*HEAD)
        for finding in rows.prefetch_related(*WEIGHED):
            facts = facts_of(finding)
            for actor in people:
                theirs = [
                    path for path in units[finding.pk] if any(actor.has(each, path) for each in UNIT_ROLES)
                ]
                if theirs and judge(actor, Action.PROGRESS_REPORT, facts).allowed:
                    counts[actor.person_id] += 1
    return counts


def _key(request_id: int, step: ReminderStep | None, on: date) -> str:
    if step is None:
        return f"reports:{request_id}:asked"
    return f"reports:{request_id}:{step.value}" + (f":{on}" if step is ReminderStep.BY_HAND else "")


def _keys(request: ReportRequest) -> list[str]:
    """Under which keys people were told of a request."""
    told = request.reminders.values_list("step", "sent_on").distinct().order_by()
    reminded = {_key(request.pk, ReminderStep(step), on) for step, on in told}
    return [_key(request.pk, None, request.due_on), *sorted(reminded)]
