"""The digest (每日摘要): one notice a person of what waits, once a working day in the morning.

A day on which nothing ran is caught up once, with how things stand when it is; nothing is sent twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from zhenggai.accounts.holders import actors_of, people_with_posts
from zhenggai.domain.actor import Role
from zhenggai.domain.closing import RequestState
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.domain.recurring import daily_slot
from zhenggai.inbox import selectors, services
from zhenggai.inbox.kinds import NoticeKind, Rhythm
from zhenggai.jobs.declaring import job_task
from zhenggai.ledger.models import ClosureRequest, Finding, ProfileVersion
from zhenggai.ledger.official_calendar import official_calendar
from zhenggai.ledger.plans import plans_waiting
from zhenggai.ledger.visibility import led_by, not_kept_from
from zhenggai.ledger.waiting import findings_waiting, granted, holds_post_for

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.jobs.running import JobContext

LISTED_MOST: Final = 5
"""Findings that a digest names in each group."""
_PEOPLE_AT_ONCE: Final = 100
# what is merely being worked on waits for nobody's decision: it comes when it is due
_STEPS: Final = {
    Action.CLOSURE_SIGN: "sign",
    Action.DEADLINE_SIGN: "deadlines",
    Action.FINDING_ASSIGN: "assign",
    Action.FINDING_ACCEPT: "accept",
    Action.SITUATION_ANSWER: "answer",
    Action.SIGNATURE_CONFIRM: "confirm",
    Action.EVIDENCE_JUDGE: "judge",
    Action.RECHECK_RECORD: "recheck",
}
GROUP_LABELS: Final[dict[str, str]] = {
    "sign": msg("Closure requests that wait for your signature"),
    "deadlines": msg("Requests about deadlines that wait for your approval"),
    "plans": msg("Plans to approve"),
    "sent_back": msg("Sent back and not requested again"),
    "overdue": msg("Overdue"),
    "due_soon": msg("Due soon"),
    "assign": msg("Findings to assign"),
    "accept": msg("Assignments to accept"),
    "answer": msg("New situations to answer"),
    "confirm": msg("Recorded signatures to confirm"),
    "judge": msg("Evidence and criteria to judge"),
    "recheck": msg("Re-checks whose day has come"),
    NoticeKind.HANDED_OVER.value: msg("Findings handed over"),
}
_SENTENCE: Final = msg("What waits for you on %(day)s")


@job_task(label=msg("Send each person the digest of what waits"))
def digests_send(context: JobContext) -> int:
    """Sends the digests of the latest working day whose hour has come (发送摘要); how many.

    Each person is a transaction of its own, so that a worker that dies loses none and repeats none.
    """
    at = context.at
    day = digest_day(at)
    if selectors.digest_day_is_done(day):
        return 0
    people, sent = people_with_posts(timezone.localdate(at)), 0
    for start in range(0, len(people), _PEOPLE_AT_ONCE):
        sent += _sent(people[start : start + _PEOPLE_AT_ONCE], day, at)
        context.progress(min(start + _PEOPLE_AT_ONCE, len(people)), len(people))
    with context.once() as ending:
        services.digest_day_done(day=day, at=at)
        ending.result = sent
    return sent


def digest_day(at: datetime) -> date:
    """The latest working day whose hour of the digest is not after ``at`` (摘要所属工作日)."""
    zone = timezone.get_default_timezone()
    day = daily_slot(at, due=settings.ZHENGGAI_DIGEST_AT, zone=zone).date()
    calendar = official_calendar()
    # no holiday lasts longer; a calendar that says otherwise sends one digest a fortnight
    for _ in range(14):
        if calendar.is_working_day(day):
            break
        day -= timedelta(days=1)
    return day


def digest_of(actor: Actor, on: date) -> list[dict[str, Any]]:
    """What waits for the actor, in groups that have something: total, the most urgent by id (摘要内容)."""
    if actor.administers:
        return []
    steps = {_STEPS[each.action]: each for each in findings_waiting(actor, on) if each.action in _STEPS}
    plans = plans_waiting(actor)
    groups = [
        _group("sign", steps["sign"].total, findings=[row.pk for row in steps["sign"].rows])
        if "sign" in steps
        else None,
        _group("deadlines", steps["deadlines"].total, findings=[row.pk for row in steps["deadlines"].rows])
        if "deadlines" in steps
        else None,
        _group("plans", len(plans), plans=[plan.pk for plan in plans]),
        _listed("sent_back", _sent_back(actor)) if holds_post_for(actor, Action.CLOSURE_REQUEST) else None,
        _listed("overdue", _answered_for(actor).filter(due__lt=on)),
        _listed("due_soon", _due_soon(_answered_for(actor), on)),
    ]
    groups += [
        _group(name, steps[name].total, findings=[row.pk for row in steps[name].rows])
        for name in ("assign", "accept", "answer", "confirm", "judge", "recheck")
        if name in steps
    ]
    return [each for each in groups if each is not None and each["total"]]


def _sent(person_ids: list[int], day: date, at: datetime) -> int:
    on = timezone.localdate(at)
    rhythms = selectors.rhythms_of(person_ids)
    keys = {Rhythm.DAILY: f"digest:{day.isoformat()}", Rhythm.WEEKLY: f"digest:{day:%G-W%V}"}
    told = selectors.people_told(person_ids, list(keys.values()))
    sent = 0
    for actor in actors_of(person_ids, on):
        key = keys.get(rhythms.get(actor.person_id, Rhythm.DAILY))
        if key is None or (actor.person_id, key) in told:
            continue
        groups = digest_of(actor, on)
        if groups:
            _send(actor.person_id, key, groups, at)
            sent += 1
    return sent


@transaction.atomic
def _send(person_id: int, key: str, groups: list[dict[str, Any]], at: datetime) -> None:
    services.digests_supersede(person_ids=[person_id], before=at, at=at)
    news = services.News(
        person_id=person_id,
        kind=NoticeKind.DIGEST,
        message=Message(_SENTENCE, {"day": timezone.localdate(at).isoformat()}),
        key=key,
        details=tuple(groups),
    )
    services.notice_send(news=news, at=at)


def _group(name: str, total: int, **ids: list[int]) -> dict[str, Any]:
    return {"group": name, "total": total, **{kind: each[:LISTED_MOST] for kind, each in ids.items()}}


def _listed(name: str, rows: QuerySet[Finding]) -> dict[str, Any]:
    urgent = rows.order_by(F("due").asc(nulls_last=True), "pk").values_list("pk", flat=True)
    return _group(name, rows.count(), findings=list(urgent[:LISTED_MOST]))


def _answered_for(actor: Actor) -> QuerySet[Finding]:
    """Open findings that the actor fixes, leads or, in the office, keeps an eye on."""
    mine = (
        granted(actor, Action.FINDING_ACCEPT)
        | led_by(actor, Role.RESPONSIBLE_LEADER)
        | granted(actor, Action.FINDING_ASSIGN)
    )
    closed = [stage.value for stage in FINAL_STAGES]
    return Finding.objects.filter(mine, not_kept_from(actor)).exclude(stage__in=closed)


def _due_soon(rows: QuerySet[Finding], on: date) -> QuerySet[Finding]:
    """Those not yet overdue whose first warning, by the rules of their inspection, has come."""
    ahead = rows.filter(due__gte=on)
    ids = ahead.order_by().values("inspection__profile_version").distinct()
    warned = Q(pk__in=[])
    for version in ProfileVersion.objects.filter(pk__in=ids):
        until = on + timedelta(days=version.rules.warning.near_days)
        warned |= Q(inspection__profile_version=version, due__lte=until)
    return ahead.filter(warned)


def _sent_back(actor: Actor) -> QuerySet[Finding]:
    back = ClosureRequest.objects.filter(
        finding=OuterRef("pk"), round=OuterRef("round") - 1, state=RequestState.SENT_BACK.value
    )
    mine = Q(stage=Stage.RECTIFYING.value) & granted(actor, Action.CLOSURE_REQUEST)
    return Finding.objects.filter(mine, Exists(back))
