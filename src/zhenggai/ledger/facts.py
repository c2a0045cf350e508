"""From rows to plain values: what policy and gates look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch
from django.utils import timezone

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
from zhenggai.domain.closing import RequestState
from zhenggai.domain.fixing import Fixing, belongs
from zhenggai.domain.ladder import STEPS, ladder_of, next_step
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.domain.policy import Facts
from zhenggai.ledger.models import (
    ActionTaken,
    Closure,
    ClosureRequest,
    Criterion,
    CriterionJudgement,
    Evidence,
    EvidenceJudgement,
    Finding,
    FixingUnit,
    Hold,
    Inspection,
    Measure,
    ProgressReport,
    RequirementAnswer,
    Signature,
    Situation,
    SupportingUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from zhenggai.domain.actor import Seat
    from zhenggai.domain.ladder import Step

HEAD: Final = (
    "inspection__subject",
    "inspection__inspector_organisation",
    "theme",
    "group__theme",
    "responsible_leader",
    "lead_unit",
    "document",
)

# What policy and gates look at: as many queries for one finding as for a hundred.
WEIGHED: Final = (
    Prefetch("supporting", SupportingUnit.objects.select_related("unit")),
    Prefetch("fixing_units", FixingUnit.objects.select_related("unit")),
    "measures",
    "criteria__judgements__evidence",
    Prefetch("evidence", Evidence.objects.select_related("blob")),
    "evidence__judgements",
    "requirement_answers",
    "progress_reports",
    "situations",
    "holds",
    "closure_requests__signatures",
)

# All that hangs on a finding, with the people, to be shown.
PIECES: Final = (
    Prefetch("supporting", SupportingUnit.objects.select_related("unit")),
    Prefetch("fixing_units", FixingUnit.objects.select_related("unit")),
    Prefetch("actions_taken", ActionTaken.objects.all()),
    Prefetch("measures", Measure.objects.select_related("done_by", "added_by")),
    Prefetch("criteria", Criterion.objects.select_related("added_by")),
    Prefetch("criteria__judgements", CriterionJudgement.objects.select_related("by")),
    "criteria__judgements__evidence",
    Prefetch("evidence", Evidence.objects.select_related("blob", "uploaded_by", "withdrawn_by")),
    Prefetch("evidence__judgements", EvidenceJudgement.objects.select_related("by")),
    Prefetch("requirement_answers", RequirementAnswer.objects.select_related("by", "evidence")),
    Prefetch("progress_reports", ProgressReport.objects.select_related("by")),
    Prefetch("situations", Situation.objects.select_related("raised_by", "answered_by")),
    Prefetch("holds", Hold.objects.select_related("opened_by", "cleared_by")),
    Prefetch("closure_requests", ClosureRequest.objects.select_related("by", "returned__by")),
    Prefetch("closure_requests__signatures", Signature.objects.select_related("by")),
    Prefetch("closures", Closure.objects.select_related("request")),
)


def nature_of(finding: Finding) -> Nature | None:
    """The finding's nature (整改类型), None while unset."""
    return Nature(finding.nature) if finding.nature else None


def request_open(finding: Finding) -> ClosureRequest | None:
    """The closure request that waits for signatures (在办申请)."""
    waiting = (each for each in finding.closure_requests.all() if each.state == RequestState.OPEN)
    return next(waiting, None)


def ladder_for(inspection: Inspection) -> tuple[Step, ...]:
    """The ladder of signatures of an inspection (签批梯次)."""
    return ladder_of(inspection.profile.get("ladder"))


def step_next(finding: Finding) -> Step | None:
    """The step whose signature comes next (待签步骤), None when no request waits."""
    request = request_open(finding)
    if request is None:
        return None
    return next_step(ladder_for(finding.inspection), [each.step for each in request.signatures.all()])


def worker_ids(finding: Finding) -> frozenset[int]:
    """Everyone who fixed or submitted (整改经手人), in any round; withdrawn evidence counts too."""
    return frozenset(
        [
            *(each.by_id for each in finding.progress_reports.all()),
            *(each.done_by_id for each in finding.measures.all() if each.done_by_id is not None),
            *(each.uploaded_by_id for each in finding.evidence.all()),
            *(each.withdrawn_by_id for each in finding.evidence.all() if each.withdrawn_by_id is not None),
            *(each.by_id for each in finding.requirement_answers.all() if each.evidence_id is not None),
            *(each.by_id for each in finding.closure_requests.all()),
        ]
    )


def units_fixing(finding: Finding) -> tuple[Fixing, ...]:
    """Every unit to which the work was ever given (整改单位), from which day on."""
    return tuple(
        Fixing(each.unit.path, timezone.localdate(each.since)) for each in finding.fixing_units.all()
    )


def inspection_facts(inspection: Inspection) -> Facts:
    """What policy needs to know of an inspection."""
    body = inspection.inspector_organisation
    return Facts(subject_path=inspection.subject.path, inspector_path=body.path if body else None)


