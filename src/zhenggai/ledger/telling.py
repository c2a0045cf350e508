"""Who is told of what happens in the ledger (消息告知): whoever may take the next step, never who acted.

The services call these as their last step; people are found and told once the change is committed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from zhenggai.accounts.holders import actors_of
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.ladder import StepKind
from zhenggai.domain.lifecycle import PROGRESS_LABELS, Progress
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import PlanState
from zhenggai.domain.policy import Action
from zhenggai.domain.progress import Gap
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.sending import send_or_log
from zhenggai.inbox.services import News
from zhenggai.ledger.facts import HEAD, WEIGHED, amendment_open, facts_for, step_next
from zhenggai.ledger.loading import pieces_load
from zhenggai.ledger.models import Finding, FindingReader, Plan, PlanItem
from zhenggai.ledger.plans import plan_facts
from zhenggai.ledger.signers import people_who_may
from zhenggai.ledger.telling_afterwards import TELLERS_AFTERWARDS
from zhenggai.ledger.telling_of_deadlines import DEADLINE_TELLERS
from zhenggai.ledger.telling_of_situations import SITUATION_TELLERS
from zhenggai.ledger.visibility import finding_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    Said = Sequence[tuple[LedgerEvent, Mapping[str, Any]]]
    Teller = Callable[["Told"], Iterator[tuple[int, NoticeKind, Message]]]

LISTED_MOST: Final = 8
"""Findings that a notice about several of them names."""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to a finding, as it stands once that is committed."""

    finding: Finding
    values: Mapping[str, Any]
    on: date

    def may(self, action: Action) -> list[int]:
        """Everybody who may do the action to the finding."""
        return [each.person_id for each in people_who_may(action, facts_for(self.finding, action), self.on)]

    def still_see(self, *person_ids: int | None) -> list[int]:
        """Those of the people who see the finding today."""
        wanted = [each for each in dict.fromkeys(person_ids) if each is not None]
        seen = [each for each in actors_of(wanted, self.on) if finding_seen(each, self.finding)]
        return [each.person_id for each in seen]


def finding_tell(finding: Finding, said: Said, *, by_id: int, at: datetime) -> None:
    """Tells of what happened to a finding, once it is committed; at most one notice a person and change."""
    heard = [(event, values) for event, values in said if event in _TELLERS]
    if heard:
        news = partial(_finding_news, finding.pk, finding.version, heard, by_id, at)
        transaction.on_commit(partial(send_or_log, news, at, "finding", finding.pk))


def handed_over_tell(findings: Sequence[Finding], *, to_id: int, by_id: int, at: datetime) -> None:
    """Tells a leader of everything that was handed over at once, in one notice."""
    ids = [each.pk for each in findings]
    first = findings[0]
    news = News(
        person_id=to_id,
        kind=NoticeKind.HANDED_OVER,
        message=Message(_HANDED_OVER, {"count": len(ids)}),
        key=f"handed_over:{first.pk}:{first.version}:{len(ids)}",
        by_id=by_id,
        details=({"group": NoticeKind.HANDED_OVER.value, "total": len(ids), "findings": ids[:LISTED_MOST]},),
    )
    transaction.on_commit(partial(send_or_log, partial(iter, [news]), at, "finding", first.pk))


def plan_tell(plan: Plan, event: LedgerEvent, *, by_id: int, at: datetime) -> None:
    """Tells of what happened to the plan of an inspection, once it is committed."""
    if event in _PLAN_EVENTS:
        news = partial(_plan_news, plan.pk, event, by_id, at)
        transaction.on_commit(partial(send_or_log, news, at, "plan", plan.pk))


def _finding_news(finding_id: int, version: int, heard: Said, by_id: int, at: datetime) -> Iterator[News]:
    finding = Finding.objects.select_related(*HEAD).get(pk=finding_id)
    pieces_load(finding, WEIGHED)
    told: set[int] = set()
    for event, values in heard:
        for person_id, kind, message in _TELLERS[event](Told(finding, values, timezone.localdate(at))):
            if person_id in told:
                continue
            told.add(person_id)
            yield News(
                person_id=person_id,
                kind=kind,
                message=message,
                key=f"finding:{finding_id}:{version}",
                target=(TargetKind.FINDING, finding_id),
                by_id=by_id,
            )


