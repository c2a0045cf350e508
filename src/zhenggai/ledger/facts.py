"""From rows to plain values: what policy and gates look at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch
from django.utils import timezone

from zhenggai.accounts.selectors import seats_of
from zhenggai.domain.actor import Role
from zhenggai.domain.closing import RequestState
from zhenggai.domain.fixing import Fixing, Reach
from zhenggai.domain.ladder import next_step
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Stage
from zhenggai.domain.planning import Planning, PlanState
from zhenggai.domain.policy import AMENDMENT_REVIEWS, DEADLINE_REVIEWS, Action, Facts
from zhenggai.domain.situations import Level
from zhenggai.ledger.commented import COMMENTED
from zhenggai.ledger.deadlines import (
    DEADLINE_PIECES,
    DEADLINES_WEIGHED,
    deadline_request_open,
    deadline_step_next,
)
from zhenggai.ledger.models import (
    ActionTaken,
    AmendmentSignature,
    Closure,
    ClosureRequest,
    Criterion,
    CriterionJudgement,
    Evidence,
    EvidenceJudgement,
    Finding,
    FindingReader,
    FixingUnit,
    Hold,
    IndicatorReading,
    Inspection,
    Measure,
    MeasureTask,
    Outcome,
    PlanAmendment,
    ProgressReport,
    ProgressView,
    Rebound,
    Recheck,
    RecheckDate,
    Refusal,
    RequirementAnswer,
    Signature,
    SignatureRecord,
    Situation,
    SituationStep,
    StageStart,
    SupportingUnit,
)
from zhenggai.ledger.restated import RESTATED_SHOWN
from zhenggai.ledger.signing import bodies_waiting, called_to, given_of, review_bodies, step_standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from zhenggai.domain.actor import Seat
    from zhenggai.domain.ladder import Step

HEAD: Final = (
    "inspection__subject",
    "inspection__inspector_organisation",
    "inspection__profile_version",
    "theme",
    "group__theme",
    "responsible_leader",
    "lead_unit",
    "document",
    "plan",
    "restricted_by",
    "origin",
)

# What policy and gates look at: as many queries for one finding as for a hundred.
WEIGHED: Final = (
    Prefetch("supporting", SupportingUnit.objects.select_related("unit")),
    Prefetch("fixing_units", FixingUnit.objects.select_related("unit")),
    "readers",
    Prefetch("measures", Measure.objects.select_related("leader")),
    Prefetch("measures__tasks", MeasureTask.objects.select_related("unit")),
    "criteria__judgements__evidence",
    "carried_judgements",
    "amendments__signatures",
    *DEADLINES_WEIGHED,
    Prefetch("evidence", Evidence.objects.select_related("blob")),
    "evidence__judgements",
    "evidence__links",
    "requirement_answers",
    "progress_reports",
    "situations",
    "holds",
    "outcomes",
    "closure_requests__signatures",
)

_SIGNED: Final = Signature.objects.select_related(
    "by", "body", "acting_for", "record__recorded_by", "record__confirmed_by"
)
_RECORDED: Final = SignatureRecord.objects.select_related("signer", "recorded_by", "refused_by")
# All that hangs on a finding, with the people, to be shown.
PIECES: Final = (
    Prefetch("supporting", SupportingUnit.objects.select_related("unit")),
    Prefetch("fixing_units", FixingUnit.objects.select_related("unit")),
    Prefetch("readers", FindingReader.objects.select_related("person", "granted_by", "withdrawn_by")),
    # those of documents; those of reports hang on their report
    Prefetch("actions_taken", ActionTaken.objects.filter(report__isnull=True)),
    Prefetch("measures", Measure.objects.select_related("done_by", "added_by", "dropped_by", "leader")),
    Prefetch("measures__tasks", MeasureTask.objects.select_related("unit", "done_by", "dropped_amendment")),
    Prefetch("criteria", Criterion.objects.select_related("added_by", "dropped_by")),
    Prefetch("amendments", PlanAmendment.objects.select_related("by", "decided_by")),
    Prefetch("amendments__signatures", AmendmentSignature.objects.select_related("by", "acting_for")),
    *DEADLINE_PIECES,
    Prefetch("refusals", Refusal.objects.select_related("by", "unit", "to_unit")),
    Prefetch("criteria__judgements", CriterionJudgement.objects.select_related("by")),
    "criteria__judgements__evidence",
    "carried_judgements",
    Prefetch("evidence", Evidence.objects.select_related("blob", "uploaded_by", "withdrawn_by")),
    Prefetch("evidence__judgements", EvidenceJudgement.objects.select_related("by")),
    "evidence__links",
    Prefetch("requirement_answers", RequirementAnswer.objects.select_related("by", "evidence")),
    Prefetch("progress_reports", ProgressReport.objects.select_related("by")),
    Prefetch("situations", Situation.objects.select_related("raised_by", "answered_by", "follows")),
    Prefetch("situations__steps", SituationStep.objects.select_related("by")),
    Prefetch("holds", Hold.objects.select_related("opened_by", "cleared_by")),
    Prefetch("closure_requests", ClosureRequest.objects.select_related("by", "returned__by")),
    Prefetch("closure_requests__signatures", _SIGNED),
    Prefetch("closure_requests__records", _RECORDED),
    Prefetch("closures", Closure.objects.select_related("request")),
    Prefetch("recheck_dates", RecheckDate.objects.select_related("by")),
    Prefetch("rechecks", Recheck.objects.select_related("by", "blob")),
    Prefetch("stage_starts", StageStart.objects.select_related("by")),
    Prefetch("rebounds", Rebound.objects.select_related("by")),
    Prefetch("outcomes", Outcome.objects.select_related("by", "evidence", "withdrawn_by")),
    Prefetch("readings", IndicatorReading.objects.select_related("recorded_by", "evidence")),
    Prefetch("successors", Finding.objects.order_by("rebound")),
)

# What besides only the page of one finding shows.
SHOWN: Final = (
    Prefetch("progress_reports__actions", ActionTaken.objects.select_related("measure")),
    "progress_reports__evidence",
    Prefetch("progress_views", ProgressView.objects.select_related("by")),
    *COMMENTED,
    *RESTATED_SHOWN,
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
    return inspection.rules.ladder


def step_next(finding: Finding) -> Step | None:
    """The step whose signature comes next (待签步骤), None when no request waits."""
    request = request_open(finding)
    if request is None:
        return None
    return step_standing(ladder_for(finding.inspection), request)


def planning_of(finding: Finding) -> Planning:
    """How the finding stands towards its plan (方案情况)."""
    return Planning(
        required=finding.inspection.plan_required,
        state=PlanState(finding.plan.state) if finding.plan else None,
        nature=nature_of(finding),
        is_amended=amendment_open(finding) is not None,
        is_taken_on=finding.stage in {Stage.ACCEPTED, Stage.RECTIFYING},
    )


def plan_ladder_for(inspection: Inspection) -> tuple[Step, ...]:
    """The steps that approve a plan of an inspection, and its amendments (方案审批梯次)."""
    return inspection.rules.plan_ladder


def amendment_open(finding: Finding) -> PlanAmendment | None:
    """The amendment that waits for approval (在办调整)."""
    return next((each for each in finding.amendments.all() if each.state == PlanState.SUBMITTED), None)


def measures_standing(finding: Finding) -> list[Measure]:
    """The measures that were not dropped (现行措施)."""
    return [each for each in finding.measures.all() if each.dropped_at is None]


def stage_first_round(finding: Finding) -> int:
    """The round with which the stage of now began (本阶段首轮): the one after the last closing, else 1."""
    rounds = [each.round for each in finding.closures.all()]
    if finding.stage in FINAL_STAGES:
        # how it was closed last is the stage of now still
        rounds = rounds[:-1]
    return 1 + max(rounds, default=0)


def criteria_standing(finding: Finding) -> list[Criterion]:
    """The criteria that were not dropped (现行标准)."""
    return [each for each in finding.criteria.all() if each.dropped_at is None]


def worker_ids(finding: Finding) -> frozenset[int]:
    """Everyone who fixed or submitted (整改经手人), in any round; withdrawn evidence counts too."""
    return frozenset(
        [
            *(each.by_id for each in finding.progress_reports.all()),
            *(each.done_by_id for each in finding.measures.all() if each.done_by_id is not None),
            *(
                task.done_by_id
                for each in finding.measures.all()
                for task in each.tasks.all()
                if task.done_by_id is not None
            ),
            *(each.uploaded_by_id for each in finding.evidence.all()),
            *(each.withdrawn_by_id for each in finding.evidence.all() if each.withdrawn_by_id is not None),
            *(each.by_id for each in finding.requirement_answers.all() if each.evidence_id is not None),
            *(each.by_id for each in finding.closure_requests.all()),
            *(each.by_id for each in finding.outcomes.all()),
            *(each.withdrawn_by_id for each in finding.outcomes.all() if each.withdrawn_by_id is not None),
        ]
    )


def units_fixing(finding: Finding) -> tuple[Fixing, ...]:
    """Every unit to which the work was ever given (整改单位), from which day on."""
    return tuple(
        Fixing(each.unit.path, timezone.localdate(each.since), Reach(each.reach))
        for each in finding.fixing_units.all()
    )


def readers_listed(finding: Finding) -> list[FindingReader]:
    """Who is on the list of a restricted finding now (现知悉人)."""
    return [each for each in finding.readers.all() if each.withdrawn_at is None]


def _reader_ids(finding: Finding) -> frozenset[int] | None:
    if not finding.restricted:
        return None
    return frozenset(each.person_id for each in readers_listed(finding))


def inspection_facts(inspection: Inspection) -> Facts:
    """What policy needs to know of an inspection."""
    body = inspection.inspector_organisation
    return Facts(
        subject_path=inspection.subject.path,
        inspector_path=body.path if body else None,
        review_paths=tuple(review_bodies(inspection).values()),
    )


def facts_of(finding: Finding, author_id: int | None = None, *, is_of_inspectors: bool = False) -> Facts:
    """What policy needs to know of a finding loaded with `PIECES` or `WEIGHED`, and of one piece of it."""
    body = finding.inspection.inspector_organisation
    request, step = request_open(finding), step_next(finding)
    given = given_of(request)
    reviewing = review_bodies(finding.inspection)
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
        signer_ids=frozenset(each.person_id for each in given),
        represented_ids=frozenset(each.acting_for_id for each in given if each.acting_for_id is not None),
        next_step=step,
        called_ids=called_to(request, step) if request and step else None,
        review_paths=tuple(reviewing.values()),
        open_bodies=bodies_waiting(step, request, reviewing) if request else (),
        reader_ids=_reader_ids(finding),
    )


def facts_for(finding: Finding, action: Action, facts: Facts | None = None) -> Facts:
    """The facts that count for an action.

    Who decides on an amendment, or on a request about the deadline, looks at its submitter and signers.
    """
    facts = facts or facts_of(finding)
    if action in DEADLINE_REVIEWS or action is Action.DEADLINE_WITHDRAW:
        asked = deadline_request_open(finding)
        approvals = list(asked.signatures.all()) if asked else []
        return replace(
            facts,
            submitter_id=asked.by_id if asked else None,
            signer_ids=frozenset(each.by_id for each in approvals),
            represented_ids=frozenset(
                each.acting_for_id for each in approvals if each.acting_for_id is not None
            ),
            called_ids=None,
            open_bodies=(),
            next_step=deadline_step_next(finding),
        )
    amendment = amendment_open(finding) if action in AMENDMENT_REVIEWS else None
    if amendment is None:
        return facts
    signed = list(amendment.signatures.all())
    return replace(
        facts,
        submitter_id=amendment.by_id,
        signer_ids=frozenset(each.by_id for each in signed),
        represented_ids=frozenset(each.acting_for_id for each in signed if each.acting_for_id is not None),
        called_ids=None,
        open_bodies=(),
        next_step=next_step(plan_ladder_for(finding.inspection), [each.step for each in signed]),
    )


def facts_of_piece(finding: Finding, row: Any, *, is_of_inspectors: bool) -> Facts:
    """As `facts_of`, with whose one piece of the finding is, and where it waits if it is a situation."""
    waits_at = Level(row.level) if isinstance(row, Situation) else None
    return replace(facts_of(finding, maker_id(row), is_of_inspectors=is_of_inspectors), waits_at=waits_at)


def maker_id(row: Any) -> int | None:
    """Who filed a piece of evidence, raised a situation, opened a hold or recorded a signature."""
    names = ("uploaded_by_id", "raised_by_id", "opened_by_id", "recorded_by_id")
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
        carried = {
            each.judgement_id for each in finding.carried_judgements.all() if each.round == finding.round
        }
        return [
            (each.by_id, each.at)
            for each in row.judgements.all()
            if each.round == finding.round or each.pk in carried
        ]
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
