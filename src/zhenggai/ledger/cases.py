"""From rows to what the gates look at (销号情形): one finding at the moment of closing, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenggai.accounts.selectors import seats_of
from zhenggai.domain.actor import Role
from zhenggai.domain.case import (
    CaseAnswer,
    CaseCriterion,
    CaseEvidence,
    CaseHold,
    CaseMeasure,
    CaseSituation,
    ClosureCase,
    HoldKind,
    Requirement,
)
from zhenggai.domain.fixing import belongs
from zhenggai.domain.ladder import STEPS
from zhenggai.ledger.carrying import evidence_rested_on, is_carried, judgement_standing
from zhenggai.ledger.deadlines import deadline_facts
from zhenggai.ledger.evidence_links import measures_proved
from zhenggai.ledger.facts import (
    criteria_standing,
    measures_standing,
    nature_of,
    planning_of,
    request_open,
    units_fixing,
    worker_ids,
)
from zhenggai.ledger.signers import steps_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zhenggai.domain.actor import Seat
    from zhenggai.ledger.models import ClosureRequest, Criterion, Evidence, Finding, RequirementAnswer
    from zhenggai.ledger.signers import Holders


def case_of(
    finding: Finding,
    on: date,
    *,
    submitter_id: int | None = None,
    signed: tuple[tuple[str, int], ...] = (),
    stage_goal: str = "",
    recheck_on: date | None = None,
    known: Known | None = None,
) -> ClosureCase:
    """What the gates look at, of a finding loaded with `PIECES`: judgements of its current round only.

    ``signed`` holds the step and the person of each signature. Where everybody belongs is asked for in one
    query more, unless it is ``known``.
    """
    criteria = tuple(_criterion(finding, each) for each in criteria_standing(finding))
    evidence = tuple(_evidence(each) for each in finding.evidence.all())
    proving = measures_proved(finding)
    answers = tuple(
        _answer(each) for each in finding.requirement_answers.all() if each.round == finding.round
    )
    required_by = {Requirement(name): by for name, by in (finding.requirements_set_by or {}).items()}
    leader_id = finding.responsible_leader_id
    asked = {*people_in(finding), *(person_id for _, person_id in signed)}
    seats = seats_of(asked, on) if known is None else known.seats
    subject_path = finding.inspection.subject.path
    units = units_fixing(finding)
    return ClosureCase(
        on=on,
        round=finding.round,
        nature=nature_of(finding),
        submitter_id=submitter_id,
        leader_id=leader_id,
        leader_may_sign=leader_id is None or _leads(seats.get(leader_id, ()), subject_path, on),
        worker_ids=worker_ids(finding),
        insider_ids=frozenset(
            person_id for person_id, each in seats.items() if person_id in asked and belongs(each, units)
        ),
        signer_ids=tuple(person_id for _, person_id in signed),
        confirmer_ids=tuple(person_id for step, person_id in signed if STEPS[step].confirms),
        short=steps_short(finding, submitter_id, on, known.holders if known else None),
        measures=tuple(
            CaseMeasure(each.text, each.done_at is not None, proving.get(each.pk, ()))
            for each in measures_standing(finding)
        ),
        criteria=criteria,
        evidence=evidence,
        required={
            Requirement.MONEY: finding.money_required,
            Requirement.PEOPLE: finding.people_required,
            Requirement.SIMILAR: True,
            Requirement.CAUSE: finding.cause_required,
        },
        required_by=required_by,
        answers=answers,
        situations=tuple(
            CaseSituation(each.text, each.answered_at is not None) for each in finding.situations.all()
        ),
        open_holds=tuple(
            CaseHold(HoldKind(each.kind), each.reference)
            for each in finding.holds.all()
            if each.cleared_at is None
        ),
        planning=planning_of(finding),
        deadline=deadline_facts(finding),
        money_to_recover=finding.money_to_recover,
        people_to_deal_with=finding.people_to_deal_with,
        stage_goal=stage_goal,
        recheck_on=recheck_on,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked once for many findings (批量查询): where people belong, and who holds which post."""

    seats: Mapping[int, tuple[Seat, ...]]
    holders: Holders = field(default_factory=dict)


def known_of(findings: Sequence[Finding], on: date) -> Known:
    """Where everybody belongs who has to do with one of the findings; one query."""
    people = {each for finding in findings for each in people_in(finding)}
    requests = [request for finding in findings if (request := request_open(finding)) is not None]
    people |= {person_id for request in requests for _, person_id in signatures_of(request)}
    return Known(seats_of(people, on))


def people_in(finding: Finding) -> set[int]:
    """Whoever led, judged, waived or set something of a finding (涉及人员), signers apart, by id."""
    said = [
        finding.responsible_leader_id,
        *(
            judged.by_id
            for each in criteria_standing(finding)
            if (judged := judgement_standing(finding, each)) is not None
        ),
        *(effects[-1].by_id for each in finding.evidence.all() if (effects := list(each.judgements.all()))),
        *(
            each.by_id
            for each in finding.requirement_answers.all()
            if each.round == finding.round and each.evidence_id is None
        ),
        *(finding.requirements_set_by or {}).values(),
    ]
    return {each for each in said if each is not None}


def case_standing(finding: Finding, on: date, known: Known | None = None) -> ClosureCase:
    """The case as it stands: of the request that waits, or as a request made now would find it."""
    request = request_open(finding)
    if request is None:
        return case_of(finding, on, known=known)
    return case_of(
        finding,
        on,
        submitter_id=request.by_id,
        signed=signatures_of(request),
        stage_goal=request.stage_goal,
        recheck_on=request.recheck_on,
        known=known,
    )


def signatures_of(request: ClosureRequest) -> tuple[tuple[str, int], ...]:
    """The step and the person of each signature on a request, in their order."""
    return tuple((each.step, each.by_id) for each in request.signatures.all())


def _leads(seats: Iterable[Seat], subject_path: str, on: date) -> bool:
    """Whether the post of a responsible leader is held on the day at, above or below the inspected body."""
    return any(
        seat.role is Role.RESPONSIBLE_LEADER
        and (seat.ended_on is None or seat.ended_on > on)
        and (subject_path.startswith(seat.path) or seat.path.startswith(subject_path))
        for seat in seats
    )


def _criterion(finding: Finding, criterion: Criterion) -> CaseCriterion:
    last = judgement_standing(finding, criterion)
    if last is None:
        return CaseCriterion(criterion.text)
    return CaseCriterion(
        criterion.text,
        last.met,
        last.by_id,
        evidence_rested_on(finding, last),
        is_carried=is_carried(finding, last),
    )


def _evidence(evidence: Evidence) -> CaseEvidence:
    judged = list(evidence.judgements.all())
    last = judged[-1] if judged else None
    return CaseEvidence(
        id=evidence.pk,
        round=evidence.round,
        withdrawn=evidence.withdrawn_at is not None,
        effect=last.effect if last else None,
        effect_by=last.by_id if last else None,
        amount=evidence.amount,
        file=evidence.blob.sha256,
        title=evidence.title,
        people=frozenset(each.person for each in evidence.links.all() if each.person),
    )


def _answer(answer: RequirementAnswer) -> CaseAnswer:
    kind = Requirement(answer.requirement)
    if answer.evidence_id is None:
        return CaseAnswer(kind, waived_by=answer.by_id, reason=answer.reason)
    return CaseAnswer(kind, evidence_id=answer.evidence_id)