def _all(ids: Iterable[int], kind: NoticeKind, template: str, **values: Any) -> Iterator[Any]:
    for person_id in ids:
        yield person_id, kind, Message(template, values)


def _assigned(told: Told) -> Iterator[Any]:
    finding = told.finding
    leader = told.still_see(finding.responsible_leader_id)
    yield from _all(leader, NoticeKind.ASSIGNED, _LEADS, unit=told.values["unit"])
    due = told.values["due"]
    template, values = (_ASSIGNED_DUE, {"due": due}) if due else (_ASSIGNED, {})
    yield from _all(told.may(Action.FINDING_ACCEPT), NoticeKind.ASSIGNED, template, **values)
    helpers = told.may(Action.PROGRESS_REPORT)
    yield from _all(helpers, NoticeKind.ASSIGNED, _SUPPORTS, unit=told.values["unit"])


def _declined(told: Told) -> Iterator[Any]:
    office = told.may(Action.FINDING_ASSIGN)
    if "to_unit" in told.values:
        values = {"to_unit": told.values["to_unit"], "reason": told.values["reason"]}
        return _all(office, NoticeKind.DECLINED, _TRANSFERRED, **values)
    return _all(office, NoticeKind.DECLINED, _DECLINED, reason=told.values["reason"])


def _to_sign(told: Told) -> Iterator[Any]:
    step = step_next(told.finding)
    # those of a step of several heard of it when it came next
    if step is None or told.values.get("step") == step.name:
        return
    named = {"role": Message(step.label)}
    if step.kind is StepKind.COLLECTIVE:
        yield from _all(told.may(Action.SIGNATURE_RECORD), NoticeKind.TO_SIGN, _TO_DECIDE, **named)
    else:
        yield from _all(told.may(Action.CLOSURE_SIGN), NoticeKind.TO_SIGN, _TO_SIGN, **named)


def _recorded(told: Told) -> Iterator[Any]:
    seconds = [each for each in told.may(Action.SIGNATURE_CONFIRM) if each != told.values["signer_id"]]
    return _all(seconds, NoticeKind.TO_SIGN, _TO_CONFIRM)


def _record_refused(told: Told) -> Iterator[Any]:
    rows = [each for request in told.finding.closure_requests.all() for each in request.records.all()]
    recorders = (each.recorded_by_id for each in rows if each.pk == told.values["record_id"])
    reason = told.values["reason"]
    return _all(told.still_see(*recorders), NoticeKind.SENT_BACK, _RECORD_REFUSED, reason=reason)


def _sent_back(told: Told) -> Iterator[Any]:
    requests = [each for each in told.finding.closure_requests.all() if each.pk == told.values["request_id"]]
    askers = told.still_see(*(each.by_id for each in requests))
    people = [*askers, *told.may(Action.CLOSURE_REQUEST)]
    values = {"reason": told.values["reason"]}
    if told.values["redo_by"]:
        return _all(people, NoticeKind.SENT_BACK, _REDO, **values, day=told.values["redo_by"])
    return _all(people, NoticeKind.SENT_BACK, _SENT_BACK, **values)


def _closed(told: Told) -> Iterator[Any]:
    requests = [each for each in told.finding.closure_requests.all() if each.pk == told.values["request_id"]]
    people = told.still_see(told.finding.responsible_leader_id, *(each.by_id for each in requests))
    people += [*told.may(Action.CLOSURE_REQUEST), *told.may(Action.FINDING_ASSIGN)]
    recheck_on = told.values["recheck_on"]
    if recheck_on:
        return _all(people, NoticeKind.CLOSED, _STAGE_CLOSED, recheck_on=recheck_on)
    return _all(people, NoticeKind.CLOSED, _CLOSED)


