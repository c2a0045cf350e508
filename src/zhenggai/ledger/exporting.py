"""The ledger as files (台账导出): what the actor sees, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.documents.ledger import (
    ClosureRow,
    CriterionRow,
    DeadlineRow,
    LedgerRow,
    MeasureRow,
    RequestRow,
    SignatureRow,
    SuspensionRow,
    ledger_csv,
    ledger_json,
)
from zhenggai.domain.lifecycle import Progress, Stage
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.ledger.deadlines import finding_days_overdue
from zhenggai.ledger.exporting_afterwards import afterwards_row, outcome_row
from zhenggai.ledger.exporting_comments import comment_rows
from zhenggai.ledger.exporting_evidence import evidence_rows
from zhenggai.ledger.exporting_readings import indicator_row
from zhenggai.ledger.exporting_restated import restated_rows
from zhenggai.ledger.exporting_situations import situation_row
from zhenggai.ledger.facts import nature_of
from zhenggai.ledger.listing import FindingFilters, FindingOrder, Order
from zhenggai.ledger.selectors import inspection_get, ledger_export_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import ClosureRequest, Criterion, DeadlineRequest, Finding


def ledger_export_csv(
    actor: Actor,
    inspection_id: int,
    on: date,
    filters: FindingFilters | None = None,
    order: Order = FindingOrder.POSITION,
) -> Iterator[bytes]:
    """The ledger as CSV, piece by piece; ``on``: the day for which days overdue are counted.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    findings = ledger_export_rows(actor, inspection_id, filters, order)
    return ledger_csv(row_of(finding, on) for finding in findings)


