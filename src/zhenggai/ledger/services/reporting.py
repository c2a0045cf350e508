"""Asking the units to report, reminding them, withdrawing the request (填报通知、催报、撤回)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.domain.reporting import REPORTED_STAGES, ReminderStep, check_report_days
from zhenggai.ledger.errors import (
    InspectionNotFoundError,
    NothingToReportError,
    ReportRequestNotFoundError,
    StandsOtherwiseError,
)
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.models import Inspection, ReportReminder, ReportRequest, ReportRequestItem
from zhenggai.ledger.reporting import items_missing, report_request_get, reports_asked
from zhenggai.ledger.reports_compared import items_digest
from zhenggai.ledger.reports_due import reminded_tell, reports_untell, requested_tell
from zhenggai.ledger.services.standing import cleaned, text_required
from zhenggai.ledger.visibility import inspections_seen, permit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from zhenggai.domain.actor import Actor


@transaction.atomic
def reports_request(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    title: str,
    first_on: date,
    last_on: date,
    due_on: date,
) -> ReportRequest:
    """Asks every unit with work of an inspection to report on a period (下发填报通知).

    Asked are the lead unit of each finding that is assigned, accepted or being rectified, and each unit with
    an open part of one of its measures; of a restricted finding only listed people of them are told.

    :raises InspectionNotFoundError: when there is none or the actor does not see it.
    :raises ActionDeniedError: when the actor is not of its office.
    :raises ReportDaysError: for days by which nobody could report.
    :raises StandsOtherwiseError: when a request for the same period stands.
    :raises NothingToReportError: when no finding is in work.
    """
    actor = actor_standing(actor, timezone.localdate(at))
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True).filter(pk=inspection_id)
    inspection = rows.select_related("subject", "inspector_organisation").first()
    if (
        inspection is None
        or not Inspection.objects.filter(inspections_seen(actor), pk=inspection.pk).exists()
    ):
        raise InspectionNotFoundError
    permit(actor, Action.REPORTS_REQUEST, inspection_facts(inspection))
    check_report_days(first_on, last_on, due_on, timezone.localdate(at))
    standing = ReportRequest.objects.filter(
        inspection=inspection, first_on=first_on, last_on=last_on, withdrawn_at__isnull=True
    ).first()
    if standing is not None:
        raise StandsOtherwiseError(
            msg(
                "Reports on this period are asked for already, as “%(title)s”. Remind who has not reported, "
                "or withdraw that request first; nothing was changed."
            ),
            title=standing.title,
        )
    asked = reports_asked(Q(stage__in=[each.value for each in REPORTED_STAGES]), inspection.pk)
    if not asked:
        raise NothingToReportError
    request = ReportRequest(
        inspection=inspection,
        title=text_required(title, msg("Title"), 200),
        first_on=first_on,
        last_on=last_on,
        due_on=due_on,
        digest=items_digest(asked),
        by_id=actor.person_id,
        at=at,
    )
    cleaned(request)
    request.save()
    ReportRequestItem.objects.bulk_create(
        (ReportRequestItem(request=request, finding_id=each, unit_id=unit_id) for each, unit_id in asked),
        batch_size=500,
    )
    _say(
        request,
        LedgerEvent.REPORTS_REQUESTED,
        actor,
        at,
        first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
        due_on=due_on.isoformat(),
        digest=request.digest,
    )
    requested_tell(request, by_id=actor.person_id, at=at)
    return request


@transaction.atomic
def reports_withdraw(*, actor: Actor, at: datetime, request_id: int, reason: str) -> ReportRequest:
    """Withdraws a report request with its reason (撤回填报通知); it stays readable, and nobody owes it.

    :raises ReportRequestNotFoundError: when there is none or the actor does not see its inspection.
    :raises ActionDeniedError: when the actor is not of its office.
    :raises StandsOtherwiseError: when it is withdrawn already.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    request, actor = _begin(actor, at, Action.REPORTS_WITHDRAW, request_id)
    request.withdrawn_at = at
    request.withdrawn_by_id = actor.person_id
    request.withdrawn_reason = decision_reason(reason)
    cleaned(request)
    request.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _say(request, LedgerEvent.REPORTS_WITHDRAWN, actor, at, reason=request.withdrawn_reason)
    reports_untell(request, at=at)
    return request


@transaction.atomic
def reports_remind(*, actor: Actor, at: datetime, request_id: int) -> ReportRequest:
    """Reminds every unit that has not reported (催报), each once a day and by one notice a person.

    As far as the actor sees what is missing: of a restricted finding somebody listed reminds, or the due day.

    :raises ReportRequestNotFoundError: when there is none or the actor does not see its inspection.
    :raises ActionDeniedError: when the actor is not of its office.
    :raises StandsOtherwiseError: when it is withdrawn, every unit has reported, or all that have not were
        reminded today.
    """
    request, actor = _begin(actor, at, Action.REPORTS_REMIND, request_id)
    on = timezone.localdate(at)
    missing = items_missing(request, on, seen_by=actor)
    if not missing:
        raise StandsOtherwiseError(
            msg("Every unit has reported what it owes for “%(title)s”; there is nobody to remind."),
            title=request.title,
        )
    today = request.reminders.filter(step=ReminderStep.BY_HAND.value, sent_on=on)
    units = sorted(missing.keys() - set(today.values_list("unit_id", flat=True)))
    if not units:
        raise StandsOtherwiseError(
            msg(
                "Every unit that has not reported was reminded today already. Remind them again tomorrow, or "
                "call them; nothing was sent."
            )
        )
    ReportReminder.objects.bulk_create(
        ReportReminder(request=request, unit_id=each, step=ReminderStep.BY_HAND.value, sent_on=on, sent_at=at)
        for each in units
    )
    _say(request, LedgerEvent.REPORTS_REMINDED, actor, at, unit_ids=units)
    reminded_tell(request, units, by_id=actor.person_id, at=at)
    return request


def _begin(actor: Actor, at: datetime, action: Action, request_id: int) -> tuple[ReportRequest, Actor]:
    """The request, locked, of which the actor may do this now."""
    actor = actor_standing(actor, timezone.localdate(at))
    locked = (
        ReportRequest.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=request_id)
        .order_by()
        .first()
    )
    if locked is None:
        raise ReportRequestNotFoundError
    request = report_request_get(actor, request_id)
    permit(actor, action, inspection_facts(request.inspection))
    if request.withdrawn_at is not None:
        raise StandsOtherwiseError(
            msg("The request “%(title)s” was withdrawn on %(on)s, and nobody owes a report for it."),
            title=request.title,
            on=timezone.localdate(request.withdrawn_at).isoformat(),
        )
    return request, actor


def _say(request: ReportRequest, event: LedgerEvent, actor: Actor, at: datetime, **values: Any) -> None:
    record(
        chain=ChainKey.inspection(request.inspection_id),
        name=event,
        actor=actor,
        at=at,
        subject=("report_request", request.pk),
        values={"title": request.title, **values},
    )