def _evidence_withdrawn(told: Told) -> Iterator[Any]:
    ids = {told.values["evidence_id"]}
    rows = [each for each in told.finding.evidence.all() if each.pk in ids]
    judges = [said.by_id for each in rows for said in each.judgements.all()]
    rested = [
        said.by_id
        for criterion in told.finding.criteria.all()
        for said in criterion.judgements.all()
        if any(each.pk in ids for each in said.evidence.all())
    ]
    people = told.still_see(*(each.uploaded_by_id for each in rows), *judges, *rested)
    values = {"title": told.values["title"], "reason": told.values["reason"]}
    return _all([*people, *told.may(Action.FINDING_ASSIGN)], NoticeKind.EVIDENCE, _WITHDRAWN, **values)


def _amendment_waits(told: Told) -> Iterator[Any]:
    if amendment_open(told.finding) is not None:
        yield from _all(told.may(Action.AMENDMENT_SIGN), NoticeKind.PLAN, _AMENDMENT)


def _amendment_decided(told: Told) -> Iterator[Any]:
    ids = {told.values["amendment_id"]}
    askers = told.still_see(*(each.by_id for each in told.finding.amendments.all() if each.pk in ids))
    reason = told.values.get("reason")
    if reason:
        return _all(askers, NoticeKind.SENT_BACK, _AMENDMENT_SENT_BACK, reason=reason)
    return _all(askers, NoticeKind.PLAN, _AMENDMENT_APPROVED)


def _plan_news(plan_id: int, event: LedgerEvent, by_id: int, at: datetime) -> Iterator[News]:
    rows = Plan.objects.select_related("inspection__subject", "inspection__inspector_organisation")
    plan = rows.prefetch_related("signatures").get(pk=plan_id)
    signed = len(plan.signatures.all())
    for person_id, kind, message in _plan_told(plan, event, timezone.localdate(at)):
        yield News(
            person_id=person_id,
            kind=kind,
            message=message,
            key=f"plan:{plan_id}:{event.value}:{signed}",
            target=(TargetKind.PLAN, plan_id),
            by_id=by_id,
        )


def _plan_told(plan: Plan, event: LedgerEvent, on: date) -> Iterator[Any]:
    facts = plan_facts(plan)
    office = [each.person_id for each in people_who_may(Action.PLAN_SUBMIT, facts, on)]
    if event is LedgerEvent.PLAN_SENT_BACK:
        values = {"number": plan.number, "reason": plan.decided_reason}
        return _all(office, NoticeKind.SENT_BACK, _PLAN_SENT_BACK, **values)
    if event is LedgerEvent.PLAN_APPROVED:
        leaders = _leaders_listed(plan)
        return _all(dict.fromkeys([*office, *leaders]), NoticeKind.PLAN, _PLAN_APPROVED, number=plan.number)
    if plan.state != PlanState.SUBMITTED or facts.next_step is None:
        return iter(())
    signers = [each.person_id for each in people_who_may(Action.PLAN_SIGN, facts, on)]
    values = {"number": plan.number, "role": Message(facts.next_step.label)}
    return _all(signers, NoticeKind.TO_SIGN, _PLAN_TO_SIGN, **values)


def _leaders_listed(plan: Plan) -> QuerySet[PlanItem, Any]:
    """The ids of the leaders of a plan's findings; of a restricted one only a leader who is listed."""
    led = PlanItem.objects.filter(plan=plan, finding__responsible_leader__isnull=False)
    standing = FindingReader.objects.filter(
        finding=OuterRef("finding_id"),
        person=OuterRef("finding__responsible_leader_id"),
        withdrawn_at__isnull=True,
    )
    shown = led.filter(Q(finding__restricted="") | Exists(standing))
    return shown.values_list("finding__responsible_leader_id", flat=True).distinct()


def _progress_judged(told: Told) -> Iterator[Any]:
    """Those who report, where they claim more than is seen."""
    if told.values["gap"] == Gap.AHEAD:
        values = {"progress": Message(PROGRESS_LABELS[Progress(told.values["progress"])])}
        reason = told.values["reason"]
        yield from _all(
            told.may(Action.PROGRESS_REPORT), NoticeKind.REPORT, _SEEN_AS, reason=reason, **values
        )


