"""The form of a closing on paper (销号申请单): one finding or several, as they stand when it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from zhenggai.documents.closing_form import (
    ClosingForm,
    FormCriterion,
    FormEvidence,
    FormGate,
    FormMeasure,
    FormReturn,
    closing_forms_docx,
)
from zhenggai.documents.word.letters import day_words, moment_words
from zhenggai.documents.words import STAGE_WORDS
from zhenggai.domain.closing import RequestState
from zhenggai.domain.evidence import EVIDENCE_KIND_LABELS, EvidenceKind
from zhenggai.domain.gates import check_gates
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.planning import DIRECTION_LABELS, Direction
from zhenggai.ledger.carrying import is_carried, judgement_standing
from zhenggai.ledger.cases import case_of, known_of, signatures_of
from zhenggai.ledger.errors import FindingNotFoundError
from zhenggai.ledger.facts import HEAD, PIECES, criteria_standing, ladder_for, measures_standing, nature_of
from zhenggai.ledger.models import Finding
from zhenggai.ledger.paper_codes import code_of
from zhenggai.ledger.papers import Paper, ladder_boxes, marking_words, paper_of, said
from zhenggai.ledger.signing import review_bodies_load
from zhenggai.ledger.visibility import findings_shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.cases import Known
    from zhenggai.ledger.models import ClosureRequest, Criterion, Evidence, Measure

FORMS_MOST: Final = 40
_STANDING: Final = frozenset({RequestState.OPEN, RequestState.GRANTED})


def closing_paper(actor: Actor, finding_ids: Sequence[int], at: datetime) -> Paper:
    """The forms of these findings, each on pages of its own, in their order (销号申请单).

    As many queries for forty as for one; of more than forty the first are printed.

    :raises FindingNotFoundError: when there is none, or one of them is not the actor's to see.
    """
    wanted = list(dict.fromkeys(finding_ids))[:FORMS_MOST]
    rows = Finding.objects.filter(findings_shown(actor), pk__in=wanted).select_related(*HEAD)
    found = {each.pk: each for each in rows.prefetch_related(*PIECES, "closure_requests__called__person")}
    if not wanted or len(found) < len(wanted):
        raise FindingNotFoundError
    findings = [found[pk] for pk in wanted]
    review_bodies_load([each.inspection for each in findings])
    known = known_of(findings, timezone.localdate(at))
    forms = tuple(_form(each, at, known) for each in findings)
    which = (findings[0].number or str(findings[0].position)) if len(findings) == 1 else f"{len(findings)}项"
    return paper_of(f"销号申请单-{which}-{timezone.localtime(at):%Y-%m-%d}", closing_forms_docx(forms))


def request_standing(finding: Finding) -> ClosureRequest | None:
    """The request that stands in this round: open, or granted (本轮申请)."""
    rows = [
        each
        for each in finding.closure_requests.all()
        if each.round == finding.round and each.state in _STANDING
    ]
    return rows[-1] if rows else None


def _form(finding: Finding, at: datetime, known: Known) -> ClosingForm:
    request, inspection = request_standing(finding), finding.inspection
    is_open = request is not None and request.state == RequestState.OPEN
    ladder = ladder_for(inspection)
    boxes = ladder_boxes(ladder, request)
    if request is not None and not is_open:
        boxes = tuple(each for each in boxes if each.name)
    return ClosingForm(
        number=finding.number or str(finding.position),
        title=finding.title,
        inspection=inspection.title,
        organisation=inspection.subject.name,
        printed_at=timezone.localtime(at),
        round=finding.round,
        version=finding.version,
        standing=STAGE_WORDS[Stage(finding.stage)],
        code=code_of(request, finding.version) if request is not None and is_open else "",
        problem=finding.problem,
        theme=finding.theme.title if finding.theme else "",
        inspector=inspection.inspector,
        marking=marking_words(inspection),
        restricted=bool(finding.restricted),
        leader=finding.responsible_leader.name if finding.responsible_leader else "",
        unit=finding.lead_unit.name if finding.lead_unit else "",
        supporting=tuple(each.unit.name for each in finding.supporting.all()),
        nature=nature_of(finding),
        due=finding.due,
        first_due=finding.first_due,
        measures=tuple(_measure(each) for each in measures_standing(finding)),
        criteria=tuple(_criterion(finding, each) for each in criteria_standing(finding)),
        evidence=tuple(
            _evidence(each)
            for each in finding.evidence.all()
            if each.round == finding.round and each.withdrawn_at is None
        ),
        gates=_gates(finding, request, at, known),
        statement=request.statement if request else "",
        promise=request.promise if request else inspection.rules.promise,
        applied=f"{request.by.name}　{_moment(request.at)}" if request else "",
        stage_goal=request.stage_goal if request else "",
        recheck_on=request.recheck_on if request else None,
        returns=tuple(
            FormReturn(each.round, back.by.name, timezone.localtime(back.at), back.reason)
            for each in finding.closure_requests.all()
            if (back := getattr(each, "returned", None)) is not None
        ),
        boxes=boxes,
    )


def _gates(
    finding: Finding, request: ClosureRequest | None, at: datetime, known: Known
) -> tuple[FormGate, ...]:
    asked: dict[str, Any] = {}
    if request is not None:
        asked = {
            "submitter_id": request.by_id,
            "signed": signatures_of(request),
            "stage_goal": request.stage_goal,
            "recheck_on": request.recheck_on,
        }
    gates = check_gates(case_of(finding, timezone.localdate(at), known=known, **asked))
    return tuple(
        FormGate(
            said(gate.title),
            gate.state,
            tuple(said(each) for each in (*gate.missing, *((gate.note,) if gate.note else ()))),
        )
        for gate in gates
    )


def _measure(measure: Measure) -> FormMeasure:
    """A measure with its result, and what each unit reported of its part."""
    tasks = [each for each in measure.tasks.all() if each.dropped_at is None]
    reports = [f"{each.unit.name}：{each.report}" for each in tasks if each.report]
    done = ""
    if measure.done_at is not None and measure.done_by is not None:
        done = f"{measure.done_by.name}\n{_day(measure.done_at)}"
    return FormMeasure(measure.text, "\n".join(each for each in (measure.result, *reports) if each), done)


def _criterion(finding: Finding, criterion: Criterion) -> FormCriterion:
    text = criterion.text
    if criterion.target is not None:
        way = said(DIRECTION_LABELS[Direction(criterion.direction)])
        text += f"（指标：{way}{criterion.target.normalize():f}{criterion.indicator_unit}）"
    judged = judgement_standing(finding, criterion)
    if judged is None:
        return FormCriterion(text)
    by = f"{judged.by.name}\n{_day(judged.at)}"
    if is_carried(finding, judged):
        by += f"\n（沿用第{judged.round}轮）"
    return FormCriterion(text, judged.met, by, judged.note)


def _evidence(evidence: Evidence) -> FormEvidence:
    judged = list(evidence.judgements.all())
    return FormEvidence(
        title=evidence.title,
        kind=said(EVIDENCE_KIND_LABELS[EvidenceKind(evidence.kind)]),
        number=evidence.document_number,
        issuer=evidence.issuer,
        proves_on=evidence.proves_on,
        amount=f"{evidence.amount:,.2f}" if evidence.amount is not None else "",
        is_effect=bool(judged) and judged[-1].effect,
    )


def _day(moment: datetime) -> str:
    return day_words(timezone.localdate(moment))


def _moment(moment: datetime) -> str:
    return moment_words(timezone.localtime(moment))
