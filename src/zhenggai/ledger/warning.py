"""Warning of deadlines (到期预警): each step that the rules of an inspection name, once, to whom they name.

A day on which nothing ran is caught up by the step that has come by then, and not by those in between.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from zhenggai.accounts.holders import holders_of
from zhenggai.domain.actor import Role
from zhenggai.domain.deadlines import Light, light
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Scope, may_view, stands
from zhenggai.domain.profiles import WARNED_LIGHTS
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.services import News, notices_replace, notices_send
from zhenggai.jobs.declaring import job_task
from zhenggai.ledger.facts import HEAD, WEIGHED, facts_of
from zhenggai.ledger.models import DeadlineWarning, Finding, Measure, ProfileVersion
from zhenggai.ledger.warned import warning_key, warnings_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.policy import Facts
    from zhenggai.domain.profiles import Profile
    from zhenggai.jobs.running import JobContext

_AT_ONCE: Final = 200
_FINAL: Final = [stage.value for stage in FINAL_STAGES]
# Over what of a finding each role that can be warned is held.
_SCOPES: Final = {
    Role.HANDLER: Scope.UNIT,
    Role.UNIT_HEAD: Scope.UNIT,
    Role.RESPONSIBLE_LEADER: Scope.OWN,
    Role.OFFICE_CLERK: Scope.SUBJECT,
}
_FINDING: Final = {
    Light.NEAR: msg("It is due on %(due)s: first warning."),
    Light.VERY_NEAR: msg("It is due on %(due)s: second warning."),
    Light.OVERDUE: msg("It was due on %(due)s and is overdue."),
}
_MEASURE: Final = {
    Light.NEAR: msg("Its measure %(number)s is due on %(due)s: first warning."),
    Light.VERY_NEAR: msg("Its measure %(number)s is due on %(due)s: second warning."),
    Light.OVERDUE: msg("Its measure %(number)s was due on %(due)s and is overdue."),
}


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of warning by one version of rules, on a day (预警档)."""

    version_id: int
    rules: Profile
    light: Light
    on: date

    @property
    def roles(self) -> Sequence[Role]:
        """Who is warned at it."""
        return self.rules.warned[self.light]

    @property
    def window(self) -> Q:
        """The days that show its light on the day, as `domain.deadlines.light` has it."""
        near = self.on + timedelta(days=self.rules.warning.near_days)
        very_near = self.on + timedelta(days=self.rules.warning.very_near_days)
        return {
            Light.NEAR: Q(due__gt=very_near, due__lte=near),
            Light.VERY_NEAR: Q(due__gte=self.on, due__lte=very_near),
            Light.OVERDUE: Q(due__lt=self.on),
        }[self.light]

    def has_come(self, due: date | None) -> bool:
        """Whether a day shows its light."""
        return light(due, self.on, warning=self.rules.warning) is self.light


@dataclass(frozen=True, slots=True)
class _Deadline:
    """What is due (到期事项): a finding, or one of its measures.

    ``seen`` says who sees the finding, ``about`` who works on what is due or leads it.
    """

    finding: Finding
    measure: Measure | None
    due: date
    seen: Facts
    about: tuple[Facts, ...]

    @property
    def key(self) -> tuple[int, int | None]:
        """What is due, by its ids."""
        return self.finding.pk, self.measure.pk if self.measure else None

    def is_for(self, actor: Actor, roles: Sequence[Role]) -> bool:
        """Whether the actor holds one of the roles over it now, and sees the finding."""
        held = any(stands(actor, role, _SCOPES[role], each) for role in roles for each in self.about)
        return held and may_view(actor, self.seen)


@job_task(label=msg("Warn of deadlines that come near or have passed"))
def warnings_send(context: JobContext) -> int:
    """Sends every warning whose step has come and that was not sent (发送到期预警); how many notices.

    200 deadlines are one transaction, so that a worker that dies loses none and repeats none; each takes as
    many queries for one deadline as for 200. Besides them two for each step of each version of rules in use.
    """
    at = context.at
    warnings_end(at=at)
    sent = 0
    for step in _steps(timezone.localdate(at)):
        for wanted, found in ((_finding_ids, _findings), (_measure_ids, _measures)):
            last = 0
            while ids := wanted(step, last):
                with transaction.atomic():
                    sent += _sent(step, found(step, ids), at)
                last = ids[-1]
    with context.once() as ending:
        ending.result = sent
    return sent


def _steps(on: date) -> Iterator[_Step]:
    """Every step of the rules by which open findings go, that warns anybody."""
    ids = (
        Finding.objects.exclude(stage__in=_FINAL).order_by().values("inspection__profile_version").distinct()
    )
    for version in ProfileVersion.objects.filter(pk__in=ids).order_by("pk"):
        rules = version.rules
        yield from (_Step(version.pk, rules, each, on) for each in WARNED_LIGHTS if rules.warned[each])


def _finding_ids(step: _Step, last: int) -> list[int]:
    told = DeadlineWarning.objects.filter(
        finding=OuterRef("pk"),
        measure__isnull=True,
        due=OuterRef("due"),
        light=step.light.value,
        ended_at__isnull=True,
    )
    rows = Finding.objects.filter(step.window, inspection__profile_version=step.version_id, pk__gt=last)
    untold = rows.filter(~Exists(told)).exclude(stage__in=_FINAL)
    return list(untold.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])


