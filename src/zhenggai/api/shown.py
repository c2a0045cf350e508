"""What the interface tells (接口返回内容): plain values of what this person may see.

Days and moments are in ISO 8601, moments with the system's offset; money is text in yuan (元).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.api.errors import gate_said
from zhenggai.api.shown_readings import readings_said
from zhenggai.api.shown_situations import situation_said
from zhenggai.domain.deadlines import light
from zhenggai.ledger import selectors
from zhenggai.ledger.deadlines import finished_on
from zhenggai.ledger.exporting import row_of
from zhenggai.ledger.reuse import evidence_reuse

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.listing import Page


def inspection_said(row: Any, evaluation: Any = None) -> dict[str, Any]:
    """One inspection of the list, with the evaluation that stands."""
    return {
        "id": row.pk,
        "title": row.title,
        "kind": row.kind,
        "subject": row.subject.name,
        "inspector": row.inspector,
        "feedback_on": _day(row.feedback_on),
        "plan_required": row.plan_required,
        "findings": row.findings_count,
        "closed": row.closed_count,
        "evaluation": None
        if evaluation is None
        else {
            "number": evaluation.number,
            "grade": evaluation.grade,
            "evaluated_on": _day(evaluation.evaluated_on),
            "ground": evaluation.ground,
        },
    }


def page_said(page: Page[Any], on: date) -> dict[str, Any]:
    """One page of a ledger."""
    return {
        "page": page.number,
        "pages": page.pages,
        "size": page.size,
        "total": page.total,
        "findings": [brief_said(row, on) for row in page.rows],
    }


def brief_said(row: Any, on: date) -> dict[str, Any]:
    """One finding as it stands in a list."""
    return {
        "id": row.pk,
        "version": row.version,
        "position": row.position,
        "number": row.number,
        "title": row.title,
        "theme": row.theme.title if row.theme else None,
        "stage": row.stage,
        "round": row.round,
        "nature": row.nature or None,
        "progress": row.progress or None,
        "responsible_leader": row.responsible_leader.name if row.responsible_leader else None,
        "lead_unit": row.lead_unit.name if row.lead_unit else None,
        "due": _day(row.due),
        "first_due": _day(row.first_due),
        "light": light(row.due, on, finished_on(row)).value,
        "stated_progress": row.stated_progress or None,
        "stated_closed": row.stated_closed,
    }


def finding_said(actor: Actor, row: Any, on: date) -> dict[str, Any]:
    """One finding with everything that hangs on it, its gates, and what this person may do now."""
    kept = row_of(row, on)
    reuse = evidence_reuse(actor, row)
    return {
        **brief_said(row, on),
        "inspection": row.inspection_id,
        "group": kept.group or None,
        "problem": kept.problem,
        "supporting_units": list(kept.supporting_units),
        "days_overdue": kept.days_overdue,
        "deadline_requests": [
            {
                "kind": each.kind,
                "asked_on": _day(each.asked_on),
                "due_before": _day(each.due_before),
                "new_due": _day(each.new_due),
                "recheck_on": _day(each.recheck_on),
                "reason": each.reason,
                "by": each.by,
                "state": each.state,
                "decided_reason": each.decided_reason or None,
            }
            for each in kept.deadline_requests
        ],
        "suspended_since": next(
            (_at(each.begun_at) for each in kept.suspensions if each.ended_at is None), None
        ),
        "stated_status": kept.stated_status or None,
        "stated_actions": list(kept.stated_actions),
        "restricted": bool(row.restricted),
        "money_to_recover": _money(row.money_to_recover),
        "people_to_deal_with": row.people_to_deal_with,
        "measures": [_measure(each) for each in row.measures.all()],
        "criteria": [
            {**_criterion(each), "readings": readings_said(row, each)} for each in row.criteria.all()
        ],
        "evidence": [
            {
                **evidence_said(each),
                "also_for": [use.finding_id for use in reuse.get(each.blob_id, ()) if not each.withdrawn_at],
            }
            for each in row.evidence.all()
        ],
        "progress_reports": [
            {
                "progress": each.progress,
                "percent": each.percent,
                "narrative": each.narrative,
                "actions": [
                    {"text": action.text, "measure_id": action.measure_id} for action in each.actions.all()
                ],
                "evidence_ids": [piece.pk for piece in each.evidence.all()],
                "by": each.by.name,
                "at": _at(each.at),
            }
            for each in row.progress_reports.all()
        ],
        "progress_views": [
            {"progress": each.progress, "reason": each.reason, "by": each.by.name, "at": _at(each.at)}
            for each in row.progress_views.all()
        ],
        "situations": [situation_said(each, on) for each in row.situations.all()],
        "promise": row.inspection.rules.promise or None,
        "requests": [_request(each) for each in row.closure_requests.all()],
        "closures": [
            {
                "kind": each.kind,
                "round": each.round,
                "at": _at(each.at),
                "stage_goal": each.stage_goal or None,
                "recheck_on": _day(each.recheck_on),
            }
            for each in row.closures.all()
        ],
        "gates": [gate_said(each) for each in selectors.finding_gates(row, on)],
        "actions": [
            {
                "action": action.value,
                "allowed": verdict.allowed,
                "reason": verdict.reason.render(_) if verdict.reason else None,
            }
            for action, verdict in selectors.finding_actions(actor, row)
        ],
    }


def evidence_said(row: Any) -> dict[str, Any]:
    """One piece of evidence; the file has an address of its own."""
    judged = list(row.judgements.all())
    return {
        "id": row.pk,
        "round": row.round,
        "title": row.title,
        "file_name": row.file_name,
        "size_bytes": row.blob.size_bytes,
        "sha256": row.blob.sha256,
        "kind": row.kind,
        "proves": row.proves,
        "proves_on": _day(row.proves_on),
        "amount": _money(row.amount),
        "document_number": row.document_number or None,
        "issuer": row.issuer or None,
        "measure_ids": [each.measure_id for each in row.links.all() if each.measure_id],
        "criterion_ids": [each.criterion_id for each in row.links.all() if each.criterion_id],
        "people": [
            {"person": each.person, "handling": each.handling} for each in row.links.all() if each.person
        ],
        "carried_from": row.carried_from_id,
        "uploaded_by": row.uploaded_by.name,
        "uploaded_at": _at(row.uploaded_at),
        "withdrawn_at": _at(row.withdrawn_at),
        "withdrawn_reason": row.withdrawn_reason or None,
        "effect": judged[-1].effect if judged else None,
        "file": f"/api/1/evidence/{row.pk}/file",
    }


def _measure(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "text": row.text,
        "source": row.source,
        "due": _day(row.due),
        "done_at": _at(row.done_at),
        "result": row.result or None,
        "dropped_at": _at(row.dropped_at),
        "dropped_reason": row.dropped_reason or None,
        "tasks": [
            {
                "id": task.pk,
                "unit": task.unit.name,
                "due": _day(task.due),
                "done_at": _at(task.done_at),
                "report": task.report or None,
                "dropped_at": _at(task.dropped_at),
            }
            for task in row.tasks.all()
        ],
    }


def _criterion(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "text": row.text,
        "unit": row.indicator_unit or None,
        "baseline": _money(row.baseline),
        "target": _money(row.target),
        "direction": row.direction or None,
        "dropped_at": _at(row.dropped_at),
        "judgements": [
            {
                "round": each.round,
                "met": each.met,
                "by": each.by.name,
                "at": _at(each.at),
                "note": each.note,
                "evidence": [one.pk for one in each.evidence.all()],
            }
            for each in row.judgements.all()
        ],
    }


def _request(row: Any) -> dict[str, Any]:
    returned = getattr(row, "returned", None)
    return {
        "id": row.pk,
        "round": row.round,
        "by": row.by.name,
        "at": _at(row.at),
        "state": row.state,
        "statement": row.statement,
        "signatures": [
            {
                "step": each.step,
                "by": each.by.name,
                "acting_for": each.acting_for.name if each.acting_for else None,
                "body": each.body.name if each.body else None,
                "recorded": each.record.kind if each.record else None,
                "at": _at(each.at),
                "note": each.note,
            }
            for each in row.signatures.all()
        ],
        "returned": {
            "by": returned.by.name,
            "at": _at(returned.at),
            "reason": returned.reason,
            "ground": returned.ground,
            "criterion_ids": returned.criteria,
            "redo_by": _day(returned.redo_by),
        }
        if returned
        else None,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else timezone.localtime(moment).isoformat()


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