def facts_of(finding: Finding, author_id: int | None = None, *, is_of_inspectors: bool = False) -> Facts:
    """What policy needs to know of a finding loaded with `PIECES` or `WEIGHED`, and of one piece of it."""
    body = finding.inspection.inspector_organisation
    request = request_open(finding)
    return Facts(
        subject_path=finding.inspection.subject.path,
        inspector_path=body.path if body else None,
        lead_unit_path=finding.lead_unit.path if finding.lead_unit else None,
        supporting_paths=tuple(each.unit.path for each in finding.supporting.all()),
        fixing=units_fixing(finding),
        responsible_leader_id=finding.responsible_leader_id,
        stage=Stage(finding.stage),
        nature=nature_of(finding),
        author_id=author_id,
        is_of_inspectors=is_of_inspectors,
        worker_ids=worker_ids(finding),
        submitter_id=request.by_id if request else None,
        signer_ids=frozenset(each.by_id for each in request.signatures.all()) if request else frozenset(),
        next_step=step_next(finding),
    )


def maker_id(row: Any) -> int | None:
    """Who filed a piece of evidence, raised a situation or opened a hold."""
    names = ("uploaded_by_id", "raised_by_id", "opened_by_id")
    return next((made_by for name in names if (made_by := getattr(row, name, None)) is not None), None)


def pieces_of_inspectors(finding: Finding, rows: Iterable[Any]) -> set[Any]:
    """Those of the holds, criteria and evidence on which the inspecting body's word stands (巡察机构意见).

    A hold that one of its people opened, a criterion or evidence that one of them judged in this round, and
    evidence with the same bytes as such; by the posts of that day. One query, however many there are.
    """
    body = finding.inspection.inspector_organisation
    said = {row: _words_on(finding, row) for row in rows} if body is not None else {}
    people = {person_id for words in said.values() for person_id, _ in words}
    if body is None or not people:
        return set()
    seats = seats_of(people, timezone.localdate(max(at for words in said.values() for _, at in words)))
    return {
        row
        for row, words in said.items()
        if any(
            _inspects(seats.get(person_id, ()), body.path, timezone.localdate(at)) for person_id, at in words
        )
    }


def _words_on(finding: Finding, row: Any) -> list[tuple[int, datetime]]:
    """Who decided on a piece, and when, as far as it counts in this round."""
    if isinstance(row, Hold):
        return [(row.opened_by_id, row.opened_at)]
    if isinstance(row, Criterion):
        return [(each.by_id, each.at) for each in row.judgements.all() if each.round == finding.round]
    if isinstance(row, Evidence):
        # withdrawn and filed anew it is the same piece still
        same = (
            each for each in finding.evidence.all() if (each.blob_id, each.round) == (row.blob_id, row.round)
        )
        return [(said.by_id, said.at) for each in same for said in each.judgements.all()]
    return []


def _inspects(seats: Iterable[Seat], body_path: str, on: date) -> bool:
    return any(
        seat.role is Role.INSPECTOR
        and body_path.startswith(seat.path)
        and (seat.started_on is None or seat.started_on <= on)
        and (seat.ended_on is None or seat.ended_on > on)
        for seat in seats
    )


def case_of(
    finding: Finding,
    on: date,
    *,
    submitter_id: int | None = None,
    signed: tuple[tuple[str, int], ...] = (),
    stage_goal: str = "",
    recheck_on: date | None = None,
) -> ClosureCase:
    """What the gates look at, of a finding loaded with `PIECES`: judgements of its current round only.

    ``signed`` holds the step and the person of each signature. Where everybody belongs is asked for in one
    query more.
    """
    criteria = tuple(_criterion(each, finding.round) for each in finding.criteria.all())
    evidence = tuple(_evidence(each) for each in finding.evidence.all())
    answers = tuple(
        _answer(each) for each in finding.requirement_answers.all() if each.round == finding.round
    )
    required_by = {Requirement(name): by for name, by in (finding.requirements_set_by or {}).items()}
    leader_id = finding.responsible_leader_id
    asked = {
        leader_id,
        *(each.judged_by for each in criteria),
        *(each.effect_by for each in evidence),
        *(each.waived_by for each in answers),
        *required_by.values(),
        *(person_id for _, person_id in signed),
    }
    seats = seats_of([each for each in asked if each is not None], on)
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
            person_id for person_id, each in seats.items() if belongs(each, units, subject_path)
        ),
        signer_ids=tuple(person_id for _, person_id in signed),
        confirmer_ids=tuple(person_id for step, person_id in signed if STEPS[step].confirms),
        measures=tuple(CaseMeasure(each.text, each.done_at is not None) for each in finding.measures.all()),
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
        stage_goal=stage_goal,
        recheck_on=recheck_on,
    )


def case_standing(finding: Finding, on: date) -> ClosureCase:
    """The case as it stands: of the request that waits, or as a request made now would find it."""
    request = request_open(finding)
    if request is None:
        return case_of(finding, on)
    return case_of(
        finding,
        on,
        submitter_id=request.by_id,
        signed=signatures_of(request),
        stage_goal=request.stage_goal,
        recheck_on=request.recheck_on,
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


def _criterion(criterion: Criterion, round_: int) -> CaseCriterion:
    judged = [each for each in criterion.judgements.all() if each.round == round_]
    if not judged:
        return CaseCriterion(criterion.text)
    last = judged[-1]
    return CaseCriterion(criterion.text, last.met, last.by_id, tuple(each.pk for each in last.evidence.all()))


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
    )


def _answer(answer: RequirementAnswer) -> CaseAnswer:
    kind = Requirement(answer.requirement)
    if answer.evidence_id is None:
        return CaseAnswer(kind, waived_by=answer.by_id, reason=answer.reason)
    return CaseAnswer(kind, evidence_id=answer.evidence_id)