def _findings(step: _Step, ids: Sequence[int]) -> list[_Deadline]:
    found = []
    for finding in _locked(ids):
        if finding.due is not None and step.has_come(finding.due):
            seen = facts_of(finding)
            found.append(_Deadline(finding, None, finding.due, seen, (_about(finding, seen),)))
    return found


def _measure_ids(step: _Step, last: int) -> list[int]:
    told = DeadlineWarning.objects.filter(
        measure=OuterRef("pk"), due=OuterRef("due"), light=step.light.value, ended_at__isnull=True
    )
    rows = Measure.objects.filter(
        step.window,
        done_at__isnull=True,
        dropped_at__isnull=True,
        finding__inspection__profile_version=step.version_id,
        pk__gt=last,
    )
    untold = rows.filter(~Exists(told)).exclude(finding__stage__in=_FINAL)
    return list(untold.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])


def _measures(step: _Step, ids: Sequence[int]) -> list[_Deadline]:
    wanted = set(ids)
    found = []
    for finding in _locked(Measure.objects.filter(pk__in=wanted).values("finding")):
        seen = facts_of(finding)
        for measure in finding.measures.all():
            is_open = measure.pk in wanted and measure.done_at is None and measure.dropped_at is None
            if is_open and measure.due is not None and step.has_come(measure.due):
                about = _about_measure(finding, measure, seen)
                found.append(_Deadline(finding, measure, measure.due, seen, about))
    return found


def _locked(ids: Sequence[int] | QuerySet[Measure, Any]) -> Iterator[Finding]:
    """Open findings, locked until the transaction ends, with all that says who sees them."""
    rows = Finding.objects.filter(pk__in=ids).exclude(stage__in=_FINAL).order_by("pk")
    locked = rows.select_for_update(of=("self",), no_key=True).select_related(*HEAD)
    return iter(locked.prefetch_related(*WEIGHED))


def _about(finding: Finding, facts: Facts) -> Facts:
    if finding.stage == Stage.REGISTERED:
        # what a unit declined or gave away is nobody's but the office's until it is assigned anew
        return replace(facts, lead_unit_path=None, responsible_leader_id=None)
    return facts


def _about_measure(finding: Finding, measure: Measure, seen: Facts) -> tuple[Facts, ...]:
    """A measure's own leader, and the units whose parts are open, where it has any.

    The part of a unit that was taken off the finding is the lead unit's to report.
    """
    facts = _about(finding, seen)
    if finding.stage == Stage.REGISTERED:
        return (facts,)
    if measure.leader_id is not None:
        facts = replace(facts, responsible_leader_id=measure.leader_id)
    parts = [each for each in measure.tasks.all() if each.done_at is None and each.dropped_at is None]
    working = {each.unit_id for each in finding.supporting.all()}
    paths = (each.unit.path if each.unit_id in working else facts.lead_unit_path for each in parts)
    return tuple(replace(facts, lead_unit_path=path) for path in dict.fromkeys(paths)) or (facts,)


def _sent(step: _Step, found: Sequence[_Deadline], at: datetime) -> int:
    """Writes the warnings and tells whom they are for; six queries, with those of the people."""
    rows = DeadlineWarning.objects.bulk_create(
        DeadlineWarning(
            finding=each.finding, measure=each.measure, due=each.due, light=step.light.value, sent_at=at
        )
        for each in found
    )
    people = _holders(step, found)
    told = [
        (actor.person_id, each, warning_key(row.pk))
        for each, row in zip(found, rows, strict=True)
        for actor in people
        if each.is_for(actor, step.roles)
    ]
    earlier = _earlier_keys(found, {row.pk for row in rows})
    notices_replace(
        told={(person_id, key) for person_id, each, _key in told for key in earlier.get(each.key, ())}, at=at
    )
    news = [
        News(
            person_id=person_id,
            kind=NoticeKind.WARNING,
            message=_sentence(each, step.light),
            key=key,
            target=(TargetKind.FINDING, each.finding.pk),
        )
        for person_id, each, key in told
    ]
    notices_send(news=news, at=at)
    return len(news)


def _holders(step: _Step, found: Sequence[_Deadline]) -> list[Actor]:
    """Everybody who holds a warned role over any of them; two queries."""
    facts = [about for each in found for about in each.about]
    paths = {
        Scope.UNIT: {each.lead_unit_path for each in facts},
        Scope.SUBJECT: {each.subject_path for each in facts},
    }
    seats = [(role, path) for role in step.roles for path in paths.get(_SCOPES[role], ()) if path is not None]
    leaders = {each.responsible_leader_id for each in facts} - {None}
    asked = leaders if Role.RESPONSIBLE_LEADER in step.roles else set()
    return holders_of(seats, step.on, leader_ids=[each for each in asked if each is not None])


def _earlier_keys(found: Sequence[_Deadline], new: set[int]) -> dict[tuple[int, int | None], list[str]]:
    """Under which keys people were told of earlier steps, by what is due."""
    rows = DeadlineWarning.objects.filter(
        finding__in={each.finding.pk for each in found}, ended_at__isnull=True
    ).exclude(pk__in=new)
    keys: dict[tuple[int, int | None], list[str]] = defaultdict(list)
    for pk, finding_id, measure_id in rows.values_list("pk", "finding_id", "measure_id"):
        keys[finding_id, measure_id].append(warning_key(pk))
    return keys


def _sentence(deadline: _Deadline, come: Light) -> Message:
    due = deadline.due.isoformat()
    if deadline.measure is None:
        return Message(_FINDING[come], {"due": due})
    return Message(_MEASURE[come], {"due": due, "number": deadline.measure.position})