def ledger_export_json(
    actor: Actor,
    inspection_id: int,
    on: date,
    filters: FindingFilters | None = None,
    order: Order = FindingOrder.POSITION,
) -> Iterator[bytes]:
    """The ledger as JSON of schema ``zhenggai.ledger/1``, piece by piece.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    inspection = inspection_get(actor, inspection_id)
    findings = ledger_export_rows(actor, inspection_id, filters, order)
    head = {
        "id": inspection.pk,
        "title": inspection.title,
        "kind": inspection.kind,
        "subject": inspection.subject.name,
        "inspector": inspection.inspector,
        "feedback_on": inspection.feedback_on,
        "on": on,
        "documents": [
            {"title": each.title, "name": each.name, "kind": each.kind, "sha256": each.blob_sha256}
            for each in inspection.documents.all()
        ],
    }
    return ledger_json(head, (row_of(finding, on) for finding in findings))


def row_of(finding: Finding, on: date) -> LedgerRow:
    """One finding, loaded with `facts.PIECES` and its views of progress, as plain values."""
    criteria = {each.pk: each.text for each in finding.criteria.all()}
    reports, views = list(finding.progress_reports.all()), list(finding.progress_views.all())
    return LedgerRow(
        id=finding.pk,
        position=finding.position,
        number=finding.number,
        theme=finding.theme.title if finding.theme else "",
        group=finding.group.title if finding.group else "",
        title=finding.title,
        problem=finding.problem,
        organisation_label=finding.organisation_label,
        nature=nature_of(finding),
        stage=Stage(finding.stage),
        progress=Progress(finding.progress) if finding.progress else None,
        responsible_leader=finding.responsible_leader.name if finding.responsible_leader else "",
        lead_unit=finding.lead_unit.name if finding.lead_unit else "",
        supporting_units=tuple(each.unit.name for each in finding.supporting.all()),
        due=finding.due,
        first_due=finding.first_due,
        days_overdue=finding_days_overdue(finding, on),
        round=finding.round,
        stated_status=finding.status_text,
        stated_progress=StatedProgress(finding.stated_progress) if finding.stated_progress else None,
        stated_nature=StatedNature(finding.stated_nature) if finding.stated_nature else None,
        stated_closed=finding.stated_closed,
        stated_leader=finding.stated_leader,
        stated_unit=finding.stated_unit,
        stated_due=finding.stated_due_text,
        stated_actions=tuple(each.text for each in finding.actions_taken.all()),
        document=str(finding.document) if finding.document else "",
        span=_span(finding),
        restricted=finding.restricted,
        measures=tuple(
            MeasureRow(
                text=each.text,
                source=each.source,
                due=each.due,
                done_at=_local(each.done_at),
                done_by=each.done_by.name if each.done_by else None,
                result=each.result,
            )
            for each in finding.measures.all()
        ),
        criteria=tuple(_criterion(finding, each) for each in finding.criteria.all()),
        evidence=evidence_rows(finding),
        requests=tuple(_request(each, criteria) for each in finding.closure_requests.all()),
        closures=tuple(
            ClosureRow(each.kind, each.round, timezone.localtime(each.at), each.stage_goal, each.recheck_on)
            for each in finding.closures.all()
        ),
        deadline_requests=tuple(_deadline(each) for each in finding.deadline_requests.all()),
        suspensions=tuple(
            SuspensionRow(
                each.reason,
                each.begun_by.name,
                timezone.localtime(each.begun_at),
                each.ended_by.name if each.ended_by else None,
                _local(each.ended_at),
                each.ended_reason,
            )
            for each in finding.suspensions.all()
        ),
        situations=tuple(situation_row(each) for each in finding.situations.all()),
        outcomes=tuple(outcome_row(each) for each in finding.outcomes.all()),
        afterwards=afterwards_row(finding),
        percent=reports[-1].percent if reports else None,
        progress_verified=Progress(views[-1].progress) if views else None,
        comments=comment_rows(finding),
        restated=restated_rows(finding),
        narrative=reports[-1].narrative if reports else "",
        stated_supporting=finding.stated_supporting,
        emphasis=finding.emphasis,
        key_area=finding.key_area,
        money_to_recover=finding.money_to_recover,
        people_to_deal_with=finding.people_to_deal_with,
    )


def _span(finding: Finding) -> tuple[int, int] | None:
    if finding.span_start is None or finding.span_end is None:
        return None
    return (finding.span_start, finding.span_end)


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else timezone.localtime(moment)


def _criterion(finding: Finding, criterion: Criterion) -> CriterionRow:
    judged = list(criterion.judgements.all())
    indicator = indicator_row(finding, criterion)
    if not judged:
        return CriterionRow(criterion.text, None, None, None, None, "", indicator)
    last = judged[-1]
    return CriterionRow(
        criterion.text, last.met, last.by.name, timezone.localtime(last.at), last.round, last.note, indicator
    )


def _deadline(request: DeadlineRequest) -> DeadlineRow:
    return DeadlineRow(
        kind=request.kind,
        asked_on=request.asked_on,
        due_before=request.due_before,
        new_due=request.new_due,
        stage_goal=request.stage_goal,
        recheck_on=request.recheck_on,
        reason=request.reason,
        by=request.by.name,
        state=request.state,
        signatures=tuple(
            SignatureRow(
                each.step,
                each.by.name,
                timezone.localtime(each.at),
                each.note,
                each.acting_for.name if each.acting_for else "",
            )
            for each in request.signatures.all()
        ),
        decided_by=request.decided_by.name if request.decided_by else None,
        decided_reason=request.decided_reason,
    )


def _request(request: ClosureRequest, criteria: Mapping[int, str]) -> RequestRow:
    returned = getattr(request, "returned", None)
    return RequestRow(
        round=request.round,
        by=request.by.name,
        at=timezone.localtime(request.at),
        state=request.state,
        statement=request.statement,
        signatures=tuple(
            SignatureRow(
                each.step,
                each.by.name,
                timezone.localtime(each.at),
                each.note,
                each.acting_for.name if each.acting_for else "",
                each.record.kind if each.record else "",
            )
            for each in request.signatures.all()
        ),
        returned_by=returned.by.name if returned else None,
        returned_reason=returned.reason if returned else "",
        redo_by=returned.redo_by if returned else None,
        returned_at=_local(returned.at) if returned else None,
        failed=tuple(criteria[each] for each in returned.criteria if each in criteria) if returned else (),
    )
