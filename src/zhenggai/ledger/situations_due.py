"""Reminding those with whom a new situation waits (催答): before its day, and overdue one level further up.

Each step is told once, and a day on which nothing ran is caught up by the step that has come by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.messages import Message, msg
from zhenggai.domain.situations import AnswerReminder, Level, level_above, levels_above, reminder_come
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.services import News, notices_replace, notices_send, notices_supersede
from zhenggai.jobs.declaring import job_task
from zhenggai.ledger.answer_days import answer_day
from zhenggai.ledger.facts import HEAD, WEIGHED, facts_of
from zhenggai.ledger.models import Finding, Situation, SituationReminder
from zhenggai.ledger.official_calendar import official_calendar
from zhenggai.ledger.situations_at import people_at

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.jobs.running import JobContext

_SENTENCES: Final[dict[AnswerReminder, str]] = {
    AnswerReminder.NEAR: msg("A new situation waits with you and is to be answered by %(due)s: “%(text)s”."),
    AnswerReminder.OVERDUE: msg(
        "A new situation was to be answered by %(due)s and has no answer: “%(text)s”."
    ),
}
_QUOTED_MOST: Final = 60


@job_task(label=msg("Remind those with whom new situations wait"))
def situations_remind(context: JobContext) -> int:
    """Reminds of every open situation whose step has come (自动催答); how many notices.

    Each situation is one transaction, so that a worker that dies repeats none.
    """
    at, sent = context.at, 0
    on = timezone.localdate(at)
    waiting = Situation.objects.filter(answered_at__isnull=True)
    told_all = SituationReminder.objects.filter(step=AnswerReminder.OVERDUE.value).values("situation")
    for situation_id, finding_id in list(
        waiting.exclude(pk__in=told_all).order_by("pk").values_list("pk", "finding_id")
    ):
        with transaction.atomic():
            sent += _remind(situation_id, finding_id, on, at)
    with context.once() as ending:
        ending.result = sent
    return sent


def situation_untell(situation_id: int, *, at: datetime) -> None:
    """Takes the unread reminders of a situation as read: it is answered, or waits with others (催答失效)."""
    notices_supersede(keys=[_key(situation_id, each) for each in AnswerReminder], at=at)


def _remind(situation_id: int, finding_id: int, on: date, at: datetime) -> int:
    """Locks the finding, as whatever changes its situations does, and tells the step that has come."""
    rows = Finding.objects.select_for_update(of=("self",), no_key=True).select_related(*HEAD)
    finding = rows.prefetch_related(*WEIGHED).get(pk=finding_id)
    situation = next(each for each in finding.situations.all() if each.pk == situation_id)
    if situation.answered_at is not None:
        return 0
    due = answer_day(situation, finding.inspection.rules)
    step = reminder_come(due, on, finding.inspection.rules.answers, official_calendar())
    if step is None or situation.reminders.filter(step=step.value).exists():
        return 0
    SituationReminder.objects.create(situation=situation, step=step.value, sent_at=at)
    values = {"due": due.isoformat(), "text": situation.text[:_QUOTED_MOST]}
    news = [
        News(
            person_id=person_id,
            kind=NoticeKind.SITUATION,
            message=Message(_SENTENCES[step], values),
            key=_key(situation.pk, step),
            target=(TargetKind.FINDING, finding.pk),
        )
        for person_id in _people(finding, situation, step, on)
    ]
    earlier = [_key(situation.pk, each) for each in AnswerReminder if each is not step]
    # what was told before and is unread says less than this does
    notices_replace(told={(each.person_id, key) for each in news for key in earlier}, at=at)
    notices_send(news=news, at=at)
    return len(news)


def _people(finding: Finding, situation: Situation, step: AnswerReminder, on: date) -> list[int]:
    """Those with whom it waits; once it is overdue those at the next level that has somebody, too."""
    facts = facts_of(finding, situation.raised_by_id)
    level = Level(situation.level)
    people = people_at(level, facts, on)
    if step is AnswerReminder.OVERDUE:
        above = level_above(levels_above(level), lambda each: bool(people_at(each, facts, on)))
        people += people_at(above[0], facts, on) if above else []
    return sorted({each.person_id for each in people})


def _key(situation_id: int, step: AnswerReminder) -> str:
    return f"situation:{situation_id}:{step.value}"