_SEEN_AS: Final = msg("Your unit claims more than is seen; it is seen as “%(progress)s”. Reason: %(reason)s")
_LEADS: Final = msg("Assigned with you as its responsible leader; “%(unit)s” fixes it.")
_ASSIGNED: Final = msg("Assigned to your unit without a due date: accept it, or decline it with a reason.")
_ASSIGNED_DUE: Final = msg("Assigned to your unit, due on %(due)s: accept it, or decline it with a reason.")
_SUPPORTS: Final = msg("Assigned to “%(unit)s”; your unit supports it.")
_DECLINED: Final = msg("The unit declined it, so assign it anew. Reason: %(reason)s")
_TRANSFERRED: Final = msg(
    "The unit asks that “%(to_unit)s” leads instead, so assign it anew. Reason: %(reason)s"
)
_TO_SIGN: Final = msg("Closure is requested, and the next signature, as %(role)s, is yours to give.")
_TO_DECIDE: Final = msg(
    "Closure is requested, and a meeting decides next, as %(role)s. Its minutes are recorded by one person "
    "and confirmed by another."
)
_TO_CONFIRM: Final = msg(
    "A signature given elsewhere is recorded with its scan and waits for a second person to confirm it."
)
_RECORD_REFUSED: Final = msg("The signature that you recorded was refused. Reason: %(reason)s")
_SENT_BACK: Final = msg("The closure request was sent back, and a new round begins. Reason: %(reason)s")
_REDO: Final = msg(
    "The closure request was sent back, and a new round begins. Work again until %(day)s. Reason: %(reason)s"
)
_CLOSED: Final = msg("The last signature stands: it is closed.")
_STAGE_CLOSED: Final = msg("It is closed for this stage; the next re-check is on %(recheck_on)s.")
_WITHDRAWN: Final = msg("The evidence “%(title)s” was withdrawn. Reason: %(reason)s")
_AMENDMENT: Final = msg("An amendment of the plan waits for your approval.")
_AMENDMENT_APPROVED: Final = msg("Your amendment of the plan is approved.")
_AMENDMENT_SENT_BACK: Final = msg("Your amendment of the plan was sent back. Reason: %(reason)s")
_HANDED_OVER: Final = msg(
    "Findings handed over to you: %(count)s. You are their responsible leader from now on."
)
_PLAN_TO_SIGN: Final = msg("Plan no. %(number)s waits for your approval, as %(role)s.")
_PLAN_APPROVED: Final = msg("Plan no. %(number)s is approved; it changes only by an amendment.")
_PLAN_SENT_BACK: Final = msg("Plan no. %(number)s was sent back. Reason: %(reason)s")
_PLAN_EVENTS: Final = frozenset(
    {
        LedgerEvent.PLAN_SUBMITTED,
        LedgerEvent.PLAN_SIGNED,
        LedgerEvent.PLAN_APPROVED,
        LedgerEvent.PLAN_SENT_BACK,
    }
)
_TELLERS: Final[dict[LedgerEvent, Teller]] = {
    LedgerEvent.FINDING_ASSIGNED: _assigned,
    LedgerEvent.FINDING_DECLINED: _declined,
    LedgerEvent.FINDING_TRANSFERRED: _declined,
    LedgerEvent.CLOSURE_REQUESTED: _to_sign,
    LedgerEvent.CLOSURE_SIGNED: _to_sign,
    LedgerEvent.SIGNATURE_RECORDED: _recorded,
    LedgerEvent.SIGNATURE_REFUSED: _record_refused,
    LedgerEvent.CLOSURE_SENT_BACK: _sent_back,
    LedgerEvent.FINDING_CLOSED: _closed,
    LedgerEvent.FINDING_STAGE_CLOSED: _closed,
    LedgerEvent.EVIDENCE_WITHDRAWN: _evidence_withdrawn,
    **SITUATION_TELLERS,
    LedgerEvent.PROGRESS_JUDGED: _progress_judged,
    **DEADLINE_TELLERS,
    LedgerEvent.AMENDMENT_PROPOSED: _amendment_waits,
    LedgerEvent.AMENDMENT_SIGNED: _amendment_waits,
    LedgerEvent.AMENDMENT_APPROVED: _amendment_decided,
    LedgerEvent.AMENDMENT_SENT_BACK: _amendment_decided,
    **TELLERS_AFTERWARDS,
}
